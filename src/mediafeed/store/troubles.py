"""Troubles: sources of which the operator is to be told, and of which he was."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, or_, select, update

from mediafeed.model.notices import Trouble, Way
from mediafeed.store import tables
from mediafeed.store.codec import Codec
from mediafeed.store.times import micros, moment, moment_or_none

Opens = Callable[[], AbstractContextManager[Connection]]

_source = tables.sources.c
_last = and_(tables.visits.c.source == _source.id, tables.visits.c.number == _source.visits)
_TOLD_AT = {Way.WEBHOOK: _source.told_webhook, Way.COMMAND: _source.told_command}
_OF_TROUBLE = (
    select(
        _source.id, _source.settings, _source.failing_since, _source.failures, _source.last_success,
        _source.next_visit, _source.stopped, _source.why, tables.visits.c.visit,
    )
    .select_from(tables.sources.outerjoin(tables.visits, _last))
    .where(_source.configured.is_(True))
    .order_by(_source.position)
    .limit(bindparam("most"))
)  # fmt: skip
_UNTOLD = {
    way: _OF_TROUBLE.where(
        or_(
            and_(told.is_(None), _source.failing_since <= bindparam("before")),
            and_(told.is_not(None), _source.failing_since.is_(None), _source.last_success > told),
        )
    )
    for way, told in _TOLD_AT.items()
}
_TOLD = {
    way: update(tables.sources).where(_source.id == bindparam("this")).values({told: bindparam("at")})
    for way, told in _TOLD_AT.items()
}


class Troubles:
    """The part of the store that knows what the operator was told of. Made by the store, as `store.troubles`."""

    def __init__(self, reading: Opens, writing: Opens, codec: Codec) -> None:
        """Take the store's own ways to read and to write."""
        self._reading = reading
        self._writing = writing
        self._codec = codec

    def untold(self, way: Way, before: datetime, most: int) -> tuple[Trouble, ...]:
        """Give the sources that fail since `before` or longer, and those that are well again after that was told.

        One that was told in another way only was not told.
        """
        with self._reading() as connection:
            rows = connection.execute(_UNTOLD[way], {"before": micros(before), "most": most}).all()
        troubles = []
        for row in rows:
            visit = self._codec.visit(row.visit) if row.visit else None
            source = self._codec.source(row.settings)
            troubles.append(
                Trouble(
                    source=row.id,
                    title=source.title or row.id,
                    since=moment(row.last_success if row.failing_since is None else row.failing_since),
                    failures=row.failures,
                    reason=str(visit.kind or "") if visit else "",
                    detail=visit.detail if visit else "",
                    next_visit=None if row.stopped else moment_or_none(row.next_visit or None),
                )
            )
        return tuple(troubles)

    def told(self, way: Way, troubles: Iterable[Trouble], now: datetime) -> None:
        """Remember that the operator was told of these, in this way."""
        rows = [{"this": one.source, "at": micros(now) if one.is_broken else None} for one in troubles]
        if rows:
            with self._writing() as connection:
                connection.execute(_TOLD[way], rows)
