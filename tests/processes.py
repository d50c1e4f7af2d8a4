"""Processes of others, as tests look at them."""

import time
from collections.abc import Callable
from pathlib import Path


def wait_for(true: Callable[[], bool], seconds: float = 90) -> None:
    """Wait until something is true; what takes longer never comes."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.02)


def is_gone(pid: int) -> bool:
    """Say whether a process has ended, also where nobody asked yet how."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in {"Z", "X"}
    except OSError:
        return True
