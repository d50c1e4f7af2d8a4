from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from mediafeed.store.times import day, micros, moment


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_moment_of_utc_comes_back_to_the_microsecond(at):
    assert moment(micros(at)) == at


def test_a_time_before_the_first_year_of_utc_is_held_at_its_start():
    far_east = timezone(timedelta(hours=14))

    assert moment(micros(datetime(1, 1, 1, tzinfo=far_east))) == datetime(1, 1, 1, tzinfo=UTC)


def test_a_day_is_the_publishers_own_and_not_that_of_greenwich():
    assert day(datetime(2022, 9, 21, 0, 0, tzinfo=timezone(timedelta(hours=9)))) == "2022-09-21"
