"""Whether whoever stands in front may send readers, and if not, why: `/readyz`."""

import http.client
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mediafeed.assemble import Mediafeed
from mediafeed.daemon import Daemon
from mediafeed.errors import StoreError
from mediafeed.model.published import Published
from mediafeed.model.source import Source
from mediafeed.refresh.polling import Polling
from mediafeed.refresh.publishing import Publisher
from mediafeed.store.store import Store
from tests.daemon.conftest import hourly, once, steady
from tests.daemon.test_ending import log_of, running, write_config
from tests.daemon.test_taking_over import by
from tests.processes import wait_for
from tests.refresh.origin import Clock, House, Origin, assembled_at, feed, item

NOTHING = "nothing whole is published here yet"


@pytest.fixture
def wants(monkeypatch: pytest.MonkeyPatch) -> Callable[[Daemon], list[str]]:
    """Give what a daemon wants each time when it begins to write documents."""

    def listening(daemon: Daemon) -> list[str]:
        heard: list[str] = []
        real = Publisher.write

        def write(publisher: Publisher, *given: Any) -> Published:
            heard.append(daemon.want())
            return real(publisher, *given)

        monkeypatch.setattr(Publisher, "write", write)
        return heard

    return listening


def test_a_fresh_folder_is_not_ready_until_the_first_publishing_came_to_its_end(
    daemon: Daemon, wants: Callable[[Daemon], list[str]]
):
    heard = wants(daemon)
    first = daemon.want()
    daemon.tick()
    daemon.wait()
    ticked = daemon.want()
    daemon.publish()

    assert (first, ticked, heard) == ("polling has not begun", NOTHING, [NOTHING])
    assert daemon.want() == ""


def test_a_first_publishing_that_is_broken_off_leaves_nothing_that_is_ready_at_the_next_start(
    house: House, daemon: Daemon, clock: Clock, monkeypatch: pytest.MonkeyPatch, wants: Callable[[Daemon], list[str]]
):
    def full(*_: object) -> None:
        raise StoreError("mediafeed.db: disk full")

    with monkeypatch.context() as broken:
        broken.setattr(Store, "note_published", full)
        once(daemon)
    is_there = (house.output / "feed.xml").exists()
    again = Daemon(house.mediafeed, steady=steady(clock))
    heard = wants(again)
    once(again)
    again.stop()

    assert is_there
    assert heard == [NOTHING]


def test_what_a_former_run_published_is_ready_before_it_is_published_anew(
    house: House, daemon: Daemon, clock: Clock, wants: Callable[[Daemon], list[str]], monkeypatch: pytest.MonkeyPatch
):
    """Also what a former version did: readers have it, and taking it from them for an hour would help nobody."""
    once(daemon)
    monkeypatch.setattr("mediafeed.refresh.anew.rules_key", lambda: "another version")
    again = Daemon(house.mediafeed, steady=steady(clock))
    heard = wants(again)
    once(again)
    again.stop()

    assert set(heard) == {""}


def test_a_tree_for_another_address_is_not_ready_until_it_is_published_for_this_one(
    house: House, daemon: Daemon, wants: Callable[[Daemon], list[str]]
):
    once(daemon)
    heard = wants(daemon)
    daemon.take_over(by(house, title="Another title"))
    once(daemon)
    daemon.take_over(by(house, url="https://elsewhere.example"))
    once(daemon)

    assert heard == ["", NOTHING]
    assert daemon.want() == ""


def test_a_tree_that_somebody_took_away_is_not_ready_at_the_next_start(
    house: House, daemon: Daemon, clock: Clock, wants: Callable[[Daemon], list[str]]
):
    once(daemon)
    (house.output / "feed.xml").unlink()
    again = Daemon(house.mediafeed, steady=steady(clock))
    heard = wants(again)
    once(again)
    again.stop()

    assert heard == [NOTHING]


def test_it_says_in_words_what_goes_wrong(house: House, daemon: Daemon, monkeypatch: pytest.MonkeyPatch, clock: Clock):
    once(daemon)
    with monkeypatch.context() as broken:
        broken.setattr(Mediafeed, "publish", lambda *_: 1 / 0)
        broken.setattr(Polling, "turns", lambda *_: 1 / 0)
        daemon._publishing.owe()
        clock.move(minutes=5)
        once(daemon)
        wrong = daemon.want()
    clock.move(minutes=6)
    once(daemon)
    well = daemon.want()
    clock.move(seconds=61)
    hangs = daemon.want()

    assert wrong == "the last look at who is due failed: see the log; the last publishing failed: see the log"
    assert well == ""
    assert hangs == "nobody looked at who is due for 60 s"


def test_a_store_that_is_away_while_it_is_looked_for_what_is_published_costs_no_turn(
    house: House, daemon: Daemon, monkeypatch: pytest.MonkeyPatch
):
    def away(_: object) -> bool:
        raise StoreError("mediafeed.db: locked")

    with monkeypatch.context() as broken:
        broken.setattr(Publisher, "is_whole", away)
        daemon.tick()
        daemon.wait()
        daemon.publish()
    daemon._publishing.owe()
    daemon._publishing.rest_no_longer()
    daemon.publish()

    assert daemon.want() == ""


def test_the_web_server_says_when_a_fresh_folder_becomes_ready(tmp_path: Path, origin: Origin):
    origin.serve("/a", feed(item(1)), 'ETag: "1"')
    write_config(tmp_path, origin, "a")
    answers: list[tuple[int, str]] = []

    def ready() -> bool:
        if found := re.search(r"serving on http://127\.0\.0\.1:(\d+)/", log_of(tmp_path)):
            line = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=10)
            line.request("GET", "/readyz")
            answer = line.getresponse()
            answers.append((answer.status, answer.read().decode()))
            line.close()
        return bool(answers) and answers[-1] == (200, "ok\n")

    with running(tmp_path) as process:
        wait_for(ready)
        assert (tmp_path / "feeds" / "feed.xml").exists()
        process.terminate()
        assert process.wait(timeout=15) == 0

    assert all(status == 503 and words.startswith("not ready: ") for status, words in answers[:-1])


def test_a_daemon_without_any_source_becomes_ready(tmp_path: Path, origin: Origin, clock: Clock):
    with assembled_at(clock, hourly(tmp_path, origin, *tuple[Source, ...]())) as house:
        daemon = Daemon(house.mediafeed, steady=steady(clock))
        once(daemon)
        daemon.stop()

        assert daemon.want() == ""
