"""Connections to read by: one for each question, or one whose database stands still."""

import contextlib
import threading
from collections.abc import Iterator

from sqlalchemy import Connection, Engine

from mediafeed.store.dialect import store_errors
from mediafeed.store.publishing import setting


class Readers:
    """Gives connections to read by. For many threads."""

    def __init__(self, engine: Engine, path: str) -> None:
        """Take the database, and how errors name it."""
        self._engine = engine
        self._path = path
        self._standing = threading.local()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open what is held now, or, inside `standing`, what was held then."""
        with store_errors(self._path):
            held: Connection | None = getattr(self._standing, "connection", None)
            if held is not None:
                yield held
                return
            with self._engine.connect() as connection:
                yield connection

    @contextlib.contextmanager
    def standing(self) -> Iterator[None]:
        """Let this thread read what is held now until the block ends, whatever it or others write meanwhile."""
        with store_errors(self._path), self._engine.connect() as connection:
            setting(connection, "")  # a transaction sees what is held when it first reads
            self._standing.connection = connection
            try:
                yield
            finally:
                self._standing.connection = None
