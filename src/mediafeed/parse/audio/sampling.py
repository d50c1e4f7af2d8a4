"""How long streams of frames are that have no header: counted where they are held, else told from samples."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from mediafeed.parse.audio.frames import PROBE, FrameAt, Run, run_in
from mediafeed.parse.audio.windows import AHEAD, MissingError, Windows

SAMPLE: Final = 24_576  # bytes
# One sample in each tenth, at places that no rhythm of the file has.
_PLACES: Final = (0.1, 0.72, 0.34, 0.5, 0.62, 0.2, 0.83, 0.41, 0.55, 0.27)
SAMPLES: Final = len(_PLACES)
# Where small ones lie, if all may be of one bitrate: the ways between them are alike, and none is a half or a third.
_PROBED: Final = (0.163, 0.342, 0.511, 0.674, 0.837)
# Standard errors. Of 600 pieces of loud and quiet noise and pauses 96 to 98 in 100 were as long as said.
_SURE: Final = 3.0
_LEAST_ERROR: Final = 0.01  # whatever the samples say: what lies between them was not seen
_MUCH: Final = 32_768  # bytes of one bitrate that make a file's
_BY_BEGINNING: Final = 0.04  # by how much of its length that may be wrong: no better than a guess
_SLOW: Final = 8 / 64_000  # seconds a byte, of what may lie between places that are not in step
_MOST_GAPS: Final = 32  # between frames of a short file
_STEP: Final = 1.0  # bytes by which padding may be behind or ahead


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long a stream is, by how much that may be wrong, and how it was found: "" where every frame was seen."""

    seconds: float
    tolerance: float
    how: str


def measured(windows: Windows, first: int, end: int, frame_at: FrameAt) -> Estimate | None:
    """Say how long the frames between two places are; None where too few of them are to be found.

    Small windows tell whether the bitrate is constant. If it is not, a short file is read whole; of a long one larger
    windows are taken, spread over all of it: their mean of seconds per byte is what the bytes between them have too,
    and how they differ says how sure that is.

    Raises:
        MissingError: More of the file is needed; where no more can be had, too little of it came.
    """
    head = windows.held(first)[: end - first]
    begun = run_in(head, first, frame_at, whole=len(head) == end - first)
    if begun is None:
        return None
    if len(head) == end - first:
        return Estimate(_counted(head, frame_at), 0.0, "")
    one = len(begun.bitrates) == 1
    late = first >= AHEAD  # a request each for a large tag and for its chapters
    short = end - first <= SAMPLES * SAMPLE
    probes: tuple[Run, ...] = ()
    # Two places that are in step are believed until somebody doubts it: five more requests for each file would find a
    # part of another bitrate in few, and every server would pay for it.
    for wide in (False, not short) if one else ():
        probes = _probes(windows, begun, end, frame_at, _PROBED if wide else ())
        if not probes or any(run.bitrates != begun.bitrates for run in probes):
            break
        gaps = 1 + len(_PROBED) * wide - len(probes)
        told = _with_gaps(_by_probes([begun, *probes], end), gaps, len(probes))
        settled = not told.tolerance and (short or not windows.closely)
        if settled or wide or (short and windows.final):
            return told
    if short and not windows.final:
        return Estimate(_counted(windows.read(first, end - first), frame_at), 0.0, "")
    places = _PLACES[: SAMPLES - len(probes) - 2 * late]
    step = (end - first - SAMPLE) / len(places)
    starts = [int(first + step * (number + place)) for number, place in enumerate(places)]
    runs = [run for start in starts if (run := _sample(windows, start, SAMPLE, end, frame_at))]
    if len(runs) > len(places) // 2:
        told = _from_samples(runs, [begun, *probes] if probes else [], first, end)
        return _with_gaps(told, len(starts) - len(runs), len(runs))
    return _from_what_came(begun, end - first) if windows.final else None


def _with_gaps(told: Estimate, gaps: int, places: int) -> Estimate:
    """Widen a tolerance by the share of the places that have no frames: nobody knows how far that goes on."""
    if not gaps:
        return told
    share = gaps / (gaps + places)
    return Estimate(told.seconds, told.tolerance + told.seconds * share, f"{told.how}; no frames at {gaps} more")


def _counted(held: bytes, frame_at: FrameAt) -> float:
    """Add up all frames, in seconds; what is none between them is passed."""
    seconds, at = 0.0, 0
    for _ in range(_MOST_GAPS):
        run = run_in(held[at:], at, frame_at, whole=True)
        if run is None:
            break
        seconds, at = seconds + run.seconds, run.start + run.length
    return seconds


def _probes(windows: Windows, begun: Run, end: int, frame_at: FrameAt, places: Sequence[float]) -> tuple[Run, ...]:
    """Look at the end and at places all over a stream that begins with one bitrate, up to one where others meet.

    Whatever is longer than the way between two of them is seen.
    """
    # The end is where the tags behind the audio were looked for, unless they fill it.
    last = windows.end if windows.end - end < PROBE // 2 else end
    starts = [int(begun.start + (end - begun.start) * place) for place in places]
    runs: list[Run] = []
    for start in (max(last - PROBE, begun.start), *starts):
        if run := _sample(windows, start, PROBE, end, frame_at):
            runs.append(run)
            if run.bitrates != begun.bitrates:
                break
    return tuple(sorted(runs, key=lambda run: run.start))


def _by_probes(runs: Sequence[Run], end: int) -> Estimate:
    """Count by places at each of which one bitrate was seen."""
    seconds, tolerance = _between(runs, [8 / min(run.bitrates) for run in runs], end)  # seconds a byte
    if tolerance and len({round(run.seconds / run.length, 12) for run in runs}) == 1:
        # An encoder that fills up no frame; few frames of another one may look alike.
        unfilled = _between(runs, [runs[0].seconds / runs[0].length] * len(runs), end)
        seconds, tolerance = min(unfilled, (seconds, tolerance), key=lambda told: told[1])
    if tolerance:
        return Estimate(seconds, tolerance, f"no header: estimated from the bitrates at {len(runs)} places")
    return Estimate(seconds, 0.0, f"no header: counted by its constant bitrate, seen at {len(runs)} places")


def _between(runs: Sequence[Run], rates: Sequence[float], end: int) -> tuple[float, float]:
    """Add up the ways between places, in seconds, and by how much that may be wrong; `rates` are seconds a byte.

    Between two of one bitrate nothing else is thought to lie if they are in step: frames of one bitrate stand where
    they can be counted to. Between two of different ones it changes somewhere, at the worst at one of them each time.
    """
    seconds, worst, unlike, squares = (end - runs[-1].start) * rates[-1], 0.0, 0.0, 0.0
    for (before, one), (after, other) in pairwise(zip(runs, rates, strict=True)):
        between = after.start - before.start
        seconds += between * (one + other) / 2
        if one != other:
            unlike += between * abs(one - other) / 2
            squares += (between * (one - other)) ** 2 / 12  # anywhere is as likely
        elif not _is_in_step(between, before.frame / one):
            worst += between * max(one, _SLOW)
    return seconds, worst + min(unlike, _SURE * squares**0.5)


def _is_in_step(distance: int, frame: float) -> bool:
    """Say whether a whole number of frames fits between two; padding makes each a byte longer now and then."""
    return abs(distance - round(distance / frame) * frame) <= _STEP


def _sample(windows: Windows, start: int, length: int, end: int, frame_at: FrameAt) -> Run | None:
    try:
        held = windows.read(start, max(min(length, end - start), 0))
    except MissingError:
        if not windows.final:
            raise
        return None
    return run_in(held, start, frame_at, whole=start + length >= end)


def _from_samples(runs: Sequence[Run], probes: Sequence[Run], start: int, end: int) -> Estimate:
    """Tell from samples, and from the places looked at before, if there are any: `probes`, with the beginning."""
    quarters = [quarter for run in runs for quarter in run.quarters]
    # Samples may be alike by chance though there is little alike inside of them.
    error = max(_error([(run.seconds, run.length) for run in (*runs, *probes)]), _error(quarters))
    how = f"no header: estimated from {len(runs) + len(probes)} samples of its frames"
    if probes:
        seen = sorted((*runs, *probes), key=lambda run: run.start)
        seconds, worst = _between(seen, [run.seconds / run.length for run in seen], end)
        return Estimate(seconds, max(seconds * _SURE * error, worst), how)
    seconds = sum(run.seconds for run in runs) / sum(run.length for run in runs) * (end - start)
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
