import json
import os
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import click
import pytest

from mediafeed.cli.status import _condition, _told
from mediafeed.model.source import FailureKind, Outcome, SourceState, Visit
from mediafeed.store.lock import DAEMON, DataLock

NOON = datetime(2022, 9, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

KEYS = {"id", "url", "condition", "last_visit", "outcome", "reason", "next_visit", "why", "failures", "episodes", "hub"}


def test_each_source_in_json_has_exactly_the_keys_of_the_contract(look):
    said = look("status", "--json")
    sources = {source["id"]: source for source in json.loads(said.out)["sources"]}

    assert (said.code, said.err) == (0, "")
    assert all(set(source) == KEYS for source in sources.values())
    assert sources["closed-archive"]["outcome"] == "failed"
    assert (sources["closed-archive"]["reason"], sources["closed-archive"]["failures"]) == ("not there", 1)
    assert (sources["rusi-gsb"]["outcome"], sources["rusi-gsb"]["reason"]) == ("new", None)
    assert all(source["next_visit"] and source["why"] for source in sources.values())


def test_people_are_told_when_the_next_visit_is_and_why_then(look):
    said = look("status")

    assert re.search(r"^rusi-gsb +\d+ (s|min) ago +new +due +25$", said.out, re.MULTILINE)
    assert re.search(r"^closed-archive +\d+ (s|min) ago +not there +due +1 +0$", said.out, re.MULTILINE)
    assert said.out.count("  why then   ") == 7


def test_many_doubts_over_one_feed_are_few_words(look):
    assert "items 1-2, 4-5, 7-10: mended" in look("status").out


def test_a_removed_source_is_told_as_long_as_its_episodes_stay(do):
    do("remove", "salt-and-signal")

    said = do("status")
    facts = json.loads(do("status", "--json").out)["sources"]

    assert re.search(r"^salt-and-signal .* removed +10$", said.out, re.MULTILINE)
    assert [(s["next_visit"], s["why"]) for s in facts if s["id"] == "salt-and-signal"] == [
        (None, "removed from the config")
    ]


def test_without_a_source_the_way_to_add_one_is_told(ask, tmp_path):
    (tmp_path / "config.toml").write_text('[site]\ntitle = "T"\nurl = "https://podcasts.example.org"\n')

    said = ask("--config", tmp_path / "config.toml", "status")

    assert (said.code, said.lines) == (0, ["no source configured: mediafeed add URL"])
    assert json.loads(ask("--config", tmp_path / "config.toml", "status", "--json").out) == {
        "sources": [],
        "at_work": None,
    }


def test_the_first_lines_sum_up_how_all_are_and_who_is_at_work(do, home):
    alone = do("status")
    with DataLock(str(home / "data"), DAEMON):
        beside = do("status")
        at_work = json.loads(do("status", "--json").out)["at_work"]

    assert alone.lines[:2] == ["7 sources: 6 well, 1 failing", "nobody is at work"]
    assert beside.lines[1].startswith(f"at work: mediafeed daemon (process {os.getpid()}, since 20")
    assert (at_work["command"], at_work["process"]) == ("mediafeed daemon", str(os.getpid()))


def state(**more: Any) -> SourceState:
    given: dict[str, Any] = {
        "outcome": Outcome.FAILED if more.get("kind") else Outcome.UNCHANGED,
        "kind": more.pop("kind", None),
    }
    visit = Visit(source="a", at=NOON, next_visit=NOON, why="", **given)
    facts: dict[str, Any] = {"id": "a", "last_visit": visit} | more
    return SourceState(**facts)


@pytest.mark.parametrize(
    ("of", "condition"),
    [
        (state(), "well"),
        (state(last_visit=None), "never visited"),
        (state(kind=FailureKind.SERVER, failures=2), "failing"),
        (state(kind=FailureKind.BUSY, failures=1, retry_after=NOON + HOUR), "asked to wait"),
        (state(kind=FailureKind.BUSY, failures=1, retry_after=NOON - HOUR), "failing"),
        (state(kind=FailureKind.OTHER_SHOW, failures=1), "held"),
        (state(kind=FailureKind.GONE, failures=1, stopped=True), "stopped"),
        (state(configured=False, stopped=True), "removed"),
    ],
)
def test_a_source_is_one_thing_in_a_word(of, condition):
    assert _condition(of, NOON) == condition


LONG = "the-ministry-of-silly-talks-and-other-briefings-of-the-public-service-2022"
WHY = "the server gives nothing to ask again with: neither ETag nor Last-Modified: once a day, and never more often"


def every_kind() -> list[SourceState]:
    """Give one source in each condition, with long names, reasons and addresses."""
    more: dict[str, Any] = {
        "why": WHY,
        "address": "https://feeds.example.org/rss",
        "found_by": WHY,
        "next_visit": NOON + HOUR,
    }
    kinds: tuple[dict[str, Any], ...] = (
        {"stopped": True, "kind": FailureKind.GONE},
        {"kind": FailureKind.OTHER_SHOW, "failures": 1},
        {"kind": FailureKind.BUSY, "failures": 1, "retry_after": NOON + HOUR},
        {"kind": FailureKind.SERVER, "failures": 20},
        {"configured": False},
        {"last_visit": None},
        {},
    )
    return [state(id=f"{number}-{LONG}", **(more | kind)) for number, kind in enumerate(kinds)]


def test_on_80_columns_no_line_is_longer_however_long_names_and_reasons_are(monkeypatch):
    monkeypatch.setattr("mediafeed.cli.status.terminal_width", lambda: 80)

    lines = [click.unstyle(line) for line in _told(every_kind(), {}, None, NOON)]

    assert max(len(line) for line in lines) <= 80
    assert " ".join(" ".join(lines).split()).count(WHY) == 13  # found by and why then; who is removed has no next visit


def test_in_a_pipe_reasons_are_wrapped_and_names_are_whole():
    lines = _told(every_kind(), {}, None, NOON)

    assert max(len(click.unstyle(line)) for line in lines if line.startswith("\x1b[2m")) <= 80
    assert sum(LONG in line for line in lines) >= 7


def test_what_needs_a_person_comes_last_and_the_sum_again_where_the_first_lines_are_gone(monkeypatch):
    monkeypatch.setattr("mediafeed.cli.status.terminal_width", lambda: 80)
    monkeypatch.setenv("LINES", "24")

    lines = [click.unstyle(line) for line in _told(every_kind(), {}, None, NOON)]
    few = [click.unstyle(line) for line in _told([state()], {}, None, NOON)]

    assert [line[0] for line in lines if line[1:2] == "-"] == ["6", "5", "2", "3", "1", "0", "4"]
    assert lines[:4] == lines[-4:]
    assert few.count("nobody is at work") == 1
