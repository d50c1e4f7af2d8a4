"""`mediafeed status`: each source, its last visit, the next one and why then."""

from datetime import datetime

import click
from rich.table import Table

from mediafeed.cli.output import Settings, as_json, console, pass_settings, say_json, when
from mediafeed.model.source import Outcome, SourceState

COLOURS = {Outcome.NEW: "green", Outcome.UNCHANGED: "green", Outcome.NOT_MODIFIED: "green", Outcome.FAILED: "red"}


@click.command()
@as_json
@pass_settings
def status(settings: Settings, *, json: bool) -> None:
    """Tell of each source: last visit and its outcome, next visit and why then, failures, episodes."""
    with settings.opened() as house:
        states = [state for state in house.store.states() if state.configured or state.episodes]
        urls = {source.id: source.url or f"find: {source.find}" for source in house.store.sources()}
        now = house.clock()
    if json:
        say_json({"sources": [_facts(state, urls.get(state.id, "")) for state in states]})
        return
    out = console()
    out.print(_table(states, now))
    for state in states:
        for line in _details(state):
            out.print(f"  {state.id}: {line}", style="dim", markup=False)
    if not states:
        out.print("no source configured")


def _table(states: list[SourceState], now: datetime) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("source", "last visit", "outcome", "next visit"):
        table.add_column(name, overflow="fold")
    table.add_column("fails", justify="right")
    table.add_column("episodes", justify="right")
    for state in states:
        visit = state.last_visit
        outcome = str(visit.kind or visit.outcome) if visit else "never visited"
        colour = COLOURS[visit.outcome] if visit else "yellow"
        following = (
            "removed"
            if not state.configured
            else "stopped"
            if state.stopped
            else "due"
            if state.next_visit and state.next_visit <= now
            else when(state.next_visit, now)
        )
        table.add_row(
            state.id,
            when(visit.at if visit else None, now),
            f"[{colour}]{outcome}[/]",
            following,
            str(state.failures or ""),
            str(state.episodes),
        )
    return table


def _details(state: SourceState) -> list[str]:
    lines = []
    if state.address:
        lines.append(f"feed found at {state.address} ({state.found_by})")
    if state.last_visit and state.last_visit.detail:
        lines.append(f"last visit: {state.last_visit.detail}")
    if state.last_visit:
        lines += [f"last visit: {flag}" for flag in state.last_visit.flags]
    if state.why:
        lines.append(f"next visit: {state.why}")
    return lines


def _facts(state: SourceState, url: str) -> dict[str, object]:
    visit = state.last_visit
    return {
        "id": state.id,
        "url": url,
        "address": state.address,
        "found_by": state.found_by or None,
        "last_visit": visit.at if visit else None,
        "outcome": visit.outcome if visit else None,
        "reason": visit.kind if visit else None,
        "detail": visit.detail if visit else None,
        "flags": visit.flags if visit else (),
        "next_visit": state.next_visit,
        "why": state.why,
        "failures": state.failures,
        "failing_since": state.failing_since,
        "stopped": state.stopped,
        "configured": state.configured,
        "episodes": state.episodes,
    }
