from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mediafeed.model.source import Failed, FailureKind, Fetched, Freshness, NotModified, Validators
from mediafeed.refresh.pacing import Habits, Pace, next_visit

NOON = datetime(2022, 9, 21, 12, tzinfo=UTC)
HOURLY = Habits(every=timedelta(hours=1), minimum=timedelta(hours=1))
OK = Fetched(
    url="https://a.example/feed",
    body=b"",
    content_type="",
    validators=Validators('"1"'),
    freshness=Freshness(),
    at=NOON,
    elapsed=0.1,
)
BROKEN = Failed(kind=FailureKind.SERVER, detail="", at=NOON, status=500)


def hours(pace: Pace) -> float:
    assert pace.when is not None
    return (pace.when - NOON) / timedelta(hours=1)


def test_a_source_is_visited_once_an_hour():
    pace = next_visit(OK, HOURLY, failures=0)

    assert hours(pace) == 1
    assert pace.why == "every 1 h"


def test_a_server_that_wants_longer_is_left_alone_longer():
    asked = replace(OK, freshness=Freshness(4 * 3600, "max-age"))

    pace = next_visit(asked, HOURLY, failures=0)

    assert hours(pace) == 4
    assert pace.why == "the server asks for 4 h by max-age"


def test_a_server_that_wants_shorter_is_not_visited_sooner():
    assert hours(next_visit(replace(OK, freshness=Freshness(60, "max-age")), HOURLY, failures=0)) == 1


def test_a_server_that_wants_for_ever_is_visited_after_a_day():
    assert hours(next_visit(replace(OK, freshness=Freshness(10**9, "max-age")), HOURLY, failures=0)) == 24


def test_a_server_without_validators_is_visited_once_a_day():
    assert hours(next_visit(replace(OK, validators=Validators()), HOURLY, failures=0)) == 24


def test_a_304_is_paced_like_a_200():
    same = NotModified(url=OK.url, validators=OK.validators, freshness=Freshness(), at=NOON, elapsed=0.1)

    assert hours(next_visit(same, HOURLY, failures=0)) == 1


@pytest.mark.parametrize(("failures", "expected"), [(1, 1), (2, 2), (3, 4), (5, 16), (6, 24), (1000, 24)])
def test_failures_in_a_row_double_the_time_up_to_a_day(failures, expected):
    pace = next_visit(BROKEN, HOURLY, failures=failures)

    assert hours(pace) == expected
    assert "failure in a row" in pace.why


@pytest.mark.parametrize("kind", [FailureKind.BLOCKED, FailureKind.MISSING])
def test_a_site_that_says_no_is_asked_once_a_day(kind):
    assert hours(next_visit(replace(BROKEN, kind=kind), HOURLY, failures=1)) == 24


def test_what_is_gone_is_never_visited_again_by_itself():
    pace = next_visit(replace(BROKEN, kind=FailureKind.GONE), HOURLY, failures=1)

    assert pace.when is None


def test_retry_after_is_heeded_up_to_a_week():
    busy = replace(BROKEN, kind=FailureKind.BUSY, retry_after=NOON + timedelta(hours=7))
    for_ever = replace(busy, retry_after=NOON + timedelta(days=400))

    assert hours(next_visit(busy, HOURLY, failures=1)) == 7
    assert hours(next_visit(for_ever, HOURLY, failures=1)) == 7 * 24


def test_retry_after_below_the_minimum_does_not_bring_us_back_sooner():
    busy = replace(BROKEN, kind=FailureKind.BUSY, retry_after=NOON + timedelta(seconds=5))

    assert hours(next_visit(busy, HOURLY, failures=1)) == 1


def test_jitter_makes_a_visit_later_and_never_earlier():
    assert hours(next_visit(OK, HOURLY, failures=0, spread=1.0)) == pytest.approx(1.1)
    assert hours(next_visit(OK, HOURLY, failures=0, spread=-5.0)) == 1


def test_a_lowered_minimum_scales_every_time_with_it():
    habits = Habits(every=timedelta(hours=1), minimum=timedelta(seconds=36))

    assert hours(next_visit(OK, habits, failures=0)) * 3600 == pytest.approx(36)
    assert hours(next_visit(BROKEN, habits, failures=2)) * 3600 == pytest.approx(72)


def test_no_minimum_at_all_means_at_once():
    habits = Habits(every=timedelta(hours=1), minimum=timedelta(0))

    assert next_visit(OK, habits, failures=0).when == NOON
    assert next_visit(BROKEN, habits, failures=9).when == NOON
