"""`publish`, `check`, `serve`: the published tree."""

import sys
import time
from pathlib import Path

import click

from mediafeed.cli.output import Settings, as_json, counted, pass_settings, progress, say_json
from mediafeed.config.doubts import doubts_about
from mediafeed.config.reading import read_config
from mediafeed.errors import ConfigError
from mediafeed.publish.checking import faults_in
from mediafeed.serve.app import App
from mediafeed.serve.files import Files
from mediafeed.serve.server import Server


@click.command()
@click.option("--recredit", is_flag=True, help="Understand every stored episode anew first.")
@pass_settings
def publish(settings: Settings, *, recredit: bool) -> None:
    """Rebuild the published tree from the store, without any request."""
    with settings.locked() as house:
        changes = house.understand_anew(force=recredit)
        with progress(quiet=settings.quiet) as step:
            published = house.publish(step)
    if recredit or changes:
        click.echo(counted(len(changes.modified), "episode") + " understood differently")
    for episode, reason in published.set_aside:
        click.echo(f"{episode}: set aside: {reason}")
    click.echo(
        f"{counted(len(published.written), 'file')} written, {published.unchanged} unchanged, "
        f"{len(published.removed)} removed"
    )
    sys.exit(1 if published.set_aside else 0)


@click.command()
@as_json
@pass_settings
def check(settings: Settings, *, json: bool) -> None:
    """Name every fault of config and published tree, or "all good"."""
    faults: list[str] = []
    doubts: tuple[str, ...] = ()
    published: dict[str, str] = {}
    try:
        config = read_config(settings.path)
    except ConfigError as error:
        faults = [f"{error.path}: {fault}" for fault in error.faults]
    else:
        doubts = doubts_about(config)
        with settings.opened() as house:
            published = house.store.published()
            doubts = (*doubts, *house.brings_together.doubts())
        output = Path(config.site.output)
        faults = [fault for path in sorted(published) for fault in faults_in(path, _bytes(output / path))]
    if json:
        say_json({"faults": faults, "doubts": doubts, "files": len(published)})
    else:
        for doubt in doubts:
            click.echo(f"doubtful: {doubt}")
        for fault in faults:
            click.echo(fault)
        good = f"all good: config, {counted(len(published), 'published file')}"
        click.echo(counted(len(faults), "fault") if faults else good)
    sys.exit(2 if faults and not published else 1 if faults else 0)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


@click.command()
@click.option("--host", help="Listen on this address.  [default: serve.host of the config]")
@click.option("--port", type=click.IntRange(0, 65535), help="Listen on this port.  [default: serve.port]")
@pass_settings
def serve(settings: Settings, host: str | None, port: int | None) -> None:
    """Serve the published tree over HTTP until SIGTERM or Ctrl-C."""
    config = read_config(settings.path)
    chosen = port if port is not None else config.serve.port
    output = Path(config.site.output)
    server = Server(App(Files(output)), host or config.serve.host, chosen)
    if not (output / "index.html").is_file():
        click.echo(f"{output}: nothing is published yet: mediafeed refresh", err=True)
    serve_until_the_end(server, f"serving {output} on {server.address}/  (Ctrl-C ends)")


def serve_until_the_end(server: Server, words: str) -> None:
    """Serve, say so, and sleep until a signal says it is over; whenever it comes, the server is stopped."""
    try:
        server.start()
        click.echo(words)
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        return
    finally:
        server.stop()
