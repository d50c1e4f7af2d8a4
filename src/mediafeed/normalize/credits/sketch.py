"""A text as a sketch: every name is one letter, so that a rule about words can be written without knowing names.

"Dr Ann Lee talks to Bo Kim." becomes "① talks to ②." with letters of Unicode's private use area for ① and ②.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from mediafeed.normalize.names import FoundName, names_in

FIRST_LETTER, LAST_LETTER = 0xE000, 0xF8FF
_MOST_NAMES = 6000
NAME = "[\ue000-\uf8ff]"
_PRIVATE = re.compile(NAME)
# One set comes first: what cannot end a sentence is passed over fast.
_SENTENCE_END = re.compile(r"[.!?…\n](?:(?<=\n)\s*|(?<!\n)[\"”’')\]]*\s+(?=[\"“‘(\[]*[A-ZÀ-Þ0-9\ue000-\uf8ff]))")
# "Dir. Of Analysis", "the U.S. Navy": a point that ends no sentence.
_ABBREVIATED = re.compile(r"(?:[\s.][A-Z]|\b(?:vs|Inc|Dir|Asst|Dept|No|ed|Co|Ltd|Corp|Univ|Assoc|Mt))$")
_LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class Sketch:
    """One field's text, its names, and the text with a letter for each name.

    `places` are the places of the letters in `line`; `shifts` how far the text is ahead of the line behind each;
    `sentences` are the places where each begins and ends.
    """

    field: str
    text: str
    line: str
    names: tuple[FoundName, ...]
    places: tuple[int, ...]
    shifts: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]

    def name_at(self, place: int) -> int:
        """Give the number of the name whose letter stands at a place of the line."""
        return ord(self.line[place]) - FIRST_LETTER

    def offset(self, place: int) -> int:
        """Give the offset in the text of a place in the line."""
        index = bisect_right(self.places, place - 1)
        return place + (self.shifts[index - 1] if index else 0)

    def sentence_at(self, place: int) -> tuple[int, int]:
        """Give the sentence in which a place of the line lies, or the place alone."""
        index = bisect_right(self.sentences, (place, len(self.line) + 1)) - 1
        if index >= 0 and place < self.sentences[index][1]:
            return self.sentences[index]
        return place, place + 1

    def quote(self, start: int, end: int) -> str:
        """Give the words between two places of the line, on one line, cut to 300 characters."""
        first = self.offset(start)
        words = " ".join(self.text[first : min(self.offset(end), first + 4 * _LONGEST_QUOTE)].split())
        return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"


def sketch(text: str, field: str, *, also: Collection[str] = (), alone: bool = False) -> Sketch:
    """Draw the sketch of a text. `also` are first names that are names when they stand alone.

    >>> sketch("Ann Lee talks to Bo Kim.", "title").line.replace(chr(0xE000), "1").replace(chr(0xE001), "2")
    '1 talks to 2.'
    """
    text = _PRIVATE.sub("�", text)
    names = names_in(text, also=also, alone=alone)[:_MOST_NAMES]
    parts: list[str] = []
    places: list[int] = []
    shifts: list[int] = []
    done = place = shift = 0
    for number, name in enumerate(names):
        parts += (text[done : name.start], chr(FIRST_LETTER + number))
        place += name.start - done
        places.append(place)
        shift += name.end - name.start - 1
        shifts.append(shift)
        place += 1
        done = name.end
    parts.append(text[done:])
    line = "".join(parts)
    return Sketch(field, text, line, names, tuple(places), tuple(shifts), tuple(_sentences(line)))


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _SENTENCE_END.finditer(line):
        stop = end.start()
        if line[stop] == "." and _ABBREVIATED.search(line, max(start, stop - 7), stop):
            continue
        if stop > start:
            yield start, stop + (line[stop] != "\n")
        start = end.end()
    if start < len(line):
        yield start, len(line)
