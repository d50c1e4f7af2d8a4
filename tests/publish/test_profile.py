"""What the RSS profile and PSP-1 ask of a feed, and what we say of feedgen's output: whole documents, read again.

https://www.rssboard.org/rss-profile, https://github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification
"""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from mediafeed.model.episode import DatePrecision
from mediafeed.model.namespaces import PREFIXES
from mediafeed.model.parsed import Element
from mediafeed.publish.channel import channel_document
from mediafeed.publish.rss import feed_document, item_fragment
from mediafeed.publish.site import plan
from tests.publish.shelf import QUAYS, SITE, TIDES, Shelf, episode
from tests.publish.test_rss import HEAD, PEOPLE, attributes, item, one, text, texts

# The profile: a channel, and an item, must not have more than one of these.
CHANNEL_ONCE = {
    "title", "link", "description", "language", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate",
    "generator", "docs", "cloud", "ttl", "image", "rating", "textInput", "skipHours", "skipDays",
}  # fmt: skip
ITEM_ONCE = {"title", "link", "description", "author", "comments", "enclosure", "guid", "pubDate", "source"}
ASKED_OF_A_CHANNEL = (
    "title", "link", "description", "language", "atom:link[@rel='self']", "itunes:category", "itunes:explicit",
    "itunes:image", "itunes:author", "podcast:guid", "podcast:locked",
)  # fmt: skip
RENDER = """
from tests.publish.test_profile import everything
import sys
sys.stdout.buffer.write(everything())
"""
SHOW = replace(
    TIDES,
    extras=tuple(
        Element(name, "theirs") for name in (*sorted(CHANNEL_ONCE), "itunes:type", "podcast:medium", "author")
    ),
    pushed=(Element("podcast:person", "Inês Carrow"), Element("podcast:license", "cc-by-4.0")),
)


def everything() -> bytes:
    """Render a feed of items that say much."""
    extras = tuple(
        Element(name, "x", (("a", "1"), ("b", "2"))) for name in ("media:credit", "psc:chapters", "category")
    )
    items = (item_fragment(episode(number, extras=extras), SHOW, SITE, PEOPLE) for number in range(3))
    return feed_document(HEAD, items)


def planned() -> dict[str, etree._Element]:
    """Give the channel of every RSS document that is planned."""
    twice = tuple(Element(name, "x") for name in sorted(ITEM_ONCE)) * 2
    shelf = Shelf([episode(1, extras=twice), episode(2, extras=twice, published=None), episode(1, QUAYS)])
    shelf.all_shows = [SHOW, QUAYS]
    made = plan(shelf, shelf.site, shelf.views)
    return {one.path: etree.fromstring(one.render())[0] for one in made if one.path.endswith("feed.xml")}


FEEDS = planned()


@pytest.mark.parametrize("path", sorted(FEEDS))
def test_a_channel_and_its_items_have_once_what_they_must_not_have_twice(path: str):
    channel = FEEDS[path]

    for node, once in ((channel, CHANNEL_ONCE), *((found, ITEM_ONCE) for found in channel.findall("item"))):
        counts = Counter(str(child.tag) for child in node)
        assert {name: counts[name] for name in once if counts[name] > 1} == {}


@pytest.mark.parametrize("path", sorted(FEEDS))
def test_a_channel_has_what_psp_1_asks_for(path: str):
    assert [name for name in ASKED_OF_A_CHANNEL if FEEDS[path].find(name, PREFIXES) is None] == []


@pytest.mark.parametrize("path", sorted(FEEDS))
def test_the_first_atom_link_is_the_one_self_and_the_link_is_a_page(path: str):
    channel = FEEDS[path]
    links = [(link.get("rel"), link.get("href")) for link in channel.findall("atom:link", PREFIXES)]

    assert links[0] == ("self", f"https://talks.example/{path}")
    assert [rel for rel, _ in links].count("self") == 1
    assert text(channel, "link") == f"https://talks.example/{path.removesuffix('feed.xml')}"


@pytest.mark.parametrize("path", sorted(FEEDS))
def test_the_picture_of_a_channel_has_the_channels_own_title_and_link(path: str):
    channel = FEEDS[path]

    assert text(channel, "image/title") == text(channel, "title")
    assert text(channel, "image/link") == text(channel, "link")
    assert text(channel, "image/url") == attributes(one(channel, "itunes:image"))["href"]


@pytest.mark.parametrize("path", sorted(FEEDS))
def test_all_items_stand_after_what_the_channel_says(path: str):
    kinds = ["item" if child.tag == "item" else "channel" for child in FEEDS[path]]

    assert kinds == sorted(kinds)


@pytest.mark.parametrize("path", sorted(FEEDS))
def test_explicit_is_true_or_false_everywhere(path: str):
    said = {found.text for found in FEEDS[path].iter("{http://www.itunes.com/dtds/podcast-1.0.dtd}explicit")}

    assert said <= {"true", "false"}
    assert said


def test_a_feed_is_as_old_as_its_last_change_and_no_older_or_newer():
    held = Shelf([episode(1), episode(2)])
    newest = max(one.first_heard for one in held.held)
    (document,) = (one for one in plan(held, held.site) if one.path == "feed.xml")

    built = etree.fromstring(document.render())[0].findtext("lastBuildDate")

    assert built == f"{newest:%a, %d %b %Y %H:%M:%S} +0000"


def test_further_authors_of_an_item_are_creators():
    made = item(episode(1, extras=(Element("author", "a@a.example (Ann)"), Element("author", "b@b.example (Bo)"))))

    assert texts(made, "author") == ["a@a.example (Ann)"]
    assert texts(made, "dc:creator") == ["b@b.example (Bo)"]


def test_chapters_and_media_are_written_with_all_that_is_in_them():
    chapter = Element("psc:chapter", attributes=(("start", "00:00"), ("title", "Ebb & flow")))
    player = Element("media:player", attributes=(("url", "https://a.example/p"),))
    content = Element("media:content", attributes=(("url", "https://a.example/1.mp4"),), children=(player,))
    extras = (
        Element("psc:chapters", attributes=(("version", "1.2"),), children=(chapter, chapter)),
        Element("media:group", children=(content, content)),
    )

    made = item(episode(1, extras=extras))

    assert [attributes(each) for each in made.iterfind("psc:chapters/*", PREFIXES)] == [dict(chapter.attributes)] * 2
    assert len(made.findall("media:group/media:content/media:player", PREFIXES)) == 2


def test_every_prefix_is_declared_once_on_the_root_and_none_is_made_up():
    document = everything()

    assert b"ns0:" not in document
    assert document.count(b"xmlns") == document.partition(b"<channel")[0].count(b"xmlns")


def test_the_bytes_are_the_same_in_every_process():
    made = {
        subprocess.run(
            [sys.executable, "-c", RENDER],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "TZ": zone,
                "LC_ALL": "C",
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/New_York"))
    }

    assert made == {everything()}


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\ufffe", "\ud800"])
def test_no_character_that_xml_forbids_breaks_a_channel_wherever_it_stands(sign: str):
    head = replace(HEAD, author=f"a{sign}", elements=(Element("mood", f"{sign}x", (("level", sign),)),))

    channel = etree.fromstring(channel_document(head))[0]

    assert text(channel, "itunes:author") == "a\ufffd"
    assert attributes(one(channel, "mood")) == {"level": "\ufffd"}


@pytest.mark.parametrize("hours", [-5, 0, 9])
def test_dates_have_four_digit_years_and_a_numeric_zone(hours: int):
    when = datetime(2022, 9, 1, 6, tzinfo=UTC) + timedelta(hours=hours)
    made = item(episode(1, published=when, date_precision=DatePrecision.SECOND))

    assert text(made, "pubDate") == f"{when:%a, %d %b %Y %H:%M:%S} +0000"
