"""`python -m mediafeed` is `mediafeed`."""

import signal
import sys


def main() -> None:
    """Run the command line; Ctrl-C while it is still being loaded is no traceback either."""
    if "daemon" in sys.argv:  # whoever tells it to read the config again, before it has read it, means no harm
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        from mediafeed.cli import main as command_line  # noqa: PLC0415 - loading takes most of a second
    except KeyboardInterrupt:
        sys.exit(130)
    command_line()


if __name__ == "__main__":
    main()
