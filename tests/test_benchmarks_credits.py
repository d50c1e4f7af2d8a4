"""The gold that others wrote is measured whatever its rows leave out."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from benchmarks.credits import measure, rows_of, summary

from mediafeed.errors import MediafeedError

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


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"author": ["Paul Green", "Jane Smith"]}, "author: wanted text, found a list"),
        ({"title": 33}, "title: wanted text, found a number"),
        ({"description": {"text": "Our host"}}, "description: wanted text, found an object"),
        ({"show": []}, "show: wanted text, found a list"),
        ({"show_author": True}, "show_author: wanted text, found true or false"),
        ({"show_description": [""]}, "show_description: wanted text, found a list"),
        ({"language": 0.5}, "language: wanted text, found a number"),
        ({"hosts": "Paul Green"}, "hosts: wanted a list of names, found text"),
        ({"guests": {"name": "Jane Smith"}}, "guests: wanted a list of names, found an object"),
        ({"guests": ["Jane Smith", {"name": "A"}]}, "guests: entry 2: wanted a name, found an object"),
        ({"optional": [["A"]]}, "optional: entry 1: wanted a name, found a list"),
        ({"not_guests": 0}, "not_guests: wanted a list of names, found a number"),
        ({"hosts_labelled": "false"}, "hosts_labelled: wanted true or false, found text"),
    ],
)
def test_a_field_of_another_type_is_named_with_its_file_and_line(tmp_path, change, told):
    with pytest.raises(MediafeedError) as error:
        figures_of(tmp_path, ROW, ROW | change)

    assert str(error.value) == f"{tmp_path}/gold.jsonl: line 2: {told}"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"[]", "wanted an object, found a list"),
        (b"null", "wanted an object, found null"),
        (b'{"show": "Rivers"', "not JSON: Expecting ',' delimiter (column 18)"),
        (b"[" * 99_999, "JSON too deep, or with a number too long, to be read"),
        (b"9" * 9_999, "JSON too deep, or with a number too long, to be read"),
        (b'{"show": "Rivi\xe8re"}', "not UTF-8"),
        (rb'{"title": "\ud83d"}', "title: wanted text, found a lone surrogate"),
        (rb'{"hosts": ["Paul \udc00"]}', "hosts: entry 1: wanted a name, found a lone surrogate"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_with_its_file(tmp_path, line, told):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\n" + json.dumps(ROW).encode() + b"\n" + line + b"\n")

    with pytest.raises(MediafeedError) as error:
        rows_of(path)

    assert str(error.value) == f"{path}: line 3: {told}"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": "verbatim"}, "labels: wanted text, found nothing"),
        ({"text": None, "labels": "by hand"}, "text: wanted text, found null"),
        ({"text": "", "labels": "by hand"}, "text: wanted text, found an empty one"),
        ({"text": "verbatim", "labels": ["by hand"]}, "labels: wanted text, found a list"),
    ],
)
def test_a_row_without_what_training_needs_is_named_with_file_line_and_field(tmp_path, change, told):
    path = tmp_path / "gold.jsonl"
    path.write_text(
        "\n".join(json.dumps(row) for row in (ROW | {"text": "verbatim", "labels": "by hand"}, ROW | change))
    )

    with pytest.raises(MediafeedError) as error:
        rows_of(path, ("text", "labels"))

    assert str(error.value) == f"{path}: line 2: {told}"


def command(*words: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    asked = [sys.executable, "-m", "benchmarks.credits", *words]
    root = Path(__file__).parent.parent
    return subprocess.run(asked, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False, cwd=root, timeout=60)


def test_the_command_tells_an_error_in_one_line(tmp_path):
    done = command(str(tmp_path / "gold.jsonl"))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{tmp_path}/gold.jsonl: No such file or directory\n"


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_the_command_ends_quietly_when_nobody_reads_on(tmp_path, form):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(ROW), encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)

    done = command(str(path), *form, stdout=writing)

    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_command_prints_one_document_of_the_fixed_form_and_errors_beside_it(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(ROW | {"guests": ["Ada Quill"]}) + "\r\n\r\n", encoding="utf-8-sig")

    done = command(str(path), "--json", "--errors")

    assert done.returncode == 0
    figures = json.loads(done.stdout)
    assert list(figures) == ["pooled", "macro", "rules", "episodes_per_second"]
    for way in ("pooled", "macro"):
        assert list(figures[way]) == ["guests", "hosts"]
        for kind in figures[way].values():
            assert list(kind) == ["precision", "recall", "recall_all", "found", "wrong", "missed"]
    assert "WRONG guests" in done.stderr
    assert "MISSED guests 'Ada Quill' (not in text)" in done.stderr


def test_what_was_taken_for_what_is_counted_by_label(tmp_path):
    path = tmp_path / "gold.jsonl"
    rows = (
        ROW | {"guests": ["Jane Smith"], "hosts": []},
        ROW | {"guests": ["Tom Varga"], "not_guests": ["Jane Smith"], "optional": ["Paul Green"]},
        ROW | {"guests": [], "hosts": ["Paul Green", "Jane Smith"], "hosts_labelled": False},
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    assert measure(rows_of(path)).taken == {
        ("guest", "guest"): 1,
        ("not labelled", "host"): 1,
        ("only named", "guest"): 1,
        ("guest", "nobody"): 1,
    }


def test_a_line_for_each_show_is_told_on_request(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(ROW) + "\n", encoding="utf-8")

    assert "Rivers: guests 1 right 0 wrong 0 missed" in command(str(path), "--shows").stdout
    assert "Rivers" not in command(str(path)).stdout
