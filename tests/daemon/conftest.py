"""A daemon by a clock of its own, and strangers' servers for it to poll."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mediafeed.daemon import Daemon
from mediafeed.model.settings import Config
from mediafeed.model.source import Source
from tests.refresh.origin import Clock, House, Origin, assembled_at, config, feed, item

HOUR = timedelta(hours=1)


@pytest.fixture
def origin() -> Iterator[Origin]:
    made = Origin()
    yield made
    made.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def steady(clock: Clock) -> Callable[[], float]:
    """Give a clock that nobody sets, and that goes on with this one."""
    return lambda: clock().timestamp()


def once(daemon: Daemon) -> None:
    """Tick, wait for the visits, publish, understand anew what the settings change, and publish that."""
    daemon.tick()
    daemon.wait()
    daemon.publish()
    daemon.understand()
    daemon.publish()


@pytest.fixture
def daemon(house: House, clock: Clock) -> Iterator[Daemon]:
    made = Daemon(house.mediafeed, steady=steady(clock))
    yield made
    made.stop()


def hourly(folder: Path, origin: Origin, *sources: Source) -> Config:
    """Visit each source at most once an hour, as the public internet is visited."""
    settings = config(folder, origin, *sources)
    return replace(settings, poll=replace(settings.poll, minimum=HOUR))


@pytest.fixture
def house(tmp_path: Path, origin: Origin, clock: Clock) -> Iterator[House]:
    origin.serve("/a", feed(item(1), title="A"), 'ETag: "1"')
    origin.serve("/b", feed(item(2), title="B"), 'ETag: "1"')
    sources = (Source(id="a", url=origin.url + "/a"), Source(id="b", url=origin.url + "/b", every=HOUR * 6))
    with assembled_at(clock, hourly(tmp_path, origin, *sources)) as made:
        yield made
