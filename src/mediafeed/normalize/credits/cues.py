"""Find cues in a sketch, and the names that stand before and behind them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mediafeed.normalize.credits.english import CUES, VETOES, Cue
from mediafeed.normalize.credits.sketch import NAME, Sketch

_ROLE_NOUN = r"(?:[\w-]+(?:er|or|ist|ian|ant|ent|man|woman|eur|ee|ow|ief|air|end)s?|star|comic|hosts?|mp|senator|chair|head|lead|guests?|colleagues?|pair|duo|hero|legend)"
_BEFORE_NAME_BARRED = (
    r"(?!(?:about|on|who|whose|why|how|over|behind|against|for|to|from|between|than|what|where|when|after|like)\b)"
)
# What may stand between a cue and a name: "historian and author", "RUSI's Senior Fellow", "the director of X,".
_LEAD = rf"(?:(?:{_BEFORE_NAME_BARRED}[\w’'.&/-]+,? ){{0,7}}?(?:{_ROLE_NOUN}|[A-Z][\w’'.&-]*|[\w.-]+[’']s?),? )??"
_STARTS_OF_DESCRIPTION = (
    rf"(?=(?:an?|the|our|former|formerly|currently|also|both|co-?\w+|author|{_ROLE_NOUN})\b|[A-Z0-9])"
)
_BARRED = r"(?!(?:after|over|under|for|for|whether|however|rather|either|and|or|never|ever|another|other|further|together|remember|consider)\b)"
_END_OF_DESCRIPTION = rf"(?=,? (?:and|&) {_LEAD}{NAME}|[,;.:!?)\n]|$| to (?:discuss|talk|explore|explain|share)| about | on | who | for | as )"
_CHUNK = rf", {_BARRED}{_STARTS_OF_DESCRIPTION}[^,.;:()!?\n\ue000-\uf8ff]{{2,120}}?{_END_OF_DESCRIPTION}"
_DESCRIPTION = re.compile(
    rf"(?: \([^()\n\ue000-\uf8ff]{{1,120}}\)|(?:{_CHUNK}){{1,4}}"
    rf"|(?: ?[–—-]| of| from| at)[^,.;:()!?\n\ue000-\uf8ff]{{2,80}}?{_END_OF_DESCRIPTION})"
)
_SEPARATOR = re.compile(
    r"(?:,? (?:and|&|plus|along with|together with|as well as|alongside) |[,;] (?:and )?|\s?[/|•·+]\s?|\n\s*)"
)
_FIRST_LEAD = re.compile(_LEAD + rf"(?={NAME})")
_NEXT_LEAD = re.compile(rf"(?:(?:with|by) )?{_LEAD}(?={NAME})")
_POSSESSIVE = re.compile(r"[’'](?:s\b|(?=\s))")
_VERB_AFTER = re.compile(r" (?:is|was|were|are|has|had|will|would|[a-z]+(?:es|ed)) ")
_LIST_BEFORE = re.compile(
    rf"({NAME})(?: \([^()]{{1,80}}\)|, [^,.;:()!?\ue000-\uf8ff]{{2,120}},?)?(?:,? (?:and|&) |, (?:and )?)(?:[\w’'.-]+ ){{0,6}}?$"
)
_GAP = re.compile(
    r"(?:, (?:[^,;:!?\n\ue000-\uf8ff]{2,120}, ?){1,4}| \([^()]{1,120}\)|,? who [^,.;:!?\ue000-\uf8ff]{2,120},?"
    r"| (?:of|from|at) [^,.;:()!?\n\ue000-\uf8ff]{2,80}|, [^,.;:()!?\n\ue000-\uf8ff]{2,120})?,?\s*"
    r"(?:(?:also|then|again|today|now|recently|\w+ly|is|are|was|were|will|once|has) ?)*$"
)
_MOST_IN_LIST = 12


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
    start: int
    end: int
    sentence: tuple[int, int]
    before: str
    subjects: tuple[Listed, ...]
    objects: tuple[Listed, ...]


def _compiled(title: bool) -> re.Pattern[str]:
    parts = [
        f"(?P<c{number}>{cue.pattern.replace('①', NAME).replace('②', NAME[1:-1])})"
        for number, cue in enumerate(CUES)
        if title or not cue.title_only
    ]
    return re.compile("|".join(parts), re.IGNORECASE)


_IN_TITLE = _compiled(title=True)
_IN_TEXT = _compiled(title=False)
_VETO = re.compile("|".join(VETOES), re.IGNORECASE)


def hits_in(drawn: Sketch) -> Iterator[Hit]:
    """Walk the cues of a sketch that have a name beside them, sentence by sentence, vetoed sentences left out."""
    if not drawn.names:
        return
    pattern = _IN_TITLE if drawn.field == "title" else _IN_TEXT
    for start, end in drawn.sentences():
        if not any(start <= place < end + 200 for place in drawn.places):
            continue
        sentence = drawn.line[start:end]
        if _VETO.search(sentence):
            continue
        for found in pattern.finditer(drawn.line, start, end):
            cue = CUES[int(str(found.lastgroup)[1:])]
            # A label's names may stand on the lines below it.
            limit = min(len(drawn.line), end + 300) if cue.rule.startswith("label") else end
            subjects = _before(drawn, start, found.start())
            objects = _behind(drawn, found.end(), limit)
            if subjects or objects:
                before = drawn.line[start : found.start()]
                yield Hit(cue, found.start(), found.end(), (start, end), before, subjects, objects)


def _behind(drawn: Sketch, place: int, end: int) -> tuple[Listed, ...]:
    listed: list[Listed] = []
    lead = _FIRST_LEAD.match(drawn.line, place, end)
    while lead and len(listed) < _MOST_IN_LIST:
        here = lead.end()
        if _POSSESSIVE.match(drawn.line, here + 1) or (listed and _VERB_AFTER.match(drawn.line, here + 1)):
            break
        described = _DESCRIPTION.match(drawn.line, here + 1, end)
        listed.append(
            Listed(
                drawn.name_at(here), described.group().strip(" ,()–—-") if described else None, lead.group().strip(" ,")
            )
        )
        after = described.end() if described else here + 1
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
    description = gap.group().strip(" ,()") or None
    listed = [Listed(drawn.name_at(last), description)]
    while len(listed) < _MOST_IN_LIST and (earlier := _LIST_BEFORE.search(line[max(start, last - 200) : last])):
        last = max(start, last - 200) + earlier.start(1)
        listed.append(Listed(drawn.name_at(last)))
    return tuple(reversed(listed))
