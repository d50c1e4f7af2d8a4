"""Pages at work in a real browser: playing, seeking, subscribing, by keyboard alone, in scripts of every direction."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from mediafeed.demo.catalogue import COVERS
from mediafeed.demo.origin import Origin
from mediafeed.model.audio import Chapter
from mediafeed.model.episode import Enclosure, Person, Role, Show
from mediafeed.model.files import Cue, Transcript
from mediafeed.model.settings import Pictures
from mediafeed.publish.site import plan
from mediafeed.publish.write import Writer
from mediafeed.serve.app import App
from mediafeed.serve.files import Files
from mediafeed.serve.server import Server
from tests.publish.shelf import INES, OLUMIDE, SITE, TAKUMI, TIDES, Shelf, credit, episode

CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: as root, make test installs it"),
]

MARKS = (
    Chapter(start=0, title="Welcome"),
    Chapter(start=61.5, title="What a harbour costs"),
    Chapter(start=600, title="اسئلة من المستمعين", href="https://tides.example/questions"),
)
CROWD = [Person(id=f"guest-{number}", key=f"guest {number}", name=f"Guest Number {number}") for number in range(40)]
ARABIC = Show(id="sawt", source="sawt", title="صوت الميناء", language="ar", link="https://sawt.example/")
HEBREW = Show(id="namal", source="namal", title="קולות מהנמל", language="he")
JAPANESE = Show(id="minato", source="minato", title="港の声", language="ja")
ARABIC_TITLE = "الحلقة 12: كيف تتغير الموانئ في البحر الأحمر؟"
JAPANESE_TITLE = "第3回「日本の港湾政策はどう変わるのか」北村薫さんに聞く、これからの物流と安全保障について"
EPISODE = "episodes/tides/how-ports-change-7/"
VTT = "https://tides.example/episodes/7.vtt"
SPOKEN = Transcript(cues=(Cue(0.0, "Inês Carrow", "Who?"), Cue(90.0, "Olumide Vance", "The tide.")), form="text/vtt")


def difficult(audio: str) -> Shelf:
    """Invent what is hard to set: long titles, forty guests, nothing at all, Arabic, Hebrew, Japanese."""
    told = episode(7, marks=MARKS, enclosure=Enclosure(audio, "audio/mpeg", 46_080_000))
    guest = (credit(OLUMIDE, Role.GUEST, affiliation="أستاذ في جامعة الميناء"),)
    held = [
        told,
        *(episode(number) for number in (6, 8)),
        episode(9, title="Donaudampfschifffahrtsgesellschaftskapitän" * 3 + " and " + "the harbour " * 30),
        episode(10, credits=tuple(credit(one, Role.GUEST, affiliation="Harbour College, Bristol") for one in CROWD)),
        episode(11, notes="", summary="", credits=(), enclosure=None, duration=None, number=None, page=None, title=""),
        episode(1, ARABIC, title=ARABIC_TITLE, credits=guest, notes="<p>حوار حول <b>الموانئ</b> (2022).</p>"),
        episode(2, HEBREW, title="פרק 3: הנמל של חיפה, 2022", credits=guest),
        episode(3, JAPANESE, title=JAPANESE_TITLE, credits=(credit(TAKUMI, Role.HOST),)),
    ]  # fmt: skip
    people = [OLUMIDE, INES, TAKUMI, *CROWD]
    return Shelf(held, all_shows=[TIDES, ARABIC, HEBREW, JAPANESE], people=people, spoken={told.id: (VTT, SPOKEN)})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("read")
    with Origin(0) as origin:
        held = difficult(f"{origin.address}/audio/geostrategy360/38.mp3")
        Writer(folder).write(tuple(plan(held, held.site, held.views)), {})
        server = Server(App(Files(Path(folder))), "127.0.0.1", 0)
        server.start()
        yield f"{server.address}/"
        server.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--mute-audio"],
        )
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(
        timezone_id="Asia/Tokyo", locale="en-GB", permissions=["clipboard-read", "clipboard-write"]
    )
    opened = context.new_page()
    opened.complaints = []
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.on("console", lambda said: opened.complaints.append(said.text) if said.type == "error" else None)
    yield opened
    assert opened.complaints == []
    context.close()


def until(page: Any, condition: str) -> None:
    """Wait until a condition holds, half a minute at most; Playwright's own way needs eval."""
    page.evaluate(
        f"""() => new Promise((done, failed) => {{
          const end = performance.now() + 30_000;
          const look = () => ({condition}) ? done() : performance.now() > end ? failed("never") : setTimeout(look, 20);
          look();
        }})"""
    )


def paths_of(shelf: Shelf) -> list[str]:
    found = (document.path for document in plan(shelf, shelf.site, shelf.views))
    return [path.removesuffix("index.html") for path in found if path.endswith("index.html")]


def test_play_plays_and_nothing_was_asked_of_the_publisher_before(page: Any, site: str):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site + EPISODE)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith(site)] == []

    page.locator("audio").evaluate("audio => audio.play()")
    until(page, "document.querySelector('audio').currentTime > 0")

    assert any(url.endswith("/38.mp3") for url in asked)


def test_a_chapter_moves_the_player_there_and_is_marked_while_it_is_heard(page: Any, site: str):
    page.goto(site + EPISODE)

    page.get_by_role("link", name="What a harbour costs").click()
    until(page, "document.querySelector('audio').currentTime >= 61.5 && !document.querySelector('audio').paused")
    until(page, "document.querySelectorAll('[aria-current=true]').length === 1")

    assert page.url == site + EPISODE
    assert "What a harbour costs" in page.locator("[aria-current=true]").inner_text()


def test_a_transcript_is_opened_by_keyboard_and_a_time_in_it_moves_the_player(page: Any, site: str):
    page.goto(site + EPISODE)
    assert not page.get_by_text("The tide.").is_visible()
    page.get_by_text("Read what is said").focus()
    page.keyboard.press("Enter")
    assert page.get_by_text("The tide.").is_visible()

    page.get_by_role("link", name="1:30").focus()
    page.keyboard.press("Enter")
    until(page, "document.querySelector('audio').currentTime >= 90")
    until(page, "document.querySelectorAll('[aria-current=true]').length === 1")

    assert "What a harbour costs" in page.locator("[aria-current=true]").inner_text()


def test_without_javascript_a_transcript_opens_and_its_times_lead_into_the_audio(browser: Any, site: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + EPISODE)
    page.get_by_text("Read what is said").click()

    assert page.get_by_text("The tide.").is_visible()
    assert page.get_by_role("link", name="1:30").get_attribute("href").endswith("/38.mp3#t=90")
    context.close()


def test_without_javascript_a_chapter_leads_into_the_audio_and_days_are_the_publishers(browser: Any, site: str):
    context = browser.new_context(java_script_enabled=False, timezone_id="Pacific/Kiritimati")
    page = context.new_page()
    page.goto(site + EPISODE)

    assert page.get_by_role("link", name="What a harbour costs").get_attribute("href").endswith("/38.mp3#t=61")
    assert page.locator(".head time").first.inner_text() == "28 September 2022"
    assert page.get_by_role("button").count() == 0
    context.close()


def test_times_are_the_readers_own_where_the_time_of_day_is_known(page: Any, site: str):
    page.goto(site + EPISODE)

    assert page.locator(".head time").first.inner_text() == "28 September 2022 at 15:00"
    assert "28 September 2022" in (page.locator(".head time").first.get_attribute("title") or "")


def test_a_feed_is_handed_to_apps_and_its_address_is_copied(page: Any, site: str):
    page.goto(f"{site}people/olumide-vance/")
    box = page.get_by_role("region", name="Subscribe")

    feed = "talks.example/people/olumide-vance/feed.xml"
    links = {link.inner_text(): link.get_attribute("href") for link in box.locator(".apps a").all()}
    assert links["Apple Podcasts"] == f"podcast://{feed}"
    assert links["Pocket Casts"] == f"pktc://subscribe/{feed}"
    assert links["Overcast"].endswith("?url=https%3A%2F%2Ftalks.example%2Fpeople%2Folumide-vance%2Ffeed.xml")
    box.get_by_role("button", name="Copy").click()
    until(page, "document.querySelector('button').textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()") == f"https://{feed}"


def test_by_keyboard_one_skips_to_the_content_and_every_stop_is_seen(page: Any, site: str):
    page.goto(site + EPISODE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")

    stops: list[tuple[str, bool]] = []
    while page.evaluate("document.activeElement !== document.body") and len(stops) < 120:
        stops.append(page.evaluate(STOP))
        page.keyboard.press("Tab")

    names = [name for name, _ in stops]
    assert "AUDIO" in names
    assert [words for words in names if "What a harbour costs" in words]
    assert [name for name, outlined in stops if not outlined and name != "AUDIO"] == []


STOP = """() => {
  const one = document.activeElement;
  const seen = [one, ...one.querySelectorAll("*")].some(part => getComputedStyle(part).outlineStyle !== "none");
  return [one.tagName === "AUDIO" ? one.tagName : one.textContent, seen];
}"""


def test_a_chapter_is_chosen_by_keyboard(page: Any, site: str):
    page.goto(site + EPISODE)
    page.get_by_role("link", name="What a harbour costs").focus()
    page.keyboard.press("Enter")

    until(page, "document.querySelector('audio').currentTime >= 61.5")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_scrolls_sideways_on_a_phone_however_difficult_its_words(browser: Any, site: str, scheme: str):
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page = context.new_page()
    wide = []
    for path in paths_of(difficult("https://cdn.example/1.mp3")):
        page.goto(site + path)
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append(path)
    context.close()

    assert wide == []


def test_what_is_read_from_the_right_stands_on_the_right(page: Any, site: str):
    page.set_viewport_size({"width": 1280, "height": 800})
    for path in ("episodes/sawt/how-ports-change-1/", "episodes/namal/how-ports-change-2/"):
        page.goto(site + path)
        edges = page.evaluate(EDGES)

        assert abs(edges["title"] - edges["kicker"]) < 2, path
        assert edges["direction"] == "rtl", path


EDGES = """() => {
  const right = selector => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector(selector));
    return Math.max(...[...range.getClientRects()].map(box => box.right));
  };
  const direction = getComputedStyle(document.querySelector(".head")).direction;
  return { title: right("h1"), kicker: right(".kicker"), direction };
}"""


def test_dates_in_a_line_read_from_the_right_keep_their_own_order(page: Any, site: str):
    page.goto(f"{site}latest/")
    left = """text => {
      const time = [...document.querySelectorAll('li[dir=rtl] time')][0].firstChild;
      const range = document.createRange();
      const at = time.textContent.indexOf(text);
      range.setStart(time, at);
      range.setEnd(time, at + text.length);
      return range.getBoundingClientRect().left;
    }"""

    assert page.evaluate(left, "2") < page.evaluate(left, "September") < page.evaluate(left, "2022")


def test_headings_go_down_one_step_at_a_time(page: Any, site: str):
    for path in ("", EPISODE, "people/", "people/olumide-vance/", "shows/tides/", "latest/", "shows/", "views/japan/"):
        page.goto(site + path)
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(one => Number(one.tagName[1]))")

        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(below - above <= 1 for above, below in pairwise(levels)), path


def test_on_paper_there_is_no_player_and_the_publishers_address_is_written_out(page: Any, site: str):
    page.goto(site + EPISODE)
    page.emulate_media(media="print")

    assert not page.locator("audio").is_visible()
    assert not page.locator(".top nav").is_visible()
    written = page.evaluate("getComputedStyle(document.querySelector('.publisher'), '::after').content")
    assert "tides.example/episodes/7" in written


def test_a_page_weighs_little_and_asks_for_three_files_beside_itself(page: Any, site: str):
    weights: dict[str, int] = {}
    page.on("response", lambda response: weights.update({response.url.removeprefix(site): len(response.body())}))
    page.goto(site + EPISODE)
    page.wait_for_load_state("networkidle")

    assert set(weights) <= {EPISODE, "assets/style.css", "assets/page.js", "assets/icon.svg"}
    assert weights[EPISODE] < 50_000
    assert weights["assets/style.css"] < 15_000


def test_forty_guests_and_an_episode_of_which_nothing_is_known_have_pages_too(page: Any, site: str):
    page.goto(f"{site}episodes/tides/how-ports-change-10/")
    assert page.locator(".credits dd").count() == 40
    assert len(page.content()) < 50_000

    page.goto(f"{site}episodes/tides/how-ports-change-11/")
    assert page.locator("h1").inner_text() == "Untitled"
    assert page.locator("audio").count() == 0


def test_pictures_of_others_are_shown_only_where_the_operator_lets_them(browser: Any, tmp_path: Path):
    with Origin(0) as origin:
        cover = f"{origin.address}/covers/{next(iter(COVERS))}.png"
        person = replace(OLUMIDE, image=cover)
        for pictures in (Pictures.NONE, Pictures.LINK):
            site = replace(SITE, pictures=pictures)
            held = Shelf([episode(7)], all_shows=[replace(TIDES, image=cover)], people=[person, INES], site=site)
            folder = tmp_path / str(pictures)
            Writer(folder).write(tuple(plan(held, held.site, held.views)), {})
            server = Server(App(Files(folder, pictures=pictures is Pictures.LINK)), "127.0.0.1", 0)
            server.start()
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"{server.address}/{EPISODE}")
            page.wait_for_load_state("networkidle")
            loaded = page.evaluate("[...document.images].map(image => image.naturalWidth > 0)")
            context.close()
            server.stop()

            assert loaded == ([True, True] if pictures is Pictures.LINK else [])
