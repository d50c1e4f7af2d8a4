"""FLAC's last frame: each says which it is, so that one at the end of a file tells how much of it is there.

A frame's header (RFC 9639, 9.1) is told from sound by its letters, and by a check sum of eight bits.
"""

from dataclasses import dataclass
from typing import Final

from mediafeed.parse.audio.tails import end_of_audio
from mediafeed.parse.audio.windows import TAILS, Windows

_LONGEST_HEADER: Final = 16
_BY_BYTE: Final = 6  # codes of a block size that stands behind the frame's number, in one byte or two
_BY_TWO: Final = 7
_RATES_BEHIND: Final = {12: 1, 13: 2, 14: 2}  # codes of a sample rate that does, and how many bytes it takes
_VARIABLE: Final = 0xF9
_SECOND: Final = {b"\xf8", b"\xf9"}  # what follows FF
_TRIED: Final = 4_000  # places that look like a frame's beginning


def _table(polynomial: int, bits: int) -> tuple[int, ...]:
    """Make the table of a check sum (RFC 9639, 9.1.8 and 9.3)."""
    table = list(range(256))
    for place, _ in enumerate(table):
        rest = place << (bits - 8)
        for _ in range(8):
            rest = rest << 1 ^ (polynomial if rest >> (bits - 1) & 1 else 0)
        table[place] = rest & ((1 << bits) - 1)
    return tuple(table)


_OF_HEADER: Final = _table(0x07, 8)
_OF_FRAME: Final = _table(0x8005, 16)


@dataclass(frozen=True, slots=True)
class Block:
    """The samples of a frame, from the first to behind the last; `whole` says that all of the frame is there."""

    start: int
    end: int
    whole: bool


def last_block(windows: Windows, size: int, longest: int) -> Block | None:
    """Find the last frame.

    A block has `size` samples, but for the last one; a frame has at most `longest` bytes, 0 where nobody says.

    Raises:
        MissingError: The file's end is not held.
    """
    first, most = TAILS
    first = max(first, min(longest + _LONGEST_HEADER, most))
    windows.read(max(windows.end - first, 0), first)
    end = end_of_audio(windows)
    for length in (first, most):
        start = max(windows.end - length, 0)
        held = windows.read(start, windows.end - start)[: max(end - start, 0)]
        at, tried = len(held), 0
        while (at := held.rfind(b"\xff", 0, at)) >= 0 and tried < _TRIED:
            if held[at + 1 : at + 2] in _SECOND:
                tried += 1
                if block := _block_at(held, at, size):
                    return block
        if not start:
            break
    return None


def _block_at(held: bytes, at: int, size: int) -> Block | None:
    head = held[at : at + _LONGEST_HEADER]
    if len(head) < 6 or head[3] & 1 or head[3] >> 4 > 10:
        return None
    number, next_ = _number(head)
    code, rate = head[2] >> 4, head[2] & 15
    wide = {_BY_BYTE: 1, _BY_TWO: 2}.get(code, 0)
    end = next_ + wide + _RATES_BEHIND.get(rate, 0)
    if number is None or code == 0 or rate == 15 or end >= len(head) or _check(head[:end], _OF_HEADER, 8) != head[end]:
        return None
    samples = int.from_bytes(head[next_ : next_ + wide], "big") + 1 if wide else _samples(code)
    start = number if head[1] == _VARIABLE else number * size
    whole = _check(held[at:-2], _OF_FRAME, 16) == int.from_bytes(held[-2:], "big")
    return Block(start, start + samples, whole)


def _samples(code: int) -> int:
    if code == 1:
        return 192
    return 576 << (code - 2) if code < _BY_BYTE else 256 << (code - 8)


def _number(head: bytes) -> tuple[int | None, int]:
    """Read a number that is written as UTF-8 writes letters, of up to 36 bits; gives where it ends, too."""
    first = head[4]
    if first < 0x80:
        return first, 5
    more = 7 - (first ^ 0xFF).bit_length() if first != 0xFF else 7
    rest = head[5 : 5 + more]
    if not 1 <= more <= 6 or len(rest) < more or any(each & 0xC0 != 0x80 for each in rest):
        return None, 5
    number = first & (0x7F >> (more + 1))
    for each in rest:
        number = number << 6 | each & 0x3F
    return number, 5 + more


def _check(held: bytes, table: tuple[int, ...], bits: int) -> int:
    """Count a check sum of so many bits over some bytes."""
    rest, mask = 0, (1 << bits) - 1
    for byte in held:
        rest = (rest << 8 & mask) ^ table[rest >> (bits - 8) ^ byte]
    return rest
