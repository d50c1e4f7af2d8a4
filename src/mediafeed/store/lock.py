"""One mediafeed at a time works on a data folder."""

import fcntl
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from mediafeed.errors import LockedError, StoreError

DAEMON = "mediafeed daemon"  # how the daemon calls itself: it can be asked for what others may not do meanwhile
# Who only looks holds the lock for the blink of an eye.
PATIENCE = 0.5  # seconds
_LONGEST = 500  # bytes that say who holds it


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a data folder; what is not known is ""."""

    process: str = ""
    since: str = ""
    command: str = ""

    def __str__(self) -> str:
        """Say who it is."""
        since = f", since {self.since}" if self.since else ""
        return f"{self.command or 'another mediafeed'} (process {self.process or 'unknown'}{since})"


class DataLock:
    """A lock the kernel lets go of when its holder ends, however it ends. Use as a context manager."""

    def __init__(self, data: str, command: str = "mediafeed") -> None:
        """Take the data folder, which is made if need be, and what others are told of who works on it."""
        self._path = Path(data) / "lock"
        self._command = command
        self._handle: int | None = None

    def __enter__(self) -> Self:
        """Lock.

        Raises:
            LockedError: Somebody holds it; says who.
            StoreError: The folder cannot be written or cannot be locked.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
            _lock(self._handle)
        except BlockingIOError as error:
            holder = _holder(os.pread(self._handle or 0, _LONGEST, 0).decode("utf-8", "replace"))
            self.__exit__()
            raise LockedError(f"{self._path}: held by {holder}", holder.command) from error
        except OSError as error:
            self.__exit__()
            raise StoreError(f"{self._path}: {error.strerror}") from error
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, f"{os.getpid()}\n{datetime.now(UTC):%Y-%m-%d %H:%M UTC}\n{self._command}\n".encode(), 0)
        return self

    def __exit__(self, *_: object) -> None:
        """Let go."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def holder(data: str) -> Holder | None:
    """Say who works on a data folder now, None if nobody does."""
    try:
        handle = os.open(Path(data) / "lock", os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return _holder(os.pread(handle, _LONGEST, 0).decode("utf-8", "replace"))
    finally:
        os.close(handle)
    return None


def _lock(handle: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise
            time.sleep(PATIENCE / 20)
        else:
            return


def _holder(text: str) -> Holder:
    return Holder(*[*text.splitlines(), "", "", ""][:3])
