"""What servers say about asking again, sense and nonsense."""

from datetime import UTC, datetime, timedelta

import pytest

from mediafeed.fetch.validators import conditions, freshness_of, http_date, retry_after_of, validators_of
from mediafeed.model.source import Validators
from mediafeed.model.terms import Freshness

NOW = datetime(2022, 9, 21, 12, 0, tzinfo=UTC)
YEAR = 365 * 86_400


def test_nothing_held_asks_without_conditions():
    assert conditions(Validators()) == {}


@pytest.mark.parametrize("value", ['"33"', 'W/"33"', "33", '"33"  ', '"a""b"'])
def test_validators_are_kept_and_sent_byte_for_byte(value):
    held = validators_of({"etag": value, "last-modified": "yesterday "})

    assert conditions(held) == {"If-None-Match": value, "If-Modified-Since": "yesterday "}


@pytest.mark.parametrize("value", ["", "  ", '"a\rb"', '"a\nb"', '"\0"', '"€"'])
def test_a_validator_that_is_blank_or_cannot_be_sent_is_none(value):
    assert validators_of({"etag": value, "last-modified": value}) == Validators()


def test_what_a_304_does_not_repeat_stays():
    held = Validators("a", "b")

    assert validators_of({}, held=held) == held
    assert validators_of({"last-modified": "c"}, held=held) == Validators("a", "c")


@pytest.mark.parametrize(
    ("headers", "seconds", "said"),
    [
        ({}, None, ""),
        ({"cache-control": "max-age=300"}, 300, "max-age=300"),
        ({"cache-control": 'private , Max-Age = "300" , x=y'}, 300, "max-age=300"),
        ({"cache-control": "max-age=300, max-age=9"}, 300, "max-age=300"),
        ({"cache-control": "max-age=300", "age": "100"}, 200, "max-age=300"),
        ({"cache-control": "max-age=300", "age": "900"}, 0, "max-age=300"),
        ({"cache-control": "max-age=300", "age": "-5"}, 300, "max-age=300"),
        ({"cache-control": "max-age=300", "expires": "0"}, 300, "max-age=300"),
        ({"cache-control": "max-age=0"}, 0, "max-age=0"),
        ({"cache-control": "s-maxage=300"}, None, ""),
        ({"cache-control": "s-maxage=9, max-age=300"}, 300, "max-age=300"),
        ({"cache-control": "x-max-age=300"}, None, ""),
        ({"cache-control": "max-age=abc"}, None, ""),
        ({"cache-control": "max-age=-1"}, None, ""),
        ({"cache-control": "max-age=1e30"}, None, ""),
        ({"cache-control": "max-age=1.5"}, None, ""),
        ({"cache-control": "max-age=٣"}, None, ""),
        ({"cache-control": f"max-age={'9' * 5_000}"}, YEAR, "max-age=999999999999"),
        ({"cache-control": "no-cache, max-age=300"}, None, "no-cache"),
        ({"cache-control": "max-age=300,NO-STORE"}, None, "no-store"),
        ({"cache-control": 'no-cache="set-cookie", max-age=300'}, 300, "max-age=300"),
        ({"expires": "Wed, 21 Sep 2022 13:00:00 GMT"}, 3_600, "Expires"),
        ({"expires": "Wednesday, 21-Sep-22 13:00:00 GMT"}, 3_600, "Expires"),
        ({"expires": "Wed Sep 21 13:00:00 2022"}, 3_600, "Expires"),
        ({"expires": "Wed, 21 Sep 2022 13:00:00 GMT", "date": "Wed, 21 Sep 2022 12:30:00 GMT"}, 1_800, "Expires"),
        ({"expires": "Wed, 21 Sep 2022 13:00:00 GMT", "date": "Wed, 21 Sep 2099 12:30:00 GMT"}, 3_600, "Expires"),
        ({"expires": "Wed, 21 Sep 2022 13:00:00 GMT", "date": "Thu, 01 Jan 1970 00:00:00 GMT"}, 3_600, "Expires"),
        ({"expires": "Wed, 21 Sep 2022 13:00:00 GMT", "date": "noon"}, 3_600, "Expires"),
        ({"expires": "Wed, 21 Sep 2099 13:00:00 GMT"}, YEAR, "Expires"),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0, "Expires"),
        ({"expires": "0"}, 0, "Expires"),
        ({"expires": "-1"}, 0, "Expires"),
        ({"expires": "soon"}, 0, "Expires"),
    ],
)
def test_freshness_is_what_a_server_usably_says(headers, seconds, said):
    assert freshness_of(headers, now=NOW) == Freshness(seconds, said)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 120 ", timedelta(minutes=2)),
        ("604800", timedelta(days=7)),
        ("604801", timedelta(days=7)),
        ("1" + "0" * 18, timedelta(days=7)),
        ("9" * 9_000, timedelta(days=7)),
        ("Wed, 21 Sep 2022 13:00:00 GMT", timedelta(hours=1)),
        ("Wed, 21 Sep 2022 14:00:00 +0100", timedelta(hours=1)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(days=7)),
    ],
)
def test_a_server_is_left_alone_as_long_as_it_wishes_within_a_week(said, wait):
    assert retry_after_of({"retry-after": said}, now=NOW) == NOW + wait


@pytest.mark.parametrize(
    "said",
    [
        "",
        "0",
        "-1",
        "1e18",
        "1.5",
        "soon",
        "٣",
        "Wed, 21 Sep 2022 11:00:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "33 Sep",
    ],
)
def test_a_wish_that_is_none_leaves_the_choice_to_us(said):
    assert retry_after_of({"retry-after": said}, now=NOW) is None


def test_a_date_to_come_back_is_read_by_the_servers_clock():
    headers = {"retry-after": "Wed, 21 Sep 2022 10:00:00 GMT", "date": "Wed, 21 Sep 2022 09:00:00 GMT"}

    assert retry_after_of(headers, now=NOW) == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    "text", ["", "noon", "21", "Wed, 99 Sep 2022 99:99:99 GMT", "Fri, 31 Dec 9999 23:59:59 -2359", "\x00"]
)
def test_what_is_no_date_is_none(text):
    assert http_date(text) is None
