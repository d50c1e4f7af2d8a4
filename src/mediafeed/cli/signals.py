"""Waiting for signals, so that none comes unheard."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

ENDS = (signal.SIGTERM, signal.SIGINT)
_MANY = 1024  # more than anybody sends before they are waited for


@dataclass(frozen=True, slots=True)
class Signals:
    """Those that came, in their order."""

    _hearing: socket.socket

    def __call__(self) -> int:
        """Wait for the next one, and give its number."""
        return self._hearing.recv(1)[0]

    def hold(self, numbers: tuple[int, ...]) -> bool:
        """Say whether one of these came and was not given yet. Waits for nothing, and takes none."""
        with suppress(BlockingIOError):
            return any(number in numbers for number in self._hearing.recv(_MANY, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        return False


@contextmanager
def signals(*numbers: int) -> Iterator[Signals]:
    """Give a way to wait for the next of these signals: its number, as the kernel's handler writes it into a socket.

    Python's own handlers run between two steps of the main thread. One that is due in the very moment in which that
    thread lies down to wait is not run before it wakes: a SIGTERM would not be heard until the next one.
    """
    hearing, telling = socket.socketpair()
    telling.setblocking(False)
    before = {number: signal.signal(number, lambda *_: None) for number in numbers}
    told = signal.set_wakeup_fd(telling.fileno())
    try:
        yield Signals(hearing)
    finally:
        signal.set_wakeup_fd(told)
        for number, handler in before.items():
            signal.signal(number, handler)
        hearing.close()
        telling.close()
