"""Shows of which nobody was told yet, taken back so that they can be named anew. What was heard of them stays."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, delete, exists, func, or_, select, update

from mediafeed.model.episode import Show
from mediafeed.store import tables
from mediafeed.store.codec import json_of
from mediafeed.store.dialect import among, in_batches, upsert
from mediafeed.store.shows import note_dropped

_episode = tables.episodes.c
_item = tables.items.c
_show: Any = tables.shows.c

_NOBODYS = Show(
    id="~", source="", title=""
)  # whose episodes are, while they wait for their show; never seen by a visit
_fresh = tables.unsettled.alias("fresh")
_other = tables.episodes.alias("other")
_its = tables.unsettled.alias("its")
_TOLD = exists(
    select(_other.c.id)
    .outerjoin(_its, _its.c.episode == _other.c.id)
    .where(_other.c.show == _episode.show, or_(_its.c.episode.is_(None), _its.c.fresh.is_(False)))
)
_FRESH = (
    select(_episode.show)
    .join(_fresh, _fresh.c.episode == _episode.id)
    .where(_fresh.c.fresh.is_(True), ~_TOLD)
    .distinct()
    .order_by(_episode.show)
)
_TELLERS = select(_episode.show, _item.source).join(_item.key.table, _item.episode == _episode.id)
# Nobody was told of them: each is one source's word alone.
_WORD = select(func.min(_item.show)).where(_item.episode == _episode.id).scalar_subquery()
_GIVEN_BACK = (
    update(tables.episodes).where(_episode.show == _NOBODYS.id, _WORD.in_(select(_show.id))).values(show=_WORD)
)
_WAITING = exists(select(_episode.id).where(_episode.show == _NOBODYS.id))


def fresh_shows(connection: Connection) -> tuple[str, ...]:
    """Give the shows that have episodes, and none that anybody was told of."""
    return tuple(connection.execute(_FRESH).scalars())


def tellers(connection: Connection, shows: Collection[str]) -> dict[str, frozenset[str]]:
    """Give the sources that told of episodes of each of these shows."""
    found: dict[str, set[str]] = {}
    asked = _TELLERS.where(among(_episode.show)).distinct()
    for batch in in_batches(shows):
        for show, source in connection.execute(asked, {"those": batch}).all():
            found.setdefault(show, set()).add(source)
    return {show: frozenset(sources) for show, sources in found.items()}


def take_back(connection: Connection, shows: Collection[str]) -> None:
    """Drop these shows; their episodes are nobody's until they are understood anew."""
    row = {"id": _NOBODYS.id, "source": "", "title": "", "facts": json_of(_NOBODYS).decode(), "written": 0}
    upsert(connection, tables.shows, [row | {"history": "[]"}])
    for batch in in_batches(shows):
        connection.execute(update(tables.episodes).where(_episode.show.in_(batch)).values(show=_NOBODYS.id))
        connection.execute(delete(tables.shows).where(_show.id.in_(batch)))
    note_dropped(connection)


def end_taking_back(connection: Connection) -> None:
    """Give the episodes that say the same as before their show back: they were not written anew."""
    connection.execute(_GIVEN_BACK)
    connection.execute(delete(tables.shows).where(_show.id == _NOBODYS.id, ~_WAITING))
