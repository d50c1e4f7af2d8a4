"""How long a fragmented MP4 is, without walking through its fragments: there is one for each few seconds."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from mediafeed.parse.audio.mp4_boxes import Box, boxes, full_box, inside
from mediafeed.parse.audio.windows import TAILS, MissingError, Windows

_MOST_BEHIND: Final = 65_536  # bytes of an index at the end
_SLACK: Final = 1.0  # seconds by which a header may tell of another length than its fragments
_ENTRIES: Final = (
    (8, 12),
    (8, 3),
    (4, 12),
    (4, 3),
)  # of tfra: bytes of time and place, and of three numbers
_SIZE: Final = 0x7FFF_FFFF  # of an entry of sidx; the bit above says what is there
_MOST_RUNS: Final = 64
_MOST_SAMPLES: Final = 20_000
_DURATION_IN_HEADER: Final = 0x08
_RUN_FIELDS: Final = ((0x100, 4), (0x200, 4), (0x400, 4), (0x800, 4))  # of each sample; the first is its duration


@dataclass(frozen=True, slots=True)
class Sound:
    """The track of sound among the fragments: its number, its units a second, and how many of them are left out.

    `skipped` are the track's units before its sound, which fragments count and the movie and its index do not.
    """

    number: int
    scale: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Length:
    """How long fragments are together, in seconds; None where they do not say.

    `reason` tells why it is not known, or why it may be wrong by `tolerance`.
    """

    seconds: float | None = None
    tolerance: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """A track's part (traf) of a fragment, and how much of what it tells of is there, as a share of its bytes."""

    track: Box
    there: float


def is_open(windows: Windows, movie: Box) -> bool:
    """Say whether fragments may follow a movie, as far as that can be seen.

    Raises:
        MissingError: More of the file is needed.
    """
    try:
        return inside(windows, movie, b"mvex") is not None
    except MissingError:
        if windows.final:
            return False
        raise


def fragments_length(windows: Windows, movie: Box, scale: int, sound: Sound) -> Length:
    """Say how long the fragments are together; `scale` is the movie's units a second.

    Raises:
        MissingError: More of the file is needed.
    """
    extends = inside(windows, movie, b"mvex") if is_open(windows, movie) else None
    if extends is None:
        return Length()
    told = _told_length(windows, extends, scale)
    if windows.size is None:
        where = "the server does not say where the file ends, and its last fragment says how long it is"
        return Length(told) if told else Length(reason=where)
    try:
        found = _indexed(windows, movie, windows.size, sound) or _by_last(windows, extends, sound, told)
    except MissingError:
        if windows.final and told:
            return Length(told)
        raise
    if found.seconds is None or not told or abs(found.seconds - told) <= _SLACK or found.reason:
        return found
    reason = f"its header tells of {told:.0f} s, its fragments end at {found.seconds:.0f} s"
    return replace(found, tolerance=abs(told - found.seconds), reason=reason)


def _told_length(windows: Windows, extends: Box, scale: int) -> float | None:
    """Read how long the movie is with all of its fragments (mehd), in seconds."""
    told = inside(windows, extends, b"mehd")
    if told is None or not scale:
        return None
    version, _, body = full_box(windows, told, 8)
    return int.from_bytes(body[: 8 if version == 1 else 4], "big") / scale or None


def _by_last(windows: Windows, extends: Box, sound: Sound, told: float | None) -> Length:
    """Go by the last fragment of the sound; `told` is what the header says of all, None where it does not."""
    last = _last_part(windows, sound.number)
    if last is None:
        reason = "no fragment of sound at its end: that one says how long it is"
        return Length(told, told or 0.0, reason)
    begins, ends = _times(windows, last.track, _sample_length(windows, extends, sound.number))
    if not ends or not sound.scale:
        return Length()
    seconds = max(ends - sound.skipped, 0) / sound.scale
    if last.there < 1:
        seconds = max(begins + (ends - begins) * last.there - sound.skipped, 0) / sound.scale
        # The next ones, if there were any, are not there either.
        return Length(seconds, max((told or 0.0) - seconds, seconds), "cut inside its last fragment")
    return Length(seconds)


def _indexed(windows: Windows, movie: Box, size: int, sound: Sound) -> Length | None:
    """Add up the index of the sound's segments that stands next to the movie, if it tells of all that follows.

    There may be one for each fragment instead: such a one ends before the file does.
    """
    for index in boxes(windows, movie.end, windows.end):
        if index.kind != b"sidx":
            return None
        version, _, body = full_box(windows, index, min(index.end - index.start, 1 << 16))
        if int.from_bytes(body[:4], "big") == sound.number:
            break
    else:
        return None
    wide = 8 if version == 1 else 4
    entries = 12 + 2 * wide
    scale, count = int.from_bytes(body[4:8], "big"), int.from_bytes(body[entries - 2 : entries], "big")
    if not scale or not count or len(body) < entries + 12 * count:
        return None
    told = [struct.unpack_from(">II", body, at) for at in range(entries, entries + 12 * count, 12)]
    seconds = sum(length for _, length in told) / scale
    first = index.end + int.from_bytes(body[8 + wide : 8 + 2 * wide], "big")
    reached = first + sum(length & _SIZE for length, _ in told)
    if reached > size:
        heard = _there(told, size - first) / scale
        return Length(heard, seconds - heard, f"its index tells of {reached} bytes, there are {size}")
    return Length(seconds) if _is_the_end(windows, reached, size) else None


def _there(told: Sequence[tuple[int, int]], size: int) -> float:
    """Add up the segments that lie in so many bytes, of the last one its share."""
    units = 0.0
    for word, clock in told:
        length = word & _SIZE
        units += clock * min(max(size / length, 0.0), 1.0) if length else 0.0
        size -= length
    return units


def _is_the_end(windows: Windows, at: int, size: int) -> bool:
    """Say whether the file ends there, or has but the random access index left."""
    if size - at > _MOST_BEHIND:
        return False
    rest = next(boxes(windows, at, size), None)
    return at == size or (rest is not None and rest.kind == b"mfra" and rest.end == size)


def _last_part(windows: Windows, number: int) -> _Part | None:
    """Find the track's part of its last moof: where the index at the very end says, else by its letters."""
    for length in TAILS:
        start = max(windows.end - length, 0)
        held = windows.read(start, windows.end - start)
        at = len(held)
        while (at := held.rfind(b"moof", 0, at)) >= 4:
            found = _track_at(windows, start + at - 4, number)
            if found:
                return _Part(found, _share_there(windows, start + at - 4))
        told = _told_at_the_end(windows, held, number)
        if told is not None:
            return told
    return None


def _share_there(windows: Windows, at: int) -> float:
    """Say how much is there of what follows a place; 1 if its last box ends where it says."""
    last = None
    for box in boxes(windows, at, windows.end):
        last = box
    if last is None or last.kind == b"moof":
        return 0.0  # what the fragment tells of is not there
    return 1.0 if last.said <= windows.end else (last.end - last.start) / max(last.said - last.start, 1)


def _track_at(windows: Windows, at: int, number: int) -> Box | None:
    """Find the part of a track in the moof that begins at a place, if one does."""
    fragment = next(boxes(windows, at, windows.end), None)
    if fragment is None or fragment.kind != b"moof" or not inside(windows, fragment, b"mfhd"):
        return None
    for box in boxes(windows, fragment.start, fragment.end):
        header = inside(windows, box, b"tfhd") if box.kind == b"traf" else None
        if header and _number(windows, header) == number:
            return box
    return None


def _number(windows: Windows, box: Box) -> int:
    """Read the number of the track that a box is about, which tfhd, trex and tfra begin with."""
    return int.from_bytes(full_box(windows, box, 4)[2], "big")


def _of_track(windows: Windows, outer: Box, kind: bytes, number: int) -> Box | None:
    """Find the box of a kind that is about a track."""
    found = (box for box in boxes(windows, outer.start, outer.end) if box.kind == kind)
    return next((box for box in found if _number(windows, box) == number), None)


def _told_at_the_end(windows: Windows, held: bytes, number: int) -> _Part | None:
    """Go where the index at the end (mfra, tfra, mfro) says that the track's last fragment begins."""
    if held[-12:-8] != b"mfro":
        return None
    length = int.from_bytes(held[-4:], "big")
    at = _guessed(held, windows.end) if len(held) < length else None
    found = _track_at(windows, at, number) if at else None
    if found is None:
        at = _last_entry(windows, length, number)
        found = None if at is None else _track_at(windows, at, number)
    return _Part(found, 1.0) if found else None


def _guessed(held: bytes, size: int) -> int | None:
    """Read the last entry of an index whose head, with the form of its entries, is not held: in the usual forms."""
    for wide, more in _ENTRIES:
        entry = 2 * wide + more
        last, before = (held[-16 - times * entry :][: 2 * wide] for times in (1, 2))
        (clock, at), (clock_before, at_before) = (
            (int.from_bytes(each[:wide], "big"), int.from_bytes(each[wide:], "big")) for each in (last, before)
        )
        if clock_before < clock and 0 < at_before < at < size:
            return at
    return None


def _last_entry(windows: Windows, length: int, number: int) -> int | None:
    index = next(boxes(windows, windows.end - length, windows.end), None) if 0 < length <= windows.end else None
    table = _of_track(windows, index, b"tfra", number) if index and index.kind == b"mfra" else None
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


def _sample_length(windows: Windows, extends: Box, number: int) -> int:
    defaults = _of_track(windows, extends, b"trex", number)
    return int.from_bytes(full_box(windows, defaults, 12)[2][8:12], "big") if defaults else 0


def _times(windows: Windows, track: Box, sample_length: int) -> tuple[int, int]:
    """Give when a track's part of a fragment begins and ends, by its own clock and the samples it lists; 0: unknown."""
    clock = inside(windows, track, b"tfdt")
    if clock is None:
        return 0, 0
    version, _, body = full_box(windows, clock, 8)
    begins = end = int.from_bytes(body[: 8 if version == 1 else 4], "big")
    header = inside(windows, track, b"tfhd")
    if header:
        sample_length = _default_length(windows, header) or sample_length
    runs = 0
    for box in boxes(windows, track.start, track.end):
        if box.kind == b"trun" and runs < _MOST_RUNS:
            end, runs = end + _run_length(windows, box, sample_length), runs + 1
    return begins, end


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
