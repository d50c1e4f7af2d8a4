"""MP4's movie and its tracks: what each holds, and by which clock."""

from dataclasses import dataclass
from typing import Final

from mediafeed.parse.audio.mp4_boxes import Box, boxes, full_box, inside, timed
from mediafeed.parse.audio.windows import Windows

_MOST_TRACKS: Final = 16


@dataclass(frozen=True, slots=True)
class Track:
    """One track: its boxes, what it holds ("soun", "text", ...), and its clock."""

    box: Box
    media: Box
    handler: bytes
    scale: int
    length: int


def movie_in(windows: Windows) -> Box | None:
    """Find moov.

    Raises:
        MissingError: The way to it is not held.
    """
    return next((box for box in boxes(windows, 0, windows.end) if box.kind == b"moov"), None)


def tracks_in(windows: Windows, movie: Box, *, until: bytes = b"") -> tuple[Track, ...]:
    """Give the tracks of a movie, up to the first one that holds `until`.

    Raises:
        MissingError: Their headers are not held.
    """
    tracks: list[Track] = []
    for box in boxes(windows, movie.start, movie.end):
        if box.kind != b"trak" or len(tracks) == _MOST_TRACKS:
            continue
        media = inside(windows, box, b"mdia")
        clock = media and inside(windows, media, b"mdhd")
        handler = media and inside(windows, media, b"hdlr")
        if media and clock and handler:
            tracks.append(Track(box, media, full_box(windows, handler, 8)[2][4:8], *timed(windows, clock)))
            if tracks[-1].handler == until:
                break
    return tuple(tracks)
