"""The bytes of a file that are held, and the question for those that are not.

Readers are written as if the whole file were there. Where it is not, MissingError ends the reading; the bytes are
fetched and the reading starts anew: what is held is a few KB, and a reader without a memory cannot be confused.
"""

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Final

FIRST: Final = 6_144  # bytes asked for first: an Ogg's sound mostly begins within them
AHEAD: Final = 4_096  # bytes asked for where fewer are needed: the next thing wanted is mostly near
TAILS: Final = (10_240, 59_392)  # bytes at a file's end: with the first ones 16 KiB, and 64 at most
NEAR: Final = 10_240  # bytes between what is held that are taken together: a request costs more than they do
LITTLE: Final = 10_240  # bytes up to what is held or the file's end that are taken whole, for the same reason


class MissingError(Exception):
    """Bytes are needed that are not held."""

    def __init__(self, start: int, length: int) -> None:
        self.start = start
        self.length = length
        super().__init__(f"{length} bytes at {start}")


@dataclass(frozen=True, slots=True)
class Windows:
    """Pieces of a file, in order and apart from each other. `size` is the whole file's, None where nobody knows.

    `final` says that no more of it can be had: what can be told of these must do. `closely` says that what was told of
    them is doubted: nothing is to be taken for granted that a few more pieces would show.
    """

    pieces: tuple[tuple[int, bytes], ...] = ()
    size: int | None = None
    final: bool = False
    closely: bool = False

    @property
    def end(self) -> int:
        """Give the file's size, or where no file ends."""
        return 1 << 62 if self.size is None else self.size

    def joined_by(self, start: int, body: bytes, size: int | None) -> "Windows":
        """Give the windows with another one, and the file's size as it was said last."""
        joined: list[tuple[int, bytes]] = []
        for at, piece in sorted((*self.pieces, (start, body)), key=lambda held: held[0]):
            if joined and at <= joined[-1][0] + len(joined[-1][1]):
                first, before = joined[-1]
                joined[-1] = (first, before + piece[first + len(before) - at :])
            elif piece:
                joined.append((at, piece))
        return replace(self, pieces=tuple(joined), size=self.size if size is None else size, final=False)

    def held(self, start: int) -> bytes:
        """Give all bytes from `start` on that are held without a gap."""
        place = bisect_right(self.pieces, start, key=lambda held: held[0]) - 1
        if place < 0:
            return b""
        at, piece = self.pieces[place]
        return piece[start - at : max(self.end - at, 0)]

    def behind(self, start: int) -> "Windows":
        """Give the windows of the file that begins at `start` of this one, behind tags that are no part of it."""
        if not start:
            return self
        pieces = tuple((max(at - start, 0), piece[max(start - at, 0) :]) for at, piece in self.pieces)
        size = None if self.size is None else max(self.size - start, 0)
        return replace(self, pieces=tuple((at, piece) for at, piece in pieces if piece), size=size)

    def _missing(self, start: int, length: int) -> MissingError:
        """Ask for bytes from a place on, and for nothing that is held; a small gap is closed whole."""
        after = next((at for at, _ in self.pieces if at > start), self.end)
        before = max((at + len(piece) for at, piece in self.pieces if at <= start), default=0)
        if after - before <= NEAR:
            return MissingError(before, after - before)
        rest = after - start
        return MissingError(start, rest if rest <= LITTLE else min(length, rest))

    def read(self, start: int, length: int, *, ahead: int = AHEAD) -> bytes:
        """Give bytes as a file would: fewer at its end.

        Raises:
            MissingError: They are not all held; at least `ahead` bytes are asked for then.
        """
        wanted = max(min(length, self.end - start), 0)
        found = self.held(start)[:wanted]
        if len(found) < wanted:
            raise self._missing(start + len(found), max(wanted - len(found), ahead))
        return found
