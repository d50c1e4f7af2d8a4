"""Rows become nouns: what several questions ask in the same words."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from mediafeed.model.episode import Episode
from mediafeed.model.held import HeldItem, StoredTelling
from mediafeed.model.parsed import ParsedItem
from mediafeed.store import tables
from mediafeed.store.codec import Codec
from mediafeed.store.dialect import among, in_batches
from mediafeed.store.times import moment

_item = tables.items.c
_facts = tables.episode_facts.c
_FACTS = select(_facts.episode, _facts.facts).where(among(_facts.episode))


def episodes_by_id(connection: Connection, codec: Codec, ids: Iterable[str]) -> dict[str, Episode]:
    """Load episodes; ids that are not held are missing in the answer."""
    found: dict[str, Episode] = {}
    for batch in in_batches(ids):
        rows = connection.execute(_FACTS, {"those": batch}).all()
        found.update((episode, codec.episode(facts)) for episode, facts in rows)
    return found


HELD_ITEM = select(
    _item.source, _item.key, _item.hash, _item.fingerprint, _item.audio, _item.episode, _item.first_heard
)


def held_item(row: Sequence[Any]) -> HeldItem:
    """Read a row of HELD_ITEM."""
    source, key, hash_, fingerprint, audio, episode, first_heard = row
    return HeldItem(
        source=source,
        key=key,
        hash=hash_,
        fingerprint=fingerprint,
        audio=audio,
        episode=episode,
        first_heard=moment(first_heard),
    )


# Listed items are heard again at every success of their source, without being written to (see tables.items).
TELLING: Select[Any] = select(
    _item.source,
    _item.key,
    _item.hash,
    _item.told,
    _item.fingerprint,
    _item.episode,
    _item.first_heard,
    _item.last_heard,
    tables.sources.c.last_success,
).join(tables.sources, tables.sources.c.id == _item.source)


_TELLINGS = TELLING.where(among(_item.episode)).order_by(_item.first_heard, _item.source, _item.key)


def stored_telling(codec: Codec, row: Sequence[Any]) -> StoredTelling:
    """Read a row of TELLING."""
    source, key, hash_, blob, fingerprint, episode, first_heard, last_heard, last_success = row
    told = codec.told(blob)
    heard = last_heard if last_heard is not None else last_success
    return StoredTelling(
        source=source,
        key=key,
        item=ParsedItem(told.said, hash_),
        telling=told.telling,
        fingerprint=fingerprint,
        episode=episode,
        first_heard=moment(first_heard),
        last_heard=moment(max(first_heard, heard or 0)),
    )


def tellings_of(connection: Connection, codec: Codec, episodes: Iterable[str]) -> Iterator[StoredTelling]:
    """Give every telling of some episodes; those of one episode in the order in which they were first heard."""
    for batch in in_batches(episodes):
        for row in connection.execute(_TELLINGS, {"those": batch}).all():
            yield stored_telling(codec, row)
