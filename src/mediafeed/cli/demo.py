"""`mediafeed demo`: the whole job on bundled sources, without the internet."""

import sys

import click

from mediafeed.cli.output import Settings, pass_settings, progress
from mediafeed.cli.pages import wait_for_the_end
from mediafeed.demo.run import Demo
from mediafeed.serve.app import App
from mediafeed.serve.files import Files
from mediafeed.serve.server import Server


@click.command()
@click.argument("folder", default="demo", metavar="[DIR]")
@click.option("--serve", is_flag=True, help="Go on serving what was published.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Serve on this port.")
@pass_settings
def demo(settings: Settings, folder: str, *, serve: bool, port: int) -> None:
    """Do the whole job on the bundled sample sources over HTTP on loopback; no internet is needed.

    DIR (default ./demo) then holds config.toml, data/ and feeds/.
    """
    show = Demo(folder, site_port=port)
    with progress(quiet=settings.quiet) as step:
        result = show.run(step)
    for line in result.lines:
        click.echo(line)
    if serve:
        server = Server(App(Files(result.output)), "127.0.0.1", port)
        server.start()
        click.echo(f"\nserving on {server.address}/  (Ctrl-C ends)")
        try:
            wait_for_the_end()
        finally:
            server.stop()
    sys.exit(0 if result.as_expected else 1)
