"""Ogg: Vorbis, Opus, Speex and FLAC in it. The first page says what, the last page how long.

mutagen would read the last 64 KiB, and the whole of a file with several streams in it; it is given a file of the first
page alone, for the header's fields.
"""

from bisect import bisect_right
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice
from typing import Final

from mutagen.ogg import error as OggError  # noqa: N812 - that is what it is
from mutagen.oggopus import OggOpusInfo
from mutagen.oggvorbis import OggVorbisInfo

from mediafeed.model.audio import Measurement
from mediafeed.parse.audio.comments import tell_of_comments
from mediafeed.parse.audio.flac import stream_info
from mediafeed.parse.audio.told import Told
from mediafeed.parse.audio.windows import Windows

_HEAD: Final = 27
_LARGEST_PAGE: Final = 65_307
_TAILS: Final = (10_240, _LARGEST_PAGE + _HEAD)  # bytes; pages are mostly of 4 to 8 KB
_NOTHING_ENDS: Final = 0xFFFF_FFFF_FFFF_FFFF
_MOST_STREAMS: Final = 8  # a picture, subtitles and a skeleton may come first
_MOST_PAGES: Final = 1_000  # of comments
_OPUS_RATE: Final = 48_000


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its header fields, and where its body is."""

    serial: int
    granule: int
    sequence: int
    start: int
    end: int
    lacing: bytes


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream of sound: what it is, its clock, and what of it is not to be heard."""

    found: Measurement
    serial: int
    rate: int
    skipped: int
    comments: bytes  # what stands before the comments in their packet
    first: Page


def page_at(windows: Windows, at: int) -> Page | None:
    """Read a page's header.

    Raises:
        MissingError: It is not held.
    """
    head = windows.read(at, _HEAD)
    if len(head) < _HEAD or not head.startswith(b"OggS\0"):
        return None
    lacing = windows.read(at + _HEAD, head[26])
    start = at + _HEAD + head[26]
    return Page(
        serial=int.from_bytes(head[14:18], "little"),
        granule=int.from_bytes(head[6:14], "little"),
        sequence=int.from_bytes(head[18:22], "little"),
        start=start,
        end=start + sum(lacing),
        lacing=lacing,
    )


def read_ogg(windows: Windows) -> Measurement:
    """Measure an Ogg file.

    Raises:
        MissingError: More of the file is needed.
    """
    stream = stream_in(windows)
    if stream is None:
        return Measurement(format="ogg", media_type="application/ogg", reason="no stream of sound that is known")
    found = stream.found
    if found.reason or found.seconds:
        return found
    if windows.size is None:
        return replace(
            found, reason="the server does not say where the file ends, and its last page says how long it is"
        )
    granule = _last_granule(windows, stream)
    if granule is None:
        return replace(found, reason="its last page is not there: the file is cut, or several files in one")
    seconds = max(granule - stream.skipped, 0) / stream.rate
    return replace(found, seconds=seconds, tolerance=0.001)


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
            return Stream(found, page.serial, vorbis.sample_rate, 0, b"\x03vorbis", page)
        if packet.startswith(b"OpusHead"):
            found = Measurement(
                format="opus", media_type="audio/ogg; codecs=opus", channels=OggOpusInfo(BytesIO(whole)).channels
            )
            skipped = int.from_bytes(packet[10:12], "little")
            return Stream(found, page.serial, _OPUS_RATE, skipped, b"OpusTags", page)
        if packet.startswith(b"Speex   "):
            rate = int.from_bytes(packet[36:40], "little")
            found = Measurement(format="speex", media_type="audio/ogg; codecs=speex", channels=packet[48])
            return Stream(found, page.serial, rate, 0, b"", page) if rate else None
        if packet.startswith(b"\x7fFLAC"):
            found = replace(stream_info(packet[17:51]), format="ogg flac", media_type="audio/ogg; codecs=flac")
            return Stream(found, page.serial, 0, 0, b"", page)
    except (OggError, ArithmeticError, ValueError, EOFError, IndexError) as error:
        found = Measurement(
            format="ogg", media_type="audio/ogg", reason=f"its first page cannot be read: {error}"[:200]
        )
        return Stream(found, page.serial, 0, 0, b"", page)
    return None


def _last_granule(windows: Windows, stream: Stream) -> int | None:
    """Give the clock of the last page of a stream on which something ends."""
    for length in _TAILS:
        start = max(windows.end - length, 0)
        held = windows.read(start, windows.end - start)
        at = held.rfind(b"OggS\0")
        while at >= 0:
            serial = int.from_bytes(held[at + 14 : at + 18], "little")
            granule = int.from_bytes(held[at + 6 : at + 14], "little")
            if len(held) >= at + _HEAD and serial == stream.serial and granule != _NOTHING_ENDS:
                return granule
            at = held.rfind(b"OggS\0", 0, at)
        if not start:
            break
    return None


def tell_of_ogg(windows: Windows, told: Told) -> None:
    """Add what its comments tell.

    Raises:
        MissingError: They are not held.
    """
    stream = stream_in(windows)
    if stream is None or not stream.comments:
        return
    packet = _Packet(windows, stream)
    if packet.read(0, len(stream.comments)) == stream.comments:
        tell_of_comments(lambda at, length: packet.read(len(stream.comments) + at, length), told)


class _Packet:
    """The second packet of a stream, read through the pages it is spread over; a picture in it may be skipped."""

    def __init__(self, windows: Windows, stream: Stream) -> None:
        self._windows = windows
        self._serial = stream.serial
        self._parts: list[tuple[int, int, int]] = []  # place in the packet, place in the file, length
        self._next = stream.first.end
        self._length = 0
        self._whole = False

    def read(self, at: int, length: int) -> bytes:
        """Give bytes of the packet, fewer at its end."""
        while not self._whole and self._length < at + length:
            self._take_page(at)
        found = b""
        part = max(bisect_right(self._parts, at, key=lambda part: part[0]) - 1, 0)
        for place, start, count in islice(self._parts, part, None):
            if place >= at + length:
                break
            if at < place + count:
                first = max(at - place, 0)
                found += self._windows.read(start + first, min(count, at + length - place) - first)
        return found

    def _take_page(self, wanted: int) -> None:
        page = page_at(self._windows, self._next)
        if page is None or len(self._parts) >= _MOST_PAGES:
            self._whole = True
            return
        self._next = page.end
        if page.serial != self._serial:
            return
        # A packet ends with the first segment that is not full (RFC 3533, 5).
        full = len(page.lacing) - len(page.lacing.lstrip(b"\xff"))
        count = full * 255 + (page.lacing[full] if full < len(page.lacing) else 0)
        self._parts.append((self._length, page.start, count))
        self._length += count
        self._whole = full < len(page.lacing)
        self._skip_full_pages(page, wanted)

    def _skip_full_pages(self, page: Page, wanted: int) -> None:
        """Go on at the page where the wanted bytes are, if those between are as full as a page can be: a picture's."""
        body = page.end - page.start
        between = (wanted - self._length) // body if body else 0
        if self._whole or len(page.lacing) < 255 or between < 2:
            return
        length = page.end - page.start + _HEAD + len(page.lacing)
        there = self._next + between * length
        reached = page_at(self._windows, there)
        if reached and reached.serial == self._serial and reached.sequence == page.sequence + between + 1:
            self._next = there
            self._length += between * body
