"""Logs: an event in two or three fixed words, facts as keys, one line an outcome."""

import json
import logging
import sys
from datetime import UTC, datetime

_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def _facts(record: logging.LogRecord) -> dict[str, object]:
    return {key: value for key, value in vars(record).items() if key not in _PLAIN}


def _quoted(value: object) -> str:
    """Keep one fact one word: what a stranger sent may hold line breaks and terminal codes."""
    text = str(value)
    if text and all(char.isprintable() and char not in ' "=' for char in text):
        return text
    return json.dumps(text)


class LineFormatter(logging.Formatter):
    """`2022-09-21 12:00:04 info refreshed source=rusi-gsb new=2`."""

    def format(self, record: logging.LogRecord) -> str:
        """Put a record in one line."""
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%S")
        facts = "".join(f" {key}={_quoted(value)}" for key, value in _facts(record).items())
        event = record.getMessage().replace("\n", " ")
        trace = "\n" + self.formatException(record.exc_info) if record.exc_info else ""
        return f"{at} {record.levelname.lower()} {event}{facts}{trace}"


def start_logging(*, verbose: bool = False, quiet: bool = False) -> None:
    """Send mediafeed's logs to stderr: warnings and worse, with `verbose` all outcomes, with `quiet` errors only."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter())
    root = logging.getLogger("mediafeed")
    root.handlers = [handler]
    root.propagate = False
    root.setLevel(logging.INFO if verbose else logging.ERROR if quiet else logging.WARNING)
