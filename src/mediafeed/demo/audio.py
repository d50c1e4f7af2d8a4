"""Sound for the samples: one short clip, served over and over until each episode has its true length."""

import csv
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice

CLIP_SECONDS = 9
FRAME_LENGTH = 72  # bytes: an MPEG-2 layer III frame at 16 kbit/s and 16 kHz, never padded
FRAME_MILLISECONDS = 36


def sound_length(seconds: int) -> int:
    """Give the bytes of an MP3 of so many seconds, in whole frames.

    >>> sound_length(2880)
    5760000
    """
    return FRAME_LENGTH * round(seconds * 1000 / FRAME_MILLISECONDS)


@dataclass(frozen=True, slots=True)
class LoopedSound:
    """An MP3 of `length` bytes without ever holding it: its frames stand alone, so that the clip can follow itself."""

    clip: bytes
    length: int

    def between(self, start: int, stop: int) -> bytes:
        """Give the bytes from `start` up to `stop`, both clamped to the sound.

        >>> LoopedSound(b"abcd", 10).between(3, 99)
        b'dabcdab'
        """
        start, stop = max(0, start), min(stop, self.length)
        if start >= stop:
            return b""
        first = start // len(self.clip)
        rounds = (stop - 1) // len(self.clip) - first + 1
        offset = start - first * len(self.clip)
        return (self.clip * rounds)[offset : offset + stop - start]


def sounds() -> dict[str, int]:
    """Read which sounds the origin serves: path -> seconds."""
    text = files("mediafeed.demo").joinpath("sources/audio.csv").read_text(encoding="utf-8")
    return {path: int(seconds) for path, seconds in islice(csv.reader(text.splitlines()), 1, None)}
