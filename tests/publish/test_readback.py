"""What is published says to feed readers what is held: item by item, in every form it is published in."""

import json
from calendar import timegm
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import partial
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from mediafeed.model.episode import Duration, DurationOrigin, Enclosure, Episode, Role
from mediafeed.model.parsed import Element
from mediafeed.publish import feeds
from mediafeed.publish.archives import partition
from mediafeed.publish.site import plan
from tests.publish.shelf import INES, OLUMIDE, QUAYS, SITE, TAKUMI, TIDES, Shelf, credit, episode

PERSON = "{https://podcastindex.org/namespace/1.0}person"
TOKYO = timezone(timedelta(hours=9))
NUMBER = 40

ODD: dict[int, dict[str, Any]] = {
    3: {"title": "Ports & <harbours>: “what's next”? 港 🚢"},
    5: {"title": "5 < 6 &amp; 7 > 6"},
    7: {"published_guid": "https://tides.example/?p=7&preview=no", "guid": "https://tides.example/?p=7&preview=no"},
    9: {"published_guid": "0009", "guid": "0009"},
    11: {"enclosure": Enclosure("https://pdst.example/e/cdn.example/11.mp3?a=1&b=2#t", "audio/mpeg", None)},
    13: {"enclosure": Enclosure("https://cdn.example/épisode 13.m4a", "audio/x-m4a", 1)},
    15: {"published": datetime(2022, 10, 5, 8, 30, tzinfo=TOKYO)},
    17: {"duration": None},
    19: {"duration": Duration(7 * 3600, DurationOrigin.MEASURED)},
    21: {"credits": (credit(TAKUMI, Role.GUEST_HOST), credit(INES, Role.HOST))},
    23: {"extras": (Element("podcast:person", "Olumide Vance", (("role", "guest"), ("href", "https://v.example/"))),)},
    25: {"credits": ()},
}


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """Hold episodes of two shows, more than a feed's own document may be large."""
    monkeypatch.setattr(feeds, "partition", partial(partition, limit=40_000, target=20_000))
    return Shelf([episode(place, QUAYS if place % 4 == 0 else TIDES, **ODD.get(place, {})) for place in range(NUMBER)])


def published(shelf: Shelf) -> dict[str, bytes]:
    return {
        document.path: document.render()
        for document in plan(shelf, SITE)
        if document.path.endswith((".xml", ".json")) and "/feed" in f"/{document.path}"
    }


def feeds_of(documents: Mapping[str, bytes], ending: str) -> dict[str, list[bytes]]:
    """Give each feed's documents, its archives included, by its folder."""
    found: dict[str, list[bytes]] = {}
    for path, body in documents.items():
        if path.endswith(ending):
            found.setdefault(path.rpartition("/")[0].removesuffix("archive").rstrip("/"), []).append(body)
    return found


def members(shelf: Shelf) -> dict[str, list[Episode]]:
    """Give what each feed must tell of."""
    people = {f"people/{person.id}": person.id for person in (INES, OLUMIDE, TAKUMI)}
    return {
        "": shelf.held,
        **{f"shows/{show.id}": [one for one in shelf.held if one.show == show.id] for show in (TIDES, QUAYS)},
        **{
            folder: [one for one in shelf.held if person in {credit.person for credit in one.credits}]
            for folder, person in people.items()
        },
    }


def persons_of(one: Episode) -> list[tuple[str, str]]:
    return sorted((credit.name, credit.role.value) for credit in one.credits)


def test_feedparser_reads_every_item_of_every_feed_and_its_archives_as_it_is_held(shelf: Shelf):
    documents = feeds_of(published(shelf), ".xml")

    assert len(documents[""]) > 2
    for folder, held in members(shelf).items():
        read = {entry.id: entry for body in documents[folder] for entry in feedparser.parse(BytesIO(body)).entries}
        assert len(read) == sum(body.count(b"<item>") for body in documents[folder]) == len(held), folder
        for one in held:
            entry, audio = read[one.published_guid], one.enclosure
            assert audio is not None
            assert entry.title == one.title
            assert (entry.enclosures[0].href, entry.enclosures[0].type) == (audio.url, audio.media_type)
            assert int(entry.enclosures[0].length) == (audio.length or 0)
            assert entry.get("itunes_duration") == (str(one.duration.seconds) if one.duration else None)
            assert timegm(entry.published_parsed) == one.dated.timestamp()


def test_every_person_is_read_back_with_the_role_they_have(shelf: Shelf):
    documents = feeds_of(published(shelf), ".xml")

    for folder, held in members(shelf).items():
        read = {
            item.findtext("guid"): sorted((one.text, one.get("role")) for one in item.iter(PERSON))
            for body in documents[folder]
            for item in ElementTree.fromstring(body).iter("item")
        }
        assert read == {one.published_guid: persons_of(one) for one in held}, folder


def test_the_json_twins_say_what_the_feeds_say(shelf: Shelf):
    documents = feeds_of(published(shelf), ".json")

    for folder, held in members(shelf).items():
        read = {item["id"]: item for body in documents[folder] for item in json.loads(body)["items"]}
        assert len(read) == len(held), folder
        for one in held:
            item, audio = read[one.published_guid], one.enclosure
            assert audio is not None
            assert item["title"] == one.title
            assert item["attachments"] == [
                {"url": audio.url, "mime_type": audio.media_type}
                | ({"size_in_bytes": audio.length} if audio.length else {})
                | ({"duration_in_seconds": one.duration.seconds} if one.duration else {})
            ]
            assert datetime.fromisoformat(item["date_published"]) == one.dated
            known = sorted((credit["name"], credit["role"]) for credit in item["_mediafeed"]["credits"])
            assert known == persons_of(one)


def test_a_name_is_read_without_the_white_space_that_a_source_put_around_it():
    told = (Element("podcast:person", "\n      Olumide Vance\n    ", (("role", "guest"),)),)
    documents = published(Shelf([episode(1, extras=told, credits=())]))

    assert [one.text for one in ElementTree.fromstring(documents["feed.xml"]).iter(PERSON)] == ["Olumide Vance"]


def test_shows_of_one_feed_have_addresses_of_their_own_in_the_opml():
    sibling = replace(TIDES, id="ebbs", title="Ebbs", link=None)
    shelf = Shelf([episode(1), episode(2, sibling)], all_shows=[sibling, TIDES])
    document = next(one for one in plan(shelf, SITE) if one.path == "feed.opml").render()

    outlines = {one.get("text"): one.get("xmlUrl") for one in ElementTree.fromstring(document).iter("outline")}
    assert outlines == {"Tides & Treaties": TIDES.feed_url, "Ebbs": "https://talks.example/shows/ebbs/feed.xml"}
