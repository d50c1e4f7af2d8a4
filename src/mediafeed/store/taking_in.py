"""One write transaction: ask what is held, decide, and write all of it or nothing."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, Connection, Table, select

from mediafeed.model.episode import Episode, Person
from mediafeed.model.held import HeldItem, StoredTelling, TakeIn
from mediafeed.store import episodes, rows, tables, writing
from mediafeed.store.codec import Codec, whole_text
from mediafeed.store.dialect import in_batches

_item = tables.items.c


class TakingIn:
    """What is held, asked and added to inside one transaction; nobody else writes meanwhile."""

    def __init__(self, connection: Connection, codec: Codec) -> None:
        self._connection = connection
        self._codec = codec

    def items(self, source: str, keys: Collection[str]) -> dict[str, HeldItem]:
        """Give the items held under these keys, by key."""
        return {item.key: item for item in self._items(source, _item.key, keys)}

    def items_by_audio(self, source: str, audio_keys: Collection[str]) -> dict[str, HeldItem]:
        """Give one item held for each of these audio keys: the one heard of first, where there are several."""
        found: dict[str, HeldItem] = {}
        for item in self._items(source, _item.audio, audio_keys):
            before = found.get(item.audio)
            if before is None or (item.first_heard, item.key) < (before.first_heard, before.key):
                found[item.audio] = item
        return found

    def _items(self, source: str, column: Column[Any], values: Collection[str]) -> list[HeldItem]:
        asked = rows.HELD_ITEM.where(_item.source == source)
        found: list[HeldItem] = []
        for batch in in_batches(whole_text(value) for value in values if value):
            found.extend(rows.held_item(row) for row in self._connection.execute(asked.where(column.in_(batch))))
        return found

    def candidates(self, match_keys: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Give the ids of the episodes that hold each of these match keys; keys nobody holds are missing."""
        by_number = {writing.match_number(key): key for key in match_keys}
        found: dict[str, list[str]] = {}
        held = tables.match_keys.c
        for batch in in_batches(by_number):
            asked = select(held.key, held.episode).where(held.key.in_(batch)).order_by(held.key, held.episode)
            for number, episode in self._connection.execute(asked):
                found.setdefault(by_number[number], []).append(episode)
        return {key: tuple(ids) for key, ids in found.items()}

    def episodes(self, ids: Collection[str]) -> dict[str, Episode]:
        """Load episodes, by id."""
        return rows.episodes_by_id(self._connection, self._codec, ids)

    def tellings(self, episode_ids: Collection[str]) -> dict[str, tuple[StoredTelling, ...]]:
        """Give what every source says about each of these episodes, in the order in which it was first heard."""
        found: dict[str, list[StoredTelling]] = {}
        for telling in rows.tellings_of(self._connection, self._codec, episode_ids):
            found.setdefault(telling.episode, []).append(telling)
        return {episode: tuple(tellings) for episode, tellings in found.items()}

    def guids(self, published_guids: Collection[str]) -> dict[str, str]:
        """Give the id of the episode that each of these guids was published with."""
        return self._pairs(tables.episodes, tables.episodes.c.published_guid, published_guids)

    def paths(self, paths: Collection[str]) -> frozenset[str]:
        """Give those of these paths that are taken."""
        return frozenset(self._pairs(tables.episodes, tables.episodes.c.path, paths))

    def persons(self, keys: Collection[str]) -> dict[str, Person]:
        """Give the persons with these keys; of several with one key the first by id."""
        found: dict[str, Person] = {}
        held = tables.persons.c
        for batch in in_batches(whole_text(key) for key in keys):
            asked = select(held.key, held.facts).where(held.key.in_(batch)).order_by(held.id.desc())
            found.update((row.key, self._codec.person(row.facts)) for row in self._connection.execute(asked))
        return found

    def person_ids(self, ids: Collection[str]) -> frozenset[str]:
        """Give those of these person ids that are taken."""
        return frozenset(self._pairs(tables.persons, tables.persons.c.id, ids))

    def _pairs(self, table: Table, column: Column[Any], values: Collection[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for batch in in_batches(whole_text(value) for value in values):
            asked = select(column, table.c.id).where(column.in_(batch))
            found.update((value, id_) for value, id_ in self._connection.execute(asked))
        return found

    def show_ids(self, source: str | None = None) -> dict[str, str]:
        """Give the source that owns each show id: of all shows, or of one source's."""
        return episodes.show_ids(self._connection, source)

    def write(self, take_in: TakeIn) -> None:
        """Add what one refresh brought; it stands when the transaction ends well.

        Raises:
            UsageError: No such source was registered.
            StoreError: An episode has the path or the published guid of another one, or refers to an unknown show.
        """
        writing.write(self._connection, self._codec, take_in)
