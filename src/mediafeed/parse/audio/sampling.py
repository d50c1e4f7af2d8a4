"""How long streams of frames are that have no header: counted where they are held, else told from samples."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mediafeed.parse.audio.frames import PROBE, Frame, FrameAt, Run, run_in
from mediafeed.parse.audio.windows import AHEAD, MissingError, Windows

SAMPLE: Final = 24_576  # bytes
# One sample in each tenth, at places that no rhythm of the file has.
_PLACES: Final = (0.1, 0.72, 0.34, 0.5, 0.62, 0.2, 0.83, 0.41, 0.55, 0.27)
SAMPLES: Final = len(_PLACES)
# Standard errors. Of 600 pieces of loud and quiet noise and pauses 96 to 98 in 100 were as long as said.
_SURE: Final = 3.0
_LEAST_ERROR: Final = 0.01  # whatever the samples say: what lies between them was not seen
_MUCH: Final = 32_768  # bytes of one bitrate that make a file's
_BY_BEGINNING: Final = 0.04  # by how much of its length that may be wrong: no better than a guess
_STEP: Final = 1.0  # bytes by which padding may be behind or ahead


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long a stream is, by how much that may be wrong, and how it was found: "" where every frame was seen."""

    seconds: float
    tolerance: float
    how: str


def measured(windows: Windows, first: int, end: int, frame_at: FrameAt) -> Estimate | None:
    """Say how long the frames between two places are; None where too few of them are to be found.

    Two small windows tell whether the bitrate is constant, or three. If it is not, a short file is read whole; of a
    long one larger windows are taken, spread over all of it: their mean of seconds per byte is what the bytes between
    them have too, and how they differ says how sure that is.

    Raises:
        MissingError: More of the file is needed; where no more can be had, too little of it came.
    """
    head = windows.held(first)[: end - first]
    begun = run_in(head, first, frame_at, whole=len(head) == end - first)
    if begun is None:
        return None
    if len(head) == end - first:
        return Estimate(begun.seconds, 0.0, "")
    one = len(begun.bitrates) == 1
    if one and _is_constant(windows, begun, end, frame_at):
        return Estimate((end - first) * 8 / min(begun.bitrates), 0.0, "no header: counted by its constant bitrate")
    if end - first <= SAMPLES * SAMPLE and not windows.final:
        run = run_in(windows.read(first, end - first), first, frame_at, whole=True)
        return Estimate(run.seconds, 0.0, "") if run else None
    # A request each; those for the middle, and for a large tag and its chapters, are not there for samples.
    places = _PLACES[: SAMPLES - one - 2 * (first >= AHEAD)]
    step = (end - first - SAMPLE) / len(places)
    starts = [int(first + step * (number + place)) for number, place in enumerate(places)]
    runs = [run for start in starts if (run := _sample(windows, start, SAMPLE, end, frame_at))]
    if len(runs) > len(places) // 2:
        return _from_samples(runs, end - first)
    return _from_what_came(begun, end - first) if windows.final else None


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
    try:
        held = windows.read(start, max(min(length, end - start), 0))
    except MissingError:
        if not windows.final:
            raise
        return None
    return run_in(held, start, frame_at, whole=start + length >= end)


def _from_samples(runs: Sequence[Run], length: int) -> Estimate:
    quarters = [quarter for run in runs for quarter in run.quarters]
    # Samples may be alike by chance though there is little alike inside of them.
    error = max(_error([(run.seconds, run.length) for run in runs]), _error(quarters))
    seconds = sum(run.seconds for run in runs) / sum(run.length for run in runs) * length
    how = f"no header: estimated from {len(runs)} samples of its frames"
    return Estimate(seconds, seconds * max(_SURE * error, _LEAST_ERROR), how)


def _error(parts: Sequence[tuple[float, int]]) -> float:
    """Give the standard error of the ratio of the sums of seconds and lengths, as a share of it."""
    seconds, lengths = sum(part for part, _ in parts), sum(part for _, part in parts)
    rate, count = seconds / lengths, len(parts)
    squares = sum((part - rate * length) ** 2 for part, length in parts)
    return float((squares * count / (count - 1)) ** 0.5 / seconds)


def _from_what_came(begun: Run, length: int) -> Estimate:
    """Go by the beginning, if it is long and of one bitrate.

    Raises:
        MissingError: It is not.
    """
    if len(begun.bitrates) > 1 or begun.length < _MUCH:
        raise MissingError(begun.start + begun.length, SAMPLE)
    seconds = length * 8 / min(begun.bitrates)
    return Estimate(seconds, seconds * _BY_BEGINNING, "no header: by the one bitrate of its beginning")
