"""`backup` and `restore`, beside a daemon and after a loss."""

import json
import os
import shutil
import signal
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mediafeed.assemble import assembled, wall_clock
from mediafeed.config.reading import read_config
from mediafeed.errors import StoreError
from mediafeed.store.backup import unpack_database
from mediafeed.store.lock import DAEMON, DataLock
from mediafeed.store.restoring import coming, is_offered, offer, put_in_place, take_offered, withdraw

PUBLISHED = ("feed.xml", "feed.json", "index.html", "people/index.html")


def test_what_was_lost_is_there_again_with_the_same_addresses(do, home, tmp_path):
    file = tmp_path / "kept.zip"
    made = do("backup", file)
    before = {path: (home / "feeds" / path).read_bytes() for path in PUBLISHED}
    pages = {str(path.relative_to(home)) for path in (home / "feeds").rglob("*.html")}
    shutil.rmtree(home / "data")
    shutil.rmtree(home / "feeds")
    config = (home / "config.toml").read_text()
    (home / "config.toml").unlink()

    said = do("restore", file)
    published = do("publish")

    assert (made.code, said.code, published.code) == (0, 0, 0)
    assert (home / "config.toml").read_text() == config
    assert said.lines[0].startswith("restored as of 20")
    assert {str(path.relative_to(home)) for path in (home / "feeds").rglob("*.html")} == pages
    assert {path: (home / "feeds" / path).read_bytes() for path in PUBLISHED} == before
    assert file.stat().st_mode & 0o077 == 0


def test_a_backup_may_be_made_beside_a_daemon_and_holds_what_it_wrote_last(do, home, tmp_path):
    config = read_config(home / "config.toml")
    with DataLock(config.site.data, DAEMON), assembled(config) as house:
        house.store.set_setting("last word", "written in the WAL")
        with house.store.taking_in():  # a transaction that is open meanwhile
            said = do("backup", tmp_path / "kept.zip")

    with zipfile.ZipFile(tmp_path / "kept.zip") as packed:
        packed.extract("mediafeed.db", tmp_path)
    with sqlite3.connect(tmp_path / "mediafeed.db") as copy:
        (word,) = copy.execute("SELECT value FROM settings WHERE name = 'last word'").fetchone()
    copy.close()
    assert (said.code, word) == (0, "written in the WAL")


def test_a_restore_over_somebody_at_work_is_refused_and_changes_nothing(do, home, tmp_path):
    do("backup", tmp_path / "kept.zip")
    config = read_config(home / "config.toml")
    with DataLock(config.site.data, "mediafeed refresh"):
        said = do("restore", tmp_path / "kept.zip")

    assert (said.code, said.out) == (75, "")
    assert "held by mediafeed refresh (process " in said.err
    assert sorted(path.name for path in (home / "data").iterdir() if path.is_dir()) == []
    assert not list((home / "data").glob("mediafeed.db.*"))


@pytest.fixture
def daemon(home: Path) -> Iterator[list[Callable[[], object]]]:
    """What a daemon does on SIGHUP, while this process is one."""
    does: list[Callable[[], object]] = []
    before = signal.signal(signal.SIGHUP, lambda *_: does[0]())
    with DataLock(read_config(home / "config.toml").site.data, DAEMON):
        yield does
    signal.signal(signal.SIGHUP, before)


def test_a_daemon_takes_over_what_is_restored(do, home, tmp_path, daemon):
    database = home / "data" / "mediafeed.db"
    do("backup", tmp_path / "kept.zip")
    with sqlite3.connect(database) as changed:
        changed.execute("INSERT INTO settings (name, value) VALUES ('later', 'yes')")
    changed.close()
    daemon.append(lambda: is_offered(database) and take_offered(database, now=wall_clock()))

    said = do("restore", tmp_path / "kept.zip")

    (aside,) = (home / "data").glob("replaced-*")
    assert said.code == 0, said.err
    assert said.lines[-1] == "the daemon goes on with it, and publishes it"
    assert f"what was there before: {aside}" in said.out
    assert [laters(database), laters(aside / "mediafeed.db")] == [0, 1]
    assert not list((home / "data").glob("mediafeed.db.*"))


def test_a_daemon_that_cannot_take_it_is_told_of_and_nothing_is_restored(do, home, tmp_path, daemon):
    database = home / "data" / "mediafeed.db"
    do("backup", tmp_path / "kept.zip")
    before = database.read_bytes()

    def fails() -> None:
        now = wall_clock()
        (home / "data" / f"replaced-{now:%Y%m%dT%H%M%S}").mkdir()
        with pytest.raises(StoreError):
            take_offered(database, now=now)

    daemon.append(fails)
    said = do("restore", tmp_path / "kept.zip")

    assert (said.code, said.out) == (2, "")
    assert "it could not take the database" in said.err
    assert database.read_bytes() == before
    assert not list((home / "data").glob("mediafeed.db.*"))


def test_two_do_not_restore_at_once(do, home, tmp_path):
    do("backup", tmp_path / "kept.zip")
    with coming(home / "data" / "mediafeed.db") as path:
        said = do("restore", tmp_path / "kept.zip")

        assert path.exists()
    assert (said.code, said.out) == (2, "")
    assert said.err.endswith("another restore is at work\n")


def test_what_nobody_waits_for_is_never_taken(home):
    database = home / "data" / "mediafeed.db"
    left = home / "data" / "mediafeed.db.offered"
    left.write_bytes(b"by somebody who was killed")

    assert not is_offered(database)
    assert not left.exists()


@pytest.mark.parametrize("log", [False, True])
def test_there_is_a_database_at_every_moment_where_its_log_can_be_folded_in(home, tmp_path, monkeypatch, log):
    database = home / "data" / "mediafeed.db"
    other = tmp_path / "other.db"
    shutil.copy(database, other)
    using = sqlite3.connect(database)
    if log:  # somebody reads: its log stays, and goes aside with it
        using.execute("BEGIN")
        using.execute("SELECT * FROM settings").fetchone()
    else:
        using.close()
    was_there = list[bool]()
    replace = Path.replace

    def watched(path: Path, to: Path) -> Path:
        was_there.append(database.exists())
        return replace(path, to)

    monkeypatch.setattr(Path, "replace", watched)

    aside = put_in_place(other, database, now=wall_clock())
    using.close()

    assert was_there == [not log]
    assert aside
    assert (aside / "mediafeed.db").exists()
    assert not database.with_name("mediafeed.db-wal").exists()


def test_what_cannot_be_put_in_place_leaves_all_as_it_was_with_its_log(home, tmp_path):
    database = home / "data" / "mediafeed.db"
    with closing(sqlite3.connect(database)) as using:  # somebody reads: the log cannot be folded in
        using.execute("INSERT INTO settings (name, value) VALUES ('later', 'yes')")
        using.commit()
        using.execute("SELECT * FROM settings").fetchone()
        with pytest.raises(StoreError, match="nothing was restored"):
            put_in_place(tmp_path / "gone", database, now=wall_clock())

        assert laters(database) == 1
    assert laters(database) == 1
    assert not list((home / "data").glob("replaced-*"))


def test_what_was_offered_by_somebody_who_is_gone_by_the_time_is_not_taken(home):
    database = home / "data" / "mediafeed.db"
    before = database.read_bytes()
    (home / "data" / "mediafeed.db.offered").write_bytes(b"by somebody who was killed")

    with pytest.raises(StoreError, match="nobody waits for it"):
        take_offered(database, now=wall_clock())

    assert database.read_bytes() == before
    assert [path.name for path in (home / "data").iterdir() if "." in path.name or path.is_dir()] == ["mediafeed.db"]


def test_nobody_restores_while_another_waits_for_the_daemon_to_take_what_he_offered(do, home, tmp_path):
    database = home / "data" / "mediafeed.db"
    do("backup", tmp_path / "kept.zip")
    with coming(database) as path:
        told = offer(path, database)
        said = do("restore", tmp_path / "kept.zip")
        left = database.with_name("mediafeed.db.offered").stat()
        withdraw(path, database)

    assert said.err.endswith("another restore is at work\n")
    assert os.path.samestat(told, left)
    assert not list((home / "data").glob("mediafeed.db.*"))


def laters(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM settings WHERE name = 'later'").fetchone()
    return int(count)


def test_what_is_there_is_kept_beside_and_the_config_stays(do, home, tmp_path):
    do("backup", tmp_path / "kept.zip")
    (home / "config.toml").write_text((home / "config.toml").read_text() + "\n# mine\n")

    said = do("restore", tmp_path / "kept.zip")

    (aside,) = (home / "data").glob("replaced-*")
    assert (aside / "mediafeed.db").is_file()
    assert f"what was there before: {aside}" in said.out
    assert (home / "config.toml").read_text().endswith("# mine\n")


def foreign(tmp_path: Path, name: str) -> Path:
    path = tmp_path / "other"
    if name == "text":
        path.write_text("dear diary")
    elif name == "zip of something else":
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("photo.jpg", b"x")
    elif name == "another database":
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("mediafeed-backup.json", json.dumps({"form": 1, "made": "", "version": ""}))
            packed.writestr("config.toml", "")
            packed.writestr("mediafeed.db", b"SQLite format 3\0 and then nothing")
    elif name == "newer":
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("mediafeed-backup.json", json.dumps({"form": 99}))
            packed.writestr("config.toml", "")
            packed.writestr("mediafeed.db", b"")
    return path


@pytest.mark.parametrize("name", ["nothing", "text", "zip of something else", "another database", "newer"])
def test_a_foreign_file_is_refused_in_a_line_and_nothing_is_touched(do, home, tmp_path, name):
    before = (home / "data" / "mediafeed.db").read_bytes()

    said = do("restore", foreign(tmp_path, name))

    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith(f"mediafeed: {tmp_path / 'other'}: ")
    assert (home / "data" / "mediafeed.db").read_bytes() == before
    assert not list((home / "data").glob("*restor*"))


def test_a_backup_that_is_cut_off_is_refused(do, home, tmp_path):
    do("backup", tmp_path / "kept.zip")
    whole = (tmp_path / "kept.zip").read_bytes()
    (tmp_path / "kept.zip").write_bytes(whole[: len(whole) // 2])

    said = do("restore", tmp_path / "kept.zip")

    assert said.code == 2
    assert not list((home / "data").glob("replaced-*"))


def test_a_damaged_byte_in_a_backup_is_found(do, home, tmp_path):
    do("backup", tmp_path / "kept.zip")
    body = bytearray((tmp_path / "kept.zip").read_bytes())
    body[len(body) // 2] ^= 0xFF
    (tmp_path / "kept.zip").write_bytes(body)

    assert do("restore", tmp_path / "kept.zip").code == 2
    assert not list((home / "data").glob("replaced-*"))


def test_a_backup_that_cannot_be_written_leaves_the_older_one_and_no_rubbish(do, home, tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    do("backup", folder / "kept.zip")
    before = (folder / "kept.zip").read_bytes()
    (home / "data" / "mediafeed.db").rename(home / "data" / "gone.db")

    said = do("backup", folder / "kept.zip")

    assert said.code == 1
    assert [path.name for path in folder.iterdir()] == ["kept.zip"]
    assert (folder / "kept.zip").read_bytes() == before


def test_after_a_restore_nobody_is_visited_within_the_minimum(do, home, tmp_path):
    do("refresh")
    do("backup", tmp_path / "kept.zip")
    config = home / "config.toml"
    config.write_text(config.read_text().replace('minimum = "0s"', 'minimum = "30m"'))

    do("restore", tmp_path / "kept.zip")
    said = do("refresh")

    assert said.lines[0].startswith("nothing is due before ")


def test_after_a_restore_whom_a_person_names_and_who_was_never_visited_waits_for_the_minimum_too(do, home, tmp_path):
    do("backup", tmp_path / "kept.zip")
    config = home / "config.toml"
    config.write_text(
        config.read_text().replace('minimum = "0s"', 'minimum = "30m"')
        + '\n[[source]]\nid = "newcomer"\nurl = "http://127.0.0.1:9/newcomer"\n'
    )

    do("restore", tmp_path / "kept.zip")
    due, named = do("refresh"), do("refresh", "rusi-gsb", "newcomer")

    assert due.lines[0].startswith("nothing is due before ")
    assert [line.partition(" ago")[0].rpartition(",")[0] for line in named.lines[:2]] == [
        "rusi-gsb: not visited: asked, or perhaps asked",
        "newcomer: not visited: asked, or perhaps asked",
    ]


def test_who_is_killed_right_after_a_database_is_in_place_leaves_nobody_to_be_visited_early(do, home, tmp_path):
    database = home / "data" / "mediafeed.db"
    do("refresh")
    do("backup", tmp_path / "kept.zip")
    config = home / "config.toml"
    config.write_text(config.read_text().replace('minimum = "0s"', 'minimum = "30m"'))
    with coming(database) as path:
        unpack_database(tmp_path / "kept.zip", path)
        put_in_place(path, database, now=wall_clock())

    first, later = do("refresh"), do("refresh")

    assert first.lines[0].startswith("nothing is due before ")
    assert later.lines == first.lines  # it is put off once


def test_what_is_no_file_is_not_replaced_by_a_backup_and_a_link_stays_one(do, home, tmp_path):
    pipe, link, behind = tmp_path / "pipe", tmp_path / "link.zip", tmp_path / "behind.zip"
    os.mkfifo(pipe)
    behind.write_bytes(b"")
    link.symlink_to(behind)

    refused, kept = do("backup", pipe), do("backup", link)

    assert (refused.code, kept.code) == (2, 0)
    assert refused.err == f"mediafeed: {pipe}: not a file; no backup was made\n"
    assert pipe.is_fifo()
    assert link.is_symlink()
    assert zipfile.is_zipfile(behind)
