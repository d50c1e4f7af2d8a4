"""What publishers say of their shows, in channels of ours."""

from dataclasses import replace

import orjson
import pytest
from lxml import etree

from mediafeed.model.episode import Show
from mediafeed.model.namespaces import PREFIXES
from mediafeed.model.parsed import Element
from mediafeed.publish import feeds
from mediafeed.publish.site import plan
from tests.publish.shelf import INES, QUAYS, TIDES, Shelf, episode
from tests.publish.test_rss import attributes, one, text, texts

TRAILER = Element("podcast:trailer", "Soon", (("url", "https://tides.example/t.mp3"), ("pubdate", "now")))
MOOD = Element("{http://moods.example/ns}mood", " calm ", (("level", "3"),))
LIVE = Element(
    "podcast:liveItem",
    attributes=(("status", "pending"), ("start", "2022-10-01T12:00:00Z")),
    children=(
        Element("title", "Ports, live"),
        Element("podcast:person", "Inês Carrow"),
        Element("podcast:images", attributes=(("srcset", "https://tides.example/live.jpg 100w"),)),
    ),
)
LICENSE = Element("podcast:license", "cc-by-4.0")


def channel(path: str, *shows: Show, held: Shelf | None = None) -> etree._Element:
    shelf = held or Shelf([episode(1), episode(1, QUAYS)])
    shelf.all_shows = [*shows, *(show for show in (TIDES, QUAYS) if show.id not in {one.id for one in shows})]
    document = next(document for document in plan(shelf, shelf.site, shelf.views) if document.path == path)
    return etree.fromstring(document.render())[0]


def test_a_shows_own_feed_says_what_its_channel_says_word_for_word():
    show = replace(TIDES, extras=(TRAILER, MOOD), pushed=(LICENSE,))

    made = channel("shows/tides/feed.xml", show)

    assert attributes(one(made, "podcast:trailer")) == dict(TRAILER.attributes)
    assert one(made, "{http://moods.example/ns}mood").text == " calm "
    assert text(made, "podcast:license") == "cc-by-4.0"
    assert channel("feed.xml", show).find("podcast:trailer", PREFIXES) is None


def test_a_shows_own_feed_says_once_what_is_ours_to_say():
    ours = (
        "podcast:guid",
        "podcast:locked",
        "itunes:owner",
        "itunes:type",
        "podcast:medium",
        "atom:id",
        "title",
        "image",
    )
    extras = tuple(Element(name, "theirs") for name in ours)

    made = channel("shows/tides/feed.xml", replace(TIDES, extras=extras))

    for name in ours:
        assert "theirs" not in texts(made, name), name


def test_a_serial_stays_one_in_its_own_feed_and_an_audiobook_too():
    show = replace(TIDES, extras=(Element("itunes:type", " Serial "), Element("podcast:medium", "audiobook")))

    own, merged = channel("shows/tides/feed.xml", show), channel("feed.xml", show)

    assert (text(own, "itunes:type"), text(own, "podcast:medium")) == ("serial", "audiobook")
    assert (text(merged, "itunes:type"), text(merged, "podcast:medium")) == ("episodic", "podcast")


def test_what_is_live_stands_in_the_merged_feed_with_its_show_and_what_its_channel_says():
    show = replace(TIDES, extras=(LIVE,), pushed=(LICENSE, Element("podcast:person", "Takumi Hale")))

    live = one(channel("feed.xml", show), "podcast:liveItem")

    assert attributes(live)["status"] == "pending"
    assert attributes(one(live, "source"))["url"] == TIDES.feed_url
    assert text(live, "source") == TIDES.title
    assert text(live, "podcast:license") == "cc-by-4.0"
    assert texts(live, "podcast:person") == ["Inês Carrow"]
    assert channel("list.xml", show).find("podcast:liveItem", PREFIXES) is None


def test_a_live_item_of_a_locked_show_shows_no_picture():
    made = channel("feed.xml", replace(TIDES, extras=(LIVE,), locked=True))

    assert text(made, "podcast:liveItem/title") == "Ports, live"
    assert b".jpg" not in etree.tostring(one(made, "podcast:liveItem"))


@pytest.mark.parametrize("path", ["feed.xml", "shows/tides/feed.xml"])
def test_nothing_of_a_channel_names_a_hidden_person(path: str):
    held = Shelf([episode(1, credits=()), episode(1, QUAYS, credits=())], people=[replace(INES, hidden=True)])
    editor = Element("managingEditor", "ines@tides.example (Inês Carrow)")
    show = replace(TIDES, extras=(LIVE, editor), pushed=(Element("podcast:person", "Ines Carrow"),))

    made = channel(path, show, held=held)

    assert one(made, "podcast:liveItem") is not None
    assert made.find("podcast:person", PREFIXES) is None
    assert made.find("podcast:liveItem/podcast:person", PREFIXES) is None
    assert made.find("managingEditor") is None


def test_archives_do_not_change_with_what_a_channel_says(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(feeds, "partition", lambda sizes, _held: {one: 1 for one, _ in sizes[:-1]})
    path = "shows/tides/archive/feed-1.xml"
    plain, more = (
        channel(path, show, held=Shelf([episode(1), episode(2), episode(3)]))
        for show in (TIDES, replace(TIDES, extras=(TRAILER,)))
    )

    assert etree.tostring(plain) == etree.tostring(more)


def test_extensions_of_json_feed_stand_in_the_json_of_the_show():
    shelf = Shelf([episode(1)])
    shelf.all_shows = [replace(TIDES, extras=(Element("jsonfeed:_tides", '{"height":[3]}'),))]
    document = next(each for each in plan(shelf, shelf.site) if each.path == "shows/tides/feed.json")

    assert orjson.loads(document.render())["_tides"] == {"height": [3]}
