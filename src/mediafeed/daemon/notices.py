"""Tell the operator of sources that stay broken, and when they are well again: once each, by webhook or command."""

import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Event

import orjson

from mediafeed.assemble import Mediafeed
from mediafeed.model.source import Failed
from mediafeed.refresh.noticing import document_of, text_of

log = logging.getLogger(__name__)

AT_ONCE = 50  # sources in one notice: when our own network is away, all of them are broken
DEADLINE = 30.0  # seconds for a command
SOONEST, LATEST = timedelta(minutes=1), timedelta(hours=1)  # before a notice that was not taken is tried again


class Notices:
    """Sends what is to be told. Nothing that goes wrong here touches anything else."""

    def __init__(self, house: Callable[[], Mediafeed], stop: Event) -> None:
        """Take a way to ask for the house of now, and what says that it is over."""
        self._house = house
        self._stop = stop
        self._not_before: datetime | None = None
        self._pause = SOONEST

    def send(self) -> None:
        """Tell what is to be told now; what is not taken is told again, later and later."""
        house = self._house()
        wishes, now = house.config.notify, house.clock()
        if not (wishes.webhook or wishes.command) or (self._not_before and now < self._not_before):
            return
        troubles = house.store.troubles.untold(now - wishes.after, AT_ONCE)
        if not troubles:
            return
        failures = []
        if wishes.webhook:
            failures.append(self._posted(house, wishes.webhook, orjson.dumps(document_of(troubles, now)), now))
        if wishes.command:
            failures.append(self._ran(wishes.command, text_of(troubles, now)))
        if all(failures):
            self._not_before, self._pause = now + self._pause, min(self._pause * 2, LATEST)
            log.warning("notice not taken", extra={"sources": len(troubles), "reason": "; ".join(failures)})
            return
        self._not_before, self._pause = None, SOONEST
        house.store.troubles.told(troubles, now)
        log.info("notice sent", extra={"sources": [one.source for one in troubles]})

    def _posted(self, house: Mediafeed, address: str, document: bytes, now: datetime) -> str:
        """Give why a webhook did not take it, "" if it did. Its address may be a secret: it is not told."""
        came = house.fetcher.post(address, document, media_type="application/json", now=now)
        return f"webhook: {came.kind} ({came.detail})" if isinstance(came, Failed) else ""

    def _ran(self, command: Sequence[str], text: str) -> str:
        """Give why a command failed, "" if it did not. It reads the notice on stdin, and may take DEADLINE."""
        try:
            process = subprocess.Popen(  # noqa: S603 - the operator's own words, and no shell
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            return f"command: {(error.strerror or 'cannot be started').lower()}"
        until = time.monotonic() + DEADLINE
        given: bytes | None = text.encode()
        while True:
            try:
                process.communicate(given, timeout=0.2)
            except subprocess.TimeoutExpired:
                given = None
                if time.monotonic() < until and not self._stop.is_set():
                    continue
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                return f"command: not done within {DEADLINE:g} s"
            return f"command: exit code {process.returncode}" if process.returncode else ""
