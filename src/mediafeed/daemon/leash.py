"""Run a command for as long as somebody holds the other end of a pipe, and kill it with all it started when not.

`python leash.py DESCRIPTOR COMMAND…`: a program of its own, since a daemon that is killed can end nobody any more.
The exit code is the command's.
"""

import os
import select
import signal
import subprocess
import sys

LOOK = 0.05  # seconds between two looks whether the command has ended
SIGNALLED = 128  # what shells add to the number of the signal that ended a command


def run(held: int, command: list[str]) -> int:
    """Run a command until it ends, or the pipe does."""
    process = subprocess.Popen(  # noqa: S603 - the operator's own words, and no shell
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    while process.poll() is None:
        if select.select([held], [], [], LOOK)[0]:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return process.returncode if process.returncode >= 0 else SIGNALLED - process.returncode


if __name__ == "__main__":
    try:
        sys.exit(run(int(sys.argv[1]), sys.argv[2:]))
    except OSError as error:
        sys.exit((error.strerror or "cannot be started").lower())
