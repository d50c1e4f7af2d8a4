"""How a benchmark ends that is called by hand."""

import os
import sys
from collections.abc import Callable

from mediafeed.errors import MediafeedError


def run(main: Callable[[], None]) -> None:
    """Do what a command does; an error is told in a line, and a reader who has seen enough (head) is none."""
    try:
        main()
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go()
    except MediafeedError as error:
        sys.exit(str(error))


def _let_go() -> None:
    """Keep what nobody reads from being written, and complained of, when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(nowhere, stream.fileno())
