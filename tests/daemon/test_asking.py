"""What the web server asks of the daemon, and what it counts of its work."""

import pytest

from mediafeed.daemon import Daemon
from mediafeed.errors import UsageError
from mediafeed.serve.metrics import Counts
from tests.daemon.conftest import once, steady
from tests.refresh.origin import Clock, House, Origin


def test_who_is_asked_for_is_visited_at_the_next_tick_and_nobody_too_early(
    house: House, daemon: Daemon, origin: Origin, clock: Clock
):
    once(daemon)  # the first is visited, the other one is to be later
    clock.move(minutes=5)
    soon = daemon.ask(["a", "b"])
    once(daemon)
    clock.move(minutes=5)
    again = daemon.ask(["b"])
    once(daemon)

    assert ([source.id for source in soon.sources], [source for source, _ in soon.skipped]) == (["b"], ["a"])
    assert ([source.id for source in again.sources], [source for source, _ in again.skipped]) == ([], ["b"])
    assert sorted(origin.asked()) == ["/a", "/b"]


def test_a_source_that_is_not_there_is_said_so(daemon: Daemon, house: House):
    with pytest.raises(UsageError, match="did you mean"):
        daemon.ask(["aa"])
    assert house.store.wishes.count() == 0


def test_visits_are_counted_as_what_they_came_to_in_the_end(house: House, clock: Clock, origin: Origin):
    counts = Counts()
    daemon = Daemon(house.mediafeed, steady=steady(clock), counts=counts)
    once(daemon)
    for _ in range(3):
        clock.move(days=1)
        once(daemon)
    daemon.stop()

    said = {
        (sample.name, *sample.labels.values()): sample.value for metric in counts.collect() for sample in metric.samples
    }
    assert said["mediafeed_visits_total", "new"] == 2
    assert said["mediafeed_visits_total", "failed"] == 0
    visits = sum(count for key, count in said.items() if key[0] == "mediafeed_visits_total")
    assert visits == said["mediafeed_visit_seconds_count",] == len(origin.asked()) > 2
    assert said["mediafeed_publish_seconds_count",] >= 1
