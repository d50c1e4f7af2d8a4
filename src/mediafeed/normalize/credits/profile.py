"""What a show is known to do: a few frozen decisions, drawn from its habits.

Credits are a function of an episode, its show and this, so they do not depend on the order in which the episodes came,
and a show needs to be understood anew only when its profile is another one than before (`==`). Numbers are steps, not
shares: one more episode rarely makes another profile.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from mediafeed.normalize.credits.facts import ShowFacts
from mediafeed.normalize.credits.habits import Counts, Habits
from mediafeed.normalize.persons import person_key

_FEWEST_EPISODES = 3
_SURE_HOST = 4
_STEPS = 5


class Rate(NamedTuple):
    """How often a name or slot was seen (in steps, 0 for once or never) and how much of it was host and guest."""

    support: int
    host: int
    guest: int


@dataclass(frozen=True, slots=True)
class Profile:
    """Decisions about a show.

    `hosts` are names learned from the episodes, as written. `guests` tells how many episodes have a guest, in steps
    from 1; 0 is for shows too young to tell. `names` are by key, `slots` by slot, both as numbers of three digits:
    support, host, guest.
    """

    hosts: tuple[str, ...] = ()
    guests: int = 0
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
    """Give a share as one of five steps.

    >>> [step(share) for share in (0.0, 0.3, 1.0)]
    [0, 1, 4]
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
    names = {key: _packed(counts, habits.episodes) for key, counts in sorted(by_key.items()) if counts[0] > 1}
    slots = {slot: _packed(counts) for slot, counts in sorted(habits.slots.items()) if counts[0] > 1}
    configured = {person_key(name) for name in (*show.hosts, *show.host_pool)}
    hosts = tuple(
        written[key]
        for key, packed in names.items()
        if " " in key
        and key not in configured
        and _unpacked(packed).host >= _SURE_HOST
        and 4 * by_key[key][0] >= habits.episodes
    )
    return Profile(hosts=hosts, guests=1 + step(habits.guests / (100 * habits.episodes)), names=names, slots=slots)


def _packed(counts: Counts, episodes: int = 0) -> int:
    """Pack counters of a slot, or of a name in a share of so many episodes."""
    seen, host, guest = counts
    support = 2 + step((seen - 0.5) / episodes) if episodes else _often(seen)
    return 100 * support + 10 * step(host / (100 * seen)) + step(guest / (100 * seen))


def _often(seen: int) -> int:
    return 1 if seen < 3 else 2 if seen < 5 else 3


def _unpacked(packed: int) -> Rate:
    return Rate(packed // 100, packed // 10 % 10, packed % 10)
