"""Many sources side by side; those on one host one after the other."""

import logging
import queue
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime
from threading import Event
from urllib.parse import urlsplit

from mediafeed.errors import MediafeedError
from mediafeed.model.source import FailureKind, Outcome, Source, SourceState, Visit

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 16  # hosts at a time: more threads than that wait for one another, not for servers


def by_host(
    sources: Iterable[Source], states: dict[str, SourceState], is_own: Callable[[str], bool]
) -> tuple[tuple[Source, ...], ...]:
    """Group sources that must be visited one after the other: same host, one visit at a time (P36).

    Hosts on the operator's own networks (`is_own`) are spared that: each of their sources is a group.
    """
    groups: dict[str, list[Source]] = {}
    for source in sources:
        state = states.get(source.id)
        address = (state.address if state else None) or source.url or ""
        host = urlsplit(address).hostname or f"find:{source.id}"
        groups.setdefault(f"{host} {source.id}" if is_own(host) else host, []).append(source)
    return tuple(tuple(group) for group in groups.values())


def visit_all(
    groups: Sequence[Sequence[Source]],
    visit: Callable[[Source], Visit],
    *,
    on_visit: Callable[[Visit], None],
    clock: Callable[[], datetime],
    stop: Event | None = None,
) -> tuple[Visit, ...]:
    """Visit every source; one that fails in a way nobody foresaw fails alone.

    `on_visit` is called in this thread, visit by visit. When `stop` is set, visits under way end, no new one begins.
    The rest of a group whose host asks to wait is left for a later round (P19).
    """
    done: queue.SimpleQueue[Visit] = queue.SimpleQueue()

    def walk(group: Sequence[Source]) -> None:
        for source in group:
            if stop is not None and stop.is_set():
                return
            try:
                came = visit(source)
                done.put(came)
                if came.kind is FailureKind.BUSY:
                    log.info("host left alone", extra={"source": source.id})
                    return
            except MediafeedError as error:
                done.put(_broken(source, str(error), clock()))
            except Exception as error:  # the one place that keeps a bug over one source from costing the others
                log.exception("visit failed", extra={"source": source.id})
                done.put(_broken(source, f"{type(error).__name__}: {error}", clock()))

    visits: list[Visit] = []

    def drain() -> None:
        while not done.empty():
            visits.append(done.get())
            on_visit(visits[-1])

    with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE, thread_name_prefix="visit") as pool:
        for future in as_completed([pool.submit(walk, group) for group in groups]):
            future.result()
            drain()
    drain()
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
