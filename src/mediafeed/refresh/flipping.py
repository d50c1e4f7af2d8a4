"""Items and shows that flip between words they had before (F10): pure. Each change of theirs would be news to all.

A publisher may correct an item as often as it likes: words never heard before are taken at once. Words that were
taken back and come again, as from two servers of which one lags behind, are taken once an interval at most; after
some such turns, once a day. A block never waits, nor does the first time that it is taken back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mediafeed.refresh.keying import Heard, Held, held_before, told_before

MANY = 5  # turns, then a person should know, and a day is soon enough
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Changed:
    """An item in other words than before; `lifts` says that the former ones blocked it."""

    heard: Heard
    lifts: bool


@dataclass(frozen=True, slots=True)
class Flips:
    """What is not taken yet: the hash of the words that wait, and of those that stay meanwhile; and what to say."""

    held_back: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()


def changed_items(heard: Iterable[Heard], held: Held, listed: Collection[str]) -> dict[str, Changed]:
    """Give the heard items, by the key they are held by, whose former words are held and listed no more.

    Words that block are not among them: what a publisher takes back is taken back at once.
    """
    changed: dict[str, Changed] = {}
    for one in heard:
        before = None if one.telling.blocked else held_before(one, held, listed)
        if before and before.hash != one.item.hash:
            told = told_before(before, held)
            changed.setdefault(before.key, Changed(one, lifts=told is not None and told.blocked))
    return changed


def flips_of(
    changed: Mapping[str, Changed],
    history: Mapping[str, Sequence[tuple[str, datetime]]],
    *,
    every: timedelta,
    now: datetime,
) -> Flips:
    """Find those of the changed items, by key, whose words turn back to what they were, and say which are to wait."""
    held_back: dict[str, str] = {}
    flags = []
    for key, change in changed.items():
        had, one = history.get(key, ()), change.heard
        count = turns([*(hash_ for hash_, _ in had), one.item.hash])
        waits = is_held_back(had, one.item.hash, every=every, now=now, lifts=change.lifts)
        if waits:
            held_back[one.item.hash] = had[-1][0]
        if waits or count > MANY:
            flags.append(in_words(one.telling.title, count, every=every))
    return Flips(held_back, tuple(flags))


def turns(hashes: Sequence[str]) -> int:
    """Count how often, up to now, an item's words turned back to what they were before the last change.

    >>> turns("ab"), turns("aba"), turns("abab"), turns("ababc")
    (0, 1, 2, 0)
    """
    count = 0
    for place in range(len(hashes) - 1, 1, -1):
        if hashes[place] != hashes[place - 2]:
            break
        count += 1
    return count


def is_held_back(
    history: Sequence[tuple[str, datetime]], heard: str, *, every: timedelta, now: datetime, lifts: bool = False
) -> bool:
    """Say whether words are to wait that an item had before.

    Args:
        history: (hash, since when) of the words an item had, the present ones last.
        heard: The hash of what its source says now.
        every: How often the source is visited.
        now: The present.
        lifts: They take a block back, which is wanted at once; again and again it is a flip like any other.
    """
    hashes = [hash_ for hash_, _ in history]
    count = turns([*hashes, heard])
    if heard not in hashes[:-1] or (lifts and count < 2):
        return False
    patience = max(every, DAY) if count > MANY else every
    return now - history[-1][1] < patience


def in_words(title: str, count: int, *, every: timedelta) -> str:
    """Say what is done about an item that flips.

    >>> in_words("Ports", 2, every=timedelta(hours=1))
    '“Ports” flips between words it had before (2 turns); taken once in 60 min'
    """
    pace = "once a day" if count > MANY else f"once in {int(every.total_seconds() // 60)} min"
    return f"“{title}” flips between words it had before ({count} turn{'s' if count > 1 else ''}); taken {pace}"
