"""Read an answer: strictly here, tolerantly in a worker; and pages, for a site's items without audio."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from mediafeed.errors import NotWellFormedError, ParseError
from mediafeed.model.parsed import Element, ParsedFeed, ParsedItem, named, words
from mediafeed.model.source import Failed, FailureKind, Fetched, NotModified, Source
from mediafeed.normalize.enclosures import chosen_enclosure
from mediafeed.parse import feed as strict
from mediafeed.parse import tolerant
from mediafeed.parse.page import read_page
from mediafeed.parse.sites import is_episode_page
from mediafeed.refresh.resolving import Fetches, MayRead
from mediafeed.refresh.workers import Workers

log = logging.getLogger(__name__)

# What an episode's page knows better than the one line about it in a site's feed.
_PAGE_WINS = frozenset({"content:encoded", "description"})


# A page that will not be there next time either, and what stands there but is no page of an episode.
_NO_PAGE = frozenset(
    {FailureKind.MISSING, FailureKind.GONE, FailureKind.NOT_A_FEED, FailureKind.EMPTY, FailureKind.ROBOTS,
     FailureKind.REFUSED, FailureKind.BAD_ADDRESS}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WithPages:
    """A site's episodes, and what had to be told. `whole` is False while a page may be read at the next visit.

    The validators of a document that was not understood whole must not be kept, or nobody would hear of it again.
    """

    items: tuple[ParsedItem, ...]
    flags: tuple[str, ...]
    whole: bool


class Reading:
    """Turns answers into parsed feeds."""

    def __init__(self, fetch: Fetches, workers: Workers, max_items: int, robots: MayRead) -> None:
        """Take a way to fetch pages, killable workers, how many items a feed may have, and what sites say to robots."""
        self._fetch = fetch
        self._robots = robots
        self._workers = workers
        self._max_items = max_items

    def feed(self, answer: Fetched, *, known: Collection[str] = (), held_head: str = "") -> ParsedFeed:
        """Read a feed, and only the items whose hash is not known.

        Raises:
            ParseError: No feed; `is_page` when it is a web page behind which one may be found.
        """
        try:
            return strict.read(
                answer.body,
                content_type=answer.content_type,
                url=answer.url,
                known=known,
                held_head=held_head,
                max_items=self._max_items,
            )
        except NotWellFormedError:
            return self._workers.run(
                tolerant.read,
                answer.body,
                content_type=answer.content_type,
                url=answer.url,
                known=frozenset(known),
                held_head=held_head,
                max_items=self._max_items,
            )

    def page(self, answer: Fetched) -> ParsedFeed:
        """Read one web page about one episode."""
        return self._workers.run(read_page, answer.body, content_type=answer.content_type, url=answer.url)

    def from_pages(self, items: Sequence[ParsedItem], source: Source, now: datetime) -> WithPages:
        """Give a site's episodes, each with what its own page says; what is no episode is left out.

        An item whose page is not there is an episode by what the site's feed says of it; one whose page cannot be
        read just now is left for the next visit.
        """
        episodes, flags, whole = [], [], True
        for item in items:
            link = words(item.elements, "link", "guid")
            if _has_audio(item):
                episodes.append(item)
            elif is_episode_page(link):
                page = self._page_of(link, source, now)
                if isinstance(page, ParsedItem):
                    episodes.append(ParsedItem(with_page(item.elements, page.elements), item.hash))
                    continue
                flags.append(f"{link}: {page}")
                if page.kind in _NO_PAGE:
                    episodes.append(item)
                else:
                    whole = False
        return WithPages(tuple(episodes), tuple(flags), whole)

    def _page_of(self, link: str, source: Source, now: datetime) -> ParsedItem | ParseError:
        try:
            match answer := self._robots.why_not(link, now=now) or self._fetch.get(link, now=now):
                case Fetched():
                    return self.page(answer).items[0]
                case Failed():
                    reason = ParseError(answer.kind, answer.detail)
                case NotModified():
                    reason = ParseError(FailureKind.STATUS, "unexpected answer")
        except ParseError as error:
            reason = error
        log.warning("page not read", extra={"source": source.id, "page": link, "reason": str(reason)})
        return reason


def _has_audio(item: ParsedItem) -> bool:
    """Say whether an item is an episode by itself: a picture beside a post (WordPress) makes none of it."""
    enclosure, _ = chosen_enclosure(named(item.elements, "enclosure"), named(item.elements, "media:content"))
    return enclosure is not None


def with_page(item: tuple[Element, ...], page: tuple[Element, ...]) -> tuple[Element, ...]:
    """Bring together what a site's feed and an episode's own page say.

    The feed's words stand; the page adds what the feed has no element for, and its text takes the place of a teaser.
    """
    from_page = {element.name for element in page} & _PAGE_WINS
    kept = tuple(element for element in item if element.name not in from_page)
    names = {element.name for element in kept}
    return kept + tuple(element for element in page if element.name not in names)
