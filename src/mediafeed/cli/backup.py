"""`backup` and `restore`: everything that is remembered, in one file."""

import os
import shlex
import signal
import time
from pathlib import Path

import click

from mediafeed import __version__
from mediafeed.assemble import DATABASE, assembled, wall_clock
from mediafeed.cli.output import Settings, counted, pass_settings, program
from mediafeed.cli.wishing import LOOK, here_or_by_daemon
from mediafeed.config.reading import parse_config, read_config
from mediafeed.errors import LockedError, UsageError
from mediafeed.model.settings import Config
from mediafeed.store.backup import read_backup, unpack_database, write_backup
from mediafeed.store.lock import DataLock, holder
from mediafeed.store.restoring import coming, is_in_place, is_open, offer, put_in_place, withdraw


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pass_settings
def backup(settings: Settings, file: Path) -> None:
    """Write everything remembered, and the config, to FILE.

    A daemon may be running. What is published is made from that, with the same addresses.
    """
    config = read_config(settings.path)
    database = Path(config.site.data) / DATABASE
    size = write_backup(database, Path(config.path), file, version=__version__, now=wall_clock())
    click.echo(f"{file}: {size / 1e6:.1f} MB written")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pass_settings
def restore(settings: Settings, file: Path) -> None:
    """Put back what `backup` wrote to FILE.

    What is there is kept beside it; a config that is there stays. A running daemon takes it over and goes on.
    """
    held = read_backup(file)
    path = Path(settings.path).expanduser().absolute()
    is_there = path.exists()
    config = read_config(path) if is_there else parse_config(held.config, str(path))
    database = Path(config.site.data) / DATABASE
    before = _replaced(database)
    with coming(database) as unpacked:
        unpack_database(file, unpacked)
        by_daemon = _put_back(unpacked, config)
    if not is_there:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(held.config, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror}; the database is restored, the config is not") from error
    with assembled(config, beside=by_daemon) as house:
        states, episodes = house.store.states(), len(house.store.index())
    click.echo(
        f"restored as of {held.made} (mediafeed {held.version}): {counted(len(states), 'source')}, "
        f"{counted(episodes, 'episode')}"
    )
    for aside in sorted(_replaced(database) - before):
        click.echo(f"what was there before: {aside}")
    click.echo(f"{path} {'is as it was' if is_there else 'written'}")
    if by_daemon:
        click.echo("the daemon goes on with it, and publishes it")
    else:
        click.echo(f"now: {program()} --config {shlex.quote(str(path))} publish")


def _put_back(unpacked: Path, config: Config) -> bool:
    """Put the database in its place, or let the daemon do so that works there; say whether it was the daemon."""
    database = Path(config.site.data) / DATABASE
    return here_or_by_daemon(
        lambda: _put_back_here(unpacked, config), lambda held: _done_by_daemon(unpacked, database, held) or None
    )


def _put_back_here(unpacked: Path, config: Config) -> bool:
    """Put it in its place; False, as it was no daemon."""
    now = wall_clock()
    with DataLock(config.site.data, click.get_current_context().command_path):
        put_in_place(unpacked, Path(config.site.data) / DATABASE, now=now)
        with assembled(config) as house:
            house.polling.heed_restored(now)
    return False


def _done_by_daemon(unpacked: Path, database: Path, held: LockedError) -> bool:
    """Offer the database to the daemon and wait; say whether it took it, and not whether it ended instead.

    Raises:
        UsageError: The daemon is another user's, or could not take it.
    """
    worker = holder(str(database.parent))
    if worker is None or not worker.process.isdecimal():
        return False
    told = offer(unpacked, database)
    try:
        os.kill(int(worker.process), signal.SIGHUP)
        click.echo(f"mediafeed: {held}: it was asked", err=True)
        while is_open(database) and holder(str(database.parent)) == worker:
            time.sleep(LOOK)
    except OSError as error:
        raise UsageError(f"{held}: {error.strerror}; nothing was restored") from error
    finally:
        withdraw(unpacked, database)
    if is_in_place(told, database):
        return True
    if unpacked.exists():
        return False
    raise UsageError(f"{held}: it could not take the database, its log says why; nothing was restored")


def _replaced(database: Path) -> set[Path]:
    return set(database.parent.glob("replaced-*"))
