"""Which sources to visit now: those that are due, or those a person names, within what we owe their servers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from urllib.parse import urlsplit

from mediafeed.errors import UsageError
from mediafeed.model.source import Source, SourceState
from mediafeed.refresh.pacing import in_words

# P39: even a forced visit comes at most once a minute.
FORCED_GAP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Sources to visit, and those not visited with the reason in words."""

    sources: tuple[Source, ...]
    skipped: tuple[tuple[str, str], ...] = ()


def due(sources: Sequence[Source], states: Mapping[str, SourceState], ids: Collection[str], now: datetime) -> Chosen:
    """Choose the sources that the store says are due; a host that asked to be left alone is left alone."""
    waiting = _waiting_hosts(states.values(), {source.id: source for source in sources}, now)
    wanted = [source for source in sources if source.id in ids]
    chosen = tuple(source for source in wanted if _host(source, states) not in waiting)
    skipped = tuple((source.id, _asked(waiting[_host(source, states)])) for source in wanted if source not in chosen)
    return Chosen(chosen, skipped)


def named(
    names: Iterable[str],
    sources: Sequence[Source],
    states: Mapping[str, SourceState],
    *,
    minimum: timedelta,
    force: bool,
    now: datetime,
) -> Chosen:
    """Choose the sources a person names. P39: not earlier than the minimum, nor against a server's wish, unless forced.

    Raises:
        UsageError: No such source; offers the nearest.
    """
    by_id = {source.id: source for source in sources}
    waiting = _waiting_hosts(states.values(), by_id, now)
    chosen, skipped = [], []
    for name in dict.fromkeys(names):
        if name not in by_id:
            near = get_close_matches(name, by_id, n=1)
            hint = f" (did you mean {near[0]!r}?)" if near else ""
            raise UsageError(f"{name}: no such source in the config{hint}")
        source, state = by_id[name], states.get(name)
        reason = _too_early(state, minimum, force=force, now=now)
        if not reason and not force and (host := _host(source, states)) in waiting:
            reason = _asked(waiting[host])
        if reason:
            skipped.append((name, reason))
        else:
            chosen.append(source)
    return Chosen(tuple(chosen), tuple(skipped))


def _too_early(state: SourceState | None, minimum: timedelta, *, force: bool, now: datetime) -> str:
    if state is None or state.last_visit is None:
        return ""
    if state.stopped and not force:
        return f"stopped: {state.why}; --force visits it all the same"
    gap = min(FORCED_GAP, minimum) if force else minimum
    earliest = state.last_visit.at + gap
    if now >= earliest:
        return ""
    return f"visited {in_words(now - state.last_visit.at)} ago, not again before {earliest:%H:%M:%S} UTC"


def _waiting_hosts(states: Iterable[SourceState], sources: Mapping[str, Source], now: datetime) -> dict[str, datetime]:
    """P19: Retry-After speaks for the whole host."""
    waiting: dict[str, datetime] = {}
    for state in states:
        source = sources.get(state.id)
        if source and state.retry_after and state.retry_after > now:
            host = urlsplit(state.address or source.url or "").hostname or ""
            waiting[host] = max(waiting.get(host, now), state.retry_after)
    waiting.pop("", None)
    return waiting


def _host(source: Source, states: Mapping[str, SourceState]) -> str:
    state = states.get(source.id)
    return urlsplit((state.address if state else None) or source.url or "").hostname or ""


def _asked(until: datetime) -> str:
    return f"its host asked not to be visited before {until:%Y-%m-%d %H:%M} UTC"
