"""From which of its episodes a show's habits are learned: pure.

Learned from all of them, the habits would be others after four of ten new episodes, and every episode of the show
would have to be credited anew. So they are learned from the oldest ones, of which there are 3, 4, 6, 9, 13 ... : a
function of the episodes alone, in whatever order and however many at a time they came, and another one only when a show
has grown by half. At least two thirds of a show always teach.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from mediafeed.model.episode import Episode
from mediafeed.model.held import HeardItem, StoredLesson, StoredTelling
from mediafeed.normalize.credits.extract import NOTHING_LEARNED, Habits, Profile, ShowFacts, habits_of, profile_of
from mediafeed.normalize.episode import Claimed, facts_of

log = logging.getLogger(__name__)

FEWEST = 3
LAST = datetime.max.replace(tzinfo=UTC)  # what nobody dates stands last

Standing = tuple[datetime, str]

_PROFILE = msgspec.json.Decoder(Profile)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What a show's oldest items taught: `taught` are their hashes, oldest first; the last one stands at `until`."""

    show: str
    taught: tuple[str, ...] = ()
    until: Standing = (LAST, "")
    profile: Profile = NOTHING_LEARNED


def how_many_teach(count: int) -> int:
    """Give from how many of its oldest episodes a show of so many learns; 0 where it is too young.

    >>> [how_many_teach(count) for count in (0, 2, 3, 5, 9, 100, 1000)]
    [0, 0, 3, 4, 9, 94, 711]
    """
    if count < FEWEST:
        return 0
    step = FEWEST
    while (larger := step + max(step // 2, 1)) <= count:
        step = larger
    return step


def standing(telling: Episode, key: str) -> Standing:
    """Give an item's place among its show's: by date, then by key."""
    return telling.published or LAST, key


def lessons_of(heard: Iterable[tuple[str, str, Claimed]]) -> dict[str, Lesson]:
    """Learn the habits of every show in a document of which nothing is known yet, from (key, hash, claimed)."""
    by_show: dict[str, list[tuple[Standing, str, Claimed]]] = {}
    for key, hash_, claimed in heard:
        by_show.setdefault(claimed.telling.show, []).append((standing(claimed.telling, key), hash_, claimed))
    return {
        show: lesson_from(show, sorted(told, key=lambda one: one[0])[: how_many_teach(len(told))])
        for show, told in by_show.items()
    }


def lesson_from(show: str, oldest: Iterable[tuple[Standing, str, Claimed]]) -> Lesson:
    """Learn a show's habits from its oldest items, in their order."""
    until, facts = (LAST, ""), ShowFacts(title="")
    taught, parts = [], []
    for until, hash_, claimed in oldest:  # noqa: B007 - the last of them is where the lesson ends
        parts.append(_habits_of(claimed))
        facts = claimed.show
        taught.append(hash_)
    profile = profile_of(Habits.total(parts), facts)
    return Lesson(show=show, taught=tuple(taught), until=until, profile=profile)


def _habits_of(claimed: Claimed) -> Habits:
    try:
        return habits_of(claimed.words())
    except Exception:  # a bug of ours over one item costs no other one
        log.exception("habits not counted", extra={"title": claimed.telling.title})
        return Habits()


def profiles_in(lessons: Mapping[str, Lesson]) -> dict[str, Profile]:
    """Give the profile of each show."""
    return {show: lesson.profile for show, lesson in lessons.items()}


def profiles_held(lessons: Iterable[StoredLesson]) -> dict[str, Profile]:
    """Give the profile of each show, as held."""
    return {lesson.show: _PROFILE.decode(lesson.profile) for lesson in lessons}


def stored(lesson: Lesson, *, doubtful: bool = False) -> StoredLesson:
    """Give a lesson as it is remembered."""
    until, key = lesson.until
    profile = msgspec.json.encode(lesson.profile)
    return StoredLesson(
        show=lesson.show, teachers=len(lesson.taught), until=until, key=key, profile=profile, doubtful=doubtful
    )


def is_shaken(lesson: StoredLesson, item: HeardItem, before: StoredTelling | None) -> bool:
    """Say whether an item that came, or said something else before, is another among those that taught a lesson."""
    now_teaches = _teaches(lesson, item.telling, item.key)
    taught = before is not None and _teaches(lesson, before.telling, before.key)
    if before is None or not (now_teaches and taught):
        return now_teaches or taught
    return item.item.hash != before.item.hash and facts_of(item.item) != facts_of(before.item)


def _teaches(lesson: StoredLesson, telling: Episode, key: str) -> bool:
    return lesson.teachers > 0 and telling.show == lesson.show and standing(telling, key) <= (lesson.until, lesson.key)
