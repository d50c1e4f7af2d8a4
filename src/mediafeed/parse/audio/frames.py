"""Streams of frames: where they begin, and what those are that are held."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from mediafeed.parse.audio.windows import MissingError, Windows

CHAIN: Final = 3  # frames one behind the other that make a stream; chance makes two
SEARCHED: Final = 65_536  # bytes in which the first frame must begin
SEARCH_STEPS: Final = (4_096, 16_384, SEARCHED)
PROBE: Final = 4_096
_TRIED: Final = 20_000  # places that look like a frame's beginning


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame's length in bytes and seconds; `kind` is what all frames of a stream share."""

    length: int
    seconds: float
    bitrate: int
    kind: tuple[int, ...]


FrameAt = Callable[[bytes, int], Frame | None]


@dataclass(frozen=True, slots=True)
class Run:
    """Frames one behind the other; `start` is where in the file the first of them is.

    `frame` is how many seconds its first frame has; `quarters` are seconds and lengths of its four parts, which have as
    many frames each.
    """

    start: int
    seconds: float
    length: int
    bitrates: frozenset[int]
    frame: float
    quarters: tuple[tuple[float, int], ...]


def frames(held: bytes, at: int, frame_at: FrameAt) -> Iterator[Frame]:
    """Give the frames that follow each other from a place on; the last may go beyond what is held."""
    while frame := frame_at(held, at):
        yield frame
        at += frame.length


def first_frame(held: bytes, frame_at: FrameAt, *, whole: bool) -> int | None:
    """Find where a stream begins. `whole` says that the file ends where `held` does: then fewer frames are enough."""
    at, tried = held.find(b"\xff"), 0
    while at >= 0 and tried < _TRIED:
        if begins(held, at, frame_at, whole=whole):
            return at
        at, tried = held.find(b"\xff", at + 1), tried + 1
    return None


def begins(held: bytes, at: int, frame_at: FrameAt, *, whole: bool) -> bool:
    """Say whether a stream begins at a place."""
    first = frame_at(held, at)
    if first is None:
        return False
    end, count = at, 0
    for frame in frames(held, at, frame_at):
        if frame.kind != first.kind:
            return False
        end, count = end + frame.length, count + 1
        if count == CHAIN:
            return True
    # One frame that is exactly the whole file is a stream; one in a window of garbage is chance.
    return whole and count > 0 and (end == len(held) or count > 1)


def beginning(windows: Windows, start: int, frame_at: FrameAt) -> int | None:
    """Find where in a file the first frame is, at or soon after `start`.

    Raises:
        MissingError: More of the file is needed to say so.
    """
    for length in (min(len(windows.held(start)), PROBE), *SEARCH_STEPS):
        held = windows.read(start, length)
        whole = start + len(held) >= windows.end
        found = first_frame(held, frame_at, whole=whole)
        if found is not None or whole:
            return None if found is None else start + found
    return None


def run_in(held: bytes, start: int, frame_at: FrameAt, *, whole: bool) -> Run | None:
    """Measure the frames in a window, which lies at `start` in the file, from the first whole one on."""
    at = first_frame(held, frame_at, whole=whole)
    if at is None:
        return None
    whole_frames: list[Frame] = []
    length = 0
    for frame in frames(held, at, frame_at):
        if at + length + frame.length > len(held):
            break
        whole_frames.append(frame)
        length += frame.length
    if not length:
        return None
    return Run(
        start=start + at,
        seconds=sum(frame.seconds for frame in whole_frames),
        length=length,
        bitrates=frozenset(frame.bitrate for frame in whole_frames),
        frame=whole_frames[0].seconds,
        quarters=tuple(_quarters(whole_frames)),
    )


def _quarters(whole_frames: list[Frame]) -> Iterator[tuple[float, int]]:
    count = len(whole_frames)
    for part in range(4):
        some = whole_frames[count * part // 4 : count * (part + 1) // 4]
        if some:
            yield sum(frame.seconds for frame in some), sum(frame.length for frame in some)


def held_only(windows: Windows, start: int, length: int) -> bytes:
    """Give bytes that are not worth a question: none where they are not held."""
    try:
        return windows.read(start, length)
    except MissingError:
        return b""
