"""`mediafeed refresh`: visit sources once, publish what changed."""

import sys
from collections import Counter

import click

from mediafeed.assemble import Mediafeed
from mediafeed.cli.output import Settings, Step, pass_settings, progress
from mediafeed.cli.pages import recredited_in_words
from mediafeed.cli.visits import has_failed, left_out, told
from mediafeed.cli.wishing import Wanted, done_by_daemon, here_or_by_daemon
from mediafeed.model.published import Published
from mediafeed.model.source import Visit
from mediafeed.refresh.choosing import Chosen
from mediafeed.refresh.recredited import Recredited


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--force", is_flag=True, help="Visit although it is not due; at most once a minute and source.")
@click.option("--accept", is_flag=True, help="Take the named sources for what they are now, though another show.")
@pass_settings
def refresh(settings: Settings, sources: tuple[str, ...], *, force: bool, accept: bool) -> None:
    """Visit the due or the named sources, publish what changed.

    Beside a running daemon it is the daemon that does so.
    """
    if accept and not sources:
        raise click.UsageError("--accept needs the names of the sources")
    wanted = Wanted(sources, force=force or accept, accept=accept)
    sys.exit(
        here_or_by_daemon(
            lambda: _done_here(settings, wanted), lambda held: done_by_daemon(settings, wanted, str(held))
        )
    )


def _done_here(settings: Settings, wanted: Wanted) -> int:
    with settings.locked() as house:
        chosen = house.choose(wanted.sources, force=wanted.force)
        if wanted.accept:
            house.accept([source.id for source in chosen.sources])
        with progress(quiet=settings.quiet) as step:
            visits, published = refreshed(house, chosen, step)
        house.pinging.ping()
        waiting = [state.next_visit for state in house.store.states() if state.configured and state.next_visit]
    if not visits and not chosen.skipped and waiting:
        click.echo(f"nothing is due before {min(waiting):%Y-%m-%d %H:%M} UTC")
    for line in (*left_out(chosen.skipped), *told(visits, published.set_aside)):
        click.echo(line)
    return 1 if has_failed(visits) or published.set_aside else 0


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
