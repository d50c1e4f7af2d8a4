"""From cues to roles: who asks and who answers, once it is known who the hosts are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mediafeed.model.episode import Role
from mediafeed.normalize.credits.cues import Hit, Listed, hits_in
from mediafeed.normalize.credits.english import BEFORE_HOST, FIRST_PERSON, THIRD_PERSON, CueKind
from mediafeed.normalize.credits.known import KnownHosts
from mediafeed.normalize.credits.sketch import Sketch

_BEFORE_HOST = re.compile(BEFORE_HOST, re.IGNORECASE)
_FIRST_PERSON = re.compile(FIRST_PERSON)
_THIRD_PERSON = re.compile(THIRD_PERSON, re.IGNORECASE)
_HOST_LEAD = re.compile(r"(?:^|\s)(?:co-?)?(?:hosts?|presenters?)$", re.IGNORECASE)
_OTHER_HOST_LEAD = re.compile(
    r"(?:podcast|radio|tv|television|show|former|and|the|,)\s+(?:co-?)?(?:hosts?|presenters?)$", re.IGNORECASE
)
_OPENING = re.compile(
    r"^\W*(?:(?:in|on|for) (?:this|the|today|our|episode)\b[^.!?]*)?(?:join us (?:as|while) )?$|\bas\s*$|[,:]\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One name, one role, one rule: `name` is the number of a name in `sketch`."""

    sketch: Sketch
    listed: Listed
    role: Role
    rule: str
    confidence: float
    start: int
    end: int
    sentence: tuple[int, int]

    @property
    def name(self) -> str:
        """Give the name as written."""
        return self.sketch.names[self.listed.number].name


def claims_in(sketches: Iterable[Sketch], hosts: KnownHosts) -> list[Claim]:
    """Give every claim that cues make about the names of an episode's fields."""
    found = [(drawn, hit) for drawn in sketches for hit in hits_in(drawn)]
    claims: list[Claim] = []
    # What says a role outright comes first: it decides the direction of what only says that two people talk.
    for drawn, hit in found:
        claims.extend(_outright(drawn, hit))
    outright = tuple(claims)
    for drawn, hit in found:
        claims.extend(_directed(drawn, hit, hosts, outright))
    return claims


def _outright(drawn: Sketch, hit: Hit) -> list[Claim]:
    kind = hit.cue.kind
    if kind is CueKind.GUEST:
        return _claims(drawn, hit, hit.objects, Role.GUEST)
    if kind is CueKind.IS_GUEST:
        return _claims(drawn, hit, hit.subjects, Role.GUEST)
    if kind is CueKind.HOST and not _BEFORE_HOST.search(hit.before):
        return _claims(drawn, hit, hit.objects, Role.HOST)
    return []


def _directed(drawn: Sketch, hit: Hit, hosts: KnownHosts, outright: tuple[Claim, ...]) -> list[Claim]:
    if hit.cue.kind is CueKind.JOINS:
        return _claims(drawn, hit, hit.subjects, Role.GUEST) + _claims(drawn, hit, hit.objects, Role.HOST)
    if hit.cue.kind is not CueKind.ASKS or not hit.objects:
        return []
    subjects, answered = hit.subjects, hit.objects
    if any(_is_host(drawn, listed, hosts) for listed in answered):
        asked = tuple(listed for listed in answered if _is_host(drawn, listed, hosts))
        others = tuple(listed for listed in answered if listed not in asked)
        if any(_is_host(drawn, listed, hosts) for listed in subjects):  # "host A and B": one host talks to a list
            return _claims(drawn, hit, others, Role.GUEST)
        return _claims(drawn, hit, (*subjects, *others), Role.GUEST) + _claims(drawn, hit, asked, Role.HOST)
    if not subjects:
        return _without_subject(drawn, hit, outright)
    if any(_has(outright, drawn, listed, Role.GUEST) for listed in subjects) and not any(
        _has(outright, drawn, listed, Role.GUEST) for listed in answered
    ):
        return _claims(drawn, hit, answered, Role.HOST)
    return _claims(drawn, hit, subjects, Role.HOST) + _claims(drawn, hit, answered, Role.GUEST)


def _without_subject(drawn: Sketch, hit: Hit, outright: tuple[Claim, ...]) -> list[Claim]:
    if _THIRD_PERSON.search(hit.before):
        # "N is our guest. He discusses with N": the pronoun is the guest of the sentence before, so the other asks.
        earlier = [c for c in outright if c.sketch is drawn and c.end <= hit.start and c.role is Role.GUEST]
        same = {drawn.names[listed.number].name for listed in hit.objects}
        if earlier and not any(c.name in same for c in earlier):
            return _claims(drawn, hit, hit.objects, Role.HOST)
        return []
    if _FIRST_PERSON.search(hit.before) or _OPENING.search(hit.before) or hit.cue.rule == "joined by":
        return _claims(drawn, hit, hit.objects, Role.GUEST)
    return []


def _is_host(drawn: Sketch, listed: Listed, hosts: KnownHosts) -> bool:
    if hosts.find(drawn.names[listed.number].name):
        return True
    return bool(_HOST_LEAD.search(listed.lead)) and not _OTHER_HOST_LEAD.search(listed.lead)


def _has(claims: Iterable[Claim], drawn: Sketch, listed: Listed, role: Role) -> bool:
    name = drawn.names[listed.number].name
    return any(claim.role is role and claim.name == name for claim in claims)


def _claims(drawn: Sketch, hit: Hit, listed: Iterable[Listed], role: Role) -> list[Claim]:
    claims = []
    for one in listed:
        place = drawn.places[one.number]
        start, end = min(hit.start, place), max(hit.end, place + 1)
        claims.append(Claim(drawn, one, role, hit.cue.rule, hit.cue.confidence, start, end, hit.sentence))
    return claims
