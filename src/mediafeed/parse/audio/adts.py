"""AAC without a container: ADTS frames, each with its own length, and ADIF, whose header says the bitrate."""

from dataclasses import replace
from io import BytesIO
from typing import Final

from mutagen.aac import AACError, AACInfo

from mediafeed.model.audio import Measurement
from mediafeed.parse.audio.frames import Frame, beginning
from mediafeed.parse.audio.sampling import measured
from mediafeed.parse.audio.tails import end_of_audio
from mediafeed.parse.audio.windows import AHEAD, Windows

_RATES: Final = (
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
)  # fmt: skip
_SAMPLES: Final = 1_024  # in a block; a frame has one to four
PADDING: Final = (
    3.1  # frames that an encoder puts around the sound at most: 2,112 samples in front, and the last one filled up
)
_NO_SIZE: Final = "the server does not say how large it is, and it has no header that says how long"


def adts_frame_at(held: bytes, at: int) -> Frame | None:
    """Read a frame's seven bytes of header."""
    head = held[at : at + 7]
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return None
    rate, length = head[2] >> 2 & 15, (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    if rate >= len(_RATES) or length < 8:
        return None
    seconds = _SAMPLES * ((head[6] & 3) + 1) / _RATES[rate]
    channels = (head[2] & 1) << 2 | head[3] >> 6
    # Every frame has its own size: one bitrate for each makes none of them constant.
    return Frame(length, seconds, length, (rate, head[2] >> 6, channels))


def read_adts(windows: Windows, start: int) -> Measurement:
    """Measure a stream of ADTS frames.

    Raises:
        MissingError: More of the file is needed.
    """
    found = Measurement(format="aac", media_type="audio/aac")
    first = beginning(windows, start, adts_frame_at)
    if windows.size is None or first is None:
        return replace(found, reason=_NO_SIZE if first is not None else "no AAC frames in it")
    frame = adts_frame_at(windows.read(first, 7), 0)
    found = replace(found, channels=(frame.kind[2] or None) if frame else None)
    estimate = measured(windows, first, end_of_audio(windows), adts_frame_at)
    if estimate is None:
        return replace(found, reason="what follows its first frames is no AAC")
    padding = PADDING * frame.seconds if frame else 0.0
    return replace(found, seconds=estimate.seconds, tolerance=max(estimate.tolerance, padding), reason=estimate.how)


def read_adif(windows: Windows) -> Measurement:
    """Measure by the bitrate that ADIF's header tells.

    Raises:
        MissingError: The header is not held.
    """
    found = Measurement(format="aac", media_type="audio/aac")
    head = windows.read(0, AHEAD)
    try:
        told = AACInfo(BytesIO(head))
    except AACError:
        return replace(found, reason="its header cannot be read")
    if windows.size is None or not told.bitrate:
        return replace(found, channels=told.channels, reason=_NO_SIZE)
    seconds = windows.size * 8 / told.bitrate
    # The bitrate is the highest one where the file says that it varies.
    return replace(found, channels=told.channels, seconds=seconds, tolerance=seconds * 0.02,
                   reason="no length in it: by the bitrate that its header tells")  # fmt: skip
