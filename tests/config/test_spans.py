from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediafeed.config.spans import size, span, span_words


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0s", 0),
        ("3s", 3),
        ("500ms", 0.5),
        ("60m", 3600),
        ("1h30m", 5400),
        ("24h", 86400),
        ("7d", 604800),
        ("2 w", 1209600),
    ],
)
def test_a_span_is_read(text, seconds):
    assert span(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "60", "m", "-5m", "1e9s", "60 minutes", "９ｓ9", "1y", "99999999w", "m60", "1.s"])
def test_what_is_no_span_is_refused(text):
    with pytest.raises(ValueError, match=r"is |negative"):
        span(text)


@given(st.integers(min_value=0, max_value=10**9))
def test_a_span_that_was_written_is_read_again(milliseconds):
    value = timedelta(milliseconds=milliseconds)

    assert span(span_words(value)) == value


@pytest.mark.parametrize(
    ("text", "length"), [("512KiB", 524288), ("20MiB", 20971520), ("5 MB", 5_000_000), ("1.5kb", 1500)]
)
def test_a_size_is_read(text, length):
    assert size(text) == length


@pytest.mark.parametrize("text", ["", "20", "MiB", "-1MiB", "5 bananas", "999999GiB", "1e3KB"])
def test_what_is_no_size_is_refused(text):
    with pytest.raises(ValueError, match=r"is |negative"):
        size(text)
