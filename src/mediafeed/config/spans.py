"""Spans of time and sizes as people write them: "60m", "1h30m", "20MiB"."""

import re
from datetime import timedelta

_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0}
_BYTES = {"B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}
_PART = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)\s*(ms|s|m|h|d|w)\s*")
_SPAN = re.compile(rf"(?:{_PART.pattern}){{1,6}}")
_SIZE = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)\s*([A-Za-z]{1,3})")

LONGEST = timedelta(days=3660)
LARGEST = 2**40


def span(text: str) -> timedelta:
    """Read a span of time: numbers with the units ms, s, m, h, d, w.

    >>> span("1h30m")
    datetime.timedelta(seconds=5400)

    Raises:
        ValueError: Not a span, negative, or longer than ten years; its text says which.
    """
    text = text.strip()
    if text.startswith("-"):
        raise ValueError("must not be negative")
    if not _SPAN.fullmatch(text):
        raise ValueError('is no span of time: write a number and a unit, such as "2s", "60m", "24h" or "7d"')
    seconds = sum(float(number) * _SECONDS[unit] for number, unit in _PART.findall(text))
    if seconds > LONGEST.total_seconds():
        raise ValueError("is longer than ten years")
    return timedelta(seconds=seconds)


def span_words(value: timedelta) -> str:
    """Give the shortest way to write a span, so that `span` reads it again.

    >>> span_words(timedelta(minutes=60)), span_words(timedelta(seconds=90)), span_words(timedelta(0))
    ('1h', '90s', '0s')
    """
    milliseconds = round(value.total_seconds() * 1000)
    for unit, size in (("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)):
        if milliseconds and milliseconds % size == 0:
            return f"{milliseconds // size}{unit}"
    return f"{milliseconds}ms" if milliseconds else "0s"


def size(text: str) -> int:
    """Read a size in bytes.

    >>> size("20MiB"), size("5 MB")
    (20971520, 5000000)

    Raises:
        ValueError: Not a size, or more than a tebibyte.
    """
    match = _SIZE.fullmatch(text.strip())
    unit = match and _BYTES.get(match[2].upper())
    if not match or not unit:
        raise ValueError('is no size: write a number and a unit, such as "512KiB" or "20MiB"')
    length = int(float(match[1]) * unit)
    if length > LARGEST:
        raise ValueError("is too large")
    return length
