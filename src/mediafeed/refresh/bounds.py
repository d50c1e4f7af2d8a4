"""Bounds of one reading of a stranger's bytes, inside the worker that does it."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def bounded(*, cpu: float, memory: int) -> Iterator[None]:
    """Let this process die of more than so many seconds of work, and fail at more than so many further bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _address_space() + memory
    signal.setitimer(signal.ITIMER_PROF, cpu)  # nobody catches its signal
    try:
        if soft == resource.RLIM_INFINITY or most < soft:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        signal.setitimer(signal.ITIMER_PROF, 0)


def _address_space() -> int:
    """Give how many bytes of addresses this process has; where nobody says, its share of a worker's."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (OSError, ValueError):
        return 1 << 29
    return pages * resource.getpagesize()
