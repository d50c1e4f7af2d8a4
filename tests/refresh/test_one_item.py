"""Feeds that list one item only, under one guid or at one address for ever: what of it is an episode of its own."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from mediafeed.model.source import Source
from tests.refresh.origin import Clock, House, Origin, assembled_at, config, feed, item

FIRST = datetime(2022, 8, 1, 7, tzinfo=UTC)


def bulletin(nth: int, apart: timedelta, **more: str) -> bytes:
    given = {
        "title": f"Bulletin on topic {chr(64 + nth)}", "guid": "bulletin",
        "pubDate": format_datetime(FIRST + nth * apart), "link": "https://radio.example/",
    } | more  # fmt: skip
    return feed(item(nth, **given))


def hear(house: House, origin: Origin, clock: Clock, *documents: bytes) -> list[str]:
    for document in documents:
        origin.serve("/feed", document)
        house.visit_and_publish()
        clock.move(days=1)
    return [title.rpartition(" ")[2] for title in house.titles()]


@pytest.mark.parametrize("apart", [timedelta(hours=1), timedelta(days=1), timedelta(days=7)])
def test_each_recording_of_a_feed_with_one_guid_is_an_episode_and_none_appears_twice(
    tmp_path: Path, origin: Origin, clock: Clock, apart: timedelta
):
    source = Source(id="radio", url=origin.url + "/feed")
    told = [bulletin(nth, apart) for nth in range(1, 9)]
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        titles = hear(house, origin, clock, *told, told[-1])
        guids = [row.id for row in house.store.index()]

        assert titles == list("HGFEDCBA")
        assert len(set(guids)) == 8
        assert house.published().count("<item>") == 8
        assert house.published().count(">bulletin</guid>") == 1


def test_a_recording_that_is_put_up_again_is_no_second_episode(tmp_path: Path, origin: Origin, clock: Clock):
    source = Source(id="radio", url=origin.url + "/feed")
    minutes = timedelta(minutes=1)
    again = bulletin(1, 9 * minutes, title="Bulletin on topic A, corrected", audio="https://cdn.radio.example/new.mp3")
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        titles = hear(house, origin, clock, bulletin(1, minutes), again)

        assert titles == ["corrected"]
        assert house.published().count("<item>") == 1
