from dataclasses import replace
from datetime import timedelta

import pytest

from mediafeed.errors import UsageError
from mediafeed.model.parsed import Element
from mediafeed.model.source import Outcome, Source, Validators
from tests.store.conftest import due
from tests.store.samples import GEO, HOUR, NOW, RUSI, take, take_in, visit


def test_sources_come_back_as_they_were_configured(store):
    assert store.sources() == (RUSI, GEO)


def test_a_source_that_config_no_longer_names_stays_but_is_not_due(store):
    store.register([GEO])

    assert store.sources() == (GEO, RUSI)
    assert [(one.id, one.configured) for one in store.states()] == [("geo", True), ("rusi", False)]
    assert due(store, NOW) == ("geo",)


def test_registering_again_forgets_nothing_of_a_source_that_asks_at_the_same_address(store):
    store.note_visit(visit(), validators=Validators('W/"1"', None), body_hash="b", head_hash="h", reader="1")
    before = store.state("rusi")

    store.register([replace(RUSI, title="Another title", tags=("uk",)), GEO])

    assert store.state("rusi") == before
    assert store.sources()[0].tags == ("uk",)


def test_another_address_drops_what_belongs_to_the_old_one_and_is_due_at_once(store):
    store.remember_address("rusi", "https://host.example/1.xml", "link rel=alternate")
    store.note_visit(
        visit(outcome=Outcome.FAILED), validators=Validators("1"), body_hash="b", head_hash="h", stopped=True
    )

    store.register([replace(RUSI, url="https://rusi.example/new"), GEO])

    state = store.state("rusi")
    assert (state.address, state.found_by, state.validators) == (None, "", Validators())
    assert (state.body_hash, state.head_hash, state.failures, state.stopped) == ("", "", 0, False)
    assert "rusi" in due(store, NOW)


def test_a_source_that_comes_back_into_config_is_asked_again_though_it_was_stopped(store):
    store.note_visit(visit(outcome=Outcome.FAILED), stopped=True)
    store.register([GEO])

    store.register([RUSI, GEO])

    assert not store.state("rusi").stopped
    assert due(store, NOW) == ("rusi", "geo")


def test_only_sources_whose_time_has_come_are_due_the_longest_waiting_first(store):
    third = Source(id="third", url="https://third.example/")
    store.register([RUSI, GEO, third])
    store.note_visit(visit("rusi", NOW))
    store.note_visit(visit("geo", NOW - HOUR))
    store.note_visit(visit("third", NOW + HOUR))

    assert due(store, NOW - timedelta(seconds=1)) == ()
    assert due(store, NOW) == ("geo",)
    assert due(store, NOW + HOUR) == ("geo", "rusi")
    assert due(store, NOW + HOUR)[:1] == ("geo",)


def test_a_visit_without_a_next_one_stops_the_source_until_a_visit_by_hand_succeeds(store):
    store.note_visit(replace(visit(outcome=Outcome.FAILED), next_visit=None, why="gone"))
    stopped = store.state("rusi")
    store.note_visit(visit(at=NOW + HOUR))

    assert stopped.stopped
    assert stopped.next_visit is None
    assert not store.state("rusi").stopped


def test_failures_count_up_and_a_success_starts_over(store):
    store.note_visit(visit(at=NOW))
    store.note_visit(visit(at=NOW + HOUR, outcome=Outcome.FAILED))
    store.note_visit(visit(at=NOW + 2 * HOUR, outcome=Outcome.FAILED))
    failing = store.state("rusi")
    store.note_visit(visit(at=NOW + 3 * HOUR, outcome=Outcome.NOT_MODIFIED))
    well = store.state("rusi")

    assert (failing.failures, failing.failing_since, failing.last_success) == (2, NOW + HOUR, NOW)
    assert (well.failures, well.failing_since, well.last_success) == (0, None, NOW + 3 * HOUR)


def test_a_wish_to_be_left_alone_outlives_failures_that_say_nothing_and_ends_with_a_success(store):
    wish = NOW + 5 * HOUR
    store.note_visit(visit(outcome=Outcome.FAILED), retry_after=wish)
    store.note_visit(visit(outcome=Outcome.FAILED))
    still = store.state("rusi").retry_after
    store.note_visit(visit())

    assert still == wish
    assert store.state("rusi").retry_after is None


def test_what_a_visit_does_not_name_stays_as_held(store):
    etag = Validators('"á"', "Wed, 21 Sep 2022 00:00:00 GMT")
    store.note_visit(visit(), validators=etag, body_hash="b", head_hash="h", reader="1")

    store.note_visit(visit(outcome=Outcome.FAILED))

    state = store.state("rusi")
    assert (state.validators, state.body_hash, state.head_hash, state.reader) == (etag, "b", "h", "1")


def test_validators_can_be_taken_away(store):
    store.note_visit(visit(), validators=Validators("1", "2"))

    store.note_visit(visit(), validators=Validators())

    assert store.state("rusi").validators == Validators()


def test_finding_a_feed_elsewhere_drops_validators_and_finding_it_again_does_not(store):
    store.remember_address("rusi", "https://host.example/1.xml", "a link")
    store.note_visit(visit(), validators=Validators("1"), body_hash="b", head_hash="h")
    store.remember_address("rusi", "https://host.example/1.xml", "another link")
    same = store.state("rusi")
    store.remember_address("rusi", "https://host.example/2.xml", "a redirect")
    other = store.state("rusi")

    assert (same.validators, same.body_hash, same.found_by) == (Validators("1"), "b", "another link")
    assert (other.validators, other.body_hash, other.head_hash) == (Validators(), "", "")
    assert other.address == "https://host.example/2.xml"


def test_the_last_hundred_visits_are_kept_and_the_newest_comes_first(store):
    for hours in range(130):
        store.note_visit(visit(at=NOW + hours * HOUR))

    kept = store.visits("rusi", limit=1000)

    assert len(kept) == 100
    assert kept[0] == store.state("rusi").last_visit == visit(at=NOW + 129 * HOUR)
    assert store.visits("rusi", limit=2) == kept[:2]


def test_a_visit_comes_back_with_everything_it_says(store):
    said = replace(
        visit(outcome=Outcome.FAILED), detail="item \ud800", status=503, elapsed=1.25, length=7, new=1, flags=("a",)
    )

    store.note_visit(said)

    assert store.visits("rusi") == (replace(said, detail="item \ufffd"),)


def test_a_source_nobody_registered_is_named(store):
    with pytest.raises(UsageError, match="no source 'nobody'"):
        store.state("nobody")
    with pytest.raises(UsageError, match="no source 'nobody'"):
        store.note_visit(visit("nobody"))
    with pytest.raises(UsageError, match="no source 'nobody'"):
        store.remember_address("nobody", None, "")
    with pytest.raises(UsageError, match="no source 'nobody'"):
        take(store, take_in(1, source="nobody"))


def test_a_state_counts_the_episodes_a_source_tells_of(store):
    take(store, take_in(1, 2, 3))

    assert store.state("rusi").episodes == 3
    assert [one.episodes for one in store.states()] == [3, 0]


def test_a_head_is_held_as_said_until_another_is_heard(store):
    nothing = store.head("rusi")
    take(store, take_in(1))
    take(store, replace(take_in(1), head=None))

    assert nothing is None
    assert store.head("rusi") == (Element("title", "Global Security Briefing"),)
    assert store.head("nobody") is None
