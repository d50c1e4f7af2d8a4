"""Whatever goes wrong is an exit code and a line on stderr that names its subject."""

import json
import os
import subprocess
import sys

import pytest

from mediafeed.store.lock import DataLock

LISTINGS = [("list", "sources"), ("list", "shows"), ("list", "episodes"), ("list", "people"), ("status",), ("check",)]
CHANGES = [("refresh",), ("publish",), ("add", "http://127.0.0.1:9/rss"), ("remove", "rusi-gsb"), ("daemon",)]


@pytest.mark.parametrize("words", LISTINGS)
def test_json_is_one_document_and_nothing_else_on_stdout(look, words):
    said = look(*words, "--json")

    assert (said.code, said.err) == (0, "")
    assert isinstance(json.loads(said.out), dict)


@pytest.mark.parametrize("words", [*LISTINGS[:-1], ("show", "x"), ("refresh",), ("publish",), ("serve",), ("daemon",)])
def test_without_a_config_the_way_to_one_is_told(ask, tmp_path, words):
    said = ask("--config", tmp_path / "config.toml", *words)

    assert (said.code, said.out) == (2, "")
    assert said.err == f"mediafeed: {tmp_path / 'config.toml'}: file: is not there; `mediafeed init` writes one\n"


def test_a_broken_config_is_told_with_every_fault_a_line_each(ask, tmp_path):
    (tmp_path / "config.toml").write_text('[site]\ntitel = "T"\n')

    said = ask("--config", tmp_path / "config.toml", "refresh")

    assert (said.code, said.out) == (2, "")
    assert len(said.err.splitlines()) == 3
    assert all(line.startswith(f"mediafeed: {tmp_path / 'config.toml'}: ") for line in said.err.splitlines())


@pytest.mark.parametrize("words", CHANGES)
def test_while_another_mediafeed_is_at_work_nothing_is_changed(do, home, words):
    before = (home / "config.toml").read_text()

    with DataLock(str(home / "data")):
        said = do(*words)

    assert (said.code, said.out) == (75, "")
    assert said.err.startswith(f"mediafeed: {home / 'data' / 'lock'}: held by mediafeed (process {os.getpid()}, since ")
    assert (home / "config.toml").read_text() == before


@pytest.mark.parametrize("words", LISTINGS)
def test_while_another_mediafeed_is_at_work_one_may_look(do, home, words):
    with DataLock(str(home / "data")):
        assert do(*words).code == 0


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        (("bogus",), "bogus"),
        (("refresh", "--fast"), "--fast"),
        (("list", "episodes", "--limit", "x"), "--limit"),
        (("list", "nothing"), "nothing"),
        (("serve", "--port", "99999"), "--port"),
        (("show",), "EPISODE"),
    ],
)
def test_a_slip_of_the_pen_is_told_in_one_line(look, words, subject):
    said = look(*words)

    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert subject in said.err
    assert "--help" in said.err


def test_typing_nothing_shows_what_can_be_typed(ask):
    assert ask().code == 2
    assert ask("--help").code == 0
    assert all(name in ask("--help").out for name in ("demo", "refresh", "status", "show"))
    assert ask("--version").out.startswith("mediafeed ")


def test_a_port_that_is_taken_is_told_in_a_line(look, web):
    said = look("serve", "--port", web.server_port)

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert str(web.server_port) in said.err


def test_a_damaged_store_is_told_in_a_line_and_left_as_it_is(do, home):
    for path in (home / "data").glob("mediafeed.db*"):
        path.unlink()
    (home / "data" / "mediafeed.db").write_bytes(b"no database at all" * 100)

    said = do("status")

    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert str(home / "data" / "mediafeed.db") in said.err
    assert (home / "data" / "mediafeed.db").read_bytes() == b"no database at all" * 100


def test_a_picture_that_is_not_there_is_told_in_a_line(do, home):
    config = home / "config.toml"
    config.write_text(config.read_text().replace('language = "en-gb"\n', 'language = "en-gb"\nimage = "none.jpg"\n', 1))

    said = do("publish")

    assert said.code == 0
    assert said.err.count("\n") == 1
    assert "none.jpg" in said.err
    assert "none.jpg is not there" in do("check").out


def test_the_reader_of_a_pipe_may_have_seen_enough(made):
    command = [sys.executable, "-m", "mediafeed", "--config", made / "config.toml", "list", "episodes", "--json"]
    asked = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert asked.stdout is not None
    asked.stdout.readline()
    asked.stdout.close()
    assert asked.stderr is not None
    complained = asked.stderr.read()
    asked.stderr.close()

    assert (asked.wait(), complained) == (0, b"")


def test_the_reader_of_a_short_text_may_be_gone_before_it_is_written(made):
    command = (
        f"{sys.executable} -m mediafeed --config {made / 'config.toml'} list shows | true; echo ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("0\n", "")
