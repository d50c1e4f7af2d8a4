"""The command `mediafeed` itself: options that every command shares, and how errors are told."""

import io
import os
import signal
import sys
from contextlib import suppress
from types import FrameType

import click

from mediafeed import __version__
from mediafeed.cli import (
    backup,
    collect,
    daemon,
    demo,
    listing,
    measure,
    opml,
    pages,
    people,
    refresh,
    showing,
    sources,
    status,
)
from mediafeed.cli.output import Settings
from mediafeed.errors import ConfigError, LockedError, MediafeedError, UsageError
from mediafeed.logs import FORMATS, start_logging

DONE, FAILED, USAGE, LOCKED, INTERRUPTED = 0, 1, 2, 75, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="mediafeed", message="%(prog)s %(version)s")
@click.option(
    "--config", "path", default="config.toml", show_default=True, metavar="PATH", help="The configuration to use."
)
@click.option("-v", "--verbose", is_flag=True, help="Log every outcome to stderr.")
@click.option("--quiet", is_flag=True, help="No progress bar; log errors only.")
@click.option("--log-format", "form", type=click.Choice(FORMATS), default=FORMATS[0], help="How a log line is written.")
@click.pass_context
def mediafeed(context: click.Context, path: str, form: str, *, verbose: bool, quiet: bool) -> None:
    """Merge podcasts into one feed, with episode pages and a feed for each person."""
    start_logging(verbose=verbose, quiet=quiet, form=form)
    context.obj = Settings(path=path, quiet=quiet, verbose=verbose)


for command in (
    demo.demo,
    sources.init,
    sources.add,
    sources.remove,
    opml.export,
    opml.import_,
    refresh.refresh,
    measure.measure,
    collect.collect,
    pages.publish,
    pages.check,
    pages.serve,
    daemon.daemon,
    status.status,
    people.people,
    listing.list_,
    showing.show,
    backup.backup,
    backup.restore,
):
    mediafeed.add_command(command)


def main() -> None:
    """Run the command line and leave with its exit code. An error is one line that names its subject."""
    signal.signal(signal.SIGTERM, _ended)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may not know every letter of every name
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except OSError:
        code = _unheard(code)
    sys.exit(code)


def run(words: list[str]) -> int:
    """Do what a command line asks for and give its exit code."""
    try:
        with mediafeed.make_context("mediafeed", words) as context:
            mediafeed.invoke(context)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else DONE
    except click.exceptions.Exit as end:
        return end.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _told("interrupted; what was done is kept", INTERRUPTED)
    except BrokenPipeError:
        return _unheard(DONE)
    except (click.ClickException, MediafeedError, OSError) as error:
        return _failed(error)
    return DONE


def _failed(error: click.ClickException | MediafeedError | OSError) -> int:
    """Tell an error in a line. What is none of these is a bug of ours and is shown whole."""
    match error:
        case click.UsageError() if "\n" in error.message:  # help, for a command that was given nothing
            click.echo(error.message, err=True)
            return USAGE
        case click.UsageError():
            where = error.ctx.command_path if error.ctx else "mediafeed"
            return _told(f"{error.format_message()} (see {where} --help)", USAGE, where.removeprefix("mediafeed "))
        case click.ClickException():
            return _told(error.format_message(), error.exit_code)
        case LockedError():
            return _told(str(error), LOCKED)
        case ConfigError() | UsageError():
            return _told(str(error), USAGE)
        case OSError(filename=str(path)):
            return _told(f"{path}: {error.strerror}", FAILED)
        case _:
            return _told(str(error), FAILED)


def _told(message: str, code: int, subject: str = "mediafeed") -> int:
    for line in message.splitlines():
        click.echo(f"{subject}: {line}", err=True)
    return code


def _unheard(code: int) -> int:
    """End quietly: the reader of a pipe (head, less) has seen enough. Nothing may be flushed into it at the end."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _ended(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
