"""A source published alone: the same feed, repaired, with an audit that tells every change."""

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from mediafeed.model.source import Source
from mediafeed.publish import repaired_feeds
from mediafeed.publish.checking import faults_in
from tests.refresh.origin import Clock, House, Origin, assembled_at, config, feed, item

HEAD = (
    '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="https://straits.example/feed"/>'
    "<itunes:explicit>clean</itunes:explicit><podcast:guid>2f7c1d9e-0000-5000-8000-000000000001</podcast:guid>"
    "<podcast:mood>calm</podcast:mood>"
)
GUEST = item(2, description="Philip Shetler-Jones is our guest for this episode.") .replace(
    "</item>", "<itunes:duration>48 Minute Listen</itunes:duration></item>"
)  # fmt: skip


def straits(origin: Origin, body: bytes, **more: Any) -> Source:
    return Source(id="straits", url=origin.serve("/feed", body), repaired=True, **more)


def audit(house: House) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(house.published("sources/straits/audit.json"))
    return told


def test_a_source_is_published_alone_with_what_it_lacked(tmp_path: Path, origin: Origin, clock: Clock):
    source = straits(origin, feed(item(1), GUEST, head=HEAD))
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit_and_publish()

        published = house.published("sources/straits/feed.xml")
        changes = [(c["item"] and c["item"]["guid"], c["element"], c["after"]) for c in audit(house)["changes"]]
        assert "<podcast:mood>calm</podcast:mood>" in published
        assert "2f7c1d9e-0000-5000-8000-000000000001" not in published
        assert ("guid-2", "itunes:duration", "2880") in changes
        assert ("guid-2", "podcast:person", 'role="guest" group="cast" Philip Shetler-Jones') in changes
        assert (None, "itunes:explicit", "false") in changes
        assert "https://straits.example/feed" not in published


def test_the_audit_tells_every_difference(tmp_path: Path, origin: Origin, clock: Clock):
    body = feed(item(1), GUEST, item(3, guid="guid-2"), head=HEAD)
    with assembled_at(clock, config(tmp_path, origin, straits(origin, body))) as house:
        house.visit_and_publish()

        theirs = _said(body)
        ours = _said(house.published("sources/straits/feed.xml").encode())
        told = audit(house)["changes"]
        added = sum(change["before"] is None for change in told)
        left_out = sum(change["after"] is None for change in told)
        replaced = len(told) - added - left_out
        assert len([one for one in ours if one not in theirs]) == added + replaced
        assert len([one for one in theirs if one not in ours]) == left_out + replaced


def test_an_item_that_is_listed_no_more_is_in_the_shows_feed_alone(tmp_path: Path, origin: Origin, clock: Clock):
    source = straits(origin, feed(item(1), item(2)))
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit_and_publish()
        origin.serve("/feed", feed(item(2)))
        house.visit_and_publish()

        assert "guid-1<" not in house.published("sources/straits/feed.xml")
        assert "guid-1<" in house.published("shows/straits-briefing/feed.xml")


def test_a_blocked_item_is_not_published_alone_either(tmp_path: Path, origin: Origin, clock: Clock):
    blocked = item(2).replace("</item>", "<itunes:block>Yes</itunes:block></item>")
    with assembled_at(clock, config(tmp_path, origin, straits(origin, feed(item(1), blocked)))) as house:
        house.visit_and_publish()

        assert "guid-2" not in house.published("sources/straits/feed.xml")
        assert "guid-2" not in house.published("sources/straits/audit.json")


def test_nothing_new_writes_nothing(tmp_path: Path, origin: Origin, clock: Clock):
    with assembled_at(clock, config(tmp_path, origin, straits(origin, feed(item(1), head=HEAD)))) as house:
        house.visit_and_publish()

        assert not house.mediafeed.publish().written


def test_a_source_that_is_not_to_be_repaired_is_published_with_the_others_only(
    tmp_path: Path, origin: Origin, clock: Clock
):
    source = Source(id="straits", url=origin.serve("/feed", feed(item(1))))
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit_and_publish()

        assert not (house.output / "sources/straits").exists()


def test_a_source_whose_channel_blocks_is_not_published_alone(tmp_path: Path, origin: Origin, clock: Clock):
    other = Source(id="quays", url=origin.serve("/quays", feed(item(1), title="Quays")))
    source = straits(origin, feed(item(1), head="<itunes:block>Yes</itunes:block>"))
    with assembled_at(clock, config(tmp_path, origin, source, other)) as house:
        house.visit_and_publish()

        assert not (house.output / "sources/straits").exists()


def test_the_feed_stays_below_what_directories_take(
    tmp_path: Path, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(repaired_feeds, "LIMIT", 2_000)
    with assembled_at(clock, config(tmp_path, origin, straits(origin, feed(*map(item, range(1, 9)))))) as house:
        house.visit_and_publish()

        published = house.published("sources/straits/feed.xml")
        assert "guid-8<" in published
        assert "guid-1<" not in published
        assert audit(house)["older_items_left_out"] == 8 - published.count("<item>")


def test_check_finds_nothing_wrong_with_a_feed_that_its_publisher_left_short(
    tmp_path: Path, origin: Origin, clock: Clock
):
    with assembled_at(clock, config(tmp_path, origin, straits(origin, feed(item(1, audio=""), item(2))))) as house:
        house.visit_and_publish()

        body = house.published("sources/straits/feed.xml").encode()
        assert not list(faults_in("sources/straits/feed.xml", body))


def _said(document: bytes) -> list[tuple[str, str, str]]:
    """Give (where, tag, the whole element) of everything in a feed's channel and items."""
    channel = etree.fromstring(document)[0]
    items = channel.findall("item")
    return [
        (
            where,
            str(element.tag),
            " ".join((*map(str, sorted(element.attrib.items())), element.text or "")),
        )
        for where, parent in [("channel", channel), *((one.findtext("title", ""), one) for one in items)]
        for element in parent
        if element.tag != "item"
    ]


def test_what_a_mirror_blocks_is_published_as_its_publisher_tells_it(tmp_path: Path, origin: Origin, clock: Clock):
    mirrored = item(1, description="MIRRORED").replace("</item>", "<itunes:block>Yes</itunes:block></item>")
    url = origin.serve("/mirror", feed(mirrored, title="Mirror"))
    mirror = Source(id="mirror", url=url, repaired=True)
    ours = straits(origin, feed(item(1)))
    with assembled_at(clock, config(tmp_path, origin, mirror, ours)) as house:
        house.mediafeed.settle([house.visit("mirror"), house.visit("straits")])
        house.mediafeed.publish()

        assert house.published().count("<item") == 1
        assert "MIRRORED" not in house.published()
        assert house.published("sources/straits/feed.xml").count("<item") == 1
        assert "<item" not in house.published("sources/mirror/feed.xml")
