"""FLAC: everything stands in front, in blocks that say how long they are."""

from dataclasses import replace
from typing import Final

from mutagen.flac import StreamInfo
from mutagen.flac import error as FLACError  # noqa: N812 - that is what it is

from mediafeed.model.audio import Measurement
from mediafeed.parse.audio.comments import tell_of_comments
from mediafeed.parse.audio.told import Told
from mediafeed.parse.audio.windows import Windows

_STREAMINFO: Final = 0
_COMMENTS: Final = 4
_LAST: Final = 0x80
_MOST_BLOCKS: Final = 64
_STREAMINFO_LENGTH: Final = 34


def read_flac(windows: Windows, start: int) -> Measurement:
    """Measure a FLAC stream.

    Raises:
        MissingError: More of the file is needed.
    """
    # The block's own length is not asked: encoders got it wrong, and it has always been this.
    return stream_info(windows.read(start + 8, _STREAMINFO_LENGTH))


def stream_info(block: bytes) -> Measurement:
    """Read STREAMINFO, which Ogg FLAC has too."""
    found = Measurement(format="flac", media_type="audio/flac")
    try:
        told = StreamInfo(block)
    except (FLACError, ArithmeticError, ValueError, TypeError):
        return replace(found, reason="its header cannot be read")
    if not told.total_samples:
        return replace(found, channels=told.channels, reason="its header does not say how many samples it has")
    return replace(found, channels=told.channels, seconds=told.length, tolerance=0.001)


def tell_of_flac(windows: Windows, start: int, told: Told) -> None:
    """Add what its comments tell.

    Raises:
        MissingError: They are not held.
    """
    at = start + 4
    for _ in range(_MOST_BLOCKS):
        head = windows.read(at, 4)
        if len(head) < 4:
            return
        length = int.from_bytes(head[1:], "big")
        if head[0] & ~_LAST == _COMMENTS:
            _tell_of_block(windows, at + 4, length, told)
            return
        if head[0] & _LAST:
            return
        at += 4 + length


def _tell_of_block(windows: Windows, start: int, length: int, told: Told) -> None:
    tell_of_comments(lambda at, count: windows.read(start + at, max(min(count, length - at), 0)), told)
