"""`init`, `add`, `remove`, `export`, `import`: what is polled."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from mediafeed.assemble import Mediafeed
from mediafeed.cli.output import Settings, pass_settings, say_json
from mediafeed.config.editing import add_source, remove_source
from mediafeed.config.reading import parse_config, read_config
from mediafeed.config.template import TEMPLATE
from mediafeed.errors import MediafeedError, ParseError, UsageError
from mediafeed.model.parsed import words
from mediafeed.model.source import Failed, Source
from mediafeed.normalize.identity import slug
from mediafeed.parse.opml import Outline, read_opml
from mediafeed.publish import opml
from mediafeed.refresh.resolving import Found


@click.command()
@click.argument("folder", default=".", metavar="[DIR]")
def init(folder: str) -> None:
    """Write a commented config.toml with the RUSI and Geostrategy360 sources."""
    path = Path(folder) / "config.toml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE)
    except FileExistsError as error:
        raise UsageError(f"{path}: is there already; nothing was changed") from error
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    click.echo(f"{path} written: look it over, then type: mediafeed --config {path} refresh")


@click.command()
@click.argument("what", nargs=-1, metavar="[URL|FILE.opml]...")
@click.option("--find", metavar="WORDS", help="Ask a podcast directory for these words.")
@pass_settings
def add(settings: Settings, what: tuple[str, ...], find: str | None) -> None:
    """Add sources: feeds, pages with a feed behind them, Apple Podcasts addresses, OPML files, or words to look up."""
    if not what and not find:
        raise UsageError("add: name an address, an OPML file, or --find WORDS")
    failed = 0
    with settings.locked() as house:
        addresses = [*what, *([_picked(house, find)] if find else [])]
        for name in addresses:
            try:
                for source in _sources(house, name):
                    _write(settings.path, source)
                    click.echo(f"{source.id}: added: {source.title} ({source.url})")
            except (UsageError, ParseError) as error:
                click.echo(f"{name}: not added: {error}", err=True)
                failed += 1
    sys.exit(1 if failed else 0)


@click.command()
@click.argument("source")
@click.option("--forget", is_flag=True, help="Also take away what was published of it.")
@pass_settings
def remove(settings: Settings, source: str, *, forget: bool) -> None:
    """Stop polling SOURCE. What was published stays, unless --forget."""
    with settings.locked() as house:
        known = {state.id for state in house.store.states()}
        if source not in {configured.id for configured in house.config.sources}:
            if not (forget and source in known):
                raise UsageError(f"{source}: no such source in {settings.path}")
        else:
            _rewrite(settings.path, remove_source(_text(settings.path), source))
        gone: tuple[str, ...] = ()
        if forget:
            gone = house.store.forget(source)
            house.understand_anew(force=True)
            house.publish()
    click.echo(f"{source}: no longer polled; " + (f"{len(gone)} episodes forgotten" if forget else "its episodes stay"))


@click.group()
def export() -> None:
    """Write what is known to a file."""


@export.command(name="opml")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, allow_dash=True))
@pass_settings
def export_opml(settings: Settings, file: str) -> None:
    """Write the shows as OPML 2.0, which podcast apps read; "-" is stdout."""
    with settings.opened() as house:
        body = opml.document(house.config.site, house.store.shows())
    if file == "-":
        sys.stdout.buffer.write(body)
        return
    try:
        Path(file).write_bytes(body)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error
    click.echo(f"{file} written")


@click.group(name="import")
def import_() -> None:
    """Read sources from a file."""


@import_.command(name="opml")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--json", "json", is_flag=True, help="One JSON document on stdout.")
@pass_settings
def import_opml(settings: Settings, file: str, *, json: bool) -> None:
    """Add every feed that an OPML file lists; those already configured are left as they are."""
    with settings.locked() as house:
        added = []
        for source in _listed(house, _outlines(file)):
            _write(settings.path, source)
            added.append(source)
    if json:
        say_json({"added": [{"id": source.id, "title": source.title, "url": source.url} for source in added]})
        return
    for source in added:
        click.echo(f"{source.id}: added: {source.url}")
    click.echo(f"{len(added)} sources added; the next refresh visits them")


def _sources(house: Mediafeed, name: str) -> Iterable[Source]:
    if not name.startswith(("http://", "https://")):
        return _listed(house, _outlines(name))
    found = house.resolver.at(name, house.clock())
    if isinstance(found, Failed):
        raise UsageError(f"{found.kind}: {found.detail}")
    return (_source(house, found),)


def _source(house: Mediafeed, found: Found) -> Source:
    if any(source.url == found.address for source in house.config.sources):
        raise UsageError(f"{found.address} is a source already")
    title = words(found.feed.head or (), "title") or found.address
    return Source(id=_free_id(house.config.sources, title), url=found.address, title=title)


def _listed(house: Mediafeed, outlines: Iterable[Outline]) -> Iterable[Source]:
    sources = list(house.config.sources)
    held = {source.url for source in sources}
    for outline in outlines:
        if outline.url not in held and outline.url.startswith(("http://", "https://")):
            source = Source(
                id=_free_id(sources, outline.title or outline.url), url=outline.url, title=outline.title or None
            )
            sources.append(source)
            yield source


def _free_id(sources: Iterable[Source], title: str) -> str:
    taken = {source.id for source in sources}
    base = slug(title, fallback="source")[:60].rstrip("-")
    return next(name for name in (base, *(f"{base}-{n}" for n in range(2, 100_000))) if name not in taken)


def _outlines(file: str) -> tuple[Outline, ...]:
    try:
        body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error
    try:
        return read_opml(body)
    except ParseError as error:
        raise UsageError(f"{file}: {error}") from error


def _picked(house: Mediafeed, find: str) -> str:
    """Let a person pick from what the directory answers; alone, only a single answer is taken."""
    entries = house.resolver.search(find, house.clock())
    if isinstance(entries, Failed):
        raise UsageError(f"{entries.kind}: {entries.detail}")
    if not entries:
        raise UsageError(f"the directory knows nothing for {find!r}")
    for number, entry in enumerate(entries, 1):
        click.echo(f"{number:>3}  {entry.title} by {entry.author}\n     {entry.feed_url}")
    if len(entries) == 1:
        return entries[0].feed_url
    if not sys.stdin.isatty():
        raise UsageError("several answers: add the one that is meant by its address")
    number = click.prompt("which one", type=click.IntRange(1, len(entries)))
    return entries[number - 1].feed_url


def _text(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


def _write(path: str, source: Source) -> None:
    _rewrite(path, add_source(_text(path), source))


def _rewrite(path: str, text: str) -> None:
    """Put a new text in the config's place, whole or not at all, and never one that could not be read again."""
    parse_config(text, path)
    target = Path(path)
    fresh = target.with_name(f".{target.name}.new")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.chmod(target.stat().st_mode & 0o777)
        fresh.replace(target)
    except OSError as error:
        raise MediafeedError(f"{path}: {error.strerror}; nothing was changed") from error
    read_config(path)
