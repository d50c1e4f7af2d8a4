"""Waiting for signals, so that none comes unheard."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ENDS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def signals(*numbers: int) -> Iterator[Callable[[], int]]:
    """Give a way to wait for the next of these signals: its number, as the kernel's handler writes it into a socket.

    Python's own handlers run between two steps of the main thread. One that is due in the very moment in which that
    thread lies down to wait is not run before it wakes: a SIGTERM would not be heard until the next one.
    """
    hearing, telling = socket.socketpair()
    telling.setblocking(False)
    before = {number: signal.signal(number, lambda *_: None) for number in numbers}
    told = signal.set_wakeup_fd(telling.fileno())
    try:
        yield lambda: hearing.recv(1)[0]
    finally:
        signal.set_wakeup_fd(told)
        for number, handler in before.items():
            signal.signal(number, handler)
        hearing.close()
        telling.close()
