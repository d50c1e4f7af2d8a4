"""Runs of capitals in plain text, in which names are looked for, and the words of which they are made."""

import re
from collections.abc import Iterator

from mediafeed.normalize.name_words import PARTICLES

_CAPITALS = "A-Z" + "".join(
    letter
    for letter in map(chr, (*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x1F00)))
    if letter.isupper()
)
_ABBREVIATION = (
    r"(?:Drs?|Profs?|Mrs?|Ms|St|Jr|Sr|Rev|Gen|Lt|Col|Capt|Cpt|Cmdr|Sen|Rep|Gov|Maj|Adm|Hon|Fr|Sgt|Amb|Brig|Ret)\."
)
_INITIALS = rf"[{_CAPITALS}]\.(?:[ -]?[{_CAPITALS}]\.)*"
_PLAIN = rf"(?:[dDlLO][’'ʼ])?[{_CAPITALS}][\w\u0300-\u036f]*(?:[’'ʼ](?!s\b)\w+)?(?:[-‐‑]\w+(?:[’'ʼ](?!s\b)\w+)?)*"
_LOWER_JOINED = rf"(?:al|el|ul|ad|as|ibn|bin)[-‐‑][{_CAPITALS}]\w*|d[’'ʼ][{_CAPITALS}]\w*"
_WORD = rf"(?:{_ABBREVIATION}|{_INITIALS}|{_PLAIN})"
_SMALL_WORD = rf"(?:{'|'.join(sorted((p for p in PARTICLES), key=len, reverse=True))})"
_BETWEEN = rf"[ \u00a0](?:(?:{_SMALL_WORD}[ \u00a0]){{1,3}}(?={_PLAIN})|(?={_LOWER_JOINED}))?"
_NICKNAME = rf" [“\"‘'](?:{_PLAIN})(?: {_PLAIN}){{0,2}}[”\"’'](?= {_PLAIN})"
# The set comes first: a place where no run begins is passed over by it alone.
RUN = re.compile(rf"(?=[{_CAPITALS}dl])(?<![\w@#/]){_WORD}(?:{_NICKNAME}|{_BETWEEN}(?:{_LOWER_JOINED}|{_WORD}))*")
"""A run of capitalised words with what may stand between them: particles, a nickname in quotes."""

QUOTES = "“\"‘'"
_QUOTED = frozenset(QUOTES)
_SPACE_APART = re.compile(r"[“\"‘'][^”\"’']+[”\"’'](?= )|[^ ]+")


def words_of(run: str) -> Iterator[tuple[str, int, int]]:
    """Give the words of a run and where each begins and ends; a nickname in quotes is one word.

    >>> [word for word, _, _ in words_of("Ann “The Voice” Varga")]
    ['Ann', '“The Voice”', 'Varga']
    """
    run = run.replace("\u00a0", " ")
    if not _QUOTED.isdisjoint(run):
        for found in _SPACE_APART.finditer(run):
            yield found.group(), found.start(), found.end()
        return
    start = 0
    for word in run.split(" "):
        end = start + len(word)
        if word:
            yield word, start, end
        start = end + 1
