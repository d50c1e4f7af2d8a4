"""Worker processes that read strangers' bytes: killed at their deadline, capped in memory."""

import multiprocessing
import resource
import threading
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from mediafeed.errors import ParseError, StoppingError
from mediafeed.model.source import FailureKind

P = ParamSpec("P")
T = TypeVar("T")

MEMORY = 1024 * 1024 * 1024  # bytes of address space: interpreter and libraries take about a third
PATIENCE = 60.0  # seconds for documents in front and the start of a worker
TASKS = 200  # then a worker is replaced: what feedparser leaks between documents goes with it


def _cap_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Workers:
    """A few killable processes, started when first needed. Safe to call from many threads."""

    def __init__(self, *, count: int = 2, deadline: float = 10.0) -> None:
        """Take how many processes, and how many seconds one document may cost."""
        self._count = count
        self._deadline = deadline
        self._pool: Any = None
        self._lock = threading.Lock()
        self._closed = False

    def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function in a worker.

        Raises:
            ParseError: What the function raised, or that it took too long or too much.
            StoppingError: They were closed meanwhile.
        """
        try:
            future = self._started().schedule(function, args=args, kwargs=kwargs, timeout=self._deadline)
            # A worker that cannot even start would be started again for ever: nobody waits for it that long.
            result: T = future.result(timeout=self._deadline + PATIENCE)
        except (ParseError, StoppingError):
            raise
        except Exception as error:  # whatever a library raised over a stranger's bytes concerns them alone
            if self._closed:
                raise StoppingError("mediafeed is stopping") from error
            raise self._failure(error) from error
        return result

    def _failure(self, error: Exception) -> ParseError:
        match error:
            case FutureTimeoutError():
                return ParseError(FailureKind.HOSTILE, f"reading took over {self._deadline:g} s")
            case ProcessExpired() | MemoryError():
                return ParseError(FailureKind.HOSTILE, "reading took too much memory or crashed")
            case BrokenProcessPool() | RuntimeError():
                self._end()  # the next document gets a new pool
                return ParseError(FailureKind.INTERNAL, "the workers that read broken documents have ended")
            case _:
                return ParseError(FailureKind.MALFORMED, f"{type(error).__name__}: {error}"[:200])

    def _started(self) -> Any:
        with self._lock:
            if self._closed:
                raise StoppingError("mediafeed is stopping")
            if self._pool is None:
                # Not fork: we have threads, and a forked lock stays locked.
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPool(
                    max_workers=self._count, max_tasks=TASKS, initializer=_cap_memory, context=context
                )
            return self._pool

    def close(self) -> None:
        """End the processes for good, whatever they are doing."""
        self._closed = True
        self._end()

    def _end(self) -> None:
        with self._lock:
            if self._pool is not None:
                self._pool.stop()
                self._pool.join()
                self._pool = None
