"""Numbers written as words or Roman digits."""

import re
from typing import Final

_UNITS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_ORDINAL_UNITS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL: Final = {word: value for value, word in enumerate(_UNITS, 1)} | {
    word: value for value, word in enumerate(_ORDINAL_UNITS, 1)
}
_ROUND: Final = {word: value * 10 for value, word in enumerate(_TENS, 2)} | {
    word[:-1] + "ieth": value * 10 for value, word in enumerate(_TENS, 2)
}
_ORDINALS: Final = frozenset(_ORDINAL_UNITS) | {word[:-1] + "ieth" for word in _TENS} | {"hundredth"}

_ANY = "|".join(sorted({*_SMALL, *_ROUND, "hundred", "hundredth"}, key=len, reverse=True))
# One number in words, as a piece of a larger pattern: "thirty-eighth", "one hundred and twelve", "Thirteen".
NUMBER_IN_WORDS: Final = rf"(?:{_ANY})(?:(?:[\s-]+|\s+and\s+)(?:{_ANY}))*"

_ROMAN = re.compile(r"(?=[CLXVI])(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES: Final = {"C": 100, "L": 50, "X": 10, "V": 5, "I": 1}


def number_from_words(text: str) -> int | None:
    """Read a number up to 999 in English words, cardinal or ordinal.

    >>> number_from_words("thirty-eighth"), number_from_words("one hundred and twelfth"), number_from_words("Thirteen")
    (38, 112, 13)
    """
    total = last = 0
    for word in re.split(r"[\s-]+", text.strip().lower()):
        if word == "and":
            continue
        if word in {"hundred", "hundredth"}:
            if total > 9:
                return None
            total, last = max(total, 1) * 100, 100
            continue
        value = _SMALL.get(word) or _ROUND.get(word)
        # "twenty eighty" and "five six" are no numbers: each word must be smaller than the one before.
        if value is None or (last and (value >= last or last < 20)):
            return None
        total, last = total + value, value
    return total or None


def is_ordinal(text: str) -> bool:
    """Say whether words end like "thirty-eighth".

    >>> is_ordinal("thirty-eighth"), is_ordinal("thirty eight")
    (True, False)
    """
    return re.split(r"[\s-]+", text.strip().lower())[-1] in _ORDINALS


def number_from_roman(text: str) -> int | None:
    """Read a Roman number up to 399, capitals only.

    >>> number_from_roman("XIII"), number_from_roman("XLII"), number_from_roman("IIX")
    (13, 42, None)
    """
    if not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
