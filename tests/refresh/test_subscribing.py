"""Decisions about hubs, by values alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mediafeed.model.source import Failed, FailureKind
from mediafeed.model.websub import Subscription
from mediafeed.refresh.subscribing import after_visit, confirmed, in_short, is_over, lease_of, refused

NOON = datetime(2022, 9, 21, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
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
    assert confirmed(ONE, said, NOON, 0.0).until == NOON + lease


@pytest.mark.parametrize("spread", [0.0, 0.5, 1.0])
def test_renewals_are_spread_and_leave_two_fifths_of_the_lease_for_a_hub_that_is_down(spread: float):
    due = confirmed(ONE, "864000", NOON, spread).due

    assert 5 * DAY <= due - NOON <= 6 * DAY


def test_a_wish_to_be_left_alone_is_heeded():
    busy = Failed(kind=FailureKind.BUSY, detail="503", at=NOON, retry_after=NOON + 3 * DAY)

    assert refused(ONE, busy, NOON).due == NOON + 3 * DAY


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
