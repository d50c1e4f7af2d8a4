import json
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from mediafeed.logs import JsonFormatter, LineFormatter, start_logging

log = logging.getLogger("mediafeed.test")


Told = Callable[[], list[str]]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Iterator[Told]:
    """Give the lines that were written to stderr, and put the loggers back afterwards."""
    loggers = [logging.getLogger(name) for name in ("mediafeed", None, "apscheduler")]
    before = [(logger, logger.level, list(logger.handlers), logger.propagate) for logger in loggers]

    def lines() -> list[str]:
        return capsys.readouterr().err.splitlines()

    yield lines
    for logger, level, handlers, propagate in before:
        logger.setLevel(level)
        logger.handlers = handlers
        logger.propagate = propagate


def test_an_outcome_is_one_line_whatever_a_stranger_sent(told: Told):
    start_logging(verbose=True)

    log.info("visited", extra={"source": "a", "detail": "two\nlines \x1b[31m", "new": 2})

    (line,) = told()
    assert line.endswith(' info visited source=a detail="two\\nlines \\u001b[31m" new=2')


def test_as_json_a_line_is_an_object_with_its_facts(told: Told):
    start_logging(verbose=True, form="json")

    log.info("visited", extra={"source": "a", "new": 2, "event": "nobody's", "level": "mine"})

    (line,) = told()
    facts = json.loads(line)
    assert list(facts)[:3] == ["time", "level", "event"]
    assert (facts["level"], facts["event"], facts["source"], facts["new"]) == ("info", "visited", "a", 2)


def test_as_json_an_error_of_ours_is_one_line_too(told: Told):
    start_logging(form="json")

    try:
        raise ValueError("three\nlines\nhere")
    except ValueError:
        log.exception("tick failed")

    (line,) = told()
    assert "ValueError: three" in json.loads(line)["trace"]


@pytest.mark.parametrize("formatter", [LineFormatter(), JsonFormatter()])
def test_a_login_in_an_address_is_left_out(formatter: logging.Formatter):
    record = logging.makeLogRecord(
        {"msg": "moved", "levelno": 20, "levelname": "INFO", "address": "https://ada:s3cret@feeds.example/a@b?c=d@e"}
    )

    said = formatter.format(record)

    assert "s3cret" not in said
    assert "feeds.example/a@b?c=d@e" in said


def test_what_libraries_warn_of_has_the_same_form(told: Told):
    start_logging(form="json")

    logging.getLogger("urllib3.connectionpool").warning("a stranger's warning")
    logging.getLogger("urllib3.connectionpool").info("chat")
    logging.getLogger("apscheduler.scheduler").warning("skipped")

    assert [json.loads(line)["event"] for line in told()] == ["a stranger's warning"]


def test_started_twice_a_line_is_still_written_once(told: Told):
    start_logging(verbose=True)
    start_logging(form="json")

    log.warning("once")
    log.info("not at all")

    assert [json.loads(line)["event"] for line in told()] == ["once"]


def test_a_log_that_cannot_be_written_stops_nothing(told: Told, monkeypatch: pytest.MonkeyPatch):
    """The disk that the log goes to is full."""
    start_logging()
    with Path("/dev/full").open("w", buffering=1) as full:
        monkeypatch.setattr("sys.stderr", full)
        log.warning("visited")
        monkeypatch.undo()
        with suppress(OSError):
            full.close()

    log.warning("visited again")
    assert len(told()) == 1
