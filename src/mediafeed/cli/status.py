"""`mediafeed status`: each source, its last visit, the next one and why then."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import click

from mediafeed.cli.layout import Column, labelled, say, table, terminal_width
from mediafeed.cli.output import Settings, as_json, pass_settings, say_json, when
from mediafeed.model.source import Outcome, SourceState
from mediafeed.refresh.flags import in_few_words

COLOURS = {outcome: "red" if outcome is Outcome.FAILED else "green" for outcome in Outcome}
COLUMNS = (
    Column("source"),
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
    if json:
        say_json({"sources": [_facts(state, urls.get(state.id)) for state in states]})
        return
    if not states:
        say("no source configured: mediafeed add URL")
        return
    width = terminal_width()
    names, *rows = table(COLUMNS, (_row(state, now) for state in states), width)
    say(click.style(names, bold=True))
    for state, row in zip(states, rows, strict=True):
        say(_coloured(row, state))
        for line in _details(state, width):
            say(click.style(line, dim=True))


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


def _coloured(row: str, state: SourceState) -> str:
    outcome = _outcome(state)
    colour = COLOURS[state.last_visit.outcome] if state.last_visit else "yellow"
    # The source's name may hold the same word: the outcome stands after it.
    before, _, after = row[len(state.id) :].partition(f" {outcome} ")
    return f"{row[: len(state.id)]}{before} {click.style(outcome, fg=colour)} {after}"


def _details(state: SourceState, width: int | None) -> Iterator[str]:
    inner = None if width is None else width - 2
    for label, text in _told(state):
        yield from (f"  {line}" for line in labelled(label, text, inner))


def _told(state: SourceState) -> Iterable[tuple[str, str]]:
    if state.address:
        yield "found at", state.address
        yield "found by", state.found_by
    if state.last_visit and state.last_visit.detail:
        yield "detail", state.last_visit.detail
    if state.last_visit and state.last_visit.flags:
        yield "doubts", "; ".join(in_few_words(state.last_visit.flags))
    if state.why and state.configured:
        yield "why then", state.why


def _facts(state: SourceState, url: str | None) -> dict[str, object]:
    visit = state.last_visit
    return {
        "id": state.id,
        "url": url or state.address,
        "last_visit": visit.at if visit else None,
        "outcome": visit.outcome if visit else None,
        "reason": visit.kind if visit else None,
        "next_visit": state.next_visit if state.configured else None,
        "why": state.why if state.configured else "removed from the config",
        "failures": state.failures,
        "episodes": state.episodes,
    }
