"""Dates as sources write them."""

from datetime import UTC, datetime, timedelta

import pytest

from mediafeed.model.episode import DatePrecision
from mediafeed.normalize.dates import published

NOW = datetime(2026, 8, 1, 12, tzinfo=UTC)


def at(text: str, timezone: str | None = None) -> str | None:
    dated = published(text, timezone=timezone, now=NOW)
    return dated.when.isoformat() if dated.when else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wed, 21 Sep 2022 10:30:00 GMT", "2022-09-21T10:30:00+00:00"),
        ("Wed, 21 Sep 2022 10:30:00 -0000", "2022-09-21T10:30:00+00:00"),
        ("Wed, 21 Sep 2022 10:30:00 +0300", "2022-09-21T10:30:00+03:00"),
        ("Wed, 21 Sep 2022 10:30 GMT", "2022-09-21T10:30:00+00:00"),
        ("21 Sep 22 10:30:00 GMT", "2022-09-21T10:30:00+00:00"),
        ("2022-09-21T10:30:00Z", "2022-09-21T10:30:00+00:00"),
        ("2022-09-21T10:30:00.123+01:00", "2022-09-21T10:30:00+01:00"),
        ("2022-09-21 10:30:00", "2022-09-21T10:30:00+00:00"),
        ("2022-09-21T10:00:00+14:00", "2022-09-21T10:00:00+14:00"),
        ("Wed, 21 Sept 2022 10:30:00 BST", "2022-09-21T10:30:00+01:00"),
        ("Wed, 21 Sep 2022 10:30:00 JST", "2022-09-21T10:30:00+09:00"),
        ("Wed, 21 Sep 2022 10:30:00 EST", "2022-09-21T10:30:00-05:00"),
        ("Wed, 21 Sep 2022 10:30:00 AEDT", "2022-09-21T10:30:00+11:00"),
        ("Wed, 21 Sep 2022 10:30:00 GMT-7", "2022-09-21T10:30:00-07:00"),
        ("Mon, 21 Sep 2022 10:30:00 GMT", "2022-09-21T10:30:00+00:00"),
        ("Wed, 21 Sep 2022 24:00:00 GMT", "2022-09-22T00:00:00+00:00"),
        ("Wed, 21 Sep 2022 23:59:60 GMT", "2022-09-22T00:00:00+00:00"),
        ("mer., 21 septembre 2022 10:30:00 GMT", "2022-09-21T10:30:00+00:00"),
        ("Mittwoch, 5. März 2014 20:15 Uhr", "2014-03-05T20:15:00+00:00"),
        ("Sáb, 1 dez 2018 08:00:00 -0300", "2018-12-01T08:00:00-03:00"),
        ("September 21st, 2022 10:30 pm", "2022-09-21T22:30:00+00:00"),
        ("9/21/2022 12:15 AM", "2022-09-21T00:15:00+00:00"),
        ("21.09.2022 10:30", "2022-09-21T10:30:00+00:00"),
        ("٢١ Sep ٢٠٢٢ ١٠:٣٠:٠٠ GMT", "2022-09-21T10:30:00+00:00"),
        ("2022年9月21日", "2022-09-21T00:00:00+00:00"),
        ("1663754400", "2022-09-21T10:00:00+00:00"),
        ("1663754400000", "2022-09-21T10:00:00+00:00"),
        ('<time datetime="2022-09-21T10:30:00+01:00">Wednesday</time>', "2022-09-21T10:30:00+01:00"),
    ],
)
def test_a_date_is_read_in_every_form_seen(text, expected):
    assert at(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("21 September 2022", "2022-09-21T00:00:00+00:00"),
        ("September 21, 2022", "2022-09-21T00:00:00+00:00"),
        ("2022-09-21", "2022-09-21T00:00:00+00:00"),
        ("20220921", "2022-09-21T00:00:00+00:00"),
        ("21 de septiembre de 2022", "2022-09-21T00:00:00+00:00"),
        ("5 Septermber 2022", "2022-09-05T00:00:00+00:00"),
    ],
)
def test_a_date_without_a_time_is_a_day(text, expected):
    dated = published(text, timezone=None, now=NOW)

    assert dated.when
    assert (dated.when.isoformat(), dated.precision) == (expected, DatePrecision.DAY)


def test_midnight_in_the_source_s_zone_is_a_day_there():
    dated = published("2026-07-09T23:00:00Z", timezone="Europe/London", now=NOW)

    assert dated.when
    assert dated.when.isoformat() == "2026-07-10T00:00:00+01:00"
    assert dated.precision is DatePrecision.DAY


def test_midnight_utc_is_a_second_where_no_zone_is_configured():
    assert published("2026-01-09T00:00:00Z", timezone=None, now=NOW).precision is DatePrecision.SECOND


def test_a_naive_time_is_meant_in_the_source_s_zone():
    assert at("21 Sep 2022 10:30:00", "Asia/Tokyo") == "2022-09-21T10:30:00+09:00"


def test_a_zone_name_with_several_meanings_is_the_source_s_own():
    assert at("Wed, 21 Sep 2022 10:30:00 IST", "Europe/Dublin") == "2022-09-21T10:30:00+01:00"
    assert at("Wed, 21 Sep 2022 10:30:00 CST", "Asia/Shanghai") == "2022-09-21T10:30:00+08:00"


def test_day_and_month_in_doubt_are_told_by_the_source_s_zone_or_not_at_all():
    assert at("4/7/2017", "America/New_York") == "2017-04-07T00:00:00-04:00"
    assert at("4/7/2017", "Europe/London") == "2017-07-04T00:00:00+01:00"
    assert at("4/7/2017 11:00:00 CST") == "2017-04-07T11:00:00-06:00"
    assert published("4/7/2017", timezone=None, now=NOW).flag == "date with day and month in doubt"


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Thu, 01 Jan 2099 00:00:00 GMT", "date in the future"),
        ("2026-08-04T00:00:00Z", "date in the future"),
        ("0000-00-00", "date that cannot be"),
        ("Mon, 01 Jan 0001 00:00:00 GMT", "date before 1995"),
        ("9999-12-31T23:59:59-12:00", "date in the future"),
        ("10000-01-01", "date not understood"),
        ("30 Feb 2022", "date that cannot be"),
        ("Wed, 21 Sep 2022 10:30:00 +9999", "date with an impossible zone"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "date before 1995"),
        ("soon", "date not understood"),
        ("2014", "date not understood"),
        ("Nov 2009", "date not understood"),
        ("GMT", "date not understood"),
    ],
)
def test_what_can_be_no_date_is_none_and_says_why(text, flag):
    dated = published(text, timezone=None, now=NOW)

    assert (dated.when, dated.precision, dated.flag) == (None, DatePrecision.NONE, flag)


def test_a_time_that_cannot_be_leaves_the_day():
    dated = published("Sun, 16 Dec 2012 30:17:00 +0100", timezone=None, now=NOW)

    assert dated.when
    assert (dated.when.date().isoformat(), dated.precision) == ("2012-12-16", DatePrecision.DAY)
    assert dated.flag == "time of day that cannot be"


def test_up_to_two_days_ahead_is_believed():
    soon = NOW + timedelta(hours=47)

    assert published(soon.isoformat(), timezone=None, now=NOW).when == soon


@pytest.mark.parametrize("text", ["", "   ", "\x00", "1" * 5000, ":" * 9999, "99/99/9999", "\ud800 2022"])
def test_no_text_raises(text):
    assert published(text, timezone="Europe/London", now=NOW).when is None


def test_an_unknown_zone_name_is_no_reason_to_fail():
    assert at("21 Sep 2022 10:30:00", "Middle/Earth") == "2022-09-21T10:30:00+00:00"
