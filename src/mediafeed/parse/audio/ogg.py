"""Ogg: Vorbis, Opus, Speex and FLAC in it. The first page says what, the last page how long.

mutagen would read the last 64 KiB, and the whole of a file with several streams in it; it is given a file of the first
page alone, for the header's fields.
"""

from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final

from mutagen.ogg import error as OggError  # noqa: N812 - that is what it is
from mutagen.oggopus import OggOpusInfo
from mutagen.oggvorbis import OggVorbisInfo

from mediafeed.model.audio import Measurement
from mediafeed.parse.audio.comments import tell_of_comments
from mediafeed.parse.audio.flac import sample_rate, stream_info
from mediafeed.parse.audio.frames import held_only
from mediafeed.parse.audio.ogg_pages import Packet, Page, first_sound, last_clock, page_at
from mediafeed.parse.audio.told import Told
from mediafeed.parse.audio.windows import AHEAD, FIRST, TAILS, MissingError, Windows

_MOST_STREAMS: Final = 8  # a picture, subtitles and a skeleton may come first
_PICTURE: Final = b"metadata_block_picture"
_SILK: Final = (480, 960, 1_920, 2_880)  # samples of a frame of Opus, by its mode; the third mode has 120 and more
_HYBRID: Final = (480, 960)
_OPUS_RATE: Final = 48_000


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream of sound: what it is, its clock, and what of it is not to be heard."""

    found: Measurement
    first: Page
    rate: int = 0
    skipped: int = 0
    comments: bytes = b""  # what stands before the comments in their packet
    packets: tuple[int, int] = (0, 0)  # how many samples a packet has, at least and at most; 0 where its own bytes say


def read_ogg(windows: Windows) -> Measurement:
    """Measure an Ogg file.

    Raises:
        MissingError: More of the file is needed.
    """
    stream = stream_in(windows)
    if stream is None:
        return Measurement(format="ogg", media_type="application/ogg", reason="no stream of sound that is known")
    found = stream.found
    if not stream.rate:
        return found
    if windows.size is None:
        if found.seconds:
            return found
        where = "the server does not say where the file ends, and its last page says how long it is"
        return replace(found, reason=where)
    try:
        last = _last_clock(windows, stream)
    except MissingError:
        if windows.final:
            return found
        raise
    if last is None:
        where = "its last page is not there: the file is cut, or several files in one"
        return replace(found, reason=where, tolerance=found.seconds or 0.0)
    return _between(windows, stream, *last)


def _between(windows: Windows, stream: Stream, end: int, is_cut: bool) -> Measurement:
    """Measure from the clock at which a stream begins to that at which it ends."""
    begins, unsure = _beginning(windows, stream)
    seconds = max(end - begins - stream.skipped, 0) / stream.rate
    found = replace(stream.found, seconds=seconds, tolerance=max(unsure / stream.rate, 0.001), reason="")
    if begins:
        found = replace(found, reason=f"its clock begins at {begins / stream.rate:.1f} s")
    if is_cut:
        return replace(found, tolerance=seconds, reason="cut inside a page")
    told = stream.found.seconds
    if told and abs(told - seconds) > found.tolerance:
        reason = f"its header tells of {told:.0f} s, its pages of {seconds:.0f} s"
        return replace(found, tolerance=abs(told - seconds), reason=reason)
    return found


def _beginning(windows: Windows, stream: Stream) -> tuple[int, int]:
    """Give the clock at which the sound begins, and by how much that may be wrong; 0 where its first page is not held.

    A stream that was cut out of another one, or recorded from the middle of it, may keep its clock.
    """
    first = first_sound(_near(windows, stream), stream.first.serial)
    if first is None:
        return 0, 0
    least, most = stream.packets
    if not most:
        least = most = _opus_samples(held_only(windows, first.start, 2))
    begins = first.granule - most * first.packets
    # What was recorded mostly begins seconds late; a little is a first page that is not filled up.
    return (begins, (most - least) * first.packets) if most and begins > 0 else (0, 0)


def _near(windows: Windows, stream: Stream) -> Windows:
    """Ask for the first sound if it is near to what is held in front.

    What has a picture, or a long list of chapters, is no piece of a broadcast.

    Raises:
        MissingError: It is.
    """
    front = windows.held(0)
    if windows.final or len(front) > FIRST or _PICTURE in front.lower():
        return windows
    at = stream.first.end
    for _ in range(_MOST_STREAMS):
        near = at <= FIRST + AHEAD and first_sound(windows, stream.first.serial) is None
        page = page_at(windows, at) if near else None
        if page is None:
            break
        at = page.end
    return windows


def _opus_samples(head: bytes) -> int:
    """Read how many samples a packet of Opus has (RFC 6716, 3.1)."""
    if not head:
        return 0
    kind, code = head[0] >> 3, head[0] & 3
    each = _SILK[kind & 3] if kind < 12 else _HYBRID[kind & 1] if kind < 16 else 120 << (kind & 3)
    count = (1, 2, 2, head[1] & 63 if len(head) > 1 else 1)[code]
    return each * count


def stream_in(windows: Windows) -> Stream | None:
    """Find the first stream of sound among the pages in front.

    Raises:
        MissingError: They are not held.
    """
    at = 0
    for _ in range(_MOST_STREAMS):
        page = page_at(windows, at)
        if page is None:
            return None
        packet = windows.read(page.start, min(page.end - page.start, 256))
        stream = _stream(windows.read(at, page.end - at), packet, page)
        if stream:
            return stream
        at = page.end
    return None


def _stream(whole: bytes, packet: bytes, page: Page) -> Stream | None:
    """Say what stream a first page begins; `whole` is its bytes."""
    try:
        if packet.startswith(b"\x01vorbis"):
            vorbis = OggVorbisInfo(BytesIO(whole))
            found = Measurement(format="ogg vorbis", media_type="audio/ogg", channels=vorbis.channels)
            sizes = packet[28]
            return Stream(
                found, page, vorbis.sample_rate, 0, b"\x03vorbis", (1 << (sizes & 15) >> 1, 1 << (sizes >> 4) >> 1)
            )
        if packet.startswith(b"OpusHead"):
            found = Measurement(
                format="opus", media_type="audio/ogg; codecs=opus", channels=OggOpusInfo(BytesIO(whole)).channels
            )
            skipped = int.from_bytes(packet[10:12], "little")
            return Stream(found, page, _OPUS_RATE, skipped, b"OpusTags")
        if packet.startswith(b"Speex   "):
            rate = int.from_bytes(packet[36:40], "little")
            found = Measurement(format="speex", media_type="audio/ogg; codecs=speex", channels=packet[48])
            each = int.from_bytes(packet[56:60], "little") * int.from_bytes(packet[64:68], "little")
            return Stream(found, page, rate, packets=(each, each)) if rate else None
        if packet.startswith(b"\x7fFLAC"):
            found = replace(stream_info(packet[17:51]), format="ogg flac", media_type="audio/ogg; codecs=flac")
            size = int.from_bytes(packet[19:21], "big")
            return Stream(found, page, sample_rate(packet[17:51]), packets=(size, size))
    except (OggError, ArithmeticError, ValueError, EOFError, IndexError) as error:
        found = Measurement(
            format="ogg", media_type="audio/ogg", reason=f"its first page cannot be read: {error}"[:200]
        )
        return Stream(found, page)
    return None


def _last_clock(windows: Windows, stream: Stream) -> tuple[int, bool] | None:
    for length in TAILS:
        start = max(windows.end - length, 0)
        found = last_clock(windows, windows.read(start, windows.end - start), start, stream.first.serial)
        if found or not start:
            return found
    return None


def tell_of_ogg(windows: Windows, told: Told) -> None:
    """Add what its comments tell.

    Raises:
        MissingError: They are not held.
    """
    stream = stream_in(windows)
    if stream is None or not stream.comments:
        return
    packet = Packet(windows, stream.first)
    if packet.read(0, len(stream.comments)) == stream.comments:
        tell_of_comments(lambda at, length: packet.read(len(stream.comments) + at, length), told)
