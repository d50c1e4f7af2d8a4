"""Chapters and tags of an MP4: Nero's chpl, QuickTime's track of text, and iTunes' list of names."""

import struct
from typing import Final

from mediafeed.parse.audio.frames import held_only
from mediafeed.parse.audio.mp4_boxes import Box, boxes, full_box, inside
from mediafeed.parse.audio.mp4_tracks import Track, movie_in, tracks_in
from mediafeed.parse.audio.told import MOST_CHAPTERS, Told
from mediafeed.parse.audio.windows import MissingError, Windows

_NAMES: Final = {
    b"\xa9nam": "title", b"\xa9ART": "artist", b"aART": "album artist", b"\xa9wrt": "composer", b"\xa9alb": "album",
}  # fmt: skip
_GAPLESS: Final = b"iTunSMPB"  # a name among those that are free; its words stand in the box behind it
_TICKS: Final = 10_000_000  # a second, in chpl
_LONGEST_CHPL: Final = 5 + MOST_CHAPTERS * (9 + 255)
_MOST_NERO: Final = 255  # chapters that its one byte can count: of more, writers leave the rest out
_LONGEST_TEXT: Final = 2_048
_NEAR: Final = 8_192  # bytes between two titles that are read together
_MOST_TABLE: Final = 65_536
_MOST_TITLES: Final = MOST_CHAPTERS + 1  # one more tells that there are more


def tell_of_mp4(windows: Windows, told: Told) -> None:
    """Add what it tells.

    Raises:
        MissingError: Chapters in it are not held, or boxes that may be chapters.
    """
    movie = movie_in(windows)
    if movie is None:
        return
    for box in boxes(windows, movie.start, movie.end):
        if box.kind == b"udta":
            for child in boxes(windows, box.start, box.end):
                if child.kind == b"meta":
                    _tell_of_names(windows, child, told)
                elif child.kind == b"chpl":
                    _tell_of_nero(windows, child, told)
    nero = told.chapters
    if len(nero) in {0, _MOST_NERO}:
        told.chapters = []
        try:
            _tell_of_quicktime(windows, movie, told)
        finally:
            told.chapters = max(nero, told.chapters, key=len)


def _tell_of_names(windows: Windows, meta: Box, told: Told) -> None:
    """Add names that are held: others are not worth a question, but for how much of the sound is padding."""
    try:
        _walk_names(windows, meta, told)
    except MissingError:
        if told.padded and told.sound_share is None:
            raise


def _walk_names(windows: Windows, meta: Box, told: Told) -> None:
    # The list is behind a handler, both behind four bytes of version and flags.
    for box in boxes(windows, meta.start + 4, meta.end):
        if box.kind == b"ilst":
            for item in boxes(windows, box.start, box.end):
                if item.end - item.start > _LONGEST_TEXT:
                    continue
                if item.kind in _NAMES:
                    data = held_only(windows, item.start, item.end - item.start)
                    told.tag(_NAMES[item.kind], data[16:].decode("utf-8", "replace"))
                elif item.kind == b"----" and told.padded:
                    data = windows.read(item.start, item.end - item.start)
                    name, _, words = data.partition(_GAPLESS)
                    if name:
                        told.gapless(words[16:].decode("latin-1"))


def _tell_of_nero(windows: Windows, box: Box, told: Told) -> None:
    body = windows.read(box.start, min(box.end - box.start, _LONGEST_CHPL))
    at = 9 if body[:1] == b"\1" else 5  # version 1 has four bytes more in front, and is what everybody writes
    count = body[at - 1]
    while at + 9 <= len(body) and (len(told.chapters) < count or count == 255):
        start, length = struct.unpack(">QB", body[at : at + 9])
        title = body[at + 9 : at + 9 + length].decode("utf-8", "replace")
        told.chapter(start / _TICKS, title)
        at += 9 + length


def _tell_of_quicktime(windows: Windows, movie: Box, told: Told) -> None:
    tracks = tracks_in(windows, movie)
    sound = next((track for track in tracks if track.handler == b"soun"), None)
    told_of = inside(windows, sound.box, b"tref", b"chap") if sound else None
    if told_of is None:
        return
    identities = windows.read(told_of.start, min(told_of.end - told_of.start, 64))
    for track in tracks:
        if track.handler in {b"text", b"sbtl"} and track.scale and _identity(windows, track) in _fours(identities):
            _tell_of_track(windows, track, told)
            return


def _fours(body: bytes) -> list[int]:
    return [int.from_bytes(body[at : at + 4], "big") for at in range(0, len(body) - 3, 4)]


def _identity(windows: Windows, track: Track) -> int:
    header = inside(windows, track.box, b"tkhd")
    version, _, body = full_box(windows, header, 20) if header else (0, 0, b"")
    at = 16 if version == 1 else 8
    return int.from_bytes(body[at : at + 4], "big")


def _tell_of_track(windows: Windows, track: Track, told: Told) -> None:
    """Read the text track: a sample for each chapter, its title behind two bytes of length."""
    table = inside(windows, track.media, b"minf", b"stbl")
    if table is None:
        return
    parts = {box.kind: box for box in boxes(windows, table.start, table.end)}
    lengths = _run_lengths(_numbers(windows, parts.get(b"stts"), 2))
    places = _places(windows, parts)
    starts: list[float] = []
    passed = 0
    for length in lengths[: len(places)]:
        starts.append(passed / track.scale)
        passed += length
    for place, (start, (at, size)) in enumerate(zip(starts, places, strict=False)):
        ahead = _together(places[place:])
        body = windows.read(at, min(size, _LONGEST_TEXT), ahead=ahead)
        words = body[2 : 2 + int.from_bytes(body[:2], "big")]
        name = "utf-16" if words.startswith((b"\xfe\xff", b"\xff\xfe")) else "utf-8"
        told.chapter(start, words.decode(name, "replace"))


def _together(places: list[tuple[int, int]]) -> int:
    """Give how many bytes hold the next titles, as far as they are near to each other."""
    start, end = places[0][0], sum(places[0])
    for at, size in places[1:]:
        if not end <= at <= end + _NEAR or at + size - start > _MOST_TABLE:
            break
        end = at + size
    return end - start


def _numbers(windows: Windows, box: Box | None, each: int) -> list[tuple[int, ...]]:
    """Read a table of entries of `each` four-byte numbers."""
    if box is None:
        return []
    body = windows.read(box.start, min(box.end - box.start, 8 + _MOST_TITLES * each * 4))
    count = min(int.from_bytes(body[4:8], "big"), (len(body) - 8) // (4 * each), _MOST_TITLES)
    return [struct.unpack_from(f">{each}I", body, 8 + at * 4 * each) for at in range(max(count, 0))]


def _run_lengths(entries: list[tuple[int, ...]]) -> list[int]:
    lengths: list[int] = []
    for count, length in entries:
        lengths += [length] * min(count, _MOST_TITLES - len(lengths))
    return lengths


def _places(windows: Windows, parts: dict[bytes, Box]) -> list[tuple[int, int]]:
    """Give where each sample is and how long, from the tables of chunks, of samples in a chunk, and of sizes."""
    sizes = _sizes(windows, parts.get(b"stsz"))
    chunks = [at for (at,) in _numbers(windows, parts.get(b"stco"), 1)] or [
        high << 32 | low for high, low in _numbers(windows, parts.get(b"co64"), 2)
    ]
    runs = _numbers(windows, parts.get(b"stsc"), 3)
    places: list[tuple[int, int]] = []
    run = 0
    for number, chunk in enumerate(chunks, 1):
        at = chunk
        while run + 1 < len(runs) and runs[run + 1][0] <= number:
            run += 1
        for _ in range(min(runs[run][1], len(sizes) - len(places)) if runs else 0):
            size = sizes[len(places)]
            places.append((at, size))
            at += size
    return places


def _sizes(windows: Windows, box: Box | None) -> list[int]:
    if box is None:
        return []
    body = windows.read(box.start, min(box.end - box.start, 12 + 4 * _MOST_TITLES))
    same, count = struct.unpack_from(">4xII", body)
    return [same] * min(count, _MOST_TITLES) if same else _fours(body[12:])[:count]
