"""`mediafeed daemon`: scheduler and web server until SIGTERM."""

from pathlib import Path

import click

from mediafeed.assemble import StoredFinds, made_pages
from mediafeed.cli.output import Settings, counted, pass_settings
from mediafeed.cli.pages import serve_until_the_end
from mediafeed.daemon import Daemon
from mediafeed.serve.app import App
from mediafeed.serve.files import Files
from mediafeed.serve.health import health_routes
from mediafeed.serve.server import Server


@click.command()
@click.option("--host", help="Listen on this address.  [default: serve.host of the config]")
@click.option("--port", type=click.IntRange(0, 65535), help="Listen on this port.  [default: serve.port]")
@pass_settings
def daemon(settings: Settings, host: str | None, port: int | None) -> None:
    """Poll and serve what is published, until SIGTERM or Ctrl-C."""
    with settings.locked() as house:
        config = house.config
        chosen = port if port is not None else config.serve.port
        worker = Daemon(house)
        routes = (*health_routes(worker.is_well), *made_pages(config, StoredFinds(config, house.store)))
        app = App(Files(Path(config.site.output), site=config.site.url), routes)
        server = Server(app, host or config.serve.host, chosen)
        house.publish()
        polled = counted(len(config.sources), "source")
        try:
            worker.start()
            serve_until_the_end(server, f"polling {polled}, serving on {server.address}/  (Ctrl-C ends)")
        finally:
            worker.stop()
    click.echo("ended; nothing was lost")
