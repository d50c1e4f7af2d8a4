"""Whether the sound is there that an MP4's movie tells of, by the box that holds it (mdat) and the table of samples."""

import struct
from typing import Final

from mediafeed.model.audio import Measurement
from mediafeed.parse.audio.doubts import cut
from mediafeed.parse.audio.mp4_boxes import Box, boxes, full_box, inside
from mediafeed.parse.audio.mp4_tracks import Track
from mediafeed.parse.audio.windows import NEAR, MissingError, Windows

_BEHIND: Final = 1_024  # bytes behind a movie in which the sound mostly begins: there may be some left free
_MOST_RUNS: Final = 64  # of samples of one length; sound has one or two


def media_of(windows: Windows, movie: Box, sound: Track) -> Box | None:
    """Find the box that holds the sound: before the movie, else behind it; None where nobody can look.

    Raises:
        MissingError: Its header is not held.
    """
    before = next((box for box in boxes(windows, 0, movie.at) if box.kind == b"mdat"), None)
    if before or windows.size is None:
        return before
    try:
        if movie.end - sound.box.end <= NEAR:
            windows.read(sound.box.end, movie.end + _BEHIND - sound.box.end)  # names and chapters come with it
        return next((box for box in boxes(windows, movie.end, windows.end) if box.kind == b"mdat"), None)
    except MissingError:
        if windows.final:
            return None
        raise


def whole_or_cut(movie: Box, media: Box | None, found: Measurement) -> Measurement:
    """Look whether all of the movie and of its sound is there."""
    seconds = found.seconds or 0.0
    if media and media.said > media.end:
        return cut(found, seconds, media.said - media.start, media.end - media.start)
    if movie.said > movie.end:
        return cut(found, seconds, movie.said - movie.start, movie.end - movie.start if media else 0, who="movie")
    return found


def counted(windows: Windows, sound: Track) -> tuple[int, int]:
    """Add up the table of samples, if it is held; gives its sum, and how long the first sample is; 0 if not."""
    try:
        table = inside(windows, sound.media, b"minf", b"stbl", b"stts")
        if table is None:
            return 0, 0
        body = full_box(windows, table, 4 + 8 * _MOST_RUNS)[2]
    except MissingError:
        return 0, 0
    count = int.from_bytes(body[:4], "big")
    if not 0 < count <= _MOST_RUNS or len(body) < 4 + 8 * count:
        return 0, 0
    runs = [struct.unpack_from(">II", body, 4 + 8 * place) for place in range(count)]
    return sum(samples * length for samples, length in runs), runs[0][1]
