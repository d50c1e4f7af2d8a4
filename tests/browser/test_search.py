"""Search in a real browser: by the server, by our script on a static host, and without either."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright

from mediafeed.assemble import made_pages, remembered
from mediafeed.config.reading import read_config
from mediafeed.demo.expected import SEEDS
from mediafeed.demo.origin import Origin
from mediafeed.demo.run import Demo
from mediafeed.publish import search_page
from mediafeed.publish.site import plan
from mediafeed.publish.write import Writer
from mediafeed.serve.app import App
from mediafeed.serve.files import Files
from mediafeed.serve.headers import POLICY
from mediafeed.serve.server import Server
from tests.browser.test_demo_pages import CHROMIUM, Reader
from tests.publish.shelf import Shelf, episode

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: as root, make test installs it"),
]


class StaticHost(SimpleHTTPRequestHandler):
    """A host that knows nothing but files, and our policy for scripts."""

    def log_message(self, *_: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo, served by us."""
    folder = tmp_path_factory.mktemp("searched")
    with Origin(0) as origin:
        Demo(str(folder)).run(lambda *_: None, origin)
    config = read_config(folder / "config.toml")
    held = remembered(config)
    server = Server(App(Files(Path(config.site.output)), made_pages(config, held)), "127.0.0.1", 0)
    server.start()
    yield f"{server.address}/"
    server.stop()
    held.close()


@pytest.fixture(scope="module")
def static(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Ninety episodes on a host of files, ten to a part of the index."""
    folder = tmp_path_factory.mktemp("static")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_page, "PER_PART", 10)
        held = Shelf([*(episode(number) for number in range(1, 91)), episode(91, title="今日の日本外交 <b>&")])
        Writer(folder).write(tuple(plan(held, held.site, held.views)), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(StaticHost, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("script", [True, False])
def test_a_question_is_answered_by_the_server_with_and_without_javascript(browser: Any, site: str, script: bool):
    reader = Reader(browser, java_script_enabled=script)
    reader.page.goto(site)
    reader.page.get_by_role("link", name="Search").click()
    reader.page.get_by_role("searchbox").fill("samuoliene british")
    reader.page.get_by_role("button", name="Search").click()
    main = reader.page.locator("main")

    expect(main.get_by_role("link", name=SEEDS[1].title)).to_be_visible()
    assert "British" in main.locator("mark").all_inner_texts()
    assert not [address for address in reader.asked if address.endswith("search.js")]
    assert reader.complaints == []
    reader.close()


def test_with_the_keyboard_alone_one_searches_and_opens_what_was_found(browser: Any, site: str):
    reader = Reader(browser)
    page = reader.page
    page.goto(site)
    press_until(page, "Tab", "Search")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("shetler japan rethinking")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    press_until(page, "Tab", SEEDS[0].title)
    page.keyboard.press("Enter")
    page.wait_for_url("**/episodes/**")

    assert SEEDS[0].title in page.locator("h1").inner_text()
    reader.close()


def press_until(page: Any, key: str, text: str) -> None:
    for _ in range(40):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement.textContent").strip() == text:
            return
    pytest.fail(f"the keyboard never came to {text!r}")


def test_on_a_static_host_our_script_looks_through_the_newest_first_and_older_ones_when_asked(
    browser: Any, static: str
):
    reader = Reader(browser)
    page = reader.page
    page.goto(f"{static}search/")
    page.get_by_role("searchbox").fill("carrow PORTS")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.get_by_role("status")).to_have_text("20 found among the latest 21 episodes.")
    first = page.locator("#results .title").first.inner_text()
    page.get_by_role("button", name="Look through older episodes").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_have_text("40 found among the latest 41 episodes.")
    assert first == "How ports change, part 90"
    assert page.locator("#results mark").first.inner_text() == "ports"
    assert [address.rpartition("/")[2] for address in reader.asked if address.endswith(".json")] == [
        "10.json", "9.json", "8.json", "7.json", "6.json",
    ]  # fmt: skip
    assert reader.complaints == []
    reader.close()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("日本", "1 found among the 91 episodes."),
        ('"part 7"', "11 found among the 91 episodes."),
        ('"7 part"', "0 found among the 91 episodes."),
        ("ines vance tides how", "90 found among the 91 episodes."),
        ("<b>", "1 found among the 91 episodes."),
        ('"', "No episode has these words."),
        ("* 🌊", "No episode has these words."),
        (" ", ""),
    ],
)
def test_the_script_finds_what_the_server_would(browser: Any, static: str, question: str, said: str):
    reader = Reader(browser)
    page = reader.page
    page.goto(f"{static}search/")
    page.get_by_role("searchbox").fill(question)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    for _ in range(5 if "found" in said else 0):
        expect(page.get_by_role("status")).to_contain_text("found")
        if page.locator("#more").is_visible():
            page.locator("#more").click()

    expect(page.get_by_role("status")).to_have_text(said)
    assert page.locator("#results b").count() == 0
    assert reader.complaints == []
    reader.close()


def test_on_a_static_host_without_javascript_it_is_said_where_to_look_instead(browser: Any, static: str):
    reader = Reader(browser, java_script_enabled=False)
    reader.page.goto(f"{static}search/?q=ports")

    expect(reader.page.get_by_role("link", name="all people")).to_be_visible()
    reader.close()
