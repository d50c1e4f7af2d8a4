"""`init`, `add`, `remove`: what is polled."""

import shlex
import sys
from difflib import get_close_matches
from pathlib import Path

import click

from mediafeed.assemble import Mediafeed
from mediafeed.cli.configuring import ConfigFile
from mediafeed.cli.layout import plain
from mediafeed.cli.opml import add_listed, outlines_in
from mediafeed.cli.output import Settings, counted, pass_settings, program
from mediafeed.config.template import TEMPLATE
from mediafeed.errors import MediafeedError, UsageError
from mediafeed.model.parsed import words
from mediafeed.model.source import Failed, Source

WEB = ("http://", "https://")


@click.command()
@click.argument("folder", default=".", metavar="[DIR]")
def init(folder: str) -> None:
    """Write a commented config.toml to begin with.

    It polls the RUSI and Geostrategy360 podcasts.
    """
    path = Path(folder) / "config.toml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE)
    except FileExistsError as error:
        raise UsageError(f"{path}: is there already; nothing was changed") from error
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    click.echo(f"{path} written: look it over, then type: {program()} --config {shlex.quote(str(path))} refresh")


@click.command()
@click.argument("what", nargs=-1, metavar="[URL|FILE.opml]...")
@click.option("--find", metavar="WORDS", help="Ask a podcast directory for these words.")
@pass_settings
def add(settings: Settings, what: tuple[str, ...], find: str | None) -> None:
    """Add sources: addresses, OPML files, or words to look up.

    An address may be a feed, a web page with a feed behind it, or one of Apple Podcasts.
    """
    if not what and not find:
        raise UsageError("add: name an address, an OPML file, or --find WORDS")
    lists = {name: outlines_in(_file(name)) for name in what if not name.startswith(WEB)}
    refused: list[str] = []
    with settings.locked() as house:
        config = ConfigFile(settings.path, house.config.sources)
        for name in (*what, *([_picked(house, find)] if find else [])):
            if name in lists:
                added = add_listed(config, lists[name], refused)
                click.echo(f"{name}: {counted(len(added), 'source')} added")
            else:
                added = _found(house, config, name, refused)
            for source in added:
                click.echo(f"{source.id}: added: {plain(source.title or '')} ({source.url})")
    for line in refused:
        click.echo(line, err=True)
    sys.exit(1 if refused else 0)


@click.command()
@click.argument("source")
@click.option("--forget", is_flag=True, help="Also take away what was published of it.")
@pass_settings
def remove(settings: Settings, source: str, *, forget: bool) -> None:
    """Stop polling SOURCE. What was published stays, unless --forget."""
    with settings.locked() as house:
        configured = [each.id for each in house.config.sources]
        held = [state.id for state in house.store.states()]
        if source not in (held if forget else configured):
            near = get_close_matches(source, configured, n=1)
            hint = f" (did you mean {near[0]!r}?)" if near else ""
            raise UsageError(f"{source}: no such source in {settings.path}{hint}")
        if source in configured:
            ConfigFile(settings.path, house.config.sources).remove(source)
        gone: tuple[str, ...] = ()
        if forget:
            gone = house.store.forget(source)
            house.understand_anew(force=True)
            house.publish()
    stays = f"{counted(len(gone), 'episode')} forgotten" if forget else "its episodes stay"
    click.echo(f"{source}: no longer polled; {stays}")


def _file(name: str) -> str:
    """Give the name of a file that is there, or say what else was expected."""
    if name != "-" and not Path(name).is_file():
        raise UsageError(f"{name}: no such file, and no address (those begin with https://)")
    return name


def _found(house: Mediafeed, config: ConfigFile, address: str, refused: list[str]) -> tuple[Source, ...]:
    """Find the feed at or behind an address and add it; say why not."""
    found = house.resolver.at(address, house.clock())
    if isinstance(found, Failed):
        refused.append(f"{address}: not added: {found.kind}: {found.detail}")
        return ()
    held = config.source_at(found.address) or config.source_at(address) or _polled_there(house, found.address)
    if held:
        refused.append(f"{address}: not added: it is the source {held.id!r} already")
        return ()
    source = config.new_source(found.address, words(found.feed.head or (), "title") or None)
    faults = config.add([source])
    refused += [f"{address}: not added: {what}" for what in faults.values()]
    return () if faults else (source,)


def _polled_there(house: Mediafeed, address: str) -> Source | None:
    """Give the source whose feed was found at that address."""
    at = {state.address: state.id for state in house.store.states() if state.configured}
    return next((source for source in house.config.sources if source.id == at.get(address)), None)


def _picked(house: Mediafeed, find: str) -> str:
    """Let a person pick from what the directory answers; without one only a single answer is taken."""
    entries = house.resolver.search(find, house.clock())
    if isinstance(entries, Failed):
        raise MediafeedError(f"{find}: {entries.kind}: {entries.detail}")
    if not entries:
        raise MediafeedError(f"{find}: the directory knows nothing for these words")
    for number, entry in enumerate(entries, 1):
        click.echo(f"{number:>3}  {plain(entry.title)} by {plain(entry.author)}\n     {plain(entry.feed_url)}")
    if len(entries) == 1:
        return entries[0].feed_url
    if not sys.stdin.isatty():
        raise UsageError(f"{find}: several answers: add the one that is meant by its address")
    number = click.prompt(f"which one (1-{len(entries)})", type=click.IntRange(1, len(entries)))
    return entries[number - 1].feed_url
