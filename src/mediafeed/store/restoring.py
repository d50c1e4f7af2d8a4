"""A database that comes back takes the place of the one that is there, which is kept; beside a daemon, it does that.

Whoever restores holds the coming file by a lock of the kernel as long as it waits. A file that is offered and that
nobody holds was left behind by somebody who is dead, and no daemon takes it.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from mediafeed.errors import StoreError, UsageError


@contextmanager
def coming(database: Path) -> Iterator[Path]:
    """Give a path to write a database to, beside the one that it is to replace; what is left there in the end goes.

    Raises:
        UsageError: Somebody else restores just now.
    """
    path = database.with_name(f"{database.name}.restoring")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from error
    at_work = UsageError(f"{path}: another restore is at work")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise at_work from error
    try:
        # Who offers a database already has moved away the file that he holds.
        if not _is_at(handle, path) or is_offered(database):
            raise at_work
        yield path
    finally:
        if _is_at(handle, path):
            with suppress(OSError):
                path.unlink()
        os.close(handle)


def _is_at(handle: int, path: Path) -> bool:
    """Say whether an open file is the one that stands there."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


def put_in_place(path: Path, database: Path, *, now: datetime) -> Path | None:
    """Let a database replace the one that is there; give where that one is now. Nobody may have it open.

    Raises:
        StoreError: All is as it was.
    """
    aside = database.with_name(f"replaced-{now:%Y%m%dT%H%M%S}") if database.exists() else None
    try:
        if aside is not None:
            aside.mkdir()
    except OSError as error:
        raise StoreError(f"{aside}: {error.strerror}; nothing was restored") from error
    try:
        if aside is not None:
            _put_aside(database, aside)
        path.replace(database)
    except OSError as error:
        if aside is not None:
            _put_back(database, aside)
        raise StoreError(f"{database}: {error.strerror}; nothing was restored") from error
    return aside


def offer(path: Path, database: Path) -> os.stat_result:
    """Offer what `coming` gave to the daemon, and give how to know it again; `withdraw` in the end."""
    told = path.stat()
    path.replace(_offered(database))
    return told


def is_open(database: Path) -> bool:
    """Say whether what was offered is neither taken nor refused yet."""
    return _offered(database).exists()


def withdraw(path: Path, database: Path) -> None:
    """Offer it no longer, if it is still there: it is again where `coming` gave it."""
    with suppress(FileNotFoundError):
        _offered(database).replace(path)


def is_in_place(told: os.stat_result, database: Path) -> bool:
    """Say whether the database in its place is this one."""
    return database.exists() and os.path.samestat(told, database.stat())


def is_offered(database: Path) -> bool:
    """Say whether somebody offers a database and waits. One that nobody waits for is removed."""
    path = _offered(database)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    else:
        path.unlink(missing_ok=True)
        return False
    finally:
        os.close(handle)


def take_offered(database: Path, *, now: datetime) -> Path | None:
    """Put the offered database in its place, as `put_in_place`; if that cannot be, it is offered no longer.

    Raises:
        StoreError: All is as it was; also where whoever offered it waits no longer.
    """
    path = _offered(database)
    if not is_offered(database):
        raise StoreError(f"{path}: nobody waits for it any more; nothing was restored")
    try:
        return put_in_place(path, database, now=now)
    finally:
        path.unlink(missing_ok=True)


def _offered(database: Path) -> Path:
    return database.with_name(f"{database.name}.offered")


def _put_aside(database: Path, aside: Path) -> None:
    """Keep what is about to be replaced."""
    if _is_whole(database):
        with suppress(OSError):  # not every file system has links
            os.link(database, aside / database.name)  # so there is a database at every moment
            return
    for here in _files(database):
        if here.exists():
            here.rename(aside / here.name)


def _put_back(database: Path, aside: Path) -> None:
    """Undo that; the database comes last, and nobody opens it without its log."""
    for here in reversed(_files(database)):
        kept = aside / here.name
        if kept.exists():
            kept.replace(here)
            kept.unlink(missing_ok=True)  # a link to the same file stays where it is
    with suppress(OSError):
        aside.rmdir()


def _files(database: Path) -> tuple[Path, ...]:
    """Give the files of which a database is made: where its log is folded in, it is the first of them."""
    return tuple(database.with_name(f"{database.name}{ending}") for ending in ("", "-wal", "-shm"))


def _is_whole(database: Path) -> bool:
    """Fold the log into the database; say whether that could be done, as it cannot where it is damaged."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(database, timeout=5)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    return not any(log.exists() for log in _files(database)[1:])
