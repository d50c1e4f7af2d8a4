"""Bodies, decoded piece by piece and never beyond the cap: 2 GiB of zeros are 2 MB of gzip."""

import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Final

from mediafeed.fetch.failure import NoAnswerError
from mediafeed.model.source import FailureKind

PIECE: Final = 65_536
_GZIP: Final = b"\x1f\x8b\x08"
_GZIP_BITS: Final = 31
_ZLIB_BITS: Final = 15
_RAW_BITS: Final = -15


def read_body(chunks: Iterable[bytes], *, coding: str, cap: int) -> bytes:
    """Put a body together and undo its content coding.

    Args:
        chunks: As they come off the wire.
        coding: The Content-Encoding header.
        cap: Bytes, for what comes off the wire as for what comes of it.

    Raises:
        NoAnswerError: TOO_LARGE, or BAD_RESPONSE for what is not what the header says.
    """
    pieces = _undone(_capped(chunks, cap), coding.strip().lower())
    # Some hosts serve feed.xml.gz as it lies on their disk, with or without saying so.
    pieces = _peeled(pieces)
    whole = BytesIO()  # not a list: a million pieces of one byte would cost fifty times their size
    for piece in _capped(pieces, cap):
        whole.write(piece)
    return whole.getvalue()


def _undone(chunks: Iterator[bytes], coding: str) -> Iterator[bytes]:
    match coding:
        case "" | "identity":
            return chunks
        case "gzip" | "x-gzip":
            return _inflated(chunks, _GZIP_BITS)
        case "deflate":
            return _deflated(chunks)
    raise NoAnswerError(FailureKind.BAD_RESPONSE, f"content coding {coding[:30]!r} was not asked for")


def _capped(pieces: Iterable[bytes], cap: int) -> Iterator[bytes]:
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > cap:
            raise NoAnswerError(FailureKind.TOO_LARGE, f"more than {cap} bytes")
        yield piece


def _begun(pieces: Iterator[bytes], enough: int) -> bytes:
    """Take pieces until `enough` bytes are there, or all of them."""
    start = b""
    for piece in pieces:
        start += piece
        if len(start) >= enough:
            break
    return start


def _chained(start: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield start
    yield from pieces


def _peeled(pieces: Iterator[bytes]) -> Iterator[bytes]:
    start = _begun(pieces, len(_GZIP))
    whole = _chained(start, pieces)
    return _inflated(whole, _GZIP_BITS) if start.startswith(_GZIP) else whole


def _deflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Undo "deflate", which means zlib (RFC 9110, 8.4.1.2), and bare deflate to many servers."""
    start = _begun(pieces, 2)
    has_header = len(start) >= 2 and start[0] & 0x0F == 8 and (start[0] << 8 | start[1]) % 31 == 0
    yield from _inflated(_chained(start, pieces), _ZLIB_BITS if has_header else _RAW_BITS)


def _inflated(pieces: Iterable[bytes], bits: int) -> Iterator[bytes]:
    decoder = zlib.decompressobj(bits)
    members = 0
    for piece in pieces:
        rest, is_full = piece, False
        while rest or is_full:
            if decoder.eof:
                # RFC 1952, 2.2: a gzip file may have several members. What follows and is none is padding.
                if bits != _GZIP_BITS or not rest.startswith(_GZIP[:1]):
                    return
                decoder = zlib.decompressobj(bits)
                members += 1
            try:
                undone = decoder.decompress(rest, PIECE)
            except zlib.error as error:
                if members:
                    return
                raise NoAnswerError(
                    FailureKind.BAD_RESPONSE, "the body is not compressed as its header says"
                ) from error
            yield undone
            rest = decoder.unconsumed_tail or decoder.unused_data
            # zlib may have read all and hold back what was too much for one piece.
            is_full = len(undone) == PIECE and not decoder.eof
    if not decoder.eof:
        raise NoAnswerError(FailureKind.BAD_RESPONSE, "the body ends in the middle")
