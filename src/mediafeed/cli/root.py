"""The command `mediafeed` itself: options that every command shares, and how errors are told."""

import os
import signal
import sys
from types import FrameType

import click

from mediafeed import __version__
from mediafeed.cli import daemon, demo, listing, pages, refresh, sources, status
from mediafeed.cli.output import Settings
from mediafeed.errors import ConfigError, LockedError, MediafeedError, UsageError
from mediafeed.logs import start_logging

FAILED, USAGE, LOCKED, INTERRUPTED = 1, 2, 75, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="mediafeed", message="%(prog)s %(version)s")
@click.option(
    "--config", "path", default="config.toml", show_default=True, metavar="PATH", help="The configuration to use."
)
@click.option("-v", "--verbose", is_flag=True, help="Log every outcome to stderr.")
@click.option("--quiet", is_flag=True, help="No progress bar; log errors only.")
@click.pass_context
def mediafeed(context: click.Context, path: str, *, verbose: bool, quiet: bool) -> None:
    """Merge podcasts into one feed, with episode pages and a feed for each person."""
    start_logging(verbose=verbose, quiet=quiet)
    context.obj = Settings(path=path, quiet=quiet, verbose=verbose)


for command in (
    demo.demo,
    sources.init,
    sources.add,
    sources.remove,
    sources.export,
    sources.import_,
    refresh.refresh,
    pages.publish,
    pages.check,
    pages.serve,
    daemon.daemon,
    status.status,
    listing.list_,
    listing.show,
):
    mediafeed.add_command(command)


def main() -> None:
    """Run the command line and leave with its exit code. An error is one line that names its subject."""
    signal.signal(signal.SIGTERM, _ended)
    try:
        code = mediafeed.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = _told("interrupted; what was done is kept", INTERRUPTED)
    except LockedError as error:
        code = _told(str(error), LOCKED)
    except (ConfigError, UsageError) as error:
        code = _told(str(error), USAGE)
    except MediafeedError as error:
        code = _told(str(error), FAILED)
    except BrokenPipeError:
        # The reader of a pipe (head, less) has seen enough. Nothing may be flushed into it at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def _told(message: str, code: int) -> int:
    for line in message.splitlines():
        click.echo(f"mediafeed: {line}", err=True)
    return code


def _ended(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
