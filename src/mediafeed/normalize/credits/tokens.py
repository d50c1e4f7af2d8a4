"""A sketch as tokens: words, their classes, and where sentences and lines begin, in one pass."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from mediafeed.normalize.credits.sketch import FIRST_LETTER, LAST_LETTER, Sketch
from mediafeed.normalize.credits.word_classes import word_class

_TOKEN = re.compile(r"\w++(?:[’'-]\w++)*+|\S|\n")  # a word or one sign, as which the letter of a name goes
_LONGEST = 3000  # in characters: who speaks is said before
_SEPARATORS = frozenset(
    (",", "and", ";", "¶", "•", "–", "(", ")", "|", "the", "of", "role", "hon", "org", "Cap", "with")
)
_LINKS = frozenset(("and", ";", "¶", "•", ",", "with"))
_VERBS = frozenset(("say", "meet", "is", "has", "will", "com-s", "."))
_LONGEST_GAP = 22
_MOST_REMEMBERED = 40_000
_LONGEST_REMEMBERED = 24
_LONGEST_BRACKET = 10
IN_PLACES = frozenset(("in", "near"))  # behind these a name is a place's, whoever speaks to whom
BEGIN, END = "^", "$"


@dataclass(slots=True)
class Tokens:
    """One field's tokens. A name is the token "N" of class "N"; `at` gives the token of a name by its number.

    `sentence_of` numbers the sentence of each token, `starts` the first token of each. `lists` gives, for the token of
    a name in a list, the tokens of the list's first and last name; `lines` the first token of each line, `kinds` all
    classes there are. `nested` are the numbers of names in brackets behind
    another name: where somebody works, whom an actor plays.
    """

    sketch: Sketch
    words: list[str]
    classes: list[str]
    at: dict[int, int]
    sentence_of: list[int]
    starts: list[int]
    spans: list[tuple[int, int]]
    lists: dict[int, tuple[int, int]]
    nested: frozenset[int]
    lines: list[int]
    kinds: frozenset[str]

    def sentence(self, index: int) -> tuple[int, int]:
        """Give the tokens of a token's sentence, as first and behind the last."""
        number = self.sentence_of[index]
        last = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.words)
        return self.starts[number], last

    def line(self, index: int) -> int:
        """Give the number of a token's line; a line break belongs to the line before it."""
        return bisect_right(self.lines, index) - 1

    def before(self, index: int) -> str:
        """Give the word before a token, "" before the first."""
        return self.words[index - 1] if index else ""


class _Classes(dict[str, str]):
    """The classes of tokens that were met, as written, if short: texts repeat themselves. Bounded."""

    def __missing__(self, token: str) -> str:
        found = "N" if FIRST_LETTER <= ord(token[0]) <= LAST_LETTER else word_class(token)
        if len(token) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[token] = found
        return found


_CLASSES = _Classes()


def tokens_of(drawn: Sketch) -> Tokens:
    """Cut a sketch into tokens."""
    line = drawn.line
    spans = [span for span in drawn.sentences if span[0] < _LONGEST]
    written: list[str] = []
    sentence_of: list[int] = []
    starts: list[int] = []
    done = 0
    for number, (start, end) in enumerate(spans):
        if number and "\n" in line[done:start]:
            written.append("\n")
            sentence_of.append(number - 1)
        starts.append(len(written))
        written += _TOKEN.findall(line, start, min(end, _LONGEST))
        sentence_of += [number] * (len(written) - starts[-1])
        done = end
    classes = list(map(_CLASSES.__getitem__, written))
    words = list(map(str.lower, written))
    kinds = frozenset(classes)
    at = dict(enumerate(_places("N", classes)))  # names are numbered in their order
    for place in at.values():
        words[place] = "N"
    nested = _nested(classes, at, bracketed="(" in kinds)
    return Tokens(
        sketch=drawn,
        words=words,
        classes=classes,
        at=at,
        sentence_of=sentence_of,
        starts=starts or [0],
        spans=spans,
        lists=_lists(classes, [place for number, place in at.items() if number not in nested]),
        nested=nested,
        lines=[0, *(place + 1 for place in _places("¶", classes))],
        kinds=kinds,
    )


def _places(kind: str, classes: list[str]) -> list[int]:
    """Give where a class stands."""
    place, found = -1, []
    for _ in range(classes.count(kind)):
        place = classes.index(kind, place + 1)
        found.append(place)
    return found


def _nested(classes: list[str], at: dict[int, int], *, bracketed: bool) -> frozenset[int]:
    found = []
    for number, place in at.items():
        if place > 1 and classes[place - 1] == "at" and classes[place - 2] == "role":  # "a partner at Lyle Varga"
            found.append(number)
            continue
        if not bracketed:
            continue
        here = place - 1
        while here > 0 and place - here < _LONGEST_BRACKET and classes[here] not in ("(", ")", "N", "¶"):
            here -= 1
        if here > 0 and classes[here] == "(" and classes[here - 1] == "N" and ")" in classes[place : place + 12]:
            found.append(number)
    return frozenset(found)


def in_one_list(gap: list[str]) -> bool:
    """Say whether two names with such classes between them stand in one list.

    >>> in_one_list([",", "the", "role", "of", "Cap", ",", "and"]), in_one_list(["say", "to"])
    (True, False)
    """
    if not gap or len(gap) > _LONGEST_GAP:
        return False
    if _SEPARATORS.issuperset(gap):
        return True
    opens = gap[0] in (",", "(", "–", "of", "from", "at")
    closes = gap[-1] in _LINKS or gap[-2:-1] == ["and"] or (gap[-1] in ("role", "hon", "Cap") and _links(gap))
    return opens and closes and _VERBS.isdisjoint(gap)


def _links(gap: list[str]) -> bool:
    return not _LINKS.isdisjoint(gap[1:])


def _lists(classes: list[str], places: list[int]) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    run: list[int] = []
    for place in places:
        if run and not in_one_list(classes[run[-1] + 1 : place]):
            found.update(dict.fromkeys(run, (run[0], run[-1])))
            run = []
        run.append(place)
    if run:
        found.update(dict.fromkeys(run, (run[0], run[-1])))
    return found
