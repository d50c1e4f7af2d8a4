import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event, Lock

from mediafeed.errors import StoreError
from mediafeed.model.source import FailureKind, Outcome, Source, SourceState, Visit
from mediafeed.refresh.batch import by_host, visit_all

NOON = datetime(2022, 9, 21, 12, tzinfo=UTC)
A = Source(id="a", url="https://x.example/a")
B = Source(id="b", url="https://x.example/b")
C = Source(id="c", url="https://y.example/c")


def came(source: Source, kind: FailureKind | None = None) -> Visit:
    outcome = Outcome.FAILED if kind else Outcome.UNCHANGED
    return Visit(source=source.id, at=NOON, outcome=outcome, next_visit=NOON, why="", kind=kind)


def visited(
    groups: tuple[tuple[Source, ...], ...], visit: Callable[[Source], Visit], stop: Event | None = None
) -> dict[str, Visit]:
    told: list[Visit] = []
    visits = visit_all(groups, visit, on_visit=told.append, clock=lambda: NOON, stop=stop)
    assert sorted(told, key=lambda one: one.source) == sorted(visits, key=lambda one: one.source)
    return {one.source: one for one in visits}


def test_sources_of_one_host_are_one_group_and_found_addresses_count():
    find = Source(id="find", find="Words")
    states = {"c": SourceState(id="c", address="https://x.example/c")}

    assert by_host([A, B, C], {}, lambda _: False) == ((A, B), (C,))
    assert by_host([A, B, C, find], states, lambda _: False) == ((A, B, C), (find,))


def test_the_operators_own_hosts_are_visited_side_by_side():
    assert by_host([A, B], {}, lambda host: host == "x.example") == ((A,), (B,))


def test_one_host_is_never_visited_by_two_at_once():
    lock = Lock()

    def visit(source: Source) -> Visit:
        assert lock.acquire(blocking=False)
        time.sleep(0.01)
        lock.release()
        return came(source)

    assert all(one.outcome is Outcome.UNCHANGED for one in visited(((A, B),), visit).values())


def test_a_host_that_asks_to_wait_is_not_asked_again_in_the_same_round():
    visits = visited(((A, B), (C,)), lambda source: came(source, FailureKind.BUSY if source is A else None))

    assert set(visits) == {"a", "c"}


def test_a_host_that_fails_otherwise_is_asked_for_its_other_sources():
    visits = visited(((A, B), (C,)), lambda source: came(source, FailureKind.MISSING if source is A else None))

    assert set(visits) == {"a", "b", "c"}


def test_an_error_over_one_source_is_that_sources_alone():
    def visit(source: Source) -> Visit:
        if source is A:
            raise ZeroDivisionError("a bug")
        if source is C:
            raise StoreError("disk full")
        return came(source)

    visits = visited(((A, B), (C,)), visit)

    assert (visits["a"].kind, visits["a"].detail) == (FailureKind.INTERNAL, "ZeroDivisionError: a bug")
    assert (visits["c"].kind, visits["c"].detail) == (FailureKind.INTERNAL, "disk full")
    assert visits["b"].outcome is Outcome.UNCHANGED


def test_when_it_is_over_the_visit_under_way_ends_and_no_other_begins():
    stop = Event()

    def visit(source: Source) -> Visit:
        stop.set()
        return came(source)

    assert set(visited(((A, B),), visit, stop)) == {"a"}
