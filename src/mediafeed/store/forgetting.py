"""The one way in which something held goes: a person says `remove --forget`."""

from sqlalchemy import Connection, and_, delete, exists, select, update

from mediafeed.errors import UsageError
from mediafeed.store import tables
from mediafeed.store.dialect import in_batches
from mediafeed.store.files import forget_pictures, forget_unnamed
from mediafeed.store.shows import note_dropped

_item = tables.items.c
_source = tables.sources.c
_credit = tables.credits_.c

_OF_EPISODES = (
    tables.episode_facts,
    tables.credits_,
    tables.match_keys,
    tables.fragments,
    tables.parts,
)


def forget(connection: Connection, source: str) -> tuple[str, ...]:
    """Drop what one source said; give the ids of the episodes that went with it, nobody else having told of them."""
    configured = connection.execute(select(_source.configured).where(_source.id == source)).scalar()
    if configured is None:
        raise UsageError(f"no source {source!r}")
    its = list(connection.execute(select(_item.episode).where(_item.source == source).distinct()).scalars())
    for table in (tables.item_versions, tables.items, tables.lessons):
        connection.execute(delete(table).where(table.c.source == source))
    heard: set[str] = set()
    gone: list[str] = []
    for batch in in_batches(its):
        told = set(connection.execute(select(_item.episode).where(_item.episode.in_(batch))).scalars())
        gone.extend(episode for episode in batch if episode not in told)
    for batch in in_batches(gone):
        heard |= set(connection.execute(select(_credit.person).where(_credit.episode.in_(batch)).distinct()).scalars())
        audio = select(tables.episodes.c.audio).where(tables.episodes.c.id.in_(batch))
        connection.execute(delete(tables.measurements).where(tables.measurements.c.audio.in_(audio)))
        for table in _OF_EPISODES:
            connection.execute(delete(table).where(table.c.episode.in_(batch)))
        connection.execute(delete(tables.episodes).where(tables.episodes.c.id.in_(batch)))
    forget_unnamed(connection)
    its_empty = and_(tables.shows.c.source == source, ~exists().where(tables.episodes.c.show == tables.shows.c.id))
    forget_pictures(connection, connection.execute(select(tables.shows.c.facts).where(its_empty)).scalars())
    connection.execute(delete(tables.shows).where(its_empty))
    for batch in in_batches(sorted(heard)):
        unheard = ~exists().where(_credit.person == tables.persons.c.id)
        gone_too = and_(tables.persons.c.id.in_(batch), unheard)
        forget_pictures(connection, connection.execute(select(tables.persons.c.facts).where(gone_too)).scalars())
        connection.execute(delete(tables.persons).where(gone_too))
    note_dropped(connection)
    _drop_source(connection, source, configured=configured)
    return tuple(sorted(gone))


def _drop_source(connection: Connection, source: str, *, configured: bool) -> None:
    if not configured:
        connection.execute(delete(tables.visits).where(tables.visits.c.source == source))
        connection.execute(delete(tables.sources).where(_source.id == source))
        return
    # Still polled: the next answer must be read whole again.
    nothing = {"etag": None, "last_modified": None, "body_hash": "", "head_hash": "", "head": None}
    connection.execute(update(tables.sources).where(_source.id == source).values(nothing))
