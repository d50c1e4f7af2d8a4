"""One write transaction: ask what is held, decide, and write all of it or nothing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from mediafeed.model.audio import Measurement
from mediafeed.model.episode import Episode, Person
from mediafeed.model.held import (
    Absorbed,
    Brought,
    EpisodeRecord,
    HeldItem,
    KeptMeasurement,
    StoredLesson,
    StoredTelling,
    TakeIn,
)
from mediafeed.store import (
    contested,
    episodes,
    lessons,
    measurements,
    publishing,
    rows,
    shows,
    tables,
    together,
    writing,
)
from mediafeed.store.codec import Codec, whole_text
from mediafeed.store.dialect import among, in_batches
from mediafeed.store.times import micros, moment

_item = tables.items.c
_episode = tables.episodes.c
_person = tables.persons.c
_match = tables.match_keys.c
_absorbed = tables.absorbed.c

_OF_SOURCE = rows.HELD_ITEM.where(_item.source == bindparam("source"))
_BY_KEY = _OF_SOURCE.where(among(_item.key))
_BY_AUDIO = _OF_SOURCE.where(among(_item.audio))
_version = tables.item_versions.c
_EARLIER = (
    select(_version.key, _version.hash, _version.first_heard)
    .where(_version.source == bindparam("source"), among(_version.key))
    .order_by(_version.key, _version.number)
)
_PRESENT = select(_item.key, _item.hash, _item.since).where(_item.source == bindparam("source"), among(_item.key))
_CANDIDATES = select(_match.key, _match.episode).where(among(_match.key)).order_by(_match.key, _match.episode)
_GUIDS = select(_episode.published_guid, _episode.id).where(among(_episode.published_guid))
_PATHS = select(_episode.path, _episode.id).where(among(_episode.path))
_AUDIOS = select(_episode.audio, _episode.id).where(among(_episode.audio))
_FORMER_GUIDS = select(_absorbed.published_guid, _absorbed.id).where(among(_absorbed.published_guid))
_FORMER_PATHS = select(_absorbed.path, _absorbed.id).where(among(_absorbed.path))
_PERSONS = select(_person.key, _person.facts).where(among(_person.key)).order_by(_person.id.desc())
_PERSON_ID = select(_person.id).where(_person.id == bindparam("id"))


class TakingIn:
    """What is held, asked and added to inside one transaction; nobody else writes meanwhile."""

    def __init__(self, connection: Connection, codec: Codec) -> None:
        self._connection = connection
        self._codec = codec

    def items(self, source: str, keys: Collection[str]) -> dict[str, HeldItem]:
        """Give the items held under these keys, by key."""
        return {item.key: item for item in self._items(_BY_KEY, source, keys)}

    def items_by_audio(self, source: str, audio_keys: Collection[str]) -> dict[str, tuple[HeldItem, ...]]:
        """Give the items held for each of these audio keys, the one heard of first in front."""
        found: dict[str, list[HeldItem]] = {}
        for item in self._items(_BY_AUDIO, source, audio_keys):
            found.setdefault(item.audio, []).append(item)
        return {
            audio: tuple(sorted(items, key=lambda item: (item.first_heard, item.key))) for audio, items in found.items()
        }

    def _items(self, asked: Select[Any], source: str, values: Collection[str]) -> list[HeldItem]:
        found: list[HeldItem] = []
        for batch in in_batches(whole_text(value) for value in values if value):
            given = {"source": source, "those": batch}
            found.extend(rows.held_item(row) for row in self._connection.execute(asked, given).all())
        return found

    def history(self, source: str, keys: Collection[str]) -> dict[str, list[tuple[str, datetime]]]:
        """Give (hash, since when) of all the words that these items had, the present ones last; by key."""
        found: dict[str, list[tuple[str, datetime]]] = {}
        for asked in (_EARLIER, _PRESENT):
            for batch in in_batches(whole_text(key) for key in keys):
                for key, hash_, since in self._connection.execute(asked, {"source": source, "those": batch}).all():
                    found.setdefault(key, []).append((hash_, moment(since)))
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
        """Give the id of the episode that each of these guids was ever published with."""
        return {**self._pairs(_FORMER_GUIDS, published_guids), **self._pairs(_GUIDS, published_guids)}

    def paths(self, paths: Collection[str]) -> dict[str, str]:
        """Give the id of the episode that each of these paths was ever given to."""
        return {**self._pairs(_FORMER_PATHS, paths), **self._pairs(_PATHS, paths)}

    def audios(self, audio_keys: Collection[str]) -> dict[str, str]:
        """Give the id of the episode that is published with each of these."""
        return self._pairs(_AUDIOS, audio_keys)

    def measured(self, audio_keys: Collection[str]) -> dict[str, Measurement]:
        """Give what each of these said of itself; what was not asked is missing."""
        return measurements.found_in(self._connection, self._codec, audio_keys)

    def keep_measurement(self, kept: KeptMeasurement) -> None:
        """Remember what audio said."""
        measurements.keep(self._connection, self._codec, kept)

    def persons(self, keys: Collection[str]) -> dict[str, Person]:
        """Give the persons with these keys; of several with one key the first by id."""
        found: dict[str, Person] = {}
        for batch in in_batches(whole_text(key) for key in keys):
            rows_found = self._connection.execute(_PERSONS, {"those": batch}).all()
            found.update((key, self._codec.person(facts)) for key, facts in rows_found)
        return found

    def is_person(self, id_: str) -> bool:
        """Say whether this person id is taken."""
        return self._connection.execute(_PERSON_ID, {"id": id_}).first() is not None

    def unlearn_persons(self) -> None:
        """Forget which address and face each person has: it is to be learned anew from credits."""
        learned = [one for one in episodes.persons(self._connection, self._codec) if one.href or one.image]
        writing.write_persons(self._connection, [replace(one, href=None, image=None) for one in learned])

    def _pairs(self, asked: Select[Any], values: Collection[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for batch in in_batches(whole_text(value) for value in values):
            found.update((value, id_) for value, id_ in self._connection.execute(asked, {"those": batch}).all())
        return found

    def unsettled(self) -> dict[str, bool]:
        """Give the ids of the episodes still to be brought together, and whether nobody was told of them yet."""
        return together.unsettled(self._connection)

    def sharing(self, most: int) -> list[list[str]]:
        """Give groups of ids that hold a match key in common with an unsettled one, where no more than `most` do."""
        return together.sharing(self._connection, most)

    def unsettle(self, ids: Collection[str]) -> None:
        """Remember that these known episodes are to be brought together anew."""
        writing.unsettle(self._connection, ids, fresh=False)

    def orphaned(self) -> tuple[str, ...]:
        """Give the episodes that only repeat another's audio, where that one is gone or itself unsettled."""
        return together.orphaned(self._connection)

    def collided(self) -> tuple[str, ...]:
        """Give the fresh ones that could not have the guid, the path or the audio that they ask for."""
        return together.collided(self._connection)

    def absorbed(self, ids: Collection[str]) -> dict[str, Absorbed]:
        """Give those of these ids that were absorbed, by id."""
        return together.absorbed(self._connection, ids)

    def called(self, words: Collection[str]) -> frozenset[str]:
        """Give the episodes that have, or had, one of these as id, path or published guid."""
        return together.called(self._connection, words)

    def archived(self, ids: Collection[str]) -> frozenset[str]:
        """Give those of these episodes that stand in an archive document of any feed, references apart."""
        return publishing.archived(self._connection, ids)

    def setting(self, name: str) -> str | None:
        """Give what was remembered under a name, or None."""
        return publishing.setting(self._connection, name)

    def set_setting(self, name: str, value: str) -> None:
        """Remember one text under a name."""
        publishing.set_setting(self._connection, name, value)

    def bring(self, brought: Brought) -> None:
        """Write what bringing together came to; it stands when the transaction ends well."""
        together.bring(self._connection, self._codec, brought)

    def show_owners(self, ids: Collection[str]) -> dict[str, str]:
        """Give the source that owns each of these shows; those that are not held are missing."""
        return shows.owners(self._connection, ids)

    def show_histories(self, ids: Collection[str]) -> dict[str, list[tuple[str, datetime]]]:
        """Give (hash, since when) of the last words that each of these shows had, the present ones last."""
        return shows.histories(self._connection, ids)

    def fresh_shows(self) -> tuple[str, ...]:
        """Give the shows that have episodes, and none that anybody was told of."""
        return contested.fresh_shows(self._connection)

    def tellers(self, shows: Collection[str]) -> dict[str, frozenset[str]]:
        """Give the sources that told of episodes of each of these shows."""
        return contested.tellers(self._connection, shows)

    def take_back(self, shows: Collection[str]) -> None:
        """Drop these shows; their episodes are nobody's until they are understood anew."""
        contested.take_back(self._connection, shows)

    def end_taking_back(self) -> None:
        """Say that every episode has its show again."""
        contested.end_taking_back(self._connection)

    def write(self, take_in: TakeIn) -> None:
        """Add what one refresh brought; it stands when the transaction ends well.

        Raises:
            UsageError: No such source was registered.
            StoreError: An episode has the path or the published guid of another one, or refers to an unknown show.
        """
        writing.write(self._connection, self._codec, take_in)

    def rewrite(self, records: Sequence[EpisodeRecord], persons: Sequence[Person], at: datetime) -> None:
        """Write known episodes as they are now, and persons."""
        writing.write_persons(self._connection, persons)
        writing.write_episodes(self._connection, self._codec, records, micros(at))

    def items_of(self, source: str, show: str) -> int:
        """Give how many items of a show a source told of."""
        return lessons.count(self._connection, source, show)

    def oldest(self, source: str, show: str, most: int) -> tuple[str, ...]:
        """Give the hashes of the oldest items of a show that a source told of, by (published, key)."""
        return lessons.oldest(self._connection, source, show, most)

    def keep_lessons(self, source: str, learned: Iterable[StoredLesson], *, whole: bool = False) -> None:
        """Remember what was learned of shows: of all that a source tells of if `whole`, else of these."""
        lessons.keep(self._connection, self._codec, source, learned, whole=whole)
