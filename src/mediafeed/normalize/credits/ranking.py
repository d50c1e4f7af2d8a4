"""How likely each candidate is host or guest, in two stages that were trained on labelled episodes.

The first reads one episode's words alone: sparse weights, added up. What it believes is summed into a show's habits.
The second sees that belief again beside the show's profile and the others of the episode, and decides by small trees.
Both are data: `python -m benchmarks.training` makes the file from the labelled episodes.
"""

import json
import math
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias, Union

Weights: TypeAlias = Mapping[str, tuple[float, float]]
NOTHING = (0.0, 0.0)
_LEAST = 1e-4
# A leaf's worth, or what is asked, the limit, and the trees for "at most" and "above".
Tree: TypeAlias = Union[float, tuple[int, float, "Tree", "Tree"]]  # noqa: UP007 - a name of its own in quotes
Trees: TypeAlias = tuple[float, tuple[Tree, ...]]


@dataclass(frozen=True, slots=True)
class Belief:
    """How likely somebody hosts or is a guest; the rest is neither."""

    host: float
    guest: float


@dataclass(frozen=True, slots=True)
class Ranker:
    """The first stage's weights for host and for guest against neither, the second's trees for each, and limits.

    From `host_from` and `guest_from` on somebody is credited.
    """

    words: Weights
    host: Trees
    guest: Trees
    host_from: float
    guest_from: float


@lru_cache(maxsize=1)
def ranker() -> Ranker:
    """Read the trained weights that come with the package."""
    held = json.loads(pkgutil.get_data("mediafeed.normalize.credits", "weights.json") or b"{}")
    words = {feature: (host, guest) for feature, (host, guest) in held["words"].items()}
    host, guest = ((start, tuple(_frozen(tree) for tree in trees)) for start, trees in (held["host"], held["guest"]))
    return Ranker(words, host, guest, held["host_from"], held["guest_from"])


def _frozen(tree: float | list[Any]) -> Tree:
    if isinstance(tree, list):
        which, limit, low, high = tree
        return which, limit, _frozen(low), _frozen(high)
    return tree


def decided(host: Trees, guest: Trees, numbers: Sequence[float]) -> Belief:
    """Follow the trees of the second stage.

    >>> decided((0.0, ()), (0.0, ((0, 0.5, -9.0, 9.0),)), [1.0]).guest > 0.9
    True
    """
    return Belief(_likely(host, numbers), _likely(guest, numbers))


def _likely(trees: Trees, numbers: Sequence[float]) -> float:
    total, several = trees
    for tree in several:
        here = tree
        while isinstance(here, tuple):
            here = here[2] if numbers[here[0]] <= here[1] else here[3]
        total += here
    return 1 / (1 + math.exp(-total))


def belief(weights: Weights, features: Iterable[str]) -> Belief:
    """Add up the weights of features.

    >>> belief({"a": (0.0, 2.0)}, ["a", "b"]).guest > 0.7
    True
    """
    host, guest = NOTHING
    get = weights.get
    for feature in features:
        for_host, for_guest = get(feature, NOTHING)
        host += for_host
        guest += for_guest
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


def strongest(weights: Weights, features: Iterable[str], *, guest: bool) -> list[str]:
    """Give the features that say most for a role, the strongest first."""
    column = 1 if guest else 0
    found = [(weights[feature][column], feature) for feature in features if feature in weights]
    return [feature for weight, feature in sorted(found, key=lambda one: (-one[0], one[1])) if weight > 0]
