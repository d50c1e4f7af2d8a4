"""`mediafeed daemon`: scheduler and web server until SIGTERM; SIGHUP reads the config again."""

import faulthandler
import logging
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from prometheus_client.registry import Collector

from mediafeed.assemble import DATABASE, Mediafeed, assembled, made_pages, remembered, wall_clock
from mediafeed.cli.output import Settings, counted, pass_settings
from mediafeed.cli.serving import Listening, listening, web_app, web_base, web_files, web_server
from mediafeed.cli.signals import ENDS, Signals, signals
from mediafeed.config.reading import read_config
from mediafeed.config.secrets import read_secret
from mediafeed.daemon import Daemon, tell, tell_reloading
from mediafeed.errors import StoreError
from mediafeed.model.settings import Config
from mediafeed.serve.health import health_routes
from mediafeed.serve.metrics import Answers, Counts, Sources, metrics_route
from mediafeed.serve.routes import Route
from mediafeed.serve.websub import Callbacks
from mediafeed.serve.wishing import Taken, Wishing
from mediafeed.store.lock import DataLock
from mediafeed.store.restoring import is_offered, take_offered

log = logging.getLogger(__name__)

LONGEST_END = 9.0  # seconds from the signal on: whoever sent it waits for ten


@click.command()
@listening
@pass_settings
def daemon(settings: Settings, /, **where: Any) -> None:
    """Poll and serve what is published, until SIGTERM or Ctrl-C.

    SIGHUP reads the config again.
    """
    config = read_config(settings.path)
    who = click.get_current_context().command_path
    # Heard from the first moment to the last: a SIGHUP that nobody hears ends a process, and a SIGTERM may come while a
    # database is taken over.
    with signals(*ENDS, signal.SIGHUP) as next_signal, DataLock(config.site.data, who):
        going, again, restored = True, False, False
        while going:
            with assembled(config) as house:
                house.polling.heed_restored(house.clock())
                going, config = _work(house, settings, Listening(**where), next_signal, again=again, restored=restored)
            if going and next_signal.hold(ENDS):
                _tell_end(going=False)
                break
            if going:
                again, restored = True, _take_restored(config)
    click.echo("ended; nothing was lost")


def _work(
    house: Mediafeed, settings: Settings, where: Listening, next_signal: Signals, *, again: bool, restored: bool
) -> tuple[bool, Config]:
    """Poll and serve until a signal comes.

    Args:
        house: All that works.
        settings: Where the config is.
        where: Where to listen.
        next_signal: Signals, as they come.
        again: The config may have changed since it was read: whoever hands a database over sends what says so too.
        restored: The database is another one: nobody knows when sources that only come with the config were asked.

    Returns:
        Whether it is to go on, with a database that is handed over, and the settings it went by in the end.
    """
    config = house.config
    counts = Counts()
    worker = Daemon(house, counts=counts)
    app = web_app(config, where)
    counted_here = (Answers(app.answered), counts)
    app.answer_by(_routes(config, house, worker, *counted_here))
    server = web_server(app, config, where)

    def anew() -> Mediafeed:
        nonlocal restored
        wanted = read_config(settings.path)
        routes = _routes(wanted, house, worker, *counted_here)
        made = house.by(wanted)
        if restored:
            made.polling.put_all_off(made.clock())
            restored = False
        app.answer_by(routes, web_files(wanted), base=web_base(wanted, where))
        for key in _only_at_a_start(config, wanted, where):
            log.warning("needs a restart", extra={"key": key})
        return made

    going = False
    try:
        if again:
            worker.take_over(anew)
        worker.start()
        server.start()
        words = f"polling {counted(len(config.sources), 'source')}, serving on {server.first_page}"
        click.echo(f"{words}  (Ctrl-C ends)")
        tell("READY=1", f"STATUS={words}")
        while not going and next_signal() not in ENDS:
            going = is_offered(Path(config.site.data) / DATABASE)
            if not going:
                worker.take_over(anew)
    finally:
        _tell_end(going=going)
        worker.end()
        server.stop()
        worker.stop()
    return going, worker.config


def _tell_end(*, going: bool) -> None:
    if going:
        tell_reloading()
    else:
        tell("STOPPING=1")
        _end_in_time()


def _take_restored(config: Config) -> bool:
    """Go on with the database that somebody hands over; if it cannot be taken, with the one that is there."""
    try:
        aside = take_offered(Path(config.site.data) / DATABASE, now=wall_clock())
    except StoreError as error:
        log.error("not restored", extra={"reason": str(error)})  # noqa: TRY400 - its words say all
        return False
    log.warning("restored", extra={"before": str(aside)})
    return True


def _only_at_a_start(before: Config, wanted: Config, where: Listening) -> Iterator[str]:
    """Name the keys that were changed, and that are heeded at a start alone."""
    if where.uds is None:
        if where.host is None and wanted.serve.host != before.serve.host:
            yield "serve.host"
        if where.port is None and wanted.serve.port != before.serve.port:
            yield "serve.port"


def _routes(config: Config, house: Mediafeed, worker: Daemon, *counted: Collector) -> tuple[Route, ...]:
    """Give who answers what is no file, by these settings.

    Raises:
        ConfigError: The token is not there.
    """

    def ask(sources: Sequence[str]) -> Taken:
        chosen = worker.ask(sources)
        return Taken(sources=tuple(source.id for source in chosen.sources), skipped=chosen.skipped)

    return (
        *health_routes(worker.want),
        metrics_route(*counted, Sources(house.store.states, house.clock)),
        Wishing(read_secret(config.serve.token) if config.serve.token else None, ask).route,
        Callbacks(lambda: worker.subscribing, config.fetch.max_body).route,
        *made_pages(config, remembered(config, house.store)),
    )


def _end_in_time() -> None:
    """Let this process end in LONGEST_END seconds, whatever it does by then.

    What is stored is stored, and what is published is whole, at any moment. Python's own threads would wait for the
    interpreter, which somebody may hold, and for their turn among many; faulthandler's waits for nobody, and stays
    until the last bit of memory is given back.
    """
    faulthandler.dump_traceback_later(LONGEST_END, exit=True, file=Path(os.devnull).open("w"))  # noqa: SIM115 - it stays
    late = threading.Timer(LONGEST_END - 1, lambda: log.error("not ended in time", extra={"seconds": LONGEST_END}))
    late.daemon = True
    late.start()
