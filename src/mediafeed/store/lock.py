"""One mediafeed at a time works on a data folder."""

import fcntl
import os
from pathlib import Path
from typing import Self

from mediafeed.errors import LockedError, StoreError


class DataLock:
    """A lock the kernel lets go of when its holder ends, however it ends. Use as a context manager."""

    def __init__(self, data: str) -> None:
        """Take the data folder; it is made if need be."""
        self._path = Path(data) / "lock"
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
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(self._handle or 0, 32, 0).decode("ascii", "replace").strip() or "unknown"
            self.__exit__()
            raise LockedError(f"{self._path}: held by another mediafeed (process {holder})") from error
        except OSError as error:
            self.__exit__()
            raise StoreError(f"{self._path}: {error.strerror}") from error
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, f"{os.getpid()}\n".encode(), 0)
        return self

    def __exit__(self, *_: object) -> None:
        """Let go."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
