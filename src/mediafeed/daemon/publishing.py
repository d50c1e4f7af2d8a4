"""What visits brought, brought together and published beside them; then whoever wished for it is answered."""

import logging
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Lock

from mediafeed.assemble import Mediafeed
from mediafeed.daemon.clocks import EARLIEST, Clocks
from mediafeed.daemon.granting import Granting
from mediafeed.errors import HalfUnderstoodError, MediafeedError, StoppingError
from mediafeed.model.source import Outcome, Visit
from mediafeed.refresh.anew import is_half_understood
from mediafeed.serve.metrics import Counts

log = logging.getLogger(__name__)

NEWS = (Outcome.NEW, Outcome.MODIFIED)
SHARE = 4  # times the last publishing's own time is waited before the next: a fifth of one core at most
LONGEST_REST = timedelta(minutes=5)
HELD = timedelta(seconds=10)  # until it is looked again whether all is understood; whoever understood it says so


class Publishing:
    """Owes it to readers to publish what changed, and rests between two times."""

    def __init__(
        self,
        house: Callable[[], Mediafeed],
        clocks: Clocks,
        granting: Granting,
        counts: Counts,
        *,
        on_news: Callable[[], None],
        stop: Event,
    ) -> None:
        """Take a way to ask for the house of now, and who hears that there are new or modified episodes."""
        self._house = house
        self._clocks = clocks
        self._granting = granting
        self._counts = counts
        self._on_news = on_news
        self._stop = stop
        self._came: list[Visit] = []
        self._lock = Lock()
        self._owing = True  # something changed that is not published yet: before the start, who knows what
        self._much = True  # and it may be nearly everything
        self._rests_until = EARLIEST
        self._hurried = False  # since the last publishing began: no rest after it
        self._failing_since: float | None = None  # on the steady clock
        self._again_at = 0.0
        self._turned_by: Mediafeed | None = None  # whose settings the last turn went by
        self._is_whole = False  # what is published was once published to the end, at this address

    def hear(self, visit: Visit) -> None:
        """Hear that a visit ended."""
        with self._lock:
            self._came.append(visit)
        self._granting.hear(visit)

    def owe(self, *, much: bool = False) -> None:
        """Hear that something changed that is not published yet; `much` of what is held may be concerned."""
        self._much = self._much or much
        self._owing = True

    def rest_no_longer(self) -> None:
        """Publish at the next turn: what is owed is wanted now, or the clock was set."""
        with self._lock:
            self._hurried = True
            self._rests_until = EARLIEST

    def is_well(self) -> bool:
        """Say whether the last publishing did what it should."""
        return self._failing_since is None

    def is_ready(self) -> bool:
        """Say whether what is published is whole, at the address of now; what changed since may still be owed.

        What a former run or a former version published is: readers have it, and every file in it is whole.
        """
        return self._is_whole

    def has_turned(self, house: Mediafeed) -> bool:
        """Say whether what this house owed at first was published, or could not be."""
        return self._turned_by is house

    def turn(self) -> None:
        """Publish what is owed, unless the last publishing was a moment ago. An error is told, and it stays owed."""
        house = self._house()
        if house is not self._turned_by:
            _tried(lambda: self._look(house))
        if self._clocks.steady() >= self._again_at or self._granting.waits:
            self._turn(house)
        self._turned_by = house

    def _look(self, house: Mediafeed) -> None:
        self._is_whole = house.publisher.is_whole()

    def _turn(self, house: Mediafeed) -> None:
        unpublished = ""
        try:
            self._settle(house)
            if self._owing and not self._rests() and not self._stop.is_set():
                self._publish(house)
        except StoppingError as error:
            log.info("broken off", extra={"step": "publish", "reason": str(error)})
            return
        except HalfUnderstoodError as error:
            self._rest(HELD)
            unpublished = str(error)
        except MediafeedError as error:
            self._fail()
            unpublished = str(error)
            log.error("not published", extra={"reason": str(error)})  # noqa: TRY400 - told whole
        except Exception:  # whatever it is, another turn comes and the daemon says that it is not well
            self._fail()
            unpublished = "the daemon's log says why"
            log.exception("publishing failed")
        else:
            self._failing_since = None
        if unpublished or not self._owing:
            _tried(lambda: self._granting.answer(unpublished))

    def go_on(self, _step: str, _done: int, _of: int) -> None:
        """Break off long work when it is over: the next start goes on with it."""
        if self._stop.is_set():
            raise StoppingError("stopped before everything was published; the next start goes on")

    def _settle(self, house: Mediafeed) -> None:
        """Bring together what was heard since the last turn."""
        with self._lock:
            came, self._came = self._came, []
        news = [visit for visit in came if visit.outcome in NEWS]
        settled = [visit for visit in came if visit.outcome not in NEWS]
        if news:
            self._owing = True
            try:
                settled += house.settle(news)
            except BaseException:
                with self._lock:
                    self._came = came + self._came  # somebody may wait to hear of them
                raise
            self._on_news()
        self._granting.settled(settled)
        for visit in settled:
            self._counts.visited(visit)

    def _fail(self) -> None:
        """Try again at the next turn, then ever more rarely: a disk that is full stays so for a while."""
        now = self._clocks.steady()
        if self._failing_since is None:
            self._failing_since = now
        self._again_at = now + min(now - self._failing_since, LONGEST_REST.total_seconds())

    def _rests(self) -> bool:
        return self._clocks.now() < self._rests_until and not self._granting.waits

    def _rest(self, rest: timedelta) -> None:
        """Rest for a while, unless somebody was in a hurry meanwhile."""
        with self._lock:
            if not self._hurried:
                self._rests_until = self._clocks.now() + rest

    def _publish(self, house: Mediafeed) -> None:
        began = self._clocks.steady()
        much, self._hurried, self._owing, self._much = self._much, False, False, False
        try:
            if much and not is_half_understood(house.store):
                house.publisher.render_ahead(self.go_on)  # visits that bring something need not wait for that
            house.publish(self.go_on)
        except BaseException:
            self._owing, self._much = True, self._much or much
            raise
        self._look(house)
        took = timedelta(seconds=self._clocks.steady() - began)
        self._rest(min(took * SHARE, LONGEST_REST))
        self._counts.published(took.total_seconds())


def _tried(work: Callable[[], None]) -> None:
    """Do what the next turn does anyhow where it fails: the store may not be there just now."""
    try:
        work()
    except MediafeedError as error:
        log.error("not answered", extra={"reason": str(error)})  # noqa: TRY400 - told whole
