"""Bring a database to the tables of this version, all or nothing."""

import importlib.resources
import threading

import sqlalchemy
from sqlalchemy import Connection, Engine

from mediafeed.errors import StoreError

# Every revision there is, oldest first. A database that stands at the last is opened without loading Alembic.
REVISIONS = ("0001", "0002")

# Alembic keeps the connection it works on where all threads see it: of two at once, one writes to the other's database.
_alembic = threading.Lock()


def migrate(engine: Engine, path: str) -> None:
    """Create or upgrade the tables.

    Raises:
        StoreError: The database was made by a newer mediafeed; it is left as it is.
    """
    with engine.connect() as connection:
        if _revision(connection, path) == REVISIONS[-1]:
            return
    with engine.connect().execution_options(writing=True, durable=True) as connection, connection.begin():
        # Asked again under the write lock: another process may have been quicker.
        if _revision(connection, path) != REVISIONS[-1]:
            with _alembic:
                _upgrade(connection)


def _revision(connection: Connection, path: str) -> str | None:
    if not sqlalchemy.inspect(connection).has_table("alembic_version"):
        return None
    held = connection.execute(sqlalchemy.text("SELECT version_num FROM alembic_version")).scalar()
    if held is not None and held not in REVISIONS:
        raise StoreError(f"{path}: made by a newer mediafeed (revision {held})")
    return None if held is None else str(held)


def _upgrade(connection: Connection) -> None:
    # Loading Alembic takes 0.2 s, and only a new or an old database needs it.
    import alembic.command  # noqa: PLC0415
    import alembic.config  # noqa: PLC0415

    config = alembic.config.Config()
    folder = importlib.resources.files("mediafeed.store") / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    alembic.command.upgrade(config, REVISIONS[-1])
