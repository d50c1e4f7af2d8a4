"""What a store would hold, in dictionaries: the pure decision can be asked about a whole story."""

from collections.abc import Sequence
from datetime import datetime

import xxhash

from mediafeed.model.episode import Episode, Person
from mediafeed.model.held import EpisodeRecord, HeldItem, StoredTelling
from mediafeed.model.parsed import Element, ParsedItem
from mediafeed.model.settings import Override
from mediafeed.normalize.identity import audio_key
from mediafeed.refresh.changes import Heard, Held, Settled, settle
from mediafeed.refresh.people import Identities
from mediafeed.refresh.taking_in import by_words
from tests.normalize.making import NOW


def heard(told: Episode) -> Heard:
    """Give a telling as an item that was just read: the same words, the same hash."""
    words = repr((told.title, told.guid, told.page, told.enclosure, told.published, told.summary, told.credits))
    item = ParsedItem((Element("title", told.title),), xxhash.xxh3_128_hexdigest(words.encode()))
    return Heard(key=told.hearings[0].key, item=item, telling=told)


class Memory:
    """Hears documents one after the other and keeps what was decided."""

    def __init__(self) -> None:
        self.items: dict[tuple[str, str], HeldItem] = {}
        self.tellings: dict[tuple[str, str], StoredTelling] = {}
        self.records: dict[str, EpisodeRecord] = {}
        self.persons: dict[str, Person] = {}

    @property
    def episodes(self) -> list[Episode]:
        """Give every episode, in the order in which they were first heard of."""
        return [record.episode for record in self.records.values()]

    def hear(
        self,
        *document: Episode,
        now: datetime = NOW,
        overrides: Sequence[Override] = (),
        configured: dict[str, Person] | None = None,
        anew: bool = False,
    ) -> Settled:
        """Hear one source's document that lists exactly these; only what is not known word for word is told again."""
        source = document[0].hearings[0].source
        listed = [heard(told) for told in document]
        known = {item.hash for (of, _), item in self.items.items() if of == source}
        news = [one for one in listed if anew or one.item.hash not in known]
        people = Identities(configured or {}, {person.key: person for person in self.persons.values()})
        settled = settle(
            news,
            self._held(source),
            people,
            source=source,
            listed=frozenset(one.item.hash for one in listed),
            overrides=overrides,
            anew=anew,
            now=now,
        )
        self._keep(source, settled, now)
        return settled

    def _held(self, source: str) -> Held:
        own = {key: item for (of, key), item in self.items.items() if of == source}
        by_audio: dict[str, HeldItem] = {}
        for item in own.values():
            if item.audio:
                by_audio.setdefault(item.audio, item)
        candidates: dict[str, tuple[str, ...]] = {}
        tellings: dict[str, tuple[StoredTelling, ...]] = {}
        for identity, record in self.records.items():
            for key in record.match_keys:
                candidates[key] = (*candidates.get(key, ()), identity)
        for told in self.tellings.values():
            tellings[told.episode] = (*tellings.get(told.episode, ()), told)
        return Held(
            items=own,
            by_audio=by_audio,
            by_words=by_words(source, tellings.values()),
            candidates=candidates,
            episodes={identity: record.episode for identity, record in self.records.items()},
            tellings=tellings,
            guids={record.episode.published_guid: identity for identity, record in self.records.items()},
            paths=frozenset(record.episode.path for record in self.records.values()),
        )

    def _keep(self, source: str, settled: Settled, now: datetime) -> None:
        for old, _ in settled.rekeyed:
            self.items.pop((source, old))
            self.tellings.pop((source, old))
        for item in settled.items:
            self.items[source, item.key] = HeldItem(
                source=source,
                key=item.key,
                hash=item.item.hash,
                fingerprint=item.fingerprint,
                audio=audio_key(item.telling.enclosure.url) if item.telling.enclosure else "",
                episode=item.episode,
                first_heard=item.first_heard,
            )
            self.tellings[source, item.key] = StoredTelling(
                source=source,
                key=item.key,
                item=item.item,
                telling=item.telling,
                fingerprint=item.fingerprint,
                episode=item.episode,
                first_heard=item.first_heard,
                last_heard=now,
            )
        self.records |= {record.episode.id: record for record in settled.episodes}
        self.persons |= {person.id: person for person in settled.persons}
