"""How likely each candidate is host or guest, in two stages that were trained on labelled episodes.

The first reads one episode's words alone: sparse weights, added up. What it believes is summed into a show's habits.
The second sees that belief again beside the show's profile and the others of the episode, and decides by small trees.
Both are data: `python -m benchmarks.training` makes the file from the labelled episodes.
"""

import math
import pkgutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import orjson

from mediafeed.normalize.credits.vocabulary import Vocabulary, numbered

Weights: TypeAlias = Mapping[str, Sequence[float]]  # for host and for guest, by feature
_LEAST = 1e-4
DEPTH = 3
_ENOUGH = 60
_HOPELESS = -3.0
# What is asked, the limit, and what follows "at most" and "above": a tree of one step less, or in the end a number.
Tree: TypeAlias = Any
Trees: TypeAlias = tuple[float, tuple[Tree, ...]]


class Belief(NamedTuple):
    """How likely somebody hosts or is a guest; the rest is neither."""

    host: float
    guest: float


@dataclass(frozen=True, slots=True)
class Words:
    """The first stage: the features that have a weight, found by number, and their weights for host and for guest.

    The weights are lists, which give what stands at a place in half of the time that tuples take.
    """

    known: Vocabulary[int]
    names: tuple[str, ...]
    host: list[float]
    guest: list[float]


@dataclass(frozen=True, slots=True)
class Ranker:
    """The first stage's weights for host and for guest against neither, the second's trees for each, and limits.

    From `host_from` and `guest_from` on somebody is credited.
    """

    words: Words
    host: Trees
    guest: Trees
    host_from: float
    guest_from: float


@lru_cache(maxsize=1)
def ranker() -> Ranker:
    """Read the trained weights that come with the package."""
    held = orjson.loads(pkgutil.get_data("mediafeed.normalize.credits", "weights.json") or b"{}")
    return Ranker(
        weighed(held["words"]), ready(*held["host"]), ready(*held["guest"]), held["host_from"], held["guest_from"]
    )


def weighed(weights: Weights) -> Words:
    """Give weights as they are looked up."""
    names = tuple(weights)
    return Words(
        numbered(names),
        names,
        [host for host, _ in weights.values()],
        [guest for _, guest in weights.values()],
    )


def ready(start: float, trees: Iterable[Any]) -> Trees:
    """Give trees as they are followed: all of one depth, so that nobody asks at each step whether it is the last."""
    return start, tuple(_of_depth(tree, DEPTH) for tree in trees)


def _of_depth(tree: Any, depth: int) -> Tree:
    if not depth:
        return float(tree)
    which, limit, low, high = (0, 0.0, tree, tree) if isinstance(tree, float | int) else tree
    return which, limit, _of_depth(low, depth - 1), _of_depth(high, depth - 1)


def decided(host: Trees, guest: Trees, numbers: Sequence[float]) -> Belief:
    """Follow the trees of the second stage.

    >>> decided(ready(0.0, []), ready(0.0, [[0, 0.5, -9.0, 9.0]]), [1.0]).guest > 0.9
    True
    """
    return Belief(_likely(host, numbers), _likely(guest, numbers))


def _likely(trees: Trees, numbers: Sequence[float]) -> float:
    total, several = trees
    total = _followed(several[:_ENOUGH], numbers, total)
    if total > _HOPELESS:  # most are neither, and half of the trees tell
        total = _followed(several[_ENOUGH:], numbers, total)
    return 1 / (1 + math.exp(-total))


def _followed(several: tuple[Tree, ...], numbers: Sequence[float], total: float) -> float:
    # Written out for DEPTH steps: a loop inside costs twice as much, in the hottest place there is.
    for which, limit, low, high in several:
        which, limit, low, high = low if numbers[which] <= limit else high  # noqa: PLW2901
        which, limit, low, high = low if numbers[which] <= limit else high  # noqa: PLW2901
        total += low if numbers[which] <= limit else high
    return total


def belief(words: Words, features: Collection[int]) -> Belief:
    """Add up the weights of features.

    >>> belief(weighed({"a": (0.0, 2.0)}), [0]).guest > 0.7
    True
    """
    host = sum(map(words.host.__getitem__, features))
    guest = sum(map(words.guest.__getitem__, features))
    most = max(host, guest, 0.0)
    e_host, e_guest, e_none = math.exp(host - most), math.exp(guest - most), math.exp(-most)
    total = e_host + e_guest + e_none
    return Belief(e_host / total, e_guest / total)


def odds(believed: Belief) -> tuple[float, float]:
    """Give the logarithms of the odds of host and of guest against neither.

    >>> odds(Belief(0.0, 0.5))[1]
    0.0
    """
    neither = max(1 - believed.host - believed.guest, _LEAST)
    return math.log(max(believed.host, _LEAST) / neither), math.log(max(believed.guest, _LEAST) / neither)


def strongest(words: Words, features: Iterable[int], *, guest: bool) -> list[str]:
    """Give the features that say most for a role, the strongest first."""
    weights = words.guest if guest else words.host
    found = [(-weights[feature], words.names[feature]) for feature in features if weights[feature] > 0]
    return [name for _, name in sorted(found)]
