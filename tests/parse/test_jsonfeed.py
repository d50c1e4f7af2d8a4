"""JSON Feed in RSS's words."""

import json

import pytest

from mediafeed.errors import ParseError
from mediafeed.model.parsed import Element, FeedForm, ParsedFeed, first, named, words
from mediafeed.parse.feed import read

FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Briefing",
    "home_page_url": "https://briefing.example",
    "feed_url": "https://briefing.example/feed.json",
    "icon": "https://briefing.example/logo.png",
    "language": "en",
    "authors": [{"name": "The Institute", "url": "https://briefing.example"}],
    "hubs": [{"type": "WebSub", "url": "https://hub.example"}],
    "_ours": {"kept": True},
    "items": [
        {
            "id": 33,
            "url": "https://briefing.example/33",
            "external_url": "https://elsewhere.example/33",
            "title": "Episode 33",
            "content_html": "<p>Long</p>",
            "summary": "Short",
            "image": "https://briefing.example/33.png",
            "banner_image": "https://briefing.example/33-wide.png",
            "date_published": "2022-09-21T00:00:00+01:00",
            "date_modified": "2022-09-22T00:00:00Z",
            "authors": [{"name": "Neil Example"}],
            "tags": ["Japan", "UK"],
            "attachments": [
                {"url": "https://cdn.example/33.pdf", "mime_type": "application/pdf"},
                {
                    "url": "https://cdn.example/33.mp3",
                    "mime_type": "audio/mpeg",
                    "size_in_bytes": 46080000,
                    "duration_in_seconds": 2880,
                },
            ],
        },
        {"id": "32", "content_text": "1 < 2"},
    ],
}


def read_json(**changes: object) -> ParsedFeed:
    return read(json.dumps(FEED | changes).encode())


def test_an_item_speaks_the_words_of_rss():
    elements = read_json().items[0].elements

    assert words(elements, "guid") == "33"
    assert words(elements, "link") == "https://briefing.example/33"
    assert words(elements, "description") == "Short"
    assert first(elements, "content:encoded") == Element("content:encoded", "<p>Long</p>", (("type", "html"),))
    assert words(elements, "pubDate") == "2022-09-21T00:00:00+01:00"
    assert words(elements, "author") == "Neil Example"
    assert [tag.text for tag in named(elements, "category")] == ["Japan", "UK"]
    assert first(elements, "itunes:image") == Element(
        "itunes:image", "", (("href", "https://briefing.example/33.png"),)
    )


def test_the_first_audio_is_the_first_enclosure_and_its_duration_the_episodes():
    elements = read_json().items[0].elements

    assert [each.get("url") for each in named(elements, "enclosure")] == [
        "https://cdn.example/33.mp3",
        "https://cdn.example/33.pdf",
    ]
    assert first(elements, "enclosure").get("length") == "46080000"  # type: ignore[union-attr]
    assert words(elements, "itunes:duration") == "2880"


def test_plain_text_says_that_it_is_plain():
    elements = read_json().items[1].elements

    assert first(elements, "content:encoded") == Element("content:encoded", "1 < 2", (("type", "text"),))


def test_the_head_keeps_everything():
    found = read_json()

    assert found.form is FeedForm.JSON
    assert found.head is not None
    assert words(found.head, "title") == "Briefing"
    assert [(link.get("rel"), link.get("href")) for link in named(found.head, "atom:link")] == [
        ("self", "https://briefing.example/feed.json"),
        ("hub", "https://hub.example"),
    ]
    assert words(found.head, "jsonfeed:_ours") == '{"kept":true}'


def test_only_new_items_are_read():
    before = read_json()

    after = read(json.dumps(FEED).encode(), known={before.order[0]}, held_head=before.head_hash)

    assert after.items == before.items[1:]
    assert after.order == before.order
    assert after.head is None


def test_an_item_that_is_no_object_is_set_aside():
    found = read_json(items=["nothing", {"id": "1"}])

    assert found.flags == ("item 1: no object, set aside",)
    assert words(found.items[0].elements, "guid") == "1"


def test_half_characters_and_control_characters_cost_no_item():
    body = b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "title": "a\\ud800b\x01"}]}'

    assert words(read(body).items[0].elements, "title") == "a\ufffdb\x01"


def test_odd_types_are_read_as_text():
    found = read_json(
        title=None, authors="x", hubs=[1], items=[{"id": "1", "title": 3, "tags": "x", "attachments": {}}]
    )

    assert words(found.items[0].elements, "title") == "3"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', "malformed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": {}}', "malformed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"1" * 5000 + b"]]", "malformed"),
        (b"[1, 2]", "not a feed"),
        (b'{"items": []}', "not a feed"),
    ],
)
def test_what_is_no_json_feed_is_refused(body, kind):
    with pytest.raises(ParseError) as caught:
        read(body)

    assert caught.value.kind == kind


def test_too_many_items_are_refused():
    with pytest.raises(ParseError, match="more than 1 items"):
        read(json.dumps(FEED).encode(), max_items=1)
