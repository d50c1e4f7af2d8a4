import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from threading import Event, Lock

import pytest

from mediafeed.errors import StoreError
from mediafeed.model.source import FailureKind, Outcome, Source, Visit
from mediafeed.refresh.batch import AT_ONCE, BRISK, Lane, Visiting, visit_all

NOON = datetime(2022, 9, 21, 12, tzinfo=UTC)
A = Source(id="a", url="https://x.example/a")
B = Source(id="b", url="https://x.example/b")
C = Source(id="c", url="https://y.example/c")
TWO_HOSTS = (("x", A), ("x", B), ("y", C))


def came(source: Source, kind: FailureKind | None = None) -> Visit:
    outcome = Outcome.FAILED if kind else Outcome.UNCHANGED
    return Visit(source=source.id, at=NOON, outcome=outcome, next_visit=NOON, why="", kind=kind)


def visited(
    lanes: Iterable[tuple[Lane, Source]], visit: Callable[[Source], Visit], stop: Event | None = None
) -> dict[str, Visit]:
    told: list[Visit] = []
    visits = visit_all(lanes, visit, on_visit=told.append, clock=lambda: NOON, stop=stop)
    assert sorted(told, key=lambda one: one.source) == sorted(visits, key=lambda one: one.source)
    return {one.source: one for one in visits}


def test_one_lane_is_never_visited_by_two_at_once():
    lock = Lock()

    def visit(source: Source) -> Visit:
        assert lock.acquire(blocking=False)
        time.sleep(0.01)
        lock.release()
        return came(source)

    assert all(one.outcome is Outcome.UNCHANGED for one in visited((("x", A), ("x", B)), visit).values())


def test_a_host_that_asks_to_wait_is_not_asked_again_in_the_same_round():
    visits = visited(TWO_HOSTS, lambda source: came(source, FailureKind.BUSY if source is A else None))

    assert set(visits) == {"a", "c"}


def test_a_host_that_fails_otherwise_is_asked_for_its_other_sources():
    visits = visited(TWO_HOSTS, lambda source: came(source, FailureKind.MISSING if source is A else None))

    assert set(visits) == {"a", "b", "c"}


def test_an_error_over_one_source_is_that_sources_alone():
    def visit(source: Source) -> Visit:
        if source is A:
            raise ZeroDivisionError("a bug")
        if source is C:
            raise StoreError("disk full")
        return came(source)

    visits = visited(TWO_HOSTS, visit)

    assert (visits["a"].kind, visits["a"].detail) == (FailureKind.INTERNAL, "ZeroDivisionError: a bug")
    assert (visits["c"].kind, visits["c"].detail) == (FailureKind.INTERNAL, "disk full")
    assert visits["b"].outcome is Outcome.UNCHANGED


def test_when_it_is_over_the_visit_under_way_ends_and_no_other_begins():
    stop = Event()

    def visit(source: Source) -> Visit:
        stop.set()
        return came(source)

    assert set(visited((("x", A), ("x", B)), visit, stop)) == {"a"}


def many(count: int, name: str) -> list[tuple[Lane, Source]]:
    return [(f"{name}{n}", Source(id=f"{name}{n}", url=f"https://{name}{n}.example/")) for n in range(count)]


class Servers:
    """Sources named "slow…" hang until they are let go; all others answer at once."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.heard: list[str] = []
        self.under_way = 0
        self.most = 0
        self._lock = Lock()
        self.visiting = Visiting(self._visit, on_visit=lambda one: self.heard.append(one.source), clock=lambda: NOON)

    def _visit(self, source: Source) -> Visit:
        with self._lock:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
        if source.id.startswith("slow"):
            self.let_go.wait(20)
        with self._lock:
            self.under_way -= 1
        return came(source)

    def wait_for(self, heard: int) -> None:
        until = time.monotonic() + 15
        while len(self.heard) < heard:
            assert time.monotonic() < until, f"{len(self.heard)} of {heard}"
            time.sleep(0.01)

    def close(self) -> None:
        self.let_go.set()
        self.visiting.wait()
        self.visiting.close()


def test_servers_that_never_answer_take_no_place_from_those_that_do():
    servers = Servers()
    slow = many(3 * AT_ONCE, "slow")

    servers.visiting.add(slow, {source.id: True for _, source in slow})
    servers.visiting.add(many(100, "brisk"))
    servers.wait_for(100)
    servers.close()

    assert servers.most <= AT_ONCE
    assert len(servers.heard) == 100 + len(slow)


def test_who_dawdles_for_the_first_time_gives_its_place_to_another():
    servers = Servers()

    servers.visiting.add(many(BRISK, "slow") + many(10, "brisk"))
    servers.wait_for(10)
    hung = [name for name in servers.heard if name.startswith("slow")]
    servers.close()

    assert not hung


def test_a_source_that_waits_or_is_under_way_is_not_taken_twice():
    servers = Servers()

    first = servers.visiting.add(many(2, "slow"))
    again = servers.visiting.add(many(3, "slow"))
    servers.close()

    assert (first, again) == (2, 1)
    assert sorted(servers.heard) == ["slow0", "slow1", "slow2"]


def test_a_system_that_gives_no_thread_costs_no_visit_for_good(monkeypatch: pytest.MonkeyPatch):
    """A thread that never ran counted as one of those that visit, and could not be waited for in the end."""

    def refused(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    told: list[Visit] = []
    visiting = Visiting(came, on_visit=told.append, clock=lambda: NOON)
    with monkeypatch.context() as full:
        full.setattr(threading.Thread, "start", refused)
        visiting.add(TWO_HOSTS)
    before = len(told)
    visiting.add(())  # as every tick does
    visiting.wait()
    visiting.close()

    assert (before, {one.source for one in told}) == (0, {"a", "b", "c"})
