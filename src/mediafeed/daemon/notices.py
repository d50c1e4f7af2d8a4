"""Tell the operator of sources that stay broken, and when they are well again: once each, by webhook or command."""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event

import orjson

from mediafeed.assemble import Mediafeed
from mediafeed.daemon.clocks import Clocks
from mediafeed.model.notices import Trouble, Way
from mediafeed.model.source import Failed
from mediafeed.refresh.noticing import document_of, text_of

log = logging.getLogger(__name__)

AT_ONCE = 50  # sources in one notice: when our own network is away, all of them are broken
DEADLINE = 30.0  # seconds for a command
SOONEST, LATEST = 60.0, 3600.0  # seconds before a notice that was not taken is tried again
_LEASH = str(Path(__file__).with_name("leash.py"))


class Notices:
    """Sends what is to be told. Nothing that goes wrong here touches anything else."""

    def __init__(self, house: Callable[[], Mediafeed], clocks: Clocks, stop: Event) -> None:
        """Take a way to ask for the house of now, and what says that it is over."""
        self._house = house
        self._clocks = clocks
        self._stop = stop
        self._not_before: dict[Way, float] = {}  # on the steady clock
        self._pause: dict[Way, float] = {}  # seconds

    def send(self) -> None:
        """Tell what is to be told now, each way by itself; what is not taken is told again, later and later."""
        house = self._house()
        wishes = house.config.notify
        if wishes.webhook:
            self._send(house, Way.WEBHOOK, partial(self._posted, house, wishes.webhook))
        if wishes.command:
            self._send(house, Way.COMMAND, partial(self._ran, wishes.command))

    def _send(self, house: Mediafeed, way: Way, tell: Callable[[Sequence[Trouble], datetime], str]) -> None:
        now, steady = house.clock(), self._clocks.steady()
        if way in self._not_before and steady < self._not_before[way]:
            return
        troubles = house.store.troubles.untold(way, now - house.config.notify.after, AT_ONCE)
        if not troubles:
            return
        if failure := tell(troubles, now):
            pause = self._pause.get(way, SOONEST)
            self._not_before[way], self._pause[way] = steady + pause, min(pause * 2, LATEST)
            log.warning("notice not taken", extra={"way": str(way), "sources": len(troubles), "reason": failure})
            return
        self._not_before.pop(way, None)
        self._pause.pop(way, None)
        house.store.troubles.told(way, troubles, now)
        log.info("notice sent", extra={"way": str(way), "sources": [one.source for one in troubles]})

    def _posted(self, house: Mediafeed, address: str, troubles: Sequence[Trouble], now: datetime) -> str:
        """Give why a webhook did not take it, "" if it did. Its address may be a secret: it is not told."""
        document = orjson.dumps(document_of(troubles, now))
        came = house.fetcher.post(address, document, media_type="application/json", now=now)
        return f"{came.kind} ({came.detail})" if isinstance(came, Failed) else ""

    def _ran(self, command: Sequence[str], troubles: Sequence[Trouble], now: datetime) -> str:
        """Give why a command failed, "" if it did not. It reads the notice on stdin, and may take DEADLINE."""
        until = time.monotonic() + DEADLINE
        given: bytes | None = text_of(troubles, now).encode()
        with _leashed(command) as process:
            while True:
                try:
                    _, told = process.communicate(given, timeout=0.2)
                except subprocess.TimeoutExpired:
                    given = None
                    if time.monotonic() < until and not self._stop.is_set():
                        continue
                    return f"not done within {DEADLINE:g} s"
                return (told.decode().strip() or f"exit code {process.returncode}") if process.returncode else ""


@contextmanager
def _leashed(command: Sequence[str]) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a command that reads stdin; it is killed at the end, also if that is the end of this process."""
    ends = os.pipe()
    with os.fdopen(ends[0], "rb") as held, os.fdopen(ends[1], "wb") as holding:
        leash = (sys.executable, "-I", "-S", _LEASH, str(held.fileno()), *command)
        with subprocess.Popen(  # noqa: S603 - the operator's own words, and no shell
            leash,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=(held.fileno(),),
            start_new_session=True,
        ) as process:
            try:
                yield process
            finally:
                holding.close()
