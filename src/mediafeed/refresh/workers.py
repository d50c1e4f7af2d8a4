"""Worker processes that read strangers' bytes: killed at their deadline, capped in memory."""

import fcntl
import multiprocessing
import os
import resource
import select
import signal
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


def _begin() -> None:
    """Begin as a worker: capped in memory, and with an end that comes with the parent's."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    end_with_parent()


def end_with_parent() -> None:
    """Let the kernel end this process as soon as its parent has ended, whatever either of them is doing then.

    A parent that is killed ends nobody, and a worker that hangs in a stranger's bytes would go on for ever. The pipe
    that multiprocessing started it by is closed when the parent ends, however that comes; of that the kernel tells by
    SIGIO, which ends a process that does not catch it.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, fcntl.fcntl(parent.sentinel, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([parent.sentinel], [], [], 0)[0]:  # it ended before the kernel was asked to tell
        os._exit(1)


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
                self._pool = ProcessPool(max_workers=self._count, max_tasks=TASKS, initializer=_begin, context=context)
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
