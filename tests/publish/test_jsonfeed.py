"""JSON Feed items and documents."""

from dataclasses import replace
from typing import Any

import orjson

from mediafeed.model.episode import DatePrecision
from mediafeed.model.parsed import Element
from mediafeed.publish import jsonfeed
from tests.publish.shelf import INES, OLUMIDE, SITE, TIDES, episode
from tests.publish.test_rss import HEAD, PEOPLE


def item(**facts: Any) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(jsonfeed.item_fragment(episode(33, **facts), TIDES, SITE, PEOPLE))
    return found


def test_an_item_has_the_types_the_specification_asks_for():
    made = item()

    assert made["id"] == "tides-33"
    assert made["date_published"] == "2022-10-24T06:00:00+00:00"
    assert made["attachments"] == [
        {
            "url": "https://cdn.example/tides/33.mp3",
            "mime_type": "audio/mpeg",
            "size_in_bytes": 46080033,
            "duration_in_seconds": 2913,
        }
    ]
    assert made["authors"] == [
        {"name": "Inês Carrow", "url": "https://talks.example/people/ines-carrow/"},
        {"name": "Olumide Vance", "url": "https://vance.example/"},
    ]


def test_an_episode_without_audio_and_notes_is_an_item_too():
    made = item(enclosure=None, notes="", page=None)

    assert "attachments" not in made
    assert "content_html" not in made
    assert made["content_text"]
    assert made["url"] == "https://talks.example/episodes/tides/how-ports-change-33/"


def test_credits_come_with_their_evidence():
    known = item()["_mediafeed"]

    assert known["credits"][1]["affiliation"] == "Harbour College"
    assert known["credits"][1]["evidence"]["quote"] == "asks Olumide Vance"
    assert known["duration"] == {"seconds": 2913, "origin": "declared", "tolerance": 0}


def test_hidden_people_are_left_out():
    people = {OLUMIDE.id: replace(OLUMIDE, hidden=True), INES.id: INES}
    made = orjson.loads(jsonfeed.item_fragment(episode(1), TIDES, SITE, people))

    assert [author["name"] for author in made["authors"]] == ["Inês Carrow"]
    assert [credit["name"] for credit in made["_mediafeed"]["credits"]] == ["Inês Carrow"]


def test_a_lone_surrogate_becomes_a_replacement_character():
    assert item(title="How\ud800 ports")["title"] == "How\ufffd ports"


def test_items_are_joined_under_a_head():
    fragments = [jsonfeed.item_fragment(episode(number), TIDES, SITE, PEOPLE) for number in (2, 1)]
    head = replace(HEAD, archive=(("next", "https://talks.example/archive/feed-3.xml"),))
    made = orjson.loads(jsonfeed.feed_document(head, fragments))

    assert made["version"] == "https://jsonfeed.org/version/1.1"
    assert made["feed_url"] == "https://talks.example/feed.json"
    assert made["next_url"] == "https://talks.example/archive/feed-3.json"
    assert [one["id"] for one in made["items"]] == ["tides-2", "tides-1"]


def test_a_feed_without_items_is_a_feed():
    assert orjson.loads(jsonfeed.feed_document(HEAD, []))["items"] == []


def test_extensions_of_the_publishers_stand_under_their_names_and_ours_is_ours():
    extras = (Element("jsonfeed:_tides", '{"height":[3]}'), Element("jsonfeed:_mediafeed", '{"id":"theirs"}'))
    made = item(extras=extras)

    assert made["_tides"] == {"height": [3]}
    assert made["_mediafeed"]["id"] == "tides33"


def test_an_undated_item_says_that_its_date_is_none_of_the_publishers():
    made = item(published=None, date_precision=DatePrecision.NONE)

    assert made["_mediafeed"]["date_precision"] == "none"
    assert made["date_published"] == made["_mediafeed"]["first_heard"]


def test_an_item_has_its_own_language_the_time_of_its_last_change_and_its_further_files():
    video = Element("enclosure", attributes=(("url", "https://a.example/1.mp4"), ("type", "video/mp4")))
    updated = Element("atom:updated", "2022-10-25T06:00:00Z")
    made = item(extras=(Element("dc:language", "nn"), updated, video))

    assert made["language"] == "nn"
    assert made["date_modified"] == "2022-10-25T06:00:00+00:00"
    assert [each["url"] for each in made["attachments"]][1:] == ["https://a.example/1.mp4"]
    assert "date_modified" not in item(extras=(replace(updated, text="yesterday"),))
