"""MP3: by its Xing, Info or VBRI header where there is one, else by its frames.

The header's fields are mutagen's job: it is given the first frame alone.
"""

import re
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final

from mutagen.mp3 import MPEGFrame
from mutagen.mp3 import error as MPEGError  # noqa: N812 - that is what it is

from mediafeed.model.audio import LONGEST, Measurement
from mediafeed.parse.audio.doubts import cut
from mediafeed.parse.audio.frames import PROBE, Frame, beginning, begins, first_frame, run_in
from mediafeed.parse.audio.sampling import measured
from mediafeed.parse.audio.tails import end_of_audio
from mediafeed.parse.audio.windows import Windows

_V1: Final = 3
_KBITS: Final = {
    (_V1, 3): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (_V1, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (_V1, 1): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 3): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 1): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}  # (version bits, layer bits) as they stand in the header
_RATES: Final = {0: (11_025, 12_000, 8_000), 2: (22_050, 24_000, 16_000), _V1: (44_100, 48_000, 32_000)}
_LAYER_I: Final = 3
_LAYER_III: Final = 1

HEADER_FRAME: Final = 2_048  # bytes that hold any first frame with all that a header says
_DELAY: Final = 2_300  # samples that encoders put around the sound at most; only LAME's header says how many
_FFMPEG: Final = re.compile(rb"Lav[cf][\d.\0]{5}")
_HAS_FRAMES: Final = 1
_HAS_BYTES: Final = 2
_SLACK: Final = 2_048  # bytes by which a file may be larger or smaller than it says: a small tag, the header's frame


@dataclass(frozen=True, slots=True)
class Header:
    """What a Xing, Info or VBRI header says; `length` is bytes, None where it does not say; `exact` to the sample.

    `constant` says that all frames are of one bitrate.
    """

    seconds: float
    length: int | None
    exact: bool
    constant: bool


def mpeg_frame_at(held: bytes, at: int) -> Frame | None:
    """Read a frame's four bytes of header. Free bitrates are not read."""
    head = held[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] < 0xE0:
        return None
    version, layer, bits, rate = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer == 0 or bits in {0, 15} or rate == 3 or head[3] & 3 == 2:
        return None
    bitrate = _KBITS[_V1 if version == _V1 else 2, layer][bits - 1] * 1_000
    hertz, padding = _RATES[version][rate], head[2] >> 1 & 1
    if layer == _LAYER_I:
        samples, length = 384, (12 * bitrate // hertz + padding) * 4
    else:
        samples = 576 if layer == _LAYER_III and version != _V1 else 1_152
        length = samples // 8 * bitrate // hertz + padding
    return Frame(length, samples / hertz, bitrate, (version, layer, rate))


def kind_of_mpeg(held: bytes) -> Measurement:
    """Say what a stream is that begins where `held` does; nothing where none does."""
    frame = mpeg_frame_at(held, 0) if begins(held, 0, mpeg_frame_at, whole=False) else None
    return Measurement(format=f"mp{4 - frame.kind[1]}", media_type="audio/mpeg") if frame else Measurement()


def read_mpeg(windows: Windows, start: int) -> Measurement:
    """Measure an MP3 whose audio begins at or soon after `start`.

    Raises:
        MissingError: More of the file is needed.
    """
    first = beginning(windows, start, mpeg_frame_at)
    if first is None:
        return Measurement(reason="neither a known header nor MPEG frames")
    head = windows.read(first, HEADER_FRAME)
    try:
        # ffmpeg writes LAME's header under its own name, which mutagen does not know.
        frame = MPEGFrame(BytesIO(_FFMPEG.sub(b"LAME3.100", head)))
    except (MPEGError, ArithmeticError, ValueError):
        return Measurement(reason="MPEG frames that cannot be read")
    found = Measurement(
        format=f"mp{frame.layer}",
        media_type="audio/mpeg",
        channels=frame.channels,
        tolerance=_DELAY / frame.sample_rate,
    )
    header = _header_in(head, frame)
    only_a_header = mpeg_frame_at(head, 0) if header else None
    if header is None or only_a_header is None:
        return _by_frames(windows, first, found)
    if 0 < header.seconds <= LONGEST and _fits(windows, first, header, only_a_header):
        return _by_header(windows, first, header, found)
    counted = _by_frames(windows, first + only_a_header.length, found)
    reason = f"its header tells of {header.seconds:.0f} s, which does not fit its bytes"
    return replace(counted, reason="; ".join(filter(None, (reason, counted.reason))))


def _header_in(head: bytes, frame: MPEGFrame) -> Header | None:
    if frame.sketchy:
        return None
    at = max(head.find(name, 0, 64) for name in (b"Xing", b"Info", b"VBRI"))
    if head.startswith(b"VBRI", at):
        length: int | None = int.from_bytes(head[at + 10 : at + 14], "big")
    else:
        flags = int.from_bytes(head[at + 4 : at + 8], "big")
        start = at + (12 if flags & _HAS_FRAMES else 8)
        length = int.from_bytes(head[start : start + 4], "big") if flags & _HAS_BYTES else None
    constant = head.startswith(b"Info", at)
    return Header(getattr(frame, "length", 0.0), length or None, hasattr(frame, "track_gain"), constant)


def _fits(windows: Windows, first: int, header: Header, frame: Frame) -> bool:
    """Say whether a header's seconds can be those of its bytes, at the bitrates that there are, or that it has."""
    length = header.length if windows.size is None else header.length or windows.end - first
    if length is None:
        return True
    version, layer, _ = frame.kind
    kbits = _KBITS[_V1 if version == _V1 else 2, layer]
    least, most = kbits[0] * 1_000, kbits[-1] * 1_000
    start = first + frame.length
    run = run_in(windows.held(start), start, mpeg_frame_at, whole=False) if header.constant else None
    if run and len(run.bitrates) == 1:
        least = most = min(run.bitrates)
    return length * 8 / most * 0.9 - 1 <= header.seconds <= length * 8 / least * 1.1 + 1


def _by_header(windows: Windows, first: int, header: Header, found: Measurement) -> Measurement:
    """Take what the header says, and look whether the file is as large as it says."""
    told = replace(found, seconds=header.seconds, tolerance=0.001 if header.exact else found.tolerance)
    there, said = windows.end - first, header.length
    if windows.size is None or said is None or abs(there - said) <= _SLACK:
        return told
    if there < said:
        return cut(told, header.seconds, said, there)
    more = end_of_audio(windows) - first - said
    if more <= _SLACK:
        return told
    if more <= said // 10 and not _sounds_at(windows, first + said):
        # Not worth a search: zeros, or a part behind a tag of its own.
        reason = f"its header tells of {said} bytes, there are {there}, and no frames where it ends"
        return replace(told, tolerance=max(told.tolerance, header.seconds * more / said), reason=reason)
    # Parts put together, as dynamic ads are: the header is that of the first.
    whole = _by_frames(windows, first, found)
    return replace(
        whole, reason=f"its header tells of {header.seconds:.0f} s in {said} of {there} bytes; {whole.reason}"
    )


def _sounds_at(windows: Windows, at: int) -> bool:
    held = windows.read(at, PROBE)
    return first_frame(held, mpeg_frame_at, whole=at + len(held) >= windows.end) is not None


def _by_frames(windows: Windows, first: int, found: Measurement) -> Measurement:
    if windows.size is None:
        return replace(found, reason="neither a header nor the file's size says how long it is")
    end = end_of_audio(windows)
    estimate = measured(windows, first, end, mpeg_frame_at)
    if estimate is None:
        return replace(found, reason="what follows its first frames is no MPEG audio")
    return replace(
        found, seconds=estimate.seconds, tolerance=max(estimate.tolerance, found.tolerance), reason=estimate.how
    )
