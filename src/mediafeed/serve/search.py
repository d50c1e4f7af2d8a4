"""`/search?q=`: episodes, persons and shows by words, from the store, as a page."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from markupsafe import Markup

from mediafeed.model.published import Found
from mediafeed.model.settings import Site
from mediafeed.publish.rendering import Entry, joined
from mediafeed.publish.search_page import Results, results_page
from mediafeed.publish.theme import Theme
from mediafeed.serve.marking import has_one, marked, marked_row, passage
from mediafeed.serve.routes import Answer, Request, Route

PER_PAGE = 20
LAST_PAGE = 500
LONGEST = 200  # characters of a question

_TAG = re.compile(r"<[^<>]*>")
_HTML = "text/html; charset=utf-8"
_SPOKEN = Markup('<span class="role">said</span> ')


class Finds(Protocol):
    """What searching needs of a store."""

    def find(self, question: str, *, start: int, limit: int) -> Found:
        """Find what has these words."""

    def rows(self, ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Give the rows of published episodes."""

    def notes(self, ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Give the notes of published episodes, as HTML."""

    def spoken(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Give what is said on those whose transcript pages show, by id."""


class SearchPage:
    """Answers questions with pages."""

    def __init__(self, finds: Finds, site: Site, theme: Theme) -> None:
        """Take who finds, and how pages look."""
        self._finds = finds
        self._site = site
        self._theme = theme

    @property
    def routes(self) -> tuple[Route, ...]:
        """Give where it answers: the form's address is the one that a static host has too."""
        return (Route(path="/search", handler=self.answer), Route(path="/search/", handler=self.answer, page=True))

    def answer(self, request: Request) -> Answer:
        """Answer a question, or the want of one by the form alone."""
        question = " ".join(request.query.get("q", ("",))[0][:LONGEST].replace("\0", " ").split())
        root = "../" if request.path.endswith("/") else "./"
        number = _page_number(request.query.get("page", ("",))[0])
        found = self._finds.find(question, start=(number - 1) * PER_PAGE, limit=PER_PAGE)
        results = Results(
            question=question,
            total=found.total,
            every=found.every,
            rows=Markup("\n").join(self._rows(found, root)),
            first=(number - 1) * PER_PAGE + 1,
            newer=min(number - 1, -(-found.total // PER_PAGE)) or None,  # from beyond the end, to the last that has any
            older=number + 1 if number * PER_PAGE < found.total and number < LAST_PAGE else None,
            people=[Entry(path=f"people/{id_}/", name=name, about="") for id_, name in found.people],
            shows=[Entry(path=f"shows/{id_}/", name=title, about="") for id_, title in found.shows],
        )
        body = results_page(results, self._site, self._theme, root=root)
        return Answer(body=body, media_type=_HTML, headers=(("cache-control", "no-cache"),))

    def _rows(self, found: Found, root: str) -> Iterator[Markup]:
        texts = {id_: _plain(notes.decode()) for id_, notes in self._finds.notes(found.episodes)}
        spoken = self._finds.spoken([id_ for id_, text in texts.items() if not has_one(text, found.words)])
        for id_, body in self._finds.rows(found.episodes):
            row = marked_row(joined([body], root), found.words)
            text = texts.get(id_, "")
            where = Markup()
            if has_one(spoken.get(id_, ""), found.words) and "<mark>" not in row:
                text, where = spoken[id_], _SPOKEN
            shown = marked(passage(text, found.words), found.words)
            said = Markup('<p class="passage" dir="auto">{}{}</p>\n').format(where, shown) if shown else Markup()
            start, end, rest = row.rpartition("</li>")
            yield start + said + end + rest


def _plain(notes: str) -> str:
    """Give what notes say, without markup."""
    return html.unescape(_TAG.sub(" ", notes))


def _page_number(text: str) -> int:
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
