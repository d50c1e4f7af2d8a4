"""Ogg's pages, and the packets that are spread over them (RFC 3533)."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice
from typing import Final

from mediafeed.parse.audio.windows import AHEAD, MissingError, Windows

HEAD: Final = 27
NOTHING_ENDS: Final = 0xFFFF_FFFF_FFFF_FFFF
_FIRST: Final = 2  # page of a stream, by its own word
_LAST: Final = 4
_MOST_PAGES: Final = 1_000  # of comments


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its header fields, and where its body is."""

    serial: int
    granule: int
    sequence: int
    start: int
    end: int
    lacing: bytes


def page_at(windows: Windows, at: int, *, ahead: int = AHEAD) -> Page | None:
    """Read a page's header; at least `ahead` bytes are asked for where it is not held.

    Raises:
        MissingError: It is not held.
    """
    head = windows.read(at, HEAD, ahead=ahead)
    if len(head) < HEAD or not head.startswith(b"OggS\0"):
        return None
    lacing = windows.read(at + HEAD, head[26])
    start = at + HEAD + head[26]
    return Page(
        serial=int.from_bytes(head[14:18], "little"),
        granule=int.from_bytes(head[6:14], "little"),
        sequence=int.from_bytes(head[18:22], "little"),
        start=start,
        end=start + sum(lacing),
        lacing=lacing,
    )


@dataclass(frozen=True, slots=True)
class FirstSound:
    """The first sound of a stream: the clock at its end, how many packets that are, and where the first of them is."""

    granule: int
    packets: int
    start: int


def first_sound(windows: Windows, serial: int) -> FirstSound | None:
    """Find the first page with a clock, behind a page of headers; None where they are not held together."""
    for at, piece in windows.pieces:
        place = piece.find(b"OggS\0")
        if place >= 0:
            found = _first_sound_from(windows, at + place, serial)
            if found:
                return found
    return None


def _first_sound_from(windows: Windows, at: int, serial: int) -> FirstSound | None:
    headers, packets, start = False, 0, 0
    for _ in range(_MOST_PAGES):
        try:
            page = page_at(windows, at)
        except MissingError:
            return None
        if page is None:
            return None
        at = page.end
        if page.serial != serial:
            continue
        if page.granule == 0:
            headers, packets, start = True, 0, 0  # its clock stands still while headers are read
            continue
        packets += sum(length < 255 for length in page.lacing)
        start = start or page.start
        if page.granule != NOTHING_ENDS:
            return FirstSound(page.granule, packets, start) if headers else None
    return None


def last_clock(windows: Windows, held: bytes, start: int, serial: int) -> tuple[int, bool] | None:
    """Give a stream's last clock in `held`, which lies at `start`, and whether the file is cut inside a page.

    A page on which nothing ends has none. None, too, where another stream begins behind: it is to be heard as well.
    """
    is_cut = False
    at = len(held)
    while (at := held.rfind(b"OggS\0", 0, at)) >= 0:
        if len(held) < at + HEAD:
            is_cut = True
            continue
        if int.from_bytes(held[at + 14 : at + 18], "little") != serial:
            if held[at + 5] & _FIRST:
                return None
            continue
        lacing = held[at + HEAD : at + HEAD + held[at + 26]]
        if start + at + HEAD + held[at + 26] + sum(lacing) > windows.end:
            is_cut = True
            continue
        granule = int.from_bytes(held[at + 6 : at + 14], "little")
        if granule != NOTHING_ENDS:
            return granule, is_cut and not held[at + 5] & _LAST
    return None


class Packet:
    """The second packet of a stream, read through the pages it is spread over; a picture in it may be skipped."""

    def __init__(self, windows: Windows, first: Page) -> None:
        """Take the page that the stream begins with."""
        self._windows = windows
        self._serial = first.serial
        self._parts: list[tuple[int, int, int]] = []  # place in the packet, place in the file, length
        self._next = first.end
        self._length = 0
        self._whole = False

    def read(self, at: int, length: int) -> bytes:
        """Give bytes of the packet, fewer at its end."""
        while not self._whole and self._length < at + length:
            self._take_page(at, max(length, AHEAD))
        found = b""
        part = max(bisect_right(self._parts, at, key=lambda part: part[0]) - 1, 0)
        for place, start, count in islice(self._parts, part, None):
            if place >= at + length:
                break
            if at < place + count:
                first = max(at - place, 0)
                found += self._windows.read(start + first, min(count, at + length - place) - first)
        return found

    def _take_page(self, wanted: int, ahead: int) -> None:
        page = page_at(self._windows, self._next, ahead=ahead)
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
        length = page.end - page.start + HEAD + len(page.lacing)
        there = self._next + between * length
        reached = page_at(self._windows, there)
        if reached and reached.serial == self._serial and reached.sequence == page.sequence + between + 1:
            self._next = there
            self._length += between * body
