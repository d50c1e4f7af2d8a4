"""When: one tick asks the store who is due, visits them, publishes what changed; until a signal says it is over."""

import logging
import threading
from collections.abc import Sequence
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler

from mediafeed.assemble import Mediafeed
from mediafeed.errors import PublishError
from mediafeed.model.source import FailureKind, Outcome, Source, Visit

log = logging.getLogger(__name__)

NEWS = (Outcome.NEW, Outcome.MODIFIED)

TICK = 5  # seconds between two looks at who is due
AT_ONCE = 500  # sources visited between two publishings: a newcomer's first poll must not hold up the others' news
PATIENCE = 5.0  # seconds that visits under way have to end by themselves, once it is over


class Daemon:
    """Polls by itself. `start` returns at once; `stop` lets visits under way end."""

    def __init__(self, house: Mediafeed, *, tick: float = TICK, patience: float = PATIENCE) -> None:
        """Take everything put together, the seconds between two ticks, and those that visits have in the end."""
        self._house = house
        self._patience = patience
        self._stop = threading.Event()
        self._well = True
        self._understood = False
        self._owing = False  # something changed that is not published yet
        self._resting: dict[str, datetime] = {}
        # The defaults drop work: a tick that comes a second late would be skipped (misfire_grace_time), so none is
        # ever too late, late ones are one, and there is never more than one at a time.
        self._scheduler = BackgroundScheduler(timezone=UTC)
        self._scheduler.add_job(
            self.tick, "interval", seconds=tick, misfire_grace_time=None, coalesce=True, max_instances=1, id="tick"
        )

    def start(self) -> None:
        """Begin: the first look is now."""
        self._scheduler.start()
        self._scheduler.modify_job("tick", next_run_time=self._house.clock())

    def stop(self) -> None:
        """End after the visits under way; what they brought is stored, and published now or at the next start.

        A server that takes its time is hung up on: whoever sends SIGTERM waits ten seconds, not thirty.
        """
        self._stop.set()
        hang_up = threading.Timer(self._patience, self._house.fetcher.close)
        hang_up.start()
        try:
            if self._scheduler.running:
                self._scheduler.shutdown(wait=True)
        finally:
            hang_up.cancel()
            hang_up.join()

    def is_well(self) -> bool:
        """Say whether the last tick did what it should."""
        return self._well

    def tick(self) -> None:
        """Visit who is due, publish what changed. An error is told and the next tick tries again."""
        try:
            self._understand_once()
            self._visit_due()
            if self._owing and not self._stop.is_set():
                self._house.publish(self._go_on)
                self._owing = False
            self._well = not self._resting
        except PublishError as error:
            self._well = False
            log.warning("not published", extra={"reason": str(error)})
        except Exception:  # whatever it is, the next tick comes and the daemon says that it is not well
            self._well = False
            log.exception("tick failed")

    def _go_on(self, _step: str, _done: int, _of: int) -> None:
        """Break off a long publishing when it is over: what is not published now is at the next start."""
        if self._stop.is_set():
            raise PublishError("stopped before everything was published; the next start goes on")

    def _understand_once(self) -> None:
        """Claim anew what the settings change; they are as they are while the daemon runs."""
        if not self._understood:
            self._owing = bool(self._house.understand_anew()) or self._owing
            self._understood = True

    def _visit_due(self) -> None:
        sources = self._rested(self._house.choose((), limit=AT_ONCE).sources)
        if not sources or self._stop.is_set():
            return
        visits = self._house.refresh(sources, stop=self._stop)
        self._owing = self._owing or any(visit.outcome in NEWS for visit in visits)
        self._rest(visits)

    def _rested(self, sources: Sequence[Source]) -> tuple[Source, ...]:
        now = self._house.clock()
        self._resting = {source: until for source, until in self._resting.items() if until > now}
        return tuple(source for source in sources if source.id not in self._resting)

    def _rest(self, visits: Sequence[Visit]) -> None:
        """Leave sources alone whose visit could not be remembered (P10): they are due still, at every tick."""
        until = self._house.clock() + self._house.config.poll.minimum
        broken = (visit for visit in visits if visit.kind is FailureKind.INTERNAL and visit.next_visit is None)
        self._resting |= {visit.source: until for visit in broken}
