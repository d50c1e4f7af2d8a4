"""The demo's tree in a real browser: what a reader sees, and whom a page asks."""

import shutil
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html
from playwright.sync_api import sync_playwright

from mediafeed.config.reading import read_config
from mediafeed.demo.expected import EPISODES, SEEDS
from mediafeed.demo.origin import Origin
from mediafeed.demo.run import Demo
from mediafeed.serve.app import App
from mediafeed.serve.files import Files
from mediafeed.serve.server import Server

CHROMIUM = shutil.which("chromium")
SEED_PERSON = "people/philip-shetler-jones/"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browsed")
    with Origin(0) as origin:
        Demo(str(folder)).run(lambda *_: None, origin)
    return folder


@pytest.fixture(scope="module")
def site(tree: Path) -> Iterator[str]:
    server = Server(App(Files(Path(read_config(tree / "config.toml").site.output))), "127.0.0.1", 0)
    server.start()
    yield f"{server.address}/"
    server.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no chromium: as root, make test installs it")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


class Reader:
    """A page in the browser that keeps what it asked for and what it complained of."""

    def __init__(self, browser: Any, **wishes: Any) -> None:
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page = browser.new_context(**wishes).new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, said: Any) -> None:
        if said.type == "error":
            self.complaints.append(f"{said.text} {said.location['url']}")

    def close(self) -> None:
        self.page.context.close()


def test_one_walks_from_home_over_a_show_to_an_episode_and_its_guest(browser: Any, site: str):
    reader = Reader(browser)
    page, seed = reader.page, SEEDS[1]
    page.goto(site)
    page.get_by_role("link", name=seed.show, exact=True).first.click()
    page.wait_for_url("**/shows/geostrategy360/")
    page.get_by_role("link", name=seed.title, exact=True).first.click()
    page.wait_for_url("**/episodes/geostrategy360/*/")
    episode = page.locator("main").inner_text()
    page.get_by_role("link", name=seed.guests[0], exact=True).first.click()
    page.wait_for_url(f"**/{SEED_PERSON}")
    person = page.locator("main").inner_text()
    reader.close()

    assert all(name in episode for name in (*seed.hosts, *seed.guests))
    assert all(each.title in person for each in SEEDS)
    assert reader.complaints == []


def test_audio_waits_until_the_reader_presses_play(browser: Any, site: str):
    reader = Reader(browser)
    reader.page.goto(site + SEED_PERSON)
    reader.page.get_by_role("link", name=SEEDS[0].title, exact=True).first.click()
    reader.page.wait_for_load_state("networkidle")
    audio = reader.page.locator("audio")

    assert audio.count() == 1
    assert audio.get_attribute("preload") == "none"
    assert audio.get_attribute("controls") is not None
    assert {urlsplit(url).netloc for url in reader.asked} == {urlsplit(site).netloc}
    reader.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_scrolls_sideways_and_nobody_else_is_asked(browser: Any, site: str, scheme: str):
    reader = Reader(browser, viewport={"width": 360, "height": 740}, color_scheme=scheme)
    for path in ("", "people/", SEED_PERSON, "shows/geostrategy360/", "views/japan/", "404.html"):
        reader.page.goto(site + path)

        assert reader.page.evaluate("document.documentElement.scrollWidth") <= 360, path
        background = reader.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        body = reader.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (scheme == "dark") == any(is_dark(colour) for colour in (background, body)), path
    reader.close()

    assert {urlsplit(url).netloc for url in reader.asked} == {urlsplit(site).netloc}
    assert reader.complaints == []


def is_dark(colour: str) -> bool:
    parts = [float(part) for part in colour[colour.index("(") + 1 : -1].split(",")]
    return len(parts) == 3 and sum(parts) < 3 * 128


def links_in(body: bytes) -> list[str]:
    page = html.fromstring(body)
    return [link for node in page.iter() for name in ("href", "src") if (link := node.get(name))]


def test_every_link_between_our_pages_leads_somewhere(tree: Path, site: str):
    """Links carry the address of the config where they must be absolute, and are relative elsewhere."""
    config = read_config(tree / "config.toml")
    own = (site, f"{config.site.url}/")
    connection = HTTPConnection(urlsplit(site).netloc, timeout=10)
    seen, waiting, wrong = {site}, [site], []
    while waiting:
        address = waiting.pop()
        connection.request("GET", urlsplit(address).path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            wrong.append((address, answer.status))
        elif answer.headers["Content-Type"].startswith("text/html"):
            for link in links_in(body):
                target = urljoin(address, link).partition("#")[0]
                target = target.replace(own[1], own[0], 1) if target.startswith(own[1]) else target
                if target.startswith(site) and target not in seen:
                    seen.add(target)
                    waiting.append(target)
    connection.close()

    assert wrong == []
    assert sum("/episodes/" in address for address in seen) == EPISODES
    assert {f"{site}feed.xml", f"{site}{SEED_PERSON}feed.xml"} <= seen
