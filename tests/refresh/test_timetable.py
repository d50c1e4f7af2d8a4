from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mediafeed.refresh.timetable import Timetable, gap_for

NOON = datetime(2022, 9, 21, 12, tzinfo=UTC)
GAP = timedelta(seconds=60)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_a_free_moment_is_given_as_it_is_asked_for():
    assert Timetable(GAP, lambda: [("a", at(0))]).claim("b", at(60)) == at(60)


def test_a_moment_too_near_to_another_is_put_off_and_never_brought_forward():
    timetable = Timetable(GAP, lambda: [("a", at(0)), ("b", at(70))])

    assert timetable.claim("c", at(-30)) == at(130)
    assert timetable.claim("d", at(-60)) == at(-60)


def test_a_source_is_not_in_its_own_way():
    timetable = Timetable(GAP, lambda: [("a", at(0))])

    assert timetable.claim("a", at(10)) == at(10)


def test_many_who_were_missed_are_spread_around_those_that_are_planned():
    timetable = Timetable(GAP, lambda: [("planned", at(90)), ("a", at(-999))])

    given_ = timetable.claim_all(["a", "b", "c"], NOON)

    assert given_ == {"a": at(0), "b": at(150), "c": at(210)}


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 4000)), max_size=60))
def test_whoever_claims_what_nobody_comes_early_and_no_two_at_once(claims):
    timetable = Timetable(GAP, list)
    held: dict[str, datetime] = {}

    for source, seconds in claims:
        held[str(source)] = timetable.claim(str(source), at(seconds))
        assert held[str(source)] >= at(seconds)

    assert all(after - before >= GAP for before, after in pairwise(sorted(held.values())))


def test_the_gap_leaves_room_for_sources_of_every_interval():
    assert gap_for([timedelta(hours=1)] * 60) == timedelta(minutes=1)
    assert gap_for([timedelta(hours=1), timedelta(hours=2)]) == timedelta(minutes=40)
    assert gap_for([]) == gap_for([timedelta(0)]) == timedelta(0)
