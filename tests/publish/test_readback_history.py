"""What is published follows from what is held, whatever came first; archives stay as they are when episodes come."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from lxml import etree

from mediafeed.model.source import Source
from mediafeed.publish import feeds
from mediafeed.publish.archives import partition
from mediafeed.publish.site import plan
from tests.publish.shelf import QUAYS, TIDES, Shelf, episode
from tests.refresh.origin import Clock, House, Origin, assembled_at, config, feed, item

FACE = 'href="https://straits.example/mira" img="https://straits.example/mira.jpg"'
HOST = f'<podcast:person role="host" {FACE}>Mira Sand</podcast:person>'
GUEST = '<podcast:person role="guest">Tomas Reed</podcast:person>'


@pytest.fixture
def origin() -> Iterator[Origin]:
    made = Origin()
    yield made
    made.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def small_documents(monkeypatch: pytest.MonkeyPatch):
    """Let a feed close archives when it is as large as a few episodes are."""
    monkeypatch.setattr(feeds, "partition", partial(partition, limit=12_000, target=6_000))


def speaking(number: int, persons: str = "", **more: str) -> str:
    words = f"Mira Sand speaks to Tomas Reed about lesson {number}."
    return item(number, description=words, **more).replace("</item>", persons + "</item>")


def straits(*numbers: int) -> bytes:
    return feed(*(speaking(number, HOST) for number in reversed(numbers)))


def archives(house: House) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (house.output / "archive").glob("feed-*.*")}


def links(document: bytes) -> dict[str, str]:
    found = etree.fromstring(document).iterfind("channel/{http://www.w3.org/2005/Atom}link")
    return {link.get("rel", ""): link.get("href", "") for link in found if link.get("type") == "application/rss+xml"}


def guids(document: bytes) -> list[str]:
    return [guid.text or "" for guid in etree.fromstring(document).iterfind("channel/item/guid")]


def test_a_face_that_is_learned_later_is_shown_on_earlier_episodes_too(tmp_path: Path, origin: Origin, clock: Clock):
    first = Source(id="straits", url=origin.serve("/straits", feed(speaking(1))), hosts=("Mira Sand",))
    quays = feed(speaking(2, HOST, guid="quays-2", audio="https://cdn.quays.example/2.mp3"), title="Quays")
    other = Source(id="quays", url=origin.serve("/quays", quays))

    with assembled_at(clock, config(tmp_path, origin, first, other)) as house:
        house.visit_and_publish("straits")
        assert FACE not in house.published("shows/straits-briefing/feed.xml")

        house.visit_and_publish("quays")

        assert FACE in house.published("shows/straits-briefing/feed.xml")


def test_a_host_whom_the_item_does_not_name_is_restated_as_the_channel_states_them(
    tmp_path: Path, origin: Origin, clock: Clock
):
    address = origin.serve("/straits", feed(speaking(1, GUEST), head=HOST))
    source = Source(id="straits", url=address, hosts=("Mira Sand",))

    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit_and_publish()

        persons = etree.fromstring(house.published().encode()).findall(".//{*}item/{*}person")
        assert [(one.text, one.get("role"), one.get("href")) for one in persons] == [
            ("Tomas Reed", "guest", None),
            ("Mira Sand", "host", "https://straits.example/mira"),
        ]
        told = {one["name"]: one["url"] for one in json.loads(house.published("feed.json"))["items"][0]["authors"]}
        assert told["Mira Sand"] == "https://straits.example/mira"


def test_archives_are_byte_for_byte_the_same_when_new_episodes_come(
    tmp_path: Path, origin: Origin, clock: Clock, small_documents: None
):
    source = Source(id="straits", url=origin.serve("/straits", straits(*range(1, 21))))
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit_and_publish()
        before = archives(house)
        assert len(before) >= 4

        for newest in range(21, 26):
            clock.move(days=1)
            origin.serve("/straits", straits(*range(newest - 5, newest + 1)))
            house.visit_and_publish()
            assert f"guid-{newest}" in house.published()

        after = archives(house)
        assert {name: after[name] for name in before} == before
        assert len(after) > len(before)


def test_archives_are_byte_for_byte_the_same_when_an_explicit_show_joins(
    tmp_path: Path, origin: Origin, clock: Clock, small_documents: None
):
    first = Source(id="straits", url=origin.serve("/straits", straits(*range(1, 21))))
    rude = speaking(30, guid="rude", audio="https://cdn.rude.example/1.mp3")
    loud = feed(rude, title="Rude", head="<itunes:explicit>true</itunes:explicit>")
    with assembled_at(clock, config(tmp_path, origin, first)) as house:
        house.visit_and_publish()
        before = archives(house)

    other = Source(id="rude", url=origin.serve("/rude", loud))
    with assembled_at(clock, config(tmp_path, origin, first, other)) as house:
        house.visit_and_publish()

        assert "<itunes:explicit>true</itunes:explicit>" in house.published().partition("<item>")[0]
        assert archives(house) == before


def test_archives_are_numbered_from_the_oldest_and_lead_from_the_newest_to_it(
    tmp_path: Path, origin: Origin, clock: Clock, small_documents: None
):
    source = Source(id="straits", url=origin.serve("/straits", straits(*range(1, 21))))
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit_and_publish()
        document = house.published().encode()
        read = guids(document)
        assert links(document)["self"] == "https://ours.example/feed.xml"
        assert "current" not in links(document)

        walked = []
        while older := links(document).get("prev-archive"):
            assert links(document)["next"] == older
            walked.append(older.removeprefix("https://ours.example/archive/"))
            document = house.published(f"archive/{walked[-1]}").encode()
            assert links(document)["self"] == older
            assert links(document)["current"] == "https://ours.example/feed.xml"
            read += guids(document)

        assert walked == [f"feed-{number}.xml" for number in range(len(walked), 0, -1)]
        assert len(walked) >= 2
        assert read == [f"guid-{number}" for number in range(20, 0, -1)]


def test_every_document_is_smaller_than_five_million_bytes():
    notes = "<p>" + "Straits are narrow. " * 1500 + "</p>"
    held = [episode(place, TIDES if place % 3 else QUAYS, notes=notes) for place in range(1, 400)]

    sizes = {document.path: len(document.render()) for document in plan(Shelf(held), Shelf().site)}

    feeds_of_ours = [size for path, size in sizes.items() if path.endswith((".xml", ".json"))]
    assert sizes["archive/feed-1.xml"] > 2_000_000
    assert max(feeds_of_ours) < 5_000_000
