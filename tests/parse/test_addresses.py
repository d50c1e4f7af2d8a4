"""Relative addresses are completed by where a feed stands; what is no address stays as it was said."""

import pytest

from mediafeed.model.parsed import first, words
from mediafeed.parse.feed import read
from tests.parse.feeds import read_either, rss

AT = "https://feeds.example/straits/feed.xml"


def enclosed(address: str, *, body: bytes | None = None, url: str = AT) -> str:
    made = body or rss(f'<item><title>33</title><enclosure url="{address}"/></item>')
    enclosure = first(read_either(made, url=url).items[0].elements, "enclosure")
    assert enclosure is not None
    return enclosure.get("url")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("//cdn.example/33.mp3", "https://cdn.example/33.mp3"),
        ("/audio/33.mp3", "https://feeds.example/audio/33.mp3"),
        ("audio/33.mp3?a=1&amp;b=2", "https://feeds.example/straits/audio/33.mp3?a=1&b=2"),
        ("../33.M4A", "https://feeds.example/33.M4A"),
    ],
)
def test_a_relative_enclosure_is_audio_beside_the_feed(address: str, expected: str):
    assert enclosed(address) == expected


@pytest.mark.parametrize(
    "address",
    [" https://cdn.example/33.mp3", "cdn.example/33.mp3", "www.cdn.example", "N/A", "#", "", "javascript:a.mp3", "//["],
)
def test_what_is_no_relative_address_stays_as_it_was_said(address: str):
    assert enclosed(address) == address


def test_xml_base_is_what_addresses_are_relative_to():
    body = b'<rss xml:base="https://cdn.example/a/"><channel><item><enclosure url="33.mp3"/></item></channel></rss>'

    assert enclosed("", body=body) == "https://cdn.example/a/33.mp3"


def test_nothing_is_completed_where_nobody_knows_where_the_feed_stands():
    assert enclosed("/33.mp3", url="") == "/33.mp3"


def test_pictures_pages_transcripts_and_what_a_media_group_holds_are_completed():
    media = 'xmlns:media="http://search.yahoo.com/mrss/"'
    found = read(
        rss(
            f'<item><link>/33</link><podcast:transcript url="33.vtt"/><guid>/33</guid>'
            f'<media:group {media}><media:thumbnail url="/33.jpg"/></media:group></item>',
            head="<title>Straits</title><link>#</link><image><url>cover.jpg</url></image>",
        ),
        url=AT,
    )

    elements = found.items[0].elements
    assert words(elements, "link") == "https://feeds.example/33"
    assert words(elements, "guid") == "/33"
    assert [one.get("url") for one in elements if one.name == "podcast:transcript"] == [
        "https://feeds.example/straits/33.vtt"
    ]
    assert [child.get("url") for one in elements for child in one.children] == ["https://feeds.example/33.jpg"]
    assert found.head is not None
    assert words(found.head, "link") == "#"
    assert [child.text for one in found.head for child in one.children] == ["https://feeds.example/straits/cover.jpg"]


def test_an_address_as_long_as_it_is_hostile_costs_no_time():
    address = "a/" * 30_000 + "."

    assert enclosed(address) == address
