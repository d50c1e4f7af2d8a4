"""What a person sees on a terminal of 80 columns."""

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from threading import Thread

import pytest
from rich.cells import cell_len

from mediafeed.cli.root import run
from tests.cli.conftest import feed
from tests.cli.test_showing import PATH

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def everything_from(terminal: int) -> bytes:
    shown = b""
    while True:
        try:
            shown += (piece := os.read(terminal, 65536))
        except OSError:  # the other end is closed
            return shown
        if not piece:
            return shown


@pytest.fixture
def typed(monkeypatch):
    """Type a command on a terminal; it gives what was shown, colours and all, and the exit code."""

    def type_(*words: object, answer: str = "") -> tuple[str, int]:
        ours, theirs = pty.openpty()
        shown: list[bytes] = []
        looking = Thread(target=lambda: shown.append(everything_from(ours)))
        looking.start()
        os.write(ours, answer.encode())
        with (
            monkeypatch.context() as patch,
            open(os.dup(theirs), encoding="utf-8") as keys,  # noqa: PTH123 - a descriptor, no path
            open(theirs, "w", encoding="utf-8") as screen,  # noqa: PTH123
        ):
            for name, stream in (("stdin", keys), ("stdout", screen), ("stderr", screen)):
                patch.setattr(sys, name, stream)
            patch.setenv("COLUMNS", "80")
            code = run([str(word) for word in words])
        looking.join()
        os.close(ours)
        return shown[0].decode().replace("\r\n", "\n"), code

    return type_


@pytest.fixture
def shown(typed, made):
    def show(*words):
        text, code = typed("--config", made / "config.toml", *words)
        assert code == 0, text
        return text.splitlines()

    return show


def test_the_width_is_that_of_the_terminal(made):
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 70, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "NO_COLOR"}}
    command = [sys.executable, "-m", "mediafeed", "--config", made / "config.toml", "list", "sources"]
    asked = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=kept)
    os.close(theirs)
    lines = COLOUR.sub("", everything_from(ours).decode()).splitlines()
    os.close(ours)

    assert asked.wait(timeout=20) == 0
    assert max(map(cell_len, lines)) == 70


def test_status_fits_and_colours_what_came_of_a_visit(shown):
    lines = shown("status")

    assert max(cell_len(COLOUR.sub("", line)) for line in lines) <= 80
    assert any("\x1b[31mnot there\x1b[0m" in line for line in lines)
    assert any("\x1b[32mnew\x1b[0m" in line for line in lines)


def test_episodes_take_two_lines_each_and_keep_their_ids_whole(shown):
    lines = [COLOUR.sub("", line) for line in shown("list", "episodes", "--limit", "10")]

    assert len(lines) == 20
    assert max(map(cell_len, lines)) <= 80
    assert all(re.match(r"[0-9a-f]{12}  \d{4}-\d\d-\d\d  \S", line) for line in lines[::2])
    assert all(re.match(r" {14}\S", line) for line in lines[1::2])


def test_an_episode_is_told_in_lines_that_break_at_words_and_never_inside_an_address(shown):
    lines = [COLOUR.sub("", line) for line in shown("show", PATH)]

    assert all(cell_len(line) <= 80 or re.search(r"(?:\A|\s)https?://\S{40,}$", line) for line in lines)


def test_who_wants_no_colour_gets_none(shown, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")

    assert not any("\x1b" in line for line in shown("status"))


def test_a_person_picks_among_the_directorys_answers(typed, home):
    text, code = typed("--config", home / "config.toml", "add", "--find", "geostrategy", answer="7\n3\n")

    assert "  3  Long Wavelength by " in text
    assert text.count("which one (1-3): ") == 2
    assert code == 1  # what was picked is a source already
    assert "it is the source 'long-wavelength' already" in text


def test_what_strangers_write_does_nothing_to_the_terminal(typed, ask, bare, web):
    web.pages["/rss"] = feed("Har&#x9b;31mbours", "Tugs &#x202e;&#x9b;2J Tides")
    ask("--config", bare, "add", f"{web.address}/rss")
    ask("--config", bare, "refresh")

    episode = json.loads(ask("--config", bare, "list", "episodes", "--json").out)["episodes"][0]["id"]

    for words in (("list", "episodes"), ("show", episode)):
        text, code = typed("--config", bare, *words)

        assert (code, "Tides" in text) == (0, True)
        assert not re.search("[\x80-\x9f\u202e]|\x1b(?!\\[[0-9;]*m)", text), words
