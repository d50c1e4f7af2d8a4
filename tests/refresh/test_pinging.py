"""Our own hubs: named in our feeds, told of what changed, never in the way of publishing."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mediafeed.model.settings import Config
from mediafeed.model.source import Source
from mediafeed.refresh.hubs import BATCH
from tests.hub import Hub
from tests.refresh.origin import Clock, House, Origin, assembled_at, config, feed, item


@pytest.fixture
def hub() -> Iterator[Hub]:
    made = Hub()
    yield made
    made.close()


@pytest.fixture
def settings(tmp_path: Path, origin: Origin, hub: Hub) -> Config:
    origin.serve("/feed", feed(item(1)))
    plain = config(tmp_path, origin, Source(id="straits", url=f"{origin.url}/feed"))
    return replace(plain, site=replace(plain.site, hubs=(hub.url,)))


@pytest.fixture
def house(settings: Config, clock: Clock) -> Iterator[House]:
    with assembled_at(clock, settings) as made:
        yield made


def told(hub: Hub) -> list[str]:
    return sorted(url.removeprefix("https://ours.example/") for batch in hub.pinged for url in batch)


def test_a_hub_is_told_of_the_feeds_that_changed_and_of_nothing_else(house: House, hub: Hub, origin: Origin):
    house.visit_and_publish()
    house.mediafeed.pinging.ping()
    first, hub.pinged = told(hub), []
    house.visit_and_publish()
    house.mediafeed.pinging.ping()
    unchanged = told(hub)
    origin.serve("/feed", feed(item(2), item(1)))
    house.visit_and_publish()
    house.mediafeed.pinging.ping()

    assert {"feed.xml", "feed.json", "list.xml", "shows/straits-briefing/feed.xml"} <= set(first)
    assert not [path for path in first if not path.endswith((".xml", ".json")) or "archive" in path or "map" in path]
    assert unchanged == []
    assert "feed.xml" in told(hub)
    assert hub.types == ["application/x-www-form-urlencoded"] * 2


def test_publishing_asks_nobody(house: House, hub: Hub):
    house.visit_and_publish()

    assert house.store.hubs.pings(house.mediafeed.clock(), 1)
    assert hub.types == []


def test_our_feeds_name_our_hubs(house: House, hub: Hub):
    house.visit_and_publish()

    assert f'<atom:link rel="hub" href="{hub.url}"/>' in house.published("feed.xml")
    assert json.loads(house.published("feed.json"))["hubs"] == [{"type": "WebSub", "url": hub.url}]


def test_many_feeds_are_told_in_batches(house: House, hub: Hub, clock: Clock):
    paths = [f"people/person-{number}/feed.xml" for number in range(BATCH + 5)]
    house.mediafeed.pinging.note(paths)
    house.mediafeed.pinging.ping()

    assert [len(batch) for batch in hub.pinged] == [BATCH, 5]
    assert told(hub) == sorted(paths)


def test_what_a_hub_did_not_hear_is_told_later_and_once(house: House, hub: Hub, clock: Clock):
    hub.status = "500 Internal Server Error"
    house.visit_and_publish()
    house.mediafeed.pinging.ping()
    house.mediafeed.pinging.ping()
    questions = len(hub.types)
    hub.status = "204 No Content"
    clock.move(minutes=5)
    house.mediafeed.pinging.ping()
    house.mediafeed.pinging.ping()

    assert questions == 1
    assert len(hub.types) == 2
    assert "feed.xml" in told(hub)
    assert len(told(hub)) == len(set(told(hub)))


def test_a_hub_that_is_down_for_days_is_told_when_it_is_back(house: House, hub: Hub, clock: Clock):
    hub.status = "502 Bad Gateway"
    house.visit_and_publish()
    for _ in range(72):
        clock.move(hours=1)
        house.mediafeed.pinging.ping()
    questions = len(hub.types)
    hub.status = "202 Accepted"
    clock.move(hours=12)
    house.mediafeed.pinging.ping()

    assert questions < 20
    assert "feed.xml" in told(hub)


def test_a_hub_s_wish_to_be_left_alone_is_heeded(house: House, hub: Hub, clock: Clock):
    hub.status, hub.headers = "429 Too Many Requests", ("Retry-After: 7200", "Connection: close")
    house.visit_and_publish()
    house.mediafeed.pinging.ping()
    clock.move(minutes=119)
    house.mediafeed.pinging.ping()

    assert len(hub.types) == 1


def test_what_is_to_be_told_outlasts_an_end(settings: Config, hub: Hub, clock: Clock):
    with assembled_at(clock, settings) as house:
        house.visit_and_publish()
    with assembled_at(clock, settings) as house:
        house.mediafeed.pinging.ping()

    assert "feed.xml" in told(hub)


def test_a_file_that_changes_while_its_hub_is_told_is_told_again(house: House, hub: Hub, clock: Clock):
    house.mediafeed.pinging.note(["feed.xml"])
    ping = house.store.hubs.pings(clock.now, 10)
    clock.move(seconds=1)
    house.mediafeed.pinging.note(["feed.xml"])
    house.store.hubs.pinged(ping)

    assert [one.path for one in house.store.hubs.pings(clock.now, 10)] == ["feed.xml"]


def test_a_hub_that_is_no_longer_ours_is_told_nothing(settings: Config, house: House, hub: Hub, clock: Clock):
    house.mediafeed.pinging.note(["feed.xml"])
    house.mediafeed.by(replace(settings, site=replace(settings.site, hubs=()))).pinging.ping()

    assert hub.types == []
    assert house.store.hubs.pings(clock.now, 10) == ()


def test_a_hub_inside_a_network_is_not_asked_unless_the_operator_says_so(
    settings: Config, hub: Hub, clock: Clock, tmp_path: Path
):
    closed = replace(settings, fetch=replace(settings.fetch, allow=()))
    with assembled_at(clock, closed) as house:
        house.mediafeed.pinging.note(["feed.xml"])
        house.mediafeed.pinging.ping()

    assert hub.types == []
