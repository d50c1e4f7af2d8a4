"""Backups: a zip of the database as it stands at one moment, and of the config beside it."""

import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mediafeed.errors import StoreError, UsageError
from mediafeed.store.migrate import REVISIONS

ABOUT, DATABASE, CONFIG = "mediafeed-backup.json", "mediafeed.db", "config.toml"
FORM = 1  # raise when a backup is made otherwise
RESTORED = "restored"  # a setting: what a database remembers of visits is not all that there were
_LONGEST_TEXT = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says of itself: when it was made and by which version, and the config of that time."""

    made: str
    version: str
    config: str


def write_backup(database: Path, config: Path, file: Path, *, version: str, now: datetime) -> int:
    """Write a backup, beside whoever works on the database; an older one of that name is replaced when this is whole.

    Returns:
        Its size in bytes.

    Raises:
        StoreError: The database cannot be read.
        UsageError: The file cannot be written.
    """
    if not database.is_file():
        raise StoreError(f"{database}: is not there yet: nothing was ever refreshed")
    file = file.resolve()  # through a link, into the file it names
    if file.exists() and not file.is_file():
        raise UsageError(f"{file}: not a file; no backup was made")
    about = {"form": FORM, "made": now.isoformat(timespec="seconds"), "version": version}
    part = file.with_name(f".{file.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=f".{file.name}.") as folder:
            copy = Path(folder) / DATABASE
            _copy(database, copy)
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # a config may be nobody's business
            with (
                os.fdopen(handle, "wb") as out,
                zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed,
            ):
                packed.writestr(ABOUT, json.dumps(about))
                packed.write(config, CONFIG)
                packed.write(copy, DATABASE)
        size = part.stat().st_size
        part.replace(file)
    except OSError as error:
        raise UsageError(f"{file}: {(error.strerror or str(error)).lower()}; no backup was made") from error
    finally:
        part.unlink(missing_ok=True)
    return size


def _copy(database: Path, copy: Path) -> None:
    """Copy a database as it is at one moment: in WAL mode a reader keeps nobody from writing."""
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
    except sqlite3.Error as error:
        raise StoreError(f"{database}: {error}; no backup was made") from error


def read_backup(file: Path) -> Backup:
    """Look at a backup without touching anything.

    Raises:
        UsageError: It is none of ours, is damaged, or was made by a newer mediafeed.
    """
    with _opened(file) as packed:
        about = json.loads(_text(packed, ABOUT))
        if not isinstance(about, dict) or about.get("form") != FORM:
            raise UsageError(f"{file}: a backup of another form; it was made by a newer mediafeed")
        return Backup(str(about.get("made")), str(about.get("version")), _text(packed, CONFIG).decode())


def unpack_database(file: Path, path: Path) -> None:
    """Write the database of a backup to a path, look whether it is whole, and note in it that it is RESTORED.

    So whoever works with it first heeds that, whatever becomes of those who put it in its place.

    Raises:
        StoreError: It cannot be written.
        UsageError: As `read_backup`.
    """
    with _opened(file) as packed, packed.open(DATABASE) as source, path.open("wb") as target:
        shutil.copyfileobj(source, target, 1024 * 1024)
    _check(path, file)
    try:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, 'yes')", (RESTORED,))
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}; nothing was restored") from error


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as packed:
            if not {ABOUT, DATABASE, CONFIG} <= set(packed.namelist()):
                raise UsageError(f"{file}: no backup of mediafeed")
            yield packed
    except zipfile.BadZipFile as error:
        raise UsageError(f"{file}: no backup of mediafeed, or a damaged one ({error})") from error
    except OSError as error:
        raise UsageError(f"{file}: {(error.strerror or str(error)).lower()}") from error
    except (ValueError, EOFError, zlib.error) as error:  # JSON, UTF-8, a stream that breaks off
        raise UsageError(f"{file}: a damaged backup ({error})") from error


def _text(packed: zipfile.ZipFile, name: str) -> bytes:
    with packed.open(name) as inside:
        return inside.read(_LONGEST_TEXT)


def _check(database: Path, file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            (well,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.Error, TypeError) as error:
        raise UsageError(f"{file}: its database cannot be used ({error})") from error
    if well != "ok":
        raise UsageError(f"{file}: its database is damaged ({well})")
    if revision not in REVISIONS:
        raise UsageError(f"{file}: made by a newer mediafeed (revision {revision})")
