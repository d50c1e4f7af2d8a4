"""What the words of an episode say: read it, rank who is named in it, decide; and count what it teaches of its show."""

from mediafeed.model.episode import Credit
from mediafeed.normalize.credits.deciding import credits_from
from mediafeed.normalize.credits.english import ENGLISH_WORDS, OTHER_WORDS
from mediafeed.normalize.credits.facts import Facts, ShowFacts
from mediafeed.normalize.credits.feed import feed_features
from mediafeed.normalize.credits.habits import Habits
from mediafeed.normalize.credits.profile import Profile
from mediafeed.normalize.credits.ranking import Belief, belief, ranker
from mediafeed.normalize.credits.reading import Reading, reading_of
from mediafeed.normalize.credits.showing import shown_by
from mediafeed.normalize.credits.slots import slots_of

_ENOUGH_TO_TELL = 600


def spoken(facts: Facts, show: ShowFacts, profile: Profile) -> tuple[Credit, ...]:
    """Give the credits of those who speak on an episode in English, by its words, its show's words and its profile."""
    reading, beliefs = _believed(facts, show, profile.hosts)
    weights = ranker()
    features = feed_features(reading, beliefs, profile)
    beliefs = [belief(weights.feed, seen, before) for seen, before in zip(features, beliefs, strict=True)]
    return credits_from(reading, beliefs, profile, weights, author=facts.author or "")


def habits_of(facts: Facts, show: ShowFacts) -> Habits:
    """Count what one episode contributes to its show's habits, read without any profile."""
    if not is_english(facts, show):
        return Habits(1)
    reading, beliefs = _believed(facts, show)
    return habits_in(reading, beliefs)


def habits_in(reading: Reading, beliefs: list[Belief]) -> Habits:
    """Count what an episode that was read contributes."""
    names: dict[str, tuple[int, ...]] = {}
    slots: dict[str, tuple[int, ...]] = {}
    for candidate, one in zip(reading.candidates, beliefs, strict=True):
        counts = (1, round(100 * one.host), round(100 * one.guest))
        if candidate.mentions or candidate.author:
            names[candidate.name] = counts
            for slot in slots_of(reading, candidate):
                seen, host, guest = slots.get(slot, (0, 0, 0))
                slots[slot] = (seen + counts[0], host + counts[1], guest + counts[2])
    return Habits(1, round(100 * max((one.guest for one in beliefs), default=0.0)), names, slots)


def _believed(facts: Facts, show: ShowFacts, learned: tuple[str, ...] = ()) -> tuple[Reading, list[Belief]]:
    reading = reading_of(facts, shown_by(show), learned)
    words = ranker().words
    return reading, [belief(words, features) for features in reading.features]


def is_english(facts: Facts, show: ShowFacts) -> bool:
    """Say whether an episode's text is English: by what is said of its language, or by its small words."""
    language = facts.language or show.language
    if language:
        return language.strip().lower().startswith("en")
    words = facts.description[:_ENOUGH_TO_TELL].lower().split()
    return sum(word in ENGLISH_WORDS for word in words) >= sum(word in OTHER_WORDS for word in words)
