"""Learn the habits of shows from what is stored, and notice when their oldest items are others than before."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from mediafeed.model.held import StoredLesson, StoredTelling
from mediafeed.model.source import Source
from mediafeed.normalize.credits.extract import Profile
from mediafeed.normalize.episode import Claimed
from mediafeed.refresh.changes import Settled
from mediafeed.refresh.keying import Held
from mediafeed.refresh.learning import (
    Lesson,
    Standing,
    how_many_teach,
    is_shaken,
    lesson_from,
    profiles_in,
    standing,
    stored,
)
from mediafeed.refresh.understanding import KnownShows, Understood, claims_in, understand
from mediafeed.store.store import Store
from mediafeed.store.taking_in import TakingIn

BATCH = 200  # stored items understood anew in one transaction: a second's work, for which writers wait at the worst
Turn = Callable[[], AbstractContextManager[object]]  # is gone through for every batch; may raise what breaks it off


class Claim(Protocol):
    """Says what a document comes to, given the shows that are held and the habits that are known of them."""

    def __call__(self, *, stored: KnownShows, polled: Collection[str], profiles: Mapping[str, Profile]) -> Understood:
        """Claim it."""


ClaimsOf = Callable[[Sequence[StoredTelling]], Claim]


class Teaching:
    """Learns from what is stored."""

    def __init__(self, store: Store, polled: Collection[str]) -> None:
        """Take what is held, and the ids of the polled sources."""
        self._store = store
        self._polled = polled

    def lessons(self, source: Source, now: datetime, turn: Turn = nullcontext) -> dict[str, Lesson]:
        """Learn the habits of every show that a source tells of, from its oldest items as stored."""
        lessons = {}
        for show, count in self._store.shows_told(source.id).items():
            oldest = self._store.oldest_tellings(source.id, show, how_many_teach(count))
            lessons[show] = lesson_from(show, self._claimed(source, now, oldest, turn))
        return lessons

    def _claimed(
        self, source: Source, now: datetime, tellings: Iterable[StoredTelling], turn: Turn
    ) -> Iterator[tuple[Standing, str, Claimed]]:
        for batch in in_batches(tellings):
            with turn():
                said = self._said(source, now, batch)
                claims = claims_in(**said, stored=self._store.shows_seen(), polled=self._polled)
            claimed = {key: claim for key, _, claim in claims.items}
            for told in batch:
                if told.key in claimed:
                    yield standing(told.telling, told.key), told.item.hash, claimed[told.key]

    def claims_by(self, source: Source, lessons: Mapping[str, Lesson], now: datetime) -> ClaimsOf:
        """Give what makes the claim of stored items, by what was learned of their shows."""
        learned = profiles_in(lessons)

        def claims(batch: Sequence[StoredTelling]) -> Claim:
            said = self._said(source, now, batch)

            def claim(
                *,
                stored: KnownShows,
                polled: Collection[str],
                profiles: Mapping[str, Profile],  # noqa: ARG001 - what was held before
            ) -> Understood:
                return understand(**said, stored=stored, polled=polled, profiles=learned)

            return claim

        return claims

    def but_archived(self, claims: ClaimsOf) -> ClaimsOf:
        """Give the same claims, in which episodes that stand in an archive document are credited as they are."""

        def sparing(batch: Sequence[StoredTelling]) -> Claim:
            with self._store.asking() as asked:
                archived = asked.archived({told.episode for told in batch})
            kept = {told.key: told.telling.credits for told in batch if told.episode in archived}
            anew = claims(batch)

            def claim(*, stored: KnownShows, polled: Collection[str], profiles: Mapping[str, Profile]) -> Understood:
                understood = anew(stored=stored, polled=polled, profiles=profiles)
                heard = (
                    replace(one, telling=replace(one.telling, credits=kept.get(one.key, one.telling.credits)))
                    for one in understood.heard
                )
                return replace(understood, heard=tuple(heard))

            return claim

        return sparing

    def _said(self, source: Source, now: datetime, batch: Sequence[StoredTelling]) -> dict[str, Any]:
        state = self._store.state(source.id)
        return {
            "head": self._store.head(source.id) or (),
            "items": tuple(told.item for told in batch),
            "source": source,
            "feed_url": state.address or source.url or "",
            "now": now,
            "keys": tuple(told.key for told in batch),
        }

    def keep(self, source: Source, lessons: Mapping[str, Lesson]) -> bool:
        """Remember lessons; say whether those who taught are the oldest still, as dates and shows are claimed now."""
        told = self._store.shows_told(source.id)
        with self._store.taking_in() as transaction:
            doubtful = {
                show: lesson.taught != transaction.oldest(source.id, show, how_many_teach(told.get(show, 0)))
                for show, lesson in lessons.items()
            }
            rows = [
                stored(lesson, doubtful=doubtful[show])
                for show, lesson in lessons.items()
                if lesson.taught or doubtful[show]
            ]
            transaction.keep_lessons(source.id, rows, whole=True)
        return not any(doubtful.values()) and told.keys() == lessons.keys()


def noted(
    transaction: TakingIn,
    source: str,
    *,
    lessons: Iterable[StoredLesson],
    fresh: Mapping[str, Lesson],
    settled: Settled,
    held: Held,
) -> frozenset[str]:
    """Remember what a document taught; give the shows whose habits are to be learned anew, which is remembered too."""
    before = {told.key: told for some in held.tellings.values() for told in some if told.source == source}
    before |= {new: before[old] for old, new in settled.rekeyed if old in before}
    known = {lesson.show: lesson for lesson in lessons}
    shows = {item.telling.show for item in settled.items}
    shows |= {before[item.key].telling.show for item in settled.items if item.key in before}
    doubtful, kept = [], []
    for show in sorted(shows):
        teachers = how_many_teach(transaction.items_of(source, show))
        lesson, taught = known.get(show), fresh.get(show)
        if lesson:
            shaken = any(is_shaken(lesson, item, before.get(item.key)) for item in settled.items)
            doubtful += [lesson] if shaken or lesson.teachers != teachers else []
        elif not teachers:
            continue
        elif taught and taught.taught == transaction.oldest(source, show, teachers):
            kept.append(stored(taught))
        else:
            doubtful.append(stored(taught or Lesson(show=show)))
    transaction.keep_lessons(source, [*kept, *(replace(lesson, doubtful=True) for lesson in doubtful)])
    return frozenset(lesson.show for lesson in doubtful)


def in_batches(tellings: Iterable[StoredTelling]) -> Iterator[list[StoredTelling]]:
    """Walk so many tellings at a time as are understood in one transaction."""
    batch: list[StoredTelling] = []
    for told in tellings:
        batch.append(told)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
