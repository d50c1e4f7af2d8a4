"""Names of persons: one spelling for a page, one key for an identity, many names out of one author field."""

import re
import unicodedata
from functools import lru_cache

from mediafeed.normalize.name_words import HONORIFICS, POST_NOMINALS

# Letters that NFKD leaves whole although people drop their mark when they type the name.
_PLAIN_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
_APOSTROPHES = re.compile(r"[’‘ʼ`´']")
_DASHES = re.compile(r"[-‐‑‒–—]")
_BRACKETED = re.compile(r"(?<!\s)\s*[(\[][^()\[\]]*[)\]]")
_NICKNAME = re.compile(r"(?<=\w) (?:“[^“”]+”|\"[^\"]+\"|‘[^‘’]+’|'[^']+') (?=\w)")  # inside a name, in quotes
_BRACKETS_OR_QUOTES = re.compile("[(\\[“\"‘']")
_EMAIL_WITH_NAME = re.compile(r"^\s*[^\s@()<>]+@[^\s@()<>]+\s*\(([^()]+)\)\s*$")
_NAME_WITH_EMAIL = re.compile(r"^\s*\"?([^<>\"]+?)\"?\s*<[^<>]*@[^<>]*>\s*$")
_EMAIL = re.compile(r"^\S+@\S+$")
_SEPARATORS = re.compile(r"\s*;\s*|\s+(?:and|und|et|y|e|&|\+|with|/|\|)\s+|\s*/\s*", re.IGNORECASE)
_LONGEST_NAME = 120
_MOST_MARKS = 2


def clean_name(name: str) -> tuple[str, str | None]:
    """Give the name as people write it, and the honorific that stood before it.

    Direction marks, joiners and other invisible characters are dropped, as are more than two marks on one letter.

    >>> clean_name(" Dr  Philip Shetler-Jones ")
    ('Philip Shetler-Jones', 'Dr')
    >>> clean_name("Sir Lawrence Freedman KCMG")
    ('Lawrence Freedman', 'Sir')
    """
    text = visible(name).strip(' ,;:–—-|·•"“”')
    words = text.split(" ")
    first = 0
    while first < len(words) - 1 and _bare(words[first]) in HONORIFICS:
        first += 1
    last = len(words)
    while last - first > 1 and _is_post_nominal(words[last - 1]):
        last -= 1
    if first and last - first == 0:
        first = 0
    return " ".join(words[first:last]).strip(" ,"), " ".join(words[:first]) or None


def visible(text: str) -> str:
    r"""Drop what a reader cannot see in a name, put it in NFC and one line, and cut it to 120 characters.

    >>> visible("Neil\u202e  Mel\u200dvin")
    'Neil Melvin'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text[:_LONGEST_NAME].split())
    kept: list[str] = []
    marks = 0
    for letter in unicodedata.normalize("NFC", text[: 4 * _LONGEST_NAME]):
        category = unicodedata.category(letter)
        if category in ("Cf", "Cs", "Co", "Cn"):
            continue
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= _MOST_MARKS:
            kept.append(" " if category in ("Cc", "Zl", "Zp", "Zs") else letter)
    return " ".join("".join(kept).split())[:_LONGEST_NAME].rstrip()


@lru_cache(maxsize=4096)
def person_key(name: str) -> str:
    """Give the key that makes two spellings one person: folded, plain letters, no titles, nicknames, middle initials.

    Middle initials are dropped; `same_person` tells apart two persons whose keys are one and whose initials differ.

    >>> person_key("Dr. Viktorija STARYCH-Samuolienė")
    'viktorija starych samuoliene'
    >>> person_key("Philip D. Shetler-Jones")
    'philip shetler jones'
    >>> person_key("Ann “The Voice” Varga")
    'ann varga'
    """
    if _BRACKETS_OR_QUOTES.search(name):
        name = _NICKNAME.sub(" ", _BRACKETED.sub("", name) or name)
    bare, _ = clean_name(name)
    words = folded(bare).split()
    inner = [word for word in words[1:-1] if len(word) > 1]
    return " ".join([*words[:1], *inner, *words[1:][-1:]])


def middle_initials(name: str) -> str:
    """Give the initials between the first word of a name and the last, folded: "" where there are none.

    >>> middle_initials("George H. W. Bush")
    'hw'
    """
    words = folded(clean_name(name)[0]).split()
    return "".join(word for word in words[1:-1] if len(word) == 1)


def same_person(a: str, b: str) -> bool:
    """Say whether two names are one person by themselves: one key, and no middle initials that contradict.

    >>> same_person("Neil Melvin", "Dr Neil J. Melvin"), same_person("George H. W. Bush", "George W. Bush")
    (True, False)
    """
    if person_key(a) != person_key(b):
        return False
    one, other = middle_initials(a), middle_initials(b)
    return not one or not other or one == other


def folded(text: str) -> str:
    """Fold case and marks for comparing: no letter of one alphabet becomes one of another.

    >>> folded("Łukasz O’Brien-Æsir")
    'lukasz obrien aesir'
    """
    text = _APOSTROPHES.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN_LETTERS)
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(_DASHES.sub(" ", text.casefold()).replace(".", " ").replace(",", " ").split())


def split_names(text: str) -> tuple[str, ...]:
    """Give the names that stand in one author field, in order; an address alone is nobody.

    >>> split_names("Hahn, Marten;Seibert, Thomas")
    ('Marten Hahn', 'Thomas Seibert')
    >>> split_names("Gary Neal, Tom Woods & Ann Lee")
    ('Gary Neal', 'Tom Woods', 'Ann Lee')
    >>> split_names("Johnny, Janelle and Will")
    ('Johnny', 'Janelle', 'Will')
    >>> split_names("pod@example.org (Neil Melvin)")
    ('Neil Melvin',)
    """
    return _split(visible(text))


@lru_cache(maxsize=1024)  # of what is cut already: an author field may be as long as a feed
def _split(text: str) -> tuple[str, ...]:
    for form in (_EMAIL_WITH_NAME, _NAME_WITH_EMAIL):
        if found := form.match(text):
            text = found.group(1)
    parts = [part.strip(" ,") for part in _SEPARATORS.split(text) if part.strip(" ,")]
    several = len(parts) > 1
    if several and any("," not in part and " " not in part for part in parts):  # first names, none turned around
        parts = [piece.strip() for part in parts for piece in part.split(",") if piece.strip()]
    names = [name for part in parts for name in _comma_names(part, several=several)]
    return tuple(dict.fromkeys(name for name in names if name and not _EMAIL.match(name)))


def _comma_names(part: str, *, several: bool) -> list[str]:
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    pieces = [piece for piece in pieces if not _is_post_nominal(piece)] or pieces
    if len(pieces) == 2 and (" " not in pieces[0] or " " not in pieces[1]) and (several or " " not in pieces[0]):
        return [f"{pieces[1]} {pieces[0]}"]
    return pieces


def _bare(word: str) -> str:
    return word.rstrip(".").lower()


def _is_post_nominal(word: str) -> bool:
    return word.strip(".,()").replace(".", "") in POST_NOMINALS
