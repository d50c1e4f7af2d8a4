"""Title, artist, album and chapters of an ID3v2 tag (id3v2-chapters-1.0): CHAP and CTOC, read by their sizes."""

import struct
from dataclasses import replace
from typing import Final

from mediafeed.parse.audio.frames import held_only
from mediafeed.parse.audio.id3 import Tag, TagFrame, body_of, frames_in, split_text, text_of, walked
from mediafeed.parse.audio.told import Told
from mediafeed.parse.audio.windows import Windows

_NAMES: Final = {
    "TIT2": "title", "TT2": "title", "TPE1": "artist", "TP1": "artist", "TPE2": "album artist", "TP2": "album artist",
    "TCOM": "composer", "TCM": "composer", "TALB": "album", "TAL": "album",
}  # fmt: skip
_LONGEST_TEXT: Final = 4_096
_LONGEST_COMMENT: Final = 512  # bytes, of one that tells of padding
_AHEAD: Final = 131_072  # bytes: where one chapter is, the others are
_LONGEST_UNSYNCHRONISED: Final = 262_144


def tell_of_tags(windows: Windows, tags: tuple[Tag, ...], told: Told) -> None:
    """Add what tags tell. Chapters are those of the first place that has any: a second one mostly repeats them.

    Raises:
        MissingError: Chapters in them are not held, or frames that may be chapters.
    """
    for tag in tags:
        _tell_of_tag(windows, tag, told, chapters=not told.chapters)


def _tell_of_tag(windows: Windows, tag: Tag, told: Told, *, chapters: bool) -> None:
    """Add what a tag tells.

    Raises:
        MissingError: Chapters in it are not held, or frames that may be chapters.
    """
    if tag.resynchronised_first:
        if tag.end - tag.start > _LONGEST_UNSYNCHRONISED:
            return
        plain = _resynchronised(windows.read(tag.start, tag.end - tag.start, ahead=_AHEAD))
        tag = replace(tag, flags=tag.flags & 0x7F, end=tag.start + len(plain))
        windows = Windows(((tag.start, plain),), tag.end)
    contents = _Contents(told, tag.version)
    try:
        for frame in frames_in(windows, tag):
            if frame.readable and frame.name in _NAMES and frame.end - frame.start <= _LONGEST_TEXT:
                held = held_only(windows, frame.start, frame.end - frame.start)
                told.tag(_NAMES[frame.name], text_of(body_of(frame, held)))
            elif frame.readable and frame.name in {"COMM", "COM"} and frame.end - frame.start <= _LONGEST_COMMENT:
                body = body_of(frame, held_only(windows, frame.start, frame.end - frame.start))
                told.gapless(_comment(body, "iTunSMPB"))
            elif chapters and frame.readable and frame.name in {"CHAP", "CTOC"}:
                ahead = min(tag.end - frame.start, _AHEAD)
                held = windows.read(frame.start, frame.end - frame.start, ahead=ahead)
                contents.take(frame, body_of(frame, held))
    finally:
        contents.list_chapters()


def _comment(body: bytes, name: str) -> str:
    """Give the words of a comment of this name, "" of any other. They stand behind encoding, language and name."""
    if not body or text_of(body[:1] + body[4:]) != name:
        return ""
    return text_of(body[:1] + split_text(body[4:], body[0])[1])


def _resynchronised(body: bytes) -> bytes:
    return body.replace(b"\xff\x00", b"\xff")


class _Contents:
    """The chapters of one tag and the table of contents that lists them."""

    def __init__(self, told: Told, version: int) -> None:
        self._told = told
        self._version = version
        self._names: list[bytes] = []
        self._listed: set[bytes] = set()

    def take(self, frame: TagFrame, body: bytes) -> None:
        name, _, rest = body.partition(b"\0")
        if frame.name == "CTOC":
            # Its count is one byte, which of more than 255 chapters tells the rest of a division: all names count.
            self._listed.update(rest[2:].split(b"\0"))
        elif len(rest) >= 16:
            self._chapter(name, rest)

    def list_chapters(self) -> None:
        """Mark the chapters that the table leaves out; a table that knows none of them says nothing."""
        if self._listed.intersection(self._names):
            for place, name in enumerate(self._names, len(self._told.chapters) - len(self._names)):
                if name not in self._listed:
                    self._told.chapters[place] = replace(self._told.chapters[place], listed=False)

    def _chapter(self, name: bytes, rest: bytes) -> None:
        start, end = struct.unpack(">II", rest[:8])
        title, href = "", ""
        inner = rest[16:]
        for frame in walked(lambda at, length: inner[at : at + length], 0, len(inner), self._version):
            body = body_of(frame, inner[frame.start : frame.end])
            if not frame.readable or not body:
                continue
            match frame.name:
                case "TIT2":
                    title = title or text_of(body)
                case "WXXX":
                    href = split_text(body[1:], body[0])[1].decode("latin-1").strip("\0 ")
        before = len(self._told.chapters)
        self._told.chapter(start / 1_000, title, end=end / 1_000, href=href)
        self._names += [name] * (len(self._told.chapters) - before)
