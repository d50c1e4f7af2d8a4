"""The search page: results where a server answers, and on a static host a small index of titles and names.

The index is cut into parts of 500 episodes, numbered from the oldest: a part that is full never changes, and a reader
fetches the newest part first and older ones only while too little was found.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import orjson
from markupsafe import Markup

from mediafeed.model.published import Document, IndexRow
from mediafeed.model.settings import Site
from mediafeed.publish.catalogue import Rows
from mediafeed.publish.edition import Edition
from mediafeed.publish.rendering import Entry, rendered
from mediafeed.publish.signing import signature
from mediafeed.publish.theme import Theme

PER_PART = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a search came to, as a page shows it. `every` as in Found; `newer` and `older` are numbers of pages."""

    question: str
    total: int
    every: bool
    rows: Markup
    first: int
    newer: int | None
    older: int | None
    people: Sequence[Entry]
    shows: Sequence[Entry]


def results_page(results: Results, site: Site, theme: Theme, *, root: str) -> bytes:
    """Render what a search came to; without a question, the form alone."""
    facts = {"results": results, "question": results.question, "root": root, "here": "search/", "parts": None}
    return rendered("search.html", site, theme, facts)


def search_documents(edition: Edition) -> Iterator[Document]:
    """Plan the parts of the index, then the page that reads them where no server answers."""
    rows = edition.catalogue.rows
    full = len(rows) // PER_PART
    for number in range(1, full + 1):
        end = len(rows) - (number - 1) * PER_PART
        yield _part(number, rows[end - PER_PART : end], edition)
    yield _part(full + 1, rows[: len(rows) - full * PER_PART], edition)
    facts = {"results": None, "question": "", "root": "../", "here": "search/", "parts": full + 1}
    site, theme = edition.site, edition.theme
    yield Document(
        "search/index.html",
        signature(edition.base, "search", str(full + 1)),
        lambda: rendered("search.html", site, theme, facts),
    )
    script = _script()
    yield Document("assets/search.js", signature(script.decode()), lambda: script)


@lru_cache(maxsize=1)
def _script() -> bytes:
    return (files("mediafeed.publish") / "assets" / "search.js").read_bytes()


def _part(number: int, rows: Rows, edition: Edition) -> Document:
    def render() -> bytes:
        ids = {row.id: row for row in rows}
        fragments = edition.library.fragments(list(ids), "json")
        return _part_of(((ids[id_], orjson.loads(body)) for id_, body in fragments if body))

    return Document(f"search/{number}.json", signature("search", *(row.fragment_key for row in rows)), render)


def _part_of(held: Iterable[tuple[IndexRow, dict[str, Any]]]) -> bytes:
    """Write titles, days and names, each show and person once: [path, title, day, show, persons, names]."""
    shows: dict[str, str] = {}
    people: dict[str, str] = {}
    episodes = []
    for row, item in held:
        known = item["_mediafeed"]
        shows[row.show] = known["show_title"]
        cast = {credit["person"]: credit["name"] for credit in known["credits"] if credit["person"]}
        others = [credit["name"] for credit in known["credits"] if not credit["person"]]
        people = cast | people
        episode = [row.path, item.get("title", ""), row.dated.date().isoformat(), row.show, list(cast)]
        episodes.append([*episode, others] if others else episode)
    return orjson.dumps({"shows": shows, "people": people, "episodes": episodes})
