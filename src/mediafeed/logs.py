"""Logs: an event in two or three fixed words, facts as keys, one line an outcome."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Final

FORMATS: Final = ("line", "json")

_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_LOGIN = re.compile(r"(?<=://)[^/?#\s@]+@")  # in an address that somebody else wrote: user and password


def _facts(record: logging.LogRecord) -> dict[str, object]:
    return {key: value for key, value in vars(record).items() if key not in _PLAIN}


def _quoted(value: object) -> str:
    """Keep one fact one word: what a stranger sent may hold line breaks and terminal codes."""
    text = str(value)
    if text and all(char.isprintable() and char not in ' "=' for char in text):
        return text
    return json.dumps(text)


def without_logins(text: str) -> str:
    """Leave out what nobody should read over our shoulder.

    >>> without_logins("moved to https://ada:secret@feeds.example/1")
    'moved to https://…@feeds.example/1'
    """
    return _LOGIN.sub("…@", text)


class LineFormatter(logging.Formatter):
    """`2022-09-21 12:00:04 info refreshed source=rusi-gsb new=2`."""

    def format(self, record: logging.LogRecord) -> str:
        """Put a record in one line."""
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%S")
        facts = "".join(f" {key}={_quoted(value)}" for key, value in _facts(record).items())
        event = record.getMessage().replace("\n", " ")
        trace = "\n" + self.formatException(record.exc_info) if record.exc_info else ""
        return without_logins(f"{at} {record.levelname.lower()} {event}{facts}{trace}")


class JsonFormatter(logging.Formatter):
    """`{"time": "2022-09-21T12:00:04.318+00:00", "level": "info", "event": "refreshed", "source": "rusi-gsb"}`."""

    def format(self, record: logging.LogRecord) -> str:
        """Put a record in one line; a trace is one of its facts."""
        facts = _facts(record)
        facts |= {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        if record.exc_info:
            facts["trace"] = self.formatException(record.exc_info)
        first = ("time", "level", "event")
        ordered = {key: facts[key] for key in (*first, *(key for key in facts if key not in first))}
        return without_logins(json.dumps(ordered, default=str, ensure_ascii=False))


class _Stderr(logging.Handler):
    """Writes to whatever stderr is now."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(f"{self.format(record)}\n")
            sys.stderr.flush()
        except OSError:  # nobody reads, or the disk is full: the work goes on
            return
        except Exception:  # noqa: BLE001 - a line that cannot be written costs nothing but itself
            self.handleError(record)


def start_logging(*, verbose: bool = False, quiet: bool = False, form: str = "line") -> None:
    """Send mediafeed's logs to stderr: warnings and worse, with `verbose` all outcomes, with `quiet` errors only.

    What libraries warn of goes the same way in the same form; `form` is one of FORMATS.
    """
    handler = _Stderr()
    handler.setFormatter(JsonFormatter() if form == "json" else LineFormatter())
    ours, others = logging.getLogger("mediafeed"), logging.getLogger()
    for logger in (ours, others):
        before = [one for one in logger.handlers if isinstance(one.formatter, LineFormatter | JsonFormatter)]
        for one in before:
            logger.removeHandler(one)
        logger.addHandler(handler)
        logger.setLevel(logging.ERROR if quiet else logging.WARNING)
    ours.propagate = False
    if verbose:
        ours.setLevel(logging.INFO)
    # A tick that takes longer than until the next one is no news: it is meant to be one at a time.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
