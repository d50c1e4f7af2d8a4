"""One source, once round: over a real server and a real store."""

import base64
import json
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mediafeed.logs import LineFormatter
from mediafeed.model.episode import Changes
from mediafeed.model.parsed import ParsedFeed
from mediafeed.model.source import FailureKind, Outcome, Source, SourceKind, Validators
from mediafeed.refresh import pipeline
from mediafeed.refresh.reading import Reading
from mediafeed.refresh.taking_in import TakesIn
from tests.fetch.conftest import ok
from tests.refresh.origin import Clock, Origin, assembled_at, config, feed, item

AUTHOR = "<itunes:author>Example Institute</itunes:author>"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the items that each document had read: a spy before the real reader."""
    counts: list[int] = []
    real = Reading.feed

    def spying(self: Reading, *arguments: Any, **more: Any) -> ParsedFeed:
        parsed = real(self, *arguments, **more)
        counts.append(len(parsed.items))
        return parsed

    monkeypatch.setattr(Reading, "feed", spying)
    return counts


# Asking again


def test_a_feed_is_asked_for_with_its_validators_byte_for_byte(tmp_path: Path, origin: Origin, clock: Clock):
    etag, changed = 'W/"a b,c"', "Sat,  1 Oct 2022 11:00:00 +0000"
    url = origin.serve_politely("/feed", feed(item(1)), etag, f"Last-Modified: {changed}")

    with assembled_at(clock, config(tmp_path, origin, Source(id="straits", url=url))) as house:
        first = house.visit()
        without = origin.header("If-None-Match", "/feed")
        second = house.visit()

    assert (first.outcome, first.new, without) == (Outcome.NEW, 1, None)
    assert (second.outcome, second.status) == (Outcome.NOT_MODIFIED, 304)
    assert origin.header("If-None-Match", "/feed") == etag
    assert origin.header("If-Modified-Since", "/feed") == changed


def test_a_304_with_a_new_etag_is_asked_for_with_that_one(tmp_path: Path, origin: Origin, clock: Clock):
    url = origin.serve("/feed", feed(item(1)), 'ETag: "1"')

    with assembled_at(clock, config(tmp_path, origin, Source(id="straits", url=url))) as house:
        house.visit()
        origin.fail("/feed", "304 Not Modified", 'ETag: "2"')
        house.visit()
        house.visit()

        assert origin.header("If-None-Match", "/feed") == '"2"'
        assert house.titles()


def test_a_body_that_was_heard_before_is_not_read_again(tmp_path: Path, origin: Origin, clock: Clock, read: list[int]):
    url = origin.serve("/feed", feed(item(1), item(2)), 'ETag: "1"')

    with assembled_at(clock, config(tmp_path, origin, Source(id="straits", url=url))) as house:
        house.visit()
        origin.serve("/feed", feed(item(1), item(2)), 'ETag: "flips"')
        visit = house.visit()

    assert visit.outcome is Outcome.UNCHANGED
    assert read == [2]


def test_only_items_that_were_not_heard_before_are_read(tmp_path: Path, origin: Origin, clock: Clock, read: list[int]):
    url = origin.serve("/feed", feed(*(item(number) for number in range(1, 10))))

    with assembled_at(clock, config(tmp_path, origin, Source(id="straits", url=url))) as house:
        house.visit()
        origin.serve("/feed", feed(item(10), *(item(number) for number in range(1, 9)), item(9, description="Edited.")))
        visit = house.visit()

    assert read == [9, 2]
    assert (visit.new, visit.modified) == (1, 1)


def test_items_in_another_order_are_nothing_new(tmp_path: Path, origin: Origin, clock: Clock, read: list[int]):
    url = origin.serve("/feed", feed(item(1), item(2), item(3)))

    with assembled_at(clock, config(tmp_path, origin, Source(id="straits", url=url))) as house:
        house.visit_and_publish()
        before = house.published()
        origin.serve("/feed", feed(item(3), item(1), item(2)))
        visit = house.visit_and_publish()

        assert house.published() == before
    assert visit.outcome is Outcome.UNCHANGED
    assert read == [3, 0]


def test_another_reader_reads_everything_once(
    tmp_path: Path, origin: Origin, clock: Clock, read: list[int], monkeypatch: pytest.MonkeyPatch
):
    url = origin.serve_politely("/feed", feed(item(1), item(2)), '"1"')

    with assembled_at(clock, config(tmp_path, origin, Source(id="straits", url=url))) as house:
        house.visit()
        monkeypatch.setattr(pipeline, "READER", "another")
        outcomes = [house.visit().outcome for _ in range(2)]

    assert read == [2, 2]
    assert outcomes == [Outcome.UNCHANGED, Outcome.NOT_MODIFIED]


def test_a_new_head_alone_understands_anew_what_was_said_before(tmp_path: Path, origin: Origin, clock: Clock):
    url = origin.serve("/feed", feed(item(1), item(2)))

    with assembled_at(clock, config(tmp_path, origin, Source(id="straits", url=url))) as house:
        house.visit()
        host = '<podcast:person role="host">Neil Melvin</podcast:person>'
        origin.serve("/feed", feed(item(1), item(2), head=host))
        visit = house.visit()

        people = [row.appearances for row in house.store.index()]
    assert (visit.new, visit.modified) == (0, 2)
    assert people == [(("neil-melvin", "host"),)] * 2


def test_a_new_head_that_says_the_same_of_the_show_changes_no_episode(tmp_path: Path, origin: Origin, clock: Clock):
    url = origin.serve("/feed", feed(item(1), head="<lastBuildDate>Sat, 01 Oct 2022 11:00:00 +0000</lastBuildDate>"))

    with assembled_at(clock, config(tmp_path, origin, Source(id="straits", url=url))) as house:
        house.visit_and_publish()
        before = house.published()
        changed = "<lastBuildDate>Sat, 01 Oct 2022 12:00:00 +0000</lastBuildDate>"
        origin.serve("/feed", feed(item(1), head=changed))
        visit = house.visit_and_publish()

        assert visit.outcome is Outcome.UNCHANGED
        assert house.published() == before


def test_a_redirect_that_leads_elsewhere_at_every_visit_does_not_change_the_show(
    tmp_path: Path, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    anew: list[str] = []

    def understand_anew(*_: object, **__: object) -> Changes:
        anew.append("everything")
        return Changes()

    monkeypatch.setattr(TakesIn, "understand_anew", understand_anew)
    url = origin.url + "/feed"
    source = Source(id="straits", url=url)

    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        modified = []
        for number in (1, 2):  # of three episodes habits are learned, and the show is understood by them
            origin.fail("/feed", "302 Found", f"Location: /signed/{number}")
            origin.serve(f"/signed/{number}", feed(*(item(n) for n in range(1, number + 1))))
            modified.append(house.visit().modified)

        assert modified == [0, 0]
        assert not anew
        assert house.store.shows()[0].feed_url == url


# Documents that are not whole


def test_a_feed_that_breaks_off_gives_its_whole_items_and_its_validators_are_not_kept(
    tmp_path: Path, origin: Origin, clock: Clock
):
    url = origin.serve("/feed", feed(item(1), item(2), item(3)[:60], end=""), 'ETag: "cut"')

    with assembled_at(clock, config(tmp_path, origin, Source(id="straits", url=url))) as house:
        visit = house.visit()
        state = house.store.state("straits")
        origin.serve("/feed", feed(item(1), item(2), item(3)), 'ETag: "cut"')
        healed = house.visit()

        assert (visit.outcome, visit.new) == (Outcome.NEW, 2)
        assert any("breaks off" in flag for flag in visit.flags)
        assert (state.validators, state.body_hash) == (Validators(), "")
        assert origin.header("If-None-Match", "/feed") is None
        assert (healed.new, len(house.titles())) == (1, 3)
        assert house.store.state("straits").validators.etag == '"cut"'


def test_a_feed_that_fails_keeps_the_validators_of_what_is_held(tmp_path: Path, origin: Origin, clock: Clock):
    url = origin.serve("/feed", feed(item(1)), 'ETag: "1"')

    with assembled_at(clock, config(tmp_path, origin, Source(id="straits", url=url))) as house:
        house.visit()
        origin.serve("/feed", b"<html><body>Back soon.</body></html>", 'ETag: "down"')
        house.visit()
        origin.serve("/feed", b"", 'ETag: "empty"')
        house.visit()

        assert house.store.state("straits").validators.etag == '"1"'


def test_a_source_that_empties_its_feed_takes_nothing_away_and_is_told(tmp_path: Path, origin: Origin, clock: Clock):
    url = origin.serve("/feed", feed(*(item(number) for number in range(1, 11))))

    with assembled_at(clock, config(tmp_path, origin, Source(id="straits", url=url))) as house:
        house.visit_and_publish()
        before = house.published()
        origin.serve("/feed", feed(item(10)))
        house.visit_and_publish()
        origin.serve("/feed", feed())
        visit = house.visit_and_publish()

        assert house.published() == before
    assert visit.outcome is Outcome.UNCHANGED
    assert any("lists nothing" in flag for flag in visit.flags)


# Finding feeds


def page(links: str) -> str:
    return (
        f"<!DOCTYPE html><html><head><title>Straits</title>{links}</head><body><h1>Straits Briefing</h1></body></html>"
    )


def alternate(path: str) -> str:
    return f'<link rel="alternate" type="application/rss+xml" href="{path}">'


def test_the_feed_behind_a_page_is_found_remembered_and_found_again_when_it_moves(
    tmp_path: Path, origin: Origin, clock: Clock
):
    url = origin.serve("/podcast", page(alternate("/posts.xml") + alternate("/podcast.xml")))
    origin.serve("/posts.xml", feed(item(1, audio=""), title="Posts"))
    origin.serve("/podcast.xml", feed(item(1)), 'ETag: "1"')

    with assembled_at(clock, config(tmp_path, origin, Source(id="straits", url=url))) as house:
        first = house.visit()
        found = house.store.state("straits")
        house.visit()
        asked = origin.asked("/podcast")
        del origin.routes["/podcast.xml"]
        origin.serve("/podcast", page(alternate("/moved.xml")))
        origin.serve("/moved.xml", feed(item(1), item(2)))
        moved = house.visit()

        assert (first.outcome, first.new) == (Outcome.NEW, 1)
        assert found.address == origin.url + "/podcast.xml"
        assert found.found_by == f"link rel=alternate on {url}"
        assert len(asked) == 1
        assert (moved.outcome, moved.new, moved.modified) == (Outcome.NEW, 1, 0)
        assert house.store.state("straits").address == origin.url + "/moved.xml"


def test_a_found_feed_that_is_merely_down_is_not_looked_for_again(tmp_path: Path, origin: Origin, clock: Clock):
    url = origin.serve("/podcast", page(alternate("/podcast.xml")))
    origin.serve("/podcast.xml", feed(item(1)))

    with assembled_at(clock, config(tmp_path, origin, Source(id="straits", url=url))) as house:
        house.visit()
        origin.fail("/podcast.xml", "500 Internal Server Error")
        visit = house.visit()

        assert visit.kind is FailureKind.SERVER
        assert len(origin.asked("/podcast")) == 1
        assert house.store.state("straits").address == origin.url + "/podcast.xml"


def test_a_page_without_a_podcast_feed_behind_it_is_told(tmp_path: Path, origin: Origin, clock: Clock):
    url = origin.serve("/podcast", page(alternate("/posts.xml")))
    origin.serve("/posts.xml", feed(item(1, audio="")))

    with assembled_at(clock, config(tmp_path, origin, Source(id="straits", url=url))) as house:
        visit = house.visit()

        assert visit.kind is FailureKind.NOT_FOUND
        assert not house.titles()


def answer(*entries: tuple[str, str, str]) -> str:
    results = [
        {"kind": "podcast", "collectionName": title, "artistName": author, "feedUrl": url, "collectionId": 1}
        for title, author, url in entries
    ]
    return json.dumps({"resultCount": len(results), "results": results})


def test_a_show_is_taken_from_the_directory_only_if_show_and_author_match(tmp_path: Path, origin: Origin, clock: Clock):
    origin.serve("/wrong.xml", feed(item(1)))
    origin.serve("/right.xml", feed(item(1), title="Straits Briefing"))
    wrong = [("Straits Briefing", "Somebody Else", origin.url + "/wrong.xml"), ("Other", "Example Institute", "")]
    right = ("Straits Briefing", "Example Institute", origin.url + "/right.xml")
    origin.serve("/search", answer(*wrong))
    source = Source(id="straits", find="Straits Briefing Example Institute")

    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        refused = house.visit()
        origin.serve("/search", answer(*wrong, right))
        found = house.visit()
        house.visit()

        assert refused.kind is FailureKind.NOT_FOUND
        assert "Straits Briefing by Somebody Else" in refused.detail
        assert found.new == 1
        assert house.store.state("straits").found_by == "directory: Straits Briefing by Example Institute"
        assert len(origin.asked("/search")) == 2
        assert not origin.asked("/wrong.xml")


def test_a_directory_that_is_down_is_told_and_asked_again_later(tmp_path: Path, origin: Origin, clock: Clock):
    origin.fail("/search", "503 Service Unavailable", "Retry-After: 7200")
    settings = config(tmp_path, origin, Source(id="straits", find="Straits Briefing Example Institute"))

    with assembled_at(clock, replace(settings, poll=replace(settings.poll, minimum=timedelta(hours=1)))) as house:
        visit = house.visit()

    assert visit.kind is FailureKind.BUSY
    assert visit.next_visit is not None
    assert visit.next_visit - visit.at >= timedelta(hours=2)


# Pages and sites


def test_a_page_about_an_episode_of_a_known_podcast_is_one_more_witness(tmp_path: Path, origin: Origin, clock: Clock):
    podcast = Source(id="straits", url=origin.serve("/feed", feed(item(1), head=AUTHOR)))
    words = (
        "<html><head><title>Episode 1: Maritime strategy, lesson A</title></head><body><article>"
        "<h1>Episode 1: Maritime strategy, lesson A</h1><h2>Straits Briefing Podcast Episode 1</h2>"
        "<p>Philip Shetler-Jones is our guest for this episode.</p></article></body></html>"
    )
    blog = Source(id="blog", url=origin.serve("/talk", words), kind=SourceKind.PAGE)

    with assembled_at(clock, config(tmp_path, origin, blog, podcast)) as house:
        house.visit()
        again = house.visit("blog")

        assert len(house.titles()) == 1
        assert {told.source for told in house.store.tellings(house.store.index()[0].id)} == {"straits", "blog"}
        assert again.outcome is Outcome.UNCHANGED


def test_a_page_that_is_edited_is_the_same_item(tmp_path: Path, origin: Origin, clock: Clock):
    words = "<html><head><title>{}</title></head><body><article><h1>{}</h1><p>Words.</p></article></body></html>"
    url = origin.serve("/talk", words.format("A talk on straits", "A talk on straits"))

    with assembled_at(clock, config(tmp_path, origin, Source(id="blog", url=url, kind=SourceKind.PAGE))) as house:
        first = house.visit()
        origin.serve("/talk", words.format("Another title", "Another title"))
        second = house.visit()

        assert (first.new, second.new, second.modified) == (1, 0, 1)
        assert len(house.titles()) == 1


def site(*links: str) -> bytes:
    return feed(*(item(n, link=link, guid=link, audio="") for n, link in enumerate(links, 1)), title="Institute")


def test_a_sites_episodes_are_read_from_their_pages_and_its_other_posts_are_left_out(
    tmp_path: Path, origin: Origin, clock: Clock
):
    episode, post = origin.url + "/podcasts/straits/one", origin.url + "/publications/two"
    origin.serve(
        "/podcasts/straits/one", "<html><body><article><h1>One</h1><p>48 Minute Listen</p></article></body></html>"
    )
    url = origin.serve("/site", site(episode, post), 'ETag: "1"')

    with assembled_at(clock, config(tmp_path, origin, Source(id="site", url=url, kind=SourceKind.SITE))) as house:
        visit = house.visit()
        house.visit()

        assert visit.new == 1
        assert origin.asked("/podcasts/straits/one") == ["/podcasts/straits/one"]
        assert not origin.asked("/publications/two")


def test_a_picture_beside_a_post_does_not_make_it_an_episode(tmp_path: Path, origin: Origin, clock: Clock):
    post = item(1, link=origin.url + "/publications/two", audio="")
    picture = '<enclosure url="https://x.example/1.jpg" type="image/jpeg" length="1"/></item>'
    url = origin.serve("/site", feed(post.replace("</item>", picture)))

    with assembled_at(clock, config(tmp_path, origin, Source(id="site", url=url, kind=SourceKind.SITE))) as house:
        house.visit()

        assert not house.titles()


def test_a_page_that_cannot_be_read_now_is_read_at_the_next_visit(tmp_path: Path, origin: Origin, clock: Clock):
    episode = origin.url + "/podcasts/straits/one"
    origin.fail("/podcasts/straits/one", "500 Internal Server Error")
    url = origin.serve("/site", site(episode), 'ETag: "1"')

    with assembled_at(clock, config(tmp_path, origin, Source(id="site", url=url, kind=SourceKind.SITE))) as house:
        first = house.visit()
        origin.serve("/podcasts/straits/one", "<html><body><article><h1>One</h1><p>Words.</p></article></body></html>")
        second = house.visit()

        assert (first.new, second.new) == (0, 1)
        assert any("server error" in flag for flag in first.flags)


# Each for itself


def test_what_we_publish_is_no_source_of_ours(tmp_path: Path, origin: Origin, clock: Clock):
    told = item(1, description="Philip Shetler-Jones is our guest for this episode.")
    settings = config(tmp_path, origin, Source(id="straits", url=origin.serve("/feed", feed(told))))
    with assembled_at(clock, settings) as house:
        house.visit_and_publish()
        paths = ["feed.xml", "feed.json", "shows/straits-briefing/feed.xml", "people/philip-shetler-jones/feed.xml"]
        ours = [Source(id=f"o{n}", url=origin.serve(f"/o{n}", house.published(path))) for n, path in enumerate(paths)]

    with assembled_at(clock, replace(settings, sources=(*settings.sources, *ours))) as house:
        visits = house.mediafeed.refresh(ours)

        assert [visit.kind for visit in visits] == [FailureKind.OURSELVES] * 4
        assert len(house.store.tellings(house.store.index()[0].id)) == 1


def test_what_we_publish_is_known_for_ours_when_the_site_has_moved(tmp_path: Path, origin: Origin, clock: Clock):
    settings = config(tmp_path, origin, Source(id="straits", url=origin.serve("/feed", feed(item(1)))))
    with assembled_at(clock, settings) as house:
        house.visit_and_publish()
        url = origin.serve("/ours", house.published())
    moved = replace(
        settings, site=replace(settings.site, url="https://new.example"), sources=(Source(id="o", url=url),)
    )

    with assembled_at(clock, moved) as house:
        assert house.visit().kind is FailureKind.OURSELVES


def test_two_podcasts_of_one_name_that_are_heard_at_once_stay_two(tmp_path: Path, origin: Origin, clock: Clock):
    sources = []
    for number in range(8):
        body = feed(
            item(1, audio=f"https://{number}.example/1.mp3", link=f"https://{number}.example/1", guid=f"{number}"),
            head=f"<itunes:author>Institute {number}</itunes:author>",
        ).replace(b"<link>https://straits.example/</link>", f"<link>https://{number}.example/</link>".encode())
        sources.append(Source(id=f"s{number}", url=origin.serve(f"/{number}", body)))

    with assembled_at(clock, config(tmp_path, origin, *sources)) as house:
        house.visit()

        assert {show.source for show in house.store.shows()} == {source.id for source in sources}
        assert {row.show for row in house.store.index()} == {show.id for show in house.store.shows()}


def test_an_error_of_ours_is_remembered_and_costs_no_other_source(
    tmp_path: Path, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    good = Source(id="good", url=origin.serve("/good", feed(item(1))))
    bad = Source(id="bad", url=origin.serve("/bad", feed(item(2), title="Bad")))
    real = Reading.feed

    def broken(self: Reading, answer: Any, **more: Any) -> ParsedFeed:
        if answer.url.endswith("/bad"):
            raise ZeroDivisionError("a bug")
        return real(self, answer, **more)

    monkeypatch.setattr(Reading, "feed", broken)
    settings = config(tmp_path, origin, bad, good)
    with assembled_at(clock, replace(settings, poll=replace(settings.poll, minimum=timedelta(hours=1)))) as house:
        house.visit()
        state = house.store.state("bad")

        assert len(house.titles()) == 1
        assert state.last_visit is not None
        assert state.last_visit.kind is FailureKind.INTERNAL
        assert state.last_visit.detail == "ZeroDivisionError: a bug"
        assert state.next_visit is not None
        assert state.next_visit - clock.now >= timedelta(hours=1)
        assert not house.mediafeed.choose(()).sources


def test_a_host_that_asks_to_wait_is_left_alone_by_all_its_sources(tmp_path: Path, origin: Origin, clock: Clock):
    busy = Source(id="a-busy", url=origin.fail("/busy", "429 Too Many Requests", "Retry-After: 7200"))
    other = Source(id="other", url=origin.serve("/other", feed(item(1))))
    settings = config(tmp_path, origin, busy, other)

    with assembled_at(clock, settings) as house:
        house.visit("a-busy")
        waiting = house.mediafeed.choose(())
        named = house.mediafeed.choose(["other"])
        clock.move(hours=3)
        over = house.mediafeed.choose(())

    assert not waiting.sources
    assert {name for name, _ in waiting.skipped} == {"other"}
    assert "asked not to be visited" in named.skipped[0][1]
    assert {source.id for source in over.sources} == {"a-busy", "other"}


@pytest.mark.parametrize("status", ["200 OK", "401 Unauthorized", "500 Broken"])
def test_a_login_is_in_no_log_line_and_in_nothing_that_is_remembered(
    tmp_path: Path, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    status: str,
):  # fmt: skip
    monkeypatch.setenv("MEDIAFEED_TEST_LOGIN", "ada:s3cr3t-word")
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "mediafeed")  # a command run before may have set its own
    origin.routes["/a"] = ok(feed(item(1)), status=status)
    source = Source(id="a", url=origin.url + "/a", auth="env:MEDIAFEED_TEST_LOGIN")
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        house.visit_and_publish()
    encoded = base64.b64encode(b"ada:s3cr3t-word").decode()

    lines = [LineFormatter().format(record) for record in caplog.records]
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert origin.header("Authorization", "/a") == f"Basic {encoded}"
    assert any("visited" in line for line in lines)
    assert not [line for line in lines if "s3cr3t" in line or encoded in line]
    assert not [body for body in files if b"s3cr3t" in body or encoded.encode() in body]
