"""Whose show it is: over a real server and a real store, from one config to the next."""

from pathlib import Path

import pytest

from mediafeed.model.source import Outcome, Source
from tests.refresh.origin import Clock, Origin, assembled_at, config, feed, item

PAGE = """<html><head><title>My Show</title>
<link rel="alternate" type="application/rss+xml" title="Other podcast" href="/other">
<link rel="alternate" type="application/rss+xml" title="My Show" href="/mine">
</head><body><h1>My Show</h1></body></html>"""


def test_a_source_that_is_added_again_under_another_id_speaks_for_its_show(
    tmp_path: Path, origin: Origin, clock: Clock
):
    url = origin.serve("/feed", feed(item(1)))
    with assembled_at(clock, config(tmp_path, origin, Source(id="one", url=url))) as house:
        house.visit_and_publish()
    origin.serve("/feed", feed(item(1), head="<itunes:explicit>true</itunes:explicit>"))

    with assembled_at(clock, config(tmp_path, origin, Source(id="uno", url=url))) as house:
        house.visit_and_publish()

        (show,) = house.store.shows()
        assert (show.id, show.source, show.explicit) == ("straits-briefing", "uno", True)
        assert "<itunes:explicit>true</itunes:explicit>" in house.published().partition("<item>")[2]


def test_a_block_is_obeyed_when_it_is_said_by_the_source_that_was_added_again(
    tmp_path: Path, origin: Origin, clock: Clock
):
    url = origin.serve("/feed", feed(item(1)))
    with assembled_at(clock, config(tmp_path, origin, Source(id="one", url=url))) as house:
        house.visit_and_publish()
    origin.serve("/feed", feed(item(1), head="<itunes:block>yes</itunes:block>"))

    with assembled_at(clock, config(tmp_path, origin, Source(id="uno", url=url))) as house:
        house.visit_and_publish()

        assert "<item>" not in house.published()


def test_two_podcasts_of_one_name_are_two_shows(tmp_path: Path, origin: Origin, clock: Clock):
    one = origin.serve("/one", feed(item(1), title="Security Matters"))
    two = origin.serve("/two", feed(item(2), title="Security Matters").replace(b"straits.example/<", b"two.example/<"))
    sources = (Source(id="q1", url=one), Source(id="q2", url=two))

    with assembled_at(clock, config(tmp_path, origin, *sources)) as house:
        house.visit("q1")
        house.visit("q2")

        assert [(show.id, show.source) for show in house.store.shows()] == [
            ("security-matters", "q1"),
            ("security-matters-q2", "q2"),
        ]


def test_a_show_that_is_blocked_later_is_news_though_no_item_is(tmp_path: Path, origin: Origin, clock: Clock):
    url = origin.serve("/feed", feed(item(1)))
    with assembled_at(clock, config(tmp_path, origin, Source(id="straits", url=url))) as house:
        house.visit_and_publish()
        origin.serve("/feed", feed(item(1), head="<itunes:block>yes</itunes:block>"))

        visit = house.visit_and_publish()

        assert visit.outcome is Outcome.MODIFIED
        assert "<item>" not in house.published()


def test_items_that_are_listed_as_before_are_counted_as_unchanged(tmp_path: Path, origin: Origin, clock: Clock):
    url = origin.serve("/feed", feed(item(1), item(2)))
    with assembled_at(clock, config(tmp_path, origin, Source(id="straits", url=url))) as house:
        house.visit()
        origin.serve("/feed", feed(item(1), item(2), item(3)))

        visit = house.visit()

        assert (visit.new, visit.modified, visit.unchanged) == (1, 0, 2)


def test_of_several_feeds_behind_a_page_the_one_of_the_shows_title_is_taken(
    tmp_path: Path, origin: Origin, clock: Clock
):
    origin.serve("/other", feed(item(1), title="Other podcast"))
    origin.serve("/mine", feed(item(2), title="My Show"))
    url = origin.serve("/page", PAGE, "Content-Type: text/html")

    with assembled_at(clock, config(tmp_path, origin, Source(id="m", url=url, title="My Show"))) as house:
        house.visit()

        assert house.store.state("m").address == f"{origin.url}/mine"


def test_a_feed_behind_a_page_that_goes_by_another_title_is_taken_and_told(
    tmp_path: Path, origin: Origin, clock: Clock
):
    origin.serve("/other", feed(item(1), title="Other podcast"))
    url = origin.serve("/page", PAGE.replace("/mine", "/nothing"), "Content-Type: text/html")

    with assembled_at(clock, config(tmp_path, origin, Source(id="m", url=url, title="My Show"))) as house:
        house.visit()

        assert "it calls itself 'Other podcast', not 'My Show'" in house.store.state("m").found_by


def test_what_only_a_shows_own_feed_restates_is_published_there_and_makes_no_episode_another(
    tmp_path: Path, origin: Origin, clock: Clock
):
    said = '<podcast:trailer url="https://straits.example/{}.mp3" pubdate="now">Soon</podcast:trailer>'
    url = origin.serve("/feed", feed(item(1), head=said.format("one")))
    with assembled_at(clock, config(tmp_path, origin, Source(id="straits", url=url))) as house:
        house.visit_and_publish()
        merged = house.published()
        origin.serve("/feed", feed(item(1), head=said.format("two")))

        visit = house.visit_and_publish()

        own = (tmp_path / "feeds/shows/straits-briefing/feed.xml").read_text()
        assert "https://straits.example/two.mp3" in own
        assert (visit.new, visit.modified) == (0, 0)
        assert house.published() == merged


def test_a_crossover_stands_in_the_feeds_of_both_shows(tmp_path: Path, origin: Origin, clock: Clock):
    crossover = item(1, guid="straits-1")
    again = item(1, guid="quays-1", audio="https://pdst.fm/e/cdn.straits.example/1.mp3")
    sources = (
        Source(id="straits", url=origin.serve("/straits", feed(crossover, item(2)))),
        Source(id="quays", url=origin.serve("/quays", feed(again, item(3), title="Quays"))),
    )
    with assembled_at(clock, config(tmp_path, origin, *sources)) as house:
        house.visit_and_publish()

        assert house.published().count("<item>") == 3
        for show in ("straits-briefing", "quays"):
            assert "<title>Episode 1: " in house.published(f"shows/{show}/feed.xml")
            assert len(house.store.list_episodes(show=show)) == 2


@pytest.mark.parametrize("blocking", ["straits", "quays"])
def test_a_channel_that_becomes_blocked_takes_its_own_words_and_nobody_elses(
    tmp_path: Path, origin: Origin, clock: Clock, blocking: str
):
    words = {
        "straits": item(1, guid="straits-1", description="Words of the straits."),
        "quays": item(1, guid="quays-1", description="Words of the quays.", link="https://quays.example/1"),
    }
    sources = [Source(id=id_, url=origin.serve(f"/{id_}", feed(said, title=id_))) for id_, said in words.items()]
    other = "quays" if blocking == "straits" else "straits"
    with assembled_at(clock, config(tmp_path, origin, *sources)) as house:
        house.visit_and_publish()
        origin.serve(f"/{blocking}", feed(words[blocking], title=blocking, head="<itunes:block>Yes</itunes:block>"))
        house.visit_and_publish()

        published = house.published() + house.published(f"shows/{other}/feed.xml")
        assert f"Words of the {other}" in published
        assert f"Words of the {blocking}" not in published
        assert not (house.output / f"shows/{blocking}/feed.xml").exists()
