"""docs/politeness.md names a test for each of the forty statements, and it is there."""

import re
from itertools import chain
from pathlib import Path

TESTS = Path(__file__).parent.parent
TABLE = (TESTS.parent / "docs" / "politeness.md").read_text(encoding="utf-8").partition("## Statement by statement")[2]
ROWS = [row.split(" | ") for row in TABLE.splitlines() if row.startswith("| P")]


def numbers(named: str) -> list[int]:
    """Give the numbers of statements: "P12–P16" is five."""
    found = [int(number) for number in re.findall(r"P(\d+)", named)]
    return list(range(found[0], found[1] + 1)) if "–" in named else found


def test_each_of_the_forty_statements_stands_there_once():
    assert sorted(chain.from_iterable(numbers(row[0]) for row in ROWS)) == list(range(1, 41))


def test_every_test_that_is_named_is_there():
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", TABLE)

    gone = [name for path, name in named if f"def {name}(" not in (TESTS / path).read_text(encoding="utf-8")]
    assert len(named) >= len(ROWS)
    assert not gone
