"""Find cues in a sketch, and the names that stand before and behind them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from mediafeed.normalize.credits.cue import Cue, CueKind
from mediafeed.normalize.credits.english import CUES, VETOES
from mediafeed.normalize.credits.sketch import NAME, Sketch
from mediafeed.normalize.lexicon import is_somebody

_LETTERS = NAME[1:-1]
_ROLE_NOUN = (
    r"(?:[\w-]+(?:er|or|ist|yst|ian|ant|ent|man|woman|person|eur|ow|ief|iend)s?|(?:experts?|scholars?|academics?|critics?"
    r"|coach|judge|veteran|pundit|chef|nurse|star|comic|hosts?|mp|chair|head|lead|guests?|colleagues?|pair|duo|hero"
    r"|legend|alumn\w+|wife|husband|pal|mate)\b|CEO|CTO|CFO|COO)"
)
_NO_LEAD = (
    r"(?!(?:about|on|who|whose|why|how|over|behind|against|for|to|from|between|than|what|where|when|after|like)\b)"
)
# What may stand between a cue and a name: "historian and author", "RUSI's Senior Fellow", "the director of X,".
_LEAD = (
    rf"(?:(?:{_NO_LEAD}\w[\w’'.&/-]*,? ){{0,7}}?"
    rf"(?:{_NO_LEAD}{_ROLE_NOUN}|[A-Z]\w[\w’'.&-]*|\w[\w.-]*[’']s?),? )??"
)
# "three colleagues from the far team, " and then their names.
_GROUP = (
    rf"(?:[^.:;,(){_LETTERS}]{{0,60}}\b(?:guests|experts|colleagues|friends|panell?ists|authors|analysts|scholars|members"
    rf"|panel|journalists|researchers|people|leaders|fellows)\b[^.:;,(){_LETTERS}]{{0,70}}[,:–—-]+ )?"
)
_DESCRIBES = (
    rf"(?=(?:an?|the|our|former|formerly|currently|also|both|once|now|one of|co-?\w+|author|{_ROLE_NOUN})\b|[A-Z0-9])"
)
_DESCRIBES_NOT = (
    r"(?!(?:after|over|under|for|whether|however|rather|either|and|or|never|ever|another|other|further|together"
    r"|remember|consider)\b)"
)
_DESCRIBED = (
    rf"(?=,? (?:and|&) {_LEAD}{NAME}|[,;:!?)\n]|\.(?! [a-z])|$| to (?:discuss|talk|explore|explain|share)"
    r"| about | on | who | for (?!(?:the )?[A-Z])| as )"
)
# "Dir. of Analysis": a point before a small letter ends nothing.
_CHUNK = rf", {_DESCRIBES_NOT}{_DESCRIBES}(?:[^,.;:()!?\n{_LETTERS}]|\.(?= [a-z])){{2,120}}?{_DESCRIBED}"
_DESCRIPTION = re.compile(
    rf"(?: \([^()\n{_LETTERS}]{{1,120}}\)|(?:{_CHUNK}){{1,4}}"
    rf"|(?: ?[–—-]| of| from| at)[^,.;:()!?\n{_LETTERS}]{{2,80}}?{_DESCRIBED})"
)
_SEPARATOR = re.compile(
    r"(?:,? (?:and|&|plus|along with|together with|as well as|alongside) |[,;] (?:and )?|\s?[/|•·+]\s?|\n\s*)"
)
# "Ann and Bo Kim": the first of a couple, who leaves out the surname, hides the second from nobody.
_COUPLED = r"(?:[A-Z]\w+ (?:and|&) )?"
_FIRST_LEAD = re.compile(rf"{_GROUP}(?:{_LEAD}|{_COUPLED})(?={NAME})")
# What bears a name of its own: "editor of the newsletter Marge d'Erreur".
_WORK_LEAD = re.compile(
    r"\b(?:newsletter|blog|newspaper|paper|magazine|journal|review|website|site|platform|app|podcast|show|programme"
    r"|program|series|channel|column|book|novel|memoir|biography|thriller|film|movie|documentary|play|opera|album"
    r"|song|single|band|label|company|firm|startup|start-up|charity|foundation|consultancy|publisher|brand|ship"
    r"|vessel|boat|yacht|restaurant|bar|pub|theatre|theater|festival|project|campaign|character|disorder)$"
)
# "..., who now advises the Far Institute, and Bo Kim": a clause of the name before, with the list going on behind it.
_CLAUSE = re.compile(
    rf"(?:,? (?:who|whose)) [^,.;:()!?\n{_LETTERS}]{{2,160}}"
    rf"(?=, (?:and|&) (?:by |with )?{NAME}(?:[,.;!?\n]|$| to | about ))"
)
_OFFICE = re.compile(rf" ([A-Za-z]+) (?={NAME})")
_NEXT_LEAD = re.compile(rf"(?:(?:with|by) )?{_LEAD}(?={NAME})")
_POSSESSIVE = re.compile(r"[’'](?:s\b|(?=\s))")
_VERB_AFTER = re.compile(r" (?:is|was|were|are|has|had|will|would|[a-z]{3,}(?:s|ed)) ")
_LIST_BEFORE = re.compile(
    rf"({NAME})(?P<said> \([^()]{{1,80}}\)|, [^,.;:()!?{_LETTERS}]{{2,120}},?"
    rf"| (?:of|from|at) [^,.;:()!?{_LETTERS}]{{2,80}})?"
    r"(?:,? (?:and|&) |, (?:and )?)(?:[\w’'.-]+ ){0,6}?$"
)
_GAP = re.compile(
    r"(?P<said>, (?:[^,;:!?\n\ue000-\uf8ff]{2,120}, ?){1,4}| \([^()]{1,120}\)|,? who [^,.;:!?\ue000-\uf8ff]{2,120},?"
    r"| (?:of|from|at) [^,.;:()!?\n\ue000-\uf8ff]{2,80}|, [^,.;:()!?\n\ue000-\uf8ff]{2,120})?,?\s*"
    r"(?:(?:also|then|again|today|now|recently|\w+ly|is|are|was|were|will|once|has) ?)*$"
)
_SINGULAR = re.compile(r"\b(?:is|was|has) ?$")
_NO_DESCRIPTION = frozenset(("", "who"))  # ", who talks to"
_MOST_IN_LIST = 12
_LABEL_REACH = 300
# Beyond this a description is a transcript or an essay: people there meet and talk in the story it tells.
_LONGEST_BLURB = 2500


@dataclass(frozen=True, slots=True)
class Listed:
    """One name in a list of names: its number in the sketch and the description behind it."""

    number: int
    description: str | None = None
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One cue found: what stands before it in its sentence, and which names stand on either side."""

    cue: Cue
    word: str
    start: int
    end: int
    sentence: tuple[int, int]
    before: str
    subjects: tuple[Listed, ...]
    objects: tuple[Listed, ...]


_WANT_NAMES_BEHIND = frozenset((CueKind.GUEST, CueKind.HOST, CueKind.ASKS, CueKind.HOST_ASKS))
_WANT_NAMES_BEFORE = frozenset(CueKind) - _WANT_NAMES_BEHIND | {CueKind.HOST_ASKS}


class _Ready(NamedTuple):
    """A cue as it is looked for, and whether it says nothing without a name before it or behind it."""

    cue: Cue
    then: re.Pattern[str]
    after: re.Pattern[str] | None
    before: bool
    behind: bool


def _readied(cues: Iterable[Cue]) -> dict[str, tuple[_Ready, ...]]:
    """Give cues by the words they start with, in the order of the pack."""
    by_word: dict[str, list[_Ready]] = {}
    for cue in cues:
        then = re.compile(cue.then.replace("①", NAME).replace("②", NAME[1:-1]))
        after = re.compile(cue.after.replace("①", NAME)) if cue.after else None
        ready = _Ready(cue, then, after, cue.kind in _WANT_NAMES_BEFORE, cue.kind in _WANT_NAMES_BEHIND)
        for word in cue.words.split():
            by_word.setdefault(word, []).append(ready)
    return {word: tuple(several) for word, several in by_word.items()}


_OF_TITLES = _readied(CUES)
_OF_TEXTS = _readied(cue for cue in CUES if not cue.title_only)
_LABELS = _readied(cue for cue in CUES if cue.label)
_WORD = re.compile(r"[a-z][a-z&’'-]*")
_LONGEST_WORD = 20
_CAPITALISED = re.compile(r"[a-z’'] [A-Z][a-z]+ \Z")
_VETO = re.compile("|".join(VETOES))


def hits_in(drawn: Sketch) -> Iterator[Hit]:
    """Walk the cues of a sketch that have a name beside them, sentence by sentence, vetoed sentences left out."""
    if not drawn.names:
        return
    lower = drawn.line.replace("İ", "I").lower()  # the one letter that would become two
    for start, end in drawn.sentences:
        names = drawn.places[bisect_left(drawn.places, start) : bisect_left(drawn.places, end + _LABEL_REACH)]
        if names:
            yield from _hits_in_sentence(drawn, lower, start, end, names)


def _hits_in_sentence(drawn: Sketch, lower: str, start: int, end: int, names: tuple[int, ...]) -> Iterator[Hit]:
    """Walk the cues of a sentence; `names` are the places of those in it, and of those that its labels reach."""
    done = start
    vetoed: bool | None = None
    first, last_of_label = names[0], names[-1]
    last = names[bisect_left(names, end) - 1] if first < end else start - 1
    cues = _OF_TITLES if drawn.field == "title" else _OF_TEXTS
    if first >= end or start > _LONGEST_BLURB:
        cues = _LABELS
    for word in _WORD.finditer(lower, start, end):
        ready = cues.get(word.group())
        if ready is None or word.start() < done:
            continue
        place = word.start()
        for cue, then, after, before, behind in ready:
            if place > _LONGEST_BLURB and not cue.label:
                continue
            if (before and place < first) or (behind and place > (last_of_label if cue.label else last)):
                continue
            found = then.match(lower, word.end(), len(lower) if cue.label else end)
            if not found or (after and not after.search(lower[start:place])):
                continue
            if _is_miswritten(drawn, cue, place, found.end()):
                continue
            hit = _hit(drawn, cue, word, found.end(), (start, end))
            if hit is None:
                continue
            if vetoed is None:
                vetoed = _VETO.search(lower, start, end) is not None
            if vetoed:
                return
            yield hit
            done = found.end()
            break


def _is_miswritten(drawn: Sketch, cue: Cue, place: int, end: int) -> bool:
    """Say whether a cue lacks the capital it wants, or has one as part of a title: "hosts Near Talks with Bo Kim"."""
    if cue.capitals:
        return drawn.line[place:end].islower()
    if cue.kind is not CueKind.ASKS or drawn.field != "description" or not drawn.line[place].isupper():
        return False
    return _CAPITALISED.search(drawn.line, max(0, place - _LONGEST_WORD), place) is not None


def _hit(drawn: Sketch, cue: Cue, word: re.Match[str], end: int, sentence: tuple[int, int]) -> Hit | None:
    wanted = cue.kind
    start = word.start()
    limit = min(len(drawn.line), sentence[1] + _LABEL_REACH) if cue.label else sentence[1]
    if wanted is CueKind.HOST_ASKS:
        objects = _behind(drawn, end, limit)
        place = drawn.places[bisect_left(drawn.places, start) - 1]
        before = drawn.line[sentence[0] : start]
        subject = (Listed(drawn.name_at(place)),)
        return Hit(cue, word.group(), start, end, sentence, before, subject, objects) if objects else None
    if cue.label and wanted in (CueKind.IS_GUEST, CueKind.IS_HOST):
        alone = Listed(drawn.name_at(drawn.places[bisect_left(drawn.places, start) - 1]))
        return Hit(cue, word.group(), start, end, sentence, "", (alone,), ())
    subjects = () if wanted in (CueKind.GUEST, CueKind.HOST) else _before(drawn, sentence[0], start)
    objects = () if wanted in (CueKind.IS_GUEST, CueKind.EXPLAINS) else _behind(drawn, end, limit)
    if not (objects if wanted in (CueKind.GUEST, CueKind.HOST, CueKind.ASKS) else subjects):
        return None
    return Hit(cue, word.group(), start, end, sentence, drawn.line[sentence[0] : start], subjects, objects)


def _behind(drawn: Sketch, place: int, end: int) -> tuple[Listed, ...]:
    listed: list[Listed] = []
    lead = _FIRST_LEAD.match(drawn.line, place, end)
    while lead and len(listed) < _MOST_IN_LIST:
        here = lead.end()
        while (office := _OFFICE.match(drawn.line, here + 1, end)) and is_somebody(office[1].lower()):
            here = office.end()  # "Ann Lee adviser Bo Kim": who is named first is not spoken to
        if _POSSESSIVE.match(drawn.line, here + 1) or (listed and _VERB_AFTER.match(drawn.line, here + 1)):
            break
        described = _DESCRIPTION.match(drawn.line, here + 1, end)
        said, words = lead.group().strip(" ,"), described.group().strip(" ,()–—-") if described else None
        if not _WORK_LEAD.search(said):
            listed.append(Listed(drawn.name_at(here), words, said))
        after = described.end() if described else here + 1
        if clause := _CLAUSE.match(drawn.line, after, end):
            after = clause.end()
        separator = _SEPARATOR.match(drawn.line, after, end)
        lead = _NEXT_LEAD.match(drawn.line, separator.end(), end) if separator else None
    return tuple(listed)


def _before(drawn: Sketch, start: int, place: int) -> tuple[Listed, ...]:
    line = drawn.line
    last = next((p for p in range(place - 1, max(start, place - 400) - 1, -1) if "\ue000" <= line[p] <= "\uf8ff"), None)
    if last is None:
        return ()
    gap = _GAP.match(line[last + 1 : place])
    if not gap:
        return ()
    listed = [Listed(drawn.name_at(last), _words_of(gap))]
    if _SINGULAR.search(gap.group()):  # "After a loss for Ann Lee, Bo Kim is joined by ..."
        return tuple(listed)
    while len(listed) < _MOST_IN_LIST and (earlier := _LIST_BEFORE.search(line[max(start, last - 200) : last])):
        last = max(start, last - 200) + earlier.start(1)
        listed.append(Listed(drawn.name_at(last), _words_of(earlier)))
    return tuple(reversed(listed))


def _words_of(match: re.Match[str]) -> str | None:
    said = (match["said"] or "").strip(" ,()")
    return said if said not in _NO_DESCRIPTION else None
