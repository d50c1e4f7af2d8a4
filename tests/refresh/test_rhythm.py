from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediafeed.model.terms import Rhythm
from mediafeed.refresh.rhythm import LONGEST, STRETCH, in_words, interval_by, rhythm_of

MONDAY = datetime(2022, 9, 19, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def show(*days: float, weeks: int = 12, hour: float = 6, late: float = 0) -> list[tuple[datetime, datetime]]:
    """Give the releases of a show that comes on these days of each week."""
    moments = [MONDAY - (week * 7 - day) * DAY + hour * HOUR for week in range(1, weeks + 1) for day in days]
    return [(at, at + late * HOUR) for at in moments]


def every(weeks: int, times: int = 12) -> list[tuple[datetime, datetime]]:
    moments = [MONDAY + DAY + 6 * HOUR - n * weeks * 7 * DAY for n in range(times)]
    return [(at, at) for at in moments]


@pytest.mark.parametrize(
    ("releases", "words"),
    [
        (show(1), "weekly show"),
        (show(0, 1, 2, 3, 4), "weekday show"),
        (show(*range(7)), "daily show"),
        (show(1, 4), "show of Tuesday and Friday"),
        (show(0, 2, 4), "show of Monday, Wednesday and Friday"),
        (every(2), "show of every other week"),
        (every(4), "show of every 4 weeks"),
    ],
)
def test_a_rhythm_is_told_in_words(releases, words):
    rhythm = rhythm_of(releases)

    assert rhythm is not None
    assert rhythm.days
    assert in_words(rhythm) == words


@pytest.mark.parametrize(
    "releases",
    [
        show(1, weeks=5),
        [(MONDAY - n * n * DAY, MONDAY) for n in range(1, 13)],
        [(MONDAY - n * 5.3 * DAY, MONDAY) for n in range(1, 24)],
    ],
    ids=["too few", "ever rarer", "every five days"],
)
def test_where_there_is_no_rhythm_none_is_told(releases):
    rhythm = rhythm_of(releases)

    assert rhythm is not None
    assert not rhythm.days
    assert interval_by(rhythm, HOUR, rhythm.latest + DAY) == (HOUR, "")


def test_a_show_that_skips_a_week_and_has_a_bonus_is_weekly_all_the_same():
    releases = show(1, weeks=14)
    del releases[4]
    releases.append((MONDAY - 30 * DAY, MONDAY - 30 * DAY))

    rhythm = rhythm_of(releases)

    assert rhythm is not None
    assert rhythm.days == (1,)


def test_a_date_without_a_time_is_known_better_by_when_we_heard_of_it():
    rhythm = rhythm_of(show(1, hour=0, late=15))

    assert rhythm is not None
    assert (rhythm.days, rhythm.opens, rhythm.closes) == ((1,), 13 * 3600, 21 * 3600)


def test_what_was_put_up_at_once_is_one_release():
    releases = [(at + n * timedelta(minutes=5), at) for at, _ in show(1) for n in range(5)]

    rhythm = rhythm_of(releases)

    assert rhythm is not None
    assert rhythm.days == (1,)


WEEKLY = Rhythm(latest=MONDAY - 6 * DAY + 6 * HOUR, days=(1,), opens=4 * 3600, closes=12 * 3600)


@pytest.mark.parametrize(
    ("now", "hours", "why"),
    [
        (MONDAY, 4, "weekly show, next expected Tuesday"),
        (MONDAY + 26 * HOUR, 2, "weekly show, next expected Tuesday"),
        (MONDAY + 27.5 * HOUR, 1, "weekly show, next expected Tuesday"),
        (MONDAY + 30 * HOUR, 1, "weekly show, expected now"),
        (MONDAY + 40 * HOUR, 4, "weekly show, next expected Tuesday"),  # it did not come: next week perhaps
    ],
)
def test_a_show_is_looked_for_when_it_is_expected_and_rarely_otherwise(now, hours, why):
    assert interval_by(WEEKLY, HOUR, now) == (hours * HOUR, why)


def test_a_show_that_came_is_not_expected_again_on_the_same_day():
    came = Rhythm(latest=MONDAY + 30 * HOUR, days=(1,), opens=4 * 3600, closes=12 * 3600)

    assert interval_by(came, HOUR, MONDAY + 31 * HOUR) == (4 * HOUR, "weekly show, next expected Tuesday")


def test_a_show_of_every_other_week_is_not_looked_for_in_the_week_between():
    fortnightly = Rhythm(latest=MONDAY + 30 * HOUR, days=(1,), weeks=2, opens=4 * 3600, closes=12 * 3600)

    assert interval_by(fortnightly, HOUR, MONDAY + 7 * DAY + 30 * HOUR)[0] == 4 * HOUR
    assert interval_by(fortnightly, HOUR, MONDAY + 14 * DAY + 30 * HOUR)[0] == HOUR


def test_a_show_that_fell_silent_is_visited_rarely():
    silent = Rhythm(latest=MONDAY - 100 * DAY)

    assert interval_by(silent, HOUR, MONDAY) == (4 * HOUR, "nothing new since 2022-06-11")


def test_an_interval_that_is_long_already_is_not_stretched_beyond_six_hours():
    assert interval_by(WEEKLY, 3 * HOUR, MONDAY)[0] == LONGEST
    assert interval_by(WEEKLY, 12 * HOUR, MONDAY)[0] == 12 * HOUR


RELEASES = st.lists(st.integers(0, 400 * 86_400).map(lambda seconds: MONDAY - timedelta(seconds=seconds)), max_size=40)


@given(RELEASES, st.integers(0, 200 * 86_400), st.integers(60, 3000))
def test_whatever_was_published_the_interval_is_between_the_usual_and_its_stretch(releases, after, minutes):
    usual = timedelta(minutes=minutes)
    rhythm = rhythm_of([(at, at) for at in releases])

    interval, why = interval_by(rhythm, usual, MONDAY + timedelta(seconds=after))

    assert usual <= interval <= max(min(STRETCH * usual, LONGEST), usual)
    assert interval == usual or why
    assert rhythm == rhythm_of([(at, at) for at in reversed(releases)])
