"""Chapters in front of an MP3, as podcast hosts write them: ID3v2.4, CTOC and CHAP."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice

from mediafeed.demo.audio import LoopedSound

UTF8 = b"\3"
TOP_LEVEL_IN_ORDER = b"\3"
NO_OFFSET = b"\xff" * 8


@dataclass(frozen=True, slots=True)
class TaggedSound:
    """A sound behind a tag."""

    tag: bytes
    sound: LoopedSound

    @property
    def length(self) -> int:
        """Give the number of bytes."""
        return len(self.tag) + self.sound.length

    def between(self, start: int, stop: int) -> bytes:
        """Give the bytes from `start` up to `stop`, both clamped.

        >>> TaggedSound(b"ID3", LoopedSound(b"abcd", 10)).between(1, 6)
        b'D3abc'
        """
        start, front = max(0, start), len(self.tag)
        return self.tag[start:stop] + self.sound.between(max(0, start - front), max(0, stop - front))


def chapter_tag(title: str, chapters: Sequence[tuple[int, str]], end: int) -> bytes:
    """Write a tag with a title and chapters.

    Args:
        title: Of the episode.
        chapters: (start, title) in order; starts are seconds.
        end: Where the last one ends, in seconds.
    """
    names = [f"ch{place}".encode() for place in range(len(chapters))]
    ends = [*(start for start, _ in chapters[1:]), end]
    listed = b"".join(name + b"\0" for name in names)
    frames = [
        _text(b"TIT2", title),
        _frame(b"CTOC", b"toc\0" + TOP_LEVEL_IN_ORDER + bytes([len(names)]) + listed),
        *(
            _frame(
                b"CHAP", name + b"\0" + _milliseconds(start) + _milliseconds(stop) + NO_OFFSET + _text(b"TIT2", words)
            )
            for name, (start, words), stop in zip(names, chapters, ends, strict=True)
        ),
    ]
    body = b"".join(frames)
    return b"ID3\4\0\0" + _syncsafe(len(body)) + body


def tagged() -> dict[str, tuple[tuple[int, str], ...]]:
    """Read which sounds have chapters: path -> (start in seconds, title) of each."""
    text = files("mediafeed.demo").joinpath("sources/audio_chapters.csv").read_text(encoding="utf-8")
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    for path, start, title in islice(csv.reader(text.splitlines()), 1, None):
        found[path] = (*found.get(path, ()), (int(start), title))
    return found


def _text(name: bytes, words: str) -> bytes:
    return _frame(name, UTF8 + words.encode())


def _frame(name: bytes, body: bytes) -> bytes:
    return name + _syncsafe(len(body)) + b"\0\0" + body


def _milliseconds(seconds: int) -> bytes:
    return (seconds * 1000).to_bytes(4, "big")


def _syncsafe(number: int) -> bytes:
    """Write a size as ID3 does: seven bits in each byte, so that none looks like the beginning of a frame."""
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))
