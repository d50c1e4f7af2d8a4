"""`mediafeed daemon`: scheduler and web server until SIGTERM; SIGHUP reads the config again."""

import logging
import os
import signal
import threading
from collections.abc import Iterable, Sequence
from typing import Any

import click
from prometheus_client.registry import Collector

from mediafeed.assemble import Mediafeed, made_pages, remembered
from mediafeed.cli.output import Settings, counted, pass_settings
from mediafeed.cli.serving import Listening, listening, web_app, web_server
from mediafeed.cli.signals import ENDS, signals
from mediafeed.config.reading import read_config
from mediafeed.config.secrets import read_secret
from mediafeed.daemon import Daemon, tell
from mediafeed.serve.health import health_routes
from mediafeed.serve.metrics import Answers, Counts, Sources, metrics_route
from mediafeed.serve.routes import Route
from mediafeed.serve.websub import Callbacks
from mediafeed.serve.wishing import Taken, Wishing

log = logging.getLogger(__name__)

LONGEST_END = 9.0  # seconds from the signal on: whoever sent it waits for ten


@click.command()
@listening
@pass_settings
def daemon(settings: Settings, /, **where: Any) -> None:
    """Poll and serve what is published, until SIGTERM or Ctrl-C.

    SIGHUP reads the config again.
    """
    limit = threading.Timer(LONGEST_END, _end_hard)
    limit.daemon = True
    try:
        with settings.locked() as house:
            _work(house, settings, Listening(**where), limit)
    finally:
        limit.cancel()
    click.echo("ended; nothing was lost")


def _work(house: Mediafeed, settings: Settings, where: Listening, limit: threading.Timer) -> None:
    """Poll and serve until a signal comes, and start `limit` when it does."""
    config = house.config
    counts = Counts()
    worker = Daemon(house, counts=counts)
    app = web_app(config, where)
    app.answer_by(_routes(house, worker, Answers(app.answered), counts))
    server = web_server(app, config, where)
    with signals(*ENDS, signal.SIGHUP) as next_signal:
        try:
            worker.start()
            server.start()
            words = f"polling {counted(len(config.sources), 'source')}, serving on {server.first_page}"
            click.echo(f"{words}  (Ctrl-C ends)")
            tell("READY=1", f"STATUS={words}")
            while next_signal() not in ENDS:
                worker.take_over(lambda: house.by(read_config(settings.path)))
        finally:
            tell("STOPPING=1")
            limit.start()
            worker.end()
            server.stop()
            worker.stop()


def _routes(house: Mediafeed, worker: Daemon, *counted: Collector) -> Iterable[Route]:
    def ask(sources: Sequence[str]) -> Taken:
        chosen = worker.ask(sources)
        return Taken(sources=tuple(source.id for source in chosen.sources), skipped=chosen.skipped)

    config = house.config
    yield from health_routes(worker.is_well)
    yield metrics_route(*counted, Sources(house.store.states, house.clock))
    yield Wishing(read_secret(config.serve.token) if config.serve.token else None, ask).route
    yield Callbacks(lambda: worker.subscribing, config.fetch.max_body).route
    yield from made_pages(config, remembered(config, house.store))


def _end_hard() -> None:
    """End without waiting any longer: what is stored is stored, and what is published is whole, at any moment."""
    log.error("not ended in time", extra={"seconds": LONGEST_END})
    os._exit(1)
