"""From cues to roles: who asks and who answers, once it is known who the hosts are."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from mediafeed.model.episode import Role
from mediafeed.normalize.credits.cue import CueKind
from mediafeed.normalize.credits.cues import Hit, Listed
from mediafeed.normalize.credits.english import BASE_FORMS, BEFORE_HOST, CUES, FIRST_PERSON, PAST, THIRD_PERSON
from mediafeed.normalize.credits.english_chair import STANDING_IN
from mediafeed.normalize.credits.known import KnownHosts
from mediafeed.normalize.credits.sketch import Sketch
from mediafeed.normalize.credits.spoken_of import is_spoken_of, reigns
from mediafeed.normalize.lexicon import is_somebody
from mediafeed.normalize.name_words import POST_NOMINALS
from mediafeed.normalize.persons import person_key

_BEFORE_HOST = re.compile(BEFORE_HOST, re.IGNORECASE)
_ASKING = frozenset(cue.rule for cue in CUES if cue.kind is CueKind.ASKS)
_STANDING_IN = frozenset(cue.rule for cue in STANDING_IN)
_NOT_USUAL = _ASKING | _STANDING_IN  # who hosts this one, whoever is the usual host
_NEXT_SENTENCE = 3  # what may stand between two sentences
_AND = re.compile(r"\band $")
_FEATURING = frozenset(("w", "ft", "feat"))
# Either side of these may host; the others are said of a host alone.
_EVEN = frozenset(("speaks to", "is talking to", "sits down with", "in conversation with", "discusses with"))
_BEFORE_ONE_KIND = frozenset(("host N", "guest host N"))
_OF_NOW = frozenset(("joined by", "sits down with"))
_FIRST_PERSON = re.compile(FIRST_PERSON, re.IGNORECASE)
_THIRD_PERSON = re.compile(THIRD_PERSON, re.IGNORECASE)
_HOST_LEAD = re.compile(r"(?:^|\s)(?:co-?)?(?:hosts?|presenters?)$", re.IGNORECASE)
_GUEST_LEAD = re.compile(r"\bguests?$", re.IGNORECASE)
# "guests A and B, host C"; "my co-host A joins me"; "hosted by A, with B", "alongside panellists B and C".
_LISTED_HOST = re.compile(r"(?:(?:with|your|our|the) )*(?:co-?)?(?:hosts?|presenters?|moderators?)", re.IGNORECASE)
_OUR_HOST = re.compile(r"\b(?:my|our|your|fellow|usual|regular) (?:co-?)?(?:hosts?|presenters?) $", re.IGNORECASE)
_VISITING_LEAD = re.compile(
    r"^with\b(?!(?: (?:the|our|your))? (?:co-?)?(?:hosts?|presenters?)$)|\b(?:guests?|panell?ists?|speakers?)$",
    re.IGNORECASE,
)
_LONGEST_WORD = 40
_LAST_WORD = re.compile(r"([A-Za-z]+) $")
# Whoever a show sends to ask is called so as well.
_ASKERS = (
    "host|cohost|presenter|moderator|interviewer|journalist|reporter|correspondent|editor|broadcaster|columnist"
    "|comedian|producer|anchor|podcaster|commentator"
)
_OF_THE_SHOW = frozenset(_ASKERS.split("|"))
_IS_CALLED = re.compile(rf"^\W*(?:an?|the|our|former) (?:(?!(?:co-|{_ASKERS}|team)s?\b)[^,;:.!?])+, $", re.IGNORECASE)
_OTHER_HOST_LEAD = re.compile(
    r"(?:podcast|radio|tv|television|show|former|and|the|,)\s+(?:co-?)?(?:hosts?|presenters?)$", re.IGNORECASE
)
_OPENS = re.compile(
    r"^\W*(?P<now>(?:(?:[Ii]n|[Oo]n) (?:this|the|today’s|our)(?: \w+)?|[Tt]his week|[Tt]oday)\b(?:[^.!?]{0,80},)? ?)?"
    r"(?P<lead>(?:[A-Z][\w’'&-]* |(?:the|and|of|former) ){0,6}(?:\w+(?:er|or|ist|ian|ant|ent|yst|ow) )?)$"
)
# "PJ talks to ...": a name too short to be found, but somebody who asks.
_SOMEBODY = re.compile(r"(?:^|[.!?,;:–—-] |\n)(?:[A-Z]\w+ )?[A-Z][\w’'-]+(?: (?:and|&) [A-Z]\w+)? $")
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


def claims_in(found: Sequence[tuple[Sketch, Hit]], sketches: tuple[Sketch, ...], hosts: KnownHosts) -> list[Claim]:
    """Give every claim that the cues found make about the names of an episode's fields."""
    claims: list[Claim] = []
    # What says a role outright comes first: it decides the direction of what only says that two people talk.
    for drawn, hit in found:
        claims.extend(_titled(drawn, hit, sketches) if hit.cue.title_only else _outright(drawn, hit))
    outright = tuple(claims)
    for drawn, hit in found:
        claims.extend(_directed(drawn, hit, hosts, outright))
    return _without_footers(claims)


def _without_footers(claims: list[Claim]) -> list[Claim]:
    """Let who asks in the text win over a footer that names the usual presenter, who is nowhere else in it."""
    footers = {claim.name for claim in claims if claim.rule == "hosted by" and claim.start <= claim.sentence[0] + 12}
    asking = {claim.name for claim in claims if claim.role is Role.HOST and claim.rule in _NOT_USUAL}
    if not footers or not asking or any(_is_called(footer, name) for footer in footers for name in asking):
        return claims
    kept = [claim for claim in claims if claim.rule != "hosted by" or claim.name not in footers]
    return [replace(claim, role=Role.GUEST_HOST) if claim.role is Role.HOST else claim for claim in kept]


def _is_called(name: str, said: str) -> bool:
    """Say whether somebody is meant by a name or a part of it: "Hosted by Ann Vole. ... Ann speaks to"."""
    return set(said.split()) <= set(name.split())


def _titled(drawn: Sketch, hit: Hit, sketches: tuple[Sketch, ...]) -> list[Claim]:
    """Take "title with N" for a guest's where N is surely a person; behind "w/" it is enough that the text has N."""
    again: set[str] = set()
    if hit.word in _FEATURING:
        again = {name.name for other in sketches if other is not drawn for name in other.names}
    sure = (one for one in hit.objects if drawn.names[one.number].sure or drawn.names[one.number].name in again)
    return _claims(drawn, hit, sure, Role.GUEST)


def _outright(drawn: Sketch, hit: Hit) -> list[Claim]:
    kind = hit.cue.kind
    if kind is CueKind.GUEST:
        return _claims(drawn, hit, _visiting(hit.objects), Role.GUEST)
    if kind is CueKind.IS_GUEST:
        hosting = hit.subjects and _OUR_HOST.search(_words_before(drawn, hit))
        return _claims(drawn, hit, () if hosting else hit.subjects, Role.GUEST)
    if kind is CueKind.IS_HOST:
        return _claims(drawn, hit, hit.subjects, Role.HOST)
    if kind is CueKind.HOST and drawn.field == "title":  # "The Rope Cup presented by A B Chandlers"
        return _claims(drawn, hit, (one for one in hit.objects if drawn.names[one.number].sure), Role.HOST)
    if kind is CueKind.HOST and (hit.cue in STANDING_IN or not _BEFORE_HOST.search(hit.before)):
        several = _one_kind if hit.cue.rule in _BEFORE_ONE_KIND else _hosting
        return _claims(drawn, hit, several(hit.objects), Role.HOST)
    return []


def _words_before(drawn: Sketch, hit: Hit) -> str:
    """Give what stands before the first subject in its sentence."""
    return drawn.line[hit.sentence[0] : drawn.places[hit.subjects[0].number]]


def _one_kind(listed: tuple[Listed, ...]) -> Iterable[Listed]:
    """Give those of "host A and panellists B and C" that the first word is said of."""
    return takewhile(lambda one: one is listed[0] or not one.lead, listed)


def _visiting(listed: tuple[Listed, ...]) -> Iterable[Listed]:
    """Give those of "guests A, B (host), C and host D" that visit."""
    before = takewhile(lambda one: one is listed[0] or not _LISTED_HOST.fullmatch(one.lead), listed)
    return (one for one in before if not _LISTED_HOST.fullmatch(one.description or ""))


def _hosting(listed: tuple[Listed, ...]) -> Iterable[Listed]:
    """Give those of "hosted by A and B, with C and D" that host."""
    return takewhile(lambda one: not _VISITING_LEAD.search(one.lead), listed)


def _directed(drawn: Sketch, hit: Hit, hosts: KnownHosts, outright: tuple[Claim, ...]) -> list[Claim]:
    if hit.cue.kind is CueKind.JOINS:
        # Readers need no telling who their host is: who is presented to them may as well be another guest.
        strange = hit.word in PAST or (hit.objects and hit.objects[0].description)
        if not hit.objects or (strange and not any(_is_host(drawn, one, hosts) for one in hit.objects)):
            return []
        return _claims(drawn, hit, hit.subjects, Role.GUEST) + _claims(drawn, hit, _one_kind(hit.objects), Role.HOST)
    if hit.cue.kind is CueKind.EXPLAINS:
        return _explained(drawn, hit, hosts, outright)
    if hit.cue.kind is CueKind.HOST_ASKS:
        hosted = _is_host(drawn, hit.subjects[0], hosts) and not any(_is_host(drawn, one, hosts) for one in hit.objects)
        return _claims(drawn, hit, hit.objects, Role.GUEST) if hosted else []
    if hit.cue.kind is not CueKind.ASKS or not hit.objects:
        return []
    return _asked(drawn, hit, hosts, outright)


def _asked(drawn: Sketch, hit: Hit, hosts: KnownHosts, outright: tuple[Claim, ...]) -> list[Claim]:
    subjects, answered = hit.subjects, hit.objects
    asking = any(_is_host(drawn, listed, hosts) for listed in subjects)
    asked = tuple(listed for listed in answered if _is_host(drawn, listed, hosts))
    if asked:
        others = tuple(listed for listed in answered if listed not in asked)
        if asking:  # "host A and B": one host talks to a list
            hosting = tuple(listed for listed in subjects if _is_host(drawn, listed, hosts))
            return _claims(drawn, hit, hosting, Role.HOST) + _claims(drawn, hit, others, Role.GUEST)
        return _claims(drawn, hit, (*subjects, *others), Role.GUEST) + _claims(drawn, hit, asked, Role.HOST)
    if not subjects:
        return _without_subject(drawn, hit, outright)
    if not asking and any(_is_ruler(drawn, listed) for listed in subjects):
        return []  # "Queen A talks to B", "President A hosts B": rulers host nothing here
    if hit.word in PAST and hit.cue.rule not in _OF_NOW and not asking:
        return []
    if hit.word in BASE_FORMS and len(subjects) == 1:
        return _claims(drawn, hit, answered, Role.GUEST)
    if not asking and hit.cue.rule in _EVEN and (turned := _turned(drawn, hit, outright)) is not None:
        return turned
    return _claims(drawn, hit, subjects, Role.HOST) + _claims(drawn, hit, answered, Role.GUEST)


def _turned(drawn: Sketch, hit: Hit, outright: tuple[Claim, ...]) -> list[Claim] | None:
    """Give the claims where the one before an even cue is no host: guests are presented, hosts are not."""
    subjects, answered = hit.subjects, hit.objects
    if any(_has(outright, drawn, listed, Role.GUEST) for listed in answered):
        return None
    if any(_has(outright, drawn, listed, Role.HOST) for listed in subjects):
        return None  # "In the chair is N, who talks to N"
    if any(_has(outright, drawn, listed, Role.GUEST) for listed in subjects):
        return _claims(drawn, hit, answered, Role.HOST)
    honoured = all(drawn.names[one.number].honorific for one in subjects)
    presented = honoured or _is_presented(drawn, hit)
    if any(drawn.names[one.number].honorific or one.description or one.lead for one in answered):
        # "The novelist A talks to the Rope Review's B": of the show, it may be.
        return [] if presented and all(_is_owned(drawn, one) for one in answered) else None
    if hit.before.endswith(", who "):
        return []  # "Filling in is N, who talks to N", "With us is N, who talks to N"
    if all(one.description for one in subjects) or (honoured and hit.cue.rule == "discusses with"):
        return _claims(drawn, hit, subjects, Role.GUEST) + _claims(drawn, hit, answered, Role.HOST)
    # "Dr A talks to B", "The novelist A talks to B", "A MP talks to B": either may be the guest.
    return [] if presented else None


def _is_owned(drawn: Sketch, listed: Listed) -> bool:
    named = drawn.names[listed.number].honorific or listed.description
    return not named and (listed.lead.endswith(("’s", "'s")) or listed.lead.startswith("our "))


def _is_presented(drawn: Sketch, hit: Hit) -> bool:
    """Say whether what somebody is stands before the first subject, or behind it as letters: "N MP"."""
    first, before = hit.subjects[0].number, _words_before(drawn, hit)
    name = drawn.names[first]
    if not drawn.text.endswith(name.name[-1:], 0, name.end):
        return True
    role = _LAST_WORD.search(before[-_LONGEST_WORD:])
    if role is None:  # "The chief of the Rope Board, N, talks to"
        return drawn.line.startswith(",", drawn.places[first] + 1) and _IS_CALLED.search(before) is not None
    return (role[1] in POST_NOMINALS or is_somebody(role[1].lower())) and role[1].lower() not in _OF_THE_SHOW


def _without_subject(drawn: Sketch, hit: Hit, outright: tuple[Claim, ...]) -> list[Claim]:
    if _AND.search(hit.before) or _THIRD_PERSON.search(hit.before):
        # "N sits in for N and talks to N": who sits in the chair asks.
        sitting = [c for c in outright if c.sketch is drawn and c.end <= hit.start and c.rule in _STANDING_IN]
        if sitting and sitting[-1].sentence[1] >= hit.sentence[0] - _NEXT_SENTENCE:
            return _claims(drawn, hit, hit.objects, Role.GUEST)
    if _THIRD_PERSON.search(hit.before):
        # "N is our guest. He discusses with N": the pronoun is the guest of the sentence before, so the other asks.
        earlier = [c for c in outright if c.sketch is drawn and c.end <= hit.start and c.role is Role.GUEST]
        same = {drawn.names[listed.number].name for listed in hit.objects}
        if earlier and not any(c.name in same for c in earlier):
            return _claims(drawn, hit, hit.objects, Role.HOST)
        return []
    if (
        _FIRST_PERSON.search(hit.before)
        or _SOMEBODY.search(hit.before)
        or _OPENING.search(hit.before)
        or hit.cue.rule == "joined by"
    ):
        return _claims(drawn, hit, hit.objects, Role.GUEST)
    return []


def _explained(drawn: Sketch, hit: Hit, hosts: KnownHosts, outright: tuple[Claim, ...]) -> list[Claim]:
    """Take "N explains ..." for a guest's only where it opens a sentence and N is presented or others are hosts."""
    if not hit.subjects or any(_is_host(drawn, one, hosts) for one in hit.subjects):
        return []
    opening = _OPENS.match(drawn.line[hit.sentence[0] : drawn.places[hit.subjects[0].number]])
    if not opening:
        return []
    hosted = bool(hosts.names) or any(claim.role is Role.HOST for claim in outright)
    honoured = all(drawn.names[one.number].honorific for one in hit.subjects)
    presented = opening["now"] or opening["lead"] or honoured or hit.subjects[-1].description
    return _claims(drawn, hit, hit.subjects, Role.GUEST) if presented and (hosted or honoured) else []


def _is_host(drawn: Sketch, listed: Listed, hosts: KnownHosts) -> bool:
    if _GUEST_LEAD.search(listed.lead):
        return False
    if hosts.find(drawn.names[listed.number].name):
        return True
    return bool(_HOST_LEAD.search(listed.lead)) and not _OTHER_HOST_LEAD.search(listed.lead)


def _is_ruler(drawn: Sketch, listed: Listed) -> bool:
    name = drawn.names[listed.number]
    return reigns(name.honorific) or is_spoken_of(person_key(name.name))


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
