"""`mediafeed status`: each source, its last visit, the next one and why then."""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum

import click

from mediafeed.cli.layout import Column, cut, labelled, plain, say, table, terminal_width
from mediafeed.cli.output import Settings, as_json, counted, pass_settings, say_json, when
from mediafeed.model.source import FailureKind, SourceState, Visit
from mediafeed.model.websub import Subscription
from mediafeed.refresh.flags import in_few_words
from mediafeed.refresh.subscribing import in_short
from mediafeed.store.lock import Holder, holder

HELD = frozenset({FailureKind.OTHER_SHOW, FailureKind.OURSELVES})  # nothing is taken in until a person says so


class Condition(StrEnum):
    """How a source is, in a word; in the order in which they are told, what needs a person last."""

    WELL = "well"
    NEW = "never visited"
    WAITING = "asked to wait"
    FAILING = "failing"
    HELD = "held"
    STOPPED = "stopped"
    REMOVED = "removed"


COLOURS = {
    Condition.WELL: "green",
    Condition.NEW: "cyan",
    Condition.WAITING: "yellow",
    Condition.FAILING: "red",
    Condition.HELD: "magenta",
    Condition.STOPPED: "magenta",
    Condition.REMOVED: "bright_black",
}
WIDE = 80  # cells of a line where there is no terminal: what comes after a label is wrapped, and no row is cut
COLUMNS = (
    Column("source", gives_way=True),
    Column("last visit"),
    Column("outcome"),
    Column("next visit"),
    Column("fails", right=True),
    Column("episodes", right=True),
)


@click.command()
@as_json
@pass_settings
def status(settings: Settings, *, json: bool) -> None:
    """Tell of each source: last visit, next visit and why then."""
    with settings.opened() as house:
        states = [state for state in house.store.states() if state.configured or state.episodes]
        urls = {source.id: source.url for source in house.store.sources()}
        now = house.clock()
        at_work = holder(house.config.site.data)
        hubs = {one.source: one for one in house.store.hubs.subscriptions() if one.wanted}
    if json:
        say_json(
            {
                "sources": [_facts(state, urls.get(state.id), hubs.get(state.id), now) for state in states],
                "at_work": asdict(at_work) if at_work else None,
            }
        )
        return
    if not states:
        say("no source configured: mediafeed add URL")
        return
    for line in _told(states, hubs, at_work, now):
        say(line)


def _told(
    states: Sequence[SourceState], hubs: Mapping[str, Subscription], at_work: Holder | None, now: datetime
) -> list[str]:
    """Tell how all are, then of each; what needs a person last, and how all are again where that is gone."""
    width = terminal_width()
    order = list(Condition)
    states = sorted(states, key=lambda state: order.index(_condition(state, now)))
    first = [*_at_a_glance(states, now, width or WIDE), _who(at_work)]
    names, *rows = table(COLUMNS, (_row(state, now) for state in states), width)
    lines = [*first, click.style(names, bold=True)]
    for state, row in zip(states, rows, strict=True):
        lines.append(_coloured(row, state, COLOURS[_condition(state, now)]))
        lines += (click.style(line, dim=True) for line in _details(state, hubs.get(state.id), now, width or WIDE))
    if width is not None and len(lines) >= shutil.get_terminal_size().lines:
        lines += first
    return lines


def _who(at_work: Holder | None) -> str:
    return click.style(f"at work: {at_work}", fg="green") if at_work else click.style("nobody is at work", fg="yellow")


def _condition(state: SourceState, now: datetime) -> Condition:
    """Say in a word how a source is."""
    match state:
        case SourceState(configured=False):
            return Condition.REMOVED
        case SourceState(stopped=True):
            return Condition.STOPPED
        case SourceState(last_visit=None):
            return Condition.NEW
        case SourceState(last_visit=Visit(kind=kind)) if kind in HELD:
            return Condition.HELD
        case SourceState(retry_after=datetime() as until) if until > now:
            return Condition.WAITING
        case SourceState(failures=0):
            return Condition.WELL
    return Condition.FAILING


def _at_a_glance(states: Sequence[SourceState], now: datetime, width: int) -> Iterator[str]:
    """Sum up: how many sources are how, and when somebody is visited next."""
    counts = Counter(_condition(state, now) for state in states)
    line, taken = f"{counted(len(states), 'source')}: ", len(f"{counted(len(states), 'source')}: ")
    for place, one in enumerate(one for one in Condition if counts[one]):
        words = f"{counts[one]} {one}"
        if place and taken + len(f", {words},") > width:
            yield f"{line},"
            line, taken = "  ", 2
        elif place:
            line, taken = f"{line}, ", taken + 2
        line, taken = line + click.style(words, fg=COLOURS[one]), taken + len(words)
    yield line
    coming = [(state.next_visit, state.id) for state in states if state.configured and state.next_visit]
    if coming and not any(_following(state, now) == "due" for state in states):
        soonest, source = min(coming)
        yield cut(f"next: {plain(source)} {when(soonest, now)}", width)


def _row(state: SourceState, now: datetime) -> Sequence[object]:
    visit = state.last_visit
    return (
        state.id,
        when(visit.at if visit else None, now),
        _outcome(state),
        _following(state, now),
        state.failures or "",
        state.episodes,
    )


def _outcome(state: SourceState) -> str:
    visit = state.last_visit
    return str(visit.kind or visit.outcome) if visit else "never visited"


def _following(state: SourceState, now: datetime) -> str:
    if not state.configured:
        return "removed"
    if state.stopped:
        return "stopped"
    return "due" if state.next_visit is None or state.next_visit <= now else when(state.next_visit, now)


def _coloured(row: str, state: SourceState, colour: str) -> str:
    outcome = _outcome(state)
    # The source's name may hold the same word: the outcome stands after it.
    before, _, after = row.rpartition(f" {outcome} ")
    return f"{before} {click.style(outcome, fg=colour)} {after}"


def _details(state: SourceState, hub: Subscription | None, now: datetime, width: int) -> Iterator[str]:
    for label, text in (*_reasons(state), *((("hub", in_short(hub, now)),) if hub else ())):
        yield from (f"  {line}" for line in labelled(label, text, width - 2))


def _reasons(state: SourceState) -> Iterable[tuple[str, str]]:
    if state.address:
        yield "found at", state.address
        yield "found by", state.found_by
    if state.last_visit and state.last_visit.detail:
        yield "detail", state.last_visit.detail
    if state.last_visit and state.last_visit.flags:
        yield "doubts", "; ".join(in_few_words(state.last_visit.flags))
    if state.why and state.configured:
        yield "why then", state.why


def _facts(state: SourceState, url: str | None, hub: Subscription | None, now: datetime) -> dict[str, object]:
    visit = state.last_visit
    return {
        "id": state.id,
        "url": url or state.address,
        "condition": _condition(state, now),
        "last_visit": visit.at if visit else None,
        "outcome": visit.outcome if visit else None,
        "reason": visit.kind if visit else None,
        "next_visit": state.next_visit if state.configured else None,
        "why": state.why if state.configured else "removed from the config",
        "failures": state.failures,
        "episodes": state.episodes,
        "hub": _hub(hub) if hub else None,
    }


def _hub(hub: Subscription) -> dict[str, object]:
    """Give what may be known of a subscription: neither callback nor secret."""
    return {
        "url": hub.hub,
        "lease_until": hub.until,
        "pushed": hub.pushes,
        "ignored": hub.ignored,
        "trouble": hub.trouble or None,
    }
