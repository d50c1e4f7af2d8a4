"""Name resolution in threads of its own: it cannot be interrupted, so it must not hold up anybody else."""

import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Final

from mediafeed.errors import StoppingError
from mediafeed.fetch.failure import NoAnswerError
from mediafeed.model.source import FailureKind

AT_ONCE: Final = 16

Resolve = Callable[[str], Sequence[str]]  # host -> all its addresses, best first; raises OSError


def system_resolve(host: str) -> tuple[str, ...]:
    """Ask the system for all addresses of a host."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class Names:
    """A few daemon threads that look names up. A name that hangs occupies one of them, however often it is asked."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._lock = Lock()
        self._asked: SimpleQueue[str | None] = SimpleQueue()
        self._under_way: dict[str, Future[tuple[str, ...]]] = {}
        self._threads = 0

    def addresses(self, host: str, seconds: float) -> tuple[str, ...]:
        """Look a host up, waiting no longer than `seconds`.

        Raises:
            NoAnswerError: There is no such name (DNS), or nobody said so in time (TIMEOUT).
            StoppingError: It was closed meanwhile.
        """
        with self._lock:
            answer = self._under_way.get(host)
            if answer is None:
                answer = self._under_way[host] = Future()
                if self._threads < min(len(self._under_way), AT_ONCE):
                    self._threads += 1
                    Thread(target=self._work, name="mediafeed-names", daemon=True).start()
                self._asked.put(host)
        try:
            return answer.result(max(seconds, 0))
        except TimeoutError as error:
            raise NoAnswerError(FailureKind.TIMEOUT, f"looking up {host} took too long") from error
        except (OSError, UnicodeError) as error:
            raise NoAnswerError(FailureKind.DNS, f"{host}: {_words(error)}") from error

    def close(self) -> None:
        """Send everyone who waits away, and let the threads end once they have nothing to do."""
        with self._lock:
            for answer in self._under_way.values():
                answer.set_exception(StoppingError("mediafeed is stopping"))
            self._under_way.clear()
            for _ in range(self._threads):
                self._asked.put(None)
            self._threads = 0

    def _work(self) -> None:
        while (host := self._asked.get()) is not None:
            try:
                outcome: tuple[str, ...] | OSError | UnicodeError = tuple(self._resolve(host))
            except (OSError, UnicodeError) as error:
                outcome = error
            with self._lock:
                answer = self._under_way.pop(host, None)
            if answer is None:  # closed meanwhile: nobody waits for it
                continue
            if isinstance(outcome, tuple):
                answer.set_result(outcome)
            else:
                answer.set_exception(outcome)


def _words(error: Exception) -> str:
    if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
        return "the name servers do not answer"
    return "no such name"
