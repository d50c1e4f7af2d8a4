"""The schedule: who is to be visited when, asked once a second and moved when the clock is."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection, and_, bindparam, case, select, tuple_, update

from mediafeed.model.source import Call
from mediafeed.store import tables
from mediafeed.store.codec import Codec, whole_text
from mediafeed.store.times import micros, moment

_source = tables.sources.c
_item = tables.items.c
_AWAITED = and_(_source.configured.is_(True), _source.stopped.is_(False))

_DUE = (
    select(_source.id, _source.address, _source.next_visit, _source.failures, _source.terms)
    .where(_AWAITED, _source.next_visit <= bindparam("now"))
    .order_by(_source.next_visit, _source.position)
)
_PLANNED = select(_source.id, _source.next_visit).where(_AWAITED, _source.next_visit > 0)
_WAITING = select(_source.terms, _source.retry_after).where(
    _source.retry_after > bindparam("now"), _source.retry_after < bindparam("last")
)
_LONGEST_WAIT = timedelta(days=8)  # none is longer than a week: what seems to be was noted by a wrong clock
_PLAN = update(tables.sources).where(_source.id == bindparam("this")).values(next_visit=bindparam("when"))
_SOONER = (
    update(tables.sources)
    .where(_source.id == bindparam("this"), _source.next_visit > bindparam("when"))
    .values(next_visit=bindparam("when"), why=bindparam("words"))
)
_BEGIN = _PLAN.values(asked=bindparam("now"))
_ALL_ASKED = update(tables.sources).values(asked=bindparam("now"))
_SHIFT = update(tables.sources).values(
    next_visit=case((_source.next_visit > 0, _source.next_visit + bindparam("by")), else_=0),
    retry_after=_source.retry_after + bindparam("by"),
    asked=_source.asked + bindparam("by"),
)
_visit = tables.visits.c
_FORGET = tables.visits.delete().where(
    tuple_(_visit.source, _visit.number).in_(
        select(_visit.source, _visit.number)
        .join(tables.sources, _source.id == _visit.source)
        .where(_visit.at < bindparam("before"), _visit.number < _source.visits)
        .order_by(_visit.at)
        .limit(bindparam("most"))
    )
)
_RELEASES = (
    select(tables.episodes.c.dated, _item.first_heard)
    .join(tables.episodes, tables.episodes.c.id == _item.episode)
    .where(_item.source == bindparam("this"))
    .order_by(tables.episodes.c.dated.desc())
    .limit(bindparam("most"))
)

Opens = Callable[[], AbstractContextManager[Connection]]


class OpensToWrite(Protocol):
    """The store's way to write; what is not `durable` survives a crash of ours, but perhaps no power cut."""

    def __call__(self, *, durable: bool = True) -> AbstractContextManager[Connection]:
        """Begin."""


class Schedule:
    """The part of the store that knows times. Made by the store, as `store.schedule`."""

    def __init__(self, reading: Opens, writing: OpensToWrite, codec: Codec) -> None:
        """Take the store's own ways to read and to write."""
        self._reading = reading
        self._writing = writing
        self._codec = codec

    def calls(self, now: datetime) -> tuple[Call, ...]:
        """Give the configured sources whose time has come, the longest waiting first."""
        with self._reading() as connection:
            rows = connection.execute(_DUE, {"now": micros(now)}).all()
        return tuple(
            Call(
                source=row.id,
                address=row.address,
                since=moment(row.next_visit) if row.next_visit else None,
                apart=bool(row.failures) or self._codec.terms(row.terms).slow,
            )
            for row in rows
        )

    def planned(self) -> tuple[tuple[str, datetime], ...]:
        """Give the next visit of every source that has one."""
        with self._reading() as connection:
            return tuple((row.id, moment(row.next_visit)) for row in connection.execute(_PLANNED))

    def plan(self, visits: Mapping[str, datetime]) -> None:
        """Remember other times for the next visits of these sources."""
        if visits:
            with self._writing() as connection:
                connection.execute(_PLAN, [{"this": source, "when": micros(at)} for source, at in visits.items()])

    def bring_forward(self, source: str, when: datetime, why: str) -> None:
        """Remember an earlier time for the next visit of a source, and why then; a later one is none."""
        with self._writing() as connection:
            connection.execute(_SOONER, {"this": source, "when": micros(when), "words": whole_text(why)})

    def begin(self, source: str, now: datetime, until: datetime) -> None:
        """Remember that a source is being asked, and not to be asked again before `until` if nothing comes of it."""
        with self._writing(durable=False) as connection:
            connection.execute(_BEGIN, {"this": source, "now": micros(now), "when": micros(until)})

    def all_asked(self, now: datetime) -> None:
        """Remember of every source that it may be asked just now: nobody knows better."""
        with self._writing() as connection:
            connection.execute(_ALL_ASKED, {"now": micros(now)})

    def forget_visits(self, before: datetime, most: int) -> int:
        """Forget visits of before that time, the oldest first, but never a source's last; give how many."""
        with self._writing(durable=False) as connection:
            return connection.execute(_FORGET, {"before": micros(before), "most": most}).rowcount

    def shift(self, by: timedelta) -> None:
        """Move every time that is yet to come with the clock that was set."""
        with self._writing() as connection:
            connection.execute(_SHIFT, {"by": by // timedelta(microseconds=1)})

    def waiting(self, now: datetime) -> dict[str, datetime]:
        """Give the hosts that asked to be left alone, and until when (P19)."""
        hosts: dict[str, datetime] = {}
        with self._reading() as connection:
            for row in connection.execute(_WAITING, {"now": micros(now), "last": micros(now + _LONGEST_WAIT)}):
                host = self._codec.terms(row.terms).waits_at
                hosts[host] = max(hosts.get(host, now), moment(row.retry_after))
        hosts.pop("", None)
        return hosts

    def releases(self, source: str, most: int) -> tuple[tuple[datetime, datetime], ...]:
        """Give (dated, first heard) of the latest episodes a source told of, the latest first."""
        with self._reading() as connection:
            rows = connection.execute(_RELEASES, {"this": source, "most": most}).all()
        return tuple((moment(dated), moment(heard)) for dated, heard in rows)
