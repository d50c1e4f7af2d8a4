"""`export` and `import`: lists of podcasts for other programs, and from them."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from mediafeed.cli.configuring import ConfigFile
from mediafeed.cli.output import Settings, as_json, counted, pass_settings, say_json
from mediafeed.errors import ParseError, UsageError
from mediafeed.model.source import Source
from mediafeed.parse.opml import Outline, read_opml
from mediafeed.publish import opml


@click.group()
def export() -> None:
    """Write what is known to a file."""


@export.command(name="opml")
@click.argument("file")
@pass_settings
def export_opml(settings: Settings, file: str) -> None:
    """Write the shows as OPML 2.0 to FILE, which podcast apps read; "-" is stdout."""
    with settings.opened() as house:
        shows = house.store.shows()
        body = opml.document(house.config.site, shows)
    if file == "-":
        sys.stdout.buffer.write(body)
        return
    try:
        Path(file).write_bytes(body)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error
    click.echo(f"{file}: {counted(len(shows), 'show')} written")


@click.group(name="import")
def import_() -> None:
    """Read sources from a file."""


@import_.command(name="opml")
@click.argument("file")
@as_json
@pass_settings
def import_opml(settings: Settings, file: str, *, json: bool) -> None:
    """Add every feed that an OPML FILE lists ("-" is stdin); those already configured are left as they are."""
    outlines = outlines_in(file)
    refused: list[str] = []
    with settings.locked() as house:
        config = ConfigFile(settings.path, house.config.sources)
        added = add_listed(config, outlines, refused)
    if json:
        say_json({"added": [{"id": source.id, "title": source.title, "url": source.url} for source in added]})
    else:
        for source in added:
            click.echo(f"{source.id}: added: {source.url}")
        click.echo(f"{counted(len(added), 'source')} added; the next refresh visits them")
    for line in refused:
        click.echo(line, err=True)
    sys.exit(1 if refused else 0)


def outlines_in(file: str) -> tuple[Outline, ...]:
    """Read the feeds an OPML file lists.

    Raises:
        UsageError: There is no such file, or it is no OPML.
    """
    try:
        body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error
    try:
        return read_opml(body)
    except ParseError as error:
        raise UsageError(f"{file}: {error}") from error


def add_listed(config: ConfigFile, outlines: Iterable[Outline], refused: list[str]) -> tuple[Source, ...]:
    """Add the listed feeds that are not configured, and give them; say of the others why not. None is visited."""
    sources = [
        config.new_source(outline.url, outline.title or None)
        for outline in outlines
        if not config.source_at(outline.url)
    ]
    faults = config.add(sources)
    refused += [f"{source.url}: not added: {faults[source.id]}" for source in sources if source.id in faults]
    return tuple(source for source in sources if source.id not in faults)
