"""Which sources to visit now: those that are due, or those a person names, within what we owe their servers."""

from collections.abc import Iterable, Mapping, Sequence
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


def due(sources: Iterable[Source], addresses: Mapping[str, str], waiting: Mapping[str, datetime]) -> Chosen:
    """Choose from the sources that the store says are due; a host that asked to be left alone is left alone.

    Args:
        sources: Those that are due, in their turn.
        addresses: Where a source's feed was found, by source.
        waiting: Hosts that asked to be left alone, and until when.
    """
    chosen, skipped = [], []
    for source in sources:
        host = host_of(source, addresses.get(source.id))
        if host in waiting:
            skipped.append((source.id, _asked(waiting[host])))
        else:
            chosen.append(source)
    return Chosen(tuple(chosen), tuple(skipped))


def named(
    names: Iterable[str],
    sources: Sequence[Source],
    states: Mapping[str, SourceState],
    waiting: Mapping[str, datetime],
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
    chosen, skipped = [], []
    for name in dict.fromkeys(names):
        if name not in by_id:
            near = get_close_matches(name, by_id, n=1)
            hint = f" (did you mean {near[0]!r}?)" if near else ""
            raise UsageError(f"{name}: no such source in the config{hint}")
        source, state = by_id[name], states.get(name)
        reason = _too_early(state, minimum, force=force, now=now)
        host = host_of(source, state.address if state else None)
        if not reason and not force and host in waiting:
            reason = _asked(waiting[host])
        if reason:
            skipped.append((name, reason))
        else:
            chosen.append(source)
    return Chosen(tuple(chosen), tuple(skipped))


def _too_early(state: SourceState | None, minimum: timedelta, *, force: bool, now: datetime) -> str:
    if state is None:
        return ""
    if state.stopped and not force:
        return f"stopped: {state.why}; --force visits it all the same"
    gap = min(FORCED_GAP, minimum) if force else minimum
    # A visit that was broken off had asked all the same. One that is yet to come tells nothing: the clock was set back.
    visits = (state.last_visit.at if state.last_visit else None, state.asked)
    last = max((at for at in visits if at and at <= now), default=None)
    if last is None or now >= last + gap:
        return ""
    asked = "visited" if state.last_visit and state.last_visit.at == last else "asked, or perhaps asked,"
    return f"{asked} {in_words(now - last)} ago, not again before {last + gap:%H:%M:%S} UTC"


def host_of(source: Source, address: str | None) -> str:
    """Give the host that a source is asked at, "" where none is known: `address` is where its feed was found."""
    return urlsplit(address or source.url or "").hostname or ""


def _asked(until: datetime) -> str:
    return f"its host asked not to be visited before {until:%Y-%m-%d %H:%M} UTC"
