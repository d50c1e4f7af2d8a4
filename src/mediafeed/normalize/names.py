"""Find people's names in plain text: runs of capitals, with what surrounds a name kept apart from it.

A name is what stands between words that are none (weekdays, places, organisations, common English words); a list
of first names decides where a surname is a common word as well. No role is claimed here.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from mediafeed.normalize.common_words import is_common_word
from mediafeed.normalize.name_words import (
    FIRST_NAMES,
    GENERATIONS,
    HONORIFIC_PREFIXES,
    HONORIFICS,
    INSTITUTION_WORDS,
    OFFICE_WORDS,
    PARTICLES,
    PLACE_STARTS,
    POST_NOMINALS,
    STOP_WORDS,
    SURNAME_WORDS,
)

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
_PARTICLE = rf"(?:{'|'.join(sorted((p for p in PARTICLES), key=len, reverse=True))})"
_BETWEEN = rf"[ \u00a0](?:(?:{_PARTICLE}[ \u00a0]){{1,3}}(?={_PLAIN})|(?={_LOWER_JOINED}))?"
_RUN = re.compile(rf"(?<![\w@#/]){_WORD}(?:{_BETWEEN}(?:{_LOWER_JOINED}|{_WORD}))*")
_TOKEN = re.compile(r"[^ \u00a0]+")
_LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name in a text. `text[start:end]` holds the honorific too; `name` is the name alone, as written.

    `short` is a first name alone, or a surname behind an honorific: it says who only to one who knows already.
    """

    name: str
    start: int
    end: int
    honorific: str | None = None
    short: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    low: str
    start: int
    end: int


def names_in(text: str, *, also: Collection[str] = ()) -> tuple[FoundName, ...]:
    """Give the names in a text, in order.

    Args:
        text: Plain text.
        also: First names in lower case that are a name (a short one) when they stand alone.

    >>> [(n.name, n.honorific) for n in names_in("In London Dr Neil Melvin of the Cook Institute met Ann O’Hara.")]
    [('Neil Melvin', 'Dr'), ('Ann O’Hara', None)]
    """
    found: list[FoundName] = []
    for run in _RUN.finditer(text):
        tokens = [
            _Token(part.group(), part.group().lower().rstrip("."), run.start() + part.start(), run.start() + part.end())
            for part in _TOKEN.finditer(run.group())
        ]
        if len(tokens) == 1 and tokens[0].low not in also:
            continue
        found.extend(_names_of_run(tokens, text, also))
    return tuple(found)


def looks_like_a_person(text: str) -> bool:
    """Say whether a field holds one person's name and nothing else.

    >>> looks_like_a_person("Viktorija Starych-Samuolienė"), looks_like_a_person("Fallow Media")
    (True, False)
    """
    names = names_in(text)
    return len(names) == 1 and not names[0].short and names[0].start == 0 and len(text) - names[0].end <= 6


def _names_of_run(tokens: list[_Token], text: str, also: Collection[str]) -> list[FoundName]:
    found: list[FoundName] = []
    segment: list[_Token] = []
    for token in tokens:
        if not segment or _goes_on(segment, token):
            if segment or _may_begin(token):
                segment.append(token)
            continue
        # "James Cook Fellow", "Peter Jay Institute": what follows makes the name part of something else.
        if token.low not in OFFICE_WORDS and token.low not in INSTITUTION_WORDS:
            found.extend(_name_of(segment, text, also))
        segment = [token] if _may_begin(token) else []
    found.extend(_name_of(segment, text, also))
    return found


def _may_begin(token: _Token) -> bool:
    low = token.low
    if low in HONORIFICS or low in FIRST_NAMES:
        return True
    return not (
        low in STOP_WORDS
        or low in INSTITUTION_WORDS
        or low in OFFICE_WORDS
        or low in PLACE_STARTS
        or is_common_word(low)
    )


def _goes_on(segment: list[_Token], token: _Token) -> bool:
    low = token.low
    last = segment[-1]
    if last.low in HONORIFICS and all(t.low in HONORIFICS for t in segment):
        return low in HONORIFICS or _may_begin(token)
    if (token.text.endswith(".") and len(low) <= 1) or low in PARTICLES or token.text[0].islower():
        return True
    named = any(t.low in FIRST_NAMES for t in segment)
    if low in SURNAME_WORDS:
        return named or segment[0].low in HONORIFICS or not is_common_word(low)
    if low in STOP_WORDS or low in INSTITUTION_WORDS or low in OFFICE_WORDS:
        return False
    if low in FIRST_NAMES or not is_common_word(low):
        return True
    # Trades and sons ("Stringer", "Rivers") are surnames more often than words behind a first name.
    return last.low in FIRST_NAMES and low.endswith(("er", "ers", "man", "ton", "ley"))


def _name_of(segment: list[_Token], text: str, also: Collection[str]) -> list[FoundName]:
    if not segment:
        return []
    first = 0
    while first < len(segment) - 1 and segment[first].low in HONORIFICS:
        first += 1
    while first == 1 and segment[0].low in HONORIFIC_PREFIXES:
        segment, first = segment[1:], 0
    last = len(segment)
    while last > first + 1 and segment[last - 1].text.replace(".", "").strip(",") in POST_NOMINALS - GENERATIONS:
        last -= 1
    tokens = segment[first:last]
    if not tokens or not _is_name(tokens, honorific=first > 0, also=also):
        return []
    start, end = segment[0].start, tokens[-1].end
    before = text[max(0, start - 5) : start].lower()
    if not first and before.endswith(("the ", "late ")):  # "the Michael Lewis book"; "the late John Smith"
        return []
    return [
        FoundName(
            unicodedata.normalize("NFC", text[tokens[0].start : end]),
            start,
            end,
            " ".join(token.text for token in segment[:first]) or None,
            short=len(tokens) == 1,
        )
    ]


def _is_name(tokens: list[_Token], *, honorific: bool, also: Collection[str]) -> bool:
    first = tokens[0]
    if len(tokens) > _LONGEST_NAME:
        return False
    if len(tokens) == 1:
        return first.low in also or (honorific and len(first.text) > 2 and first.text[0].isupper())
    if all(len(token.low) <= 1 for token in tokens[1:]):
        return False
    shouted = [token for token in tokens if token.text.isupper() and len(token.text) > 2 and "." not in token.text]
    if shouted:  # "NATO", but also a title in capitals
        return len(shouted) == len(tokens) and first.low in FIRST_NAMES
    return not any(any(letter.isdigit() for letter in token.text) for token in tokens)
