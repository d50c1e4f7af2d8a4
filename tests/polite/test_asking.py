"""What is asked, and how: P1 to P7, P24 and P26 to P38, each seen from the server's side."""

import re
from datetime import timedelta

import pytest

from mediafeed.model.source import FailureKind, Outcome, Source, SourceKind
from mediafeed.refresh import pipeline
from tests.fetch.conftest import moved, ok
from tests.polite.conftest import DAY, HOUR
from tests.refresh.origin import feed, item

FEED = feed(item(1), item(2))
ETAG, CHANGED = 'W/"a b,c"', "Sat,  1 Oct 2022 11:00:00 +0000  "


def conditions(origin) -> tuple[str | None, str | None]:
    return origin.header("If-None-Match", "/feed"), origin.header("If-Modified-Since", "/feed")


def test_p1_p2_p3_what_the_last_answer_gave_goes_back_byte_for_byte(start, origin):
    poller = start(origin.serve("/feed", FEED, f"ETag: {ETAG}", f"Last-Modified: {CHANGED}"))

    poller.poll()
    first = conditions(origin)
    poller.poll()

    assert first == (None, None)
    assert conditions(origin) == (ETAG, CHANGED)


def test_p2_nothing_is_invented_where_a_server_gives_nothing(start, origin):
    poller = start(origin.serve("/feed", FEED, "Date: Sat, 01 Oct 2022 11:00:00 GMT"))

    poller.poll()
    poller.poll()

    assert conditions(origin) == (None, None)


def test_p4_a_crash_before_the_visit_is_written_down_asks_for_the_whole_again(start, origin, monkeypatch):
    poller = start(origin.serve_politely("/feed", FEED, '"1"'))

    with monkeypatch.context() as broken:
        broken.setattr(type(poller.house.store), "note_visit", lambda *_, **__: 1 / 0)
        poller.poll()
    visit = poller.poll()

    assert conditions(origin) == (None, None)
    assert visit.outcome is Outcome.UNCHANGED
    assert len(poller.house.titles()) == 2


def test_p4_a_document_that_breaks_off_gives_no_validator(start, origin):
    poller = start(origin.serve("/feed", feed(item(1), item(2)[:60], end=""), 'ETag: "cut"'))

    poller.poll()
    poller.poll()

    assert conditions(origin) == (None, None)


def test_p5_another_reader_asks_for_the_whole_once(start, origin, monkeypatch):
    poller = start(origin.serve_politely("/feed", FEED, '"1"'))

    poller.poll()
    monkeypatch.setattr(pipeline, "READER", "another")
    asked = []
    for _ in range(2):
        poller.poll()
        asked.append(conditions(origin)[0])

    assert asked == [None, '"1"']


def test_p6_a_304_renews_validators_and_clears_nothing(start, origin):
    poller = start(origin.serve("/feed", FEED, 'ETag: "1"', "Last-Modified: Sat, 01 Oct 2022 11:00:00 GMT"))

    poller.poll()
    origin.fail("/feed", "304 Not Modified", 'ETag: "2"', "Cache-Control: max-age=7200")
    visit = poller.poll()
    poller.poll()

    assert conditions(origin) == ('"2"', "Sat, 01 Oct 2022 11:00:00 GMT")
    assert visit.why == "the server asks for 2 h by max-age=7200"
    assert len(poller.house.titles()) == 2


def stuck(origin) -> str:
    """Serve a feed that is "not modified" for whoever has a condition."""

    def answer(request: bytes) -> bytes:
        if b"If-None-Match" in request:
            return ok(b"", status="304 Not Modified")
        return ok(FEED, 'ETag: "1"')

    origin.routes["/feed"] = answer
    return str(origin.url) + "/feed"


def whole(origin) -> int:
    return sum(
        b"If-None-Match" not in request for request in origin._server.requests if request.startswith(b"GET /feed")
    )


def test_p7_a_server_that_says_304_for_ever_is_asked_for_the_whole_once_in_eight_days(start, origin):
    poller = start(stuck(origin))

    poller.poll_for(timedelta(days=7.9))
    before = whole(origin)
    poller.poll_for(timedelta(days=10))

    assert (before, whole(origin)) == (1, 3)  # after 8 and 16 days


def test_p7_a_stuck_server_that_fails_when_asked_for_the_whole_is_not_asked_so_again(start, origin):
    poller = start(stuck(origin))
    poller.poll()
    poller.clock.move(days=9)
    origin.fail("/feed", "304 Not Modified")

    failed, after = poller.poll(), poller.poll()

    assert (failed.kind, after.outcome) == (FailureKind.STATUS, Outcome.NOT_MODIFIED)
    assert whole(origin) == 2


def test_p7_a_trusted_host_is_believed_for_ever(start, origin):
    poller = start(stuck(origin), trusted=("127.0.0.1",))

    poller.poll_for(20 * DAY)

    assert whole(origin) == 1


def test_p24_a_poll_that_fails_asks_once(start, origin):
    for status in ("500 Internal Server Error", "429 Too Many Requests", "404 Not Found"):
        poller = start(origin.fail("/feed", status))
        before = len(origin.asked("/feed"))
        poller.poll()

        assert len(origin.asked("/feed")) == before + 1


def test_p24_a_found_feed_that_fails_is_not_asked_a_second_time_by_looking_for_it(start, origin):
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    poller = start(origin.serve("/page", f"<!DOCTYPE html><html><head>{link}</head><body>Straits</body></html>"))
    origin.serve("/feed", FEED)
    poller.poll()

    del origin.routes["/feed"]
    poller.poll()

    assert origin.asked("/feed") == ["/feed", "/feed"]
    assert origin.asked("/page") == ["/page", "/page"]


def test_p26_a_temporary_move_is_followed_each_time_and_never_remembered(start, origin):
    origin.serve("/new", FEED, 'ETag: "1"')
    for status in ("302 Found", "303 See Other", "307 Temporary Redirect"):
        origin.routes["/feed"] = moved("/new", status)
        poller = start(origin.url + "/feed")
        before = len(origin.asked("/feed"))
        polls = len(poller.poll_for(10 * DAY))

        assert len(origin.asked("/feed")) - before == polls
        assert poller.state.address is None


def test_p31_p33_no_cookie_no_referer_no_login_elsewhere(start, origin, monkeypatch):
    monkeypatch.setenv("LOGIN", "user:password")
    origin.serve("/new", FEED, 'ETag: "1"', "Set-Cookie: trap=1")
    origin.routes["/feed"] = moved(origin.url.replace("127.0.0.1", "localhost") + "/new")
    poller = start(origin.url + "/feed?a=1&b=2", auth="env:LOGIN")

    for _ in range(3):
        poller.poll()

    assert origin.header("Authorization", "/feed") is not None
    assert origin.header("Authorization", "/new") is None
    for path in ("/feed", "/new"):
        assert origin.header("Cookie", path) is None
        assert origin.header("Referer", path) is None
    assert set(origin.asked("/feed")) == {"/feed?a=1&b=2"}


def test_p31_a_login_does_not_follow_to_where_a_feed_was_found(start, origin, monkeypatch):
    monkeypatch.setenv("LOGIN", "user:password")
    elsewhere = origin.serve("/feed", FEED).replace("127.0.0.1", "localhost")
    link = f'<link rel="alternate" type="application/rss+xml" href="{elsewhere}">'
    page = origin.serve("/page", f"<!DOCTYPE html><html><head>{link}</head><body>Straits</body></html>")
    poller = start(page, auth="env:LOGIN")

    poller.poll()
    poller.poll()

    assert origin.header("Authorization", "/page") is not None
    assert poller.state.address == elsewhere
    assert origin.header("Authorization", "/feed") is None


def test_p32_p34_p35_who_asks_says_so_with_a_get_for_what_can_be_decoded(start, origin):
    poller = start(origin.serve("/feed", FEED))

    poller.poll()

    agent = origin.header("User-Agent", "/feed")
    assert agent is not None
    assert re.fullmatch(r"mediafeed/\d+\.\d+ \(\+https://ours\.example; 1 sources\)", agent)
    assert origin.header("Accept-Encoding", "/feed") == "gzip"
    assert all(request.startswith(b"GET ") for request in origin._server.requests)


# P38


def article(origin, path: str) -> str:
    words = "<html><head><title>A talk</title></head><body><article><h1>A talk</h1><p>48 Minute Listen</p></article>"
    return str(origin.serve(path, words))


def test_p38_a_feeds_own_address_is_asked_whatever_robots_txt_says(start, origin):
    origin.serve("/robots.txt", "User-agent: *\nDisallow: /")
    poller = start(origin.serve("/feed", FEED))

    assert poller.poll().outcome is Outcome.NEW
    assert not origin.asked("/robots.txt")


def test_p38_a_page_that_is_closed_to_robots_is_not_read(start, origin):
    origin.serve("/robots.txt", "User-agent: mediafeed\nDisallow: /talks")
    poller = start(article(origin, "/talks/1"), kind=SourceKind.PAGE)

    visit = poller.poll()

    assert (visit.kind, visit.detail) == (FailureKind.ROBOTS, f"robots.txt keeps programs from {origin.url}/talks/1")
    assert not origin.asked("/talks/1")
    assert visit.next_visit is not None
    assert visit.next_visit - visit.at >= DAY


def test_p38_a_page_of_a_host_that_is_down_fails_as_its_host_does_and_is_not_called_closed(start, origin):
    poller = start("http://127.0.0.1:9/talks/1", kind=SourceKind.PAGE)

    first, second = poller.poll(), poller.poll()

    assert (first.kind, first.detail) == (
        FailureKind.CONNECT,
        "robots.txt could not be read: 127.0.0.1: connection refused",
    )
    assert first.why == "cannot connect: first failure in a row"
    assert first.next_visit is not None
    assert HOUR <= first.next_visit - first.at <= 1.2 * HOUR
    assert second.why == "cannot connect: second failure in a row"


def test_p38_p39_who_insists_has_a_robots_txt_asked_again_that_could_not_be_read(start, origin):
    origin.fail("/robots.txt", "500 Internal Server Error")
    poller = start(article(origin, "/podcasts/straits/1"), kind=SourceKind.PAGE)
    poller.poll()
    origin.serve("/robots.txt", "")
    poller.clock.move(minutes=2)

    chosen = poller.house.mediafeed.choose(["straits"], force=True)
    visit = poller.house.mediafeed.pipeline.visit(chosen.sources[0])

    assert visit.outcome is Outcome.NEW


def test_p38_p19_a_robots_txt_that_asks_to_wait_is_heeded_like_a_page_that_does(start, origin):
    origin.fail("/robots.txt", "503 Service Unavailable", "Retry-After: 18000")
    poller = start(article(origin, "/talks/1"), kind=SourceKind.PAGE)

    visit = poller.poll()

    assert (visit.kind, visit.why) == (
        FailureKind.BUSY,
        "asked to wait: the server asks for 5 h by Retry-After",
    )
    assert not origin.asked("/talks/1")


def test_p38_an_item_whose_page_cannot_be_judged_now_is_left_for_the_next_visit(start, origin):
    origin.fail("/robots.txt", "500 Internal Server Error")
    page = article(origin, "/podcasts/straits/1")
    listed = feed(item(1, link=page, guid=page, audio=""))
    poller = start(origin.serve("/feed", listed, 'ETag: "1"'), kind=SourceKind.SITE)

    visit = poller.poll()
    flags, before = visit.flags, poller.house.titles()
    origin.serve("/robots.txt", "")
    poller.poll()

    assert flags == (f"{page}: server error: robots.txt could not be read: 500 Internal Server Error",)
    assert not before
    assert len(poller.house.titles()) == 1


@pytest.mark.parametrize("host", ["192.0.2.1", "ada:secret@192.0.2.1", "127.0.0.1:99999"])
def test_an_item_whose_page_is_never_asked_is_an_episode_by_its_feed(start, origin, host):
    page = f"http://{host}/podcasts/straits/1"
    listed = feed(item(1, link=page, guid=page, audio=""))
    poller = start(origin.serve("/feed", listed, 'ETag: "1"'), kind=SourceKind.SITE)

    first, second = poller.poll(), poller.poll()

    assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.UNCHANGED)
    assert conditions(origin)[0] == '"1"'


def test_p38_behind_a_page_whose_robots_txt_cannot_be_read_nothing_is_looked_for(start, origin):
    origin.fail("/robots.txt", "500 Internal Server Error")
    origin.serve("/feed", FEED)
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    poller = start(origin.serve("/page", f"<!DOCTYPE html><html><head>{link}</head><body>Straits</body></html>"))

    visit = poller.poll()

    assert (visit.kind, visit.why) == (FailureKind.SERVER, "server error: first failure in a row")
    assert not origin.asked("/feed")


def test_p38_robots_txt_is_asked_once_a_day_for_all_pages_of_a_site(start, origin):
    origin.serve("/robots.txt", "User-agent: *\nDisallow: /private", 'ETag: "1"')
    pages = [article(origin, f"/podcasts/straits/{number}") for number in range(3)]
    items = [item(n, link=page, guid=page, audio="") for n, page in enumerate(pages)]
    poller = start(origin.serve("/feed", feed(*items)), kind=SourceKind.SITE)

    poller.poll()
    first = origin.asked("/robots.txt")
    poller.clock.move(days=2)
    items.append(item(9, link=article(origin, "/podcasts/straits/9"), guid="9", audio=""))
    origin.serve("/feed", feed(*items))
    poller.poll()

    assert (len(first), len(origin.asked("/robots.txt"))) == (1, 2)
    assert origin.header("If-None-Match", "/robots.txt") == '"1"'
    assert len(poller.house.titles()) == 4


def test_p38_a_feed_is_not_looked_for_behind_a_page_that_is_closed_to_robots(start, origin):
    origin.serve("/robots.txt", "User-agent: *\nDisallow: /page")
    origin.serve("/feed", FEED)
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    poller = start(origin.serve("/page", f"<!DOCTYPE html><html><head>{link}</head><body>Straits</body></html>"))

    visit = poller.poll()

    assert visit.kind is FailureKind.ROBOTS
    assert "give the feed's address" in visit.detail
    assert not origin.asked("/feed")


def test_p19_a_host_that_asks_to_wait_is_asked_for_no_page_either(start, origin):
    site = Source(id="site", url=origin.serve("/site", feed(item(1))))
    poller = start(origin.fail("/feed", "503 Service Unavailable", "Retry-After: 7200"), others=(site,))

    poller.poll()
    refused = poller.house.visit("site")

    assert refused.kind is FailureKind.BUSY
    assert not origin.asked("/site")
