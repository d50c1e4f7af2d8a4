"""Hubs, end to end: a hub and a source of theirs on loopback, our web server, a clock of our own."""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mediafeed.model.settings import Config, Poll, ServeSettings
from mediafeed.model.source import Outcome, Source
from mediafeed.model.websub import Subscription
from mediafeed.serve.app import App
from mediafeed.serve.files import Files
from mediafeed.serve.routes import Request
from mediafeed.serve.server import Server
from mediafeed.serve.websub import Callbacks
from tests.hub import Hub, push
from tests.refresh.origin import START, Clock, Origin, assembled_at, config, feed, item

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MAX_BODY = 200_000


@pytest.fixture
def hub() -> Iterator[Hub]:
    made = Hub()
    yield made
    made.close()


class Ours:
    """Our side: a mediafeed that can be started anew, and the web server in front of it, which stays."""

    def __init__(self, folder: Path, clock: Clock, origin: Origin) -> None:
        self.clock = clock
        self._held = ExitStack()
        app = App(Files(folder), [Callbacks(lambda: self.house.mediafeed.subscribing, MAX_BODY).route])
        self._server = Server(app, "127.0.0.1", 0)
        self._server.start()
        self.url = self._server.address
        source = Source(id="straits", url=f"{origin.url}/feed")
        plain = config(folder, origin, source)
        self.settings: Config = replace(
            plain, site=replace(plain.site, url=self.url), poll=Poll(every=6 * HOUR), serve=ServeSettings(websub=True)
        )
        self.start()

    def start(self, **other: Any) -> None:
        """Start, or start anew, by these settings."""
        self._held.close()
        self.settings = replace(self.settings, **other)
        self.house = self._held.enter_context(assembled_at(self.clock, self.settings))

    def close(self) -> None:
        self._server.stop()
        self._held.close()

    def visit(self) -> Outcome:
        """Wait until the source is due, and visit it."""
        self.clock.now = max(self.clock.now, self.next_visit)
        return self.house.visit().outcome

    @property
    def last_visit(self) -> datetime:
        visit = self.house.store.state("straits").last_visit
        assert visit
        return visit.at

    @property
    def next_visit(self) -> datetime:
        return self.house.store.state("straits").next_visit or self.clock.now

    @property
    def why(self) -> str:
        return self.house.store.state("straits").why

    def ask(self) -> None:
        self.house.mediafeed.subscribing.ask()

    def subscriptions(self) -> tuple[Subscription, ...]:
        return self.house.store.hubs.subscriptions()

    @property
    def subscription(self) -> Subscription:
        (one,) = self.subscriptions()
        return one


@pytest.fixture
def ours(tmp_path: Path, clock: Clock, origin: Origin) -> Iterator[Ours]:
    made = Ours(tmp_path, clock, origin)
    yield made
    made.close()


def links(hub: Hub | None, topic: str) -> str:
    named = f'<atom:link rel="hub" href="{hub.url}"/>' if hub else ""
    return f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="{topic}"/>' + named.replace(
        "<atom:link", '<atom:link xmlns:atom="http://www.w3.org/2005/Atom"'
    )


@pytest.fixture
def news(origin: Origin, hub: Hub) -> Callable[..., str]:
    """Let the source list so many episodes and name the hub; give its topic."""
    topic = f"{origin.url}/feed"

    def listing(episodes: int, named: Hub | None = hub) -> str:
        body = feed(*(item(number) for number in range(episodes, 0, -1)), head=links(named, topic))
        origin.serve_politely("/feed", body, f'"{episodes}{named is not None}"')
        return topic

    return listing


@pytest.fixture
def topic(news: Callable[..., str], ours: Ours, hub: Hub) -> str:
    """Subscribe; give the topic."""
    topic = news(1)
    ours.visit()
    ours.ask()
    hub.verify()
    return topic


def test_a_hub_that_a_feed_names_is_asked_and_confirmed(ours: Ours, hub: Hub, news: Callable[..., str]):
    topic = news(1)
    ours.visit()
    ours.ask()
    pending = ours.subscription
    said = hub.verify()

    (asked,) = hub.asked
    assert (asked.mode, asked.topic, asked.lease) == ("subscribe", topic, "864000")
    assert asked.callback.startswith(f"{ours.url}/websub/")
    assert 32 <= len(asked.secret) < 200
    assert hub.types == ["application/x-www-form-urlencoded"]
    assert pending.until is None
    assert said == (200, b"cha llenge&<b>")
    assert ours.subscription.until == ours.clock.now + 10 * DAY


def test_a_hub_in_the_link_header_goes_before_the_feed_s_own(ours: Ours, hub: Hub, origin: Origin):
    head = links(None, f"{origin.url}/other") + '<atom:link rel="hub" href="https://other.example/"/>'
    origin.serve("/feed", feed(item(1), head=head), f'Link: <{hub.url}>; rel="hub", </feed>; rel=self', 'ETag: "1"')
    ours.visit()
    ours.ask()

    assert [(one.topic, one.mode) for one in hub.asked] == [(f"{origin.url}/feed", "subscribe")]


def test_nobody_is_asked_unless_the_operator_says_so(ours: Ours, hub: Hub, news: Callable[..., str]):
    news(1)
    ours.start(serve=ServeSettings())
    ours.visit()
    ours.ask()

    assert hub.asked == []


def test_a_feed_behind_a_login_is_not_subscribed_to(
    ours: Ours, hub: Hub, news: Callable[..., str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("STRAITS", "user:password")
    news(1)
    ours.start(sources=(replace(ours.settings.sources[0], auth="env:STRAITS"),))
    ours.visit()
    ours.ask()

    assert hub.asked == []


def test_callbacks_are_of_one_source_and_cannot_be_guessed(ours: Ours, hub: Hub, news: Callable[..., str]):
    news(1)
    second = replace(ours.settings.sources[0], id="again")
    ours.start(sources=(*ours.settings.sources, second))
    ours.house.visit()
    ours.ask()
    callbacks = [one.callback.rpartition("/")[2] for one in hub.asked]
    guess = callbacks[0][:-1] + ("0" if callbacks[0][-1] != "0" else "1")

    assert len(set(callbacks)) == 2
    assert all(len(bytes.fromhex(one)) >= 16 for one in callbacks)  # 128 bits
    assert push(f"{ours.url}/websub/{guess}", b"x") == 410
    hub.asked[0].callback = f"{ours.url}/websub/{guess}"
    assert hub.verify(0)[0] == hub.deny(0)[0] == 404


@pytest.mark.parametrize(
    "other",
    [
        {"topic": "https://other.example/feed"},
        {"topic": ""},
        {"mode": "unsubscribe"},
        {"mode": ""},
        {"challenge": ""},
        {"challenge": "x" * 1_001},
    ],
)
def test_what_we_did_not_ask_for_is_not_confirmed(ours: Ours, hub: Hub, news: Callable[..., str], other):
    news(1)
    ours.visit()
    ours.ask()

    assert hub.verify(**other)[0] == 404
    assert ours.subscription.until is None


def test_a_confirmation_cannot_be_taken_for_a_page(ours: Ours, hub: Hub, news: Callable[..., str]):
    news(1)
    ours.visit()
    answer = Callbacks(lambda: ours.house.mediafeed.subscribing, MAX_BODY)
    ours.ask()
    one = hub.asked[0]
    query = {"hub.mode": ("subscribe",), "hub.topic": (one.topic,), "hub.challenge": ("<script>",)}
    said = answer.answer(Request(method="GET", path="/websub/" + one.callback.rpartition("/")[2], query=query))

    assert (said.body, said.media_type) == (b"<script>", "application/octet-stream")


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "sha384", "sha512"])
def test_a_push_brings_the_next_visit_forward(ours: Ours, hub: Hub, topic: str, news: Callable[..., str], algorithm):
    planned = ours.next_visit
    ours.clock.move(hours=2)
    news(2)
    said = hub.distribute(topic, b"<rss/>", algorithm=algorithm)
    now = ours.clock.now

    assert said == [202]
    assert planned > now
    assert (ours.next_visit, ours.why) == (now, "pushed by 127.0.0.1")
    assert ours.visit() is Outcome.NEW
    assert ours.subscription.pushes == 1


def test_a_push_brings_no_visit_within_the_minimum(ours: Ours, hub: Hub, topic: str):
    first = ours.last_visit
    ours.clock.move(minutes=5)
    for _ in range(20):
        hub.distribute(topic, b"<rss/>")

    assert ours.next_visit == first + HOUR
    assert ours.why == "pushed by 127.0.0.1; not within the minimum"


def test_a_push_overrules_nothing_that_the_server_asks_for(ours: Ours, hub: Hub, origin: Origin, news):
    topic = news(1)
    body = feed(item(1), head=links(hub, topic))
    origin.serve_politely("/feed", body, '"1"', "Cache-Control: max-age=14400")
    ours.visit()
    ours.ask()
    hub.verify()
    first = ours.last_visit
    ours.clock.move(hours=2)
    hub.distribute(topic, b"<rss/>")

    assert ours.next_visit == first + 4 * HOUR
    assert ours.why == "pushed by 127.0.0.1; the server asks for 4 h by max-age=14400"


@pytest.mark.parametrize("signature", ["", "sha256=00", "sha256=", "md5=00", "=", "sha256=ü", "none"])
def test_a_push_that_is_not_signed_rightly_is_answered_and_ignored(ours: Ours, hub: Hub, topic: str, signature):
    planned = ours.next_visit
    ours.clock.move(hours=2)
    said = hub.distribute(topic, b"<rss/>", signature=signature.encode().decode("latin-1"))

    assert said == [202]
    assert (ours.next_visit, ours.subscription.pushes, ours.subscription.ignored) == (planned, 0, 1)


def test_a_signature_of_another_body_is_none(ours: Ours, hub: Hub, topic: str):
    right = hmac.new(hub.asked[0].secret.encode(), b"<rss/>", hashlib.sha256).hexdigest()

    assert push(hub.asked[0].callback, b"<rss></rss>", f"sha256={right}") == 202
    assert ours.subscription.ignored == 1


def test_a_push_beyond_the_cap_is_refused(ours: Ours, hub: Hub, topic: str):
    said = hub.distribute(topic, b"x" * (MAX_BODY + 1))

    assert said == [413]
    assert (ours.subscription.pushes, ours.subscription.ignored) == (0, 0)


def test_the_body_of_a_guess_is_not_read(ours: Ours):
    assert push(f"{ours.url}/websub/{'0' * 48}", b"x" * (MAX_BODY + 1)) == 410  # not 413


def test_a_lease_is_renewed_in_time_and_with_the_same_callback(ours: Ours, hub: Hub, topic: str):
    first = ours.subscription.until
    ours.clock.move(days=4)
    ours.ask()
    early = len(hub.asked)
    ours.clock.move(days=2)
    ours.ask()
    meanwhile = ours.subscription.until
    hub.verify()

    assert early == 1
    assert len(hub.asked) == 2
    assert hub.asked[1].callback == hub.asked[0].callback
    assert meanwhile == first  # until it is confirmed the old one holds
    assert ours.subscription.until == ours.clock.now + 10 * DAY


def test_a_lease_that_is_very_long_is_renewed_within_a_month(ours: Ours, hub: Hub, news: Callable[..., str]):
    news(1)
    ours.visit()
    ours.ask()
    hub.verify(lease_seconds="315360000")

    assert ours.subscription.until == ours.clock.now + 30 * DAY


def test_a_lease_that_is_too_short_costs_the_hub_one_question_a_day(ours: Ours, hub: Hub, news: Callable[..., str]):
    news(1)
    ours.visit()
    ours.ask()
    hub.verify(lease_seconds="60")
    for _ in range(72):
        ours.clock.move(hours=1)
        before = len(hub.asked)
        ours.ask()
        if len(hub.asked) > before:
            hub.verify(lease_seconds="60")

    assert len(hub.asked) == 1 + 3
    assert "too short" in ours.subscription.trouble


@pytest.mark.parametrize(("host", "wait"), [("127.0.0.1", timedelta(seconds=3)), ("localhost", HOUR)])
def test_a_lowered_minimum_hurries_no_hub_but_one_on_a_network_of_the_operator(
    ours: Ours, hub: Hub, origin: Origin, host: str, wait: timedelta
):
    ours.start(poll=Poll(every=HOUR, minimum=timedelta(seconds=3)))
    hub.url = hub.url.replace("127.0.0.1", host)
    origin.serve("/feed", feed(item(1), head=links(hub, f"{origin.url}/feed")))

    ours.visit()
    ours.ask()

    assert ours.subscription.due - ours.clock.now == wait


def test_a_subscription_outlasts_a_restart(ours: Ours, hub: Hub, topic: str, news: Callable[..., str]):
    ours.start()
    ours.ask()
    ours.clock.move(hours=2)
    news(2)
    said = hub.distribute(topic, b"<rss/>")

    assert len(hub.asked) == 1
    assert said == [202]
    assert ours.visit() is Outcome.NEW


def test_a_hub_that_confirms_before_it_answers_is_heard(ours: Ours, hub: Hub, news: Callable[..., str]):
    news(1)
    hub.at_once, hub.status = True, "500 Internal Server Error"
    ours.visit()
    ours.ask()

    assert ours.subscription.until == ours.clock.now + 10 * DAY
    assert ours.subscription.trouble == ""


def test_a_hub_that_denies_is_left_alone_for_a_month(ours: Ours, hub: Hub, topic: str):
    denied = hub.deny()
    late = hub.verify()
    for _ in range(29):
        ours.clock.move(days=1)
        ours.ask()
    before = len(hub.asked)
    ours.clock.move(days=1)
    ours.ask()

    assert denied[0] == 200
    assert late[0] == 404  # it was asked before it said no
    assert ours.subscription.until is None
    assert (before, len(hub.asked)) == (1, 2)


def test_what_a_hub_says_when_it_denies_is_told_as_text(ours: Ours, hub: Hub, topic: str):
    hub.deny(topic="https://other.example/")
    before = ours.subscription.trouble
    hub.deny()

    assert before == ""
    assert ours.subscription.trouble == "denied by the hub: not <b>you</b>"


@pytest.mark.parametrize(
    ("status", "questions"), [("503 Service Unavailable", 8), ("404 Not Found", 1), ("302 Found", 1)]
)
def test_a_hub_that_fails_is_asked_ever_more_rarely(
    ours: Ours, hub: Hub, news: Callable[..., str], status: str, questions: int
):
    news(1)
    hub.status, hub.headers = status, ("Connection: close", "Location: /elsewhere")
    ours.visit()
    for _ in range(4 * 24):
        ours.ask()
        ours.clock.move(hours=1)

    assert len(hub.asked) == questions  # in four days: 1, 2, 4, 8, 16, 24, 24 … hours apart


def test_a_hub_may_hand_on_to_another(ours: Ours, hub: Hub, news: Callable[..., str]):
    other = Hub()
    try:
        hub.status, hub.headers = "308 Permanent Redirect", ("Connection: close", f"Location: {other.url}")
        news(1)
        ours.visit()
        ours.ask()

        assert other.asked == hub.asked
    finally:
        other.close()


def test_a_hub_that_a_feed_names_no_longer_is_told_so(
    ours: Ours, hub: Hub, topic: str, news: Callable[..., str], clock: Clock
):
    news(2, None)
    ours.visit()
    clock.move(minutes=5)
    ours.ask()
    said = hub.verify()

    assert [one.mode for one in hub.asked] == ["subscribe", "unsubscribe"]
    assert said == (200, b"cha llenge&<b>")
    assert ours.subscriptions() == ()
    assert push(hub.asked[0].callback, b"<rss/>") == 410


def test_a_feed_that_changes_its_hub_is_subscribed_to_anew(
    ours: Ours, hub: Hub, topic: str, news: Callable[..., str], clock: Clock
):
    other = Hub()
    try:
        news(2, other)
        ours.visit()
        clock.move(minutes=5)
        ours.ask()
        other.verify()
        hub.verify()

        assert [one.mode for one in hub.asked] == ["subscribe", "unsubscribe"]
        assert [one.mode for one in other.asked] == ["subscribe"]
        assert other.asked[0].callback != hub.asked[0].callback
        assert [one.hub for one in ours.subscriptions()] == [other.url]
    finally:
        other.close()


def test_the_hub_of_a_source_that_is_removed_is_told_three_times_at_most(ours: Ours, hub: Hub, topic: str):
    ours.start(sources=())
    hub.status = "503 Service Unavailable"
    for _ in range(48):
        ours.ask()
        ours.clock.move(hours=1)

    assert [one.mode for one in hub.asked] == ["subscribe", *["unsubscribe"] * 3]
    assert ours.subscriptions() == ()


def test_hubs_are_told_when_the_operator_wants_none_any_more(ours: Ours, hub: Hub, topic: str):
    ours.start(serve=ServeSettings())
    ours.ask()

    assert hub.verify() == (200, b"cha llenge&<b>")
    assert (hub.asked[-1].mode, ours.subscriptions()) == ("unsubscribe", ())


def test_a_source_is_visited_once_a_day_while_its_hub_tells_its_news(
    ours: Ours, hub: Hub, topic: str, news: Callable[..., str]
):
    before = ours.why
    for number in range(2, 9):
        news(number)
        ours.clock.move(hours=5)
        hub.distribute(topic, b"<rss/>")
        ours.visit()
    until = ours.subscription.until

    assert "pushed" not in before
    assert ours.why == f"pushed by 127.0.0.1, lease until {until:%Y-%m-%d %H:%M} UTC: every 20 h"
    assert 20 * HOUR <= ours.next_visit - ours.clock.now <= 24 * HOUR


def test_a_hub_that_kept_news_to_itself_is_not_relied_on(ours: Ours, hub: Hub, topic: str, news: Callable[..., str]):
    news(2)
    ours.clock.move(hours=5)
    hub.distribute(topic, b"<rss/>")
    ours.visit()
    relied = ours.why
    news(3)
    ours.visit()

    assert relied.startswith("pushed by")
    assert ours.why == "every 6 h"


def test_a_feed_that_pushes_to_nobody_is_visited_as_ever(ours: Ours, topic: str, news: Callable[..., str]):
    news(2)
    ours.visit()

    assert (ours.subscription.until, ours.subscription.pushes) == (START + 10 * DAY, 0)
    assert ours.why == "every 6 h"
