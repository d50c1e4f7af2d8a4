"""Which bytes a Range header asks for."""

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes from `start` up to `stop`."""

    start: int
    stop: int

    @property
    def length(self) -> int:
        """Give the number of bytes."""
        return self.stop - self.start


UNSATISFIABLE = Span(0, 0)


def wanted_span(header: str, length: int) -> Span | None:
    """Read one byte range, clamped to `length`.

    Returns:
        None where the whole is to be sent: no range, several, or one that makes no sense (RFC 9110, 14.2 lets a
        server ignore it); UNSATISFIABLE where it begins after the end.

    >>> wanted_span("bytes=0-99", 1000)
    Span(start=0, stop=100)
    >>> wanted_span("bytes=-200", 1000)
    Span(start=800, stop=1000)
    """
    match = _ONE.fullmatch(header.strip())
    if match is None or match.group(0) == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        return Span(max(0, length - int(last)), length) if int(last) else UNSATISFIABLE
    start = int(first)
    if last and int(last) < start:
        return None
    stop = min(int(last) + 1 if last else length, length)
    return Span(start, stop) if start < stop else UNSATISFIABLE
