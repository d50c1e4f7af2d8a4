"""Two clocks: the wall's, which anybody may set, and one that nobody can."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

JUMP = timedelta(seconds=1)  # how far they may part between two looks
# Before that no mediafeed was polling: a machine without a battery begins in 1970, until it hears the time.
EARLIEST = datetime(2022, 1, 1, tzinfo=UTC)

Steady = Callable[[], float]


def boot_time() -> float:
    """Give seconds that nobody can set, and that go on while the machine sleeps."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Clocks:
    """Sees whether the wall clock was set. Thread-safe."""

    def __init__(self, wall: Callable[[], datetime], steady: Steady) -> None:
        """Take both."""
        self.now = wall
        self.steady = steady
        self._lock = threading.Lock()
        self._apart: timedelta | None = None  # wall clock less steady clock; None while the wall clock is not set

    @property
    def is_set(self) -> bool:
        """Say whether the wall clock knows the time."""
        return self.now() >= EARLIEST

    def forget(self) -> None:
        """Begin anew: the wall clock does not know the time."""
        with self._lock:
            self._apart = None

    def check(self, react: Callable[[timedelta], None]) -> bool:
        """Look at both, and tell by how much the wall clock was set since the last look; nothing at the first one.

        Nobody else looks before `react` has done what is to be done; if it fails, the next look tells it again. Gives
        whether it was called.
        """
        with self._lock:
            before, apart = self._apart, timedelta(seconds=self.now().timestamp() - self.steady())
            by = timedelta(0) if before is None else apart - before
            is_set = before is None or abs(by) >= JUMP
            if is_set:
                react(by)
            self._apart = apart
            return is_set
