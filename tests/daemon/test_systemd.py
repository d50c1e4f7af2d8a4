"""What systemd is told, and what it is to be given to start us."""

import json
import re
import shlex
import signal
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from mediafeed.cli.root import run
from mediafeed.daemon.systemd import tell
from tests.daemon.test_ending import log_of, running, write_config
from tests.processes import wait_for
from tests.refresh.origin import Origin, feed, item

PACKAGING = Path(__file__).parent.parent.parent / "packaging"


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """Listen where systemd would."""
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(path))
        listening.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(path))
        yield listening


def states(listening: socket.socket) -> list[str]:
    """Give what was told since last asked."""
    told = []
    with suppress(BlockingIOError):
        while True:
            told.append(listening.recv(4096).decode())
    return told


def test_systemd_is_told_of_every_turn(tmp_path: Path, origin: Origin, heard: socket.socket):
    origin.serve("/a", feed(item(1)), 'ETag: "1"')
    write_config(tmp_path, origin, "a")
    told: list[str] = []

    def has(state: str) -> bool:
        told.extend(states(heard))
        return any(re.match(state, one) for one in told)

    with running(tmp_path) as process:
        wait_for(lambda: has(r"READY=1\nSTATUS=polling 1 source, serving on http"))
        wait_for(lambda: has("WATCHDOG=1$"))
        process.send_signal(signal.SIGHUP)
        wait_for(lambda: has(r"RELOADING=1\nMONOTONIC_USEC=\d+$") and has("READY=1$"))
        process.terminate()
        assert process.wait(timeout=15) == 0, log_of(tmp_path)

    assert has("STOPPING=1$")


@pytest.mark.parametrize("address", ["", "nonsense", "/nowhere/socket", "@nobody-listens-there"])
def test_where_nobody_listens_nothing_happens(monkeypatch: pytest.MonkeyPatch, address: str):
    monkeypatch.setenv("NOTIFY_SOCKET", address)

    tell("READY=1")


def started_by(name: str) -> list[str]:
    """Give the words with which a file of packaging/ starts us."""
    text = (PACKAGING / name).read_text()
    if name.endswith(".service"):
        found = re.search(r"^ExecStart=\S+/mediafeed (.*)$", text, re.MULTILINE)
        return shlex.split(found[1]) if found else []
    lists = re.findall(r"^(?:ENTRYPOINT|CMD) (\[.*\])$", text, re.MULTILINE)
    return [word for words in lists for word in json.loads(words)][1:]


@pytest.mark.parametrize("name", ["mediafeed.service", "Dockerfile"])
def test_the_words_that_start_us_are_understood(name: str, capsys: pytest.CaptureFixture[str]):
    words = started_by(name)

    assert "daemon" in words
    assert run([*words, "--help"]) == 0
    assert "SIGHUP" in capsys.readouterr().out
