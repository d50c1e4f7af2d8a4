"""`/sources/`: what is polled, as it is just now."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from mediafeed.model.episode import Show
from mediafeed.model.settings import Site
from mediafeed.model.source import Source, SourceState
from mediafeed.publish.source_pages import pages_of, polled_sources, sources_page
from mediafeed.publish.theme import Theme
from mediafeed.serve.routes import Answer, Request, Route

_NUMBERED = re.compile(r"/sources/page/([1-9][0-9]{0,4})/?")


class Polls(Protocol):
    """What the page needs of a store."""

    def sources(self) -> Sequence[Source]:
        """Give every source."""

    def states(self) -> Sequence[SourceState]:
        """Give what is remembered of them."""

    def shows(self) -> Sequence[Show]:
        """Give the shows that have pages."""


class SourcesPage:
    """Answers with the page of sources."""

    def __init__(
        self, polls: Polls, site: Site, theme: Theme, *, usual: timedelta, clock: Callable[[], datetime]
    ) -> None:
        """Take who knows the sources, how pages look, how often sources are visited usually, and the time."""
        self._polls = polls
        self._site = site
        self._theme = theme
        self._usual = usual
        self._clock = clock

    @property
    def routes(self) -> tuple[Route, ...]:
        """Give where it answers: where a static host has the page that changes less often."""
        return (
            Route(path="/sources/", handler=self.answer, page=True),
            Route(path="/sources/page/", handler=self.answer),
        )

    def answer(self, request: Request) -> Answer:
        """Answer with one page of them."""
        polled = polled_sources(self._polls.sources(), self._polls.states(), self._usual, just_now=True)
        found = _NUMBERED.fullmatch(request.path)
        number = int(found[1]) if found else 1
        if number > pages_of(polled) or not (found or request.path == "/sources/"):
            return Answer(status=404, body=b"no such page\n")
        shows = {show.id: show for show in self._polls.shows()}
        body = sources_page(polled, number, shows, self._site, self._theme, now=self._clock())
        headers = (("cache-control", "no-cache"),)
        return Answer(body=body, media_type="text/html; charset=utf-8", headers=headers)
