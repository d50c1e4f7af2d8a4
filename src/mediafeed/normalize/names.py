"""Find people's names in plain text: runs of capitals, with what surrounds a name kept apart from it.

A name is what stands between words that are none (weekdays, places, organisations, common English words); a list
of first names decides where a surname is a common word as well. No role is claimed here.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from mediafeed.normalize.common_words import is_common_word
from mediafeed.normalize.lexicon import is_first_name, is_somebody
from mediafeed.normalize.name_words import (
    COMPOUNDING,
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
    WARES,
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
_SMALL_WORD = rf"(?:{'|'.join(sorted((p for p in PARTICLES), key=len, reverse=True))})"
_BETWEEN = rf"[ \u00a0](?:(?:{_SMALL_WORD}[ \u00a0]){{1,3}}(?={_PLAIN})|(?={_LOWER_JOINED}))?"
_NICKNAME = rf" [“\"](?:{_PLAIN})[”\"](?= {_PLAIN})"
_RUN = re.compile(rf"(?<![\w@#/]){_WORD}(?:{_NICKNAME}|{_BETWEEN}(?:{_LOWER_JOINED}|{_WORD}))*")
_LONGEST_NAME = 6
_CONTRACTED = re.compile("[’'](?:m|s|re|ve|ll|d|t)?$")
_NOUN_ENDINGS = ("tion", "sion", "ment", "ness", "ism", "ity", "ology", "ography", "onomics", "itics", "ship")
_ADJECTIVE_ENDINGS = ("ic", "al", "ive", "ous", "ary", "ful", "ing", "ed", "ian", "ble", "ern")
_OF_THINGS = (" of ", " the ", " at ", " in ", " for ", " on ", " an ", " a ")
_TITLES = frozenset(("dr", "prof", "professor", "mr", "mrs", "ms", "sir", "dame", "rev"))  # never inside a name
_SURNAME_ENDINGS = ("er", "ers", "man", "ton", "ley")
_TRADE_ENDINGS = ("or", "er", "ist", "yst", "ian", "eur", "ent", "ant")
_ABBREVIATED_PLACES = frozenset(("us", "uk", "eu", "un", "dc", "la", "ny", "nyc", "usa", "uae"))


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name in a text. `text[start:end]` holds honorific and post-nominals too; `name` is the name alone, as written.

    `short` is a first name alone, or a surname behind an honorific: it says who only to one who knows already.
    `sure` says that a known first name or an honorific leads it, so that it is a name even among capitals.
    """

    name: str
    start: int
    end: int
    honorific: str | None = None
    short: bool = False
    sure: bool = False


# What is known of a word in lower case, as bits: an IntFlag costs ten times as much in the hottest loop there is.
_FIRST_NAME = 1
_HONORIFIC = 2
_SURNAME = 4
_STOP = 8
_OWNER = 16  # behind a name it makes the name part of something else: an office, an institution
_COMMON = 32
_PLACE_START = 64
_PARTICLE = 128
_NO_START = _STOP | _OWNER | _COMMON | _PLACE_START


class _Token(NamedTuple):  # a frozen dataclass takes three times as long to make, and these are many
    text: str
    low: str  # in lower case, without its points
    kind: int
    start: int
    end: int


def names_in(text: str, *, also: Collection[str] = (), alone: bool = False) -> tuple[FoundName, ...]:
    """Give the names in a text, in order.

    Who was named in full goes by the first name or the surname later on; such a short name is found too.

    Args:
        text: Plain text.
        also: First names in lower case that are a name (a short one) when they stand alone.
        alone: Find any first name that stands alone and is no common word.

    >>> [(n.name, n.honorific) for n in names_in("In London Dr Neil Melvin of the Cook Institute met Ann O’Hara.")]
    [('Neil Melvin', 'Dr'), ('Ann O’Hara', None)]
    >>> [(n.name, n.short) for n in names_in("Ann Varga is back. Varga sings.")]
    [('Ann Varga', False), ('Varga', True)]
    """
    found: list[FoundName] = []
    known = set(also)
    for run in _RUN.finditer(text):
        words = run.group()
        if " " not in words and "\u00a0" not in words:
            low = words.lower()
            if low not in known and not (alone and _is_first_name_alone(words)):
                continue
            known.add(low)
        offset = run.start()
        tokens = []
        for text_of in words.replace("\u00a0", " ").split(" "):
            if text_of:
                tokens.append(_Token(text_of, *_word(text_of), offset, offset + len(text_of)))
            offset += len(text_of) + 1
        if len(tokens) == 2 and _is_unheard_of(tokens, text[max(0, run.start() - 5) : run.start()]):
            tokens[0] = tokens[0]._replace(kind=0)
        for segment in _segments(tokens):
            if name := _name_of(segment, text, known, alone=alone):
                found.append(name)
                if not name.short:
                    known.update(_short_forms(name.name))
    return tuple(found)


@lru_cache(maxsize=4096)
def _short_forms(name: str) -> tuple[str, ...]:
    """Give the words of a full name that stand for it later on: the first and the last, unless words of English."""
    words = name.lower().split(" ")
    ends = (words[0], words[-1], *(word.strip('“”"') for word in words[1:-1] if word[0] in '“"'))
    return tuple(word for word in ends if len(word) > 2 and not _word(word)[1] & (_STOP | _OWNER | _COMMON))


def _is_first_name_alone(word: str) -> bool:
    kind = _word(word)[1]
    return bool(kind & _FIRST_NAME) and not kind & (_NO_START | _HONORIFIC) and word[1:].islower()


@lru_cache(maxsize=4096)
def looks_like_a_person(text: str) -> bool:
    """Say whether a field holds one person's name and nothing else.

    >>> looks_like_a_person("Viktorija Starych-Samuolienė"), looks_like_a_person("Fallow Media")
    (True, False)
    """
    names = names_in(text)
    if len(names) != 1 or names[0].short or names[0].start != 0 or names[0].end != len(text.rstrip()):
        return False
    last = text.rsplit(maxsplit=1)[-1].replace(".", "")  # "Varga Marine ASA"
    return last in POST_NOMINALS or not last.isupper() or text.isupper()


@lru_cache(maxsize=20_000)
def _word(text: str) -> tuple[str, int]:
    low = text.lower().replace(".", "")
    kind = _kind(low)
    if kind & _COMMON and "-" in low and _is_double(text):
        kind &= ~_COMMON
    return low, kind


def _is_double(text: str) -> bool:
    """Say whether two capitalised halves are a surname, though the second is a word: "Asante-Pole", "Ilunga-Reyes"."""
    halves = text.split("-")
    first = halves[0].lower()
    return (
        len(halves) == 2
        and all(half[:1].isupper() and half[1:].islower() for half in halves)
        and len(first) > 3
        and not is_common_word(first)
        and first not in STOP_WORDS
        and first not in COMPOUNDING
    )


def _kind(low: str) -> int:
    kind = 0
    if is_first_name(low):
        kind |= _FIRST_NAME
    if low in HONORIFICS:
        kind |= _HONORIFIC
    if low in SURNAME_WORDS:
        kind |= _SURNAME
    if low in STOP_WORDS or _CONTRACTED.split(low)[0] in STOP_WORDS:  # "i’m", "we’re"
        kind |= _STOP
    if low in INSTITUTION_WORDS or low in OFFICE_WORDS:
        kind |= _OWNER
    if low in PLACE_STARTS:
        kind |= _PLACE_START
    if low in PARTICLES:
        kind |= _PARTICLE
    if is_common_word(low) or low.endswith(_NOUN_ENDINGS) or _is_compound(low):
        kind |= _COMMON
    return kind


def _is_compound(low: str) -> bool:
    """Say whether a hyphenated word is made of common words: "prize-winning", "indo-pacific"."""
    if "-" not in low:
        return False
    first, *_, last = low.split("-")
    if last in SURNAME_WORDS and not is_common_word(first) and first not in STOP_WORDS:
        return False  # "Asante-Mills"
    return last in STOP_WORDS or is_common_word(last) or (first in STOP_WORDS and is_common_word(first))


def _segments(tokens: list[_Token]) -> list[list[_Token]]:
    """Cut a run of capitals where a word cannot be part of the name before it."""
    found: list[list[_Token]] = []
    segment: list[_Token] = []
    for token in tokens:
        if not segment:
            if _may_begin(token):
                segment = [token]
        elif len(segment) == 1 and len(tokens) > 2 and token is not tokens[-1] and _leads(segment[0], token):
            segment = [token]  # "Historian Imani Lee"
        elif _begins_anew(segment, token, tokens):
            if sum(not word.kind & _HONORIFIC for word in segment) > 1:
                found.append(segment)
            segment = [token]
        elif _goes_on(segment, token) or _is_last_common_surname(segment, token, tokens):
            segment.append(token)
        else:
            # "James Cook Fellow", "Peter Jay Institute": what follows makes the name part of something else.
            if not token.kind & _OWNER:
                found.append(segment)
            segment = [token] if _may_begin(token) else []
    if segment:
        found.append(segment)
    return found


def _begins_anew(segment: list[_Token], token: _Token, run: list[_Token]) -> bool:
    """Say whether a name begins behind words that are none of it: "Casablanca Dr Ann Lee", "From Sefrou Ann Lee"."""
    if token is run[-1] or all(word.kind & _HONORIFIC for word in segment):
        return False
    opens = len(segment) == 1 and run[0].low in ("from", "in") and segment[0] is run[1]
    return token.low in _TITLES or (opens and not segment[0].kind & _FIRST_NAME and bool(token.kind & _FIRST_NAME))


def _is_unheard_of(tokens: list[_Token], before: str) -> bool:
    """Say whether a common word inside a sentence is a first name for what is behind it: ", Lane Wagner goes"."""
    first, last = tokens
    return (
        bool(first.kind & _COMMON)
        and not first.kind & (_STOP | _OWNER | _PLACE_START | _HONORIFIC)
        and not last.kind
        and first.text.isalpha()
        and first.text[1:].islower()
        and not last.text.isupper()
        and len(last.low) > 2
        and not first.low.endswith(_ADJECTIVE_ENDINGS)
        and before[-1:] == " "
        and (before[-2:-1].islower() or before[-2:-1] == ",")
        and not before.lower().endswith(_OF_THINGS)
    )


def _leads(role: _Token, token: _Token) -> bool:
    """Say whether a word is what somebody is, in front of who it is."""
    return (
        not role.kind & (_FIRST_NAME | _HONORIFIC)
        and (role.text in POST_NOMINALS or (len(role.low) > 3 and not role.text.isupper() and is_somebody(role.low)))
        and _may_begin(token)
        and len(token.low) > 1
        and not token.kind & _PARTICLE
    )


def _may_begin(token: _Token) -> bool:
    if token.kind & (_HONORIFIC | _FIRST_NAME):
        return True
    return not token.kind & _NO_START and token.low not in _ABBREVIATED_PLACES and not token.low[-1:].isdigit()


def _goes_on(segment: list[_Token], token: _Token) -> bool:
    kind = token.kind
    last = segment[-1]
    if last.kind & _PARTICLE and last.text.islower() and len(segment) > 1:  # "María del Mar Santaella"
        return not kind & _OWNER
    if len(segment) > 2 * _LONGEST_NAME:  # no name any more: let it run on, for looking back at all of it is dear
        return True
    if last.kind & _HONORIFIC and not last.kind & _FIRST_NAME and all(t.kind & _HONORIFIC for t in segment):
        return bool(kind & _HONORIFIC) or _may_begin(token)
    if (
        len(token.low) == 1
        or kind & _PARTICLE
        or token.text[0].islower()
        or token.text.replace(".", "") in POST_NOMINALS
    ):
        return True
    named = any(t.kind & _FIRST_NAME for t in segment)
    if kind & _SURNAME:
        return named or bool(segment[0].kind & _HONORIFIC) or _is_surname_of_unknown(segment, token)
    if kind & (_STOP | _OWNER):
        return False
    if kind & _FIRST_NAME or not kind & _COMMON:
        return True
    # Trades and sons ("Stringer", "Rivers") are surnames more often than words behind a first name.
    return bool(last.kind & _FIRST_NAME) and token.low.endswith(_SURNAME_ENDINGS)


def _is_surname_of_unknown(segment: list[_Token], token: _Token) -> bool:
    """Say whether a word goes on as the surname of a first name that no list knows: "Kwabena Mills"."""
    if token.kind & (_STOP | _OWNER):
        return False
    first = segment[0]
    return not token.kind & _COMMON or (
        token.low not in WARES
        and len(segment) == 1
        and not first.kind
        and len(first.text) > 2
        and first.text[1:].islower()
    )


def _is_last_common_surname(segment: list[_Token], token: _Token, run: list[_Token]) -> bool:
    """Say whether a common word ends a run as a surname: "Ann Cave", "Dr Yetunde Coker", not "Grace Period"."""
    first = segment[-1]
    led = not first.kind and len(segment) > 1 and segment[-2].low in _TITLES and token.low.endswith(_SURNAME_ENDINGS)
    return (
        token is run[-1]
        and (led or first.kind & (_FIRST_NAME | _COMMON) == _FIRST_NAME)
        and not token.kind & (_STOP | _OWNER)
        and token.low.isalpha()
        and token.text[1:].islower()
    )


def _name_of(segment: list[_Token], text: str, also: Collection[str], *, alone: bool) -> FoundName | None:
    first = 0
    while first < len(segment) - 1 and segment[first].kind & _HONORIFIC:
        first += 1
    while first == 1 and segment[0].low in HONORIFIC_PREFIXES:
        segment, first = segment[1:], 0
    last = len(segment)
    while last > first + 1 and _is_behind_a_name(segment[last - 1].text.replace(".", ""), segment[first]):
        last -= 1
    while last > first and segment[last - 1].kind & _PARTICLE and segment[last - 1].text.islower():
        last -= 1
    tokens = segment[first:last]
    # "Coordinator Ann Lee": a trade that no list knows, in front of a first name that one does.
    while not first and len(tokens) > 2 and not tokens[0].kind & _FIRST_NAME and _is_trade_before_name(tokens):
        tokens = tokens[1:]
    if not tokens or not _is_name(tokens, honorific=first > 0, also=also, alone=alone):
        return None
    start, end = (segment[0] if first else tokens[0]).start, tokens[-1].end
    if not first and text[max(0, start - 5) : start].lower().endswith(("the ", "late ")):
        return None  # "the Michael Lewis book"; "the late John Smith"
    return FoundName(
        unicodedata.normalize("NFC", text[tokens[0].start : end]),
        start,
        segment[-1].end if last < len(segment) else end,
        " ".join(token.text for token in segment[:first]) or None,
        short=len(tokens) == 1,
        sure=first > 0 or bool(tokens[0].kind & _FIRST_NAME),
    )


def _is_behind_a_name(word: str, first: _Token) -> bool:
    if word in GENERATIONS:
        return False
    led = bool(first.kind & _FIRST_NAME) and not first.text.isupper()
    return word in POST_NOMINALS or (led and word.isupper() and len(word) > 2)


def _is_trade_before_name(tokens: list[_Token]) -> bool:
    if tokens[0].text.isupper() and len(tokens[0].low) in (2, 3):  # "QI Elf Ann Lee"
        return any(token.kind & _FIRST_NAME for token in tokens[1:-1])
    return bool(tokens[1].kind & _FIRST_NAME) and tokens[0].low.endswith(_TRADE_ENDINGS)


def _is_name(tokens: list[_Token], *, honorific: bool, also: Collection[str], alone: bool) -> bool:
    first = tokens[0]
    if len(tokens) > _LONGEST_NAME:
        return False
    if len(tokens) == 1:
        if first.low in also or (alone and _is_first_name_alone(first.text)):
            return True
        return honorific and len(first.text) > 2 and first.text[0].isupper()
    if first.low == "st" and len(tokens) == 2:
        return False  # "St. Brannoc’s Church"
    if all(len(token.low) <= 1 for token in tokens[1:]):
        return len(tokens) == 2 and bool(first.kind & _FIRST_NAME) and tokens[1].text.endswith(".")  # "Jessica T."
    shouted = [
        token
        for token in tokens
        if token.text.isupper() and len(token.text) > 2 and "." not in token.text and token.text not in GENERATIONS
    ]
    if shouted:  # "NATO", but also a title in capitals
        return len(shouted) == len(tokens) and bool(first.kind & _FIRST_NAME)
    return not any(letter.isdigit() for token in tokens for letter in token.text)
