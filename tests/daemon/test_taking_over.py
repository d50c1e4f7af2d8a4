"""Settings that change while the daemon works."""

import http.client
import logging
import re
import signal
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from mediafeed.assemble import Mediafeed
from mediafeed.daemon import Daemon
from mediafeed.errors import ConfigError, Fault, StoreError
from mediafeed.model.source import Source
from tests.daemon.conftest import HOUR, hourly, once, steady
from tests.daemon.test_ending import feed_of, log_of, running, write_config
from tests.fetch.conftest import ok
from tests.processes import wait_for
from tests.refresh.origin import Clock, House, Origin, assembled_at, feed, item


def by(house: House, **site: Any) -> Callable[[], Mediafeed]:
    """Make the same house by another title, address or folder."""
    config = house.mediafeed.config
    return lambda: house.mediafeed.by(replace(config, site=replace(config.site, **site)))


def with_sources(house: House, *sources: Source) -> Callable[[], Mediafeed]:
    return lambda: house.mediafeed.by(replace(house.mediafeed.config, sources=sources))


def test_settings_that_are_wrong_are_refused_with_every_fault_and_the_old_ones_stay(
    house: House, daemon: Daemon, caplog: pytest.LogCaptureFixture
):
    def refused() -> Mediafeed:
        raise ConfigError("config.toml", (Fault("poll.every", "must be a span"), Fault("site.titel", "unknown key")))

    daemon.take_over(refused)
    with caplog.at_level(logging.ERROR, "mediafeed"):
        once(daemon)

    assert [record.fault for record in caplog.records] == [  # type: ignore[attr-defined]
        "poll.every: must be a span",
        "site.titel: unknown key",
    ]
    assert daemon.is_well()
    assert "guid-1" in house.published()


@pytest.mark.parametrize("folder", ["data", "output"])
def test_folders_cannot_change_while_it_runs(house: House, folder: str):
    with pytest.raises(ConfigError, match=f"site.{folder}: is .* while the daemon runs; another one needs a restart"):
        by(house, **{folder: "/elsewhere"})()


def test_what_is_published_goes_by_the_new_settings_and_nobody_is_asked_for_that(
    house: House, daemon: Daemon, origin: Origin
):
    once(daemon)
    daemon.take_over(by(house, title="Other briefings"))
    once(daemon)

    assert "<title>Other briefings</title>" in house.published()
    assert origin.asked() == ["/a"]


def test_schedule_and_validators_are_kept_and_a_new_source_takes_its_turn(
    house: House, daemon: Daemon, origin: Origin, clock: Clock
):
    once(daemon)
    planned = dict(house.store.schedule.planned())
    held = house.store.state("a").validators
    origin.serve("/c", feed(item(3), title="C"))
    daemon.take_over(with_sources(house, *house.mediafeed.config.sources, Source(id="c", url=origin.url + "/c")))
    once(daemon)

    assert dict(house.store.schedule.planned()).items() >= {"a": planned["a"], "b": planned["b"]}.items()
    assert (house.store.state("a").validators, origin.asked()[:1]) == (held, ["/a"])
    assert "/c" in origin.asked() or house.store.state("c").next_visit is not None


def test_a_source_that_is_taken_out_is_visited_no_more(house: House, daemon: Daemon, origin: Origin, clock: Clock):
    once(daemon)
    daemon.take_over(with_sources(house, house.mediafeed.config.sources[0]))
    for _ in range(8):
        clock.move(minutes=15)
        once(daemon)

    assert set(origin.asked()) == {"/a"}


def test_a_visit_under_way_ends_as_it_began_and_who_waits_is_asked_by_the_new_settings(
    tmp_path: Path, origin: Origin, clock: Clock
):
    local = origin.url.replace("127.0.0.1", "localhost")  # one host: one visit at a time
    asked, go_on = threading.Event(), threading.Event()

    def slowly(_request: bytes) -> bytes:
        asked.set()
        go_on.wait(20)
        return ok(feed(item(1)), 'ETag: "1"')

    origin.routes["/a"] = slowly
    origin.serve("/b", feed(item(2)))
    first = Source(id="a", url=local + "/a")
    sources = (first, Source(id="b", url=local + "/b"))
    with assembled_at(clock, hourly(tmp_path, origin, *sources)) as house:
        daemon = Daemon(house.mediafeed, steady=steady(clock))
        house.store.wishes.ask(["a", "b"], force=False, now=clock.now)
        daemon.tick()
        assert asked.wait(20)
        daemon.take_over(with_sources(house, first, Source(id="b", url=local + "/other")))
        daemon.tick()
        go_on.set()
        daemon.wait()
        daemon.publish()
        state = house.store.state("a")
        daemon.stop()

        assert "/b" not in origin.asked()
        assert (state.failures, state.episodes) == (0, 1)
        assert state.next_visit is not None
        assert HOUR <= state.next_visit - clock.now <= HOUR * 1.2


def test_the_pace_changes_with_the_settings(house: House, daemon: Daemon, origin: Origin, clock: Clock):
    once(daemon)
    config = house.mediafeed.config
    daemon.take_over(lambda: house.mediafeed.by(replace(config, poll=replace(config.poll, every=HOUR * 3))))
    for _ in range(12):  # the visit that is planned comes; the next one is by the new pace
        clock.move(minutes=10)
        once(daemon)

    planned = house.store.state("a").next_visit
    assert planned is not None
    assert planned - max(visit.at for visit in house.store.visits("a")) >= HOUR * 3


def test_sighup_reads_the_config_again(tmp_path: Path, origin: Origin):
    origin.serve("/a", feed(item(1)), 'ETag: "1"')
    origin.serve("/c", feed(item(3), title="C"), 'ETag: "3"')
    path = write_config(tmp_path, origin, "a", head='[poll]\nminimum = "1s"\n')
    good = path.read_text()
    with running(tmp_path) as process:
        wait_for(lambda: "guid-1" in feed_of(tmp_path))
        path.write_text(good.replace("title =", "titel =").replace('"1s"', '"soon"'))
        process.send_signal(signal.SIGHUP)
        wait_for(lambda: log_of(tmp_path).count("config refused") >= 2)
        path.write_text(f'{good}[[source]]\nid = "c"\nurl = "{origin.url}/c"\n')
        process.send_signal(signal.SIGHUP)
        wait_for(lambda: "guid-3" in feed_of(tmp_path))
        asked = len(origin.asked("/a"))
        wait_for(lambda: len(origin.asked("/a")) > asked)
        process.terminate()
        assert process.wait(timeout=15) == 0

    told = log_of(tmp_path)
    assert "site.titel: unknown key" in told
    assert "poll.minimum" in told
    assert "Traceback" not in told


def test_sighup_changes_what_the_web_server_says_too(tmp_path: Path, origin: Origin):
    origin.serve("/a", feed(item(1)), 'ETag: "1"')
    token = tmp_path / "token"
    token.write_text("first")
    path = write_config(tmp_path, origin, "a", head='[poll]\nminimum = "3s"\n')
    told = path.read_text() + f'[serve]\ntoken = "file:{token}"\n'
    path.write_text(told)
    with running(tmp_path) as process:
        wait_for(lambda: "guid-1" in feed_of(tmp_path))
        before = Page(tmp_path, "/feed.xml", "first")
        token.write_text("second")
        other = f'/podcasts"\npictures = "link"\nhubs = ["{origin.url}/hub"]\n'
        other = told.replace('"https://ours.example"\n', f'"https://ours.example{other}')
        path.write_text(other.replace("[serve]", '[serve]\nhost = "127.0.0.2"'))
        process.send_signal(signal.SIGHUP)
        wait_for(lambda: "config taken over" in log_of(tmp_path))
        after = Page(tmp_path, "/podcasts/feed.xml", "second")
        token.write_text("")
        process.send_signal(signal.SIGHUP)
        wait_for(lambda: "config refused" in log_of(tmp_path))
        refused = Page(tmp_path, "/podcasts/feed.xml", "second")

    assert before.link == '<https://ours.example/feed.xml>; rel="self"'
    assert after.link == f'<https://ours.example/podcasts/feed.xml>; rel="self", <{origin.url}/hub>; rel="hub"'
    assert ("https:" in before.pictures, "https:" in after.pictures) == (False, True)
    assert (before.wish, after.wish, refused.wish, refused.link) == (202, 202, 202, after.link)
    assert "needs a restart key=serve.host" in log_of(tmp_path)


class Page:
    """What the daemon's web server says just now."""

    def __init__(self, folder: Path, feed_path: str, token: str) -> None:
        found = re.search(r"serving on http://127\.0\.0\.1:(\d+)/", log_of(folder))
        assert found
        self._port = int(found[1])
        self.link = self._asked("GET", feed_path)[1]["link"]
        policy = self._asked("GET", "/index.html")[1]["content-security-policy"]
        self.pictures = policy.partition("img-src")[2].partition(";")[0]
        self.wish = self._asked("POST", "/refresh", {"Authorization": f"Bearer {token}"})[0]

    def _asked(self, method: str, path: str, headers: Mapping[str, str] = {}) -> tuple[int, Message]:
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        try:
            line.request(method, path, headers=dict(headers))
            answer = line.getresponse()
            answer.read()
            return answer.status, answer.headers
        finally:
            line.close()


def test_settings_that_could_not_be_taken_just_now_are_taken_at_the_next_tick(house: House, daemon: Daemon):
    tries = iter([StoreError("locked by another program")])

    def make() -> Mediafeed:
        for error in tries:
            raise error
        return by(house, title="Another title")()

    daemon.take_over(make)
    once(daemon)
    first = house.published()
    once(daemon)

    assert "Another title" not in first
    assert "Another title" in house.published()
