"""First names that share a family name: "Bob and Erin Varga" names two persons in full."""

import re

from mediafeed.normalize.name_kinds import COMMON, FIRST_NAME, HONORIFIC, STOP, kind_of
from mediafeed.normalize.name_runs import QUOTES, words_of
from mediafeed.normalize.name_words import GENERATIONS

JOINS = (" and ", " & ", " + ")
_PARTNER = re.compile(r"(?:(?P<before>[\w’'-]++,?) |(?<![\w’'-]))(?P<first>[^\W\d_][\w’'-]++) (?:and|&|\+) $")
_LONGEST = 60
# "host Tom and Ann Lee": who is presented alone is known by the first name.
_ONE = frozenset(("host", "co-host", "cohost", "presenter", "moderator", "guest", "producer", "editor"))


def partner_of(name: str, text: str, start: int) -> tuple[str, int, int] | None:
    """Give the partner of a full name that stands at `start` behind one of `JOINS`: the name, and where it is told.

    >>> partner_of("Erin Varga", "with Bob and Erin Varga", 13)
    ('Bob Varga', 5, 8)
    >>> partner_of("Erin Varga", "James, Bob and Erin Varga", 15)
    """
    offset = max(0, start - _LONGEST)
    found = _PARTNER.search(text[offset:start])
    if found is None or not _is_first_name(found["first"]) or _is_listed(found["before"] or ""):
        return None
    surname = _surname(name)
    first = found.start("first") + offset
    return (f"{found['first']} {surname}", first, first + len(found["first"])) if surname else None


def _is_first_name(word: str) -> bool:
    return kind_of(word)[1] & (FIRST_NAME | STOP | HONORIFIC) == FIRST_NAME and word[0].isupper() and word[1:].islower()


def _is_listed(before: str) -> bool:
    """Say whether what stands before a first name makes it one of a list, or the end of a longer name."""
    if before in ("and", "&") or before.lower() in _ONE:
        return True
    kind = kind_of(before.rstrip(","))[1]
    return before[:1].isupper() and (kind & (FIRST_NAME | HONORIFIC) > 0 or not kind & (STOP | COMMON))


def _surname(name: str) -> str:
    """Give the last word of a full name and the particles before it, "" where it is none."""
    words = [word for word, _, _ in words_of(name) if word[0] not in QUOTES]
    first = len(words) - 1
    while first > 1 and (words[first - 1].islower() or words[first - 1] in ("St", "St.")):
        first -= 1
    last = words[-1].rstrip(".")
    return " ".join(words[first:]) if first > 0 and len(last) > 1 and last not in GENERATIONS else ""
