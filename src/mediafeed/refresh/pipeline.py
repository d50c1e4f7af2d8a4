"""One source, once round. START READING HERE.

visit(source)
  | fetch       the feed, conditionally; a page's feed is found first            fetch, resolving
  | parse       only what was not heard before; broken bytes in a killable worker parse, workers
  | pages       a site's item without audio is read from its page                 reading
  | normalize   words become claims                                               understanding
  | changes     claims become episodes: new, modified, unchanged                  changes
  | store       all of it in one transaction                                      store
  | pacing      when to come back, and why                                        pacing
"""

import logging
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import xxhash

from mediafeed.errors import ParseError
from mediafeed.model.episode import Changes
from mediafeed.model.parsed import Element, ParsedFeed, named, words
from mediafeed.model.source import (
    Failed,
    FailureKind,
    Fetched,
    FetchResult,
    NotModified,
    Outcome,
    Source,
    SourceKind,
    SourceState,
    Validators,
    Visit,
)
from mediafeed.refresh.pacing import Habits, next_visit
from mediafeed.refresh.reading import Reading
from mediafeed.refresh.resolving import Fetches, Found, Resolver
from mediafeed.refresh.taking_in import TakesIn
from mediafeed.refresh.understanding import understand
from mediafeed.store.store import Store

log = logging.getLogger(__name__)

READER = "1"  # raise when what parse or normalize makes of the same bytes changes: everything is read once anew


_NOTHING = Changes()

# What may mean that a feed stands elsewhere by now; a server that is merely slow or busy is at its old place.
_MAY_HAVE_MOVED = frozenset(
    {FailureKind.MISSING, FailureKind.GONE, FailureKind.DNS, FailureKind.CONNECT, FailureKind.REDIRECTS}
)


@dataclass(frozen=True, slots=True)
class _Heard:
    """A visit's result, and what of the body is to be remembered with it."""

    result: FetchResult
    changes: Changes = _NOTHING
    show_differs: bool = False
    listed: int = 0  # items the document lists; those that are neither new nor modified are unchanged
    flags: tuple[str, ...] = ()
    body_hash: str | None = None
    head_hash: str | None = None
    keep: bool = False  # whether its validators may be used: the body was understood to its end and is stored


class Pipeline:
    """Walks one source through the steps. Safe to call from many threads, each with a source of its own."""

    def __init__(
        self,
        *,
        store: Store,
        fetch: Fetches,
        reading: Reading,
        resolver: Resolver,
        takes_in: TakesIn,
        habits: Habits,
        secrets: Mapping[str, str],
        own_guid: str,
        own_site: str,
        clock: Callable[[], datetime],
    ) -> None:
        """Take the rooms' tools; `secrets` are by source id.

        `own_guid` is the merged feed's podcast:guid, `own_site` the address that all of ours is served under.
        """
        self._store = store
        self._fetch = fetch
        self._reading = reading
        self._resolver = resolver
        self._takes_in = takes_in
        self._habits = habits
        self._secrets = secrets
        self._own_guid = own_guid
        self._own_site = f"{own_site}/"
        self._clock = clock
        self._heard_at: datetime | None = None

    def hearing_at(self, now: datetime) -> "Pipeline":
        """Give a pipeline to which all that is new was first heard at one time, whoever was quicker."""
        made = copy(self)
        made._heard_at = now  # noqa: SLF001 - one of us
        return made

    def visit(self, source: Source) -> Visit:
        """Poll one source and remember what came of it."""
        state = self._store.state(source.id)
        try:
            heard = self._hear(source, state)
        except ParseError as error:
            heard = _Heard(_failure(FailureKind(error.kind), error.detail, self._clock()))
        except Exception as error:  # an error of ours is remembered too: their server would be asked at every tick
            log.exception("visit failed", extra={"source": source.id})
            heard = _Heard(_failure(FailureKind.INTERNAL, f"{type(error).__name__}: {error}"[:300], self._clock()))
        visit = self._remember(source, state, heard)
        log.info(
            "visited",
            extra={
                "source": source.id,
                "outcome": str(visit.outcome),
                "new": visit.new,
                "modified": visit.modified,
                "reason": str(visit.kind or ""),
                "detail": visit.detail,
            },
        )
        return visit

    def _hear(self, source: Source, state: SourceState) -> _Heard:
        now = self._clock()
        held = state if state.reader == READER else replace(state, validators=Validators(), body_hash="", head_hash="")
        if source.find and not held.address:
            return self._found_anew(source, held, now)
        address = held.address or source.url or ""
        answer = self._fetch.get(address, validators=held.validators, secret=self._secrets.get(source.id), now=now)
        if isinstance(answer, Failed) and held.address and answer.kind in _MAY_HAVE_MOVED:
            return self._moved(source, held, answer, now)
        if not isinstance(answer, Fetched):
            return _Heard(answer, keep=isinstance(answer, NotModified))
        body_hash = xxhash.xxh3_128_hexdigest(answer.body)
        if body_hash == held.body_hash:
            return _Heard(answer, keep=True, body_hash=body_hash, listed=held.episodes)
        if source.kind is SourceKind.PAGE:
            return self._take_in(source, answer, self._reading.page(answer), held, address)
        try:
            feed = self._reading.feed(answer, known=self._known(source, held), held_head=held.head_hash)
        except ParseError as error:
            if not error.is_page:
                raise
            if held.address:
                return self._moved(source, held, _failure(FailureKind(error.kind), error.detail, now), now)
            return self._behind(source, answer, held, now)
        return self._take_in(source, answer, feed, held, address)

    def _known(self, source: Source, held: SourceState) -> frozenset[str]:
        return self._store.known_hashes(source.id) if held.reader == READER else frozenset()

    def _moved(self, source: Source, held: SourceState, failure: Failed, now: datetime) -> _Heard:
        """Check an address that was found, when it fails: the feed may stand at another one by now."""
        heard = self._found_anew(source, held, now)
        return _Heard(failure) if isinstance(heard.result, Failed) else heard

    def _found_anew(self, source: Source, held: SourceState, now: datetime) -> _Heard:
        """Look a source up: it has no address yet, or the one that was found fails."""
        if source.find:
            return self._took(source, self._resolver.in_directory(source, now), held)
        page = self._fetch.get(source.url or "", secret=self._secrets.get(source.id), now=now)
        if not isinstance(page, Fetched):
            return _Heard(page)
        return self._behind(source, page, held, now)

    def _behind(self, source: Source, page: Fetched, held: SourceState, now: datetime) -> _Heard:
        return self._took(source, self._resolver.behind_page(page, now, source.title), held)

    def _took(self, source: Source, found: Found | Failed, held: SourceState) -> _Heard:
        match found:
            case Failed():
                return _Heard(found)
            case Found():
                if found.address != held.address:
                    self._store.remember_address(source.id, found.address, found.how)
                    held = replace(held, head_hash="")
                return self._take_in(source, found.answer, found.feed, held, found.address)

    def _take_in(self, source: Source, answer: Fetched, feed: ParsedFeed, held: SourceState, address: str) -> _Heard:
        head = feed.head if feed.head is not None else self._store.head(source.id) or ()
        if self._is_ours(head):
            raise ParseError(FailureKind.OURSELVES, "this is the feed that we publish")
        now = self._clock()
        items, flags, whole = feed.items, feed.flags, feed.complete
        if source.kind is SourceKind.SITE:
            read = self._reading.from_pages(items, source, now)
            items, flags, whole = read.items, (*flags, *read.flags), whole and read.whole
        if not feed.order and held.episodes:
            flags = (*flags, "lists nothing; what was heard of before stays")
        # The address asked, not the one it led to: a redirect may lead elsewhere at every visit, the show stays.
        now = self._heard_at or now
        claim = partial(understand, head, items, source, feed_url=address, now=now)
        took = self._takes_in.take_in(source, feed, claim, head_is_new=feed.head_hash != held.head_hash, now=now)
        whole = whole and not took.held_back
        return _Heard(
            answer,
            changes=took.changes,
            show_differs=took.shows_differ,
            listed=len(set(feed.order)),
            flags=(*flags, *took.flags),
            body_hash=xxhash.xxh3_128_hexdigest(answer.body) if whole else "",
            head_hash=feed.head_hash,
            keep=whole,
        )

    def _is_ours(self, head: tuple[Element, ...]) -> bool:
        """Say whether a feed is the merged one, or another that we publish: a person's, a show's, a view's."""
        selves = (link.get("href") for link in named(head, "atom:link") if link.get("rel") == "self")
        return words(head, "podcast:guid").lower() == self._own_guid or any(
            address.strip().startswith(self._own_site) for address in selves
        )

    def _remember(self, source: Source, state: SourceState, heard: _Heard) -> Visit:
        result = heard.result
        failures = state.failures + 1 if isinstance(result, Failed) else 0
        habits = replace(self._habits, every=source.every or self._habits.every)
        pace = next_visit(result, habits, failures=failures, spread=spread(source.id))
        visit = Visit(
            source=source.id,
            at=result.at,
            outcome=_outcome(heard),
            next_visit=pace.when,
            why=pace.why,
            kind=result.kind if isinstance(result, Failed) else None,
            detail=result.detail if isinstance(result, Failed) else "",
            status=result.status if isinstance(result, Failed) else 200 if isinstance(result, Fetched) else 304,
            elapsed=result.elapsed,
            length=len(result.body) if isinstance(result, Fetched) else 0,
            new=len(heard.changes.new),
            modified=len(heard.changes.modified),
            unchanged=max(heard.listed - len(heard.changes.new) - len(heard.changes.modified), 0),
            flags=heard.flags,
        )
        # P4: validators are kept only now, after what they stand for is stored; a document that breaks off keeps none.
        validators = None if isinstance(result, Failed) else result.validators if heard.keep else Validators()
        self._store.note_visit(
            visit,
            validators=validators,
            body_hash=heard.body_hash,
            head_hash=heard.head_hash,
            reader=READER if isinstance(result, Fetched) else None,
            retry_after=result.retry_after if isinstance(result, Failed) else None,
            stopped=pace.when is None,
        )
        return visit


def spread(source: str) -> float:
    """Give a source its own place in the jitter, between 0 and 1, the same for ever.

    >>> 0 <= spread("rusi-gsb") < 1
    True
    """
    return xxhash.xxh32_intdigest(source.encode()) / 2**32


def _outcome(heard: _Heard) -> Outcome:
    match heard.result:
        case Failed():
            return Outcome.FAILED
        case NotModified():
            return Outcome.NOT_MODIFIED
        case Fetched():
            if heard.changes.new:
                return Outcome.NEW
            return Outcome.MODIFIED if heard.changes.modified or heard.show_differs else Outcome.UNCHANGED


def _failure(kind: FailureKind, detail: str, now: datetime) -> Failed:
    return Failed(kind=kind, detail=detail, at=now)
