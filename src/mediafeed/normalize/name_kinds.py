"""What is known of a word that may be part of a name: a first name, a title, a word of English, part of a place."""

import re
from functools import lru_cache

from mediafeed.normalize.common_words import is_common_word
from mediafeed.normalize.lexicon import is_first_name, is_noun, is_surname, is_verb
from mediafeed.normalize.name_words import (
    ABBREVIATIONS,
    COMPOUNDING,
    GIVEN_NAME_ENDINGS,
    HONORIFICS,
    INSTITUTION_WORDS,
    OFFICE_WORDS,
    PARTICLES,
    PLACE_STARTS,
    POINTED,
    STOP_WORDS,
    SURNAME_STOPS,
    SURNAME_WORDS,
)

_CONTRACTED = re.compile("[’'](?:m|s|re|ve|ll|d|t)?$")
_MADE_ENDINGS = (
    "able",
    "ible",
    "ive",
    "ous",
    "ical",
    "less",
    "ational",
    "ized",
    "ified",
    "ware",
    "ecture",
    "ructure",
    "tions",
    "sions",
    "ments",
    "isms",
    "ities",
    "ologies",
    "ships",
)
# "JavaScript"; before the capital of a name stand fewer letters ("McLay", "LuMoll"), or these.
_BRAND = re.compile(r"(?!(?:Fitz|Vander|Vanden|Dela|Della|Delle|Saint|Abdul)[A-Z])[A-Z][a-z]{3,}[A-Z]\w*")
_INNER_CAPITAL = re.compile(r"([A-Z][a-z]+)([A-Z][a-z]+)")
_SHORTEST_MADE = 5
_NOT = ("n't", "n’t")
_INITIALS = re.compile(r"(?:[A-Z]\.){2,3}")
_NOUN_ENDINGS = ("tion", "sion", "ment", "ness", "ism", "ity", "ology", "ography", "onomics", "itics", "ship")

# What is known of a word in lower case, as bits: an IntFlag costs ten times as much in the hottest loop there is.
FIRST_NAME = 1
HONORIFIC = 2
SURNAME = 4
STOP = 8
OWNER = 16  # behind a name it makes the name part of something else: an office, an institution
COMMON = 32
PLACE_START = 64
PARTICLE = 128
VERB = 512
NAMESAKE = 256  # a place, a people or a belief that is a surname as well
NO_START = STOP | OWNER | COMMON | PLACE_START


@lru_cache(maxsize=20_000)
def kind_of(text: str) -> tuple[str, int]:
    """Give a word in lower case without its points, and what is known of it."""
    low = text.lower().replace(".", "")
    if low not in POINTED and _INITIALS.fullmatch(text):
        return low, _kind(low) & FIRST_NAME  # "H.R. McMaster", "J.D. Vance"
    kind = _kind(low)
    if "-" in low and (kind & (COMMON | FIRST_NAME)) != FIRST_NAME:
        kind = _kind_of_double(text, kind)
    elif text in ABBREVIATIONS or (len(text) > 2 and text[-1] == "s" and text[:-1].isalpha() and text[:-1].isupper()):
        kind = STOP  # "JS", "APIs"
    elif not kind and not text[1:].islower():
        kind = _kind_of_inner_capital(text)
    return low, kind


def _kind_of_inner_capital(text: str) -> int:
    """Give what is known of an unknown word by a capital in it: "MaryAnne" is a first name, "JavaScript" no name."""
    halves = _INNER_CAPITAL.fullmatch(text)
    if halves and all(map(is_first_name, map(str.lower, halves.groups()))):
        return FIRST_NAME
    return COMMON | VERB if _BRAND.fullmatch(text) else 0


def _kind_of_double(text: str, kind: int) -> int:
    """Give what is known of a hyphened word: "Mary-Anne" is a first name, "Asante-Pole" and "Sun-hee" no words."""
    halves = text.split("-")
    if len(halves) != 2 or not all(half[:1].isupper() and half[1:].islower() for half in halves):
        return kind & ~COMMON if is_given_name(text) else kind
    first, last = halves[0].lower(), halves[1].lower()
    if is_first_name(first) and is_first_name(last):
        return kind & ~COMMON | FIRST_NAME
    return kind & ~COMMON if _is_double(first, last) else kind


def is_double_surname(text: str) -> bool:
    """Say whether a word is two capitalised halves that are no words: "Bakayoko-Varga"."""
    halves = text.split("-")
    return len(halves) == 2 and all(
        len(half) > 2 and half.istitle() and not _kind(half.lower()) & NO_START for half in halves
    )


def is_given_name(text: str) -> bool:
    """Say whether a word has the form of a Korean given name: "Sung-hoon"."""
    first, hyphen, last = text.partition("-")
    return bool(hyphen) and first.istitle() and last in GIVEN_NAME_ENDINGS


def _is_double(first: str, last: str) -> bool:
    """Say whether two capitalised halves are a name, though the second is a word: "Asante-Pole", "Wai-Man"."""
    if first in SURNAME_WORDS:
        return last in SURNAME_WORDS or not is_common_word(last)  # "Manning-Smith"
    return len(first) > 1 and not is_common_word(first) and first not in STOP_WORDS and first not in COMPOUNDING


def _listed() -> dict[str, int]:
    found: dict[str, int] = {}
    for words, bit in (
        (HONORIFICS, HONORIFIC),
        (SURNAME_WORDS, SURNAME),
        (STOP_WORDS, STOP),
        (INSTITUTION_WORDS | OFFICE_WORDS, OWNER),
        (SURNAME_STOPS, NAMESAKE),
        (PLACE_STARTS, PLACE_START),
        (PARTICLES, PARTICLE),
    ):
        for word in words:
            found[word] = found.get(word, 0) | bit
    return found


_LISTED = _listed()


@lru_cache(maxsize=20_000)
def _kind(low: str) -> int:
    kind = _LISTED.get(low, 0) | (FIRST_NAME if is_first_name(low) else 0)
    if not low.isalpha() and _is_contracted(low):
        kind |= STOP
    if is_common_word(low) or _has_ending(low) or _is_compound(low):
        kind |= COMMON
    if not kind & (FIRST_NAME | SURNAME | HONORIFIC | PARTICLE):
        if is_verb(low):
            kind |= VERB | COMMON
        elif is_noun(low):
            kind |= COMMON
    return kind


def _has_ending(low: str) -> bool:
    """Say whether an ending makes a word of English: "Clément" and "Garrity" are none, nor is "Constable"."""
    if low.endswith(_MADE_ENDINGS):
        return len(low) > _SHORTEST_MADE and not is_surname(low)
    return low.endswith(_NOUN_ENDINGS) and low.isascii() and low[low.rfind("-") + 1 :] not in SURNAME_WORDS


def _is_contracted(low: str) -> bool:
    """Say whether a word is two that never name anybody: "won’t", "we’re"."""
    return low.endswith(_NOT) or _CONTRACTED.split(low)[0] in STOP_WORDS


def _is_compound(low: str) -> bool:
    """Say whether a hyphenated word is made of common words: "prize-winning", "indo-pacific"."""
    if "-" not in low:
        return False
    first, *_, last = low.split("-")
    if last in SURNAME_WORDS and not is_common_word(first) and first not in STOP_WORDS:
        return False  # "Asante-Mills"
    return last in STOP_WORDS or is_common_word(last) or (first in STOP_WORDS and is_common_word(first))
