"""ID3v2: where a tag ends, and which frames it has. A tag is walked by the sizes that its frames state.

mutagen never sees a stranger's frames: 21 KB of them, compressed, hang it for minutes. What is read here is read by
its size; what is compressed or encrypted is not read at all.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from mediafeed.parse.audio.windows import AHEAD, MissingError, Windows

HEADER: Final = 10
Read = Callable[[int, int], bytes]  # start, length

_MOST_TAGS: Final = 8
_MOST_FRAMES: Final = 4_000
_NEAR: Final = 12_288  # bytes before the audio that are asked for together with it: frames behind a picture
_FOOTER: Final = 0x10
_UNSYNCHRONISED: Final = 0x80  # a NUL stands behind each FF, so that no part of it looks like audio
_EXTENDED: Final = 0x40
_SEALED: Final = {3: 0xC0, 4: 0x0C}  # compressed or encrypted
_GROUPED: Final = {3: 0x20, 4: 0x40}
_FRAME_UNSYNCHRONISED: Final = 0x02
_HAS_LENGTH: Final = 0x01


@dataclass(frozen=True, slots=True)
class Tag:
    """One ID3v2 tag: its frames are from `start` to `end`, what follows it is at `next`."""

    version: int
    flags: int
    start: int
    end: int
    next: int

    @property
    def resynchronised_first(self) -> bool:
        """Say whether the sizes in it are right only after all of it was resynchronised."""
        return self.version < 4 and bool(self.flags & _UNSYNCHRONISED)


@dataclass(frozen=True, slots=True)
class TagFrame:
    """One frame of a tag; its body is from `start` to `end` in what it was walked in."""

    name: str
    start: int
    end: int
    readable: bool
    skipped: int = 0  # bytes of the body before the words: group, length
    unsynchronised: bool = False


def syncsafe(four: bytes) -> int:
    """Read a number of seven bits a byte.

    >>> syncsafe(bytes([0, 0, 2, 1]))
    257
    """
    number = 0
    for byte in four:
        number = number << 7 | byte & 0x7F
    return number


def tags_in_front(windows: Windows) -> tuple[tuple[Tag, ...], int]:
    """Give the tags before the audio, and where it begins. Several in a row are seen.

    Raises:
        MissingError: The audio's beginning is not held.
    """
    tags: list[Tag] = []
    at = 0
    while len(tags) < _MOST_TAGS:
        head = _head_at(windows, at, tags)
        tag = _tag_at(head, at)
        if tag is None:
            break
        tags.append(tag)
        at = tag.next
    return tuple(tags), at


def _head_at(windows: Windows, at: int, before: list[Tag]) -> bytes:
    try:
        return windows.read(at, HEADER)
    except MissingError:
        rest = _not_walked(windows, before[-1]) if before else at
        if at - rest <= _NEAR and at + AHEAD <= windows.end:
            windows.read(rest, at - rest + AHEAD)
        raise


def _not_walked(windows: Windows, tag: Tag) -> int:
    """Give where the first frame is that is not held, or the tag's end if there is none."""
    try:
        for frame in frames_in(windows, tag):
            if frame.name == "CHAP":  # chapters are read beside the duration, and only then
                return tag.end
    except MissingError as missing:
        return missing.start
    return tag.end


def _tag_at(head: bytes, at: int) -> Tag | None:
    if len(head) < HEADER or not head.startswith(b"ID3") or head[3] == 0xFF or max(head[6:10]) > 0x7F:
        return None
    end = at + HEADER + syncsafe(head[6:10])
    return Tag(head[3], head[5], at + HEADER, end, end + HEADER if head[5] & _FOOTER else end)


def frames_in(windows: Windows, tag: Tag) -> Iterator[TagFrame]:
    """Walk through a tag, without what its frames hold.

    Raises:
        MissingError: The next frame's header is not held.
    """
    if tag.version not in {2, 3, 4} or tag.resynchronised_first:
        return
    start = tag.start
    if tag.flags & _EXTENDED and tag.version > 2:
        size = windows.read(start, 4)
        start += syncsafe(size) if tag.version == 4 else int.from_bytes(size, "big") + 4
    whole = tag.version == 4 and bool(tag.flags & _UNSYNCHRONISED)
    yield from walked(windows.read, start, min(tag.end, windows.end), tag.version, unsynchronised=whole)


def walked(read: Read, at: int, end: int, version: int, *, unsynchronised: bool = False) -> Iterator[TagFrame]:
    """Walk through frames between two places of what `read` reads; the tag may say that all are unsynchronised."""
    head = 6 if version == 2 else 10
    for _ in range(_MOST_FRAMES):
        if at + head >= end:
            return
        frame = _frame(read, at, end, version)
        if frame is None or frame.end > end:
            return
        yield replace(frame, unsynchronised=True) if unsynchronised else frame
        at = frame.end


def _frame(read: Read, at: int, end: int, version: int) -> TagFrame | None:
    head = read(at, 6 if version == 2 else 10)
    start = at + len(head)
    name = _name(head, version)
    if not name:
        return None  # padding, or the end of what can be understood
    if version == 2:
        return TagFrame(name, start, start + int.from_bytes(head[3:6], "big"), readable=True)
    length = int.from_bytes(head[4:8], "big") if version == 3 else _length_of_2_4(read, head[4:8], start, end)
    flags = head[9]
    skipped = 1 if flags & _GROUPED[version] else 0
    if version == 4 and flags & _HAS_LENGTH:
        skipped += 4
    return TagFrame(
        name,
        start,
        start + length,
        readable=not flags & _SEALED[version],
        skipped=skipped,
        unsynchronised=version == 4 and bool(flags & _FRAME_UNSYNCHRONISED),
    )


def _name(head: bytes, version: int) -> str:
    name = head[: 3 if version == 2 else 4]
    return name.decode() if name.isalnum() and name.isascii() and name.isupper() else ""


def _length_of_2_4(read: Read, size: bytes, start: int, end: int) -> int:
    """Read a frame's length in a tag of 2.4, into which some write plain numbers: what follows it tells which."""
    plain, safe = int.from_bytes(size, "big"), syncsafe(size)
    if plain == safe or max(size) > 0x7F:
        return plain
    try:
        follows = _follows(read, start + safe, end)
    except MissingError:
        return safe  # what follows is wanted next, and then it tells
    return plain if follows < 2 and _follows(read, start + plain, end) > follows else safe


def _follows(read: Read, at: int, end: int) -> int:
    """Say how well a frame may end there: 2 before another one, 1 before padding or the tag's end, 0 not at all."""
    if at + 10 >= end:
        return int(at <= end)
    head = read(at, 10)
    return 2 if _name(head, 4) else int(not any(head))


def body_of(frame: TagFrame, held: bytes) -> bytes:
    """Give what a frame holds, from its bytes."""
    body = held[frame.skipped :]
    return body.replace(b"\xff\x00", b"\xff") if frame.unsynchronised else body


def text_of(body: bytes) -> str:
    r"""Read a text frame: one byte of encoding, then words up to a NUL.

    >>> text_of(b"\x03Chapter 1\x00")
    'Chapter 1'
    """
    return _decoded(body[1:], body[0]) if body else ""


def _decoded(words: bytes, encoding: int) -> str:
    name = {0: "latin-1", 1: "utf-16", 2: "utf-16-be", 3: "utf-8"}.get(encoding, "latin-1")
    if name == "utf-16" and not words.startswith((b"\xff\xfe", b"\xfe\xff")):
        name = "utf-16-le"
    return words.decode(name, "replace").partition("\0")[0].strip()


def split_text(body: bytes, encoding: int) -> tuple[bytes, bytes]:
    """Part a text from what follows its NUL, which is two bytes wide in UTF-16."""
    if encoding not in {1, 2}:
        before, _, after = body.partition(b"\0")
        return before, after
    for at in range(0, len(body) - 1, 2):
        if body[at : at + 2] == b"\0\0":
            return body[:at], body[at + 2 :]
    return body, b""
