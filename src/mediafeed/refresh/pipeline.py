"""One source, once round. START READING HERE.

visit(source)
  | fetch       the feed, conditionally; a page's feed is found first            fetch, resolving
  | parse       only what was not heard before; broken bytes in a killable worker parse, workers
  | pages       a site's item without audio is read from its page                 reading
  | normalize   words become claims                                               understanding
  | changes     claims become episodes: new, modified, unchanged                  changes
  | store       all of it in one transaction                                      store
  | terms       what the answer binds us to; addresses that move                  terms, remembering
  | pacing      when to come back, and why                                        pacing, timetable
"""

import logging
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

import xxhash

from mediafeed.errors import ParseError, StoppingError
from mediafeed.model.parsed import Element, FeedForm, ParsedFeed, named, words
from mediafeed.model.source import (
    Failed,
    FailureKind,
    Fetched,
    NotModified,
    Source,
    SourceKind,
    SourceState,
    Validators,
    Visit,
)
from mediafeed.model.terms import Terms
from mediafeed.refresh.gate import Gate
from mediafeed.refresh.reading import Reading
from mediafeed.refresh.remembering import Came, Remembering
from mediafeed.refresh.resolving import Fetches, Found, MayRead, Resolver
from mediafeed.refresh.sameness import is_another_show, knows_an_episode
from mediafeed.refresh.taking_in import TakesIn
from mediafeed.refresh.terms import NEW_FEED_URL, REDIRECT, is_proven, must_ask_whole
from mediafeed.refresh.understanding import understand
from mediafeed.store.store import Store

log = logging.getLogger(__name__)

READER = "1"  # raise when what parse or normalize makes of the same bytes changes: everything is read once anew
ACCEPTED = "accepted:{}"  # the setting that says that a source may be another show from its next visit on

# What may mean that a feed stands elsewhere by now; a server that is merely slow or busy is at its old place.
_MAY_HAVE_MOVED = frozenset(
    {FailureKind.MISSING, FailureKind.GONE, FailureKind.DNS, FailureKind.CONNECT, FailureKind.REDIRECTS}
)


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
        remembering: Remembering,
        robots: MayRead,
        gate: Gate,
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
        self._remembering = remembering
        self._robots = robots
        self._gate = gate
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
        """Poll one source and remember what came of it.

        Raises:
            StoppingError: It was broken off by us: nothing is remembered of it but that a server was asked.
        """
        state = self._store.state(source.id)
        address = state.address or source.url or ""
        habits = self._remembering.habits_of(source, address)
        # Whatever becomes of us meanwhile, the next start does not ask again too soon (P10).
        now = self._clock()
        self._store.schedule.begin(source.id, now, now + habits.minimum)
        held = self._held(state, whole=must_ask_whole(state.terms, habits, self._clock()))
        tried = is_proven(held.terms.move, habits, self._clock())
        try:
            came = (self._at_announced(source, held, address) if tried else None) or self._hear(source, held)
        except ParseError as error:
            came = Came(_failure(FailureKind(error.kind), error.detail, self._clock()))
        except StoppingError:
            raise  # nothing is concluded from it
        except Exception as error:  # an error of ours is remembered too: their server would be asked at every tick
            log.exception("visit failed", extra={"source": source.id})
            came = Came(_failure(FailureKind.INTERNAL, f"{type(error).__name__}: {error}"[:300], self._clock()))
        terms = self._remembering.terms(state, came, address, whole_asked=not held.validators)
        if is_proven(terms.move, habits, came.result.at):
            terms = self._moved_for_good(source, terms, address, came.result.at, tried=tried)
        visit = self._remembering.remember(source, state, _telling_of_move(came, terms), terms, reader=READER)
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

    def _held(self, state: SourceState, *, whole: bool) -> SourceState:
        """Give what is held that counts: another reader may make more of the same bytes, a stuck server may lie."""
        if state.reader != READER:
            return replace(state, validators=Validators(), body_hash="", head_hash="")
        return replace(state, validators=Validators()) if whole else state

    def _hear(self, source: Source, held: SourceState) -> Came:
        now = self._clock()
        if source.find and not held.address:
            return self._found_anew(source, held, now)
        address = held.address or source.url or ""
        if source.kind is SourceKind.PAGE and (barred := self._robots.why_not(address, now=now)):
            return Came(barred)  # P38
        answer = self._fetch.get(address, validators=held.validators, secret=self._secret(source, address), now=now)
        if isinstance(answer, Failed) and held.address and answer.kind in _MAY_HAVE_MOVED:
            return self._moved(source, held, answer, now)
        if not isinstance(answer, Fetched):
            return Came(answer, keep=isinstance(answer, NotModified))
        body_hash = xxhash.xxh3_128_hexdigest(answer.body)
        if body_hash == held.body_hash:
            return Came(answer, keep=True, body_hash=body_hash, listed=held.episodes, knows=held.episodes > 0)
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

    def _secret(self, source: Source, address: str) -> str | None:
        """Give the login for an address: none where the feed stands at another origin than the operator named (P31)."""
        one, other = urlsplit(source.url or ""), urlsplit(address)
        return self._secrets.get(source.id) if (one.scheme, one.netloc) == (other.scheme, other.netloc) else None

    def _known(self, source: Source, held: SourceState) -> frozenset[str]:
        return self._store.known_hashes(source.id) if held.reader == READER else frozenset()

    def _moved(self, source: Source, held: SourceState, failure: Failed, now: datetime) -> Came:
        """Check an address that was found, when it fails: the feed may stand at another one by now, or as before."""
        before = held.terms.moved_from
        if before and (back := self._at(source, held, before, now)):
            log.warning("moved back", extra={"source": source.id, "address": before})
            return back
        if source.url and source.url in {before, held.address}:  # there is no page to look behind
            return Came(failure)
        came = self._found_anew(source, held, now)
        return Came(failure) if isinstance(came.result, Failed) else came

    def _at_announced(self, source: Source, held: SourceState, address: str) -> Came | None:
        """Follow a proven itunes:new-feed-url, if the same show stands there; None if not."""
        move = held.terms.move
        if move is None or move.said != NEW_FEED_URL:
            return None
        came = self._at(source, held, move.to, self._clock(), moved_from=address)
        if came is not None:
            log.warning("moved", extra={"source": source.id, "address": move.to, "said": move.said})
        return came

    def _at(
        self, source: Source, held: SourceState, address: str, now: datetime, moved_from: str | None = None
    ) -> Came | None:
        """Hear the same show at another address, and remember that; None if it does not stand there."""
        answer = self._fetch.get(address, now=now)
        if not isinstance(answer, Fetched):
            return None
        try:
            feed = self._reading.feed(answer)
        except ParseError:
            return None
        if not knows_an_episode(self._store, source, feed):
            return None
        said = f"moved there from {moved_from}" if moved_from else "moved back there"
        self._store.remember_address(source.id, None if address == source.url else address, said)
        terms = replace(held.terms, move=None, moved_from=moved_from)
        came = self._take_in(source, answer, feed, replace(held, head_hash=""), address)
        return replace(came, held_terms=terms)

    def _moved_for_good(self, source: Source, terms: Terms, address: str, now: datetime, *, tried: bool) -> Terms:
        """Remember where redirects led for so long (P25). What an announcement says is tried at the next visit."""
        move = terms.move
        if move and move.said == NEW_FEED_URL and tried:
            # It was tried, and the show does not stand there: heard anew, it is tried again when it is proven again.
            return replace(terms, move=replace(move, since=now, visits=1))
        if move is None or move.said != REDIRECT or not move.proved:
            return terms
        log.warning("moved", extra={"source": source.id, "address": move.to, "said": move.said})
        said = f"moved there from {address} ({move.said} in {move.visits} visits since {move.since:%Y-%m-%d})"
        # What is held was heard there: the validators are of that address already.
        self._store.remember_address(source.id, move.to, said, same=True)
        return replace(terms, move=None, moved_from=address)

    def _found_anew(self, source: Source, held: SourceState, now: datetime) -> Came:
        """Look a source up: it has no address yet, or the one that was found fails."""
        if source.find:
            return self._took(source, self._resolver.in_directory(source, now), held)
        page = self._fetch.get(source.url or "", secret=self._secrets.get(source.id), now=now)
        if not isinstance(page, Fetched):
            return Came(page)
        return self._behind(source, page, held, now)

    def _behind(self, source: Source, page: Fetched, held: SourceState, now: datetime) -> Came:
        # P24: an address that just failed is not asked a second time.
        return self._took(source, self._resolver.behind_page(page, now, source.title, but=held.address), held)

    def _took(self, source: Source, found: Found | Failed, held: SourceState) -> Came:
        match found:
            case Failed():
                return Came(found)
            case Found():
                if found.address != held.address:
                    self._store.remember_address(source.id, found.address, found.how)
                    held = replace(held, head_hash="")
                return self._take_in(source, found.answer, found.feed, held, found.address)

    def _take_in(self, source: Source, answer: Fetched, feed: ParsedFeed, held: SourceState, address: str) -> Came:
        head = feed.head if feed.head is not None else self._store.head(source.id) or ()
        if self._is_ours(head):
            raise ParseError(FailureKind.OURSELVES, "this is the feed that we publish")
        if feed.form is not FeedForm.PAGE and (before := self._was(source, feed)):
            raise ParseError(FailureKind.OTHER_SHOW, _other_show(source, before, words(head, "title")))
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
        with self._gate.one_at_a_time(source.id), self._gate.together():
            took = self._takes_in.take_in(source, feed, claim, head_is_new=feed.head_hash != held.head_hash, now=now)
        whole = whole and not took.held_back
        listed = len(set(feed.order))
        return Came(
            answer,
            changes=took.changes,
            show_differs=took.shows_differ,
            listed=listed,
            flags=(*flags, *took.flags),
            body_hash=xxhash.xxh3_128_hexdigest(answer.body) if whole else "",
            head_hash=feed.head_hash,
            keep=whole,
            head=head,
            knows=listed > len(took.changes.new),
        )

    def _was(self, source: Source, feed: ParsedFeed) -> str:
        """Give the title of the show that another one stands in for, "" if it is the same or the operator said so."""
        before = is_another_show(self._store, source, feed) if source.kind is SourceKind.PODCAST else ""
        accepted = ACCEPTED.format(source.id)
        if before and self._store.setting(accepted):
            self._store.set_setting(accepted, "")
            return ""
        return before

    def _is_ours(self, head: tuple[Element, ...]) -> bool:
        """Say whether a feed is the merged one, or another that we publish: a person's, a show's, a view's."""
        selves = (link.get("href") for link in named(head, "atom:link") if link.get("rel") == "self")
        return words(head, "podcast:guid").lower() == self._own_guid or any(
            address.strip().startswith(self._own_site) for address in selves
        )


def _other_show(source: Source, before: str, now: str) -> str:
    return (
        f"“{now}” stands where “{before}” was, and none of its episodes is known. What is published stays. "
        f"If it is the same show: mediafeed refresh {source.id} --accept. "
        f"If not, correct its address in the config, or: mediafeed remove {source.id}"
    )


def _telling_of_move(came: Came, terms: Terms) -> Came:
    """Tell of an address that is said to be the lasting one and not proven yet."""
    move = terms.move
    if move is None or isinstance(came.result, Failed):
        return came
    visits = "1 visit" if move.visits == 1 else f"{move.visits} visits"
    flag = f"says it moved to {move.to} ({move.said}), in {visits} since {move.since:%Y-%m-%d}"
    return replace(came, flags=(*came.flags, flag))


def _failure(kind: FailureKind, detail: str, now: datetime) -> Failed:
    return Failed(kind=kind, detail=detail, at=now)
