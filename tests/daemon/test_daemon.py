"""When: a tick at a time, and the whole command as a process."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from mediafeed.daemon import Daemon
from mediafeed.errors import PublishError, StoppingError, StoreError
from mediafeed.model.published import Fragments, Published
from mediafeed.model.settings import Measure, Override
from mediafeed.model.source import Outcome, Source, Visit
from mediafeed.model.terms import Terms
from mediafeed.refresh.polling import Polling
from mediafeed.refresh.publishing import Publisher, Rendered, Step
from mediafeed.store.store import Store
from tests.daemon.conftest import HOUR, hourly, once, steady
from tests.parse.audio_files import mp3_frames, with_xing
from tests.refresh.origin import Clock, House, Origin, assembled_at, feed, item


def test_a_long_publishing_is_broken_off_when_it_is_over_and_the_next_start_goes_on(house: House, daemon: Daemon):
    house.mediafeed.refresh(house.mediafeed.config.sources)
    daemon.end()

    with pytest.raises(StoppingError, match="stopped"):
        house.mediafeed.publish(daemon._publishing.go_on)
    left = list((Path(house.mediafeed.config.site.output)).rglob("feed.xml"))
    house.mediafeed.publish()

    assert not left
    assert "<item>" in house.published()


def test_a_tick_visits_who_is_due_and_nobody_else(house: House, daemon: Daemon, origin: Origin, clock: Clock):
    once(daemon)
    once(daemon)
    first = origin.asked()
    planned = dict(house.store.schedule.planned())
    clock.now = planned["b"]
    once(daemon)
    second = origin.asked()
    clock.now = planned["a"]
    once(daemon)

    assert first == ["/a"]  # the first visits are spread over the interval
    assert sorted(second) in (["/a", "/a"], ["/a", "/b"])
    assert set(origin.asked()) == {"/a", "/b"}


def test_a_restart_visits_nobody_who_is_not_due(tmp_path: Path, origin: Origin, clock: Clock):
    settings = hourly(tmp_path, origin, Source(id="a", url=origin.serve("/a", feed(item(1)))))

    for _ in range(3):
        with assembled_at(clock, settings) as house:
            daemon = Daemon(house.mediafeed, steady=steady(clock))
            once(daemon)
            daemon.stop()

    assert origin.asked() == ["/a"]


@pytest.fixture
def publishings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count the publishings; while "fail" stands at the end of the list, they fail."""
    counted: list[str] = []
    real = Publisher.write

    def publish(self: Publisher, rendered: Rendered, on_step: Step | None = None) -> object:
        failing = counted[-1:] == ["fail"]
        counted.append("published" if not failing else "fail")
        if failing:
            raise PublishError("feeds: No space left on device")
        return real(self, rendered, on_step)

    monkeypatch.setattr(Publisher, "write", publish)
    return counted


def walk(daemon: Daemon, clock: Clock, *, minutes: float, step: float = 15) -> None:
    """Let time pass, with a tick and a publishing every few seconds."""
    for _ in range(int(minutes * 60 / step)):
        clock.move(seconds=step)
        once(daemon)


def visited(house: House, *sources: str) -> list[datetime]:
    """Give when these sources were visited, in order."""
    asked = sources or [source.id for source in house.mediafeed.config.sources]
    return sorted(visit.at for source in asked for visit in house.store.visits(source, 100))


def test_what_was_stored_before_the_start_is_published_though_nobody_is_due(house: House, daemon: Daemon, clock: Clock):
    once(daemon)
    (house.output / "feed.xml").unlink()
    again = Daemon(house.mediafeed, steady=steady(clock))

    again.publish()

    assert "guid-1" in house.published()


def test_a_publishing_follows_news_and_nothing_else(house: House, daemon: Daemon, clock: Clock, publishings: list[str]):
    walk(daemon, clock, minutes=200)

    assert publishings == ["published", "published"]  # one after the first visit to each
    assert "guid-1" in house.published()
    assert daemon.is_well()


def test_a_visit_that_brings_news_does_not_wait_while_everything_is_rendered(
    house: House, daemon: Daemon, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    """Other settings, other rules: in a large store that took minutes, and visits stood in line until it was done."""
    once(daemon)
    real = Publisher._rendered
    came: list[object] = []
    (source, _) = house.mediafeed.config.sources
    visiting = threading.Thread(target=lambda: came.append(house.mediafeed.pipeline.visit(source)))

    def meanwhile(publisher: Publisher, *given: Any) -> Fragments:
        if not visiting.ident:
            origin.serve("/a", feed(item(1, description="Other words."), item(9), title="A"), 'ETag: "2"')
            visiting.start()
            visiting.join(10)
            came.append("until here")
        return real(publisher, *given)

    monkeypatch.setattr(Publisher, "_rendered", meanwhile)
    config = house.mediafeed.config
    clock.move(hours=2)
    daemon.take_over(lambda: house.mediafeed.by(replace(config, site=replace(config.site, url="https://new.example"))))
    daemon._take_over()
    daemon.publish()

    assert [getattr(one, "modified", one) for one in came] == [1, "until here"]
    assert "Other words." in house.published()
    assert "guid-9" in house.published()


def test_publishings_that_take_long_are_rare(
    house: House, daemon: Daemon, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    began = []

    def long(*_: object) -> Published:
        began.append(clock.now)
        clock.move(seconds=60)
        return Published()

    monkeypatch.setattr(Publisher, "write", long)
    for _ in range(100):
        daemon._publishing.owe()
        daemon.publish()
        clock.move(seconds=5)

    assert min(after - before for before, after in pairwise(began)) >= timedelta(minutes=5)


def test_what_could_not_be_published_is_published_at_the_next_tick_without_any_visit(
    house: House, daemon: Daemon, origin: Origin, publishings: list[str]
):
    publishings.append("fail")

    once(daemon)
    was_well = daemon.is_well()
    publishings.append("the disk has room again")
    once(daemon)

    assert not was_well
    assert daemon.is_well()
    assert "guid-1" in house.published()
    assert len(origin.asked()) == 1


def test_what_cannot_be_published_for_long_is_tried_and_told_ever_more_rarely(
    daemon: Daemon, clock: Clock, publishings: list[str], caplog: pytest.LogCaptureFixture
):
    """A disk that was full for a night wrote a line every second, and rendered everything for it."""
    publishings.append("fail")

    for _ in range(3600):
        once(daemon)
        clock.move(seconds=1)
    told = [record for record in caplog.records if record.msg == "not published"]
    was_well = daemon.is_well()
    publishings.append("the disk has room again")
    for _ in range(300):
        once(daemon)
        clock.move(seconds=1)

    assert 10 <= len(told) <= 25
    assert (was_well, daemon.is_well()) == (False, True)


def test_a_tick_that_fails_for_long_is_told_once_a_minute(
    daemon: Daemon, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def full(*_: object, **__: object) -> None:
        raise StoreError("mediafeed.db: no space left")

    monkeypatch.setattr(Polling, "turns", full)
    for _ in range(600):
        daemon.tick()
        clock.move(seconds=1)
    told = [record for record in caplog.records if record.msg == "tick failed"]

    assert len(told) == 10
    assert all(record.exc_info is None for record in told)


def test_who_waits_hears_of_visits_that_could_not_be_brought_together_at_first(
    house: House, daemon: Daemon, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    number = house.store.wishes.ask(["a"], force=False, now=clock.now)
    with monkeypatch.context() as broken:
        broken.setattr(type(house.mediafeed), "settle", lambda *_: 1 / 0)
        once(daemon)
    before = house.store.wishes.answer(number)
    daemon.publish()
    after = house.store.wishes.answer(number)

    assert before is None
    assert after is not None
    assert [visit.source for visit in after.visits] == ["a"]


def test_a_daemon_that_can_publish_nothing_goes_on_polling(
    daemon: Daemon, origin: Origin, clock: Clock, publishings: list[str]
):
    publishings.append("fail")

    walk(daemon, clock, minutes=180, step=60)

    assert len(origin.asked("/a")) >= 2
    assert not daemon.is_well()


def test_an_error_nobody_foresaw_is_told_and_the_next_tick_tries_again(
    house: House, daemon: Daemon, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    with monkeypatch.context() as broken:
        broken.setattr(Polling, "turns", lambda *_, **__: 1 / 0)
        once(daemon)
    was_well = daemon.is_well()
    once(daemon)

    assert not was_well
    assert "tick failed" in caplog.text
    assert daemon.is_well()
    assert house.titles()


def test_a_store_that_remembers_no_visit_does_not_make_a_storm(
    daemon: Daemon, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object, **__: object) -> None:
        raise StoreError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(Store, "note_visit", full)
        for _ in range(5):
            once(daemon)
            clock.move(seconds=5)
    during = origin.asked()
    was_well = daemon.is_well()
    walk(daemon, clock, minutes=61)

    assert during == ["/a"]
    assert not was_well
    assert origin.asked("/a") == ["/a", "/a"]
    assert daemon.is_well()


def test_what_new_settings_change_is_published_though_nobody_is_due(
    tmp_path: Path, origin: Origin, clock: Clock, house: House, daemon: Daemon
):
    once(daemon)
    settings = house.mediafeed.config
    override = Override(episode="guid-1", name="Neil Melvin", role="host")

    with assembled_at(clock, replace(settings, overrides=(override,))) as later:
        another = Daemon(later.mediafeed, steady=steady(clock))
        another.publish()
        once(another)
        another.stop()

        assert "Neil Melvin" in later.published()
    assert len(origin.asked()) == 1


def test_a_host_that_wants_to_wait_does_not_keep_the_others_from_their_turn(
    tmp_path: Path, origin: Origin, clock: Clock
):
    waiting = [Source(id=f"w{n}", url=f"http://localhost:1/{n}") for n in range(5)]
    other = Source(id="other", url=origin.serve("/a", feed(item(1))))

    with assembled_at(clock, hourly(tmp_path, origin, *waiting, other)) as house:
        until = clock.now + HOUR / 2
        visit = Visit(source="w0", at=clock.now, outcome=Outcome.FAILED, next_visit=clock.now, why="")
        house.store.note_visit(visit, retry_after=until, terms=Terms(waits_at="localhost"))
        turns = house.mediafeed.polling.turns(clock.now, lambda _: False)
        planned = dict(house.store.schedule.planned())

    assert [turn.source.id for turn in turns] == ["other"]
    assert all(planned[source.id] >= until for source in waiting)


# Times


@pytest.fixture
def many(tmp_path: Path, origin: Origin, clock: Clock) -> Iterator[House]:
    """Twelve sources on hosts of their own, visited once an hour."""
    for n in range(12):
        origin.serve(f"/{n}", feed(item(n + 1), title=f"Show {n}"), f'ETag: "{n}"')
    sources = (Source(id=f"s{n}", url=f"{origin.url}/{n}", every=HOUR) for n in range(12))
    with assembled_at(clock, hourly(tmp_path, origin, *sources)) as made:
        yield made


def running(house: House, clock: Clock) -> Daemon:
    return Daemon(house.mediafeed, steady=steady(clock))


def gaps(moments: list[datetime]) -> list[timedelta]:
    return [after - before for before, after in pairwise(moments)]


def test_the_first_visits_and_all_later_ones_are_spread_over_the_interval(many: House, clock: Clock):
    daemon = running(many, clock)

    walk(daemon, clock, minutes=300)
    daemon.stop()

    moments = visited(many)
    assert moments[11] - moments[0] >= HOUR * 11 / 12 - timedelta(seconds=15)
    assert min(gaps(moments)) >= HOUR / 12 - timedelta(seconds=16)  # as long as a look takes to come round
    assert all(len(visited(many, f"s{n}")) >= 4 for n in range(12))


def test_no_source_is_visited_early_or_late(many: House, clock: Clock):
    daemon = running(many, clock)

    walk(daemon, clock, minutes=300)
    daemon.stop()

    for n in range(12):
        history = many.store.visits(f"s{n}", 100)[::-1]
        for before, after in pairwise(history):
            assert before.next_visit is not None
            assert after.at - before.at >= HOUR
            assert timedelta(0) <= after.at - before.next_visit <= timedelta(seconds=60)


def test_a_server_that_takes_its_time_makes_nobody_late(tmp_path: Path, origin: Origin, clock: Clock):
    origin.routes["/slow"] = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>"
    sources = [Source(id=f"slow{n}", url=origin.url + "/slow") for n in range(20)]
    quick = origin.serve("/quick", feed(item(1))).replace("127.0.0.1", "localhost")  # another host
    sources.append(Source(id="quick", url=quick))

    with assembled_at(clock, hourly(tmp_path, origin, *sources)) as house:
        house.store.schedule.plan({source.id: clock.now for source in sources})
        daemon = Daemon(house.mediafeed, patience=0.2, steady=steady(clock))
        began = time.monotonic()
        daemon.tick()
        took = time.monotonic() - began
        wait_for(lambda: house.store.state("quick").last_visit is not None)
        came = time.monotonic() - began
        daemon.stop()

    assert took < 1
    assert came < 10  # a slow one takes twenty seconds


class SetClock(Clock):
    """A wall clock that somebody sets, beside a steady one that nobody does."""

    def __init__(self) -> None:
        super().__init__()
        self.steady = 0.0

    def move(self, **by: float) -> None:
        super().move(**by)
        self.steady += timedelta(**by).total_seconds()

    def set_by(self, **by: float) -> None:
        """Set the wall clock; no time passes."""
        self.now += timedelta(**by)


@pytest.mark.parametrize("days", [1, -1, 400])
def test_a_clock_that_is_set_makes_no_visit_early_and_none_late(tmp_path: Path, origin: Origin, days: int):
    clock = SetClock()
    url = origin.serve("/a", feed(item(1)), 'ETag: "1"')
    with assembled_at(clock, hourly(tmp_path, origin, Source(id="a", url=url))) as house:
        daemon = Daemon(house.mediafeed, steady=lambda: clock.steady)
        once(daemon)
        walk(daemon, clock, minutes=10)
        clock.set_by(days=days)
        walk(daemon, clock, minutes=49.5)
        before = len(origin.asked())
        walk(daemon, clock, minutes=7.5)
        after = len(origin.asked())
        daemon.stop()

    assert (before, after) == (1, 2)


def test_a_clock_that_is_set_there_and_back_changes_nothing(tmp_path: Path, origin: Origin):
    clock = SetClock()
    url = origin.serve("/a", feed(item(1)), 'ETag: "1"')
    with assembled_at(clock, hourly(tmp_path, origin, Source(id="a", url=url))) as house:
        daemon = Daemon(house.mediafeed, steady=lambda: clock.steady)
        once(daemon)
        planned = house.store.state("a").next_visit
        for days in (1, -1):
            clock.set_by(days=days)
            walk(daemon, clock, minutes=1)
        daemon.stop()

        assert house.store.state("a").next_visit == planned
        assert len(origin.asked()) == 1


def test_a_machine_that_slept_catches_up_spread_over_the_interval(many: House, clock: Clock):
    daemon = running(many, clock)
    walk(daemon, clock, minutes=70)
    before = len(visited(many))

    clock.move(hours=8)  # the steady clock goes on while the machine sleeps
    woken = clock.now
    walk(daemon, clock, minutes=64)
    daemon.stop()

    moments = [moment for moment in visited(many) if moment >= woken]
    assert len(visited(many)) - before >= 12
    assert min(gaps(moments)) >= HOUR / 12 - timedelta(seconds=16)


def test_a_machine_that_does_not_know_the_time_yet_waits_for_it(tmp_path: Path, origin: Origin):
    clock = SetClock()
    url = origin.serve("/a", feed(item(1)), 'ETag: "1"')
    with assembled_at(clock, hourly(tmp_path, origin, Source(id="a", url=url))) as house:
        first = Daemon(house.mediafeed, steady=lambda: clock.steady)
        once(first)
        first.stop()
        today, planned = clock.now, house.store.state("a").next_visit
        clock.now = datetime(1970, 1, 1, tzinfo=UTC)
        daemon = Daemon(house.mediafeed, steady=lambda: clock.steady)
        walk(daemon, clock, minutes=5)
        was_well = daemon.is_well()
        clock.now = today + timedelta(minutes=5)
        walk(daemon, clock, minutes=50)
        daemon.stop()

        assert not was_well
        assert house.store.state("a").next_visit == planned
        assert len(origin.asked()) == 1


def test_times_that_a_wrong_clock_planned_are_mended(tmp_path: Path, origin: Origin, clock: Clock):
    url = origin.serve("/a", feed(item(1)), 'ETag: "1"')
    with assembled_at(clock, hourly(tmp_path, origin, Source(id="a", url=url))) as house:
        house.store.schedule.plan({"a": clock.now + timedelta(days=20_000)})
        daemon = running(house, clock)
        once(daemon)
        walk(daemon, clock, minutes=59)
        early = len(origin.asked())
        walk(daemon, clock, minutes=2)
        daemon.stop()

        assert (early, len(origin.asked())) == (0, 1)


def test_a_day_on_which_clocks_are_changed_for_summer_is_like_any_other(tmp_path: Path, origin: Origin):
    clock = Clock(datetime(2026, 10, 24, 23, tzinfo=UTC))
    url = origin.serve("/a", feed(item(1)), 'ETag: "1"')
    source = Source(id="a", url=url, timezone="Europe/London", every=HOUR)
    with assembled_at(clock, hourly(tmp_path, origin, source)) as house:
        daemon = running(house, clock)
        once(daemon)
        walk(daemon, clock, minutes=300, step=30)
        daemon.stop()

        assert all(HOUR <= gap <= HOUR * 1.1 + timedelta(seconds=60) for gap in gaps(visited(house)))
        assert len(visited(house)) == 5


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


def wait_for(true: Callable[[], bool], seconds: float = 90) -> None:
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


def test_audio_that_is_wanted_is_asked_beside_the_visits_and_published(tmp_path: Path, origin: Origin, clock: Clock):
    audio = origin.serve_parts("/1.mp3", with_xing(mp3_frames(1_000), 1_000))
    source = Source(id="a", url=origin.serve("/a", feed(item(1, audio=audio))))
    settings = replace(hourly(tmp_path, origin, source), measure=Measure.MISSING)
    with assembled_at(clock, settings) as house:
        daemon = Daemon(house.mediafeed, steady=steady(clock))
        daemon.ask_for_files()
        before = origin.asked()
        once(daemon)
        daemon.ask_for_files()
        clock.move(minutes=6)
        daemon.publish()
        published = house.published()
        daemon.ask_for_files()
        daemon.stop()

    assert before == []
    assert origin.asked() == ["/a", "/1.mp3"]
    assert "<itunes:duration>26</itunes:duration>" in published


def test_a_failure_to_measure_keeps_no_visit_from_going_on(house: House, daemon: Daemon, monkeypatch):
    def broken() -> None:
        raise StoreError("no space left")

    monkeypatch.setattr(house.mediafeed.listening, "wanted", broken)

    daemon.ask_for_files()
    once(daemon)

    assert house.titles()


def test_visits_are_remembered_for_as_long_as_the_config_says(house: House, daemon: Daemon, clock: Clock):
    once(daemon)
    walk(daemon, clock, minutes=130)
    before = len(visited(house, "a"))
    clock.move(days=30)
    daemon.forget()

    assert before >= 2
    assert len(visited(house, "a")) == 1
