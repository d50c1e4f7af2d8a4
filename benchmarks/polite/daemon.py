"""The daemon itself over servers in memory: real store, real reading, a clock that is moved from visit to visit."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import Any, Self
from unittest.mock import patch

from benchmarks.polite.checking import Exchange
from benchmarks.polite.simulating import ask
from benchmarks.polite.world import START, Server
from mediafeed.assemble import Mediafeed, assembled
from mediafeed.config.reading import read_config
from mediafeed.daemon import Daemon
from mediafeed.fetch.hosts import Hosts
from mediafeed.model.settings import FetchSettings
from mediafeed.model.source import FetchResult, Validators

_CONFIG = '[site]\ntitle = "Invented"\nurl = "https://podcasts.example.org"\n'
AT_MOST = timedelta(minutes=20)  # between two looks, where nobody is due


class Wire:
    """Takes the place of the fetcher; keeps what was asked and answered."""

    def __init__(self, servers: Sequence[Server]) -> None:
        """Take the servers, which are known by their addresses."""
        self._servers = {server.url: server for server in servers}
        self._hosts = Hosts(FetchSettings())
        self._lock = Lock()
        self.exchanges: list[Exchange] = []

    def get(self, url: str, *, validators: Validators = Validators(), now: datetime, **_: Any) -> FetchResult:  # noqa: B008
        """Ask a server."""
        with self._lock:
            return ask(self._servers[url.removesuffix("/new")], self._hosts, validators, url, now, self.exchanges)

    def leave_alone(self, host: str, until: datetime) -> None:
        """Hear which hosts want no request."""
        self._hosts.leave_alone(host, until)

    def forgive(self, host: str) -> None:
        """Hear that a person insists."""
        self._hosts.forgive(host)

    def close(self) -> None:
        """End."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def _house(wire: Wire, servers: Sequence[Server], clock: SimpleNamespace) -> Iterator[Mediafeed]:
    with tempfile.TemporaryDirectory() as folder:
        rows = (f'[[source]]\nid = "{server.name}"\nurl = "{server.url}"\n' for server in servers)
        path = Path(folder) / "config.toml"
        path.write_text(_CONFIG + "".join(rows))
        with (
            patch("mediafeed.assemble.Fetcher", lambda *_, **__: wire),
            assembled(read_config(str(path)), lambda: clock.now) as house,
        ):
            yield house


def run(servers: Sequence[Server], days: int) -> tuple[list[Exchange], int]:
    """Let the daemon poll for so many days, restarted once a day; give what went over the wire, and late visits."""
    clock = SimpleNamespace(now=START)
    wire, end, late = Wire(servers), START + timedelta(days=days), 0

    def steady() -> float:
        return float(clock.now.timestamp())

    with _house(wire, servers, clock) as house:
        for day in count(1):
            daemon = Daemon(house, steady=steady)
            while clock.now < min(end, START + timedelta(days=day)):
                daemon.tick()
                daemon.wait()
                planned = [when for _, when in house.store.schedule.planned()]
                clock.now = max(min([*planned, clock.now + AT_MOST]), clock.now + timedelta(milliseconds=1))
                late += sum(when < clock.now - timedelta(seconds=60) for when in planned)
            daemon.stop()
            if clock.now >= end:
                break
    return wire.exchanges, late
