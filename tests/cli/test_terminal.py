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

import pytest
from rich.cells import cell_len

from tests.cli.conftest import feed
from tests.cli.test_showing import PATH

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def typed(*words: object, answer: str = "", columns: int = 80, **environment: str) -> tuple[str, int]:
    """Run a command on a terminal; give what it showed, colours and all, and its exit code."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "NO_COLOR"}}
    command = [sys.executable, "-m", "mediafeed", *map(str, words)]
    asked = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env={**kept, "TERM": "xterm-256color", **environment}
    )
    os.close(theirs)
    os.write(ours, answer.encode())
    shown = b""
    while True:
        try:
            shown += (piece := os.read(ours, 65536))
        except OSError:  # the other end is closed
            break
        if not piece:
            break
    os.close(ours)
    return shown.decode().replace("\r\n", "\n"), asked.wait(timeout=20)


@pytest.fixture(scope="session")
def shown(made):
    def show(*words, **environment):
        text, code = typed("--config", made / "config.toml", *words, **environment)
        assert code == 0, text
        return text.splitlines()

    return show


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

    assert all(cell_len(line) <= 80 or re.search(r"\shttps?://\S{40,}$", line) for line in lines)


def test_who_wants_no_colour_gets_none(shown):
    assert not any("\x1b" in line for line in shown("status", NO_COLOR="1"))


def test_a_person_picks_among_the_directorys_answers(made, home):
    text, code = typed("--config", home / "config.toml", "add", "--find", "geostrategy", answer="7\n3\n")

    assert "  3  Long Wavelength by " in text
    assert text.count("which one (1-3): ") == 2
    assert code == 1  # what was picked is a source already
    assert "it is the source 'long-wavelength' already" in text


def test_what_strangers_write_does_nothing_to_the_terminal(ask, bare, web):
    web.pages["/rss"] = feed("Har&#x9b;31mbours", "Tugs &#x202e;&#x9b;2J Tides")
    ask("--config", bare, "add", f"{web.address}/rss")
    ask("--config", bare, "refresh")

    episode = json.loads(ask("--config", bare, "list", "episodes", "--json").out)["episodes"][0]["id"]

    for words in (("list", "episodes"), ("show", episode)):
        text, code = typed("--config", bare, *words)

        assert (code, "Tides" in text) == (0, True)
        assert not re.search("[\x80-\x9f\u202e]|\x1b(?!\\[[0-9;]*m)", text), words
