"""What others wish for while the daemon works."""

import threading
from pathlib import Path

import pytest

from mediafeed.daemon import Daemon
from mediafeed.errors import PublishError
from mediafeed.model.source import Outcome, Source
from mediafeed.model.wishes import Answer
from mediafeed.refresh.publishing import Publisher
from tests.daemon.conftest import HOUR, hourly, once, steady
from tests.fetch.conftest import ok
from tests.refresh.origin import Clock, House, Origin, assembled_at, feed, item


def wish(house: House, *sources: str, force: bool = False) -> int:
    return house.store.wishes.ask(sources, force=force, now=house.mediafeed.clock())


def granted(house: House, number: int) -> Answer:
    answer = house.store.wishes.answer(number)
    assert answer is not None
    return answer


def test_whom_somebody_names_is_visited_at_once_published_and_told(house: House, daemon: Daemon, origin: Origin):
    once(daemon)
    number = wish(house, "b")

    daemon.tick()
    daemon.wait()
    before = house.store.wishes.answer(number)
    daemon.publish()

    (visit,) = granted(house, number).visits
    assert before is None
    assert (visit.source, visit.outcome, visit.new) == ("b", Outcome.NEW, 1)
    assert "guid-2" in house.published()
    assert sorted(origin.asked()) == ["/a", "/b"]


def test_who_was_visited_less_than_the_minimum_ago_is_not_visited_unless_forced(
    house: House, daemon: Daemon, origin: Origin, clock: Clock
):
    once(daemon)
    clock.move(minutes=59)
    early, forced = wish(house, "a"), wish(house, "a", force=True)
    once(daemon)
    asked = origin.asked("/a")
    clock.move(seconds=59)
    again = wish(house, "a", force=True)
    once(daemon)

    assert granted(house, early).visits == ()
    assert granted(house, early).skipped[0][1].startswith("visited 5")
    assert [visit.source for visit in granted(house, forced).visits] == ["a"]
    assert granted(house, again).skipped[0][1].startswith("visited 5")
    assert asked == origin.asked("/a") == ["/a", "/a"]


def test_a_visit_that_is_under_way_is_waited_for_and_not_made_again(tmp_path: Path, origin: Origin, clock: Clock):
    asked, go_on = threading.Event(), threading.Event()

    def slowly(_request: bytes) -> bytes:
        asked.set()
        go_on.wait(20)
        return ok(feed(item(1)))

    origin.routes["/a"] = slowly
    with assembled_at(clock, hourly(tmp_path, origin, Source(id="a", url=origin.url + "/a"))) as house:
        daemon = Daemon(house.mediafeed, steady=steady(clock))
        daemon.tick()
        asked.wait(20)
        one, other = wish(house, "a"), wish(house, "a", force=True)
        daemon.tick()
        daemon.tick()
        daemon.publish()
        waiting = house.store.wishes.count()
        go_on.set()
        daemon.wait()
        daemon.publish()
        daemon.stop()

        assert waiting == 2
        assert [visit.new for number in (one, other) for visit in granted(house, number).visits] == [1, 1]
        assert origin.asked() == ["/a"]


def test_without_names_those_that_are_due_are_meant(house: House, daemon: Daemon, clock: Clock):
    once(daemon)
    none = wish(house)
    once(daemon)
    clock.now = dict(house.store.schedule.planned())["b"]
    due = wish(house)
    once(daemon)

    assert granted(house, none) == Answer()
    assert "b" in [visit.source for visit in granted(house, due).visits]


def test_a_source_that_the_daemon_does_not_poll_is_refused(house: House, daemon: Daemon):
    number = wish(house, "a", "c")

    once(daemon)

    assert granted(house, number) == Answer(fault="c: no such source in the config")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PublishError("feeds: No space left on device"), "feeds: No space left on device"),
        (ZeroDivisionError("nobody thought of it"), "the daemon's log says why"),
    ],
)
def test_who_waits_is_told_that_what_came_is_not_published(
    house: House, daemon: Daemon, monkeypatch, error: Exception, told: str
):
    def full(*_: object) -> None:
        raise error

    monkeypatch.setattr(Publisher, "write", full)
    number = wish(house, "a")

    once(daemon)

    assert granted(house, number).unpublished == told
    assert [visit.new for visit in granted(house, number).visits] == [1]
    assert not granted(house, number).fault


def test_who_comes_while_publishing_rests_from_failing_is_visited_and_told_at_once(
    house: House, daemon: Daemon, monkeypatch, clock: Clock, origin: Origin
):
    def full(*_: object) -> None:
        raise PublishError("feeds: No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Publisher, "write", full)
        once(daemon)
        clock.move(minutes=2)
        once(daemon)  # fails for two minutes: it is tried again in two
        clock.move(seconds=1)
        number = wish(house, "a", force=True)
        once(daemon)
        forced = granted(house, number)
        number = wish(house, "a", force=True)
        once(daemon)
        again = granted(house, number)

    assert [visit.source for visit in forced.visits] == ["a"]
    assert again.skipped[0][0] == "a"
    assert {forced.unpublished, again.unpublished} == {"feeds: No space left on device"}
    assert origin.asked("/a") == ["/a", "/a"]


def test_a_wish_does_not_wait_for_the_rest_between_two_publishings(house: House, daemon: Daemon, clock: Clock):
    once(daemon)
    daemon._publishing._rests_until = clock.now + HOUR
    number = wish(house, "b")

    once(daemon)

    assert granted(house, number).visits
    assert "guid-2" in house.published()


def test_the_rest_of_a_host_that_asks_to_wait_is_left_out_and_said_to_be(tmp_path: Path, origin: Origin, clock: Clock):
    local = origin.url.replace("127.0.0.1", "localhost")
    origin.fail("/a", "429 Too Many Requests", "Retry-After: 9000")
    origin.serve("/b", feed(item(2)))
    sources = (Source(id="a", url=local + "/a"), Source(id="b", url=local + "/b"))
    with assembled_at(clock, hourly(tmp_path, origin, *sources)) as house:
        daemon = Daemon(house.mediafeed, steady=steady(clock))
        number = wish(house, "a", "b")
        once(daemon)
        once(daemon)
        daemon.stop()

        assert [(visit.source, visit.outcome) for visit in granted(house, number).visits] == [("a", Outcome.FAILED)]
        assert [source for source, _ in granted(house, number).skipped] == ["b"]
        assert origin.asked() == ["/a"]


def test_a_wish_that_was_not_granted_in_time_is_granted_after_the_next_start(house: House, clock: Clock):
    first = Daemon(house.mediafeed, steady=steady(clock))
    first.stop()
    number = wish(house, "b")
    second = Daemon(house.mediafeed, steady=steady(clock))
    once(second)
    second.stop()

    assert [visit.source for visit in granted(house, number).visits] == ["b"]
