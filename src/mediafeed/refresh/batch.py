"""Many sources side by side; those on one host one after the other, those that fail or dawdle apart."""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from threading import Condition, Event, Lock, Thread
from typing import Final

from mediafeed.errors import MediafeedError, StoppingError
from mediafeed.model.source import FailureKind, Outcome, Source, Visit

log = logging.getLogger(__name__)

BRISK: Final = 16  # visits at a time to sources that answer: more threads wait for one another, not for servers
APART: Final = 40  # and to those that failed or were slow the last time: they wait for servers, 30 s at the worst
AT_ONCE: Final = 64  # in all (P36)
DAWDLES: Final = 2.0  # seconds, then a visit gives its place among the brisk ones to another

Lane = str  # the sources of one lane are visited one after the other: a host, or a single source of the operator's own


class Visiting:
    """Visits sources in threads of its own, until it is closed.

    Whoever failed or was slow the last time is visited apart, and whoever dawdles now counts with them: a thousand
    servers that never answer take no place from those that do. `on_visit` is called in the visiting thread.
    """

    def __init__(
        self,
        visit: Callable[[Source], Visit],
        *,
        on_visit: Callable[[Visit], None],
        clock: Callable[[], datetime],
        stop: Event | None = None,
    ) -> None:
        """Take what visits one source, what hears of it, and what says that it is over."""
        self._visit = visit
        self._on_visit = on_visit
        self._clock = clock
        self._stop = stop or Event()
        lock = Lock()
        self._work_there = Condition(lock)
        self._idle = Condition(lock)
        self._lanes: dict[Lane, deque[Source]] = {}  # who waits behind whom; a lane that is under way stands here too
        self._ready: dict[bool, deque[Lane]] = {False: deque(), True: deque()}  # by: visited apart
        self._apart: dict[str, bool] = {}  # sources that wait or are under way
        self._began: dict[Lane, tuple[float, bool]] = {}
        self._threads: list[Thread] = []
        self._closed = False
        self._interrupted: BaseException | None = None

    def add(self, sources: Iterable[tuple[Lane, Source]], apart: Mapping[str, bool] | None = None) -> int:
        """Take sources to visit, in this order; those that wait already are not taken twice. Gives how many were."""
        taken = 0
        with self._work_there:
            for lane, source in sources:
                if source.id in self._apart or self._closed:
                    continue
                taken += 1
                self._apart[source.id] = bool(apart and apart.get(source.id))
                if lane in self._lanes:
                    self._lanes[lane].append(source)
                else:
                    self._lanes[lane] = deque([source])
                    self._ready[self._apart[source.id]].append(lane)
            self._hire()
            self._work_there.notify(taken)
        return taken

    def holds(self, source: str) -> bool:
        """Say whether a source waits here or is under way."""
        return source in self._apart

    def under_way(self) -> tuple[str, ...]:
        """Give the sources that are being visited."""
        with self._idle:
            return tuple(self._lanes[lane][0].id for lane in self._began)

    def let_go(self) -> tuple[str, ...]:
        """Send away those that wait and are not under way; give who they are."""
        with self._idle:
            gone: list[str] = []
            for lane, waiting in list(self._lanes.items()):
                stay = 1 if lane in self._began else 0
                gone += [source.id for source in list(waiting)[stay:]]
                if stay:
                    self._lanes[lane] = deque([waiting[0]])
                else:
                    del self._lanes[lane]
            for ready in self._ready.values():
                ready.clear()
            for source in gone:
                del self._apart[source]
            if not self._lanes:
                self._idle.notify_all()
        return tuple(gone)

    def wait(self) -> None:
        """Wait until nobody waits and nobody is under way; raises what is no error but an end, such as an interrupt."""
        with self._idle:
            self._idle.wait_for(lambda: not self._lanes)
        if self._interrupted is not None:
            raise self._interrupted

    def close(self) -> None:
        """End: visits under way end by themselves, no other begins."""
        with self._work_there:
            self._closed = True
            self._work_there.notify_all()
        for thread in self._threads:
            thread.join()

    def _hire(self) -> None:
        wanted = min(AT_ONCE, len(self._lanes))
        while len(self._threads) < wanted:
            thread = Thread(target=self._work, name=f"visit-{len(self._threads)}", daemon=True)
            try:
                thread.start()
            except (
                RuntimeError
            ) as error:  # the system gives us no more of them: those that there are do it, or later ones
                log.error("no thread", extra={"threads": len(self._threads), "reason": str(error)})  # noqa: TRY400
                return
            self._threads.append(thread)

    def _work(self) -> None:
        while (lane := self._next()) is not None:
            came: Visit | None = None
            source = self._lanes[lane][0]
            try:
                if not self._stop.is_set():
                    came = self._visited(source)
                    if came is not None:
                        self._on_visit(came)
            except BaseException as error:
                self._interrupted = error
                log.exception("visiting broken off", extra={"source": source.id})
            finally:
                self._done(lane, source, came)

    def _next(self) -> Lane | None:
        """Wait for a lane that may be walked now, None when it is over."""
        with self._work_there:
            while not self._closed:
                apart = self._may_begin()
                if apart is not None:
                    lane = self._ready[apart].popleft()
                    self._began[lane] = (time.monotonic(), apart)
                    return lane
                # A visit that begins to dawdle tells nobody: look again soon, while somebody waits for its place.
                self._work_there.wait(DAWDLES / 4 if any(self._ready.values()) else None)
        return None

    def _may_begin(self) -> bool | None:
        since = time.monotonic() - DAWDLES
        dawdling = sum(apart or began < since for began, apart in self._began.values())
        if self._ready[False] and len(self._began) - dawdling < BRISK:
            return False
        return True if self._ready[True] and dawdling < APART else None

    def _done(self, lane: Lane, source: Source, came: Visit | None) -> None:
        with self._work_there:
            del self._began[lane], self._apart[source.id]
            rest = self._lanes[lane]
            rest.popleft()
            if came is not None and came.kind is FailureKind.BUSY and rest:
                # P19: the host asks to wait; its other sources are left for a later round.
                log.info("host left alone", extra={"source": source.id})
                for waiting in rest:
                    del self._apart[waiting.id]
                rest.clear()
            if rest:
                self._ready[self._apart[rest[0].id]].append(lane)
            else:
                del self._lanes[lane]
            self._work_there.notify()
            if not self._lanes:
                self._idle.notify_all()

    def _visited(self, source: Source) -> Visit | None:
        """Visit one source; what nobody foresaw costs it alone. None: it was broken off by us."""
        try:
            return self._visit(source)
        except StoppingError:
            log.info("broken off", extra={"source": source.id})
            return None
        except MediafeedError as error:
            return _broken(source, str(error), self._clock())
        except Exception as error:  # the one place that keeps a bug over one source from costing the others
            log.exception("visit failed", extra={"source": source.id})
            return _broken(source, f"{type(error).__name__}: {error}", self._clock())


def visit_all(
    sources: Iterable[tuple[Lane, Source]],
    visit: Callable[[Source], Visit],
    *,
    on_visit: Callable[[Visit], None],
    clock: Callable[[], datetime],
    stop: Event | None = None,
) -> tuple[Visit, ...]:
    """Visit every source once and wait for all of them.

    `on_visit` is called visit by visit. When `stop` is set, visits under way end, no new one begins. The rest of a
    lane whose host asks to wait is left for a later round (P19).
    """
    visits: list[Visit] = []
    changed = Condition()

    def hear(came: Visit) -> None:
        with changed:
            visits.append(came)
            on_visit(came)

    visiting = Visiting(visit, on_visit=hear, clock=clock, stop=stop)
    try:
        visiting.add(sources)
        visiting.wait()
    finally:
        visiting.close()
    return tuple(visits)


def _broken(source: Source, detail: str, now: datetime) -> Visit:
    return Visit(
        source=source.id,
        at=now,
        outcome=Outcome.FAILED,
        next_visit=None,
        why="an error of ours: see the log",
        kind=FailureKind.INTERNAL,
        detail=detail[:300],
    )
