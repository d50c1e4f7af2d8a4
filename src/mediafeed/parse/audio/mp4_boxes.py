"""MP4's boxes: headers alone are read, and nothing is read inside of a box that nobody asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mediafeed.parse.audio.windows import AHEAD, Windows

_MOST_BOXES: Final = 200  # in one box


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its four letters, where it begins, and its body from `start` to `end`.

    `said` is where it says that it ends, which in a file that was cut is behind the end of it.
    """

    kind: bytes
    at: int
    start: int
    end: int
    said: int


def boxes(windows: Windows, at: int, end: int, *, ahead: int = AHEAD) -> Iterator[Box]:
    """Give the boxes between two places, without what they hold; a wrong size ends them.

    Raises:
        MissingError: The next one's header is not held.
    """
    for _ in range(_MOST_BOXES):
        if at + 8 > end:
            return
        head = windows.read(at, min(16, end - at), ahead=ahead)
        if len(head) < 8:
            return
        size, kind, start = int.from_bytes(head[:4], "big"), head[4:8], at + 8
        if size == 1:
            size, start = int.from_bytes(head[8:16], "big"), at + 16
        stop = end if size == 0 else at + size
        if stop < start or (stop > end and end != windows.end):
            return
        yield Box(kind, at, start, min(stop, end), stop)
        at = stop


def inside(windows: Windows, box: Box, *path: bytes) -> Box | None:
    """Find a box by its path from another one.

    Raises:
        MissingError: The way to it is not held.
    """
    for kind in path:
        found = next((child for child in boxes(windows, box.start, box.end) if child.kind == kind), None)
        if found is None:
            return None
        box = found
    return box


def full_box(windows: Windows, box: Box, length: int) -> tuple[int, int, bytes]:
    """Give version and flags of a box and up to `length` bytes behind them.

    Raises:
        MissingError: They are not held.
    """
    body = windows.read(box.start, min(length + 4, box.end - box.start))
    return (body[0], int.from_bytes(body[1:4], "big"), body[4:]) if len(body) >= 4 else (0, 0, b"")


def timed(windows: Windows, box: Box) -> tuple[int, int]:
    """Read scale (units a second) and length of mvhd or mdhd; 0 where they are not there or not known.

    Raises:
        MissingError: They are not held.
    """
    version, _, body = full_box(windows, box, 28)
    wide = 8 if version == 1 else 4
    scale = int.from_bytes(body[2 * wide : 2 * wide + 4], "big")
    length = body[2 * wide + 4 : 3 * wide + 4]
    unknown = len(length) < wide or length == b"\xff" * wide
    return scale, 0 if unknown else int.from_bytes(length, "big")
