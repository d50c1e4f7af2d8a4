"""What differs between databases: how to open one, how to begin writing, how to upsert."""

import contextlib
import functools
import itertools
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
import sqlalchemy
import zstandard
from sqlalchemy import Column, ColumnElement, Compiled, Connection, Dialect, Engine, Table, bindparam, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from mediafeed.errors import StoreError

_T = TypeVar("_T")

# SQLite takes 32,766 values in one statement, PostgreSQL 65,535; a plan made for 500 is as fast and is cached.
_AT_ONCE = 500
# Between two tries of what SQLite gives up at once.
_PAUSE = 0.01  # seconds


def sqlite_engine(path: str, *, patience: float) -> Engine:
    """Open a SQLite file; `patience` is how many seconds to wait for another process that writes.

    A connection with the option `writing` takes the write lock when its transaction begins: one that reads first
    and then wants to write is refused by SQLite at once if somebody else wrote meanwhile.
    """
    engine = sqlalchemy.create_engine(
        sqlalchemy.URL.create("sqlite+pysqlite", database=path),
        connect_args={"timeout": patience, "check_same_thread": False},
        pool_size=20,
        max_overflow=-1,
    )
    event.listen(engine, "connect", functools.partial(_set_up, patience))
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(patience: float, connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we begin ourselves
    _use_wal(connection, patience)
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA cache_size=-16000")
    # Four times the default: what a busy refresh writes reaches the file in fewer and longer runs.
    connection.execute("PRAGMA wal_autocheckpoint=4000")


def _use_wal(connection: sqlite3.Connection, patience: float) -> None:
    # A new file is switched by reading it and then wanting to write. Of two that do so at once SQLite refuses one, and
    # does not wait before it: the other could not go on while this one reads. Refused, it no longer does.
    until = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            # Its lowest byte is the code, the rest says of which kind.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    driver: Any = connection.connection.driver_connection
    if not options.get("writing"):
        driver.execute("BEGIN")
        return
    # With WAL, NORMAL is safe against a crash of ours, and FULL against a power cut as well: it syncs at commit.
    driver.execute(f"PRAGMA synchronous={'FULL' if options.get('durable') else 'NORMAL'}")
    driver.execute("BEGIN IMMEDIATE")


def upsert(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    keep: Sequence[str] = (),
    by: Sequence[str] = (),
) -> None:
    """Write rows; where the primary key is held, or what is unique `by` these, each given column but `keep` changes."""
    if rows:
        _run(connection, _upsert(connection.dialect, table, tuple(rows[0]), tuple(keep), tuple(by)), rows)


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows that are not held."""
    if rows:
        _run(connection, _insert(connection.dialect, table, tuple(rows[0])), rows)


def _run(connection: Connection, compiled: Compiled, rows: Sequence[Mapping[str, Any]]) -> None:
    """Hand rows to the driver as they are: our columns hold text, numbers and bytes, which every driver knows.

    SQLAlchemy would look at each value of each row first, which takes longer than SQLite takes to write it.
    """
    order: Sequence[str] | None = getattr(compiled, "positiontup", None)
    given = list(rows) if order is None else [tuple([row[name] for name in order]) for row in rows]
    connection.exec_driver_sql(str(compiled), given)


@functools.lru_cache(maxsize=64)
def _upsert(
    dialect: Dialect, table: Table, columns: tuple[str, ...], keep: tuple[str, ...], by: tuple[str, ...] = ()
) -> Compiled:
    insert = (sqlite if dialect.name == "sqlite" else postgresql).insert(table)
    keys = by or [column.name for column in table.primary_key]
    values = {name: insert.excluded[name] for name in columns if name not in keys and name not in keep}
    statement = (
        insert.on_conflict_do_update(index_elements=keys, set_=values)
        if values
        else insert.on_conflict_do_nothing(index_elements=keys)
    )
    compiled: Compiled = statement.compile(dialect=dialect, column_keys=list(columns))
    return compiled


@functools.lru_cache(maxsize=64)
def _insert(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> Compiled:
    return table.insert().compile(dialect=dialect, column_keys=list(columns))


def among(column: Column[Any]) -> ColumnElement[bool]:
    """Say that a column is one of the values that are given as `those` when a statement runs.

    A statement that is made once and run often costs a fifth of one that is made anew.
    """
    return column.in_(bindparam("those", expanding=True))


def in_batches(values: Iterable[_T], size: int = _AT_ONCE) -> Iterator[list[_T]]:
    """Cut values into lists that one statement can take.

    >>> list(in_batches("abc", 2))
    [['a', 'b'], ['c']]
    """
    rest = iter(values)
    while batch := list(itertools.islice(rest, size)):
        yield batch


@contextlib.contextmanager
def store_errors(path: str) -> Iterator[None]:
    """Tell whatever a database or its bytes do as a StoreError that names the file."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(f"{path}: {_words(str(getattr(error, 'orig', None) or error))}") from error
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_words(str(error))}") from error
    except UnicodeEncodeError as error:
        raise StoreError(f"{path}: a key or an id holds a lone surrogate") from error
    except (msgspec.MsgspecError, zstandard.ZstdError) as error:
        raise StoreError(f"{path}: damaged: {error}") from error


def _words(said: str) -> str:
    if "is locked" in said:
        return "locked by another program"
    if "malformed" in said or "not a database" in said:
        return f"damaged: {said}"
    if "is full" in said:
        return "no space left: nothing of this was written"
    return said
