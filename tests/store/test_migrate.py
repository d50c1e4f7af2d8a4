import importlib.resources
import sqlite3
from pathlib import Path

import alembic.autogenerate
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
