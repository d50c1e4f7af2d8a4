"""The house keeps its own rules: sizes, doors, words, the README's length."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "src" / "mediafeed").rglob("*.py"))
ROOMS = ["fetch", "parse", "normalize", "store", "publish", "serve", "refresh", "model", "config", "demo", "cli"]
FORBIDDEN_NAMES = {"utils", "helpers", "manager", "common", "misc", "util", "helper"}


def functions_of(path: Path):
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_read_at_one_sitting(path: Path):
    lines = len(path.read_text().splitlines())

    assert lines <= 400, f"{path.name} has {lines} lines: split it by reason"


def test_half_of_the_files_are_short():
    sizes = sorted(len(path.read_text().splitlines()) for path in SOURCES)

    assert sizes[len(sizes) // 2] <= 150


def test_a_function_fits_a_screen():
    long = {}
    for path in SOURCES:
        for node in functions_of(path):
            docstring = ast.get_docstring(node, clean=False)
            lines = node.end_lineno - node.lineno + 1 - (len(docstring.splitlines()) if docstring else 0)
            if lines > 45:
                long[f"{path.relative_to(ROOT)}:{node.name}"] = lines

    assert not long, f"longer than a screen: {long}"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_at_its_door_what_it_takes_gives_and_touches(room: str):
    door = ast.get_docstring(ast.parse((ROOT / "src" / "mediafeed" / room / "__init__.py").read_text())) or ""

    assert all(f"{word}:" in door for word in ("Takes", "Gives", "Touches"))


def test_no_file_hides_behind_a_name_that_says_nothing():
    assert not [path for path in SOURCES if path.stem in FORBIDDEN_NAMES]


def test_nothing_is_imported_relatively():
    relative = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert not relative


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 150


def test_no_file_names_a_package_registry():
    named = [
        path.name
        for path in (ROOT / "constraints.txt", ROOT / "pyproject.toml", ROOT / "Makefile")
        if "://" in path.read_text().replace("http://www.", "")
    ]

    assert not named
