"""Decisions about hubs, by values alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mediafeed.model.source import Failed, FailureKind
from mediafeed.model.terms import Habits
from mediafeed.model.websub import Subscription
from mediafeed.refresh.asking import UNHURRIED
from mediafeed.refresh.subscribing import after_visit, asked, confirmed, denied, in_short, is_over, lease_of, refused

NOON = datetime(2022, 9, 21, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HURRIED = Habits(every=HOUR, minimum=timedelta(seconds=3))
ONE = Subscription(
    token="t",
    secret="s",
    callback="https://ours.example/websub/t",
    source="straits",
    hub="https://hub.example/",
    topic="https://straits.example/feed",
    due=NOON,
    asked=NOON,
)


@pytest.mark.parametrize(
    ("said", "lease"),
    [
        ("864000", 10 * DAY),
        ("86400", DAY),
        ("99999999999999", 10 * DAY),
        ("", 10 * DAY),
        ("-5", 10 * DAY),
        ("²", 10 * DAY),
    ],
)
def test_a_lease_that_cannot_be_read_is_taken_for_the_one_that_was_asked_for(said: str, lease: timedelta):
    assert confirmed(ONE, said, NOON, 0.0, UNHURRIED).until == NOON + lease


@pytest.mark.parametrize("spread", [0.0, 0.5, 1.0])
def test_renewals_are_spread_and_leave_two_fifths_of_the_lease_for_a_hub_that_is_down(spread: float):
    due = confirmed(ONE, "864000", NOON, spread, UNHURRIED).due

    assert 5 * DAY <= due - NOON <= 6 * DAY


@pytest.mark.parametrize("spread", [0.0, 0.5, 1.0])
@pytest.mark.parametrize(
    ("habits", "often", "leases"),
    [(UNHURRIED, HOUR, (3960, 5000, 7200, 86_400)), (HURRIED, timedelta(seconds=3), (4, 5, 6, 60, 864_000))],
)
def test_a_lease_that_is_kept_up_is_renewed_before_its_end_and_no_hub_asked_more_often_than_a_source(
    habits: Habits, often: timedelta, leases: tuple[int, ...], spread: float
):
    for lease in leases:
        one = confirmed(ONE, str(lease), NOON, spread, habits)

        assert one.until is not None
        assert NOON + often <= one.due <= one.until - often / 10
        assert not one.trouble


@pytest.mark.parametrize(("habits", "lease", "wait"), [(UNHURRIED, 3959, DAY), (HURRIED, 3, timedelta(seconds=72))])
def test_a_lease_that_would_be_over_before_the_hub_may_be_asked_is_not_kept_up(
    habits: Habits, lease: int, wait: timedelta
):
    one = confirmed(ONE, str(lease), NOON, 0.0, habits)

    assert one.due == NOON + wait
    assert one.trouble.endswith("is too short to be kept up")


def test_a_lowered_minimum_shortens_the_waits_for_a_hub():
    broken = Failed(kind=FailureKind.SERVER, detail="500", at=NOON)
    away = Failed(kind=FailureKind.MISSING, detail="404", at=NOON)
    first = asked(ONE, NOON, HURRIED)
    second = asked(first, NOON, HURRIED)

    assert [one.due - NOON for one in (first, second)] == [timedelta(seconds=3), timedelta(seconds=6)]
    assert refused(first, broken, NOON, HURRIED).due == first.due
    assert refused(first, away, NOON, HURRIED).due - NOON == timedelta(seconds=3 * 24 * 7)
    assert denied(ONE, "", NOON, HURRIED).due - NOON == timedelta(seconds=3 * 24 * 30)


def test_a_wish_to_be_left_alone_is_heeded():
    busy = Failed(kind=FailureKind.BUSY, detail="503", at=NOON, retry_after=NOON + 3 * DAY)

    assert refused(ONE, busy, NOON, UNHURRIED).due == NOON + 3 * DAY


def test_what_is_not_wanted_is_over_when_its_lease_is():
    leaving = replace(ONE, wanted=False, until=NOON)

    assert is_over(leaving, NOON)
    assert not is_over(leaving, NOON - HOUR)
    assert not is_over(replace(ONE, until=NOON), NOON)


def test_only_a_promise_that_was_kept_counts():
    live = replace(ONE, until=NOON + DAY, last_push=NOON)
    kept, broken = after_visit(live, NOON - HOUR, new=True), after_visit(live, NOON + HOUR, new=True)

    assert lease_of(live, NOON) is None
    assert lease_of(kept, NOON) is not None
    assert lease_of(kept, NOON + DAY) is None
    assert lease_of(after_visit(kept, NOON + HOUR, new=False), NOON) is not None
    assert lease_of(broken, NOON) is None


def test_neither_callback_nor_secret_is_ever_shown():
    shown = repr(replace(ONE, secret="hush", callback="https://ours.example/websub/hush"))

    assert "hush" not in shown


def test_how_it_stands_is_told_in_a_line():
    live = replace(ONE, until=NOON + DAY, pushes=3, ignored=1)

    assert in_short(live, NOON) == "hub.example: lease until 2022-09-22 12:00 UTC; 3 pushed, 1 ignored"
    assert in_short(ONE, NOON) == "hub.example: not asked yet"
