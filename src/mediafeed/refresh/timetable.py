"""When each source is visited, so that no two begin at the same moment (P11)."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from threading import Lock

Planned = Iterable[tuple[str, datetime]]


class Timetable:
    """Gives each source the first free moment that is not too early. Thread-safe.

    Two visits are `gap` apart, which is the interval divided by the number of sources: so there is always room, and
    N sources are spread over the whole interval whenever they came.
    """

    def __init__(self, gap: timedelta, planned: Callable[[], Planned]) -> None:
        """Take the gap, and a way to ask what is planned already: it is asked when first needed."""
        self._gap = gap
        self._ask = planned
        self._lock = Lock()
        self._moments: list[datetime] = []  # sorted; one for each source
        self._of: dict[str, datetime] = {}
        self._asked = False

    def claim(self, source: str, when: datetime) -> datetime:
        """Take the first free moment at or after `when`."""
        with self._lock:
            self._read()
            self._drop(source)
            return self._put(source, self._free(when))

    def claim_all(self, sources: Iterable[str], start: datetime) -> dict[str, datetime]:
        """Take a moment for each of these, from `start` on in their order; what they had planned before is void."""
        sources = tuple(sources)
        with self._lock:
            self._read()
            for source in sources:
                self._drop(source)
            when, given = start, {}
            for source in sources:
                when = given[source] = self._put(source, self._free(when))
            return given

    def forget(self) -> None:
        """Ask anew what is planned: the clock was set, and all of it with it."""
        with self._lock:
            self._asked = False

    def _read(self) -> None:
        if self._asked:
            return
        self._of = dict(self._ask())
        self._moments = sorted(self._of.values())
        self._asked = True

    def _drop(self, source: str) -> None:
        held = self._of.pop(source, None)
        if held is not None:
            del self._moments[bisect_left(self._moments, held)]

    def _put(self, source: str, when: datetime) -> datetime:
        self._of[source] = when
        insort(self._moments, when)
        return when

    def _free(self, when: datetime) -> datetime:
        place = bisect_left(self._moments, when)
        if place and when - self._moments[place - 1] < self._gap:
            when = self._moments[place - 1] + self._gap
        while place < len(self._moments) and self._moments[place] - when < self._gap:
            when = max(when, self._moments[place] + self._gap)
            place += 1
        return when


def gap_for(intervals: Iterable[timedelta]) -> timedelta:
    """Give the time between two visits that leaves room for all of them.

    >>> gap_for([timedelta(hours=1)] * 60)
    datetime.timedelta(seconds=60)
    """
    often = sum(1 / every.total_seconds() for every in intervals if every)
    return timedelta(seconds=1 / often) if often else timedelta(0)
