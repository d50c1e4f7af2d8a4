"""What a request says about the form of an answer: codings, validators, a range. RFC 9110, sections 12 to 14."""

from collections.abc import Mapping
from functools import lru_cache

Asked = Mapping[bytes, bytes]

GZIP, BROTLI, PLAIN = "gzip", "br", "identity"
_OURS = (BROTLI, GZIP)  # which is sent where both are as welcome


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
    name, _, value = rest.replace(" ", "").partition("=")
    if name != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0


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
    return asked.get(b"if-unmodified-since", last_modified) != last_modified


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
    wanted = asked.get(b"range", b"").decode("latin-1").strip()
    if not wanted.startswith("bytes=") or "," in wanted or len(wanted) > 50:
        return None
    if asked.get(b"if-range", etag) not in (etag, last_modified):
        return None
    start, dash, end = (part.strip() for part in wanted.removeprefix("bytes=").partition("-"))
    digits = start + end
    if not dash or not (digits.isascii() and digits.isdigit()):
        return None
    if not start:
        return (max(length - int(end), 0), length) if int(end) and length else ()
    first, last = int(start), min(int(end) + 1, length) if end else length
    return (first, last) if first < length and first < last else ()
