"""Measure one audio file: which bytes to ask for next, and when to give up.

The first 6 KiB say what the file is; what is missing then is asked for piece by piece, from where the file lies behind
all redirects: trackers count who comes through them, and we are no listener. A worker reads all that is held, anew.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Protocol

from mediafeed.errors import ParseError
from mediafeed.fetch.byterange import ENOUGH
from mediafeed.model.audio import Measurement, Window
from mediafeed.model.episode import Duration
from mediafeed.model.source import Failed, FailureKind
from mediafeed.normalize.believing import is_said_otherwise
from mediafeed.parse.audio.reading import Wanted, read_audio
from mediafeed.parse.audio.windows import FIRST, Windows
from mediafeed.refresh.bounds import bounded
from mediafeed.refresh.workers import Workers

log = logging.getLogger(__name__)

MOST_REQUESTS: Final = 12
MOST_BYTES: Final = 262_144  # for the length
MOST_CHAPTER_BYTES: Final = 1_048_576  # for chapters, beside that
PATIENCE: Final = 60.0  # seconds of asking, over all requests
CPU: Final = 1.0  # seconds, for one reading
MEMORY: Final = 100 * 1024 * 1024  # bytes, for one reading

_NOT_ASKED: Final = frozenset({FailureKind.BAD_ADDRESS, FailureKind.REFUSED, FailureKind.DNS})


def _is_unasked(answer: Failed) -> bool:
    """Say whether no server was asked; one that is left alone because it wants that has no status either."""
    return answer.kind in _NOT_ASKED or (answer.kind is FailureKind.BUSY and answer.status is None)


class AsksWindows(Protocol):
    """A way to ask for parts of a file."""

    def window(self, url: str, start: int, length: int, *, now: datetime) -> Window | Failed:
        """Ask for bytes from `start` on."""


@dataclass(slots=True)
class _Cost:
    """What was asked so far, and of which sizes the file was."""

    requests: int = 0
    bytes: int = 0
    chapter_requests: int = 0
    chapter_bytes: int = 0
    seconds: float = 0.0
    sizes: list[int] = field(default_factory=list)
    last: Window | None = None

    def allowed(self, wanted: Wanted) -> int:
        """Give how many of the wanted bytes may be asked for."""
        if self.requests >= MOST_REQUESTS or self.seconds >= PATIENCE:
            return 0
        if wanted.measured:
            return max(min(wanted.length, MOST_CHAPTER_BYTES - self.chapter_bytes), 0)
        left = MOST_BYTES - (self.bytes - self.chapter_bytes)
        return max(min(wanted.length, left), 0)

    def add(self, answer: Window | Failed, *, for_chapters: bool) -> None:
        """Count an answer."""
        asked = 0 if isinstance(answer, Failed) and _is_unasked(answer) else 1
        self.requests += asked
        self.chapter_requests += asked if for_chapters else 0
        self.seconds += answer.elapsed
        if isinstance(answer, Window):
            self.bytes += len(answer.body)
            self.chapter_bytes += len(answer.body) if for_chapters else 0
            self.last = answer
            if answer.size is not None and answer.size not in self.sizes:
                self.sizes.append(answer.size)


class Measuring:
    """Measures audio by a few small requests."""

    def __init__(self, ask: AsksWindows, workers: Workers) -> None:
        """Take a way to ask, and killable workers to read what came."""
        self._ask = ask
        self._workers = workers

    def measure(self, url: str, *, now: datetime, said: Sequence[Duration] = ()) -> Measurement:
        """Say how long the audio behind an address is, and what else it tells; where it does not, why.

        Where others said something else of it, it is looked at more closely before it is believed.
        """
        cost = _Cost()
        windows, wanted = Windows(), Wanted(0, FIRST)
        while True:
            length = cost.allowed(wanted)
            if not length:
                whole = " whole" if wanted.measured else ""
                words = f"not known{whole} after {cost.requests} requests and {cost.bytes} bytes"
                return _told(wanted.measured or self._by_what_came(windows), words, cost)
            answer = self._ask.window(cost.last.url if cost.last else url, wanted.start, length, now=now)
            cost.add(answer, for_chapters=wanted.measured is not None)
            if isinstance(answer, Failed):
                failed = _told(wanted.measured, f"{answer.kind}: {answer.detail}", cost)
                return failed if failed.seconds is not None else replace(failed, failure=answer.kind)
            windows = _with(windows, answer, length)
            try:
                outcome = self._workers.run(read_in_bounds, windows)
                if not windows.closely and isinstance(outcome, Measurement) and is_said_otherwise(outcome, said):
                    windows = replace(windows, closely=True)
                    outcome = self._workers.run(read_in_bounds, windows)
            except ParseError as error:
                unread = _told(wanted.measured, f"cannot be read: {error.detail}", cost)
                ours = error.kind == FailureKind.INTERNAL and unread.seconds is None
                return replace(unread, failure=FailureKind.INTERNAL) if ours else unread
            if isinstance(outcome, Measurement):
                return _told(outcome, "", cost)
            if not answer.ranged:
                told = outcome.measured or self._by_what_came(windows)
                return _told(told, "the server sends no parts of a file", cost)
            if outcome.start == wanted.start and not answer.body:
                return _told(outcome.measured, "the server does not send what it says is there", cost)
            wanted = outcome

    def _by_what_came(self, windows: Windows) -> Measurement | None:
        """Read once more, as if there were no more of the file; None if that tells nothing."""
        try:
            outcome = self._workers.run(read_in_bounds, replace(windows, final=True))
        except ParseError:
            return None
        return outcome if isinstance(outcome, Measurement) else outcome.measured


def _with(windows: Windows, answer: Window, asked: int) -> Windows:
    size = answer.size
    if size is None and len(answer.body) < (asked if answer.ranged else ENOUGH):
        size = answer.start + len(answer.body)
    return windows.joined_by(answer.start, answer.body, size)


def _told(measured: Measurement | None, reason: str, cost: _Cost) -> Measurement:
    """Add to what was measured what it cost, and why it is not more: a part of the chapters would pass for all."""
    told = measured or Measurement()
    if reason and told.chapters:
        told = replace(told, chapters=())
        reason = f"{reason}; its chapters are left out"
    reasons = [told.reason, reason]
    tolerance = told.tolerance
    if told.seconds is not None and len(cost.sizes) > 1:
        # Dynamic ads: each answer may be of another rendition.
        least, most = min(cost.sizes), max(cost.sizes)
        tolerance = max(tolerance, told.seconds * (most - least) / most)
        reasons.append(f"the file changed while it was measured, from {cost.sizes[0]} to {cost.sizes[-1]} bytes")
    return replace(
        told,
        tolerance=tolerance,
        reason="; ".join(words for words in reasons if words),
        size=cost.sizes[-1] if cost.sizes else None,
        requests=cost.requests,
        bytes=cost.bytes,
        chapter_requests=cost.chapter_requests,
        chapter_bytes=cost.chapter_bytes,
        url=cost.last.url if cost.last else "",
        etag=cost.last.etag if cost.last else None,
    )


def read_in_bounds(windows: Windows) -> Measurement | Wanted:
    """Read what is held; the process dies of a second of work, and of 100 MB more than it has."""
    with bounded(cpu=CPU, memory=MEMORY):
        return read_audio(windows)
