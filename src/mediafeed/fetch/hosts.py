"""Politeness to one host: how many at a time, how long between two, and how many in all."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore, Condition, Lock
from types import TracebackType
from typing import Final

from mediafeed.errors import StoppingError
from mediafeed.fetch.failure import NoAnswerError
from mediafeed.model.settings import FetchSettings
from mediafeed.model.source import FailureKind

AT_ONCE: Final = 64
PUBLIC_GAP: Final = 2.0  # seconds
PUBLIC_PER_HOST: Final = 1
INSIDE_PER_HOST: Final = 16  # for hosts of fetch.allow, which are the operator's own

_SWEEP_AT: Final = 1_000  # hosts remembered before those that are at rest are forgotten


@dataclass(slots=True)
class _Host:
    changed: Condition
    waiting: int = 0
    patient: int = 0  # who waits until nobody else does
    busy: int = 0
    free_at: float = 0.0  # no request starts before

    def at_rest(self, now: float) -> bool:
        return not (self.waiting or self.patient or self.busy) and self.free_at <= now


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to ask a host now, given back at the end of the `with` block."""

    hosts: "Hosts"
    host: str
    gap: float

    def __enter__(self) -> None:
        """Ask."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hosts.leave(self)


class Hosts:
    """Lets requests through, host by host. The gap runs from the end of one request to the start of the next."""

    def __init__(self, settings: FetchSettings, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.change(settings)
        self._clock = clock
        self._lock = Lock()
        self._hosts: dict[str, _Host] = {}
        self._waits: dict[str, datetime] = {}
        self._room = BoundedSemaphore(AT_ONCE)
        self._closed = False

    def change(self, settings: FetchSettings) -> None:
        """Go by other settings from now on."""
        self._gap = settings.host_gap.total_seconds() if settings.host_gap is not None else None
        self._per_host = settings.per_host

    def leave_alone(self, host: str, until: datetime) -> None:
        """Remember that a host wants no request before that time (P19); the later of two wishes holds."""
        with self._lock:
            self._waits[host] = max(self._waits.get(host, until), until)

    def forgive(self, host: str) -> None:
        """Forget what a host asked for: a person insists."""
        with self._lock:
            self._waits.pop(host, None)

    def check_wait(self, host: str, now: datetime) -> None:
        """Refuse to ask a host that wants to be left alone.

        Raises:
            NoAnswerError: BUSY, with the host's own time.
        """
        with self._lock:
            until = self._waits.get(host)
            if until is not None and until <= now:
                del self._waits[host]
                return
        if until is not None:
            raise NoAnswerError(FailureKind.BUSY, f"{host} wants no request yet", retry_after=until)

    def turn(self, host: str, *, inside: bool, patient: bool = False) -> Turn:
        """Wait until it is polite to ask `host`. `inside` says that it is one of the operator's own.

        Who is `patient` lets everybody else go first, whoever came later as well.

        Raises:
            StoppingError: The fetcher is closed meanwhile.
        """
        gap = self._gap if self._gap is not None else 0.0 if inside else PUBLIC_GAP
        limit = self._per_host if self._per_host is not None else INSIDE_PER_HOST if inside else PUBLIC_PER_HOST
        self._enter(host, limit, gap, patient=patient)
        # Taken last, so that who waits for a host keeps no place that another host could use.
        self._room.acquire()
        return Turn(self, host, gap)

    def leave(self, turn: Turn) -> None:
        """Give a turn back."""
        self._room.release()
        with self._lock:
            entry, now = self._hosts[turn.host], self._clock()
            entry.busy -= 1
            entry.free_at = max(entry.free_at, now + turn.gap)
            entry.changed.notify_all()
            if entry.at_rest(now):
                del self._hosts[turn.host]
            elif len(self._hosts) > _SWEEP_AT:
                self._hosts = {name: kept for name, kept in self._hosts.items() if not kept.at_rest(now)}

    def close(self) -> None:
        """Send everyone who waits away."""
        with self._lock:
            self._closed = True
            for entry in self._hosts.values():
                entry.changed.notify_all()

    def _enter(self, host: str, limit: int, gap: float, *, patient: bool) -> None:
        with self._lock:
            entry = self._hosts.get(host) or self._hosts.setdefault(host, _Host(Condition(self._lock)))
            entry.waiting += not patient
            entry.patient += patient
            try:
                while not self._closed:
                    now = self._clock()
                    goes_first = not (patient and entry.waiting)
                    if goes_first and entry.busy < limit and entry.free_at <= now:
                        entry.busy += 1
                        entry.free_at = now + gap
                        return
                    entry.changed.wait(entry.free_at - now if goes_first and entry.busy < limit else None)
            finally:
                entry.waiting -= not patient
                entry.patient -= patient
                if entry.patient and not entry.waiting:
                    entry.changed.notify_all()
        raise StoppingError("mediafeed is stopping")
