"""A database that is restored while the daemon works."""

import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.request import urlopen

from mediafeed.assemble import wall_clock
from mediafeed.cli.root import run
from mediafeed.store.store import Store
from tests.daemon.test_ending import HANGS, feed_of, log_of, running, write_config
from tests.processes import wait_for
from tests.refresh.origin import Origin, feed, item


def test_a_daemon_goes_on_with_what_is_restored_and_asks_nobody_early(tmp_path: Path, origin: Origin):
    origin.serve("/a", feed(item(1)), 'ETag: "1"')
    config = str(write_config(tmp_path, origin, "a"))
    with running(tmp_path) as process:
        wait_for(lambda: "guid-1" in feed_of(tmp_path))
        assert run(["--config", config, "backup", str(tmp_path / "kept.zip")]) == 0
        with closing(sqlite3.connect(tmp_path / "data" / "mediafeed.db", timeout=30)) as store:
            store.execute("DELETE FROM episodes")
            store.commit()
        asked = len(origin.asked())
        write_config(tmp_path, origin, "a", "b")
        code = run(["--config", config, "restore", str(tmp_path / "kept.zip")])
        wait_for(lambda: log_of(tmp_path).count("serving on") == 2)
        with closing(sqlite3.connect(tmp_path / "data" / "mediafeed.db", timeout=30)) as store:
            (episodes,) = store.execute("SELECT count(*) FROM episodes").fetchone()
        served = urlopen(re.findall(r"serving on (\S+)", log_of(tmp_path))[-1] + "feed.xml").read()
        wait_for(lambda: "config taken over sources=2" in log_of(tmp_path))
        process.terminate()
        ended = process.wait(timeout=15)

    assert (code, episodes, ended) == (0, 1, 0)
    assert b"guid-1" in served
    assert len(origin.asked()) == asked
    assert "Traceback" not in log_of(tmp_path)


@contextmanager
def restoring(folder: Path, origin: Origin) -> Iterator[tuple["subprocess.Popen[bytes]", "subprocess.Popen[str]"]]:
    """Give a daemon that is told to let a visit end first, and who waits for it to take a database over."""
    origin.serve("/a", feed(item(1)), 'ETag: "1"')
    origin.routes["/b"] = HANGS
    config = str(write_config(folder, origin, "a", "b"))
    words = [sys.executable, "-m", "mediafeed", "--config", config, "restore", str(folder / "kept.zip")]
    with running(folder) as process:
        wait_for(lambda: "guid-1" in feed_of(folder))
        assert run(["--config", config, "backup", str(folder / "kept.zip")]) == 0
        with Store(str(folder / "data" / "mediafeed.db")) as store:
            store.wishes.ask(("b",), force=False, now=wall_clock())
        wait_for(lambda: bool(origin.asked("/b")))
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as waits:
            assert waits.stderr
            assert waits.stderr.readline().endswith("it was asked\n")
            yield process, waits
            waits.kill()


def test_an_end_that_is_asked_for_while_a_database_is_taken_over_is_heard(tmp_path: Path, origin: Origin):
    with restoring(tmp_path, origin) as (process, waits):
        process.terminate()
        ended = process.wait(timeout=15)
        out, _ = waits.communicate(timeout=60)

    assert (ended, waits.returncode) == (0, 0)
    assert out.splitlines()[-1].endswith("publish")  # it was done without a daemon
    assert log_of(tmp_path).count("serving on") == 1


def test_signals_that_come_while_a_database_is_taken_over_end_nobody(tmp_path: Path, origin: Origin):
    with restoring(tmp_path, origin) as (process, waits):
        while waits.poll() is None and process.poll() is None:
            process.send_signal(signal.SIGHUP)
            time.sleep(0.05)
        wait_for(lambda: process.poll() is not None or log_of(tmp_path).count("serving on") == 2)
        process.terminate()
        ended = process.wait(timeout=15)

    assert (ended, waits.returncode) == (0, 0)
