"""FLAC: everything stands in front, in blocks that say how long they are."""

from dataclasses import replace
from typing import Final

from mutagen.flac import StreamInfo
from mutagen.flac import error as FLACError  # noqa: N812 - that is what it is

from mediafeed.model.audio import Measurement
from mediafeed.parse.audio.comments import tell_of_comments
from mediafeed.parse.audio.flac_frames import Block, last_block
from mediafeed.parse.audio.told import Told
from mediafeed.parse.audio.windows import MissingError, Windows

_STREAMINFO: Final = 0
_COMMENTS: Final = 4
_LAST: Final = 0x80
_MOST_BLOCKS: Final = 64
_STREAMINFO_LENGTH: Final = 34


def read_flac(windows: Windows) -> Measurement:
    """Measure a FLAC stream: by its header, and by the number of its last frame, which knows whether it was cut.

    Raises:
        MissingError: More of the file is needed.
    """
    # The block's own length is not asked: encoders got it wrong, and it has always been this.
    block = windows.read(8, _STREAMINFO_LENGTH)
    found, rate = stream_info(block), sample_rate(block)
    if windows.size is None or not rate:
        return found
    try:
        last = last_block(windows, int.from_bytes(block[2:4], "big"), int.from_bytes(block[7:10], "big"))
    except MissingError:
        if windows.final:
            return found
        raise
    return _by_last(found, last, rate)


def _by_last(found: Measurement, last: Block | None, rate: int) -> Measurement:
    if last is None:
        told = found.seconds or 0.0
        return (
            replace(found, tolerance=told, reason="no frame at its end, which would tell whether it was cut")
            if told
            else found
        )
    there = (last.end if last.whole else last.start) / rate
    if found.seconds is None:
        return replace(found, seconds=there, tolerance=0.001 if last.whole else 1.0, reason="")
    part = (last.end - last.start) / rate
    if last.end / rate == found.seconds:
        return found if last.whole else replace(found, tolerance=part)
    reason = f"its header tells of {found.seconds:.0f} s, its last frame ends at {there:.0f} s"
    return replace(found, seconds=there, tolerance=max(abs(found.seconds - there), part), reason=reason)


def sample_rate(block: bytes) -> int:
    """Read samples a second from STREAMINFO."""
    return int.from_bytes(block[10:13], "big") >> 4


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


def tell_of_flac(windows: Windows, told: Told) -> None:
    """Add what its comments tell.

    Raises:
        MissingError: They are not held.
    """
    at = 4
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
