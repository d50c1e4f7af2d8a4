"""The way into the program."""

import signal
import sys

import pytest

from mediafeed import __main__


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch):
    """The signals that were not ignored while a daemon's command line was being loaded and run."""
    came: list[int] = []
    before = signal.signal(signal.SIGHUP, lambda number, _: came.append(number))
    monkeypatch.setattr("mediafeed.cli.main", lambda: signal.raise_signal(signal.SIGHUP))
    yield came
    signal.signal(signal.SIGHUP, before)


def test_a_daemon_that_is_not_there_yet_is_not_ended_by_being_told_to_read_its_config_again(monkeypatch, heard):
    monkeypatch.setattr(sys, "argv", ["mediafeed", "--config", "config.toml", "daemon"])

    __main__.main()

    assert heard == []


def test_another_command_ends_with_its_terminal(monkeypatch, heard):
    monkeypatch.setattr(sys, "argv", ["mediafeed", "refresh"])

    __main__.main()

    assert heard == [signal.SIGHUP]
