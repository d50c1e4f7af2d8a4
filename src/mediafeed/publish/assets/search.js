// Search on a static host: reads the index in parts, the newest first. Where a server answers, it is not loaded.
"use strict";
(() => {
  const ENOUGH = 20;
  const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/u;
  const list = document.getElementById("results");
  const said = document.getElementById("found");
  const more = document.getElementById("more");
  const root = list.dataset.root;
  const question = (new URLSearchParams(location.search).get("q") || "").slice(0, 200);

  const PLAINER = { ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ı: "i", ħ: "h" };
  const folded = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[ßøłđðþæœıħ]/g, letter => PLAINER[letter]);
  const wordsIn = text => folded(text).match(/[\p{L}\p{N}]+/gu) || [];
  const phrases = [...question.matchAll(/"([^"]*)"|([^\s"]+)/g)]
    .map(found => wordsIn(found[1] ?? found[2]).join(" ")).filter(Boolean).slice(0, 12);
  const has = (hay, phrase) => UNSPACED.test(phrase) ? hay.includes(phrase)
    : phrase.length > 1 ? hay.includes(` ${phrase}`) : hay.includes(` ${phrase} `);

  let part = Number(list.dataset.parts);
  let shown = 0;
  let looked = 0;

  const element = (name, className, ...inside) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...inside);
    return made;
  };

  const starts = phrases.flatMap(phrase => phrase.split(" "));
  const isOne = word => starts.some(start => UNSPACED.test(start) ? word.includes(start)
    : word === start || (start.length > 1 && word.startsWith(start)));
  const marked = text => text.split(/([\p{L}\p{N}\p{M}]+)/u)
    .map((piece, place) => place % 2 && isOne(folded(piece)) ? element("mark", "", piece) : piece);

  const link = (address, text, className = "") => {
    const made = element("a", className, ...marked(text));
    made.href = root + address;
    return made;
  };

  const row = (episode, shows, people) => {
    const [path, title, day, show, cast, others = []] = episode;
    const made = link(`episodes/${path}/`, title || "Untitled", "title");
    made.dir = "auto";
    const date = element("time", "", new Date(`${day}T12:00:00Z`).toLocaleDateString("en-GB",
      { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }));
    date.dateTime = day;
    const names = [...cast.map(person => link(`people/${person}/`, people[person])),
      ...others.map(name => element("span", "", ...marked(name)))].flatMap((name, place) => place ? [", ", name] : [name]);
    const about = element("p", "about", link(`shows/${show}/`, shows[show]), " ", date);
    return element("li", "episode", made, about, ...(names.length ? [element("p", "people", ...names)] : []));
  };

  const look = async () => {
    more.hidden = true;
    const before = shown;
    while (part > 0 && shown - before < ENOUGH) {
      said.textContent = "Looking …";
      const answer = await fetch(`${part}.json`);
      if (!answer.ok) throw new Error(answer.status);
      const { shows, people, episodes } = await answer.json();
      for (const episode of episodes) {
        const names = [...episode[4].map(person => people[person]), ...(episode[5] || [])];
        const hay = ` ${[episode[1], ...names, shows[episode[3]]].map(text => wordsIn(text).join(" ")).join(" / ")} `;
        if (phrases.every(phrase => has(hay, phrase))) {
          list.append(row(episode, shows, people));
          shown += 1;
        }
      }
      looked += episodes.length;
      part -= 1;
    }
    more.hidden = part === 0;
    said.textContent = `${shown.toLocaleString("en")} found among the ${part ? "latest " : ""}${looked.toLocaleString("en")} episodes.`;
  };

  const go = () => look().catch(() => { said.textContent = "The index could not be read. Try again later."; });
  document.getElementById("q").value = question;
  if (phrases.length) {
    document.title = `${question} – ${document.title}`;
    more.addEventListener("click", go);
    go();
  } else if (question.trim()) {
    said.textContent = "No episode has these words.";
  }
})();
