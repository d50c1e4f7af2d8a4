"""When: a tick at a time, and the whole command as a process."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mediafeed.assemble import Mediafeed
from mediafeed.daemon import Daemon
from mediafeed.errors import PublishError, StoreError
from mediafeed.model.settings import Config, Override
from mediafeed.model.source import Source
from mediafeed.refresh.publishing import Publisher
from mediafeed.store.store import Store
from tests.refresh.origin import Clock, House, Origin, assembled_at, config, feed, item

HOUR = timedelta(hours=1)


@pytest.fixture
def origin() -> Iterator[Origin]:
    made = Origin()
    yield made
    made.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def hourly(folder: Path, origin: Origin, *sources: Source) -> Config:
    """Visit each source at most once an hour, as the public internet is visited."""
    settings = config(folder, origin, *sources)
    return replace(settings, poll=replace(settings.poll, minimum=HOUR))


@pytest.fixture
def house(tmp_path: Path, origin: Origin, clock: Clock) -> Iterator[House]:
    origin.serve("/a", feed(item(1), title="A"), 'ETag: "1"')
    origin.serve("/b", feed(item(2), title="B"), 'ETag: "1"')
    sources = (Source(id="a", url=origin.url + "/a"), Source(id="b", url=origin.url + "/b", every=HOUR * 6))
    with assembled_at(clock, hourly(tmp_path, origin, *sources)) as made:
        yield made


def test_a_long_publishing_is_broken_off_when_it_is_over_and_the_next_start_goes_on(house: House):
    daemon = Daemon(house.mediafeed)
    daemon._owing = True
    daemon._understood = True
    house.mediafeed.refresh(house.mediafeed.config.sources)
    daemon._stop.set()

    with pytest.raises(PublishError, match="stopped"):
        house.mediafeed.publish(daemon._go_on)
    left = list((Path(house.mediafeed.config.site.output)).rglob("feed.xml"))
    house.mediafeed.publish()

    assert not left
    assert "<item>" in house.published()


def test_a_tick_visits_who_is_due_and_nobody_else(house: House, origin: Origin, clock: Clock):
    daemon = Daemon(house.mediafeed)

    daemon.tick()
    daemon.tick()
    first = sorted(origin.asked())
    clock.move(hours=2)
    daemon.tick()
    second = sorted(origin.asked())
    clock.move(hours=6)
    daemon.tick()

    assert first == ["/a", "/b"]
    assert second == ["/a", "/a", "/b"]
    assert sorted(origin.asked()) == ["/a", "/a", "/a", "/b", "/b"]


def test_a_restart_visits_nobody_who_is_not_due(tmp_path: Path, origin: Origin, clock: Clock):
    settings = hourly(tmp_path, origin, Source(id="a", url=origin.serve("/a", feed(item(1)))))

    for _ in range(3):
        with assembled_at(clock, settings) as house:
            Daemon(house.mediafeed).tick()

    assert origin.asked() == ["/a"]


@pytest.fixture
def publishings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count the publishings; while "fail" stands at the end of the list, they fail."""
    counted: list[str] = []
    real = Publisher.publish

    def publish(self: Publisher, on_step: Callable[[str, int, int], None] | None = None) -> object:
        failing = counted[-1:] == ["fail"]
        counted.append("published" if not failing else "fail")
        if failing:
            raise PublishError("feeds: No space left on device")
        return real(self, on_step)

    monkeypatch.setattr(Publisher, "publish", publish)
    return counted


def test_a_tick_publishes_when_there_is_news_and_only_then(house: House, clock: Clock, publishings: list[str]):
    daemon = Daemon(house.mediafeed)

    for _ in range(3):
        daemon.tick()
        clock.move(hours=2)

    assert publishings == ["published"]
    assert "guid-1" in house.published()
    assert daemon.is_well()


def test_what_could_not_be_published_is_published_at_the_next_tick_without_any_visit(
    house: House, origin: Origin, publishings: list[str]
):
    daemon = Daemon(house.mediafeed)
    publishings.append("fail")

    daemon.tick()
    was_well = daemon.is_well()
    publishings.append("the disk has room again")
    daemon.tick()

    assert not was_well
    assert daemon.is_well()
    assert "guid-1" in house.published()
    assert len(origin.asked()) == 2


def test_a_tick_while_nothing_can_be_published_goes_on_polling(
    house: House, origin: Origin, clock: Clock, publishings: list[str]
):
    daemon = Daemon(house.mediafeed)
    publishings.append("fail")

    for _ in range(3):
        daemon.tick()
        clock.move(hours=2)

    assert len(origin.asked("/a")) == 3
    assert not daemon.is_well()


def test_an_error_nobody_foresaw_is_told_and_the_next_tick_tries_again(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    daemon = Daemon(house.mediafeed)

    with monkeypatch.context() as broken:
        broken.setattr(Mediafeed, "choose", lambda *_, **__: 1 / 0)
        daemon.tick()
    was_well = daemon.is_well()
    daemon.tick()

    assert not was_well
    assert "tick failed" in caplog.text
    assert daemon.is_well()
    assert house.titles()


def test_a_store_that_remembers_no_visit_does_not_make_a_storm(
    house: House, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    daemon = Daemon(house.mediafeed)

    def full(*_: object, **__: object) -> None:
        raise StoreError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(Store, "note_visit", full)
        for _ in range(5):
            daemon.tick()
            clock.move(seconds=5)
    during = sorted(origin.asked())
    was_well = daemon.is_well()
    clock.move(hours=1)
    daemon.tick()

    assert during == ["/a", "/b"]
    assert not was_well
    assert sorted(origin.asked()) == ["/a", "/a", "/b", "/b"]
    assert daemon.is_well()


def test_what_new_settings_change_is_published_though_nobody_is_due(
    tmp_path: Path, origin: Origin, clock: Clock, house: House
):
    Daemon(house.mediafeed).tick()
    settings = house.mediafeed.config
    override = Override(episode="guid-1", name="Neil Melvin", role="host")

    with assembled_at(clock, replace(settings, overrides=(override,))) as later:
        Daemon(later.mediafeed).tick()

        assert "Neil Melvin" in later.published()
    assert len(origin.asked()) == 2


def test_a_host_that_wants_to_wait_does_not_keep_the_others_from_their_turn(
    tmp_path: Path, origin: Origin, clock: Clock
):
    waiting = [Source(id=f"w{n}", url=f"http://localhost:1/{n}") for n in range(5)]
    other = Source(id="other", url=origin.serve("/a", feed(item(1))))

    with assembled_at(clock, hourly(tmp_path, origin, *waiting, other)) as house:
        first = house.mediafeed.choose((), limit=3)
        visit = house.visit("w0")
        house.store.note_visit(replace(visit, next_visit=clock.now), retry_after=clock.now + HOUR)
        second = house.mediafeed.choose((), limit=3)

    assert [source.id for source in first.sources] == ["w0", "w1", "w2"]
    assert [source.id for source in second.sources] == ["other"]
    assert len(second.skipped) == 5


def test_starting_looks_at_once_and_stopping_ends_soon_though_a_server_is_slow(
    tmp_path: Path, origin: Origin, clock: Clock
):
    origin.routes["/slow"] = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>"
    source = Source(id="slow", url=origin.url + "/slow")

    with assembled_at(clock, hourly(tmp_path, origin, source)) as house:
        daemon = Daemon(house.mediafeed, tick=3600, patience=0.2)
        daemon.start()
        wait_for(lambda: origin.asked() == ["/slow"])
        began = time.monotonic()
        daemon.stop()
        took = time.monotonic() - began

        assert took < 5
        assert house.store.state("slow").next_visit is not None


def wait_for(true: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_command_polls_serves_and_ends_in_seconds(tmp_path: Path, origin: Origin, number: signal.Signals):
    url = origin.serve("/a", feed(item(1)), 'ETag: "1"')
    (tmp_path / "config.toml").write_text(
        '[site]\ntitle = "Briefings"\nurl = "https://ours.example"\n'
        f'[fetch]\nallow = ["127.0.0.0/8"]\n[[source]]\nid = "a"\nurl = "{url}"\n'
    )
    command = [sys.executable, "-m", "mediafeed", "--config", str(tmp_path / "config.toml"), "daemon", "--port", "0"]
    log = tmp_path / "log"
    with log.open("wb") as told:
        running = subprocess.Popen(command, stdout=told, stderr=told, env=os.environ | {"PYTHONUNBUFFERED": "1"})
        try:
            wait_for(lambda: (tmp_path / "feeds" / "feed.xml").exists() and "guid-1" in feed_of(tmp_path))
            assert re.search(r"serving on http://127\.0\.0\.1:\d+/", log.read_text())
            began = time.monotonic()
            running.send_signal(number)
            code = running.wait(timeout=15)
        finally:
            running.kill()
            running.wait()

    assert code == 0, log.read_text()
    assert time.monotonic() - began < 10
    assert "Traceback" not in log.read_text()


def feed_of(folder: Path) -> str:
    return (folder / "feeds" / "feed.xml").read_text(encoding="utf-8")
