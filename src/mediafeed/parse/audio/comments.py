"""Vorbis comments: `NAME=words`, in Ogg and in FLAC; chapters as CHAPTER001, CHAPTER001NAME, CHAPTER001URL."""

import re
from collections.abc import Callable
from typing import Final

from mediafeed.parse.audio.told import Told

_MOST_COMMENTS: Final = 4_500  # a thousand chapters of four comments each
_LONGEST: Final = 8_192  # bytes; what is longer is a picture or a novel
_AHEAD: Final = 16_384  # bytes: where one chapter is, the others are; where that is not enough, there are many
_MOST_AHEAD: Final = 131_072
_NEXT: Final = 1_024  # bytes that hold the next comment mostly
_NAMES: Final = {
    "title": "title", "artist": "artist", "albumartist": "album artist", "composer": "composer", "album": "album",
}  # fmt: skip
_CHAPTER: Final = re.compile(r"chapter(\d{1,4})(name|url)?")
_CLOCK: Final = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d(?:\.\d{1,9})?)")


def tell_of_comments(read: Callable[[int, int], bytes], told: Told) -> None:
    """Add what comments tell; `read` gives bytes of them by place and length, fewer at their end.

    Raises:
        MissingError: They are not all held.
    """
    chapters: dict[int, dict[str, str]] = {}
    try:
        at = 4 + int.from_bytes(read(0, 4), "little")  # behind the encoder's name
        count = int.from_bytes(read(at, 4), "little")
        at += 4
        reached, ahead = 0, _AHEAD
        for _ in range(min(count, _MOST_COMMENTS)):
            if chapters and at + _NEXT > reached:
                read(at, ahead)
                reached, ahead = at + ahead, min(2 * ahead, _MOST_AHEAD)
            head = read(at, 4)
            length = int.from_bytes(head, "little")
            if len(head) < 4:
                break
            if length <= _LONGEST:
                _tell(read(at + 4, length).decode("utf-8", "replace"), told, chapters)
            at += 4 + length
    finally:
        _tell_of_chapters(chapters, told)


def _tell(comment: str, told: Told, chapters: dict[int, dict[str, str]]) -> None:
    name, _, words = comment.partition("=")
    name = name.lower()
    if name in _NAMES:
        told.tag(_NAMES[name], words)
    elif found := _CHAPTER.fullmatch(name):
        chapters.setdefault(int(found[1]), {}).setdefault(found[2] or "start", words.strip())


def _tell_of_chapters(chapters: dict[int, dict[str, str]], told: Told) -> None:
    for number in sorted(chapters):
        chapter = chapters[number]
        if clock := _CLOCK.fullmatch(chapter.get("start", "")):
            start = int(clock[1]) * 3_600 + int(clock[2]) * 60 + float(clock[3])
            told.chapter(start, chapter.get("name", ""), href=chapter.get("url", ""))
