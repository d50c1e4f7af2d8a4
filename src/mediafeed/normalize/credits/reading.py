"""One episode, read: its sketches, what cues claim, its candidates and their features, without any other episode."""

from dataclasses import dataclass

from mediafeed.model.episode import Role
from mediafeed.normalize.credits.candidates import Candidate, candidates_in
from mediafeed.normalize.credits.context import mention_features
from mediafeed.normalize.credits.facts import Facts
from mediafeed.normalize.credits.known import KnownHosts, first_names, known_hosts
from mediafeed.normalize.credits.roles import Claim, claims_in
from mediafeed.normalize.credits.showing import Shown
from mediafeed.normalize.credits.sketch import Sketch, sketch
from mediafeed.normalize.credits.title_slot import slot_claims
from mediafeed.normalize.credits.tokens import Tokens, tokens_of

# Who speaks is said early; what is longer is a transcript, or meant to keep us busy.
_LONGEST_DESCRIPTION = 10_000
_LONGEST_TITLE = 500
_MOST_MENTIONS = 3
# What is said once and tells of everybody in an episode: somebody is away, somebody is dead, a cast is listed.
_OF_EPISODES = ("away", "dead", "cast", "guest", "we", "year", "next")
_HOSTING = frozenset(("S:author", "S:told", "S:config", "S:pool", "S:owner"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What one episode's words hold. `features` go with `candidates`, one list for each."""

    sketches: tuple[Sketch, ...]
    tokens: tuple[Tokens, ...]
    claims: tuple[Claim, ...]
    candidates: tuple[Candidate, ...]
    features: tuple[list[str], ...]


def reading_of(facts: Facts, shown: tuple[Shown, ...], learned: tuple[str, ...] = ()) -> Reading:
    """Read an episode; `learned` are hosts whom the show's other episodes name."""
    hosts = known_hosts((*(one.name for one in shown if _HOSTING.intersection(one.features)), *learned))
    also = frozenset(word for one in shown for word in (one.key.split()[0], one.key.split()[-1]) if len(word) > 1)
    also |= first_names(hosts)
    title = sketch(facts.title[:_LONGEST_TITLE], "title", also=also)
    description = sketch(facts.description[:_LONGEST_DESCRIPTION], "description", also=also)
    claims = claims_in((title, description), hosts)
    if not any(claim.role is Role.GUEST for claim in claims):
        claims += slot_claims(title, description, hosts)
    tokens = (tokens_of(title), tokens_of(description))
    nested = {(id(one.sketch), number) for one in tokens for number in one.nested}
    claims = [claim for claim in claims if (id(claim.sketch), claim.listed.number) not in nested]
    candidates = candidates_in((title, description), facts.author, shown)
    candidates = [
        candidate
        for candidate in candidates
        if not candidate.mentions
        or candidate.shown
        or any((id(drawn), number) not in nested for drawn, number in candidate.mentions)
    ]
    whole = [f"e:{kind}" for kind in _OF_EPISODES if any(kind in one.classes for one in tokens)]
    features = _features(candidates, tokens, claims, hosts)
    for own, candidate in zip(features, candidates, strict=True):
        named = "shown " if candidate.shown else ""
        own += [f"{named}{kind}{'' if candidate.mentions else ' unnamed'}" for kind in whole]
    return Reading((title, description), tokens, tuple(claims), tuple(candidates), features)


def _features(
    candidates: list[Candidate], tokens: tuple[Tokens, ...], claims: list[Claim], hosts: KnownHosts
) -> tuple[list[str], ...]:
    hosting = [frozenset(n for n, name in enumerate(one.sketch.names) if hosts.find(name.name)) for one in tokens]
    claimed: dict[tuple[int, int], list[Claim]] = {}
    for claim in claims:
        claimed.setdefault((id(claim.sketch), claim.listed.number), []).append(claim)
    first = _first_of(candidates, tokens[1])
    found = []
    for candidate in candidates:
        features = _whole(candidate, candidates, first, hosts)
        for one, prefix, known in zip(tokens, "td", hosting, strict=True):
            mentions = sorted(n for drawn, n in candidate.mentions if drawn is one.sketch)
            for number in mentions[:_MOST_MENTIONS]:
                features += mention_features(one, number, prefix, known)
        for drawn, number in candidate.mentions:
            for claim in claimed.get((id(drawn), number), ()):
                features += (f"c:{claim.role}", f"c:{claim.role}:{claim.rule}")
        found.append(list(dict.fromkeys(features)))
    return tuple(found)


def _first_of(candidates: list[Candidate], tokens: Tokens) -> str | None:
    """Give the key of the first person of the description that the show does not name."""
    places = [
        (min(n for drawn, n in candidate.mentions if drawn is tokens.sketch), candidate.key)
        for candidate in candidates
        if not candidate.shown and any(drawn is tokens.sketch for drawn, _ in candidate.mentions)
    ]
    return min(places)[1] if places else None


def _whole(candidate: Candidate, candidates: list[Candidate], first: str | None, hosts: KnownHosts) -> list[str]:
    """Give what is true of a candidate as a whole."""
    in_title, in_text = len(candidate.in_field("title")), len(candidate.in_field("description"))
    strangers = sum(1 for other in candidates if not other.shown and other.mentions)
    count = f"{min(in_title, 1)}{'3' if in_text > 2 else in_text}"
    found = [
        "*",
        f"n={count}",
        f"p={min(strangers, 4)}",
        f"many={min(strangers // 4, 4)}",
        f"pn={min(strangers, 3)} {count}",
    ]
    if candidate.short:
        found += ["short", f"short n={count}"]
    if candidate.honorific:
        found.append("honorific")
    if candidate.key == first:
        found += ["first", f"first {'known' if hosts.names else 'unknown'}"]
    if candidate.author:
        found += [f"A:{candidate.author}", f"A n={count}"]
    if hosts.names:
        found.append("hosted")
    if candidate.shown:
        named = "named" if candidate.mentions else "unnamed"
        found += ["shown", f"shown {named}"]
        shown = candidate.shown.features
        found += shown
        found += [f"{feature} {named}" for feature in shown if feature in _HOSTING or feature == "S:title"]
        found.append(f"shown {named} of {sum(1 for other in candidates if other.shown and other.mentions)}")
    return found
