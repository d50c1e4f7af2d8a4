"""What a show is known to do: a few frozen decisions, drawn from its habits.

Credits are a function of an episode, its show and this, so they do not depend on the order in which the episodes came,
and a show needs to be understood anew only when its profile is another one than before (`==`). Numbers are steps, not
shares: one more episode rarely makes another profile.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from mediafeed.normalize.credits.facts import ShowFacts
from mediafeed.normalize.credits.habits import Counts, Habits
from mediafeed.normalize.credits.slots import WHOLE
from mediafeed.normalize.credits.spoken_of import renown
from mediafeed.normalize.persons import person_key

_FEWEST_EPISODES = 3
_SURE_HOST = 8
_RARELY = 10  # who is named in fewer of so many episodes is as strange as who is named once: a guest who came back
_STEPS = 10


class Rate(NamedTuple):
    """How often a name or slot was seen (in steps, 0 for once or never) and how much of it was host and guest."""

    support: int
    host: int
    guest: int


@dataclass(frozen=True, slots=True)
class Profile:
    """Decisions about a show.

    `hosts` are names learned from the episodes, as written. `guests` tells how many episodes have a guest, `strangers`
    how many of the names that nobody knows are guests', both in steps from 1; 0 is for shows too young to tell.
    `names` are by key, `slots` by slot, both as numbers whose last digits are host and guest, behind the support.
    """

    hosts: tuple[str, ...] = ()
    guests: int = 0
    strangers: int = 0
    names: dict[str, int] = field(default_factory=dict)
    slots: dict[str, int] = field(default_factory=dict)

    def name(self, key: str) -> Rate | None:
        """Give what is known of a name, None if it was seen in one episode at most."""
        packed = self.names.get(key)
        return _unpacked(packed) if packed is not None else None

    def slot(self, slot: str) -> Rate | None:
        """Give what was in a slot in other episodes, None if it was seen once at most."""
        packed = self.slots.get(slot)
        return _unpacked(packed) if packed is not None else None


NOTHING_LEARNED = Profile()


def step(share: float) -> int:
    """Give a share as one of ten steps.

    >>> [step(share) for share in (0.0, 0.3, 1.0)]
    [0, 3, 9]
    """
    return min(_STEPS - 1, int(share * _STEPS))


def profile_of(habits: Habits, show: ShowFacts) -> Profile:
    """Draw a show's profile from the sum of its episodes' habits; pure, and the same whatever order they came in.

    Hosts whom the config names are not learned again.
    """
    if habits.episodes < _FEWEST_EPISODES:
        return NOTHING_LEARNED
    by_key: dict[str, Counts] = {}
    written: dict[str, str] = {}
    for name, counts in sorted(habits.names.items()):
        key = person_key(name)
        by_key[key] = tuple(a + b for a, b in zip(by_key.get(key, (0,) * len(counts)), counts, strict=True))
        written.setdefault(key, name)
    names = {
        key: _packed(counts, habits.episodes)
        for key, counts in sorted(by_key.items())
        if counts[0] > 1 and counts[0] * _RARELY >= habits.episodes
    }
    slots = {
        slot: _packed(counts, habits.episodes if slot in WHOLE else 0)
        for slot, counts in sorted(habits.slots.items())
        if counts[0] > 1
    }
    configured = {person_key(name) for name in (*show.hosts, *show.host_pool)}
    hosts = tuple(
        written[key]
        for key, packed in names.items()
        if " " in key
        and key not in configured
        and _unpacked(packed).host >= _SURE_HOST
        and 4 * by_key[key][0] >= habits.episodes
    )
    guests = 1 + step(habits.guests / (100 * habits.episodes))
    return Profile(hosts=hosts, guests=guests, strangers=_strangers(by_key, habits.episodes), names=names, slots=slots)


def _strangers(names: dict[str, Counts], episodes: int) -> int:
    """Tell in steps how much of those of whom nothing is known, and who are not of the show, are guests."""
    seen = guests = 0
    for key, counts in names.items():
        of_the_show = 2 * counts[0] > max(episodes, 3) or counts[1] > 50 * counts[0]
        if " " in key and not of_the_show and not renown(key):
            seen += counts[0]
            guests += counts[2]
    return 1 + step(guests / (100 * seen)) if seen else 0


def _packed(counts: Counts, episodes: int = 0) -> int:
    """Pack counters of a slot, or of a name in a share of so many episodes."""
    seen, host, guest = counts
    support = 2 + step((seen - 0.5) / episodes) if episodes else _often(seen)
    return 100 * support + 10 * step(host / (100 * seen)) + step(guest / (100 * seen))


def _often(seen: int) -> int:
    return 1 if seen < 3 else 2 if seen < 5 else 3


@lru_cache(maxsize=2048)  # more than there are
def _unpacked(packed: int) -> Rate:
    return Rate(packed // 100, packed // 10 % 10, packed % 10)
