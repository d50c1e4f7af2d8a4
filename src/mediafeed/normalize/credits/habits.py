"""What the episodes of a show have in common, counted: small numbers that add up in any order.

    total = habits_of(first, show) + habits_of(second, show)
    total - habits_of(first, show) == habits_of(second, show)

A store keeps the sum for each show and adds what an episode contributes when it comes, or takes away what it did
before it was modified; `profile.profile_of` draws decisions from the sum. All are whole numbers, so that no order of
adding makes another sum. Plain dictionaries of tuples: msgspec reads and writes them as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Counts: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Habits:
    """Counters of a show's episodes.

    `names` has, for a name as written, how many episodes name it and hundredths of belief, summed over the episodes,
    that it is host and that it is guest there. `slots` has the same for places in a text, whatever the words in them:
    how many names stood there, and how much of them were hosts and guests.
    """

    episodes: int = 0
    names: dict[str, Counts] = field(default_factory=dict)
    slots: dict[str, Counts] = field(default_factory=dict)

    def __add__(self, other: "Habits") -> "Habits":
        """Add what other episodes contribute."""
        return Habits(
            self.episodes + other.episodes,
            _summed(self.names, other.names, 1),
            _summed(self.slots, other.slots, 1),
        )

    def __sub__(self, other: "Habits") -> "Habits":
        """Take away what episodes contributed."""
        return Habits(
            self.episodes - other.episodes,
            _summed(self.names, other.names, -1),
            _summed(self.slots, other.slots, -1),
        )


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
