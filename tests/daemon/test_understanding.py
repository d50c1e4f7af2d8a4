"""What is stored is understood anew beside the visits: nobody is late, nobody reads half of it, nothing is lost."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from mediafeed.assemble import Mediafeed
from mediafeed.daemon import Daemon
from mediafeed.errors import StoreError
from mediafeed.model.episode import Changes
from mediafeed.model.settings import Override
from mediafeed.model.source import Source
from mediafeed.refresh.anew import Anew, is_half_understood
from mediafeed.refresh.taking_in import TakesIn
from tests.daemon.conftest import HOUR, hourly, once, steady
from tests.processes import wait_for
from tests.refresh.origin import Clock, House, Origin, assembled_at, feed, item

SOURCES = 4


@pytest.fixture
def house(tmp_path: Path, origin: Origin, clock: Clock) -> Iterator[House]:
    """Four sources, visited, understood and published by the settings of before."""
    for n in range(SOURCES):
        origin.serve_politely(f"/s{n}", feed(item(n + 1), title=f"Show {n}"), f'"{n}"')
    sources = (Source(id=f"s{n}", url=f"{origin.url}/s{n}", every=HOUR) for n in range(SOURCES))
    with assembled_at(clock, hourly(tmp_path, origin, *sources)) as made:
        made.mediafeed.understand_anew()
        made.visit_and_publish()
        yield made


def with_hosts(house: House, name: str) -> Mediafeed:
    """Make the same house by settings that change what every source's words come to."""
    config = house.mediafeed.config
    return house.mediafeed.by(replace(config, sources=tuple(replace(one, hosts=(name,)) for one in config.sources)))


class Slowly:
    """Lets understanding go on from source to source only when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sources: list[str] = []  # that were begun
        self.ended: list[str] = []
        self._go_on = threading.Semaphore(0)
        real = TakesIn.understand_anew

        def slowly(takes_in: TakesIn, source: Source, **more: Any) -> Changes:
            self.sources.append(source.id)
            self._go_on.acquire(timeout=60)
            changes = real(takes_in, source, **more)
            self.ended.append(source.id)
            return changes

        monkeypatch.setattr(TakesIn, "understand_anew", slowly)

    def go_on(self, sources: int = 1) -> None:
        self._go_on.release(sources)

    @contextmanager
    def under_way(self, daemon: Daemon) -> Iterator[threading.Thread]:
        """Let a daemon begin to understand, as its scheduler does; in the end it does so to the end."""
        thread = threading.Thread(target=daemon.understand)
        begun = len(self.sources)  # before it starts: it may have begun one when we look again
        thread.start()
        try:
            wait_for(lambda: len(self.sources) > begun or not thread.is_alive())
            yield thread
        finally:
            self.go_on(100)
            thread.join(60)


@pytest.fixture
def slowly(house: House, monkeypatch: pytest.MonkeyPatch) -> Slowly:
    return Slowly(monkeypatch)


def begun(house: House, clock: Clock, hosts: str = "Ada Quill") -> Daemon:
    """Give a daemon by other settings, which has published what was whole by those of before."""
    daemon = Daemon(with_hosts(house, hosts), steady=steady(clock))
    daemon.tick()
    daemon.wait()
    daemon.publish()
    return daemon


def polled(daemon: Daemon, clock: Clock, *, minutes: int) -> None:
    for _ in range(minutes * 4):
        clock.move(seconds=15)
        daemon.tick()
        daemon.wait()
        daemon.publish()


def test_understanding_that_takes_hours_makes_no_visit_late(house: House, slowly: Slowly, clock: Clock):
    daemon = begun(house, clock)
    with slowly.under_way(daemon):
        polled(daemon, clock, minutes=200)
        during = list(slowly.sources)
    daemon.stop()

    assert during == ["s0"]
    for n in range(SOURCES):
        visits = house.store.visits(f"s{n}", 100)[::-1]
        assert len(visits) >= 3
        for before, after in pairwise(visits):
            assert before.next_visit is not None
            assert timedelta(0) <= after.at - before.next_visit <= timedelta(seconds=60)


def test_nothing_is_published_until_all_is_understood_and_then_all_of_it(
    house: House, slowly: Slowly, clock: Clock, origin: Origin
):
    daemon = begun(house, clock)
    origin.serve("/s3", feed(item(4), item(9), title="Show 3"), 'ETag: "new"')
    with slowly.under_way(daemon):
        slowly.go_on()
        wait_for(lambda: len(slowly.sources) == 2)
        polled(daemon, clock, minutes=140)
        stored, during = len(house.titles()), house.published()
        was_well = daemon.is_well()
    daemon.publish()
    daemon.stop()

    assert (stored, was_well) == (5, True)
    assert ("Ada Quill" in during, "guid-9" in during) == (False, False)
    assert house.published().count("Ada Quill</podcast:person>") == 5
    assert "guid-9" in house.published()


def test_who_waits_for_a_visit_is_told_that_it_is_published_later(house: House, slowly: Slowly, clock: Clock):
    daemon = begun(house, clock)
    clock.move(hours=2)
    with slowly.under_way(daemon):
        number = house.store.wishes.ask(["s2"], force=False, now=clock.now)
        daemon._publishing.owe()
        polled(daemon, clock, minutes=1)
        answer = house.store.wishes.answer(number)
    daemon.stop()

    assert answer is not None
    assert [visit.source for visit in answer.visits] == ["s2"]
    assert answer.unpublished.startswith("what is stored is half understood anew")


def test_what_is_whole_by_the_settings_of_before_is_published_before_it_is_begun(
    house: House, slowly: Slowly, clock: Clock
):
    """A person that is hidden from now on is not to be read of until all is understood anew."""
    config = with_hosts(house, "Ada Quill").config
    daemon = Daemon(
        house.mediafeed.by(replace(config, site=replace(config.site, title="Hiding"))), steady=steady(clock)
    )
    daemon.tick()
    daemon.wait()
    daemon.understand()
    too_early = list(slowly.sources)
    daemon.publish()
    with slowly.under_way(daemon):
        published = house.published()
        is_begun = bool(slowly.sources)
    daemon.stop()

    assert (too_early, is_begun) == ([], True)
    assert "<title>Hiding</title>" in published
    assert "Ada Quill" not in published


def test_a_disk_that_is_full_does_not_keep_it_from_beginning(
    house: House, slowly: Slowly, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    slowly.go_on(100)
    with monkeypatch.context() as broken:
        broken.setattr(Mediafeed, "publish", lambda *_: 1 / 0)
        daemon = begun(house, clock)
        daemon.understand()
    daemon.stop()

    assert slowly.ended == ["s0", "s1", "s2", "s3"]


def test_when_it_is_over_it_ends_between_two_batches_and_the_next_start_goes_on_before_it_publishes(
    house: House, slowly: Slowly, clock: Clock
):
    first = begun(house, clock)
    with slowly.under_way(first) as thread:
        slowly.go_on()
        wait_for(lambda: len(slowly.sources) == 2)
        first.end()
        slowly.go_on()
        thread.join(60)
        ended, half = list(slowly.ended), is_half_understood(house.store)
    first.stop()
    before = house.published()
    slowly.sources.clear()
    second = begun(house, clock)
    meanwhile = house.published()
    second.understand()
    second.publish()
    second.stop()

    assert (ended, half) == (["s0"], True)
    assert meanwhile == before
    assert slowly.sources == ["s1", "s2", "s3"]
    assert house.published().count("Ada Quill</podcast:person>") == 4
    assert not is_half_understood(house.store)


def test_settings_that_change_in_the_middle_begin_it_again(house: House, slowly: Slowly, clock: Clock):
    daemon = begun(house, clock)
    with slowly.under_way(daemon) as thread:
        slowly.go_on()
        wait_for(lambda: len(slowly.sources) == 2)
        daemon.take_over(lambda: with_hosts(house, "Bo Kim"))
        daemon.tick()
        slowly.go_on()
        thread.join(60)
        daemon.wait()
        daemon.publish()
        half = is_half_understood(house.store)
        broken_off = list(slowly.ended)
    slowly.sources.clear()
    once(daemon)
    daemon.stop()

    assert (broken_off, half) == (["s0"], True)
    assert slowly.sources == ["s0", "s1", "s2", "s3"]
    assert house.published().count("Bo Kim</podcast:person>") == 4
    assert "Ada Quill" not in house.published()


def test_a_visit_by_the_settings_of_before_ends_before_it_is_begun(
    house: House, slowly: Slowly, clock: Clock, origin: Origin
):
    """It would write who is who by the settings of before, where all was understood by those of now."""
    asked, go_on = threading.Event(), threading.Event()

    def answer(_request: bytes) -> bytes:
        asked.set()
        go_on.wait(60)
        return b"HTTP/1.1 304 Not Modified\r\n\r\n"

    slowly.go_on(100)
    daemon = begun(house, clock, "Bo Kim")
    daemon.understand()
    slowly.sources.clear()
    origin.routes["/s1"] = answer
    clock.move(hours=2)
    house.store.wishes.ask(["s1"], force=False, now=clock.now)
    daemon.tick()
    assert asked.wait(60)
    daemon.take_over(lambda: with_hosts(house, "Ada Quill"))
    daemon.tick()
    daemon.publish()
    daemon.understand()
    during = list(slowly.sources)
    go_on.set()
    daemon.wait()
    daemon.understand()
    daemon.stop()

    assert (during, slowly.sources) == ([], ["s0", "s1", "s2", "s3"])


@pytest.mark.parametrize("person", [True, False])
def test_what_a_visit_learns_meanwhile_of_the_same_show_stays(
    house: House, clock: Clock, origin: Origin, monkeypatch: pytest.MonkeyPatch, person: bool
):
    """Words that were read before the visit came would be written over those that it brought."""
    real, came = TakesIn._write, []

    def visit() -> None:
        came.append(house.mediafeed.pipeline.visit(house.mediafeed.config.sources[1]))

    visiting = threading.Thread(target=visit)

    def meanwhile(takes_in: TakesIn, source: Source, *args: Any, **more: Any) -> Any:
        if source.id == "s1" and more["anew"] and not visiting.ident:
            changed = feed(item(2, description="Other words."), title="Show 1, renamed")
            origin.serve("/s1", changed, 'ETag: "other"')
            visiting.start()
            visiting.join(1)  # as long as it would take if it did not wait
        return real(takes_in, source, *args, **more)

    config = house.mediafeed.config
    override = Override(episode="guid-2", name="Ada Quill", role="guest")
    clock.move(hours=2)
    by = house.mediafeed.by(replace(config, overrides=(override,))) if person else with_hosts(house, "Ada Quill")
    with monkeypatch.context() as patched:
        patched.setattr(TakesIn, "_write", meanwhile)
        by.understand_anew()
        visiting.join(60)
    (episode,) = [one for one in house.store.episodes([row.id for row in house.store.index()]) if one.guid == "guid-2"]

    assert came[0].modified == 1
    assert episode.summary == "Other words."
    assert "Show 1, renamed" in [show.title for show in house.store.shows()]


def test_a_source_over_which_we_fail_costs_no_other_and_no_publishing(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    real = TakesIn.understand_anew

    def failing(takes_in: TakesIn, source: Source, **more: Any) -> Changes:
        return real(takes_in, source, **more) if source.id != "s1" else 1 / 0  # type: ignore[return-value]

    monkeypatch.setattr(TakesIn, "understand_anew", failing)
    daemon = begun(house, clock)
    once(daemon)
    daemon.stop()

    assert house.published().count("Ada Quill</podcast:person>") == 3
    assert [record.source for record in caplog.records if record.msg == "not understood anew"] == ["s1"]  # type: ignore[attr-defined]


def test_a_store_that_is_away_is_told_of_and_it_is_tried_again(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def away(*_: object, **__: object) -> None:
        raise StoreError("mediafeed.db: disk full")

    daemon = begun(house, clock)
    with monkeypatch.context() as broken:
        broken.setattr(Anew, "understand", away)
        for _ in range(30):
            once(daemon)
            clock.move(seconds=1)
    want = daemon.want()
    clock.move(seconds=60)
    once(daemon)
    daemon.stop()

    assert want == "what is stored could not be understood anew: see the log"
    assert len([record for record in caplog.records if record.msg == "not understood anew"]) == 1
    assert daemon.want() == ""
    assert "Ada Quill" in house.published()


def test_it_is_done_once_by_the_same_settings(house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch):
    calls: list[Anew] = []
    real = Anew.understand

    def understand(anew: Anew, **more: Any) -> Changes:
        calls.append(anew)
        return real(anew, **more)

    monkeypatch.setattr(Anew, "understand", understand)
    daemon = begun(house, clock)
    for _ in range(5):
        once(daemon)
    daemon.stop()

    assert len(calls) == 1
