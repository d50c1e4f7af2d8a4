from dataclasses import replace
from datetime import timedelta

from mediafeed.model.source import Call, Outcome, Visit
from mediafeed.model.terms import NO_TERMS, Freshness, Terms
from tests.store.conftest import due
from tests.store.samples import GEO, HOUR, NOW, RUSI, take, take_in, visit


def test_who_was_never_visited_is_due_since_no_time(store):
    assert store.schedule.calls(NOW) == tuple(
        Call(source=source.id, address=None, since=None, apart=False) for source in (RUSI, GEO)
    )


def test_who_is_due_comes_with_since_when_and_where(store):
    store.remember_address("rusi", "https://host.example/1.xml", "a link")
    store.note_visit(visit("rusi", NOW - HOUR))
    store.note_visit(visit("geo", NOW + HOUR))

    calls = store.schedule.calls(NOW + HOUR)

    assert calls == (Call(source="rusi", address="https://host.example/1.xml", since=NOW, apart=False),)


def test_who_failed_or_was_slow_is_visited_apart(store):
    store.note_visit(visit("rusi", NOW, outcome=Outcome.FAILED))
    store.note_visit(visit("geo", NOW), terms=Terms(slow=True))

    assert [call.apart for call in store.schedule.calls(NOW + 2 * HOUR)] == [True, True]


def test_stopped_and_removed_sources_are_called_by_nobody(store):
    store.note_visit(replace(visit("rusi"), next_visit=None))
    store.register([RUSI])

    assert store.schedule.calls(NOW + 99 * HOUR) == ()
    assert store.schedule.planned() == ()


def test_a_plan_puts_visits_elsewhere(store):
    store.schedule.plan({"geo": NOW, "rusi": NOW + HOUR})

    assert dict(store.schedule.planned()) == {"geo": NOW, "rusi": NOW + HOUR}
    assert due(store, NOW) == ("geo",)


def test_a_clock_that_is_set_moves_what_is_planned_and_asked_for_and_leaves_who_is_new(store):
    wish = NOW + 5 * HOUR
    store.note_visit(visit("rusi", NOW, outcome=Outcome.FAILED), retry_after=wish, terms=Terms(waits_at="x.example"))

    store.schedule.shift(timedelta(days=-1))

    state = store.state("rusi")
    assert (state.next_visit, state.retry_after) == (NOW + HOUR - timedelta(days=1), wish - timedelta(days=1))
    assert store.state("geo").next_visit is None


def test_a_host_waits_as_long_as_the_longest_wish_of_its_sources(store):
    for source, hours in (("rusi", 2), ("geo", 5)):
        store.note_visit(
            visit(source, outcome=Outcome.FAILED), retry_after=NOW + hours * HOUR, terms=Terms(waits_at="x.example")
        )

    assert store.schedule.waiting(NOW) == {"x.example": NOW + 5 * HOUR}
    assert store.schedule.waiting(NOW + 5 * HOUR) == {}
    assert store.schedule.waiting(NOW - timedelta(days=30)) == {}  # a wish of a clock that stood elsewhere


def test_terms_are_remembered_and_dropped_with_the_address(store):
    said = Terms(freshness=Freshness(60, "max-age=60"), whole_asked=NOW, in_part=2)
    store.note_visit(visit("rusi"), terms=said)
    store.note_visit(visit("rusi"))
    held = store.state("rusi").terms
    store.register([replace(RUSI, url="https://elsewhere.example/"), GEO])

    assert held == said
    assert store.state("rusi").terms == NO_TERMS


def test_a_source_that_moved_where_it_led_keeps_what_is_held(store):
    store.note_visit(visit("rusi"), body_hash="b", head_hash="h")

    store.remember_address("rusi", "https://new.example/", "moved", same=True)

    state = store.state("rusi")
    assert (state.address, state.body_hash, state.head_hash) == ("https://new.example/", "b", "h")


def test_releases_are_the_latest_episodes_of_a_source(store):
    take(store, take_in(1, 2, 3))

    releases = store.schedule.releases("rusi", 2)

    assert len(releases) == 2
    assert releases[0][0] > releases[1][0]
    assert store.schedule.releases("geo", 2) == ()


def test_old_visits_are_forgotten_a_few_at_a_time_and_the_last_one_of_a_source_never(store):
    for days in range(10):
        at = NOW + timedelta(days=days)
        store.note_visit(Visit(source="rusi", at=at, outcome=Outcome.UNCHANGED, next_visit=at, why=""))
    store.note_visit(Visit(source="geo", at=NOW, outcome=Outcome.UNCHANGED, next_visit=NOW, why=""))

    bites = [store.schedule.forget_visits(NOW + timedelta(days=7), most=4) for _ in range(3)]

    assert bites == [4, 3, 0]
    assert [visit.at for visit in store.visits("rusi")] == [NOW + timedelta(days=days) for days in (9, 8, 7)]
    assert [visit.at for visit in store.visits("geo")] == [NOW]
    assert store.state("rusi").last_visit.at == NOW + timedelta(days=9)
