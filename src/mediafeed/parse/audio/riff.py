"""WAV, RF64 and AIFF: sizes stand in front, in chunks."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from mediafeed.model.audio import Measurement
from mediafeed.parse.audio.doubts import cut
from mediafeed.parse.audio.windows import Windows

_MOST_CHUNKS: Final = 32
_UNKNOWN: Final = 0xFFFF_FFFF
_SOX_UNKNOWN: Final = 0x7FFF_FFFF  # less its headers
_EVEN: Final = {1, 3, 0xFFFE}  # PCM, floats and what is told of at length: as many bytes each second as `fmt ` says
_UNPACKED: Final = {b"NONE", b"sowt", b"twos", b"raw ", b"fl32", b"FL32", b"fl64", b"FL64", b"in24", b"in32"}
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
            kind, channels, rate, bytes_a_second, each = struct.unpack("<HHIIH", windows.read(chunk.start, 14))
            if kind in _EVEN and each and rate:
                bytes_a_second = each * rate  # players go by the samples, whatever is said of a second
            found = replace(found, channels=channels)
        elif chunk.name == b"ds64":
            long_length = int.from_bytes(windows.read(chunk.start + 8, 8), "little")
        elif chunk.name == b"fact":
            samples = int.from_bytes(windows.read(chunk.start, 4), "little") % _UNKNOWN
        elif chunk.name == b"data" and bytes_a_second:
            said = long_length if chunk.length == _UNKNOWN else chunk.length
            there = windows.end - chunk.start
            if not said or said >> 8 == _UNKNOWN >> 8 or said >> 13 == _SOX_UNKNOWN >> 13:
                said = there  # written into a pipe, its length was never filled in
            if kind not in _EVEN:
                told = samples / rate if rate else 0.0
                return _compressed(found, told, said, there, bytes_a_second)
            return _whole_or_cut(found, said / bytes_a_second, said, there)
    return replace(found, reason="its header tells of no sound")


def _whole_or_cut(found: Measurement, seconds: float, said: int, there: int) -> Measurement:
    if said > there:
        return cut(found, seconds, said, max(there, 0))
    return replace(found, seconds=seconds, tolerance=0.001)


def _compressed(found: Measurement, told: float, said: int, there: int, bytes_a_second: int) -> Measurement:
    """Take the seconds that `fact` tells; what writers say of bytes a second is often wrong."""
    if told:
        return _whole_or_cut(found, told, said, there)
    guessed = min(said, there) / bytes_a_second
    reason = "compressed, and its header does not say how many samples"
    return replace(found, seconds=guessed, tolerance=guessed, reason=reason)


def read_aiff(windows: Windows) -> Measurement:
    """Measure an AIFF.

    Raises:
        MissingError: More of the file is needed.
    """
    found = Measurement(format="aiff", media_type="audio/aiff")
    seconds, counted, sound = 0.0, 0, None
    for chunk in _chunks(windows, ">"):
        if chunk.name == b"COMM":
            channels, frames, bits, exponent, mantissa = struct.unpack(">HIHHQ", windows.read(chunk.start, 18))
            rate = mantissa * 2.0 ** min(exponent - _BIAS, 0)
            seconds = frames / rate if rate > 0 else 0.0
            found = replace(found, channels=channels)
            packed = chunk.length >= 22 and windows.read(chunk.start + 18, 4) not in _UNPACKED
            counted = 0 if packed else frames * channels * -(-bits // 8)
        elif chunk.name == b"SSND":
            sound = chunk
        if seconds and sound:
            return _aiff_of(found, seconds, counted, sound.length - 8, windows.end - sound.start - 8)
    return replace(found, reason="its header tells of no sound")


def _aiff_of(found: Measurement, seconds: float, counted: int, said: int, there: int) -> Measurement:
    """Hold the samples that are counted in bytes, 0 where they are packed, to the bytes that are said to be there."""
    if said > there:
        return cut(found, seconds, said, max(there, 0))
    if not counted or counted <= said <= counted + 1:
        return replace(found, seconds=seconds, tolerance=0.001)
    heard = seconds * max(said, 0) / counted
    reason = f"its header tells of {counted} bytes of sound, there are {max(said, 0)}"
    return replace(found, seconds=heard, tolerance=abs(seconds - heard), reason=reason)
