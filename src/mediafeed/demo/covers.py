"""A plain cover for each sample show: one colour and a few bars, no more."""

import struct
import zlib

SIDE = 1400  # pixels: the least that Apple takes
BARS = (2, 5, 9, 6, 11, 7, 4, 8, 3)  # how tall each is, in sixteenths
GAP, BAR = 75, 70  # pixels


def plain_cover(colour: tuple[int, int, int]) -> bytes:
    """Draw a PNG of one colour with lighter bars, like those of a recording.

    >>> plain_cover((30, 60, 90))[1:4]
    b'PNG'
    """
    palette = bytes(colour) + bytes((255 + part) // 2 for part in colour)
    lines = b"".join(_line(place) for place in range(SIDE))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, body)
        for kind, body in (
            (b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 3, 0, 0, 0)),
            (b"PLTE", palette),
            (b"IDAT", zlib.compress(lines, 9)),
            (b"IEND", b""),
        )
    )


def _line(place: int) -> bytes:
    """Give a line of the picture, after the filter that each begins with: none."""
    reach = abs(2 * place - SIDE)  # from the middle, twice
    return b"\0" + b"".join(b"\0" * GAP + (b"\1" if reach < SIDE * tall // 16 else b"\0") * BAR for tall in BARS).ljust(
        SIDE, b"\0"
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
