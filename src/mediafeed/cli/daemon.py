"""`mediafeed daemon`: scheduler and web server until SIGTERM; SIGHUP reads the config again."""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

import click

from mediafeed.assemble import Mediafeed, made_pages, remembered
from mediafeed.cli.output import Settings, counted, pass_settings
from mediafeed.config.reading import read_config
from mediafeed.daemon import Daemon, tell
from mediafeed.serve.app import App
from mediafeed.serve.files import Files
from mediafeed.serve.health import health_routes
from mediafeed.serve.server import Server

log = logging.getLogger(__name__)

ENDS = (signal.SIGTERM, signal.SIGINT)
LONGEST_END = 9.0  # seconds from the signal on: whoever sent it waits for ten


@click.command()
@click.option("--host", help="Listen on this address.  [default: serve.host of the config]")
@click.option("--port", type=click.IntRange(0, 65535), help="Listen on this port.  [default: serve.port]")
@pass_settings
def daemon(settings: Settings, host: str | None, port: int | None) -> None:
    """Poll and serve what is published, until SIGTERM or Ctrl-C.

    SIGHUP reads the config again.
    """
    limit = threading.Timer(LONGEST_END, _end_hard)
    limit.daemon = True
    try:
        with settings.locked() as house:
            _work(house, settings, host, port, limit)
    finally:
        limit.cancel()
    click.echo("ended; nothing was lost")


def _work(house: Mediafeed, settings: Settings, host: str | None, port: int | None, limit: threading.Timer) -> None:
    """Poll and serve until a signal comes, and start `limit` when it does."""
    config = house.config
    worker = Daemon(house)
    routes = (*health_routes(worker.is_well), *made_pages(config, remembered(config, house.store)))
    app = App(Files(Path(config.site.output), site=config.site.url), routes)
    server = Server(app, host or config.serve.host, config.serve.port if port is None else port)
    house.publish()
    with _signals() as signals:
        try:
            worker.start()
            server.start()
            words = f"polling {counted(len(config.sources), 'source')}, serving on {server.address}/"
            click.echo(f"{words}  (Ctrl-C ends)")
            tell("READY=1", f"STATUS={words}")
            while signals.get() not in ENDS:
                worker.take_over(lambda: house.by(read_config(settings.path)))
        finally:
            tell("STOPPING=1")
            limit.start()
            worker.end()
            server.stop()
            worker.stop()


@contextmanager
def _signals() -> Iterator[SimpleQueue[int]]:
    """Give the signals that come, as they come: a queue, as a handler may interrupt anything."""
    came: SimpleQueue[int] = SimpleQueue()
    before = {number: signal.signal(number, lambda sent, _: came.put(sent)) for number in (*ENDS, signal.SIGHUP)}
    try:
        yield came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_hard() -> None:
    """End without waiting any longer: what is stored is stored, and what is published is whole, at any moment."""
    log.error("not ended in time", extra={"seconds": LONGEST_END})
    os._exit(1)
