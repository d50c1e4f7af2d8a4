"""One episode, read once: its sketches, what cues claim, its candidates and what its words alone make one believe.

Both a show's habits and an episode's credits are made from it; what the show's other episodes teach is added later.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from mediafeed.normalize.credits.absent import kinds_told
from mediafeed.normalize.credits.candidates import Candidate, candidates_in
from mediafeed.normalize.credits.context import Mentions
from mediafeed.normalize.credits.cues import Hit, hits_in
from mediafeed.normalize.credits.facts import Facts
from mediafeed.normalize.credits.known import KnownHosts, first_names, known_hosts
from mediafeed.normalize.credits.ranking import Belief
from mediafeed.normalize.credits.roles import Claim, claims_in
from mediafeed.normalize.credits.showing import HOSTING, Shown
from mediafeed.normalize.credits.sketch import Sketch, sketch
from mediafeed.normalize.credits.slots import slots_of, strangers_slots
from mediafeed.normalize.credits.tokens import Tokens, tokens_of
from mediafeed.normalize.credits.traits import company_of, of_claim, of_episode, traits_of
from mediafeed.normalize.credits.vocabulary import T
from mediafeed.normalize.persons import person_key

# Who speaks is said early; what is longer is a transcript, or meant to keep us busy.
_LONGEST_DESCRIPTION = 10_000
_LONGEST_TITLE = 500
_MOST_MENTIONS = 3
_MOST_HITS = 24
# What is said once and tells of everybody in an episode: somebody is away, somebody is dead, a cast is listed.
_OF_EPISODES = ("away", "dead", "cast", "guest", "we", "year", "next")


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
    kinds = tuple(kinds_told(tokens))
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
    return known_hosts((*(one.name for one in shown if HOSTING.intersection(one.kinds)), *learned))


def _nested(tokens: tuple[Tokens, ...]) -> set[tuple[int, int]]:
    return {(id(one.sketch), number) for one in tokens for number in one.nested}


def word_features(reading: Reading, mentions: Mentions[T]) -> list[list[T]]:
    """Give the first stage's features of each candidate, each once."""
    said = reading.tokens[0].kinds | reading.tokens[1].kinds
    kinds = (*[kind for kind in _OF_EPISODES if kind in said], *reading.kinds)
    company = company_of(reading.candidates, hosted=bool(reading.hosts.names))
    hosting = [_places_of(reading.hosts, one) for one in reading.tokens]
    claimed: dict[tuple[int, int], list[Claim]] = {}
    for claim in reading.claims:
        claimed.setdefault((id(claim.sketch), claim.listed.number), []).append(claim)
    vocabulary = mentions.vocabulary
    found = []
    for candidate in reading.candidates:
        features = list(traits_of(candidate, company, vocabulary))
        for which, numbers in enumerate((candidate.title, candidate.text)):
            for number in numbers[:_MOST_MENTIONS]:
                if (index := reading.tokens[which].at.get(number)) is not None:
                    features += mentions.features(which, index, hosting[which])
        for drawn, number in candidate.mentions:
            for claim in claimed.get((id(drawn), number), ()):
                features += of_claim(claim.role, claim.rule, vocabulary)
        shown, named = candidate.shown is not None, bool(candidate.mentions)
        features += of_episode(kinds, vocabulary, shown=shown, named=named)
        found.append(list(dict.fromkeys(features)))
    return found


def _places_of(hosts: KnownHosts, tokens: Tokens) -> tuple[int, ...]:
    """Give the tokens that name known hosts."""
    if not hosts.names:
        return ()
    return tuple(place for number, place in tokens.at.items() if hosts.find(tokens.sketch.names[number].name))
