"""WAV, RF64 and AIFF: sizes stand in front, in chunks."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from mediafeed.model.audio import Measurement
from mediafeed.parse.audio.windows import Windows

_MOST_CHUNKS: Final = 32
_UNKNOWN: Final = 0xFFFF_FFFF
_EVEN: Final = {1, 3, 0xFFFE}  # PCM, floats and what is told of at length: as many bytes each second as `fmt ` says
_BIAS: Final = 16_383 + 63  # of an 80-bit float whose 64 bits of mantissa are read as a whole number


@dataclass(frozen=True, slots=True)
class _Chunk:
    name: bytes
    start: int
    length: int


def _chunks(windows: Windows, order: str) -> Iterator[_Chunk]:
    at = 12
    for _ in range(_MOST_CHUNKS):
        head = windows.read(at, 8)
        if len(head) < 8:
            return
        name, length = struct.unpack(f"{order}4sI", head)
        yield _Chunk(name, at + 8, length)
        at += 8 + length + (length & 1)


def read_wave(windows: Windows) -> Measurement:
    """Measure a WAV, or an RF64, whose sizes are longer.

    Raises:
        MissingError: More of the file is needed.
    """
    found = Measurement(format="wav", media_type="audio/wav")
    kind, rate, bytes_a_second, long_length, samples = 0, 0, 0, 0, 0
    for chunk in _chunks(windows, "<"):
        if chunk.name == b"fmt ":
            kind, channels, rate, bytes_a_second = struct.unpack("<HHII", windows.read(chunk.start, 12))
            found = replace(found, channels=channels)
        elif chunk.name == b"ds64":
            long_length = int.from_bytes(windows.read(chunk.start + 8, 8), "little")
        elif chunk.name == b"fact":
            samples = int.from_bytes(windows.read(chunk.start, 4), "little") % _UNKNOWN
        elif chunk.name == b"data" and bytes_a_second:
            said = long_length if chunk.length == _UNKNOWN else chunk.length
            there = windows.end - chunk.start
            # Written into a pipe, its length was never filled in.
            length = min(said or there, there)
            if kind not in _EVEN:
                told = samples / rate if rate else 0.0
                return _compressed(found, told, length / bytes_a_second, length / (said or length or 1))
            return replace(found, seconds=length / bytes_a_second, tolerance=0.001)
    return replace(found, reason="its header tells of no sound")


def _compressed(found: Measurement, told: float, guessed: float, share: float) -> Measurement:
    """Take the seconds that `fact` tells; what writers say of bytes a second is often wrong. `share` of it is there."""
    if not told:
        reason = "compressed, and its header does not say how many samples"
        return replace(found, seconds=guessed, tolerance=guessed, reason=reason)
    if share < 1:
        reason = "its header tells of more bytes than there are"
        return replace(found, seconds=told, tolerance=max(told * (1 - share), 0.001), reason=reason)
    return replace(found, seconds=told, tolerance=0.001)


def read_aiff(windows: Windows) -> Measurement:
    """Measure an AIFF.

    Raises:
        MissingError: More of the file is needed.
    """
    found = Measurement(format="aiff", media_type="audio/aiff")
    for chunk in _chunks(windows, ">"):
        if chunk.name == b"COMM":
            channels, frames, exponent, mantissa = struct.unpack(">HI2xHQ", windows.read(chunk.start, 18))
            rate = mantissa * 2.0 ** min(exponent - _BIAS, 0)
            if rate > 0:
                return replace(found, seconds=frames / rate, tolerance=0.001, channels=channels)
    return replace(found, reason="its header tells of no sound")
