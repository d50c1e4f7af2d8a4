"""Addresses that move, and shows that become others: P25, P27, itunes:new-feed-url, F50."""

import json
from datetime import timedelta

import pytest

from mediafeed.model.source import FailureKind, Outcome
from tests.fetch.conftest import moved
from tests.polite.conftest import DAY
from tests.refresh.origin import feed, item

FEED = feed(item(1), item(2))


@pytest.mark.parametrize("status", ["301 Moved Permanently", "308 Permanent Redirect"])
def test_p25_a_move_is_remembered_after_a_week_and_told_from_the_first_day(start, origin, status, caplog):
    origin.serve_politely("/new", FEED, '"1"')
    origin.serve_politely("/feed", FEED, '"1"')
    poller = start(origin.url + "/feed")
    poller.poll()
    origin.routes["/feed"] = moved("/new", status)

    told = poller.poll()
    early = poller.poll_for(timedelta(days=6.9))
    still = poller.state.address
    origin.serve_politely("/new", feed(item(1), item(2), item(3)), '"2"')
    poller.poll_for(timedelta(days=0.3))
    asked = len(origin.asked("/feed"))
    after = poller.poll()

    assert len(early) > 100
    assert still is None
    assert told.flags == (f"says it moved to {origin.url}/new (301 or 308), in 1 visit since 2022-10-01",)
    assert poller.state.address == origin.url + "/new"
    assert poller.state.found_by.startswith(f"moved there from {origin.url}/feed (301 or 308 in ")
    assert poller.state.terms.moved_from == origin.url + "/feed"
    assert "moved" in caplog.text
    assert len(origin.asked("/feed")) == asked
    assert after.outcome is Outcome.NOT_MODIFIED  # the validators were of that address already


def test_p25_a_move_that_is_taken_back_starts_over(start, origin):
    origin.serve_politely("/new", FEED, '"1"')
    origin.routes["/feed"] = moved("/new")
    poller = start(origin.url + "/feed")
    poller.poll_for(6 * DAY)
    origin.serve_politely("/feed", FEED, '"1"')
    poller.poll()
    origin.routes["/feed"] = moved("/new")

    poller.poll_for(6 * DAY)

    assert poller.state.address is None


def test_p25_a_move_to_ever_another_address_is_none(start, origin):
    poller = start(origin.url + "/feed")
    for day in range(20):
        origin.serve_politely(f"/{day}", FEED, '"1"')
        origin.routes["/feed"] = moved(f"/{day}")
        poller.poll_for(DAY)

    assert poller.state.address is None


def test_p25_a_move_to_where_another_show_stands_is_not_remembered(start, origin):
    poller = start(origin.serve_politely("/feed", FEED, '"1"'))
    poller.poll()
    others = [item(n, title=f"Coins {n}", guid=f"spam-{n}", audio=f"https://spam.example/{n}.mp3") for n in (1, 2)]
    origin.serve_politely("/new", feed(*others, title="Coins Today"), '"2"')
    origin.routes["/feed"] = moved("/new")

    poller.poll_for(timedelta(days=20))

    assert poller.state.address is None
    assert len(poller.house.titles()) == 2


def test_p27_a_chain_with_one_temporary_hop_is_never_remembered(start, origin):
    origin.serve_politely("/new", FEED, '"1"')
    origin.routes["/middle"] = moved("/new", "302 Found")
    origin.routes["/feed"] = moved("/middle")
    poller = start(origin.url + "/feed")

    poller.poll_for(10 * DAY)

    assert poller.state.address is None


def test_p25_what_moved_and_is_not_there_is_looked_for_where_it_was(start, origin, caplog):
    origin.serve_politely("/new", FEED, '"1"')
    origin.routes["/feed"] = moved("/new")
    poller = start(origin.url + "/feed")
    poller.poll_for(timedelta(days=8.5))  # the document that proves it comes when a 304 is no longer believed
    was = poller.state.address
    del origin.routes["/new"]
    origin.serve_politely("/feed", feed(item(1), item(2), item(3)), '"3"')

    visit = poller.poll()

    assert was == origin.url + "/new"
    assert visit.outcome is Outcome.NEW
    assert poller.state.address is None
    assert "moved back" in caplog.text


def announcing(origin, to: str) -> str:
    head = f"<itunes:new-feed-url>{to}</itunes:new-feed-url>"
    return str(origin.serve_politely("/feed", feed(item(1), item(2), head=head), '"1"'))


def test_an_announced_move_is_followed_after_a_week_to_the_same_show(start, origin, caplog):
    new = origin.serve_politely("/new", feed(item(2), item(3)), '"new"')
    poller = start(announcing(origin, new))

    poller.poll_for(timedelta(days=6.9))
    early = origin.asked("/new")
    poller.poll_for(timedelta(days=0.4))
    asked = len(origin.asked("/feed"))
    poller.poll()

    assert not early
    assert poller.state.address == new
    assert len(poller.house.titles()) == 3
    assert len(origin.asked("/feed")) == asked
    assert origin.header("If-None-Match", "/new") == '"new"'
    assert [record.said for record in caplog.records if record.msg == "moved"] == ["itunes:new-feed-url"]


def test_an_announced_move_to_another_show_is_not_followed_and_tried_once_a_week(start, origin):
    new = origin.serve_politely("/new", feed(item(8, title="Other"), item(9, title="Another"), title="Spam"), '"new"')
    poller = start(announcing(origin, new))

    poller.poll_for(22 * DAY)

    assert poller.state.address is None
    assert len(origin.asked("/new")) == 3
    assert len(poller.house.titles()) == 2


def test_a_show_of_the_directory_that_is_not_there_is_looked_up_anew(start, origin):
    def directory(path: str) -> None:
        entry = {"kind": "podcast", "collectionName": "Straits Briefing", "artistName": "Institute"}
        results = [entry | {"feedUrl": origin.url + path, "collectionId": 1}]
        origin.serve("/search", json.dumps({"resultCount": 1, "results": results}))

    directory("/feed")
    origin.serve("/feed", FEED)
    poller = start(None, find="Straits Briefing Institute")
    poller.poll()
    del origin.routes["/feed"]
    directory("/new")
    origin.serve("/new", feed(item(1), item(2), item(3)))

    visit = poller.poll()

    assert visit.outcome is Outcome.NEW
    assert poller.state.address == origin.url + "/new"


# F50


def taken_over(poller, origin, **more: str) -> None:
    """Serve two episodes of a show; then another show at its address."""
    poller.house.visit_and_publish()
    others = (item(n, title=f"Coins {n}", guid=f"spam-{n}", audio=f"https://spam.example/{n}.mp3") for n in (1, 2))
    origin.serve("/feed", feed(*others, **{"title": "Coins Today", **more}), 'ETag: "2"')


def test_another_show_at_the_address_is_held_and_the_operator_is_asked(start, origin, caplog):
    poller = start(origin.serve("/feed", FEED, 'ETag: "1"'))
    taken_over(poller, origin)
    before = poller.house.published()

    visit = poller.poll()
    poller.house.mediafeed.publish()

    assert visit.kind is FailureKind.OTHER_SHOW
    assert "“Coins Today” stands where “Straits Briefing” was" in visit.detail
    assert "mediafeed refresh straits --accept" in visit.detail
    assert "mediafeed remove straits" in visit.detail
    assert visit.next_visit is not None
    assert visit.next_visit - visit.at >= DAY
    assert poller.house.published() == before
    assert "operator needed" in caplog.text


def test_another_show_that_the_operator_accepts_is_taken_in_once(start, origin):
    poller = start(origin.serve("/feed", FEED, 'ETag: "1"'))
    taken_over(poller, origin)
    poller.poll()

    poller.house.mediafeed.accept(["straits"])
    accepted = poller.poll()
    origin.serve("/feed", feed(item(5, guid="x", title="X", audio="https://y.example/5.mp3"), title="Third"))
    third = poller.poll()

    assert accepted.outcome is Outcome.NEW
    assert len(poller.house.titles()) == 4
    assert third.kind is FailureKind.OTHER_SHOW


def test_a_show_that_comes_back_after_another_is_heard_again(start, origin):
    poller = start(origin.serve("/feed", FEED, 'ETag: "1"'))
    taken_over(poller, origin)
    poller.poll()
    origin.serve("/feed", feed(item(1), item(2), item(3)), 'ETag: "3"')

    assert poller.poll().outcome is Outcome.NEW


@pytest.mark.parametrize("kept", ["title", "podcast guid", "one episode", "titles of episodes"])
def test_a_show_that_keeps_anything_is_the_same_show(start, origin, kept):
    guid = "<podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>"
    poller = start(origin.serve("/feed", feed(item(1), item(2), head=guid), 'ETag: "1"'))
    poller.poll()
    renamed = {"guid": "new-{}", "audio": "https://elsewhere.example/{}.mp3", "title": "Lesson {}"}
    if kept == "titles of episodes":
        del renamed["title"]
    items = [item(n, **{name: text.format(n) for name, text in renamed.items()}) for n in (1, 2)]
    items += [item(1)] if kept == "one episode" else []
    title = "Straits Briefing" if kept == "title" else "Straits Today"
    origin.serve("/feed", feed(*items, title=title, head=guid if kept == "podcast guid" else ""))

    assert poller.poll().kind is None
