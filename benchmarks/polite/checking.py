"""What a checker sees that stands at the wire: it knows requests and replies, and nothing of how they came about.

It reads headers by itself, in the plain way the statements are written, and shares no code with what it checks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise

from benchmarks.polite.world import HOUR, Reply, Request, Server

DAY = timedelta(days=1)
Exchange = tuple[Request, Reply]


@dataclass(frozen=True, slots=True)
class Violation:
    """One statement that was not kept."""

    statement: str
    source: str
    at: datetime
    detail: str


def violations(server: Server, exchanges: Sequence[Exchange], until: datetime) -> Iterator[Violation]:
    """Find every statement about one source that its exchanges do not keep; redirects were followed at once."""
    polls = _polls(exchanges)
    failures = 0
    failing_since: datetime | None = None
    for poll, following in pairwise([*polls, ()]):
        (first, _), (request, reply) = poll[0], poll[-1]
        failed = reply.status not in {200, 304}
        failures = failures + 1 if failed else 0
        failing_since = (failing_since or request.at) if failed else None
        gap = (following[0][0].at if following else until) - request.at
        if following:
            yield from _too_early(server, request, reply, gap, failures, failing_since)
        elif reply.status != 410 and gap > 9 * DAY:
            yield Violation("forgotten", server.name, request.at, f"no visit for {gap}")
        if reply.status == 410 and following:
            yield Violation("P23", server.name, following[0][0].at, "asked again after 410")
        skipped = first.at.hour in _skipped_hours(server) or (first.at.weekday() == 6 and server.kind == "skips")
        if skipped and poll is not polls[0]:
            yield Violation("P18", server.name, first.at, "in an hour or on a day that is skipped")
    yield from _conditions(server, polls)


def _polls(exchanges: Sequence[Exchange]) -> list[tuple[Exchange, ...]]:
    """Put the hops of one poll together."""
    polls: list[tuple[Exchange, ...]] = []
    for exchange in exchanges:
        if polls and polls[-1][-1][1].status in {301, 302, 307, 308}:
            polls[-1] = (*polls[-1], exchange)
        else:
            polls.append((exchange,))
    return polls


def _too_early(
    server: Server, request: Request, reply: Reply, gap: timedelta, failures: int, since: datetime | None
) -> Iterator[Violation]:
    for statement, least in _owed(server, request, reply, failures, since):
        if gap < least:
            yield Violation(statement, server.name, request.at, f"came after {gap}, {least} were owed ({reply.status})")
    if gap > 8 * DAY:
        yield Violation("late", server.name, request.at, f"came after {gap}")


def _owed(
    server: Server, request: Request, reply: Reply, failures: int, since: datetime | None
) -> Iterator[tuple[str, timedelta]]:
    yield "P8", HOUR
    said = reply.headers
    if reply.status in {200, 304}:
        if server.kind == "none":
            yield "P9", DAY
        if age := re.search(r"max-age=(\d+)", said.get("Cache-Control", "")):
            yield "P12", min(timedelta(seconds=int(age[1])), DAY)
        elif "Expires" in said:
            yield "P13", min(parsedate_to_datetime(said["Expires"]) - request.at, DAY)
        if server.kind == "once":
            yield "P12", 3 * HOUR  # RFC 9111, 4.3.4: a 304 that does not say it again does not take it back
        if server.kind == "ttl":
            yield "P17", 3 * HOUR
        return
    wait = said.get("Retry-After", "")
    if wait.isdigit() and int(wait):
        yield "P19", timedelta(seconds=int(wait))
    elif wait.endswith("GMT"):
        yield "P19", parsedate_to_datetime(wait) - request.at
    if reply.status in {401, 403, 404}:
        yield "P22", DAY
        if since and request.at - since > 30 * DAY:
            yield "P22", 7 * DAY
    elif not wait or not (wait.isdigit() or wait.endswith("GMT")):
        yield "P20, P21", min(HOUR * 2 ** min(failures - 1, 5), DAY)


def _skipped_hours(server: Server) -> set[int]:
    return {0, 1, 2} if server.kind == "skips" else set()


def _conditions(server: Server, polls: Sequence[tuple[Exchange, ...]]) -> Iterator[Violation]:
    """P1 to P3, P6, P7: what is held goes back byte for byte, and nothing is asked for whole without need."""
    held: dict[str, str] = {}
    whole: datetime | None = None
    for poll in polls:
        first, _ = poll[0]
        if held and not first.conditional and whole and first.at - whole < 8 * DAY:
            yield Violation("P7", server.name, first.at, f"unconditional, the last was at {whole}")
        if not first.conditional:
            whole = first.at
        for request, reply in poll:
            asked = {
                "ETag": request.headers.get("If-None-Match"),
                "Last-Modified": request.headers.get("If-Modified-Since"),
            }
            for name, sent in asked.items():
                if request.conditional and sent != held.get(name):
                    yield Violation(
                        "P2, P3", server.name, request.at, f"{name}: sent {sent!r}, held {held.get(name)!r}"
                    )
            told = {name: reply.headers[name] for name in ("ETag", "Last-Modified") if name in reply.headers}
            if reply.status == 200:
                held = told
            elif reply.status == 304:
                held = held | told


def hosts_violated(exchanges: Sequence[Exchange]) -> Iterator[Violation]:
    """P19: a host that asked to wait is asked for nothing by anybody. P36: nor twice within two seconds."""
    waits: dict[str, datetime] = {}
    last: dict[str, datetime] = {}
    for request, reply in sorted(exchanges, key=lambda one: one[0].at):
        if request.at < waits.get(request.host, request.at):
            yield Violation("P19", request.source, request.at, f"{request.host} wanted to wait")
        if request.host in last and request.at - last[request.host] < timedelta(seconds=2):
            yield Violation("P36", request.source, request.at, f"{request.host} was asked a moment ago")
        last[request.host] = request.at
        wait = reply.headers.get("Retry-After", "")
        if wait.isdigit():
            waits[request.host] = request.at + timedelta(seconds=int(wait))
        elif wait.endswith("GMT"):
            waits[request.host] = parsedate_to_datetime(wait)


def crowded(exchanges: Sequence[Exchange], gap: timedelta) -> Iterator[Violation]:
    """P11: no two polls begin closer together than the interval divided by the number of sources, less a tenth."""
    begins = sorted(poll[0][0].at for poll in _by_source(exchanges))
    for before, after in pairwise(begins):
        if after - before < gap * 0.9:
            yield Violation("P11", "", after, f"{after - before} after another")


def _by_source(exchanges: Sequence[Exchange]) -> list[tuple[Exchange, ...]]:
    of: dict[str, list[Exchange]] = {}
    for exchange in exchanges:
        of.setdefault(exchange[0].source, []).append(exchange)
    return [poll for some in of.values() for poll in _polls(some)]


def share_of_304(servers: Sequence[Server], exchanges: Sequence[Exchange]) -> float:
    """Give how many of the polls of unchanged documents, where the server can say so, came to a 304."""
    by_name = {server.name: server for server in servers}
    had: dict[str, int] = {}
    unchanged = told = 0
    for request, reply in exchanges:
        server = by_name[request.source]
        if reply.status not in {200, 304} or server.kind == "none":
            continue
        released = server.released(request.at)
        if had.get(request.source) == released:
            unchanged += 1
            told += reply.status == 304
        had[request.source] = released
    return told / unchanged
