"""How likely each candidate is host or guest: sparse weights, trained on labelled episodes, added up in plain Python.

Two stages. The first reads one episode's words alone; what it believes is summed into a show's habits. The second sees
that belief again beside the show's profile and the candidates around it, and decides. Weights are data:
`python -m benchmarks.training` makes the file from the labelled episodes.
"""

import json
import math
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

Weights: TypeAlias = Mapping[str, tuple[float, float]]
NOTHING = (0.0, 0.0)
_LEAST = 1e-4
STAGES = ("words", "feed")


@dataclass(frozen=True, slots=True)
class Belief:
    """How likely somebody hosts or is a guest; the rest is neither."""

    host: float
    guest: float


@dataclass(frozen=True, slots=True)
class Ranker:
    """Both stages' weights, for host and for guest against neither, and from which belief on each is credited."""

    words: Weights
    feed: Weights
    host_from: float
    guest_from: float


@lru_cache(maxsize=1)
def ranker() -> Ranker:
    """Read the trained weights that come with the package."""
    held = json.loads(pkgutil.get_data("mediafeed.normalize.credits", "weights.json") or b"{}")
    words, feed = ({feature: (host, guest) for feature, (host, guest) in held[stage].items()} for stage in STAGES)
    return Ranker(words, feed, held["host_from"], held["guest_from"])


def belief(weights: Weights, features: Iterable[str], before: Belief | None = None) -> Belief:
    """Add up the weights of features, from what was believed before.

    >>> belief({"a": (0.0, 2.0)}, ["a", "b"]).guest > 0.7
    True
    """
    host, guest = odds(before) if before else NOTHING
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
