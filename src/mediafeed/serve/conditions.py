"""What a request says about the form of an answer: codings, validators, a range. RFC 9110, sections 12 to 14."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

Asked = Mapping[bytes, bytes]

_LISTS = frozenset({b"accept-encoding", b"if-none-match", b"if-match"})
# RFC 9110, 14.1.2 and 5.6.1: one range, the unit in any letters, beside elements of a list that are empty.
_RANGE = re.compile(r"bytes=[ \t,]*([0-9]*)-([0-9]*)[ \t,]*", re.IGNORECASE | re.ASCII)
_WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?", re.ASCII)
_LONGEST_RANGE = 50  # characters

GZIP, BROTLI, PLAIN = "gzip", "br", "identity"
_OURS = (BROTLI, GZIP)  # which is sent where both are as welcome


def asked_of(headers: Sequence[tuple[bytes, bytes]], method: str) -> Asked:
    """Give the headers of a request by name; lists that stand in several lines are one.

    RFC 9110, 14.2: a range is a GET's, and not even there for a HEAD.
    """
    asked = dict(headers)
    if len(asked) != len(headers):
        for name in _LISTS & asked.keys():
            asked[name] = b", ".join(value for other, value in headers if other == name)
    if method != "GET":
        asked.pop(b"range", None)
    return asked


@lru_cache(maxsize=256)
def coding(accepted: bytes) -> str:
    """Give the coding of ours that Accept-Encoding likes best, or that nothing be done to the bytes.

    >>> coding(b"gzip, deflate, br"), coding(b"gzip;q=1.0, br;q=0.5"), coding(b"gzip;q=0, identity"), coding(b"*")
    ('br', 'gzip', 'identity', 'br')
    """
    weights: dict[str, float] = {}
    for choice in accepted.decode("latin-1").lower().split(","):
        name, _, rest = choice.partition(";")
        weights[name.strip()] = _weight(rest)
    liked = {name: weights.get(name, weights.get("*", 0.0)) for name in _OURS}
    best = max(_OURS, key=lambda name: liked[name])
    return best if liked[best] > 0 and liked[best] >= weights.get(PLAIN, 0.0) else PLAIN


def _weight(rest: str) -> float:
    name, _, value = "".join(rest.split()).partition("=")
    if name != "q":
        return 1.0
    return float(value) if _WEIGHT.fullmatch(value) else 0.0


def is_held(asked: Asked, etag: bytes, last_modified: bytes) -> bool:
    """Say whether the reader holds this form already: If-None-Match, and If-Modified-Since only without it."""
    if (tags := asked.get(b"if-none-match")) is not None:
        return tags == etag or tags.strip() == b"*" or etag in _named(tags)
    # The very date, as nginx has it by default: after a clock was set back an earlier one is a change as well.
    return asked.get(b"if-modified-since") == last_modified


def is_wanted_otherwise(asked: Asked, etag: bytes, last_modified: bytes) -> bool:
    """Say whether the reader wants the rest of another form alone: If-Match, If-Unmodified-Since."""
    if (tags := asked.get(b"if-match")) is not None:
        return tags.strip() != b"*" and etag not in {tag.strip() for tag in tags.split(b",")}
    until, changed = _date(asked.get(b"if-unmodified-since", b"")), _date(last_modified)
    return until is not None and changed is not None and changed > until


def _date(text: bytes) -> datetime | None:
    # 13.1.4: what is no date is not heeded.
    try:
        date = parsedate_to_datetime(text[:100].decode("latin-1"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date


def _named(tags: bytes) -> set[bytes]:
    # RFC 9110, 13.1.2: compared weakly; a proxy that packs what it passes on makes strong ones weak.
    return {tag.strip().removeprefix(b"W/") for tag in tags.split(b",")}


def span(asked: Asked, length: int, etag: bytes, last_modified: bytes) -> tuple[int, int] | tuple[()] | None:
    """Give the one range asked for as (start, end), () if it lies outside, None if the whole is to be sent.

    >>> span({b"range": b"bytes=0-4"}, 10, b"", b""), span({b"range": b"bytes=-3"}, 10, b"", b"")
    ((0, 5), (7, 10))
    >>> span({b"range": b"bytes=10-"}, 10, b"", b""), span({b"range": b"bytes=0-1,3-4"}, 10, b"", b"")
    ((), None)
    """
    wanted = asked.get(b"range", b"").decode("latin-1")
    found = _RANGE.fullmatch(wanted) if len(wanted) <= _LONGEST_RANGE else None
    if found is None or asked.get(b"if-range", etag) not in (etag, last_modified):
        return None
    start, end = found.groups()
    if not start:
        if not end:
            return None
        return (max(length - int(end), 0), length) if int(end) and length else ()
    first = int(start)
    if end and int(end) < first:  # 14.1.1: no range at all
        return None
    return (first, min(int(end) + 1, length) if end else length) if first < length else ()
