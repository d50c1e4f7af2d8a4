"""When: one tick asks the store who is due, visits them, publishes what changed; until a signal says it is over."""

import logging
import threading
from datetime import UTC

from apscheduler.schedulers.background import BackgroundScheduler

from mediafeed.assemble import Mediafeed
from mediafeed.errors import MediafeedError
from mediafeed.model.source import Outcome

log = logging.getLogger(__name__)

TICK = 5  # seconds between two looks at who is due
AT_ONCE = 500  # sources visited between two publishings: a newcomer's first poll must not hold up the others' news


class Daemon:
    """Polls by itself. `start` returns at once; `stop` lets visits under way end."""

    def __init__(self, house: Mediafeed, *, tick: float = TICK) -> None:
        """Take everything put together, and the seconds between two ticks."""
        self._house = house
        self._stop = threading.Event()
        self._well = True
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
        """End after the visits under way; what they brought is stored and published."""
        self._stop.set()
        self._scheduler.shutdown(wait=True)

    def is_well(self) -> bool:
        """Say whether the last tick did what it should."""
        return self._well

    def tick(self) -> None:
        """Visit who is due, publish what changed. An error is told and the next tick tries again."""
        try:
            chosen = self._house.choose((), limit=AT_ONCE)
            if not chosen.sources or self._stop.is_set():
                return
            self._house.understand_anew()
            visits = self._house.refresh(chosen.sources, stop=self._stop)
            if any(visit.outcome is Outcome.NEW for visit in visits):
                self._house.publish()
            self._well = True
        except MediafeedError:
            self._well = False
            log.exception("tick failed")
