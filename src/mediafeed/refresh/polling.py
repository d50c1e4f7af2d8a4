"""Whose turn it is: named by a person, or due by the schedule; who was missed is spread over the interval anew."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Protocol

from mediafeed.model.settings import Config
from mediafeed.model.source import Call, Source, SourceKind
from mediafeed.refresh import choosing
from mediafeed.refresh.asking import is_within
from mediafeed.refresh.batch import Lane
from mediafeed.refresh.timetable import Timetable, gap_for
from mediafeed.store.backup import RESTORED
from mediafeed.store.store import Store

log = logging.getLogger(__name__)

LATE = timedelta(seconds=60)  # who could not be visited by then is given another time
FARTHEST = timedelta(days=45)  # no visit is planned further ahead: the clock was wrong when it was


class Waits(Protocol):
    """What is needed of `fetch`: the hosts that want no request yet."""

    def leave_alone(self, host: str, until: datetime) -> None:
        """Ask a host for nothing before that time."""

    def forgive(self, host: str) -> None:
        """Ask it all the same."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A source to visit now: with whom it waits in one lane, and whether apart from those that answer."""

    lane: Lane
    source: Source
    apart: bool


class Polling:
    """Chooses whom to visit, and moves the times of those that were missed."""

    def __init__(self, store: Store, config: Config, waits: Waits, clock: Callable[[], datetime]) -> None:
        """Take what is remembered, the settings, and who hears which hosts are to be left alone."""
        self._store = store
        self._sources = config.sources
        self._poll = config.poll
        self._allow = config.fetch.allow
        self._waits = waits
        self._clock = clock
        minimum = config.poll.minimum
        usual = config.poll.every if minimum >= timedelta(hours=1) else minimum
        gap = gap_for(max(source.every or usual, minimum) for source in self._sources)
        self.timetable = Timetable(gap, store.schedule.planned)
        for host, until in store.schedule.waiting(clock()).items():
            waits.leave_alone(host, until)

    @cached_property
    def _own(self) -> tuple[IPv4Network | IPv6Network, ...]:
        return tuple(ip_network(network, strict=False) for network in self._allow)

    @cached_property
    def _by_id(self) -> dict[str, Source]:
        return {source.id: source for source in self._sources}

    def choose(self, names: Sequence[str], *, force: bool = False) -> choosing.Chosen:
        """Choose the named sources, or without names those that are due.

        Raises:
            UsageError: No such source.
        """
        now = self._clock()
        waiting = self._store.schedule.waiting(now)
        states = {state.id: state for state in self._store.states()}
        if not (names or force):
            sources = [self._by_id[call.source] for call in self._calls(now)]
            addresses = {state.id: state.address for state in states.values() if state.address}
            return choosing.due(sources, addresses, waiting)
        names = names or [source.id for source in self._sources]
        chosen = choosing.named(names, self._sources, states, waiting, minimum=self._poll.minimum, force=force, now=now)
        for source in chosen.sources if force else ():
            log.warning("forced", extra={"source": source.id})
            state = states.get(source.id)
            self._waits.forgive(choosing.host_of(source, state.address if state else None))
        return chosen

    def lanes(self, sources: Sequence[Source]) -> tuple[tuple[Lane, Source], ...]:
        """Put sources into lanes: one host, one visit at a time (P36), but on the operator's own networks."""
        addresses = {state.id: state.address for state in self._store.states()} if sources else {}
        return tuple((self._lane(source, addresses.get(source.id)), source) for source in sources)

    def turns(self, now: datetime, is_busy: Callable[[str], bool]) -> tuple[Turn, ...]:
        """Give who is to be visited now.

        Whoever should have been visited long ago, because nobody was there to do it, is given a new time: all of them
        together are spread over the interval, the first one now. Whose host asked to wait is due when that is over.
        """
        calls = [call for call in self._calls(now) if not is_busy(call.source)]
        if not calls:
            return ()
        waiting = self._store.schedule.waiting(now)
        later = {call.source: waiting[host] for call in calls if (host := self._host(call)) in waiting}
        plan = {source: self.timetable.claim(source, until) for source, until in later.items()}
        missed = [call.source for call in calls if call.source not in later and _is_missed(call, now)]
        # Podcasts first: a page tells of their shows.
        missed.sort(key=lambda source: list(SourceKind).index(self._by_id[source].kind))
        plan |= self.timetable.claim_all(missed, now)
        self._store.schedule.plan(plan)
        if missed:
            log.info("spread", extra={"sources": len(missed), "until": f"{max(plan.values()):%H:%M:%S}"})
        return tuple(
            Turn(self._lane(self._by_id[call.source], call.address), self._by_id[call.source], call.apart)
            for call in calls
            if plan.get(call.source, now) <= now
        )

    def mend(self, now: datetime) -> None:
        """Give visits that are planned impossibly far ahead a time: the clock stood elsewhere when they were."""
        far = [source for source, when in self._store.schedule.planned() if when - now > FARTHEST]
        if far:
            log.warning("times mended", extra={"sources": len(far)})
            self._store.schedule.plan(self.timetable.claim_all(far, now + self._poll.minimum))

    def heed_restored(self, now: datetime) -> None:
        """Put all off once, if the database was restored."""
        if self._store.setting(RESTORED):
            self.put_all_off(now)
            self._store.set_setting(RESTORED, "")

    def put_all_off(self, now: datetime) -> None:
        """Let nobody be visited within the minimum: nobody knows who was visited after what is remembered.

        That goes for those of whom no visit is remembered as well, and for those whom a person names.
        """
        soonest = now + self._poll.minimum
        self._store.schedule.all_asked(now)
        soon = [call.source for call in self._store.schedule.calls(soonest)]
        self._store.schedule.plan(self.timetable.claim_all(soon, soonest))

    def shift(self, by: timedelta) -> None:
        """Move every planned visit with the clock, which was set by so much."""
        log.warning("clock set", extra={"seconds": round(by.total_seconds())})
        self._store.schedule.shift(by)
        self.timetable.forget()

    def put_off(self, source: str, until: datetime) -> None:
        """Plan a visit for no sooner than that."""
        self._store.schedule.plan({source: self.timetable.claim(source, until)})

    def _calls(self, now: datetime) -> list[Call]:
        """Give whose time has come. A source that another mediafeed put into the store is that one's to visit."""
        return [call for call in self._store.schedule.calls(now) if call.source in self._by_id]

    def _host(self, call: Call) -> str:
        return choosing.host_of(self._by_id[call.source], call.address)

    def _lane(self, source: Source, address: str | None) -> Lane:
        host = choosing.host_of(source, address)
        # The operator's own networks are theirs, to treat as they please.
        return f"{host} {source.id}" if not host or is_within(host, self._own) else host


def _is_missed(call: Call, now: datetime) -> bool:
    return call.since is None or now - call.since > LATE
