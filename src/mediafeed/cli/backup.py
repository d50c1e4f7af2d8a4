"""`backup` and `restore`: everything that is remembered, in one file."""

import shlex
from pathlib import Path

import click

from mediafeed import __version__
from mediafeed.assemble import DATABASE, assembled, wall_clock
from mediafeed.cli.output import Settings, counted, pass_settings, program
from mediafeed.config.reading import parse_config, read_config
from mediafeed.errors import UsageError
from mediafeed.store.backup import read_backup, restore_database, write_backup
from mediafeed.store.lock import DataLock


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

    What is there is kept beside it; a config that is there stays. Nobody else may be at work.
    """
    held = read_backup(file)
    path = Path(settings.path).expanduser().absolute()
    is_there = path.exists()
    config = read_config(path) if is_there else parse_config(held.config, str(path))
    now = wall_clock()
    with DataLock(config.site.data, click.get_current_context().command_path):
        aside = restore_database(file, Path(config.site.data) / DATABASE, now=now)
        if not is_there:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(held.config, encoding="utf-8")
            except OSError as error:
                raise UsageError(f"{path}: {error.strerror}; the database is restored, the config is not") from error
        with assembled(config) as house:
            house.polling.put_all_off(now)
            states = house.store.states()
            episodes = len(house.store.index())
    click.echo(
        f"restored as of {held.made} (mediafeed {held.version}): {counted(len(states), 'source')}, "
        f"{counted(episodes, 'episode')}"
    )
    if aside:
        click.echo(f"what was there before: {aside}")
    click.echo(f"{path} {'is as it was' if is_there else 'written'}")
    click.echo(f"now: {program()} --config {shlex.quote(str(path))} publish")
