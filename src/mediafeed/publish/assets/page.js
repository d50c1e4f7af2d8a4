"use strict";
// All that runs on our pages. Without it they say the same: days as the publisher wrote them, chapters as links into
// the audio file, addresses to copy by hand.

const DAY = { day: "numeric", month: "long", year: "numeric" };

for (const time of document.querySelectorAll("time.when[datetime*=T]")) {
  const moment = new Date(time.dateTime);
  if (isNaN(moment)) continue;
  const clock = time.classList.contains("clock") ? { hour: "2-digit", minute: "2-digit" } : {};
  time.title = `published ${time.textContent} where the publisher is`;
  time.textContent = moment.toLocaleString("en-GB", { ...DAY, ...clock });
}

const audio = document.querySelector("audio");
const chapters = [...document.querySelectorAll(".chapters a[data-seek]")];

for (const place of audio ? document.querySelectorAll("a[data-seek]") : []) {
  place.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    audio.currentTime = Number(place.dataset.seek);
    audio.play().catch(() => {}); // the player itself shows that there is nothing to play
  });
}

audio?.addEventListener("timeupdate", () => {
  const heard = chapters.filter((chapter) => Number(chapter.dataset.seek) <= audio.currentTime).pop();
  for (const chapter of chapters) {
    if (chapter === heard) chapter.setAttribute("aria-current", "true");
    else chapter.removeAttribute("aria-current");
  }
});

for (const button of navigator.clipboard ? document.querySelectorAll("button[data-copy]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
  });
}
