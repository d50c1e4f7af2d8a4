"""Let the daemon that works on the data folder do what is wanted, and tell what it did."""

import time
from dataclasses import dataclass
from pathlib import Path

import click

from mediafeed.cli.output import Settings
from mediafeed.cli.visits import has_failed, left_out, told
from mediafeed.errors import UsageError
from mediafeed.model.wishes import Answer
from mediafeed.store.lock import holder

LOOK = 0.1  # seconds between two looks for the answer


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person typed after `refresh`."""

    sources: tuple[str, ...]
    force: bool
    accept: bool


def done_by_daemon(settings: Settings, wanted: Wanted, held: str) -> int | None:
    """Ask the daemon, wait for it and tell what it did; give the exit code, None if it ended without an answer.

    Raises:
        UsageError: The daemon polls no such source.
    """
    answer = _asked(settings, wanted, held)
    if answer is None:
        return None
    if answer.fault:
        raise UsageError(answer.fault)
    for line in (*left_out(answer.skipped), *told(answer.visits)):
        click.echo(line)
    if answer.unpublished:
        click.echo(f"mediafeed: not published yet, the daemon tries again: {answer.unpublished}", err=True)
    return 1 if has_failed(answer.visits) or answer.unpublished else 0


def _asked(settings: Settings, wanted: Wanted, held: str) -> Answer | None:
    with settings.opened() as house:
        wishes = house.store.wishes
        if wanted.accept:
            house.accept([source.id for source in house.config.sources if source.id in wanted.sources])
        number = wishes.ask(wanted.sources, force=wanted.force, now=house.clock())
        if not settings.quiet:
            click.echo(f"mediafeed: {held}: it was asked", err=True)
        data = str(Path(house.config.site.data))
        try:
            while (answer := wishes.answer(number)) is None:
                time.sleep(LOOK)
                if holder(data) is None:
                    break
        finally:
            # Answered in the last moment, it counts; else nobody else is to do what is done here.
            withdrawn = wishes.withdraw(number)
        return None if withdrawn else answer or wishes.answer(number)
