"""Let the daemon that works on the data folder do what is wanted, and tell what it did."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from mediafeed.assemble import DATABASE, Mediafeed
from mediafeed.cli.output import Settings
from mediafeed.cli.visits import has_failed, left_out, told
from mediafeed.errors import LockedError, UsageError
from mediafeed.model.wishes import Answer
from mediafeed.store.lock import DAEMON, holder
from mediafeed.store.restoring import is_in_place

_Any = TypeVar("_Any")

LOOK = 0.1  # seconds between two looks for the answer


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person typed after `refresh`."""

    sources: tuple[str, ...]
    force: bool
    accept: bool


def here_or_by_daemon(here: Callable[[], _Any], by_daemon: Callable[[LockedError], _Any | None]) -> _Any:
    """Do something here, or where a daemon works on the data folder let that do it, until one of them has.

    Args:
        here: Does it under the lock of the data folder.
        by_daemon: Lets the daemon do it; gives None where it ended without having done so.

    Raises:
        LockedError: Somebody else holds the lock.
    """
    while True:
        try:
            return here()
        except LockedError as held:
            if held.command != DAEMON:
                raise
            if (done := by_daemon(held)) is not None:
                return done


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
    return 1 if tell_unpublished(answer) or has_failed(answer.visits) else 0


def _asked(settings: Settings, wanted: Wanted, held: str) -> Answer | None:
    with settings.opened() as house:
        wishes = house.store.wishes
        if wanted.accept:
            house.accept([source.id for source in house.config.sources if source.id in wanted.sources])

        def ask() -> int:
            return wishes.ask(wanted.sources, force=wanted.force, now=house.clock())

        return answered(house, ask, held, quiet=settings.quiet)


def answered(house: Mediafeed, ask: Callable[[], int], held: str, *, quiet: bool) -> Answer | None:
    """Leave a wish and wait for what the daemon does about it.

    None if it ended without an answer, or goes on with another database: the wish is gone with the one that held it.
    """
    wishes, data = house.store.wishes, str(Path(house.config.site.data))
    database = Path(data) / DATABASE
    told = database.stat()  # before the wish: one that is left in a database that goes is seen to be gone
    number = ask()
    if not quiet:
        click.echo(f"mediafeed: {held}: it was asked", err=True)
    try:
        while (answer := wishes.answer(number)) is None:
            time.sleep(LOOK)
            if holder(data) is None or (database.exists() and not is_in_place(told, database)):
                break
    finally:
        # Answered in the last moment, it counts; else nobody else is to do what is done here.
        withdrawn = wishes.withdraw(number)
    return None if withdrawn else answer or wishes.answer(number)


def tell_unpublished(answer: Answer) -> bool:
    """Say why what came is not published yet, if so."""
    if answer.unpublished:
        click.echo(f"mediafeed: not published yet, the daemon tries again: {answer.unpublished}", err=True)
    return bool(answer.unpublished)
