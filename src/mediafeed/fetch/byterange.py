"""Parts of a file: which bytes to ask for, and whether those came that were asked for (RFC 9110, 14)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from urllib3 import HTTPResponse

from mediafeed.fetch import answer
from mediafeed.fetch.failure import NoAnswerError
from mediafeed.fetch.hop import Clock, Hop
from mediafeed.model.audio import Window
from mediafeed.model.source import FailureKind

MOST_HOPS: Final = 10  # tracking prefixes: six in a row are common
ENOUGH: Final = 65_536  # bytes after which a server that sends the whole file is left

_RANGE: Final = re.compile(r"bytes (?:(\d{1,18})-(\d{1,18})|\*)/(?:(\d{1,18})|\*)")


@dataclass(frozen=True, slots=True)
class Span:
    """So many bytes from `start` on."""

    start: int
    length: int

    @property
    def header(self) -> str:
        """Write the Range header.

        >>> Span(1000, 24).header
        'bytes=1000-1023'
        """
        return f"bytes={self.start}-{self.start + self.length - 1}"


def window_of(raw: HTTPResponse, span: Span, hop: Hop, clock: Clock) -> Window:
    """Read the part that was asked for, or the beginning of the whole, and no more.

    Raises:
        NoAnswerError: Another status, other bytes than were asked for, or a body that is not as its head says.
    """
    head = answer.head_of(raw.headers.items())
    if head.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        raise NoAnswerError(FailureKind.BAD_RESPONSE, "a compressed answer to a question for plain bytes")
    match raw.status:
        case 206:
            body, size = _part(raw, head, span)
        case 200:
            body, size = _beginning(raw, span), _length(head)
        case 416:
            body, size = b"", _nothing_there(head, span)
        case _:
            raise answer.failure_of(raw.status, head, now=clock.now, login=False)
    return Window(
        url=str(hop.address),
        start=span.start,
        body=body,
        size=size,
        ranged=raw.status != 200,
        etag=head.get("etag"),
        content_type=head.get("content-type", "").strip()[:200],
        at=clock.now,
        elapsed=clock.asking,
    )


def _part(raw: HTTPResponse, head: Mapping[str, str], span: Span) -> tuple[bytes, int | None]:
    said = _RANGE.fullmatch(head.get("content-range", "").strip())
    if said is None or said[1] is None:
        raise NoAnswerError(FailureKind.BAD_RESPONSE, "a part without saying which (no Content-Range)")
    first, last = int(said[1]), int(said[2])
    size = int(said[3]) if said[3] else None
    wrong = first != span.start or not first <= last < first + span.length or (size is not None and last >= size)
    # A last byte before the wanted one is right only at the file's end.
    short = last < span.start + span.length - 1 and size is not None and last != size - 1
    if wrong or short:
        raise NoAnswerError(FailureKind.BAD_RESPONSE, f"asked for {span.header}, told {said[0][:60]!r}")
    length = last - first + 1
    body = _read(raw, length + 1)
    if len(body) != length:
        raise NoAnswerError(FailureKind.BAD_RESPONSE, f"told of {length} bytes, sent {len(body)} or more")
    return body, size


def _beginning(raw: HTTPResponse, span: Span) -> bytes:
    if span.start:
        raise NoAnswerError(FailureKind.BAD_RESPONSE, "the server sends no parts of a file")
    return _read(raw, ENOUGH)


def _nothing_there(head: Mapping[str, str], span: Span) -> int:
    said = _RANGE.fullmatch(head.get("content-range", "").strip())
    if said and said[1] is None and said[3] and int(said[3]) <= span.start:
        return int(said[3])
    raise NoAnswerError(FailureKind.BAD_RESPONSE, "the server says that no such part is there", status=416)


def _length(head: Mapping[str, str]) -> int | None:
    said = head.get("content-length", "").strip()
    # RFC 9112, 6.3: with chunked transfer the length counts for nothing.
    plain = said.isascii() and said.isdigit() and len(said) <= 15 and "transfer-encoding" not in head
    return int(said) if plain else None


def _read(raw: HTTPResponse, most: int) -> bytes:
    """Read at most so many bytes; what is read to its end gives its connection back."""
    body = b""
    while len(body) < most and (piece := raw.read(most - len(body), decode_content=False)):
        body += piece
    return body
