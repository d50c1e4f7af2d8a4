"""What the episodes of a show have in common, counted: small numbers that add up in any order.

    total = habits_of(first, show) + habits_of(second, show)
    total - habits_of(first, show) == habits_of(second, show)

A store keeps the sum for each show and adds what an episode contributes when it comes, or takes away what it did
before it was modified; `profile.profile_of` draws decisions from the sum. All are whole numbers, so that no order of
adding makes another sum. Plain dictionaries of tuples: msgspec reads and writes them as they are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import add
from typing import TypeAlias

Counts: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Habits:
    """Counters of a show's episodes.

    `names` has, for a name as written, how many episodes name it and hundredths of belief, summed over the episodes,
    that it is host and that it is guest there. `slots` has the same for places in a text, whatever the words in them:
    how many names stood there, and how much of them were hosts and guests. `guests` is the belief that an episode
    has a guest at all.
    """

    episodes: int = 0
    guests: int = 0
    names: dict[str, Counts] = field(default_factory=dict)
    slots: dict[str, Counts] = field(default_factory=dict)

    def __add__(self, other: "Habits") -> "Habits":
        """Add what other episodes contribute."""
        return Habits(
            self.episodes + other.episodes,
            self.guests + other.guests,
            _summed(self.names, other.names, 1),
            _summed(self.slots, other.slots, 1),
        )

    @staticmethod
    def total(parts: "Iterable[Habits]") -> "Habits":
        """Add many up at once."""
        episodes = guests = 0
        names: dict[str, Counts] = {}
        slots: dict[str, Counts] = {}
        for part in parts:
            episodes += part.episodes
            guests += part.guests
            for held, counted in ((names, part.names), (slots, part.slots)):
                for key, counts in counted.items():
                    held[key] = _both(held[key], counts) if key in held else counts
        return Habits(episodes, guests, names, slots)

    def __sub__(self, other: "Habits") -> "Habits":
        """Take away what episodes contributed."""
        return Habits(
            self.episodes - other.episodes,
            self.guests - other.guests,
            _summed(self.names, other.names, -1),
            _summed(self.slots, other.slots, -1),
        )


def _both(ours: Counts, theirs: Counts) -> Counts:
    return tuple(map(add, ours, theirs))


def _summed(ours: Mapping[str, Counts], theirs: Mapping[str, Counts], sign: int) -> dict[str, Counts]:
    total = dict(ours)
    for key, counts in theirs.items():
        held = total.get(key, (0,) * len(counts))
        added = tuple(a + sign * b for a, b in zip(held, counts, strict=True))
        if any(added):
            total[key] = added
        else:
            del total[key]
    return total
