"""The labelled episodes have the form that their README tells."""

import hashlib
import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

GOLD = Path(__file__).parents[3] / "benchmarks" / "gold"
FIELDS = {"title", "description", "author", "show_description", "show_author"}


def rows_of(part: str):
    return [json.loads(line) for line in (GOLD / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("part", ["train", "test", "fresh"])
def test_every_label_is_shown_by_words_that_stand_where_they_are_said_to(part):
    for row in rows_of(part):
        shown = {(piece["name"], piece["role"]) for piece in row["evidence"]}
        assert shown >= {(name, "host") for name in row["hosts"]} | {(name, "guest") for name in row["guests"]}
        for piece in row["evidence"]:
            assert piece["field"] in FIELDS
            assert row[piece["field"]][piece["start"] : piece["end"]] == piece["quote"]


@pytest.mark.parametrize("part", ["train", "test", "fresh"])
def test_nobody_both_speaks_and_does_not(part):
    for row in rows_of(part):
        assert not {*row["hosts"], *row["guests"]} & set(row["not_guests"])
        assert row["difficulty"] in {"ordinary", "any", "hard"}


def test_no_show_is_in_two_parts():
    parts = [{row["show"] for row in rows_of(part)} for part in ("train", "test", "fresh")]

    assert sum(map(len, parts)) == len(set.union(*parts))


@pytest.mark.parametrize("part", ["train", "test"])
def test_a_show_is_for_testing_when_its_name_says_so(part):
    shows = {row["show"] for row in rows_of(part)}

    assert {int(hashlib.sha256(show.encode()).hexdigest(), 16) % 3 == 0 for show in shows} == {part == "test"}


def test_two_episodes_of_five_have_no_guest():
    rows = rows_of("train") + rows_of("test")

    assert sum(not row["guests"] for row in rows) >= 0.4 * len(rows)


def test_hardly_any_six_words_stand_in_two_shows():
    shows = defaultdict(set)
    runs = []
    for row in rows_of("train") + rows_of("test"):
        words = re.findall(r"\w+", re.sub(r"<[^>]+>", " ", row["description"]).lower())
        for start in range(len(words) - 5):
            run = " ".join(words[start : start + 6])
            shows[run].add(row["show"])
            runs.append(run)

    assert sum(len(shows[run]) > 1 for run in runs) < 0.01 * len(runs)
