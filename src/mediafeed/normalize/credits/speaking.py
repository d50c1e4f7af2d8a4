"""What the words of an episode say: read it, rank who is named in it, decide; and count what it teaches of its show."""

from dataclasses import dataclass, replace

from mediafeed.model.episode import Credit
from mediafeed.normalize.credits.context import Mentions
from mediafeed.normalize.credits.deciding import credits_from
from mediafeed.normalize.credits.english import ENGLISH_WORDS, OTHER_WORDS
from mediafeed.normalize.credits.facts import Facts, ShowFacts
from mediafeed.normalize.credits.feed import feed_numbers
from mediafeed.normalize.credits.habits import Habits
from mediafeed.normalize.credits.profile import Profile
from mediafeed.normalize.credits.ranking import Words, belief, decided, ranker
from mediafeed.normalize.credits.reading import (
    Believed,
    Reading,
    directed,
    hosts_among,
    names_alone,
    reading_of,
    word_features,
)
from mediafeed.normalize.credits.showing import shown_by
from mediafeed.normalize.persons import person_key

_ENOUGH_TO_TELL = 600


@dataclass(frozen=True, slots=True)
class Read:
    """An episode, its show, and what its words alone say: nothing where they are not English."""

    facts: Facts
    show: ShowFacts
    alone: Believed | None = None

    @property
    def reading(self) -> Reading | None:
        """Give what the words hold."""
        return self.alone.reading if self.alone else None


def read(facts: Facts, show: ShowFacts) -> Read:
    """Read an episode's words, once for its show's habits and for its own credits."""
    if not is_english(facts, show):
        return Read(facts, show)
    return Read(facts, show, believed(reading_of(facts, shown_by(show)), ranker().words))


def believed(reading: Reading, words: Words, mentions: Mentions[int] | None = None) -> Believed:
    """Give the first stage's beliefs; `mentions` where they are at hand."""
    mentions = mentions or Mentions(reading.tokens, words.known)
    beliefs = tuple(belief(words, features) for features in word_features(reading, mentions))
    return Believed(reading, mentions, beliefs)


def looked_at_again(alone: Believed, facts: Facts, learned: tuple[str, ...], words: Words) -> Believed:
    """Give what a reading comes to, and what is believed, once hosts whom other episodes name are known as such.

    Whoever a known host does anything with is somebody, whatever the verb. The names are others than before only where
    a host goes by the first name alone.
    """
    hosts = hosts_among(alone.reading.shown, learned)
    if hosts == alone.reading.hosts:  # as often as not the show names them itself
        return alone
    if names_alone(alone.reading, learned):
        return believed(reading_of(facts, alone.reading.shown, learned), words)
    reading = directed(alone.reading, hosts)
    keys = {person_key(name) for name in learned}
    if any(candidate.key in keys and candidate.mentions for candidate in reading.candidates):
        return believed(reading, words, alone.mentions)
    return replace(alone, reading=reading)


def spoken(words: Read, profile: Profile) -> tuple[Credit, ...]:
    """Give the credits of those who speak on an episode in English, by its words, its show's words and its profile."""
    if words.alone is None:
        return ()
    weights = ranker()
    known = looked_at_again(words.alone, words.facts, profile.hosts, weights.words)
    numbers = feed_numbers(known.reading, known.beliefs, profile)
    decisions = tuple(decided(weights.host, weights.guest, seen) for seen in numbers)
    sure = Believed(known.reading, known.mentions, decisions)
    return credits_from(sure, profile, weights, author=words.facts.author or "")


def habits_of(words: Read) -> Habits:
    """Count what one episode contributes to its show's habits."""
    if words.alone is None:
        return Habits(1)
    return habits_in(words.alone)


def habits_in(alone: Believed) -> Habits:
    """Count what a reading contributes, whatever language its episode is in."""
    reading, beliefs = alone.reading, alone.beliefs
    names: dict[str, tuple[int, ...]] = {}
    slots: dict[str, tuple[int, ...]] = {}
    for candidate, one, filled in zip(reading.candidates, beliefs, reading.slots, strict=True):
        counts = (1, round(100 * one.host), round(100 * one.guest))
        if candidate.mentions or candidate.author:
            names[candidate.name] = counts
            for slot in filled:
                seen, host, guest = slots.get(slot, (0, 0, 0))
                slots[slot] = (seen + counts[0], host + counts[1], guest + counts[2])
    return Habits(1, round(100 * max((one.guest for one in beliefs), default=0.0)), names, slots)


def is_english(facts: Facts, show: ShowFacts) -> bool:
    """Say whether an episode's text is English: by what is said of its language, or by its small words."""
    language = facts.language or show.language
    if language:
        return language.strip().lower().startswith("en")
    words = facts.description[:_ENOUGH_TO_TELL].lower().split()
    if OTHER_WORDS.isdisjoint(words):
        return True
    return sum(map(ENGLISH_WORDS.__contains__, words)) >= sum(map(OTHER_WORDS.__contains__, words))
