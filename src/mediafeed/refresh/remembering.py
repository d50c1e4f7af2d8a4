"""What came of a visit, remembered: terms, pace, and its place among all the others."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

import xxhash

from mediafeed.model.episode import Changes
from mediafeed.model.parsed import Element
from mediafeed.model.source import (
    Failed,
    FailureKind,
    Fetched,
    FetchResult,
    NotModified,
    Outcome,
    Source,
    SourceState,
    Validators,
    Visit,
)
from mediafeed.model.terms import Habits, Terms
from mediafeed.model.websub import Lease
from mediafeed.refresh.pacing import Pace, next_visit, not_skipped
from mediafeed.refresh.rhythm import LOOKED_AT, rhythm_of
from mediafeed.refresh.subscribing import after_visit, lease_of
from mediafeed.refresh.terms import Answer, terms_after
from mediafeed.refresh.timetable import Timetable
from mediafeed.store.store import Store

log = logging.getLogger(__name__)

_NOTHING = Changes()
# What the operator should know at once: it does not pass by itself.
TELLING = frozenset({FailureKind.GONE, FailureKind.OTHER_SHOW})


@dataclass(frozen=True, slots=True)
class Came:
    """A visit's result, and what of the body is to be remembered with it."""

    result: FetchResult
    changes: Changes = _NOTHING
    show_differs: bool = False
    listed: int = 0  # items the document lists; those that are neither new nor modified are unchanged
    flags: tuple[str, ...] = ()
    body_hash: str | None = None
    head_hash: str | None = None
    keep: bool = False  # whether its validators may be used: the body was understood to its end and is stored
    head: tuple[Element, ...] | None = None  # the channel's own words, where a document was taken in
    knows: bool = False  # an episode that was held stands in it
    held_terms: Terms | None = None  # those that were held before, where a step of the visit changed them


class Remembering:
    """Chooses the next visit and writes the visit down."""

    def __init__(
        self, store: Store, habits: Habits, trusted: frozenset[str], timetable: Timetable, *, hubs: bool = False
    ) -> None:
        """Take how sources are visited, the hosts whose words are believed without end, and everybody's times.

        With `hubs` we listen to those of sources.
        """
        self._hubs = hubs
        self._store = store
        self._habits = habits
        self._trusted = trusted
        self._timetable = timetable

    def habits_of(self, source: Source, address: str) -> Habits:
        """Give how one source is visited."""
        host = urlsplit(address).hostname or ""
        every = source.every or self._habits.every
        return replace(self._habits, every=every, fixed=source.every is not None, trusted=host in self._trusted)

    def terms(self, state: SourceState, came: Came, address: str, *, whole_asked: bool) -> Terms:
        """Give the terms that hold after a visit; what it brought of new episodes tells of the show's rhythm."""
        answer = Answer(
            result=came.result,
            address=address,
            whole_asked=whole_asked,
            head=came.head,
            in_part=isinstance(came.result, Fetched) and not came.keep,
            knows=came.knows,
        )
        terms = terms_after(came.held_terms or state.terms, answer)
        if not came.changes.new:
            return terms
        return replace(terms, rhythm=rhythm_of(self._store.schedule.releases(state.id, 2 * LOOKED_AT)))

    def remember(self, source: Source, state: SourceState, came: Came, terms: Terms, *, reader: str) -> Visit:
        """Choose the time of the next visit, and remember this one; `reader` is who read its document."""
        result = came.result
        kept = None if isinstance(result, Failed) else result.validators if came.keep else Validators()
        pace = self._pace(source, state, came, terms, kept)
        visit = _visit(source, came, pace)
        if visit.kind in TELLING:
            log.warning(
                "operator needed", extra={"source": source.id, "reason": str(visit.kind), "detail": visit.detail}
            )
        # P4: validators are kept only now, after what they stand for is stored; a document that breaks off keeps none.
        self._store.note_visit(
            visit,
            validators=kept,
            body_hash=came.body_hash,
            head_hash=came.head_hash,
            reader=reader if isinstance(result, Fetched) else None,
            retry_after=result.retry_after if isinstance(result, Failed) else None,
            stopped=pace.when is None,
            terms=terms,
        )
        return visit

    def _pace(self, source: Source, state: SourceState, came: Came, terms: Terms, kept: Validators | None) -> Pace:
        failed = isinstance(came.result, Failed)
        habits = self.habits_of(source, state.address or source.url or "")
        pace = next_visit(
            came.result,
            habits,
            terms,
            failures=state.failures + 1 if failed else 0,
            failing_since=(state.failing_since or came.result.at) if failed else None,
            kept=kept,
            lease=self._lease(state, came) if self._hubs and not failed else None,
            spread=spread(source.id, came.result.at),
        )
        if pace.when is None:
            return pace
        when = self._timetable.claim(source.id, pace.when)
        if not failed and (later := not_skipped(when, terms, habits)) != when:
            # The free moment lies in an hour to skip: a feed that names some leaves room after them.
            when = self._timetable.claim(source.id, later)
        return replace(pace, when=when)

    def _lease(self, state: SourceState, came: Came) -> Lease | None:
        """Learn whether the source's hub told of what this visit found, and give its promise if it keeps it."""
        before = state.last_visit.at if state.last_visit else None
        for one in self._store.hubs.subscriptions(state.id):
            heard = partial(after_visit, before=before, new=bool(came.changes.new))
            known = self._store.hubs.change(one.token, heard) if came.changes.new else one
            if known and (lease := lease_of(known, came.result.at)):
                return lease
        return None


def _visit(source: Source, came: Came, pace: Pace) -> Visit:
    result = came.result
    failed = result if isinstance(result, Failed) else None
    return Visit(
        source=source.id,
        at=result.at,
        outcome=_outcome(came),
        next_visit=pace.when,
        why=pace.why,
        kind=failed.kind if failed else None,
        detail=failed.detail if failed else "",
        status=failed.status if failed else 200 if isinstance(result, Fetched) else 304,
        elapsed=result.elapsed,
        length=len(result.body) if isinstance(result, Fetched) else 0,
        new=len(came.changes.new),
        modified=len(came.changes.modified),
        unchanged=max(came.listed - len(came.changes.new) - len(came.changes.modified), 0),
        flags=came.flags,
    )


def spread(source: str, at: datetime) -> float:
    """Give a visit its own place in the jitter, between 0 and 1.

    >>> from datetime import UTC
    >>> 0 <= spread("rusi-gsb", datetime(2022, 9, 21, tzinfo=UTC)) < 1
    True
    """
    return xxhash.xxh32_intdigest(f"{source} {at.timestamp():.0f}".encode()) / 2**32


def _outcome(came: Came) -> Outcome:
    match came.result:
        case Failed():
            return Outcome.FAILED
        case NotModified():
            return Outcome.NOT_MODIFIED
        case Fetched():
            if came.changes.new:
                return Outcome.NEW
            return Outcome.MODIFIED if came.changes.modified or came.show_differs else Outcome.UNCHANGED
