"""What an end in the middle of a visit leaves behind, gentle or not."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mediafeed.daemon import Daemon
from mediafeed.model.source import Source
from mediafeed.store.store import Store
from tests.daemon.conftest import HOUR, hourly, once, steady
from tests.fetch.conftest import ok
from tests.processes import wait_for
from tests.refresh.origin import Clock, Origin, assembled_at, feed, item

HANGS = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>"


@contextmanager
def running(folder: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the command as a process of its own; what it says stands in `log`."""
    command = [sys.executable, "-m", "mediafeed", *words, "--config", str(folder / "config.toml"), "daemon", "--port=0"]
    with (folder / "log").open("ab") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told, env=os.environ | {"PYTHONUNBUFFERED": "1"})
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def write_config(folder: Path, origin: Origin, *sources: str, head: str = "") -> Path:
    told = "".join(f'[[source]]\nid = "{name}"\nurl = "{origin.url}/{name}"\n' for name in sources)
    path = folder / "config.toml"
    path.write_text(
        '[site]\ntitle = "Briefings"\nurl = "https://ours.example"\n'
        f'[fetch]\nallow = ["127.0.0.0/8"]\ndirectory = "{origin.url}"\n{head}{told}'
    )
    return path


def log_of(folder: Path) -> str:
    return (folder / "log").read_text(encoding="utf-8")


def test_a_visit_that_is_broken_off_by_us_is_no_failure_and_changes_nothing(
    tmp_path: Path, origin: Origin, clock: Clock
):
    origin.serve("/a", feed(item(1)), 'ETag: "1"')
    with assembled_at(clock, hourly(tmp_path, origin, Source(id="a", url=origin.url + "/a"))) as house:
        daemon = Daemon(house.mediafeed, steady=steady(clock), patience=0.1)
        once(daemon)
        before = house.store.state("a")
        origin.routes["/a"] = HANGS
        clock.move(minutes=70)
        daemon.tick()
        wait_for(lambda: len(origin.asked()) == 2)
        daemon.stop()
        after = house.store.state("a")

        assert (after.failures, after.failing_since, after.last_visit) == (0, None, before.last_visit)
        assert (after.validators, after.why) == (before.validators, before.why)
        assert after.next_visit == clock.now + HOUR  # the server was asked: not again within the minimum


def test_reading_that_is_broken_off_by_us_is_no_failure(tmp_path: Path, origin: Origin, clock: Clock, monkeypatch):
    reading = threading.Event()
    origin.serve("/a", b"<rss><channel><title>A<item></rss>")
    with assembled_at(clock, hourly(tmp_path, origin, Source(id="a", url=origin.url + "/a"))) as house:
        workers = house.mediafeed.workers
        real = workers.run

        def slowly(_function: object, *_args: object, **_more: object) -> object:
            reading.set()
            return real(time.sleep, 30)

        monkeypatch.setattr(workers, "run", slowly)
        daemon = Daemon(house.mediafeed, steady=steady(clock), patience=0.1)
        daemon.tick()
        assert reading.wait(20)
        daemon.stop()

        state = house.store.state("a")
        assert (state.failures, state.last_visit) == (0, None)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_during_a_hung_visit_ends_all_within_ten_seconds_and_loses_nothing(
    tmp_path: Path, origin: Origin, number: signal.Signals
):
    origin.serve("/a", feed(item(1)), 'ETag: "1"')
    origin.routes["/b"] = HANGS
    write_config(tmp_path, origin, "a", "b", head='[poll]\nminimum = "3s"\n')
    with running(tmp_path) as process:
        wait_for(lambda: set(origin.asked()) == {"/a", "/b"})
        wait_for(lambda: "guid-1" in feed_of(tmp_path))
        began = time.monotonic()
        process.send_signal(number)
        code = process.wait(timeout=15)
        took = time.monotonic() - began

    assert code == 0, log_of(tmp_path)
    assert took < 10
    assert "Traceback" not in log_of(tmp_path)
    with Store(str(tmp_path / "data" / "mediafeed.db")) as store:
        assert (store.state("b").failures, store.state("b").last_visit) == (0, None)
        assert store.state("a").validators.etag == '"1"'


def feed_of(folder: Path) -> str:
    path = folder / "feeds" / "feed.xml"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_a_daemon_that_is_killed_loses_nothing_and_asks_nobody_sooner_than_it_may(tmp_path: Path, origin: Origin):
    """The worst moment: one source is stored and not published perhaps, another is being asked."""
    origin.serve("/a", feed(item(1)), 'ETag: "1"')
    hanging = threading.Event()

    def hang(_request: bytes) -> bytes:
        hanging.wait(60)
        return ok(feed(item(2)))

    origin.routes["/b"] = hang
    path = write_config(tmp_path, origin, "a", "b")
    database = str(tmp_path / "data" / "mediafeed.db")
    with running(tmp_path):
        wait_for(lambda: origin.asked() == ["/a"])
        wait_for(lambda: "guid-1" in feed_of(tmp_path))
        number = _ask_for_b(database)
        wait_for(lambda: origin.asked() == ["/a", "/b"])
    hanging.set()
    with Store(database) as store:
        planned = {name: store.state(name).next_visit for name in ("a", "b")}
        still_wished = [wish.number for wish in store.wishes.unanswered()]

    origin.serve("/b", feed(item(2)))
    with running(tmp_path):
        wait_for(lambda: Path(database).exists() and log_of(tmp_path).count("serving on") == 2)
        wait_for(lambda: _answered(database, number))
        assert origin.asked() == ["/a", "/b"]

    assert path.exists()
    assert still_wished == [number]
    assert "guid-1" in feed_of(tmp_path)
    with Store(database) as store:
        assert store.state("a").validators.etag == '"1"'
        assert {name: store.state(name).next_visit for name in ("a", "b")} == planned


def _ask_for_b(database: str) -> int:
    with Store(database) as store:
        return store.wishes.ask(["b"], force=False, now=datetime.now(UTC))


def _answered(database: str, number: int) -> bool:
    with Store(database) as store:
        return store.wishes.answer(number) is not None
