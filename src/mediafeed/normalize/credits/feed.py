"""What a feed's profile and the candidates around somebody say, as features of the second stage."""

import math

from mediafeed.normalize.credits.candidates import Candidate
from mediafeed.normalize.credits.neighbours import neighbours
from mediafeed.normalize.credits.profile import Profile, Rate, step
from mediafeed.normalize.credits.ranking import Belief
from mediafeed.normalize.credits.reading import Reading
from mediafeed.normalize.credits.slots import slots_of


def feed_features(reading: Reading, beliefs: list[Belief], profile: Profile) -> list[list[str]]:
    """Give the second stage's features of each candidate: what the feed is known to do, and the others."""
    beside = neighbours(reading.candidates, reading.tokens)
    known = [profile.name(candidate.key) for candidate in reading.candidates]
    found = []
    for which, candidate in enumerate(reading.candidates):
        features = [*_own(candidate, beliefs[which]), *_others(which, beliefs)]
        features += _in_feed(beliefs[which], profile, known[which])
        features += _slots([profile.slot(slot) for slot in slots_of(reading, candidate)], beliefs[which], profile)
        for how, other in beside[which]:
            features += (f"{how}G{step(beliefs[other].guest)}", f"{how}H{step(beliefs[other].host)}")
            if rate := known[other]:
                features.append(f"{how}F{rate.host}{rate.support}")
        found.append(list(dict.fromkeys(features)))
    return found


def _bin(share: float) -> int:
    return max(-5, min(5, math.floor(math.log((share + 1e-6) / (1 - share + 1e-6)))))


def _own(candidate: Candidate, belief: Belief) -> list[str]:
    guest, host = _bin(belief.guest), _bin(belief.host)
    return [
        "*",
        f"g{guest}",
        f"h{host}",
        f"gh{guest} {host}",
        "named" if candidate.mentions else "unnamed",
        "short" if candidate.short else "full",
        "shown" if candidate.shown else "stranger",
    ]


def _in_feed(belief: Belief, profile: Profile, known: Rate | None) -> list[str]:
    guest = _bin(belief.guest)
    found = [f"a{profile.guests}", f"a{profile.guests} g{guest}"]
    if profile.guests:
        support = known.support if known else 0
        found += (f"df{support}", f"df{support} g{guest}")
        if known:
            found += (f"df{support} H{known.host}", f"df{support} G{known.guest}")
    return found


def _others(which: int, beliefs: list[Belief]) -> list[str]:
    hosts = step(max((one.host for index, one in enumerate(beliefs) if index != which), default=0.0))
    guests = step(max((one.guest for index, one in enumerate(beliefs) if index != which), default=0.0))
    own = beliefs[which]
    return [f"mh{hosts}", f"mg{guests}", f"mh{hosts} h{_bin(own.host)}", f"mg{guests} g{_bin(own.guest)}"]


def _slots(rates: list[tuple[str, Rate]], belief: Belief, profile: Profile) -> list[str]:
    found: list[str] = []
    for kind, rate in rates:
        if rate.support:
            found += (f"z{kind}{rate.support} G{rate.guest}", f"z{kind}{rate.support} H{rate.host}")
    held = [rate for _, rate in rates if rate.support > 1]
    if held:
        guest, host = sum(rate.guest for rate in held) // len(held), sum(rate.host for rate in held) // len(held)
        found += (
            f"zmaxG{max(rate.guest for rate in held)}",
            f"zmaxH{max(rate.host for rate in held)}",
            f"zG{guest}",
            f"zG{guest} g{_bin(belief.guest)}",
            f"zG{guest} a{profile.guests}",
            f"zH{host}",
            f"zH{host} h{_bin(belief.host)}",
        )
    return found
