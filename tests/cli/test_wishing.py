"""`refresh` beside a running daemon."""

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mediafeed.assemble import Mediafeed, assembled, wall_clock
from mediafeed.cli import wishing
from mediafeed.cli.output import Settings
from mediafeed.cli.wishing import Wanted
from mediafeed.config.reading import read_config
from mediafeed.daemon import Daemon
from mediafeed.errors import PublishError
from mediafeed.model.wishes import Answer
from mediafeed.refresh.publishing import Publisher
from mediafeed.store.lock import DAEMON, DataLock
from mediafeed.store.restoring import put_in_place


@contextmanager
def at_work(home: Path, *, grants: bool = True) -> Iterator[Mediafeed]:
    """Hold the data folder as the daemon does; one that grants nothing never ticks."""
    config = read_config(home / "config.toml")
    with DataLock(config.site.data, DAEMON), assembled(config) as house:
        daemon = Daemon(house, tick=0.05 if grants else 3600)
        if grants:
            daemon.start()
        try:
            yield house
        finally:
            daemon.stop()


def test_the_daemon_does_what_is_wanted_and_refresh_tells_it(do, home):
    with at_work(home) as house:
        before = house.store.state("rusi-gsb").last_visit
        said = do("refresh", "--force", "rusi-gsb", "closed-archive")
        after = house.store.state("rusi-gsb").last_visit

    assert before != after
    assert said.code == 1
    assert said.lines[0].startswith("closed-archive: failed: not there (404 Not Found); what was published stays; next")
    assert said.lines[1:] == ["0 new, 0 modified, 0 unchanged, 1 not modified, 1 failed"]
    assert said.err.startswith(f"mediafeed: {home / 'data' / 'lock'}: held by mediafeed daemon (process ")
    assert said.err.splitlines()[0].endswith("): it was asked")


def test_what_is_not_published_yet_is_told_beside_what_was_done(do, home, monkeypatch):
    def full(*_: object) -> None:
        raise PublishError("feeds: No space left on device")

    monkeypatch.setattr(Publisher, "write", full)
    with at_work(home):
        said = do("refresh", "--force", "rusi-gsb")

    assert said.code == 1
    assert said.lines == ["0 new, 0 modified, 0 unchanged, 1 not modified, 0 failed"]
    assert said.err.splitlines()[-1] == (
        "mediafeed: not published yet, the daemon tries again: feeds: No space left on device"
    )


def test_who_is_skipped_while_publishing_fails_is_told_both(monkeypatch, capsys):
    answer = Answer(skipped=(("rusi-gsb", "visited 5 s ago"),), unpublished="feeds: No space left on device")
    monkeypatch.setattr(wishing, "_asked", lambda *_: answer)

    code = wishing.done_by_daemon(Settings(path="", quiet=True, verbose=False), Wanted((), True, False), "held")

    said = capsys.readouterr()
    assert code == 1
    assert said.out.splitlines()[0] == "rusi-gsb: not visited: visited 5 s ago"
    assert "not published yet" in said.err


def test_the_daemon_measures_what_is_wished_for_and_measure_tells_it(do, home):
    with at_work(home):
        told = do("measure", "rusi-global-security-briefing/trailer")
        document = json.loads(do("--quiet", "measure", "rusi-global-security-briefing/trailer", "--json").out)
        nothing = do("measure")

    assert told.code == 0
    assert told.lines[0].endswith("): declared 1:21, measured 1:21: they agree")
    assert told.lines[1] == "1 measured: 1 as told, 0 otherwise, 0 of which nobody told; 0 unknown"
    assert told.err.splitlines()[0].endswith("): it was asked")
    assert [one["fit"] for one in document["episodes"]] == ["agrees"]
    assert nothing.lines[0].startswith("nothing is wanted: ")


def test_a_name_that_nobody_polls_is_refused_by_the_daemon_too(do, home):
    with at_work(home):
        said = do("--quiet", "refresh", "geostrategy-360")

    assert (said.code, said.out) == (2, "")
    assert said.err == "mediafeed: geostrategy-360: no such source in the config (did you mean 'geostrategy360'?)\n"


def test_what_a_daemon_did_not_come_to_is_done_by_oneself(do, home):
    data = read_config(home / "config.toml").site.data
    held = threading.Event()

    def daemon_that_ends() -> None:
        with at_work(home, grants=False) as house:
            held.set()
            while not house.store.wishes.count():
                threading.Event().wait(0.02)

    ending = threading.Thread(target=daemon_that_ends)
    ending.start()
    held.wait(20)
    said = do("refresh", "rusi-gsb")
    ending.join()

    assert said.lines == ["0 new, 0 modified, 0 unchanged, 1 not modified, 0 failed"]
    with DataLock(data), assembled(read_config(home / "config.toml")) as house:
        assert house.store.wishes.count() == 0


@pytest.mark.parametrize("words", [("status",), ("list", "sources")])
def test_a_source_added_to_the_config_beside_a_daemon_does_not_confuse_it(do, home, words):
    with at_work(home, grants=False) as house:
        config = home / "config.toml"
        config.write_text(config.read_text() + '\n[[source]]\nid = "new"\nurl = "http://127.0.0.1:9/new"\n')
        said = do(*words)
        sources = {source.id for source in house.store.sources()}

    assert said.code == 0
    assert "new" not in sources


def test_who_waits_for_a_daemon_that_goes_on_with_another_database_is_told_to_ask_again(home, tmp_path):
    other, database = tmp_path / "other.db", home / "data" / "mediafeed.db"
    shutil.copy(database, other)
    answers = list[Answer | None]()
    with at_work(home, grants=False) as house:
        asked = threading.Event()

        def ask() -> int:
            number = house.store.wishes.ask((), force=False, now=house.clock())
            asked.set()
            return number

        waiting = threading.Thread(
            target=lambda: answers.append(wishing.answered(house, ask, "held", quiet=True)), daemon=True
        )
        waiting.start()
        asked.wait(20)
        put_in_place(other, database, now=wall_clock())
        waiting.join(20)

    assert answers == [None]
