"""`mediafeed refresh`: visit sources once, publish what changed."""

import sys
from collections import Counter
from collections.abc import Iterable

import click

from mediafeed.assemble import Mediafeed
from mediafeed.cli.output import Settings, Step, pass_settings, progress
from mediafeed.cli.pages import recredited_in_words
from mediafeed.model.published import Published
from mediafeed.model.source import Outcome, Visit
from mediafeed.refresh.choosing import Chosen
from mediafeed.refresh.flags import in_few_words
from mediafeed.refresh.recredited import Recredited


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--force", is_flag=True, help="Visit although it is not due; at most once a minute and source.")
@click.option("--accept", is_flag=True, help="Take the named sources for what they are now, though another show.")
@pass_settings
def refresh(settings: Settings, sources: tuple[str, ...], *, force: bool, accept: bool) -> None:
    """Visit the due or the named sources, publish what changed."""
    if accept and not sources:
        raise click.UsageError("--accept needs the names of the sources")
    with settings.locked() as house:
        chosen = house.choose(sources, force=force or accept)
        if accept:
            house.accept([source.id for source in chosen.sources])
        with progress(quiet=settings.quiet) as step:
            visits, published = refreshed(house, chosen, step)
        waiting = [state.next_visit for state in house.store.states() if state.configured and state.next_visit]
    if not visits and not chosen.skipped and waiting:
        click.echo(f"nothing is due before {min(waiting):%Y-%m-%d %H:%M} UTC")
    for name, reason in chosen.skipped:
        click.echo(f"{name}: not visited: {reason}")
    for line in told(visits, published):
        click.echo(line)
    failed = any(visit.outcome is Outcome.FAILED for visit in visits) or bool(published.set_aside)
    sys.exit(1 if failed else 0)


def refreshed(house: Mediafeed, chosen: Chosen, step: Step) -> tuple[tuple[Visit, ...], Published]:
    """Visit, then publish. What changed in the settings since the last time is understood anew first."""
    found = list[Recredited]()
    if changes := house.understand_anew(tell=found.append, on_step=step):
        click.echo(recredited_in_words(found, changes))
    done = Counter[str]()

    def on_visit(visit: Visit) -> None:
        done[visit.source] += 1
        step("visit", len(done), len(chosen.sources))

    visits = house.refresh(chosen.sources, on_visit)
    return visits, house.publish(step)


def told(visits: Iterable[Visit], published: Published) -> Iterable[str]:
    """Say what came of it: a line for each failure and each doubt, the sums last."""
    visits = sorted(visits, key=lambda visit: visit.source)
    for visit in visits:
        if visit.outcome is Outcome.FAILED:
            detail = f" ({visit.detail})" if visit.detail else ""
            again = f"next visit {visit.next_visit:%Y-%m-%d %H:%M} UTC" if visit.next_visit else "no further visit"
            yield f"{visit.source}: failed: {visit.kind}{detail}; what was published stays; {again}"
        for flag in in_few_words(visit.flags):
            yield f"{visit.source}: {flag}"
    for episode, reason in published.set_aside:
        yield f"{episode}: set aside: {reason}"
    yield sums(visits)


def sums(visits: Iterable[Visit]) -> str:
    """Give the last line: episodes that are new, modified, unchanged; sources that were not modified or failed."""
    visits = tuple(visits)
    new, modified, unchanged = (sum(getattr(v, name) for v in visits) for name in ("new", "modified", "unchanged"))
    outcomes = Counter(visit.outcome for visit in visits)
    return (
        f"{new} new, {modified} modified, {unchanged} unchanged, "
        f"{outcomes[Outcome.NOT_MODIFIED]} not modified, {outcomes[Outcome.FAILED]} failed"
    )
