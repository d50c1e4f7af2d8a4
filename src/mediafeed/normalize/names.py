"""Find people's names in plain text: runs of capitals, with what surrounds a name kept apart from it.

A name is what stands between words that are none (weekdays, places, organisations, common English words); a list
of first names decides where a surname is a common word as well. No role is claimed here.
"""

import unicodedata
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from mediafeed.normalize.name_kinds import (
    COMMON,
    FIRST_NAME,
    HONORIFIC,
    NO_START,
    OWNER,
    PARTICLE,
    PLACE_START,
    STOP,
    VERB,
    is_double_surname,
    is_given_name,
    kind_of,
)
from mediafeed.normalize.name_pairs import JOINS, partner_of
from mediafeed.normalize.name_runs import QUOTES, RUN, words_of
from mediafeed.normalize.name_segments import LONGEST_NAME, Token, segments
from mediafeed.normalize.name_words import (
    GENERATIONS,
    HONORIFIC_PREFIXES,
    NO_SURNAMES,
    POST_NOMINALS,
)

_LONGEST_REMEMBERED = 120
_ADJECTIVE_ENDINGS = ("ic", "al", "ive", "ous", "ary", "ful", "ing", "ed", "ian", "ble", "ern")
_OF_THINGS = (" of ", " the ", " at ", " in ", " for ", " on ", " an ", " a ")
_BEFORE_NO_NAME = ("the ", "late ")  # "the Michael Lewis book"; "the late John Smith"
_TRADE_ENDINGS = ("or", "er", "ist", "yst", "ian", "eur", "ent", "ant")


class FoundName(NamedTuple):  # a frozen dataclass takes three times as long to make, and these are many
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
    for match in RUN.finditer(text):
        words = match.group()
        if " " not in words and "\u00a0" not in words:
            low = words.lower()
            if low not in known and not (alone and _is_first_name_alone(words)):
                continue
            known.add(low)
        offset = match.start()
        run = _run_of(words) if len(words) <= _LONGEST_REMEMBERED else _run_read(words)
        parts = run.parts
        if run.unheard_of is not None and _stands_inside(text[max(0, offset - 5) : offset]):
            parts = run.unheard_of
        for part in parts:
            start = offset + part.start
            if part.asked and part.asked not in known and not (alone and _is_first_name_alone(part.name)):
                continue
            if part.honorific is None and text[max(0, start - 5) : start].lower().endswith(_BEFORE_NO_NAME):
                continue
            if not part.short and text.endswith(JOINS, 0, start):
                _add_partner(found, part.name, text, start, known)
            found.append(FoundName(part.name, start, offset + part.end, part.honorific, part.short, part.sure))
            if not part.short:
                known.update(_short_forms(part.name))
    return tuple(found)


def _add_partner(found: list[FoundName], name: str, text: str, start: int, known: set[str]) -> None:
    """Add the other of two who share a family name, unless that first name is known to be somebody's.

    It takes the place of the first name alone; the end of a full name ("John F. Hope and Ann Lee") is no first name.
    """
    partner = partner_of(name, text, start)
    if partner is None or partner[0].partition(" ")[0].lower() in known:
        return
    full, begin, end = partner
    honorific = None
    if found and found[-1].end > begin:
        if not found[-1].short:
            return
        short = found.pop()  # "Dr Ann and Bo Kim"
        begin, honorific = short.start, short.honorific
    known.update(_short_forms(full))
    found.append(FoundName(full, begin, end, honorific, sure=True))


class _Part(NamedTuple):
    """What in a run of capitals is a name, at places in the run; a short one only where `asked` is known."""

    name: str
    start: int
    end: int
    honorific: str | None
    short: bool
    sure: bool
    asked: str


class _Run(NamedTuple):
    """The names in a run, and those in it where it stands inside a sentence: ", Lane Wagner goes"."""

    parts: tuple[_Part, ...]
    unheard_of: tuple[_Part, ...] | None = None


_NOBODY = _Run(())  # one for all runs that name nobody, which are many


def _run_read(words: str) -> _Run:
    tokens = []
    for word, start, end in words_of(words):
        low, kind = kind_of(word)
        tokens.append(Token(word, low, kind, start, end))
    for place, token in enumerate(tokens[1:-1], 1):
        if token.text[0] in QUOTES and _has_nickname(tokens[place - 1], token, tokens[place + 1]):
            tokens[place - 1] = tokens[place - 1]._replace(kind=FIRST_NAME)
    if len(tokens) > 2 and _is_initial(tokens[0]) and _is_initial(tokens[1]):
        tokens[0] = tokens[0]._replace(kind=0)  # "A. Q. Varga"
    if len(tokens) == 2 and is_given_name(tokens[1].text):
        tokens[0] = tokens[0]._replace(kind=0)  # "Park Sung-hoon"
    titled = len(tokens) == 3 and tokens[0].kind & (HONORIFIC | FIRST_NAME) == HONORIFIC
    unheard_of = len(tokens) > 1 and _is_unheard_of(tokens[-2:])
    if unheard_of and (titled or is_double_surname(tokens[-1].text)):
        tokens[-2] = tokens[-2]._replace(kind=0)  # "Dame Verity Quarshie", "Nurse Comfort Bakayoko-Varga"
    parts = _parts_of(tokens, words)
    if unheard_of and len(tokens) == 2:
        return _Run(parts, _parts_of([tokens[0]._replace(kind=0), tokens[1]], words))
    return _Run(parts) if parts else _NOBODY


_run_of = lru_cache(maxsize=8192)(_run_read)


def _parts_of(tokens: list[Token], words: str) -> tuple[_Part, ...]:
    return tuple([part for segment in segments(tokens) if (part := _part_of(segment, words))])


def _is_initial(token: Token) -> bool:
    return len(token.low) == 1 and token.text[1:] == "."


@lru_cache(maxsize=4096)
def _short_forms(name: str) -> tuple[str, ...]:
    """Give the words of a full name that stand for it later on: the first and the last, unless words of English."""
    words = [word for word, _, _ in words_of(name.lower())]
    ends = (words[0], words[-1], *(word[1:-1] for word in words[1:-1] if word[0] in QUOTES))
    return tuple(word for word in ends if len(word) > 2 and not kind_of(word)[1] & (STOP | OWNER | COMMON))


def _is_first_name_alone(word: str) -> bool:
    kind = kind_of(word)[1]
    return bool(kind & FIRST_NAME) and not kind & (NO_START | HONORIFIC) and word[1:].islower()


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


def _is_unheard_of(tokens: list[Token]) -> bool:
    """Say whether a common word would be a first name inside a sentence, for what is behind it."""
    first, last = tokens
    return (
        bool(first.kind & COMMON)
        and not first.kind & (STOP | OWNER | PLACE_START | HONORIFIC | VERB)
        and not last.kind
        and first.text.isalpha()
        and first.text[1:].islower()
        and not last.text.isupper()
        and len(last.low) > 2
        and not first.low.endswith(_ADJECTIVE_ENDINGS)
    )


def _stands_inside(before: str) -> bool:
    """Say whether what stands before a run goes on with it: behind a word or a comma, and no "of" or "the"."""
    return (
        before[-1:] == " "
        and (before[-2:-1].islower() or before[-2:-1] == ",")
        and not before.lower().endswith(_OF_THINGS)
    )


def _has_nickname(first: Token, nickname: Token, last: Token) -> bool:
    """Say whether a nickname makes a name of the words around it: 'Earl "Needles" Varga', 'Norm "Grits" Varga'."""
    if (first.kind | last.kind) & STOP or nickname.text[0] not in '“"':
        return False
    return not first.kind & COMMON or not (last.kind & COMMON or " " in nickname.text)


def _part_of(segment: list[Token], words: str) -> _Part | None:
    first = 0
    while first < len(segment) - 1 and segment[first].kind & HONORIFIC:
        first += 1
    while first == 1 and segment[0].low in HONORIFIC_PREFIXES:
        segment, first = segment[1:], 0
    last = len(segment)
    while last > first + 1 and _is_behind_a_name(
        segment[last - 1].text.replace(".", ""), segment[first], led=first > 0
    ):
        last -= 1
    while last > first and segment[last - 1].kind & PARTICLE and segment[last - 1].text.islower():
        last -= 1
    tokens = segment[first:last]
    # "Coordinator Ann Lee": a trade that no list knows, in front of a first name that one does.
    while not first and len(tokens) > 2 and not tokens[0].kind & FIRST_NAME and _is_trade_before_name(tokens):
        tokens = tokens[1:]
    if not tokens or not _is_name(tokens):
        return None
    alone = len(tokens) == 1
    led = first > 0 and len(tokens[0].text) > 2 and tokens[0].text[0].isupper()
    end = tokens[-1].end
    return _Part(
        unicodedata.normalize("NFC", words[tokens[0].start : end]),
        (segment[0] if first else tokens[0]).start,
        segment[-1].end if last < len(segment) else end,
        " ".join([token.text for token in segment[:first]]) or None,
        short=alone,
        sure=first > 0 or bool(tokens[0].kind & FIRST_NAME),
        asked=tokens[0].low if alone and not led else "",
    )


def _is_behind_a_name(word: str, first: Token, *, led: bool) -> bool:
    if word in GENERATIONS:
        return False
    led = (led or bool(first.kind & FIRST_NAME)) and not first.text.isupper()
    return word in POST_NOMINALS or (led and word.isupper() and len(word) > 2)


def _is_trade_before_name(tokens: list[Token]) -> bool:
    if tokens[0].text.isupper() and len(tokens[0].low) in (2, 3):  # "QI Elf Ann Lee"
        return any(token.kind & FIRST_NAME for token in tokens[1:-1])
    return bool(tokens[1].kind & FIRST_NAME) and tokens[0].low.endswith(_TRADE_ENDINGS)


def _is_name(tokens: list[Token]) -> bool:
    first = tokens[0]
    if len(tokens) > LONGEST_NAME or first.text[0] in QUOTES or tokens[-1].text[0] in QUOTES:
        return False
    if len(tokens) == 1:  # "Col. Gen. (ret.)" is nobody yet
        return "." not in first.text or first.kind & (HONORIFIC | FIRST_NAME) != HONORIFIC
    if first.low == "st" and len(tokens) == 2:
        return False  # "St. Brannoc’s Church"
    if tokens[-1].text in NO_SURNAMES:
        return False  # "Chelsea FC"
    if all(len(token.low) <= 1 for token in tokens[1:]):
        if tokens[1].text[-1] == ".":
            return len(tokens) == 2 and bool(first.kind & FIRST_NAME)  # "Jessica T."
        return len(tokens) == 2 and first.kind & (FIRST_NAME | COMMON) == FIRST_NAME and tokens[1].text not in "AI"
    shouted = [
        token
        for token in tokens
        if token.text.isupper()
        and len(token.text) > 2
        and "." not in token.text
        and token.text not in GENERATIONS
        and token.text[0] not in QUOTES
    ]
    if shouted:  # "NATO", but also a title in capitals
        return len(shouted) == len(tokens) and bool(first.kind & FIRST_NAME)
    letters = "".join([token.text for token in tokens if token.text[0] not in QUOTES])
    return letters.isalpha() or not any(map(str.isdigit, letters))
