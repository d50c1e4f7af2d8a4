"""What machines do to a database: locks, damage, full disks, sudden ends, many threads."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from mediafeed.errors import StoreError
from mediafeed.model.source import Outcome
from mediafeed.store.store import Store
from tests.store.samples import GEO, HOUR, NOW, RUSI, take, take_in, visit


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "mediafeed.sqlite")


def test_a_lock_that_another_program_keeps_is_an_error_after_a_while_and_loses_nothing(path):
    with Store(path, patience=0.1) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        store.register([RUSI])
        take(store, take_in(1))
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreError, match=r"mediafeed\.sqlite: locked by another program"):
            take(store, take_in(2))
        with pytest.raises(StoreError, match="locked"):
            store.note_visit(visit())
        still_read = [row.id for row in store.index()]

        other.execute("ROLLBACK")
        take(store, take_in(2))
        assert still_read == ["e0001"]
        assert [row.id for row in store.index()] == ["e0002", "e0001"]


def test_somebody_who_reads_for_long_keeps_nobody_from_writing(path):
    with Store(path, patience=0.1) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        store.register([RUSI])
        other.execute("BEGIN")
        other.execute("SELECT * FROM episodes").fetchall()

        take(store, take_in(1))

        assert other.execute("SELECT count(*) FROM episodes").fetchone() == (0,)
        assert len(store.index()) == 1


def test_a_short_lock_is_waited_for(path):
    with Store(path) as store, closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        store.register([RUSI])
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.2, other.execute, ["ROLLBACK"])
        release.start()

        take(store, take_in(1))

        release.join()
        assert len(store.index()) == 1


@pytest.mark.parametrize("garbage", [b"<html>not a database</html>" * 500, b"SQLite format 3\x00" + b"\xff" * 8192])
def test_a_file_that_is_no_database_is_refused_by_name_and_left_as_it_is(path, garbage):
    Path(path).write_bytes(garbage)

    with pytest.raises(StoreError, match=r"mediafeed\.sqlite: damaged"):
        Store(path)

    assert Path(path).read_bytes() == garbage


def test_a_truncated_database_is_refused_by_name(path):
    with Store(path) as store:
        store.register([RUSI])
        take(store, take_in(*range(200)))
    whole = Path(path).read_bytes()
    Path(path).write_bytes(whole[: len(whole) // 2])

    with pytest.raises(StoreError, match=r"mediafeed\.sqlite: damaged"):
        Store(path)


def test_pages_overwritten_in_the_middle_are_a_store_error_when_they_are_read(path):
    with Store(path) as store:
        store.register([RUSI])
        take(store, take_in(*range(200)))
    with Path(path).open("r+b") as file:
        for page in range(8, Path(path).stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(b"\xa5" * 4096)

    def read_everything() -> None:
        with Store(path) as store:
            store.index()
            list(store.all_tellings())

    with pytest.raises(StoreError, match=r"mediafeed\.sqlite: damaged"):
        read_everything()


def test_a_blob_that_cannot_be_unpacked_is_a_store_error(path):
    with Store(path) as store:
        store.register([RUSI])
        take(store, take_in(1))
        with closing(sqlite3.connect(path)) as other, other:
            other.execute("UPDATE episode_facts SET facts = x'00'")

        with pytest.raises(StoreError, match="damaged"):
            list(store.episodes(["e0001"]))


def test_a_full_disk_is_a_store_error_and_what_was_held_still_stands(path):
    with Store(path) as store:
        store.register([RUSI])
        take(store, take_in(1))
        pages = [0]

        def limit(connection):
            held = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={held + pages[0]}")

        event.listen(store._engine, "begin", limit)
        with pytest.raises(StoreError, match="no space left"):
            take(store, take_in(*range(2, 300)))
        after = [row.id for row in store.index()]
        pages[0] = 100_000
        take(store, take_in(2))

        assert after == ["e0001"]
        assert [row.id for row in store.index()] == ["e0002", "e0001"]


def test_a_folder_that_cannot_be_made_is_a_store_error(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StoreError, match=r"m\.sqlite: "):
        Store(str(tmp_path / "file" / "m.sqlite"))


def test_a_process_killed_while_it_takes_in_leaves_no_trace_of_that(path):
    script = (
        "import sys, time\n"
        "from mediafeed.store.store import Store\n"
        "from tests.store.samples import RUSI, take, take_in\n"
        f"store = Store({path!r})\n"
        "store.register([RUSI])\n"
        "take(store, take_in(1))\n"
        "with store.taking_in() as held:\n"
        "    held.write(take_in(*range(2, 100)))\n"
        "    print('written', flush=True)\n"
        "    time.sleep(60)\n"
    )
    root = Path(__file__).parents[2]
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=root)
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == b"written\n"
        os.kill(child.pid, signal.SIGKILL)
        child.wait()

    with Store(path) as store:
        assert [row.id for row in store.index()] == ["e0001"]
        take(store, take_in(2))


def test_many_threads_read_and_write_one_store(path):
    with Store(path) as store:
        store.register([RUSI, GEO])

        def work(number: int) -> int:
            take(store, take_in(number, listed=()))
            store.note_visit(visit(at=NOW + number * HOUR, outcome=Outcome.NEW))
            list(store.episodes([row.id for row in store.index()]))
            return len(store.states())

        with ThreadPoolExecutor(30) as pool:
            states = list(pool.map(work, range(60)))

        assert set(states) == {2}
        assert len(store.index()) == 60
        assert len(store.visits("rusi", limit=100)) == 60


def test_four_that_open_a_new_database_at_once_all_get_it(path):
    together = threading.Barrier(4)

    def opening(_: int) -> Store:
        together.wait()
        return Store(path)

    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(opening, range(4)))

    for store in opened:
        assert store.sources() == ()
        store.close()


def test_a_new_database_that_another_program_just_makes_is_waited_for(path, monkeypatch):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        # So the file is held, not yet in WAL mode, by one of two that open it at once.
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(time, "sleep", lambda _: other.execute("ROLLBACK"))

        with Store(path) as store:
            assert store.sources() == ()


def test_a_new_database_that_another_program_keeps_is_an_error_after_a_while(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreError, match=r"mediafeed\.sqlite: locked by another program"):
            Store(path, patience=0.1)

        other.execute("ROLLBACK")
        Store(path).close()


def test_opening_a_database_that_is_up_to_date_is_quick(path):
    Store(path).close()

    start = time.perf_counter()
    Store(path).close()

    assert time.perf_counter() - start < 0.5
