"""Any text at all: nothing raises, nothing takes long."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediafeed.normalize.dates import published
from mediafeed.normalize.durations import declared_duration, stated_duration
from mediafeed.normalize.identity import audio_key, feed_guid, is_web_address, page_key
from mediafeed.normalize.numbers import episode_number
from mediafeed.normalize.text import folded, one_line, plain_text
from mediafeed.normalize.titles import begins_with, show_before_number
from tests.normalize.making import told

NOW = datetime(2022, 10, 1, tzinfo=UTC)

READERS: dict[str, Callable[[str], object]] = {
    "published": lambda text: published(text, timezone="Europe/London", now=NOW),
    "declared_duration": declared_duration,
    "stated_duration": stated_duration,
    "episode_number": lambda text: episode_number(one_line(text), declared=text, description=text, show=text[:50]),
    "audio_key": audio_key,
    "page_key": page_key,
    "feed_guid": feed_guid,
    "is_web_address": is_web_address,
    "plain_text": plain_text,
    "folded": folded,
    "begins_with": lambda text: begins_with(one_line(text), text[:50]),
    "show_before_number": lambda text: show_before_number(one_line(text)),
}
# Letters, digits and signs that these readers look for, so that chance finds their corners.
NEARLY = st.text(alphabet="0123456789:;.,-/+ #'\"<>&TZPpamhMSept EpisodSn²٣\u202e\u0301\x00\ud800年", max_size=60)


@pytest.mark.parametrize("name", READERS)
@given(text=st.one_of(st.text(max_size=200), NEARLY))
def test_no_text_makes_a_reader_fail(name, text):
    READERS[name](text)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "piece", ["a", "1", " ", "1 ", "1:", "a ", "#", "-", "1m", "Episode ", "twenty ", "1 h ", "\u0301"]
)
def test_no_text_keeps_a_reader_long(name, piece):
    text = piece * (100_000 // len(piece))
    begun = time.perf_counter()

    READERS[name](text)

    assert time.perf_counter() - begun < 1.0


@given(st.text(max_size=100), NEARLY, NEARLY)
def test_no_item_makes_the_telling_fail(title, date, duration):
    told(title=title, description=title + date, pubDate=date, itunes_duration=duration, guid=duration, link=title)
