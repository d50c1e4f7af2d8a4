"""The operator is told of what stays broken, once, and when it is well again."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from mediafeed.daemon import Daemon
from mediafeed.model.notices import Way
from mediafeed.model.settings import NotifySettings
from mediafeed.model.source import Source
from tests.daemon.conftest import HOUR, hourly, once, steady
from tests.fetch.conftest import ok
from tests.processes import is_gone, wait_for
from tests.refresh.origin import Clock, House, Origin, assembled_at, feed, item


@pytest.fixture
def receiver() -> Iterator[Origin]:
    made = Origin()
    made.routes["/hook"] = ok(b"thanks")
    yield made
    made.close()


def bodies(receiver: Origin) -> list[dict[str, object]]:
    """Give what was posted to the hook."""
    found = [request.partition(b"\r\n\r\n")[2] for request in receiver._server.requests]
    return [json.loads(body) for body in found]


@pytest.fixture
def house(tmp_path: Path, origin: Origin, clock: Clock, receiver: Origin) -> Iterator[House]:
    origin.fail("/a", "500 Broken")
    origin.serve("/b", feed(item(2), title="B"), 'ETag: "1"')
    settings = hourly(tmp_path, origin, Source(id="a", url=origin.url + "/a", title="A show"),
                      Source(id="b", url=origin.url + "/b"))  # fmt: skip
    with assembled_at(clock, replace(settings, notify=NotifySettings(webhook=receiver.url + "/hook"))) as made:
        yield made


def hours(house: House, daemon: Daemon, clock: Clock, count: float) -> None:
    """Let hours pass, a visit and a look at what is to be told at a time; half an hour at most."""
    end = clock.now + HOUR * count
    while clock.now < end:
        coming = [when for _, when in house.store.schedule.planned() if when > clock.now]
        clock.now = min([*coming, clock.now + HOUR / 2, end])
        once(daemon)
        daemon.tell_operator()


def test_who_fails_for_a_day_is_told_of_once_and_who_is_well_is_not(
    house: House, daemon: Daemon, clock: Clock, receiver: Origin
):
    once(daemon)
    hours(house, daemon, clock, 23.5)
    before = receiver.asked()
    hours(house, daemon, clock, 48)

    (told,) = bodies(receiver)
    source = cast("list[dict[str, Any]]", told["sources"])[0]
    assert before == []
    assert (source["id"], source["event"], source["reason"]) == ("a", "broken", "server error")
    assert source["failures"] >= 5
    assert str(told["text"]).startswith("a (A show): broken for 24")
    assert receiver.header("Content-Type", "/hook") == "application/json"


def test_when_it_is_well_again_that_is_told_and_the_next_time_it_breaks_as_well(
    house: House, daemon: Daemon, clock: Clock, origin: Origin, receiver: Origin
):
    once(daemon)
    hours(house, daemon, clock, 25)
    origin.serve("/a", feed(item(1)), 'ETag: "1"')
    hours(house, daemon, clock, 27)
    well = bodies(receiver)
    origin.fail("/a", "404 Not Found")
    hours(house, daemon, clock, 52)

    events = [source["event"] for told in bodies(receiver) for source in told["sources"]]  # type: ignore[attr-defined]
    assert events == ["broken", "well", "broken"]
    assert str(well[-1]["text"]).startswith("a (A show): well again since 2022-10-02 ")


def test_who_is_well_again_within_the_day_is_never_told_of(
    house: House, daemon: Daemon, clock: Clock, origin: Origin, receiver: Origin
):
    once(daemon)
    hours(house, daemon, clock, 12)
    origin.serve("/a", feed(item(1)), 'ETag: "1"')
    hours(house, daemon, clock, 60)

    assert receiver.asked() == []


def test_a_webhook_that_fails_is_tried_again_more_and_more_rarely_and_harms_nothing(
    house: House, daemon: Daemon, clock: Clock, origin: Origin, receiver: Origin
):
    receiver.fail("/hook", "500 Broken")
    once(daemon)
    hours(house, daemon, clock, 30)
    tries = len(receiver.asked())
    asked = len(origin.asked("/b"))
    receiver.routes["/hook"] = ok(b"")
    hours(house, daemon, clock, 2)
    after = len(receiver.asked())
    hours(house, daemon, clock, 10)

    assert 3 <= tries <= 10  # of 24 looks
    assert after > tries
    assert len(receiver.asked()) == after
    assert asked >= 25
    assert daemon.is_well()


def test_a_redirect_of_a_webhook_is_not_followed(house: House, daemon: Daemon, clock: Clock, receiver: Origin):
    receiver.fail("/hook", "307 Temporary Redirect", f"Location: {receiver.url}/elsewhere")
    once(daemon)
    hours(house, daemon, clock, 26)

    assert set(receiver.asked()) == {"/hook"}


def test_a_webhook_outside_the_guard_is_not_asked(tmp_path: Path, origin: Origin, clock: Clock, receiver: Origin):
    origin.fail("/a", "500 Broken")
    settings = hourly(tmp_path, origin, Source(id="a", url=origin.url + "/a"))
    fetch = replace(settings.fetch, allow=("127.0.0.1/32",))
    notify = NotifySettings(webhook=receiver.url.replace("127.0.0.1", "127.0.0.2") + "/hook")
    with assembled_at(clock, replace(settings, fetch=fetch, notify=notify)) as house:
        daemon = Daemon(house.mediafeed, steady=steady(clock))
        once(daemon)
        hours(house, daemon, clock, 26)
        daemon.stop()

    assert receiver.asked() == []


COMMAND = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text(sys.stdin.read())"


def told_by_command(folder: Path, origin: Origin, clock: Clock, *command: str) -> House:
    origin.fail("/a", "500 Broken")
    settings = hourly(folder, origin, Source(id="a", url=origin.url + "/a"))
    notify = NotifySettings(command=command, after=HOUR)
    with assembled_at(clock, replace(settings, notify=notify)) as house:
        daemon = Daemon(house.mediafeed, steady=steady(clock))
        once(daemon)
        hours(house, daemon, clock, 3)
        daemon.stop()
        return house


def test_a_command_reads_the_notice_on_its_input(tmp_path: Path, origin: Origin, clock: Clock):
    told_by_command(tmp_path, origin, clock, sys.executable, "-c", COMMAND, str(tmp_path / "told"))

    assert (tmp_path / "told").read_text().startswith("a: broken for ")


@pytest.mark.parametrize(
    ("command", "reason"),
    [(("/nowhere/mail",), "no such file or directory"), ((sys.executable, "-c", "raise SystemExit(3)"), "exit code 3")],
)
def test_a_command_that_fails_is_tried_again(
    tmp_path: Path,
    origin: Origin,
    clock: Clock,
    command: tuple[str, ...],
    reason: str,
    caplog: pytest.LogCaptureFixture,
):
    told_by_command(tmp_path, origin, clock, *command)

    assert {record.reason for record in caplog.records if record.msg == "notice not taken"} == {reason}  # type: ignore[attr-defined]

    settings = hourly(tmp_path, origin, Source(id="a", url=origin.url + "/a"))
    with assembled_at(clock, settings) as house:
        assert [one.source for one in house.store.troubles.untold(Way.COMMAND, clock.now - HOUR, 10)] == ["a"]


def test_webhook_and_command_are_each_told_once_though_the_other_one_fails(
    house: House, clock: Clock, origin: Origin, receiver: Origin, tmp_path: Path
):
    """The hook takes it at once, the command only after hours."""
    config, there = house.mediafeed.config, tmp_path / "there"
    script = "import sys; there = sys.argv[1]; open(there).close(); open(there, 'a').write(sys.stdin.read())"
    command = (sys.executable, "-c", script, str(there))
    both = house.mediafeed.by(replace(config, notify=replace(config.notify, command=command)))
    daemon = Daemon(both, steady=steady(clock))
    once(daemon)
    hours(house, daemon, clock, 26)
    before = bodies(receiver)
    there.touch()
    hours(house, daemon, clock, 6)
    broken = there.read_text()
    origin.serve("/a", feed(item(1)), 'ETag: "1"')
    hours(house, daemon, clock, 27)
    daemon.stop()

    assert len(before) == 1
    assert broken.count("broken for") == 1
    assert there.read_text().count("well again") == 1
    assert [source["event"] for told in bodies(receiver) for source in told["sources"]] == ["broken", "well"]  # type: ignore[attr-defined]


def test_a_command_that_hangs_is_killed_at_the_end_with_all_it_started(
    tmp_path: Path, origin: Origin, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("mediafeed.daemon.notices.DEADLINE", 0.3)
    script = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])"

    told_by_command(tmp_path, origin, clock, sys.executable, "-c", f"{script}; time.sleep(60)")

    # communicate() came back, so nobody holds the pipe any more.
    with assembled_at(clock, hourly(tmp_path, origin, Source(id="a", url=origin.url + "/a"))) as house:
        assert house.store.troubles.untold(Way.COMMAND, clock.now - HOUR, 10)


def test_a_command_ends_with_a_daemon_that_is_killed(tmp_path: Path):
    started = tmp_path / "started"
    waits = f"import os, pathlib, time; pathlib.Path({str(started)!r}).write_text(str(os.getpid())); time.sleep(60)"
    script = (
        "import sys, time\nfrom mediafeed.daemon.notices import _leashed\n"
        "with _leashed((sys.executable, '-c', sys.argv[1])): time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, waits]) as process:
        wait_for(lambda: started.exists() and started.read_text() != "")
        process.kill()

    wait_for(lambda: is_gone(int(started.read_text())))
