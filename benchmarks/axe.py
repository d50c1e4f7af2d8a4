"""Look for barriers on every page of a published tree, with axe in a real browser: light and wide, dark and narrow.

npm install axe-core
python -m benchmarks.axe http://127.0.0.1:8000/ demo/feeds node_modules/axe-core/axe.min.js [MORE-PATHS]
"""

import argparse
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

# Without the rules that are no part of WCAG 2.2 AA, axe would say less: all are asked for.
_RUN = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
_VIEWS: tuple[dict[str, Any], ...] = (
    {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    {"color_scheme": "dark", "viewport": {"width": 360, "height": 740}},
)


def violations(address: str, paths: Iterable[str], axe: str) -> Iterator[tuple[str, str, str]]:
    """Give (rule, page, element) of whatever axe complains about."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for view in _VIEWS:
            page = browser.new_context(**view).new_page()
            for path in paths:
                page.goto(address + path)
                page.evaluate(axe)
                for found in page.evaluate(_RUN)["violations"]:
                    yield found["id"], f"{path} ({view['color_scheme']})", found["nodes"][0]["html"][:200]
        browser.close()


def main() -> None:
    """Print what is found, and how much; exit 1 if that is anything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", help="where the tree is served")
    parser.add_argument("tree", type=Path, help="the tree itself: its pages are looked at")
    parser.add_argument("axe", type=Path, help="axe.min.js")
    parser.add_argument("more", nargs="*", help="further paths, such as search/?q=japan")
    chosen = parser.parse_args()
    pages = sorted(file.relative_to(chosen.tree).as_posix() for file in chosen.tree.rglob("*.html"))
    paths = [*(page.removesuffix("index.html") for page in pages), *chosen.more]
    counts: Counter[str] = Counter()
    for rule, page, element in violations(chosen.address, paths, chosen.axe.read_text(encoding="utf-8")):
        counts[rule] += 1
        print(f"{rule}: {page}: {element}")
    print(f"{len(paths)} pages in {len(_VIEWS)} views: {counts.total()} violations")
    sys.exit(1 if counts else 0)


if __name__ == "__main__":
    main()
