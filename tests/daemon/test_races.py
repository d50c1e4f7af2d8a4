"""What happens between two looks: nothing that was told is lost, and nothing that fails once stays wrong."""

import logging
import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from mediafeed.daemon import Daemon
from mediafeed.daemon.clocks import Clocks
from mediafeed.daemon.granting import Granting
from mediafeed.daemon.listener import Listener
from mediafeed.errors import StoreError
from mediafeed.model.source import FailureKind, Outcome, Source, Visit
from mediafeed.model.wishes import Answer, Wish
from mediafeed.refresh.asking import Errand
from mediafeed.refresh.polling import Polling
from mediafeed.store.store import Store
from mediafeed.store.wishes import Wishes
from tests.daemon.conftest import HOUR, hourly, once, steady
from tests.daemon.test_daemon import SetClock, visited, walk
from tests.processes import wait_for
from tests.refresh.origin import Clock, House, Origin, assembled_at, feed, item


def test_a_clock_that_was_set_while_the_store_was_away_moves_the_schedule_when_it_is_back(
    tmp_path: Path, origin: Origin, monkeypatch: pytest.MonkeyPatch
):
    """The move was forgotten with the error: nobody was visited for as long as the clock had been set back."""
    clock = SetClock()
    url = origin.serve("/a", feed(item(1)), 'ETag: "1"')
    with assembled_at(clock, hourly(tmp_path, origin, Source(id="a", url=url))) as house:
        daemon = Daemon(house.mediafeed, steady=lambda: clock.steady)
        once(daemon)
        planned = house.store.state("a").next_visit
        clock.set_by(days=-1)
        with monkeypatch.context() as broken:
            broken.setattr(Polling, "shift", lambda *_: 1 / 0)
            once(daemon)
        once(daemon)
        daemon.stop()

        assert planned is not None
        assert house.store.state("a").next_visit == planned - timedelta(days=1)


def test_times_that_could_not_be_mended_are_mended_at_the_next_look(
    house: House, daemon: Daemon, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    house.store.schedule.plan({"a": clock.now + timedelta(days=20_000)})
    with monkeypatch.context() as broken:
        broken.setattr(Polling, "mend", lambda *_: 1 / 0)
        once(daemon)
    once(daemon)

    assert dict(house.store.schedule.planned())["a"] < clock.now + timedelta(days=1)


def test_a_clock_that_is_set_back_wakes_every_job_whoever_sees_it_first(tmp_path: Path, origin: Origin):
    """A tick that saw it before the watchman let all of them sleep until the old time came again."""
    clock = SetClock()
    with assembled_at(clock, hourly(tmp_path, origin)) as house:
        daemon = Daemon(house.mediafeed, steady=lambda: clock.steady, tick=3600)
        daemon.start()
        wait_for(daemon.is_well)
        chosen = {job.id: job.next_run_time for job in daemon._scheduler.get_jobs()}
        for job in daemon._scheduler.get_jobs():
            daemon._scheduler.modify_job(job.id, next_run_time=chosen[job.id] + timedelta(days=1))
        clock.set_by(days=-1)
        daemon.tick()
        wait_for(lambda: all(job.next_run_time < chosen[job.id] + HOUR * 2 for job in daemon._scheduler.get_jobs()))
        daemon.stop()


def test_a_wish_that_is_answered_while_others_are_looked_up_is_not_granted_twice(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    granting = Granting(house.store.wishes)
    number = house.store.wishes.ask(["a"], force=False, now=clock.now)
    (wish,) = granting.fresh()
    granting.take_up(wish, ["a"], ())
    visit = Visit(source="a", at=clock.now, outcome=Outcome.NEW, next_visit=None, why="")
    granting.hear(visit)
    granting.settled([visit])
    real = Wishes.unanswered

    def meanwhile(wishes: Wishes) -> tuple[Wish, ...]:
        found = real(wishes)
        granting.answer()
        return found

    monkeypatch.setattr(Wishes, "unanswered", meanwhile)

    assert granting.fresh() == ()
    assert house.store.wishes.answer(number) is not None


def test_a_wish_over_which_we_fail_is_refused_and_keeps_nobody_from_their_turn(
    house: House, daemon: Daemon, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    """It was met again at every tick, before those that were due, also after a restart."""
    number = house.store.wishes.ask(["b"], force=False, now=clock.now)
    with monkeypatch.context() as broken:
        broken.setattr(Polling, "choose", lambda *_, **__: 1 / 0)
        once(daemon)

    assert house.store.wishes.answer(number) == Answer(fault="an error of ours: see the log")
    assert origin.asked() == ["/a"]
    assert daemon.is_well()


def test_an_answer_that_could_not_be_remembered_is_given_at_the_next_turn(
    house: House, daemon: Daemon, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def full(*_: object) -> None:
        raise StoreError("mediafeed.db: disk full")

    number = house.store.wishes.ask(["a"], force=False, now=clock.now)
    with monkeypatch.context() as broken:
        broken.setattr(Wishes, "answered", full)
        once(daemon)
    told = [record.msg for record in caplog.records if record.levelno >= logging.ERROR]
    once(daemon)

    assert set(told) == {"not answered"}
    assert house.store.wishes.answer(number) is not None


def test_news_that_come_while_nothing_more_seems_wanted_are_looked_at_at_once(clock: Clock):
    """Between the question to the store and the rest, `look_now` was overwritten: five minutes."""
    looks = []

    class Asker:
        def errands(self) -> Sequence[Errand]:
            looks.append(clock.now)
            if len(looks) == 1:
                job.look_now()
            return []

    job = Listener(lambda: [Asker()], Clocks(clock, steady(clock)), threading.Event())
    for _ in range(3):
        job.listen()
        clock.move(seconds=1)

    assert len(looks) == 2


def test_the_rest_of_a_host_that_asked_to_wait_is_visited_when_that_is_over(
    tmp_path: Path, origin: Origin, clock: Clock
):
    """Who only waited in its lane counted as asked, and came up to an hour late."""
    local = origin.url.replace("127.0.0.1", "localhost")  # one host: one visit at a time
    origin.fail("/a", "429 Too Many Requests", "Retry-After: 600")
    origin.serve("/b", feed(item(2)))
    sources = (Source(id="a", url=local + "/a"), Source(id="b", url=local + "/b"))
    with assembled_at(clock, hourly(tmp_path, origin, *sources)) as house:
        house.store.schedule.plan({"a": clock.now, "b": clock.now})
        daemon = Daemon(house.mediafeed, steady=steady(clock))
        once(daemon)
        before = origin.asked()
        waits_until = clock.now + timedelta(seconds=600)
        walk(daemon, clock, minutes=12)
        daemon.stop()

        (moment,) = visited(house, "b")
        assert before == ["/a"]
        assert timedelta(0) <= moment - waits_until <= timedelta(seconds=60)


def test_a_visit_whose_news_waited_for_a_publishing_makes_the_next_one_no_later(
    house: House, daemon: Daemon, clock: Clock
):
    """The minimum was counted from when its news were stored, and the next visit put off behind all others."""
    with house.mediafeed.gate.alone():
        daemon.tick()
        wait_for(lambda: "a" in house.mediafeed.gate._taken)  # it has its answer, and waits
        clock.move(minutes=50)
    daemon.wait()
    planned = dict(house.store.schedule.planned())["a"]
    walk(daemon, clock, minutes=80)

    (_, second) = visited(house, "a")
    assert timedelta(0) <= second - planned <= timedelta(seconds=60)


def test_a_source_that_could_not_be_remembered_is_due_again_though_the_clock_was_set_back(
    tmp_path: Path, origin: Origin, monkeypatch: pytest.MonkeyPatch
):
    """It rested by the wall clock: for as long as that had been set back, nobody asked it."""

    def full(*_: object, **__: object) -> None:
        raise StoreError("disk full")

    clock = SetClock()
    url = origin.serve("/a", feed(item(1)), 'ETag: "1"')
    with assembled_at(clock, hourly(tmp_path, origin, Source(id="a", url=url))) as house:
        daemon = Daemon(house.mediafeed, steady=lambda: clock.steady)
        with monkeypatch.context() as broken:
            broken.setattr(Store, "note_visit", full)
            once(daemon)
        clock.set_by(days=-30)
        walk(daemon, clock, minutes=62)
        daemon.stop()

    assert origin.asked() == ["/a", "/a"]


def test_a_visit_that_could_not_be_remembered_is_noted_while_others_are_looked_through(
    house: House, daemon: Daemon, clock: Clock
):
    """Visiting threads write down there what the tick walks through."""
    resting = daemon._sending._resting
    stop, failures = threading.Event(), []

    def look() -> None:
        while not stop.is_set():
            try:
                daemon._sending.look(clock.now)
            except RuntimeError as error:
                failures.append(error)

    looking = threading.Thread(target=look)
    looking.start()
    for n in range(3_000):
        daemon._sending._hear(
            Visit(source=f"x{n}", at=clock.now, outcome=Outcome.FAILED, next_visit=None, why="",
                  kind=FailureKind.INTERNAL)
        )  # fmt: skip
    stop.set()
    looking.join(60)

    assert not failures
    assert len(resting) == 3_000
