"""From belief to credits: who is credited, and with which words as evidence."""

import re
from collections.abc import Callable

from mediafeed.model.episode import Credit, CreditOrigin, Evidence, Role
from mediafeed.normalize.credits.absent import is_away
from mediafeed.normalize.credits.candidates import Candidate
from mediafeed.normalize.credits.cue import CueKind
from mediafeed.normalize.credits.english import OTHER_TIMES
from mediafeed.normalize.credits.english_chair import STANDING_IN
from mediafeed.normalize.credits.profile import Profile
from mediafeed.normalize.credits.ranking import Belief, Ranker, strongest
from mediafeed.normalize.credits.reading import Believed, Reading
from mediafeed.normalize.credits.roles import Claim
from mediafeed.normalize.credits.sketch import NAME, Sketch
from mediafeed.normalize.credits.spoken_of import is_outright, is_spoken_of, reigns, renown
from mediafeed.normalize.credits.tokens import IN_PLACES, Tokens
from mediafeed.normalize.credits.wording import told
from mediafeed.normalize.persons import person_key

_LONGEST_AFFILIATION = 160
_MOST_TOLD = 2
# What cues claim is taken back below these: in a show that has taught, and in one that has not.
_TAKEN_BACK_BELOW = 0.5
_TAKEN_BACK_ALONE_BELOW = 0.2
_ALONE_FROM = 0.88  # an episode of a show that has taught nothing yet
_HARDLY = 0.15
_SURELY = 0.95  # a president, of whatever, may be a guest
_STRANGER_FROM = 0.87  # whom neither the show nor its other episodes know as a host
_NEVER = 2.0
_CHAIR_COUNTS = 0.05  # "joined by N, sitting in for N"
# What stands between "sits in for" and each of those whom it is said of.
_FIRST_LIST = re.compile(
    r"(?!(?:,| and| &|, and) (?:co-?host )?\Z)"  # "guest host ① and ②"
    rf"(?:(?!\b(?:alongside|beside|with)\b)[^{NAME[1:-1]}])*(?:{NAME}(?:, (?:and )?| and | & )(?:co-?host )?)*"
)
_OTHER_TIMES = re.compile(OTHER_TIMES)
_TOLD_NEXT = re.compile(r",? (?:how|why|what|whether) ")  # behind an office: what is talked about
_OFTEN = 4  # as `Rate.support` tells it: named in a fifth of the episodes
_MOSTLY = 6  # in tenths
_AUTHOR_AT_MOST = 0.65
_ANY_VERB = "host, any verb, N"
_STANDING_IN = frozenset(cue.rule for cue in STANDING_IN) - {"moderates", "in the chair: N", "is in the chair"}
_AUTHORED = frozenset(("S:author", "S:owner", "S:config", "S:pool", "S:told"))
_USUAL = frozenset(("S:author", "S:owner", "S:told"))


def credits_from(known: Believed, profile: Profile, ranker: Ranker, *, author: str) -> tuple[Credit, ...]:
    """Give a credit to each candidate of whom grammar says so, or who is likely enough to host or to be a guest.

    What grammar says is taken back only where everything around the name speaks against it.
    """
    reading, beliefs = known.reading, known.beliefs
    # In a show that has taught nothing a stranger can only host where somebody is surely a guest.
    visited = profile.guests or any(belief.guest >= ranker.guest_from for belief in beliefs)
    stranger_from = _STRANGER_FROM if visited else _NEVER
    roles = [
        _role(reading, which, belief, profile, ranker, stranger_from=stranger_from)
        for which, belief in enumerate(beliefs)
    ]
    if not any(found and found[0] is Role.HOST for found in roles):
        roles = [
            found or _usual(reading.candidates[which], beliefs[which], profile) for which, found in enumerate(roles)
        ]
    pairs = zip(reading.candidates, roles, strict=True)
    roles = [None if found and found[0] is Role.HOST and is_away(one) else found for one, found in pairs]
    roles = _without_stood_in_for(reading, roles)
    return tuple(
        _credit(known, candidate, found, profile, ranker=ranker, author=author)
        for candidate, found in zip(reading.candidates, roles, strict=True)
        if found
    )


def _without_stood_in_for(reading: Reading, roles: list[tuple[Role, float] | None]) -> list[tuple[Role, float] | None]:
    """Take the chair from hosts who are named nowhere but where it is said that somebody else sits in it."""
    claims = [claim for claim in reading.claims if claim.rule in _STANDING_IN and claim.role is not Role.GUEST]
    sitting = {(id(claim.sketch), claim.listed.number) for claim in claims}
    if not any(_mentioned(one) & sitting for one, found in zip(reading.candidates, roles, strict=True) if found):
        return roles
    asking = {
        (id(drawn), listed.number)
        for drawn, hit in reading.hits
        if hit.cue.kind is CueKind.ASKS
        for listed in hit.subjects
    }
    found: list[tuple[Role, float] | None] = []
    for one, role in zip(reading.candidates, roles, strict=True):
        absent = role and role[0] is Role.HOST and not _mentioned(one) & sitting
        absent = absent and all(
            any(_stands_in_for(claim, drawn, number, asking) for claim in claims) for drawn, number in one.mentions
        )
        found.append(None if absent else role)
    return found


def _stands_in_for(claim: Claim, drawn: Sketch, number: int, asking: set[tuple[int, int]]) -> bool:
    """Say whether a name's place tells that another sits in for it: "for ① and ②", not "for ① beside ②"."""
    place = drawn.places[number]
    if drawn is not claim.sketch or not claim.sentence[0] <= place < claim.sentence[1]:
        return False
    if place < claim.end:
        return (id(drawn), number) not in asking
    return _FIRST_LIST.fullmatch(drawn.line, claim.end, place) is not None


def _mentioned(candidate: Candidate) -> set[tuple[int, int]]:
    return {(id(drawn), number) for drawn, number in candidate.mentions}


def _role(
    reading: Reading, which: int, belief: Belief, profile: Profile, ranker: Ranker, *, stranger_from: float
) -> tuple[Role, float] | None:
    candidate = reading.candidates[which]
    claim = _strongest_claim(reading, candidate)
    if claim and claim.rule == _ANY_VERB and _only_beside(reading, candidate, _is_crew):
        return None
    doubted = is_spoken_of(candidate.key) or (reigns(candidate.honorific) and belief.guest < _SURELY)
    if doubted and not (claim and is_outright(claim.rule)):
        return None
    if claim:
        likely, opposite = belief.host, belief.guest
        if claim.role is Role.GUEST:
            likely, opposite = opposite, likely
        least = _TAKEN_BACK_BELOW if profile.guests or opposite >= ranker.host_from else _TAKEN_BACK_ALONE_BELOW
        if likely >= least or claim.role is Role.GUEST_HOST or claim.rule in _STANDING_IN:
            return claim.role, round(min(0.99, max(claim.confidence, likely)), 2)
    if candidate.short and not candidate.shown:
        return None
    guest_from = ranker.guest_from if profile.guests else _ALONE_FROM
    if belief.guest >= guest_from and not _is_no_guest_of_this(reading, candidate, profile):
        return Role.GUEST, round(min(0.99, belief.guest), 2)
    if _is_of_history(candidate) or _is_unnamed_of_pool(candidate) or _only_beside(reading, candidate, _is_crew):
        return None
    if _is_passing_author(candidate, profile):
        return None
    if belief.host >= (ranker.host_from if _may_host(candidate, profile) else stranger_from):
        return Role.HOST, round(min(0.99, belief.host), 2)
    return None


def _is_no_guest_of_this(reading: Reading, candidate: Candidate, profile: Profile) -> bool:
    """Say whether a name is only ever that of another episode's guest, of a place, or of whom a guest joins."""
    return (
        _told_of_another(candidate)
        or _only_beside(reading, candidate, _is_where)
        or (not profile.guests and _is_joined(reading, candidate))
    )


def _is_joined(reading: Reading, candidate: Candidate) -> bool:
    """Say whether somebody joins a person: who is joined is a host or another guest, and one text cannot tell."""
    joined = {
        (id(drawn), listed.number)
        for drawn, hit in reading.hits
        if hit.cue.kind is CueKind.JOINS
        for listed in hit.objects
    }
    return not _mentioned(candidate).isdisjoint(joined)


def _told_of_another(candidate: Candidate) -> bool:
    """Say whether another time stands before a person's name wherever the person is named."""
    for drawn, number in candidate.mentions:
        place = drawn.places[number]
        if not _OTHER_TIMES.search(drawn.line[drawn.sentence_at(place)[0] : place].lower()):
            return False
    return bool(candidate.mentions)


def _is_of_history(candidate: Candidate) -> bool:
    """Say whether somebody is long dead: whom a drama is about hosts nothing, but an author may be a namesake."""
    authored = candidate.author or (candidate.shown and _AUTHORED.intersection(candidate.shown.kinds))
    return renown(candidate.key) == "dead" and not authored


def _is_unnamed_of_pool(candidate: Candidate) -> bool:
    """Say whether somebody of the pool of hosts is not named: each of them hosts the episodes that name them."""
    named = candidate.mentions or candidate.author
    return candidate.shown is not None and "S:pool" in candidate.shown.kinds and not named


def _is_passing_author(candidate: Candidate, profile: Profile) -> bool:
    """Say whether somebody stands in an author field alone, and in few: a feed's writers and crew host nothing."""
    if not profile.guests or candidate.mentions or candidate.shown or not candidate.author:
        return False
    rate = profile.name(candidate.key)
    return rate is None or rate.support < _OFTEN


def _may_host(candidate: Candidate, profile: Profile) -> bool:
    """Say whether a person is named by the show, or hosts many episodes of it: a stranger in one text rarely hosts."""
    rate = profile.name(candidate.key)
    return (
        candidate.shown is not None
        or bool(candidate.author)
        or (rate is not None and rate.support >= _OFTEN and rate.host >= _MOSTLY)
    )


def _only_beside(reading: Reading, candidate: Candidate, says: Callable[[Tokens, int], bool]) -> bool:
    """Say whether what stands beside a person's name says something wherever the person is named."""
    beside = [
        says(tokens, place)
        for tokens in reading.tokens
        for drawn, number in candidate.mentions
        if drawn is tokens.sketch and (place := tokens.at.get(number)) is not None
    ]
    return bool(beside) and all(beside)


def _is_crew(tokens: Tokens, place: int) -> bool:
    """Say whether a trade of the crew stands beside a name: "Ann Lee - Producer"."""
    return "crew" in (*tokens.classes[max(0, place - 2) : place], *tokens.classes[place + 1 : place + 3])


def _is_where(tokens: Tokens, place: int) -> bool:
    """Say whether a name says where something is: "a workshop in Addis Ababa"."""
    return tokens.before(place) in IN_PLACES


def _strongest_claim(reading: Reading, candidate: Candidate) -> Claim | None:
    """Give what grammar says of a candidate; at equal strength that it hosts."""
    if not reading.claims:
        return None
    mentioned = _mentioned(candidate)
    claims = [claim for claim in reading.claims if (id(claim.sketch), claim.listed.number) in mentioned]
    return max(
        claims,
        key=lambda claim: (
            claim.confidence + 0.005 * (claim.role is not Role.GUEST) + _CHAIR_COUNTS * (claim.rule in _STANDING_IN)
        ),
        default=None,
    )


def _usual(candidate: Candidate, belief: Belief, profile: Profile) -> tuple[Role, float] | None:
    """Take whom the show itself names for the host where the episode names no other."""
    if _is_unnamed_of_pool(candidate) or _is_passing_author(candidate, profile):
        return None
    named = candidate.author or (candidate.shown and _USUAL.intersection(candidate.shown.kinds))
    is_told = candidate.shown is not None and "S:told" in candidate.shown.kinds
    if named and belief.guest < _HARDLY and (is_told or belief.host >= _HARDLY):
        return Role.HOST, round(max(0.6, min(0.99, belief.host)), 2)
    return None


def _credit(
    known: Believed, candidate: Candidate, found: tuple[Role, float], profile: Profile, *, ranker: Ranker, author: str
) -> Credit:
    role, confidence = found
    claim = _claim_for(known.reading, candidate, role)
    if claim is not None:
        evidence = _claimed(claim)
    elif candidate.mentions:
        evidence = _in_context(known, candidate, role, ranker)
    else:
        return _shown(candidate, role, confidence, author)
    described = _TOLD_NEXT.split(claim.listed.description)[0] if claim and claim.listed.description else None
    return Credit(
        name=_name_of(candidate, profile, claim),
        role=role,
        origin=CreditOrigin.TEXT,
        evidence=evidence,
        confidence=confidence,
        honorific=candidate.honorific,
        affiliation=described[:_LONGEST_AFFILIATION] if described else None,
    )


def _name_of(candidate: Candidate, profile: Profile, claim: Claim | None) -> str:
    """Give the name as the strongest witness writes it; a first name alone, in full if it is one learned host's."""
    if claim and sorted(person_key(claim.name).split()) == sorted(candidate.key.split()):
        return claim.name if len(claim.name) >= len(candidate.name) else candidate.name
    if candidate.short:
        full = [name for name in profile.hosts if person_key(name).split()[0] == candidate.key]
        if len(full) == 1:
            return full[0]
    return candidate.name


def _claim_for(reading: Reading, candidate: Candidate, role: Role) -> Claim | None:
    mentioned = _mentioned(candidate)
    claims = [
        claim
        for claim in reading.claims
        if (id(claim.sketch), claim.listed.number) in mentioned and (claim.role is Role.GUEST) == (role is Role.GUEST)
    ]
    if not claims:
        return None
    return max(claims, key=lambda claim: (claim.confidence, claim.listed.description is not None))


def _claimed(claim: Claim) -> Evidence:
    drawn = claim.sketch
    start, end = drawn.offset(claim.start), drawn.offset(claim.end)
    return Evidence(claim.rule, drawn.field, start, end, drawn.quote(*claim.sentence))


def _in_context(known: Believed, candidate: Candidate, role: Role, ranker: Ranker) -> Evidence:
    """Quote the sentence that says most for the role, and name what in it says so."""
    drawn, number = candidate.mentions[0]
    features: list[int] = []
    most = float("-inf")
    weights = ranker.words.guest if role is Role.GUEST else ranker.words.host
    for field, tokens in enumerate(known.reading.tokens):
        for sketch, which in candidate.mentions:
            if sketch is tokens.sketch and which in tokens.at:
                seen = known.mentions.features(field, tokens.at[which])
                weight = sum(map(weights.__getitem__, seen))
                if weight > most:
                    most, drawn, number, features = weight, sketch, which, seen
    said = told(strongest(ranker.words, features, guest=role is Role.GUEST), _MOST_TOLD)
    name, place = drawn.names[number], drawn.places[number]
    sentence = drawn.sentence_at(place)
    rule = f"in context: {', '.join(said)}" if said else "in context"
    return Evidence(rule, drawn.field, name.start, name.end, drawn.quote(*sentence))


def _shown(candidate: Candidate, role: Role, confidence: float, author: str) -> Credit:
    shown = candidate.shown
    if shown is None:
        quote = author.strip()[:300]
        evidence = Evidence("author field names a person", "author", 0, len(author), quote)
        origin = CreditOrigin.AUTHOR
    elif shown.field == "author":
        evidence = Evidence("author field names a person", "author", shown.start, shown.end, shown.quote)
        origin = CreditOrigin.AUTHOR
    else:
        rule = shown.told.evidence.rule if shown.told else "named by the show"
        evidence = shown.told.evidence if shown.told else Evidence(rule, "channel", shown.start, shown.end, shown.quote)
        origin = CreditOrigin.CHANNEL
    return Credit(
        name=candidate.name,
        role=role,
        origin=origin,
        evidence=evidence,
        confidence=min(confidence, _AUTHOR_AT_MOST) if origin is CreditOrigin.AUTHOR else confidence,
        honorific=candidate.honorific,
    )
