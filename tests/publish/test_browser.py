"""The pages in a real browser."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from mediafeed.publish.site import plan
from mediafeed.publish.write import Writer
from tests.publish.shelf import QUAYS, Shelf, episode
from tests.publish.test_html import VECTORS

CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: as root, make test installs it"),
]

PAGES = ("", "people/", "people/olumide-vance/", "shows/tides/", "views/japan/", "404.html",
         "episodes/tides/how-ports-change-9/")  # fmt: skip


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("feeds")
    long = "unbroken" * 40
    held = Shelf(
        [episode(number) for number in range(1, 9)]
        + [episode(9, title=f"Long {long}", notes="".join(VECTORS) + f"<pre>{long}</pre><table><tr><td>{long}</table>")]
        + [episode(1, QUAYS)]
    )
    Writer(folder).write(tuple(plan(held, held.site, held.views)), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_fit_ask_nobody_else_and_run_nothing(browser: Any, address: str, width: int, scheme: str):
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    asked: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    for path in PAGES:
        page.goto(address + path)

        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate("document.querySelectorAll('h1').length") == 1, path
    context.close()

    assert [url for url in asked if not url.startswith(address)] == []
    assert dialogs == []


def test_ink_and_paper_are_far_enough_apart(browser: Any, address: str):
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{address}episodes/tides/how-ports-change-8/")
        for selector in ("main h1", "main .about", "main .witness", "main a[href]:not(.publisher)", "a.publisher"):
            assert page.evaluate(CONTRAST, selector) >= 4.5, (scheme, selector)  # WCAG 2.2, 1.4.3
        context.close()


CONTRAST = """selector => {
  const numbers = colour => colour.match(/[0-9.]+/g).map(Number);
  const light = colour => numbers(colour).slice(0, 3).map(part => part / 255)
    .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
    .reduce((sum, part, place) => sum + part * [.2126, .7152, .0722][place], 0);
  const node = document.querySelector(selector);
  let behind = node;
  const clear = one => (numbers(getComputedStyle(one).backgroundColor)[3] ?? 1) === 0;
  while (behind.parentElement && clear(behind)) behind = behind.parentElement;
  const [a, b] = [light(getComputedStyle(node).color), light(getComputedStyle(behind).backgroundColor)];
  return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
}"""
