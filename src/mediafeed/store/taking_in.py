"""One write transaction: ask what is held, decide, and write all of it or nothing."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from mediafeed.model.episode import Episode, Person
from mediafeed.model.held import HeldItem, StoredTelling, TakeIn
from mediafeed.store import episodes, rows, tables, writing
from mediafeed.store.codec import Codec, whole_text
from mediafeed.store.dialect import among, in_batches

_item = tables.items.c
_episode = tables.episodes.c
_person = tables.persons.c
_match = tables.match_keys.c

_OF_SOURCE = rows.HELD_ITEM.where(_item.source == bindparam("source"))
_BY_KEY = _OF_SOURCE.where(among(_item.key))
_BY_AUDIO = _OF_SOURCE.where(among(_item.audio))
_CANDIDATES = select(_match.key, _match.episode).where(among(_match.key)).order_by(_match.key, _match.episode)
_GUIDS = select(_episode.published_guid, _episode.id).where(among(_episode.published_guid))
_PATHS = select(_episode.path, _episode.id).where(among(_episode.path))
_PERSONS = select(_person.key, _person.facts).where(among(_person.key)).order_by(_person.id.desc())
_PERSON_IDS = select(_person.id, _person.id.label("same")).where(among(_person.id))


class TakingIn:
    """What is held, asked and added to inside one transaction; nobody else writes meanwhile."""

    def __init__(self, connection: Connection, codec: Codec) -> None:
        self._connection = connection
        self._codec = codec

    def items(self, source: str, keys: Collection[str]) -> dict[str, HeldItem]:
        """Give the items held under these keys, by key."""
        return {item.key: item for item in self._items(_BY_KEY, source, keys)}

    def items_by_audio(self, source: str, audio_keys: Collection[str]) -> dict[str, HeldItem]:
        """Give one item held for each of these audio keys: the one heard of first, where there are several."""
        found: dict[str, HeldItem] = {}
        for item in self._items(_BY_AUDIO, source, audio_keys):
            before = found.get(item.audio)
            if before is None or (item.first_heard, item.key) < (before.first_heard, before.key):
                found[item.audio] = item
        return found

    def _items(self, asked: Select[Any], source: str, values: Collection[str]) -> list[HeldItem]:
        found: list[HeldItem] = []
        for batch in in_batches(whole_text(value) for value in values if value):
            given = {"source": source, "those": batch}
            found.extend(rows.held_item(row) for row in self._connection.execute(asked, given).all())
        return found

    def candidates(self, match_keys: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Give the ids of the episodes that hold each of these match keys; keys nobody holds are missing."""
        by_number = {writing.match_number(key): key for key in match_keys}
        found: dict[str, list[str]] = {}
        for batch in in_batches(by_number):
            for number, episode in self._connection.execute(_CANDIDATES, {"those": batch}).all():
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
        return self._pairs(_GUIDS, published_guids)

    def paths(self, paths: Collection[str]) -> frozenset[str]:
        """Give those of these paths that are taken."""
        return frozenset(self._pairs(_PATHS, paths))

    def persons(self, keys: Collection[str]) -> dict[str, Person]:
        """Give the persons with these keys; of several with one key the first by id."""
        found: dict[str, Person] = {}
        for batch in in_batches(whole_text(key) for key in keys):
            rows_found = self._connection.execute(_PERSONS, {"those": batch}).all()
            found.update((key, self._codec.person(facts)) for key, facts in rows_found)
        return found

    def person_ids(self, ids: Collection[str]) -> frozenset[str]:
        """Give those of these person ids that are taken."""
        return frozenset(self._pairs(_PERSON_IDS, ids))

    def _pairs(self, asked: Select[Any], values: Collection[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for batch in in_batches(whole_text(value) for value in values):
            found.update((value, id_) for value, id_ in self._connection.execute(asked, {"those": batch}).all())
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
