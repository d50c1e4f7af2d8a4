"""Sources: what was configured, what is remembered of each, and who is due."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, func, select, update

from mediafeed.errors import UsageError
from mediafeed.model.parsed import Element
from mediafeed.model.source import Outcome, Source, SourceState, Validators, Visit
from mediafeed.model.terms import Terms
from mediafeed.store import tables
from mediafeed.store.codec import Codec, json_of, whole_text
from mediafeed.store.times import micros, micros_or_none, moment_or_none

# Enough for a person to see what went on; without an end, 10,000 sources would add a gigabyte a month.
_VISITS_KEPT = 100

_source = tables.sources.c
_item = tables.items.c

# What belongs to one address and means nothing at another.
_OF_THE_ADDRESS = {"etag": None, "last_modified": None, "body_hash": "", "head_hash": "", "head": None}
# A person changed something: whatever the old address did wrong is forgiven, and the new one is asked at once.
_AFRESH = {"stopped": False, "next_visit": 0, "failures": 0, "failing_since": None, "retry_after": None, "why": ""}
_NO_TERMS = {"terms": json_of(Terms()).decode()}
_ELSEWHERE = {"address": None, "found_by": "", "asked": None}
_UNSEEN = {"reader": "", "visits": 0, "last_success": None} | _ELSEWHERE


def register(connection: Connection, codec: Codec, configured: Sequence[Source]) -> None:
    """Take over what config.toml says; a source that it no longer names stays, unconfigured."""
    held = {row.id: row for row in connection.execute(select(_source.id, _source.configured, _source.settings))}
    connection.execute(update(tables.sources).values(configured=False))
    new, moved, plain = [], [], []
    for position, source in enumerate(configured):
        row: dict[str, Any] = {"id": source.id, "position": position, "configured": True}
        row["settings"] = json_of(source).decode()
        before = held.get(source.id)
        if before is None:
            new.append(row | _OF_THE_ADDRESS | _AFRESH | _NO_TERMS | _UNSEEN)
        elif _asked_at(codec.source(before.settings)) != _asked_at(source):
            moved.append(row | _OF_THE_ADDRESS | _AFRESH | _NO_TERMS | _ELSEWHERE)
        else:
            plain.append(row if before.configured else row | _AFRESH)
    if new:
        connection.execute(tables.sources.insert(), new)
    for row in moved + plain:
        connection.execute(_UPDATE, row | {"this": row["id"]})


def _asked_at(source: Source) -> tuple[str | None, str | None]:
    return source.url, source.find


def sources(connection: Connection, codec: Codec) -> tuple[Source, ...]:
    """Give every source ever registered: the configured ones first, in their order."""
    rows = connection.execute(select(_source.settings).order_by(*_ORDER))
    return tuple(codec.source(row.settings) for row in rows)


_ORDER = (_source.configured.desc(), _source.position, _source.id)


def states(connection: Connection, codec: Codec, source: str | None = None) -> tuple[SourceState, ...]:
    """Give what is remembered of every source, or of one."""
    asked, counted = (_STATES, _COUNTS) if source is None else (_STATE, _COUNT)
    episodes = {row[0]: row[1] for row in connection.execute(counted, {"this": source})}
    return tuple(_state(codec, row, episodes) for row in connection.execute(asked, {"this": source}).all())


def _with_last_visit() -> Select[Any]:
    last = and_(tables.visits.c.source == _source.id, tables.visits.c.number == _source.visits)
    columns = [column for column in _source if column.name not in {"head", "settings"}]
    return select(*columns, tables.visits.c.visit).select_from(tables.sources.outerjoin(tables.visits, last))


_STATES = _with_last_visit().order_by(*_ORDER)
_STATE = _with_last_visit().where(_source.id == bindparam("this"))
_COUNTS = select(_item.source, func.count(_item.episode.distinct())).group_by(_item.source)
_COUNT = _COUNTS.where(_item.source == bindparam("this"))


def _state(codec: Codec, row: Any, episodes: Mapping[str, int]) -> SourceState:
    return SourceState(
        id=row.id,
        address=row.address,
        found_by=row.found_by,
        validators=Validators(row.etag, row.last_modified),
        body_hash=row.body_hash,
        head_hash=row.head_hash,
        reader=row.reader,
        last_visit=None if row.visit is None else codec.visit(row.visit),
        last_success=moment_or_none(row.last_success),
        next_visit=moment_or_none(row.next_visit or None),
        asked=moment_or_none(row.asked),
        why=row.why,
        failures=row.failures,
        failing_since=moment_or_none(row.failing_since),
        retry_after=moment_or_none(row.retry_after),
        stopped=row.stopped,
        configured=row.configured,
        episodes=episodes.get(row.id, 0),
        terms=codec.terms(row.terms),
    )


def remember_address(
    connection: Connection, source: str, address: str | None, found_by: str, *, same: bool = False
) -> None:
    """Remember where a source's feed was found; what was held of another address is dropped, unless it is of `same`."""
    held = _held(connection, source)
    values: dict[str, Any] = {"address": address, "found_by": whole_text(found_by)}
    if held.address != address and not same:
        values |= _OF_THE_ADDRESS
    connection.execute(_UPDATE, values | {"this": source})


def note_visit(
    connection: Connection,
    visit: Visit,
    *,
    validators: Validators | None,
    hashes: Mapping[str, str | None],
    retry_after: datetime | None,
    stopped: bool,
    terms: Terms | None,
) -> None:
    """Remember a visit and what follows from it; None, for `terms` or among `hashes`, leaves what is held."""
    held = _held(connection, visit.source)
    number = held.visits + 1
    values = {name: getattr(held, name) if value is None else value for name, value in hashes.items()}
    values |= _what_follows(held, visit, retry_after)
    values |= {"this": visit.source, "visits": number, "why": whole_text(visit.why)}
    # A visit without a next one is the last by itself; 0 would mean "at once".
    values["stopped"] = stopped or visit.next_visit is None
    values["next_visit"] = 0 if visit.next_visit is None else micros(visit.next_visit)
    values["terms"] = held.terms if terms is None else json_of(terms).decode()
    values["etag"] = held.etag if validators is None else validators.etag
    values["last_modified"] = held.last_modified if validators is None else validators.last_modified
    connection.execute(_UPDATE, values)
    row = {"source": visit.source, "number": number, "at": micros(visit.at), "visit": json_of(visit).decode()}
    connection.execute(_VISIT, row)
    if number > _VISITS_KEPT:
        connection.execute(_FORGET_VISITS, {"this": visit.source, "last": number - _VISITS_KEPT})


def correct_visits(connection: Connection, visits: Iterable[Visit]) -> None:
    """Write the last visit of some sources anew."""
    for visit in visits:
        held = _held(connection, visit.source)
        values = {"this": visit.source, "that": held.visits, "as": json_of(visit).decode()}
        connection.execute(_CORRECT_VISIT, values)


def _what_follows(held: Any, visit: Visit, retry_after: datetime | None) -> dict[str, Any]:
    if visit.outcome is not Outcome.FAILED:
        return {
            "failures": 0,
            "failing_since": None,
            "last_success": micros(visit.at),
            "retry_after": micros_or_none(retry_after),
        }
    return {
        "failures": held.failures + 1,
        "failing_since": micros(visit.at) if held.failing_since is None else held.failing_since,
        "last_success": held.last_success,
        # A failure that says nothing about waiting takes no earlier wish to be left alone back.
        "retry_after": held.retry_after if retry_after is None else micros(retry_after),
    }


def _held(connection: Connection, source: str) -> Any:
    row = connection.execute(_HELD, {"this": source}).one_or_none()
    if row is None:
        raise UsageError(f"no source {source!r}")
    return row


_HELD = select(*[column for column in _source if column.name not in {"head", "settings"}]).where(
    _source.id == bindparam("this")
)
_HEAD = select(_source.head).where(_source.id == bindparam("this"))
_HASHES = select(_item.hash).where(_item.source == bindparam("this"))
_UPDATE = update(tables.sources).where(_source.id == bindparam("this"))
_VISIT = tables.visits.insert()
_CORRECT_VISIT = (
    update(tables.visits)
    .where(tables.visits.c.source == bindparam("this"), tables.visits.c.number == bindparam("that"))
    .values(visit=bindparam("as"))
)
_FORGET_VISITS = tables.visits.delete().where(
    tables.visits.c.source == bindparam("this"), tables.visits.c.number <= bindparam("last")
)


def visits(connection: Connection, codec: Codec, source: str, limit: int) -> tuple[Visit, ...]:
    """Give a source's last visits, newest first."""
    asked = select(tables.visits.c.visit).where(tables.visits.c.source == source)
    rows = connection.execute(asked.order_by(tables.visits.c.number.desc()).limit(limit))
    return tuple(codec.visit(row.visit) for row in rows)


def known_hashes(connection: Connection, source: str) -> frozenset[str]:
    """Give the hash of every item held of a source, whether it is still listed or not."""
    return frozenset([hash_ for (hash_,) in connection.execute(_HASHES, {"this": source}).all()])


def head(connection: Connection, codec: Codec, source: str) -> tuple[Element, ...] | None:
    """Give the channel's own elements as last heard, or None when none are held."""
    blob = connection.execute(_HEAD, {"this": source}).scalar()
    return None if blob is None else codec.elements(blob)


def keep_head(connection: Connection, codec: Codec, source: str, elements: tuple[Element, ...]) -> None:
    """Remember a channel's own elements."""
    connection.execute(_UPDATE, {"this": source, "head": codec.pack(elements)})
