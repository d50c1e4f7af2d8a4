"""Streams of frames without a header of their own: how long they are, counted where held, else from samples."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import stdev
from typing import Final

from mediafeed.parse.audio.windows import MissingError, Windows

CHAIN: Final = 3  # frames one behind the other that make a stream; chance makes two
SEARCHED: Final = 65_536  # bytes in which the first frame must begin
SEARCH_STEPS: Final = (4_096, 16_384, SEARCHED)
PROBE: Final = 4_096
SAMPLE: Final = 25_600
# One sample in each eighth, at places that no rhythm of the file has; none where the middle was probed.
_PLACES: Final = (0.1, 0.72, 0.34, 0.5, 0.62, 0.2, 0.83, 0.41)
SAMPLES: Final = len(_PLACES)
_SURE: Final = 2.5  # standard errors, of eight samples: 19 times in 20
_STEP: Final = 1.0  # bytes by which padding may be behind or ahead
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
    """Frames one behind the other; `start` is where in the file the first of them is."""

    start: int
    seconds: float
    length: int
    bitrates: frozenset[int]


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long a stream is, by how much that may be wrong, and how it was found: "" where every frame was seen."""

    seconds: float
    tolerance: float
    how: str


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
    seconds, length, bitrates = 0.0, 0, set()
    for frame in frames(held, at, frame_at):
        if at + length + frame.length > len(held):
            break
        seconds, length = seconds + frame.seconds, length + frame.length
        bitrates.add(frame.bitrate)
    return Run(start + at, seconds, length, frozenset(bitrates)) if length else None


def measured(windows: Windows, first: int, end: int, frame_at: FrameAt) -> Estimate | None:
    """Say how long the frames between two places are; None where too few of them are to be found.

    Two small windows tell whether the bitrate is constant, or three. If it is not, a short file is read whole; of a
    long one eight larger windows are taken: the mean of their seconds per byte is what the bytes between them have
    too, and their spread says how sure that is.
    """
    head = windows.held(first)[: end - first]
    begun = run_in(head, first, frame_at, whole=len(head) == end - first)
    if begun is None:
        return None
    if len(head) == end - first:
        return Estimate(begun.seconds, 0.0, "")
    if len(begun.bitrates) == 1 and _is_constant(windows, begun, end, frame_at):
        return Estimate((end - first) * 8 / min(begun.bitrates), 0.0, "no header: counted by its constant bitrate")
    if end - first <= SAMPLES * SAMPLE:
        run = run_in(windows.read(first, end - first), first, frame_at, whole=True)
        return Estimate(run.seconds, 0.0, "") if run else None
    step = (end - first - SAMPLE) / SAMPLES
    starts = [int(first + step * (number + place)) for number, place in enumerate(_PLACES)]
    runs = [run for start in starts if (run := _sample(windows, start, SAMPLE, end, frame_at))]
    return _from_samples(runs, end - first) if len(runs) > SAMPLES // 2 else None


def _is_constant(windows: Windows, begun: Run, end: int, frame_at: FrameAt) -> bool:
    """Look at the end for other bitrates than at the beginning; in the middle too, if the frames there are not in step.

    Frames of one bitrate stand where they can be counted to. Those at the end of a stream that was not constant in
    between would stand there too by chance, once in a hundred times.
    """
    # The end is where the tags behind the audio were looked for, unless they fill it.
    last = windows.end if windows.end - end < PROBE // 2 else end
    final = _sample(windows, max(last - PROBE, begun.start), PROBE, end, frame_at)
    if final is None or final.bitrates != begun.bitrates:
        return False
    frame = frame_at(windows.read(begun.start, PROBE), 0)
    if frame and _is_in_step(final.start - begun.start, frame):
        return True
    middle = _sample(windows, (begun.start + end) // 2, PROBE, end, frame_at)
    return middle is not None and middle.bitrates == begun.bitrates


def _is_in_step(distance: int, frame: Frame) -> bool:
    """Say whether a whole number of frames fits between two; padding makes each a byte longer now and then."""
    mean = frame.seconds * frame.bitrate / 8
    return abs(distance - round(distance / mean) * mean) <= _STEP


def _sample(windows: Windows, start: int, length: int, end: int, frame_at: FrameAt) -> Run | None:
    held = windows.read(start, max(min(length, end - start), 0))
    return run_in(held, start, frame_at, whole=start + length >= end)


def _from_samples(runs: list[Run], length: int) -> Estimate:
    rates = [run.seconds / run.length for run in runs]
    rate = sum(run.seconds for run in runs) / sum(run.length for run in runs)
    error = _SURE * stdev(rates) / len(rates) ** 0.5 / rate
    seconds = rate * length
    how = f"no header: estimated from {len(runs)} samples of its frames"
    return Estimate(seconds, seconds * max(error, 0.01), how)


def held_only(windows: Windows, start: int, length: int) -> bytes:
    """Give bytes that are not worth a question: none where they are not held."""
    try:
        return windows.read(start, length)
    except MissingError:
        return b""
