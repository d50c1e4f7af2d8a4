"""`mediafeed demo`: the whole job on bundled sources, without the internet."""

import sys
from pathlib import Path

import click

from mediafeed.cli.output import Settings, pass_settings, progress
from mediafeed.cli.pages import wait_for_the_end
from mediafeed.demo.origin import Origin
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
    with Origin() as origin:
        with progress(quiet=settings.quiet) as step:
            result = Demo(folder, site_port=port).run(step, origin)
        for line in result.lines:
            click.echo(line)
        if serve:
            # The origin stays as well: the audio that the pages play is its.
            _serve(result.output, port)
    sys.exit(0 if result.as_expected else 1)


def _serve(output: Path, port: int) -> None:
    server = Server(App(Files(output)), "127.0.0.1", port)
    server.start()
    click.echo(f"\nserving on {server.address}/  (Ctrl-C ends)")
    try:
        wait_for_the_end()
    finally:
        server.stop()
