"""The gold that others wrote is measured whatever its rows leave out."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from benchmarks.credits import measure, rows_of, summary

ROW: dict[str, Any] = {
    "show": "Rivers",
    "title": "Floods, with Jane Smith",
    "description": "Our host Paul Green talks to Jane Smith, a hydrologist.",
    "hosts": ["Paul Green"],
    "guests": ["Dr Jane Smith"],
}


def figures_of(folder: Path, *rows: dict[str, Any]) -> dict[str, Any]:
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return summary(measure(rows_of(path)))


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"show": None, "show_author": None, "show_description": None, "language": None, "author": None},
        {"optional": None, "not_guests": None, "hosts_labelled": None},
        {"show": "", "show_author": "", "show_description": "", "language": "", "author": ""},
        {"title": None},
        {"hosts": ["Paul Green", "", None], "guests": ["Jane Smith", " "], "optional": ["", None]},
    ],
)
def test_null_and_empty_fields_count_neither_way(tmp_path, change):
    pooled = figures_of(tmp_path, ROW | change)["pooled"]

    for kind in ("guests", "hosts"):
        assert pooled[kind] == {
            "precision": 1.0,
            "recall": 1.0,
            "recall_all": 1.0,
            "found": 1,
            "wrong": 0,
            "missed": 0,
        }


@pytest.mark.parametrize("absent", ["show", "title", "description", "hosts", "guests"])
def test_what_is_absent_is_null(tmp_path, absent):
    without = figures_of(tmp_path, {name: value for name, value in ROW.items() if name != absent})
    null = figures_of(tmp_path, ROW | {absent: None})

    assert without["pooled"] == null["pooled"]
    assert without["macro"] == null["macro"]


def test_a_line_separator_within_a_description_ends_no_row(tmp_path):
    words = "Our host Paul Green talks to Jane Smith.\u2028More\u0085words."

    assert figures_of(tmp_path, ROW | {"description": words})["pooled"]["guests"]["found"] == 1


def test_the_command_prints_one_document_of_the_fixed_form_and_errors_beside_it(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(ROW | {"guests": ["Ada Quill"]}) + "\r\n\r\n", encoding="utf-8-sig")

    asked = [sys.executable, "-m", "benchmarks.credits", str(path), "--json", "--errors"]
    root = Path(__file__).parent.parent
    done = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=root, timeout=60)

    figures = json.loads(done.stdout)
    assert list(figures) == ["pooled", "macro", "rules", "episodes_per_second"]
    for way in ("pooled", "macro"):
        assert list(figures[way]) == ["guests", "hosts"]
        for kind in figures[way].values():
            assert list(kind) == ["precision", "recall", "recall_all", "found", "wrong", "missed"]
    assert "WRONG guests" in done.stderr
    assert "MISSED guests 'Ada Quill' (not in text)" in done.stderr
