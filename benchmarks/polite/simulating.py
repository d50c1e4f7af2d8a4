"""Thirty days in a second or two: the rooms that decide, a store that only remembers, servers in memory."""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, cast

from benchmarks.polite.checking import Exchange
from benchmarks.polite.world import START, Reply, Request, Server
from mediafeed.fetch.failure import NoAnswerError
from mediafeed.fetch.hosts import Hosts
from mediafeed.fetch.validators import conditions, freshness_of, retry_after_of, validators_of
from mediafeed.model.episode import Changes
from mediafeed.model.parsed import Element
from mediafeed.model.settings import FetchSettings
from mediafeed.model.source import (
    Failed,
    FailureKind,
    Fetched,
    FetchResult,
    NotModified,
    Outcome,
    Source,
    SourceState,
    Validators,
    Visit,
)
from mediafeed.model.terms import Habits
from mediafeed.refresh.remembering import Came, Remembering
from mediafeed.refresh.terms import must_ask_whole
from mediafeed.refresh.timetable import Timetable

TAKES = timedelta(seconds=0.4)  # a request and its answer
KINDS = {410: FailureKind.GONE, 404: FailureKind.MISSING, 403: FailureKind.BLOCKED, 429: FailureKind.BUSY}
KINDS |= {503: FailureKind.BUSY, 0: FailureKind.TIMEOUT}
HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Memory:
    """As much of a store as deciding needs."""

    servers: Mapping[str, Server]
    states: dict[str, SourceState]
    now: datetime = START

    @property
    def schedule(self) -> "Memory":
        """Give the part that knows times."""
        return self

    def planned(self) -> list[tuple[str, datetime]]:
        """Give what is planned: nothing, at first."""
        return []

    def releases(self, source: str, most: int) -> tuple[tuple[datetime, datetime], ...]:
        """Give when the latest episodes came out."""
        server = self.servers[source]
        newest = server.released(self.now)
        moments = [server.published(number) for number in range(newest, max(newest - most, 0), -1)]
        return tuple((moment, moment) for moment in moments)

    def note_visit(self, visit: Visit, *, validators: Validators | None, **more: Any) -> None:
        """Remember a visit as the store does."""
        held = self.states[visit.source]
        failed = visit.outcome is Outcome.FAILED
        self.states[visit.source] = replace(
            held,
            validators=held.validators if validators is None else validators,
            last_visit=visit,
            next_visit=visit.next_visit,
            failures=held.failures + 1 if failed else 0,
            failing_since=(held.failing_since or visit.at) if failed else None,
            stopped=more["stopped"],
            terms=more["terms"],
        )


@dataclass(slots=True)
class World:
    """Polls servers by the decisions of the program."""

    servers: Sequence[Server]
    exchanges: list[Exchange] = field(default_factory=list)

    def run(self, days: int) -> None:
        """Let time pass. The first visits are spread as the daemon spreads them."""
        end = START + timedelta(days=days)
        by_name = {server.name: server for server in self.servers}
        memory = Memory(by_name, {name: SourceState(id=name) for name in by_name})
        timetable = Timetable(self.gap, memory.planned)
        remembering = Remembering(cast("Any", memory), Habits(every=HOUR, minimum=HOUR), frozenset(), timetable)
        hosts = Hosts(FetchSettings())
        turns = [(when, name) for name, when in timetable.claim_all(by_name, START).items()]
        heapq.heapify(turns)
        had = dict.fromkeys(by_name, 0)
        while turns and turns[0][0] < end:
            now, name = heapq.heappop(turns)
            memory.now = now
            following = self._visit(memory, remembering, hosts, by_name[name], had, now)
            if following is not None:
                heapq.heappush(turns, (following, name))

    @property
    def gap(self) -> timedelta:
        """Give the time between two polls that leaves room for all."""
        return HOUR / len(self.servers)

    def _visit(
        self, memory: Memory, remembering: Remembering, hosts: Hosts, server: Server, had: dict[str, int], now: datetime
    ) -> datetime | None:
        source, state = Source(id=server.name, url=server.url), memory.states[server.name]
        habits = remembering.habits_of(source, server.url)
        validators = Validators() if must_ask_whole(state.terms, habits, now) else state.validators
        result = ask(server, hosts, validators, server.url, now, self.exchanges)
        released = server.released(now)
        fetched = isinstance(result, Fetched)
        changes = Changes(tuple(str(n) for n in range(had[server.name], released))) if fetched else Changes()
        had[server.name] = released if fetched else had[server.name]
        head = _head(server) if fetched else None
        came = Came(result, changes=changes, keep=not isinstance(result, Failed), head=head, knows=fetched)
        terms = remembering.terms(state, came, server.url, whole_asked=not validators)
        return remembering.remember(source, state, came, terms, reader="1").next_visit


def ask(
    server: Server, hosts: Hosts, validators: Validators, url: str, now: datetime, exchanges: list[Exchange]
) -> FetchResult:
    """Ask, and follow redirects, as the fetcher does."""
    permanent, first = True, url
    while True:
        request = Request(now, server.name, url, conditions(validators))
        try:
            hosts.check_wait(request.host, now)
        except NoAnswerError as busy:
            return Failed(kind=busy.kind, detail="", at=now, retry_after=busy.retry_after, url=url)
        reply = server.reply(request)
        exchanges.append((request, reply))
        if reply.status not in {301, 302, 308}:
            break
        permanent = permanent and reply.status != 302
        url, now = reply.headers["Location"], now + timedelta(seconds=2.1)
    return _result(reply, url, url if permanent and url != first else None, validators, hosts, now + TAKES)


def _result(
    reply: Reply, url: str, moved_to: str | None, validators: Validators, hosts: Hosts, now: datetime
) -> FetchResult:
    head = {name.lower(): said for name, said in reply.headers.items()}
    fresh = freshness_of(head, now=now)
    if reply.status == 304:
        kept = validators_of(head, held=validators)
        return NotModified(url=url, validators=kept, freshness=fresh, at=now, elapsed=0.4, moved_to=moved_to)
    if reply.status == 200:
        held = validators_of(head)
        return Fetched(
            url=url,
            body=reply.body,
            content_type="application/rss+xml",
            validators=held,
            freshness=fresh,
            at=now,
            elapsed=0.4,
            moved_to=moved_to,
        )
    wait = retry_after_of(head, now=now)
    if wait:
        hosts.leave_alone(url.split("/")[2], wait)
    kind = KINDS.get(reply.status, FailureKind.SERVER)
    return Failed(kind=kind, detail="", at=now, status=reply.status, retry_after=wait, url=url)


def _head(server: Server) -> tuple[Element, ...]:
    if server.kind == "ttl":
        return (Element("ttl", "180"),)
    if server.kind == "skips":
        hours = tuple(Element("hour", hour) for hour in ("0", "1", "2", "24"))
        return (Element("skipHours", children=hours), Element("skipDays", children=(Element("day", "Sunday"),)))
    return ()
