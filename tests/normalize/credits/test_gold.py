"""The labelled episodes have the form that their README tells."""

import json
from pathlib import Path

import pytest

GOLD = Path(__file__).parents[3] / "benchmarks" / "gold"
FIELDS = {"title", "description", "author", "show_description", "show_author"}


def rows_of(part: str):
    return [json.loads(line) for line in (GOLD / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("part", ["train", "test"])
def test_every_label_is_shown_by_words_that_stand_where_they_are_said_to(part):
    for row in rows_of(part):
        shown = {(piece["name"], piece["role"]) for piece in row["evidence"]}
        assert shown >= {(name, "host") for name in row["hosts"]} | {(name, "guest") for name in row["guests"]}
        for piece in row["evidence"]:
            assert piece["field"] in FIELDS
            assert row[piece["field"]][piece["start"] : piece["end"]] == piece["quote"]


@pytest.mark.parametrize("part", ["train", "test"])
def test_nobody_both_speaks_and_does_not(part):
    for row in rows_of(part):
        assert not {*row["hosts"], *row["guests"]} & set(row["not_guests"])
        assert row["difficulty"] in {"ordinary", "any", "hard"}


def test_no_show_is_in_both_parts():
    assert not {row["show"] for row in rows_of("train")} & {row["show"] for row in rows_of("test")}
