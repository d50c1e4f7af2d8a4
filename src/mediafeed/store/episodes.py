"""Questions about episodes: all of them lightly, some of them whole, and what was said about one."""

import functools
import itertools
from typing import Any

from sqlalchemy import Connection, select, tuple_

from mediafeed.model.episode import Person
from mediafeed.model.held import StoredTelling
from mediafeed.model.published import IndexRow
from mediafeed.store import tables
from mediafeed.store.codec import Codec
from mediafeed.store.rows import TELLING, stored_telling
from mediafeed.store.times import moment

_item = tables.items.c
_episode = tables.episodes.c


def index(connection: Connection, codec: Codec) -> tuple[IndexRow, ...]:
    """Give every episode lightly, newest first."""
    asked = select(
        _episode.id,
        _episode.show,
        _episode.path,
        _episode.dated,
        _episode.day,
        _episode.changed_at,
        _episode.blocked,
        _episode.fingerprint,
        _episode.fragment_key,
        _episode.rss_length,
        _episode.views,
        _episode.appearances,
        _episode.also_on,
        _episode.chaptered,
    ).order_by(_episode.dated.desc(), _episode.id)
    # Most episodes share their views, many their cast: each is read once, and held once.
    read_views, read_appearances = functools.cache(codec.texts), functools.cache(codec.appearances)
    return tuple(
        IndexRow(
            id_,
            show,
            path,
            moment(dated),
            day,
            moment(changed_at),
            blocked,
            fingerprint,
            fragment_key,
            rss_length,
            read_views(views),
            read_appearances(appearances),
            read_views(also_on),
            chaptered,
        )
        for (
            id_, show, path, dated, day, changed_at, blocked, fingerprint, fragment_key, rss_length, views, appearances,
            also_on, chaptered,
        ) in itertools.chain.from_iterable(connection.execute(asked).partitions(500))
    )  # fmt: skip


def persons(connection: Connection, codec: Codec) -> tuple[Person, ...]:
    """Give every person, by id."""
    rows = connection.execute(select(tables.persons.c.facts).order_by(tables.persons.c.id))
    return tuple(codec.person(row.facts) for row in rows)


def tellings_after(
    connection: Connection,
    codec: Codec,
    after: tuple[str, str] | None,
    count: int,
    source: str | None = None,
    *,
    listed: bool = False,
) -> list[StoredTelling]:
    """Give the next `count` tellings of all there are, or of one source, by source and key, after that one."""
    asked = TELLING.order_by(_item.source, _item.key).limit(count)
    if source is not None:
        asked = asked.where(_item.source == source)
    if listed:
        asked = asked.where(_item.last_heard.is_(None))
    if after is not None:
        asked = asked.where(tuple_(_item.source, _item.key) > tuple_(*after))
    return [stored_telling(codec, row) for row in connection.execute(asked)]


def listed(connection: Connection, source: str) -> tuple[tuple[str, str], ...]:
    """Give (episode id, item hash) of every item that a source lists now, by item key."""
    asked = select(_item.episode, _item.hash).where(_item.source == source, _item.last_heard.is_(None))
    return tuple((row.episode, row.hash) for row in connection.execute(asked.order_by(_item.key)))


def history(connection: Connection, codec: Codec, episode: str) -> tuple[StoredTelling, ...]:
    """Give the earlier words of an episode's items, oldest first."""
    version: Any = tables.item_versions.c
    asked = (
        select(
            version.source,
            version.key,
            version.hash,
            version.told,
            version.fingerprint,
            _item.episode,
            version.first_heard,
            version.last_heard,
            version.last_heard,
        )
        .join(tables.items, (_item.source == version.source) & (_item.key == version.key))
        .where(_item.episode == episode)
        .order_by(version.first_heard, version.source, version.key, version.number)
    )
    return tuple(stored_telling(codec, row) for row in connection.execute(asked))
