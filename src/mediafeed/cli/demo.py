"""`mediafeed demo`: the whole job on bundled sources, without the internet."""

import sys
from contextlib import closing

import click

from mediafeed.assemble import made_pages, remembered
from mediafeed.cli.layout import say
from mediafeed.cli.output import Settings, pass_settings, program, progress
from mediafeed.cli.pages import serve_until_the_end
from mediafeed.config.reading import read_config
from mediafeed.demo.origin import Origin
from mediafeed.demo.run import Demo
from mediafeed.serve.app import App
from mediafeed.serve.files import Files
from mediafeed.serve.server import Server


@click.command()
@click.argument("folder", default="demo", metavar="[DIR]")
@click.option("--serve", is_flag=True, help="Go on serving what was published.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Serve on this port.")
@pass_settings
def demo(settings: Settings, folder: str, *, serve: bool, port: int) -> None:
    """Do the whole job on bundled sample sources, without internet.

    The sources are polled over HTTP on loopback. DIR (default ./demo) then holds config.toml, data/ and feeds/.
    """
    work = Demo(folder, site_port=port, program=program())
    # A port that is taken is told before the work, not after it.
    app = App(Files(work.output))
    server = Server(app, "127.0.0.1", port) if serve else None
    with Origin(work.origin_port) as origin:
        with progress(quiet=settings.quiet) as step:
            result = work.run(step, origin)
        for line in result.lines:
            say(line)
        if server:
            config = read_config(work.config)
            with closing(remembered(config)) as finds:
                app.answer_by(made_pages(config, finds))
                # The origin stays as well: the audio that the pages play is its.
                serve_until_the_end(server, f"\nserving on {server.first_page}  (Ctrl-C ends)")
    sys.exit(0 if result.as_expected else 1)
