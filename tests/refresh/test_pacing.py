from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediafeed.model.source import Failed, FailureKind, Fetched, NotModified, Validators
from mediafeed.model.terms import Freshness, Habits, Rhythm, Terms, Wishes
from mediafeed.refresh.pacing import Pace, next_visit

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


def asking(seconds: int) -> Terms:
    return Terms(freshness=Freshness(seconds, "max-age"))


def test_a_source_is_visited_once_an_hour():
    pace = next_visit(OK, HOURLY, failures=0)

    assert hours(pace) == 1
    assert pace.why == "every 1 h"


def test_a_server_that_wants_longer_is_left_alone_longer():
    pace = next_visit(OK, HOURLY, asking(4 * 3600))

    assert hours(pace) == 4
    assert pace.why == "the server asks for 4 h by max-age"


def test_a_server_that_wants_shorter_is_not_visited_sooner():
    assert hours(next_visit(OK, HOURLY, asking(60))) == 1


def test_a_server_that_wants_for_ever_is_visited_after_a_day():
    assert hours(next_visit(OK, HOURLY, asking(10**9))) == 24


def test_a_trusted_host_that_wants_longer_than_a_day_is_heeded_for_a_month():
    trusted = replace(HOURLY, trusted=True)

    assert hours(next_visit(OK, trusted, asking(5 * 86_400))) == 5 * 24
    assert hours(next_visit(OK, trusted, asking(10**9))) == 30 * 24


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
    assert next_visit(busy, HOURLY, failures=1).why == "asked to wait: first failure in a row"


def test_a_wish_that_is_as_long_as_our_patience_is_told_though_the_visit_took_a_while():
    busy = replace(BROKEN, kind=FailureKind.BUSY, retry_after=NOON + timedelta(seconds=3590))

    pace = next_visit(busy, HOURLY, failures=1)

    assert (hours(pace), pace.why) == (1, "asked to wait: the server asks for 1 h by Retry-After")


@pytest.mark.parametrize(("wish", "wait"), [(1, 24), (30, 30)])
@pytest.mark.parametrize("failures", [1, 2, 9])
def test_who_says_no_and_names_a_sooner_time_is_asked_once_a_day_all_the_same(failures: int, wish: int, wait: int):
    blocked = replace(BROKEN, kind=FailureKind.BLOCKED, retry_after=NOON + timedelta(hours=wish))

    assert hours(next_visit(blocked, HOURLY, failures=failures, failing_since=NOON)) == wait


@pytest.mark.parametrize("kind", [FailureKind.BLOCKED, FailureKind.OTHER_SHOW, FailureKind.TIMEOUT])
def test_a_minimum_of_days_holds_for_sources_that_fail_too(kind: FailureKind):
    habits = Habits(every=timedelta(hours=48), minimum=timedelta(hours=48))

    assert hours(next_visit(replace(BROKEN, kind=kind), habits, failures=1, failing_since=NOON)) == 48


def test_jitter_makes_a_visit_later_and_never_earlier():
    assert hours(next_visit(OK, HOURLY, failures=0, spread=1.0)) == pytest.approx(1.1)
    assert hours(next_visit(OK, HOURLY, failures=0, spread=-5.0)) == 1


def test_a_feed_that_asks_for_longer_by_ttl_is_left_alone_longer_up_to_a_day():
    two = next_visit(OK, HOURLY, Terms(wishes=Wishes(least=7200, said="ttl")))
    for_ever = next_visit(OK, HOURLY, Terms(wishes=Wishes(least=10**6, said="ttl")))

    assert (hours(two), two.why) == (2, "the feed asks for 2 h by ttl")
    assert hours(for_ever) == 24


def test_hours_and_days_that_a_feed_skips_are_skipped():
    afternoon = Terms(wishes=Wishes(skip_hours=tuple(range(12, 18))))
    wednesday = Terms(wishes=Wishes(skip_days=(2,)))

    assert hours(next_visit(OK, HOURLY, afternoon)) == 6  # at 18:00
    assert hours(next_visit(OK, HOURLY, wednesday)) == 12  # Thursday, 0:00
    assert "skip" in next_visit(OK, HOURLY, wednesday).why


def test_a_feed_that_skips_every_hour_or_every_day_is_visited_all_the_same():
    always = Terms(wishes=Wishes(skip_hours=tuple(range(24)), skip_days=tuple(range(7))))

    assert hours(next_visit(OK, HOURLY, always)) == 1


def test_who_comes_after_skipped_hours_does_not_come_in_their_first_second():
    skipping = Terms(wishes=Wishes(skip_hours=(13,)))
    half_past = replace(OK, at=NOON + timedelta(minutes=30))

    assert hours(next_visit(half_past, HOURLY, skipping)) == 2.5


def test_what_was_not_understood_whole_is_asked_for_ever_more_rarely():
    delays = [hours(next_visit(OK, HOURLY, Terms(in_part=n), kept=Validators())) for n in (1, 2, 3, 9)]

    assert delays == [1, 2, 4, 24]


def test_a_site_that_has_said_no_for_a_month_is_asked_once_a_week():
    missing = replace(BROKEN, kind=FailureKind.MISSING)

    pace = next_visit(missing, HOURLY, failures=31, failing_since=NOON - timedelta(days=30))

    assert hours(pace) == 7 * 24
    assert pace.why == "not there since 2022-08-22: once a week; correct or remove it"


def test_a_weekly_show_is_looked_for_on_its_day_and_rarely_before():
    tuesdays = Rhythm(latest=NOON - timedelta(days=1), days=(1,), opens=6 * 3600, closes=16 * 3600)

    wednesday = next_visit(OK, HOURLY, Terms(rhythm=tuesdays))
    on_the_day = next_visit(replace(OK, at=NOON + timedelta(days=6)), HOURLY, Terms(rhythm=tuesdays))

    assert (hours(wednesday), wednesday.why) == (4, "weekly show, next expected Tuesday: every 4 h")
    assert on_the_day.when == NOON + timedelta(days=6, hours=1)
    assert on_the_day.why == "weekly show, expected now: every 1 h"


def test_an_interval_that_the_operator_gave_a_source_is_kept_whatever_its_rhythm():
    tuesdays = Terms(rhythm=Rhythm(latest=NOON - timedelta(days=1), days=(1,)))

    assert hours(next_visit(OK, replace(HOURLY, fixed=True), tuesdays)) == 1


SECONDS = st.integers(min_value=-(10**6), max_value=10**10)
TERMS = st.builds(
    Terms,
    freshness=st.builds(Freshness, st.none() | SECONDS.map(abs), st.just("max-age")),
    wishes=st.builds(
        Wishes,
        least=st.integers(0, 10**7),
        said=st.just("ttl"),
        skip_hours=st.frozensets(st.integers(0, 23)).map(tuple),
        skip_days=st.frozensets(st.integers(0, 6)).map(tuple),
    ),
    in_part=st.integers(0, 50),
    rhythm=st.none()
    | st.builds(
        Rhythm,
        latest=st.integers(-(10**7), 10**6).map(lambda seconds: NOON + timedelta(seconds=seconds)),
        days=st.frozensets(st.integers(0, 6)).map(lambda days: tuple(sorted(days))),
        weeks=st.integers(1, 6),
        opens=st.integers(-7200, 80_000),
        closes=st.integers(80_000, 110_000),
    ),
)
FAILED = st.builds(
    Failed,
    kind=st.sampled_from([kind for kind in FailureKind if kind is not FailureKind.GONE]),
    detail=st.just(""),
    at=st.just(NOON),
    retry_after=st.none() | st.integers(-(10**6), 10**7).map(lambda seconds: NOON + timedelta(seconds=seconds)),
)
RESULTS = st.one_of(
    FAILED,
    st.sampled_from([Validators(), Validators('"1"'), Validators(None, "x")]).map(lambda v: replace(OK, validators=v)),
)


@given(
    result=RESULTS,
    terms=TERMS,
    every=st.integers(60, 2880).map(lambda minutes: timedelta(minutes=minutes)),
    trusted=st.booleans(),
    failures=st.integers(1, 2000),
    spread=st.floats(-1, 2),
)
def test_no_visit_comes_before_the_minimum_nor_after_the_cap_and_each_says_why(
    result, terms, every, trusted, failures, spread
):
    habits = Habits(every=every, minimum=timedelta(hours=1), trusted=trusted)

    pace = next_visit(result, habits, terms, failures=failures, failing_since=NOON, spread=spread)

    longest = timedelta(days=30 if trusted else 7 if isinstance(result, Failed) else 1)
    assert pace.when is not None
    assert NOON + timedelta(hours=1) <= pace.when
    assert pace.when <= NOON + max(longest, every) * 1.1 + timedelta(days=7, hours=1)  # a week of skipped days
    assert pace.why
    assert pace == next_visit(result, habits, terms, failures=failures, failing_since=NOON, spread=spread)


@given(result=RESULTS, terms=TERMS, failures=st.integers(1, 50))
def test_a_server_is_never_asked_before_it_wants_to_be(result, terms, failures):
    pace = next_visit(result, HOURLY, terms, failures=failures, failing_since=NOON)

    assert pace.when is not None
    if isinstance(result, Failed):
        wish = result.retry_after
        assert wish is None or pace.when >= min(wish, NOON + timedelta(days=7))
        return
    assert (pace.when - NOON).total_seconds() >= min(terms.freshness.seconds or 0, 86_400)
    assert (pace.when - NOON).total_seconds() >= min(terms.wishes.least, 86_400)
    hours, days = set(terms.wishes.skip_hours), set(terms.wishes.skip_days)
    assert len(hours) == 24 or pace.when.hour not in hours
    assert len(days) == 7 or pace.when.weekday() not in days


def test_a_lowered_minimum_scales_every_time_with_it():
    habits = Habits(every=timedelta(hours=1), minimum=timedelta(seconds=36))

    assert hours(next_visit(OK, habits, failures=0)) * 3600 == pytest.approx(36)
    assert hours(next_visit(BROKEN, habits, failures=2)) * 3600 == pytest.approx(72)


def test_a_lowered_minimum_leaves_a_servers_own_seconds_as_they_are():
    habits = Habits(every=timedelta(hours=1), minimum=timedelta(seconds=36))  # a hundredth of an hour

    assert hours(next_visit(OK, habits, asking(144))) * 3600 == pytest.approx(144)
    assert hours(next_visit(OK, habits, asking(10**6))) * 3600 == pytest.approx(864)


def test_no_minimum_at_all_means_at_once():
    habits = Habits(every=timedelta(hours=1), minimum=timedelta(0))

    assert next_visit(OK, habits, failures=0).when == NOON
    assert next_visit(BROKEN, habits, failures=9).when == NOON
