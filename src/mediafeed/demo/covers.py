"""A plain cover for each sample show: one colour, a square, no more."""

import struct
import zlib

SIDE = 1400  # pixels: the least that Apple takes


def plain_cover(colour: tuple[int, int, int]) -> bytes:
    """Draw a PNG of one colour with a lighter square in its middle.

    >>> plain_cover((30, 60, 90))[1:4]
    b'PNG'
    """
    palette = bytes(colour) + bytes((255 + part) // 2 for part in colour)
    edge = SIDE // 4
    plain = b"\0" + b"\0" * SIDE  # each line begins with its filter: none
    middle = b"\0" + b"\0" * edge + b"\1" * (SIDE - 2 * edge) + b"\0" * edge
    lines = plain * edge + middle * (SIDE - 2 * edge) + plain * edge
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, body)
        for kind, body in (
            (b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 3, 0, 0, 0)),
            (b"PLTE", palette),
            (b"IDAT", zlib.compress(lines, 9)),
            (b"IEND", b""),
        )
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
