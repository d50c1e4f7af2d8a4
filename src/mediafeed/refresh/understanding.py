"""From items as found to what we claim of them, and whose show each belongs to."""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from mediafeed.model.episode import Show
from mediafeed.model.parsed import Element, ParsedItem
from mediafeed.model.source import Source, SourceKind
from mediafeed.normalize.credits.extract import Profile
from mediafeed.normalize.episode import Claimed, claimed_from, credited
from mediafeed.normalize.identity import item_key, page_key
from mediafeed.normalize.shows import show_from, show_of
from mediafeed.normalize.text import folded
from mediafeed.refresh.keying import Heard
from mediafeed.refresh.learning import Lesson, lessons_of, profiles_in

log = logging.getLogger(__name__)

PAGE_KEY = "the page"
MOST_READ_AHEAD = 500  # some 100 kB each: of a longer document the rest is read once for habits and once for credits
SET_ASIDE = "item {}: not understood, set aside"


class KnownShows(Protocol):
    """The shows that are held, asked one by one: there may be ten thousand."""

    def get(self, show: str) -> Show | None:
        """Give a show by id."""

    def of_source(self, source: str) -> tuple[Show, ...]:
        """Give the shows that a source owns, by id."""

    def all(self) -> tuple[Show, ...]:
        """Give every show, by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What one document comes to: its shows as they will be remembered, its items as claims, and what was set aside.

    `lessons` are those of shows whose habits were learned from this very document.
    """

    shows: tuple[Show, ...]
    heard: tuple[Heard, ...]
    flags: tuple[str, ...] = ()
    lessons: Mapping[str, Lesson] = field(default_factory=dict)


_Claim = tuple[str, ParsedItem, Claimed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What one document claims before anybody is credited: (key, item, claimed) in its order."""

    shows: tuple[Show, ...]
    items: tuple[_Claim, ...]
    flags: tuple[str, ...]


def understand(
    head: tuple[Element, ...],
    items: Iterable[ParsedItem],
    source: Source,
    *,
    feed_url: str,
    stored: KnownShows,
    polled: Collection[str],
    now: datetime,
    profiles: Mapping[str, Profile] | None = None,
    keys: Sequence[str] | None = None,
) -> Understood:
    """Claim what can be claimed from a document's items. One item that cannot be understood never costs the others.

    `polled` are the sources still configured: a show that none of them speaks for is taken over. `profiles` are of the
    shows whose habits are known; of others they are learned here. `keys` are those the items are stored under, where
    they are stored already.
    """
    claims = claims_in(head, items, source, feed_url=feed_url, stored=stored, polled=polled, now=now, keys=keys)
    known = profiles or {}
    said = _read_ahead(claims.items, known)
    strangers = [one for one in said if one[2].telling.show not in known]
    lessons = lessons_of((key, item.hash, claimed) for key, item, claimed in strangers)
    known = {**known, **profiles_in(lessons)}
    heard, flags = [], list(claims.flags)
    for key, item, claimed in said:
        try:
            heard.append(Heard(key=key, item=item, telling=credited(claimed, known[claimed.telling.show])))
        except Exception:  # as in `claims_in`
            log.exception("item not credited", extra={"source": source.id, "item": key})
            flags.append(SET_ASIDE.format(key[:80]))
    return Understood(shows=claims.shows, heard=tuple(heard), flags=tuple(flags), lessons=lessons)


def _read_ahead(items: Iterable[_Claim], known: Mapping[str, Profile]) -> list[_Claim]:
    """Read the words of items that teach, for what they teach and for their own credits."""
    found: list[_Claim] = []
    for number, (key, item, claimed) in enumerate(items):
        ahead = None
        if number < MOST_READ_AHEAD and claimed.telling.show not in known:
            try:
                ahead = claimed.words()
            except Exception:  # as in `claims_in`; read again where it is credited, and told of there
                log.exception("item not read ahead", extra={"item": key})
        found.append((key, item, replace(claimed, ahead=ahead)))
    return found


def claims_in(
    head: tuple[Element, ...],
    items: Iterable[ParsedItem],
    source: Source,
    *,
    feed_url: str,
    stored: KnownShows,
    polled: Collection[str],
    now: datetime,
    keys: Sequence[str] | None = None,
) -> Claims:
    """Claim all but credits."""
    known = _Spoken(stored, polled)
    channel = settled_channel(show_from(head, source, feed_url=feed_url), source, known)
    shows: dict[str, Show] = {channel.id: channel} if source.kind is SourceKind.PODCAST else {}
    # Going through all shows there are is for what a title or a page may name any of them by.
    anybodys = known.all() if source.shows or source.kind is not SourceKind.PODCAST else ()
    claimed, flags = [], []
    for position, item in enumerate(items):
        key = keys[position] if keys else _key(item, source)
        try:
            near = (*anybodys, *shows.values()) if anybodys else tuple(shows.values())
            show = show_of(item, channel, source, near)
            show = show if show is channel else settled_show(show, source, known)
            claim = claimed_from(item, show, source, now=now, known_shows=near)
        except Exception:  # a bug of ours over one item: it is set aside and told, the rest goes on
            log.exception("item set aside", extra={"source": source.id, "item": key})
            flags.append(SET_ASIDE.format(key[:80]))
            continue
        if claim.telling.show == show.id:
            shows.setdefault(show.id, show)
        claimed.append((key, item, claim))
    return Claims(shows=tuple(shows.values()), items=tuple(claimed), flags=tuple(flags))


def _key(item: ParsedItem, source: Source) -> str:
    # A page is one item whatever address it is served at: it has no guid to tell it by.
    return PAGE_KEY if source.kind is SourceKind.PAGE else item_key(item)


class _Spoken:
    """The shows that are held; those of sources that are no longer polled have no feed that speaks for them."""

    def __init__(self, stored: KnownShows, polled: Collection[str]) -> None:
        self._stored = stored
        self._polled = polled

    def get(self, show: str) -> Show | None:
        held = self._stored.get(show)
        return self._as_polled(held) if held else None

    def of_source(self, source: str) -> tuple[Show, ...]:
        return tuple(map(self._as_polled, self._stored.of_source(source)))

    def all(self) -> tuple[Show, ...]:
        return tuple(map(self._as_polled, self._stored.all()))

    def _as_polled(self, show: Show) -> Show:
        return show if show.source in self._polled else replace(show, feed_url=None)


def settled_channel(proposal: Show, source: Source, stored: KnownShows) -> Show:
    """Give a source's own show its lasting id, which it keeps when its publisher gives it another name."""
    own = [show for show in stored.of_source(source.id) if not _is_told(show, source)]
    if len(own) == 1 and own[0].id != proposal.id and _is_same(proposal, own[0]):
        return replace(proposal, id=own[0].id)
    return settled_show(proposal, source, stored)


def settled_show(proposal: Show, source: Source, stored: KnownShows) -> Show:
    """Give a show its lasting id: two podcasts of one name stay two, one podcast in two sources stays one."""
    own = f"{proposal.id}-{source.id}"[:80].rstrip("-")
    if stored.get(own):
        return replace(proposal, id=own)
    known = stored.get(proposal.id)
    if known is None or known.source == source.id:
        return proposal
    if source.kind is not SourceKind.PODCAST or _is_told(proposal, source):
        return known
    if not _is_same(proposal, known):
        return replace(proposal, id=own)
    # A show that no feed speaks for, known from pages alone or from a source that is gone, is this one's from now on.
    # Of two feeds of one show the first goes on speaking, or they would take it from each other at every visit.
    return known if known.feed_url else proposal


def _is_told(proposal: Show, source: Source) -> bool:
    """Say whether this show is only told of by the source, and is not its own."""
    return any(folded(title) == folded(proposal.title) for title in source.shows)


def _is_same(one: Show, other: Show) -> bool:
    if one.guid and other.guid:
        return one.guid == other.guid
    if one.feed_url and other.feed_url and page_key(one.feed_url) == page_key(other.feed_url):
        return True
    if one.link and other.link:
        return page_key(one.link) == page_key(other.link)
    # A show known from pages alone has no more than its name; of two feeds a common name is no evidence.
    return other.feed_url is None or bool(one.author and other.author and folded(one.author) == folded(other.author))
