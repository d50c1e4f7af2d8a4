from sqlalchemy import URL

from mediafeed.store import tables
from mediafeed.store.dialect import _upsert


def test_both_databases_are_told_to_replace_what_is_held_but_the_key_and_what_is_kept():
    columns = ("path", "signature")

    for name in ("sqlite", "postgresql"):
        said = str(_upsert(URL.create(name).get_dialect()(), tables.published, columns, ()))

        assert "ON CONFLICT (path) DO UPDATE SET signature = excluded.signature" in said


def test_what_is_kept_is_written_with_a_new_row_and_not_replaced_in_an_old_one():
    columns = tuple(column.name for column in tables.episodes.c)

    said = str(_upsert(URL.create("sqlite").get_dialect()(), tables.episodes, columns, ("fragment_key",)))

    inserted, _, replaced = said.partition("DO UPDATE SET")
    assert "fragment_key" in inserted
    assert "fragment_key" not in replaced
    assert "fingerprint" in replaced
