"""How long a fragmented MP4 is, without walking through its fragments: there is one for each few seconds."""

from typing import Final

from mediafeed.parse.audio.mp4_boxes import Box, boxes, full_box, inside
from mediafeed.parse.audio.windows import Windows

_TAIL: Final = 65_536  # bytes in which the last fragment's head is looked for
_FIRST_TAIL: Final = 4_096
_MOST_RUNS: Final = 64
_MOST_SAMPLES: Final = 20_000
_DURATION_IN_HEADER: Final = 0x08
_RUN_FIELDS: Final = ((0x100, 4), (0x200, 4), (0x400, 4), (0x800, 4))  # of each sample; the first is its duration


def fragments_seconds(windows: Windows, movie: Box, scale: int, sound_scale: int, *, skipped: int = 0) -> float | None:
    """Say how long the fragments are together.

    `scale` and `sound_scale` are units a second of movie and track; `skipped` are the track's units before its sound,
    which fragments count and the movie and its index do not.

    Raises:
        MissingError: More of the file is needed.
    """
    extends = inside(windows, movie, b"mvex")
    if extends is None:
        return None
    told = inside(windows, extends, b"mehd")
    if told and scale:
        version, _, body = full_box(windows, told, 8)
        length = int.from_bytes(body[: 8 if version == 1 else 4], "big")
        if length:
            return length / scale
    indexed = _indexed(windows, movie)
    if indexed:
        return indexed
    if not sound_scale or windows.size is None:
        return None
    last = _last_fragment(windows)
    end = _fragment_end(windows, last, _sample_length(windows, extends)) if last else None
    return max(end - skipped, 0) / sound_scale if end else None


def _indexed(windows: Windows, movie: Box) -> float | None:
    """Add up the first segment index, which stands next to the movie and tells of all that follows."""
    following = next(boxes(windows, movie.end, windows.end), None)
    if following is None or following.kind != b"sidx":
        return None
    version, _, body = full_box(windows, following, min(following.end - following.start, 1 << 16))
    entries = 20 + (8 if version == 1 else 0)
    scale, count = int.from_bytes(body[4:8], "big"), int.from_bytes(body[entries - 2 : entries], "big")
    if not scale or len(body) < entries + 12 * count:
        return None
    return sum(int.from_bytes(body[at + 4 : at + 8], "big") for at in range(entries, entries + 12 * count, 12)) / scale


def _last_fragment(windows: Windows) -> Box | None:
    """Find the last moof: where the random access index at the very end says, else by its letters."""
    for length in (_FIRST_TAIL, _TAIL):
        start = max(windows.end - length, 0)
        held = windows.read(start, windows.end - start)
        at = len(held)
        while (at := held.rfind(b"moof", 0, at)) >= 4:
            box = next(boxes(windows, start + at - 4, windows.end), None)
            if box and box.kind == b"moof" and inside(windows, box, b"mfhd"):
                return box
        told = _told_at_the_end(windows, held)
        if told is not None:
            box = next(boxes(windows, told, windows.end), None)
            return box if box and box.kind == b"moof" else None
    return None


def _told_at_the_end(windows: Windows, held: bytes) -> int | None:
    """Read from the index at the end (mfra, tfra, mfro) where the last fragment begins."""
    if held[-12:-8] != b"mfro":
        return None
    length = int.from_bytes(held[-4:], "big")
    index = next(boxes(windows, windows.end - length, windows.end), None) if 0 < length <= windows.end else None
    table = inside(windows, index, b"tfra") if index and index.kind == b"mfra" else None
    if table is None:
        return None
    body = windows.read(table.start, 16)
    wide = 8 if body[0] == 1 else 4
    sizes = int.from_bytes(body[8:12], "big")
    entry = 2 * wide + (sizes >> 4 & 3) + (sizes >> 2 & 3) + (sizes & 3) + 3
    count = int.from_bytes(body[12:16], "big")
    last = table.start + 16 + entry * (count - 1)
    if not count or last + entry > table.end:
        return None
    return int.from_bytes(windows.read(last + wide, wide), "big")


def _sample_length(windows: Windows, extends: Box) -> int:
    defaults = inside(windows, extends, b"trex")
    return int.from_bytes(full_box(windows, defaults, 12)[2][8:12], "big") if defaults else 0


def _fragment_end(windows: Windows, fragment: Box, sample_length: int) -> int | None:
    """Give the time at which a fragment ends, by its own clock and the samples it lists."""
    track = inside(windows, fragment, b"traf")
    begins = inside(windows, track, b"tfdt") if track else None
    if track is None or begins is None:
        return None
    version, _, body = full_box(windows, begins, 8)
    end = int.from_bytes(body[: 8 if version == 1 else 4], "big")
    header = inside(windows, track, b"tfhd")
    if header:
        sample_length = _default_length(windows, header) or sample_length
    runs = 0
    for box in boxes(windows, track.start, track.end):
        if box.kind == b"trun" and runs < _MOST_RUNS:
            end, runs = end + _run_length(windows, box, sample_length), runs + 1
    return end


def _default_length(windows: Windows, header: Box) -> int:
    _, flags, body = full_box(windows, header, 24)
    at = 4 + (8 if flags & 1 else 0) + (4 if flags & 2 else 0)
    return int.from_bytes(body[at : at + 4], "big") if flags & _DURATION_IN_HEADER else 0


def _run_length(windows: Windows, run: Box, sample_length: int) -> int:
    _, flags, body = full_box(windows, run, 12)
    count = min(int.from_bytes(body[:4], "big"), _MOST_SAMPLES)
    if not flags & 0x100:
        return count * sample_length
    at = 4 + (4 if flags & 1 else 0) + (4 if flags & 4 else 0)
    step = sum(length for flag, length in _RUN_FIELDS if flags & flag)
    start = run.start + 4 + at
    body = windows.read(start, min(count * step, run.end - start))
    return sum(int.from_bytes(body[place : place + 4], "big") for place in range(0, len(body), step))
