"""One source on a server of its own, polled whenever its time has come by a clock that is moved."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mediafeed.model.settings import Poll
from mediafeed.model.source import Source, Visit
from tests.refresh.origin import Clock, House, Origin, assembled_at, config

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Poller:
    """Polls its one source."""

    def __init__(self, house: House, clock: Clock) -> None:
        self.house = house
        self.clock = clock

    @property
    def state(self):
        return self.house.store.state("straits")

    def poll(self) -> Visit:
        """Wait until it is due, and visit it."""
        self.clock.now = max(self.clock.now, self.state.next_visit or self.clock.now)
        return self.house.visit("straits")

    def poll_for(self, span: timedelta) -> list[Visit]:
        """Poll it for a while."""
        until, visits = self.clock.now + span, []
        while not self.state.stopped and (self.state.next_visit or self.clock.now) <= until:
            visits.append(self.poll())
        self.clock.now = until
        return visits


@pytest.fixture
def origin() -> Iterator[Origin]:
    made = Origin()
    yield made
    made.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


Start = Callable[..., AbstractContextManager[Poller]]


@pytest.fixture
def start(tmp_path: Path, origin: Origin, clock: Clock) -> Iterator[Callable[..., Poller]]:
    """Put a poller together that keeps to an hour; everything is taken apart in the end."""
    held = []

    def started(
        url: str | None, *, trusted: tuple[str, ...] = (), others: tuple[Source, ...] = (), **more: Any
    ) -> Poller:
        source = Source(id="straits", url=url, **{"every": HOUR, **more})
        settings = replace(config(tmp_path, origin, source, *others), poll=Poll(trusted=trusted))
        opened = assembled_at(clock, settings)
        house = opened.__enter__()
        held.append(opened)
        return Poller(house, clock)

    yield started
    for opened in held:
        opened.__exit__(None, None, None)
