import importlib.resources
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import alembic.autogenerate
import alembic.command
import alembic.config
import alembic.migration
import alembic.script
import pytest
from sqlalchemy import URL, Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from mediafeed.errors import StoreError
from mediafeed.store import migrate, tables
from mediafeed.store.store import Store


def test_the_migrations_make_exactly_the_tables_that_the_code_speaks_of(store):
    with store._engine.connect() as connection:
        context = alembic.migration.MigrationContext.configure(
            connection, opts={"include_name": lambda name, *_: not (name or "").startswith("search_index")}
        )

        assert alembic.autogenerate.compare_metadata(context, tables.metadata) == []


def test_every_revision_in_the_package_is_known_oldest_first():
    config = alembic.config.Config()
    folder = importlib.resources.files("mediafeed.store") / "migrations"
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")

    script = alembic.script.ScriptDirectory.from_config(config)

    assert [one.revision for one in script.walk_revisions()][::-1] == list(migrate.REVISIONS)


def test_a_database_of_this_version_is_opened_again_as_it_is(tmp_path: Path):
    path = str(tmp_path / "m.sqlite")
    with Store(path) as store:
        store.set_setting("site guid", "9b024349")

    with Store(path) as store:
        assert store.setting("site guid") == "9b024349"


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path):
    path = tmp_path / "m.sqlite"
    Store(str(path)).close()
    with sqlite3.connect(path) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    before = path.read_bytes()

    with pytest.raises(StoreError, match=r"m\.sqlite: made by a newer mediafeed"):
        Store(str(path))

    assert path.read_bytes() == before


def test_a_migration_that_is_cut_off_leaves_nothing_and_the_next_opening_does_it_all(tmp_path: Path, monkeypatch):
    path = str(tmp_path / "m.sqlite")
    whole = migrate._upgrade

    def cut_off(connection: Connection) -> None:
        whole(connection)
        raise KeyboardInterrupt

    monkeypatch.setattr(migrate, "_upgrade", cut_off)
    with pytest.raises(KeyboardInterrupt):
        Store(path)
    left = sqlite3.connect(path)
    tables_left = left.execute("SELECT name FROM sqlite_master").fetchall()
    left.close()
    monkeypatch.undo()

    assert tables_left == []
    with Store(path) as store:
        assert store.sources() == ()


def test_two_new_databases_are_never_migrated_at_the_same_time(tmp_path: Path, monkeypatch):
    whole = alembic.command.upgrade
    side_by_side = threading.Barrier(2)
    met = []

    def upgrade(config: alembic.config.Config, revision: str) -> None:
        with suppress(threading.BrokenBarrierError):
            side_by_side.wait(timeout=0.3)
            met.append(revision)
        whole(config, revision)

    monkeypatch.setattr(alembic.command, "upgrade", upgrade)
    with ThreadPoolExecutor(2) as pool:
        opened = list(pool.map(Store, [str(tmp_path / "one.sqlite"), str(tmp_path / "other.sqlite")]))

    assert met == []
    for store in opened:
        assert store.sources() == ()
        store.close()


def test_a_path_may_hold_what_urls_and_configs_give_a_meaning_to(tmp_path: Path):
    path = tmp_path / "a %(here)s ?b#c ü" / "m.sqlite"

    with Store(str(path)) as store:
        assert store.shows() == ()
    assert path.exists()


def test_postgresql_could_hold_the_same_tables():
    dialect = URL.create("postgresql").get_dialect()()

    for table in tables.metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert "INDEX" in str(CreateIndex(index).compile(dialect=dialect))
