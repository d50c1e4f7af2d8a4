"""What readers say of the form they want, and of what they hold."""

import pytest

from mediafeed.serve.conditions import asked_of, coding, is_held, is_wanted_otherwise, span

ETAG, DATE = b'"abc"', b"Wed, 21 Sep 2022 12:00:00 GMT"


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        (b"", "identity"),
        (b"gzip", "gzip"),
        (b"GZIP, deflate", "gzip"),
        (b"gzip, deflate, br, zstd", "br"),
        (b"br;q=0.1, gzip;q=0.9", "gzip"),
        (b"gzip;q=0", "identity"),
        (b"gzip; q=0.000, *", "br"),
        (b"gzip;q=0.5, identity", "identity"),
        (b"*;q=0", "identity"),
        (b"gzip;q=much", "identity"),
        (b"deflate, xz", "identity"),
        (b"gzip;\tq=0.5, br;q=0.4", "gzip"),
        (b"gzip;q=nan", "identity"),
        (b"identity;q=0, gzip;q=0.1", "gzip"),
        (b"identity;q=0", "identity"),
        (b"*;q=0.5, br;q=0", "gzip"),
    ],
)
def test_the_coding_that_is_liked_best_is_sent(accepted: bytes, expected: str):
    assert coding(accepted) == expected


@pytest.mark.parametrize("tags", [ETAG, b'W/"abc"', b'"x", "abc"', b"*", b' "abc" '])
def test_a_named_etag_is_held(tags: bytes):
    assert is_held({b"if-none-match": tags}, ETAG, DATE)


@pytest.mark.parametrize("tags", [b'"abcd"', b"abc", b'"x"', b""])
def test_another_etag_is_not_held_whatever_the_date(tags: bytes):
    assert not is_held({b"if-none-match": tags, b"if-modified-since": DATE}, ETAG, DATE)


def test_by_date_the_very_same_is_held_and_a_later_one_is_not():
    assert is_held({b"if-modified-since": DATE}, ETAG, DATE)
    assert not is_held({b"if-modified-since": b"Wed, 21 Sep 2022 12:00:01 GMT"}, ETAG, DATE)
    assert not is_held({}, ETAG, DATE)


@pytest.mark.parametrize(
    ("asked", "otherwise"),
    [
        ({b"if-match": ETAG}, False),
        ({b"if-match": b"*"}, False),
        ({b"if-match": b'"x", "y"'}, True),
        ({b"if-match": b'W/"abc"'}, True),
        ({b"if-unmodified-since": DATE}, False),
        ({b"if-unmodified-since": b"Wed, 21 Sep 2022 11:00:00 GMT"}, True),
        ({b"if-unmodified-since": b"Wed, 21 Sep 2022 13:00:00 GMT"}, False),
        ({b"if-unmodified-since": b"Wednesday, 21-Sep-22 11:00:00 GMT"}, True),
        ({b"if-unmodified-since": b"yesterday"}, False),
        ({b"if-unmodified-since": b""}, False),
        ({b"if-match": ETAG, b"if-unmodified-since": b"Wed, 21 Sep 2022 11:00:00 GMT"}, False),
    ],
)
def test_who_wants_the_rest_of_another_form_is_told_so(asked: dict[bytes, bytes], otherwise: bool):
    assert is_wanted_otherwise(asked, ETAG, DATE) is otherwise


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (b"bytes=0-4", (0, 5)),
        (b"bytes=5-", (5, 10)),
        (b"bytes=5-99", (5, 10)),
        (b"bytes=-3", (7, 10)),
        (b"bytes=-30", (0, 10)),
        (b"bytes=10-", ()),
        (b"bytes=-0", ()),
        (b"bytes=4-1", None),
        (b"Bytes=0-4", (0, 5)),
        (b"bytes=0-4,", (0, 5)),
        (b"bytes=0 - 4", None),
        (b"bytes=9-9", (9, 10)),
        (b"bytes=0-1,3-4", None),
        (b"bytes=-", None),
        (b"bytes=5", None),
        (b"bytes=a-b", None),
        (b"bytes=--1", None),
        (b"lines=1-2", None),
        ("bytes=\u0661-".encode(), None),
        (b"bytes=" + b"9" * 5000 + b"-", None),
    ],
)
def test_a_range_is_one_that_is_written_as_one(wanted: bytes, expected: object):
    assert span({b"range": wanted}, 10, ETAG, DATE) == expected


@pytest.mark.parametrize(("only_if", "expected"), [(ETAG, (0, 5)), (DATE, (0, 5)), (b'"x"', None), (b'W/"abc"', None)])
def test_a_part_of_another_form_is_not_sent(only_if: bytes, expected: object):
    assert span({b"range": b"bytes=0-4", b"if-range": only_if}, 10, ETAG, DATE) == expected


def test_a_list_in_two_lines_is_one_list():
    lines = [(b"if-none-match", b'"x"'), (b"host", b"a"), (b"if-none-match", ETAG), (b"if-none-match", b'"y"')]

    assert is_held(asked_of(lines, "GET"), ETAG, DATE)


@pytest.mark.parametrize(("method", "ranged"), [("GET", True), ("HEAD", False)])
def test_a_range_is_heeded_for_a_get_alone(method: str, ranged: bool):
    assert (b"range" in asked_of([(b"range", b"bytes=0-4")], method)) is ranged


def test_by_a_date_that_is_none_nothing_is_held():
    assert not is_held({b"if-modified-since": b"yesterday"}, ETAG, DATE)
