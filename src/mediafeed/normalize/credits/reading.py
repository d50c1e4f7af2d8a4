"""One episode, read once: its sketches, what cues claim, its candidates and what its words alone make one believe.

Both a show's habits and an episode's credits are made from it; what the show's other episodes teach is added later.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from mediafeed.normalize.credits.absent import company
from mediafeed.normalize.credits.candidates import Candidate, candidates_in
from mediafeed.normalize.credits.context import Mentions
from mediafeed.normalize.credits.cues import Hit, hits_in
from mediafeed.normalize.credits.facts import Facts
from mediafeed.normalize.credits.known import KnownHosts, first_names, known_hosts
from mediafeed.normalize.credits.ranking import Belief
from mediafeed.normalize.credits.roles import Claim, claims_in
from mediafeed.normalize.credits.showing import Shown
from mediafeed.normalize.credits.sketch import Sketch, sketch
from mediafeed.normalize.credits.slots import slots_of, strangers_slots
from mediafeed.normalize.credits.spoken_of import renown
from mediafeed.normalize.credits.tokens import Tokens, tokens_of
from mediafeed.normalize.credits.vocabulary import T, Vocabulary
from mediafeed.normalize.persons import person_key

# Who speaks is said early; what is longer is a transcript, or meant to keep us busy.
_LONGEST_DESCRIPTION = 10_000
_LONGEST_TITLE = 500
_MOST_MENTIONS = 3
_MOST_HITS = 24
# What is said once and tells of everybody in an episode: somebody is away, somebody is dead, a cast is listed.
_OF_EPISODES = ("away", "dead", "cast", "guest", "we", "year", "next")
_HOSTING = frozenset(("S:author", "S:told", "S:config", "S:pool", "S:owner"))
_TOLD_TWICE = _HOSTING | {"S:title"}  # whom the show names so, named in the episode or not


@dataclass(frozen=True, slots=True)
class Reading:
    """What one episode's words hold: title and description as sketches and as tokens, and whom they name.

    `hits` are the cues found, `claims` what they come to where `hosts` host. `slots` go with `candidates`. `kinds` tell
    what kind of episode it says it is.
    """

    sketches: tuple[Sketch, Sketch]
    tokens: tuple[Tokens, Tokens]
    hits: tuple[tuple[Sketch, Hit], ...]
    shown: tuple[Shown, ...]
    hosts: KnownHosts
    claims: tuple[Claim, ...]
    candidates: tuple[Candidate, ...]
    slots: tuple[list[str], ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Believed:
    """A reading, the features of its mentions, and how likely each of its candidates is what."""

    reading: Reading
    mentions: Mentions[int]
    beliefs: tuple[Belief, ...]


def reading_of(facts: Facts, shown: tuple[Shown, ...], learned: tuple[str, ...] = ()) -> Reading:
    """Read an episode. `learned` are hosts of other episodes: their first names, where they stand alone, are names."""
    also = frozenset(word for one in shown for word in (one.key.split()[0], one.key.split()[-1]) if len(word) > 1)
    hosts = hosts_among(shown, learned)
    also |= first_names(hosts)
    title = sketch(facts.title[:_LONGEST_TITLE], "title", also=also)
    description = sketch(facts.description[:_LONGEST_DESCRIPTION], "description", also=also)
    hits = tuple((drawn, hit) for drawn in (title, description) for hit in islice(hits_in(drawn), _MOST_HITS))
    tokens = (tokens_of(title), tokens_of(description))
    nested = _nested(tokens)
    claims = _claims(hits, (title, description), hosts, nested)
    candidates = tuple(
        candidate
        for candidate in candidates_in((title, description), facts.author, shown, learned)
        if not candidate.mentions
        or candidate.shown
        or any((id(drawn), number) not in nested for drawn, number in candidate.mentions)
    )
    slots = tuple(
        [*slots_of(tokens, candidate), *own]
        for candidate, own in zip(candidates, strangers_slots(candidates), strict=True)
    )
    kinds = tuple(company(tokens))
    return Reading((title, description), tokens, hits, shown, hosts, claims, candidates, slots, kinds)


def directed(reading: Reading, hosts: KnownHosts) -> Reading:
    """Give a reading with the claims that cues make where these are the hosts."""
    return replace(reading, hosts=hosts, claims=_claims(reading.hits, reading.sketches, hosts, _nested(reading.tokens)))


def _claims(
    hits: tuple[tuple[Sketch, Hit], ...],
    sketches: tuple[Sketch, Sketch],
    hosts: KnownHosts,
    nested: set[tuple[int, int]],
) -> tuple[Claim, ...]:
    claims = claims_in(hits, sketches, hosts)
    return tuple(claim for claim in claims if (id(claim.sketch), claim.listed.number) not in nested)


def names_alone(reading: Reading, learned: tuple[str, ...]) -> bool:
    """Say whether a learned host may be named by the first name alone, which is no name to who does not know it."""
    known = {one.key for one in reading.shown}
    return any(
        first in tokens.words
        for first, name in known_hosts(learned).first_names.items()
        if person_key(name) not in known
        for tokens in reading.tokens
    )


def hosts_among(shown: Sequence[Shown], learned: tuple[str, ...]) -> KnownHosts:
    """Give the hosts of a show: of whom it names, those whom it names as such, and those whom its episodes taught."""
    return known_hosts((*(one.name for one in shown if _HOSTING.intersection(one.kinds)), *learned))


def _nested(tokens: tuple[Tokens, ...]) -> set[tuple[int, int]]:
    return {(id(one.sketch), number) for one in tokens for number in one.nested}


def word_features(reading: Reading, mentions: Mentions[T]) -> list[list[T]]:
    """Give the first stage's features of each candidate."""
    find = mentions.vocabulary.whole
    whole = [f"e:{kind}" for kind in _OF_EPISODES if any(kind in one.kinds for one in reading.tokens)]
    whole += [f"e:{kind}" for kind in reading.kinds]
    features = []
    for candidate, own in zip(reading.candidates, _features(reading, mentions), strict=True):
        named = "shown " if candidate.shown else ""
        unnamed = "" if candidate.mentions else " unnamed"
        own += [find(f"{named}{kind}{unnamed}") for kind in whole]
        features.append([one for one in dict.fromkeys(own) if one is not None])
    return features


def _features(reading: Reading, mentions: Mentions[T]) -> list[list[T | None]]:
    tokens, candidates, hosts = reading.tokens, reading.candidates, reading.hosts
    find = mentions.vocabulary.whole
    hosting = [_places_of(hosts, one) for one in tokens]
    claimed: dict[tuple[int, int], list[Claim]] = {}
    for claim in reading.claims:
        claimed.setdefault((id(claim.sketch), claim.listed.number), []).append(claim)
    first = _first_of(candidates)
    found = []
    counts = _counts(candidates)
    for candidate in candidates:
        features = _whole(candidate, first, hosts, counts, mentions.vocabulary)
        for which, numbers in enumerate((candidate.title, candidate.text)):
            for number in numbers[:_MOST_MENTIONS]:
                if (index := tokens[which].at.get(number)) is not None:
                    features += mentions.features(which, index, hosting[which])
        for drawn, number in candidate.mentions:
            for claim in claimed.get((id(drawn), number), ()):
                features += (find(f"c:{claim.role}"), find(f"c:{claim.role}:{claim.rule}"))
        found.append(features)
    return found


def _places_of(hosts: KnownHosts, tokens: Tokens) -> tuple[int, ...]:
    """Give the tokens that name known hosts."""
    if not hosts.names:
        return ()
    return tuple(place for number, place in tokens.at.items() if hosts.find(tokens.sketch.names[number].name))


def _first_of(candidates: tuple[Candidate, ...]) -> str | None:
    """Give the key of the first person of the description that the show does not name."""
    places = [(candidate.text[0], candidate.key) for candidate in candidates if candidate.text and not candidate.shown]
    return min(places)[1] if places else None


def _counts(candidates: tuple[Candidate, ...]) -> tuple[int, int, int]:
    """Count the candidates that are named: strangers, those of them of whom nothing is known, and those of the show."""
    named = [candidate.shown is None for candidate in candidates if candidate.mentions]
    unknown = sum(one.unknown for one in candidates if one.mentions)
    return sum(named), unknown, len(named) - sum(named)


def _whole(
    candidate: Candidate, first: str | None, hosts: KnownHosts, counts: tuple[int, int, int], vocabulary: Vocabulary[T]
) -> list[T | None]:
    """Give what is true of a candidate as a whole."""
    in_title, in_text = len(candidate.title), len(candidate.text)
    strangers, unknown, shown_named = counts
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
    found += [f"sure={candidate.sure:d}", f"sure={candidate.sure:d} n={count}"]
    if candidate.key == first:
        found += ["first", f"first {'known' if hosts.names else 'unknown'}"]
    if known := renown(candidate.key):
        found += ["known", known, f"{known} {'honoured' if candidate.honorific else count}"]
    elif candidate.unknown:
        found += [f"u={min(unknown, 4)}", f"u={min(unknown, 3)} {count}"]
    if candidate.author:
        found += [f"A:{candidate.author}", f"A n={count}"]
    if hosts.names:
        found.append("hosted")
    features = list(map(vocabulary.whole, found))
    if candidate.shown:
        named = "named" if candidate.mentions else "unnamed"
        features += map(vocabulary.whole, ("shown", f"shown {named}"))
        features += _of_show(candidate.shown.features, vocabulary)
        features += [vocabulary.whole(f"{kind} {named}") for kind in candidate.shown.kinds if kind in _TOLD_TWICE]
        features.append(vocabulary.whole(f"shown {named} of {shown_named}"))
    return features


@lru_cache(maxsize=256)
def _of_show(features: tuple[str, ...], vocabulary: Vocabulary[T]) -> tuple[T, ...]:
    """Give the features that a show gives somebody, which are the same in each of its episodes."""
    return tuple(one for one in map(vocabulary.whole, features) if one is not None)
