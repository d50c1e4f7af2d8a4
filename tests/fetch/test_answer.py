"""Heads of answers."""

import pytest

from mediafeed.fetch.address import read_address
from mediafeed.fetch.answer import check_length, head_of, kept_headers, linked
from mediafeed.fetch.failure import NoAnswerError

BASE = read_address("https://podcast.example/feed")


def test_of_a_header_that_may_stand_once_the_first_counts():
    fields = [
        ("ETag", '"a"'),
        ("etag", '"b"'),
        ("Link", "<a>"),
        ("LINK", "<b>"),
        ("Content-Length", "3"),
        ("content-length", "3"),
    ]

    assert head_of(fields) == {"etag": '"a"', "link": "<a>, <b>", "content-length": "3"}


@pytest.mark.parametrize(
    ("link", "hub"),
    [
        ("", None),
        ('<https://hub.example/>; rel="hub"', "https://hub.example/"),
        ("<https://hub.example/>;rel=hub", "https://hub.example/"),
        ('<https://hub.example/>; title="a, b"; rel="alternate HUB"', "https://hub.example/"),
        ("</hub>; rel=hub", "https://podcast.example/hub"),
        ("<https://a.example/>; rel=self, <https://hub.example/>; rel=hub", "https://hub.example/"),
        ("<file:///etc/passwd>; rel=hub, <https://hub.example/>; rel=hub", "https://hub.example/"),
        ("<https://hub.example/>; rel=github", None),
        ("<https://hub.example/>", None),
        ("rel=hub", None),
        ("<" * 60_000, None),
        ("<a>; rel=" * 9_000, None),
    ],
)
def test_a_hub_is_found_where_one_is_named(link, hub):
    assert linked(link, "hub", BASE) == hub


def test_kept_headers_stay_short():
    assert kept_headers({"link": "x" * 60_000, "server": "x"}) == (("link", "x" * 2_000),)


@pytest.mark.parametrize(
    "head", [{}, {"content-length": "99"}, {"content-length": "a", "transfer-encoding": "chunked"}]
)
def test_a_length_within_the_cap_passes(head):
    check_length(head, 99)


@pytest.mark.parametrize("length", ["100", "9" * 9_000, "-1", "+1", "1.0", "٣"])
def test_a_length_that_is_none_or_too_much_does_not_pass(length):
    with pytest.raises(NoAnswerError):
        check_length({"content-length": length}, 99)
