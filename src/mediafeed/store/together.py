"""Which episodes may be one recording: asked over all sources at once, and what came of it, written."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, or_, select, update

from mediafeed.model.held import Absorbed, Brought
from mediafeed.store import tables
from mediafeed.store.codec import Codec, whole_text
from mediafeed.store.dialect import among, in_batches, upsert
from mediafeed.store.times import micros, moment
from mediafeed.store.writing import write_episodes, write_persons

_episode = tables.episodes.c
_match = tables.match_keys.c
_item = tables.items.c
_unsettled = tables.unsettled.c
_absorbed = tables.absorbed.c

_ITS_KEYS = select(_match.key).join(tables.unsettled, _unsettled.episode == _match.episode)
_SHARED = (
    select(_match.key)
    .where(_match.key.in_(_ITS_KEYS))
    .group_by(_match.key)
    .having(func.count().between(2, bindparam("most")))
)
_SHARING = select(_match.key, _match.episode).where(_match.key.in_(_SHARED)).order_by(_match.key, _match.episode)
_COLLIDED = (
    select(_episode.id)
    .join(tables.unsettled, _unsettled.episode == _episode.id)
    .where(
        _unsettled.fresh.is_(True),
        or_(
            _episode.audio_of.is_not(None),
            and_(_episode.guid.is_not(None), _episode.guid != _episode.published_guid),
            _episode.path.endswith(_episode.id),
            ~_episode.path.startswith(_episode.show.concat("/")),  # its show has another name since
        ),
    )
)
_owner = tables.episodes.alias("owner").c
_ORPHANED = (
    select(_episode.id)
    .outerjoin(_owner.id.table, _owner.id == _episode.audio_of)
    .where(
        _episode.audio_of.is_not(None),
        or_(_owner.audio.is_(None), _owner.id.in_(select(_unsettled.episode))),
    )
    .order_by(_episode.id)
)
_ABSORBED = select(tables.absorbed).where(among(_absorbed.id))
_CALLED = select(_episode.id).where(
    or_(among(_episode.id), _episode.path.in_(bindparam("those", expanding=True)), among(_episode.published_guid))
)
_WAS_CALLED = select(_absorbed.episode).where(or_(among(_absorbed.id), among(_absorbed.path)))
# No two episodes may have one name even for a moment, and names are exchanged between episodes here.
_UNNAME = (
    update(tables.episodes)
    .where(among(_episode.id))
    .values(path=_episode.id.concat("~"), published_guid=_episode.id.concat("~"), audio=None)
)
_MOVE = (
    update(tables.items)
    .where(_item.source == bindparam("of"), _item.key == bindparam("that"))
    .values(episode=bindparam("to"))
)
_FOLLOW = update(tables.absorbed).where(_absorbed.episode == bindparam("was")).values(episode=bindparam("to"))


def unsettled(connection: Connection) -> dict[str, bool]:
    """Give the ids of the episodes still to be brought together, and whether nobody was told of them yet."""
    rows = connection.execute(select(_unsettled.episode, _unsettled.fresh).order_by(_unsettled.episode)).all()
    return {episode: bool(fresh) for episode, fresh in rows}


def sharing(connection: Connection, most: int) -> list[list[str]]:
    """Give groups of ids that hold a match key in common with an unsettled one, where no more than `most` do."""
    groups: dict[int, list[str]] = {}
    for key, episode in connection.execute(_SHARING, {"most": most}).all():
        groups.setdefault(key, []).append(episode)
    return list(groups.values())


def collided(connection: Connection) -> tuple[str, ...]:
    """Give the fresh ones that could not have the guid, the path or the audio that they ask for."""
    return tuple(connection.execute(_COLLIDED).scalars())


def orphaned(connection: Connection) -> tuple[str, ...]:
    """Give the episodes that only repeat another's audio, where that one is gone or itself unsettled."""
    return tuple(connection.execute(_ORPHANED).scalars())


def is_unsettled(connection: Connection) -> bool:
    """Say whether anything is to be brought together."""
    waiting = connection.execute(select(_unsettled.episode).limit(1)).first()
    return waiting is not None or connection.execute(_ORPHANED.limit(1)).first() is not None


def absorbed(connection: Connection, ids: Collection[str]) -> dict[str, Absorbed]:
    """Give those of these ids that were absorbed."""
    found: dict[str, Absorbed] = {}
    for batch in in_batches(ids):
        found.update((row.id, _absorbed_from(row)) for row in connection.execute(_ABSORBED, {"those": batch}).all())
    return found


def all_absorbed(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Give the former path of every absorbed episode, and the path of the one it is part of."""
    asked = select(_absorbed.path, _episode.path.label("now")).join(tables.episodes, _episode.id == _absorbed.episode)
    return tuple((row.path, row.now) for row in connection.execute(asked.order_by(_absorbed.path)).all())


def _absorbed_from(row: Any) -> Absorbed:
    return Absorbed(
        id=row.id,
        path=row.path,
        published_guid=row.published_guid,
        first_heard=moment(row.first_heard),
        episode=row.episode,
    )


def called(connection: Connection, words: Collection[str]) -> frozenset[str]:
    """Give the episodes that have, or had, one of these as id, path or published guid."""
    found: set[str] = set()
    for batch in in_batches(whole_text(word) for word in words):
        for asked in (_CALLED, _WAS_CALLED):
            found.update(connection.execute(asked, {"those": batch}).scalars())
    return frozenset(found)


def bring(connection: Connection, codec: Codec, brought: Brought) -> None:
    """Write what bringing together came to."""
    at = micros(brought.at)
    write_persons(connection, brought.persons)
    for batch in in_batches(record.episode.id for record in brought.episodes):
        connection.execute(_UNNAME, {"those": batch})
    _drop(connection, tables.absorbed, _absorbed.id, brought.back)
    going = [*(one.id for one in brought.absorbed), *brought.gone]
    for batch in in_batches(going):
        connection.execute(_UNNAME, {"those": batch})
    write_episodes(connection, codec, brought.episodes, at)
    if brought.moved:
        rows = [{"of": source, "that": whole_text(key), "to": episode} for source, key, episode in brought.moved]
        connection.execute(_MOVE, rows)
    if brought.absorbed:
        connection.execute(_FOLLOW, [{"was": one.id, "to": one.episode} for one in brought.absorbed])
    upsert(connection, tables.absorbed, [_absorbed_row(one) for one in brought.absorbed])
    _drop(connection, tables.episodes, _episode.id, going)
    _drop(connection, tables.unsettled, _unsettled.episode, brought.settled)


def _absorbed_row(one: Absorbed) -> dict[str, Any]:
    return {
        "id": one.id,
        "path": one.path,
        "published_guid": whole_text(one.published_guid),
        "first_heard": micros(one.first_heard),
        "episode": one.episode,
    }


def _drop(connection: Connection, table: Any, column: Any, values: Sequence[str]) -> None:
    for batch in in_batches(values):
        connection.execute(delete(table).where(column.in_(batch)))
