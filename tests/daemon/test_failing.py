"""What the log tells of sources without -v: when one begins to fail, and when it is well again."""

import pytest

from mediafeed.daemon import Daemon
from tests.daemon.conftest import once, steady
from tests.refresh.origin import Clock, House, Origin, feed, item


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture):
    """Give the lines of the default level that tell of sources, with their facts."""

    def lines() -> list[tuple[object, ...]]:
        names = ("source", "reason", "detail", "failed_for")
        return [
            (record.getMessage(), *(vars(record)[name] for name in names if name in vars(record)))
            for record in caplog.records
            if record.levelname == "WARNING" and "source" in vars(record)
        ]

    return lines


FAILS = ("source fails", "a", "server error", "500 Internal Server Error")


def poll(daemon: Daemon, house: House, clock: Clock) -> None:
    """Visit "a" when its time comes."""
    clock.now = max(clock.now, dict(house.store.schedule.planned()).get("a", clock.now))
    once(daemon)


def test_a_source_that_begins_to_fail_is_one_line_and_one_when_it_is_well_again(
    house: House, daemon: Daemon, origin: Origin, clock: Clock, told
):
    poll(daemon, house, clock)
    origin.fail("/a", "500 Internal Server Error")
    for _ in range(3):
        poll(daemon, house, clock)
    failing = told()
    origin.serve("/a", feed(item(1), item(3)))
    for _ in range(2):
        poll(daemon, house, clock)

    assert failing == [FAILS]
    assert told()[1:] == [("source well again", "a", told()[1][2])]
    assert str(told()[1][2]).endswith(" h")


def test_a_source_that_fails_at_its_first_visit_begins_to(house: House, daemon: Daemon, origin: Origin, told):
    origin.fail("/a", "500 Internal Server Error")

    once(daemon)

    assert told() == [FAILS]


def test_who_failed_before_the_start_is_not_told_of_again(house: House, origin: Origin, clock: Clock, told, caplog):
    origin.fail("/a", "500 Internal Server Error")
    first = Daemon(house.mediafeed, steady=steady(clock))
    poll(first, house, clock)
    first._sending.close()
    caplog.clear()
    second = Daemon(house.mediafeed, steady=steady(clock))
    poll(second, house, clock)
    failing = told()
    origin.serve("/a", feed(item(1)))
    poll(second, house, clock)
    second.stop()

    assert failing == []
    assert [words for words, *_ in told()] == ["source well again"]


def test_what_needs_the_operator_is_one_line_and_not_two(house: House, daemon: Daemon, origin: Origin, told):
    origin.fail("/a", "410 Gone")

    once(daemon)

    assert [words for words, *_ in told()] == ["operator needed"]
