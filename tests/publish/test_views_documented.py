"""Every view that the documentation shows is one that can be written, and takes what it says it takes."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mediafeed.config.reading import read_config
from mediafeed.model.episode import Duration, DurationOrigin, Episode, Person, Role, Show
from mediafeed.model.settings import View
from mediafeed.publish.views import matches
from tests.publish.shelf import credit, episode

DOCS = Path(__file__).parent.parent.parent / "docs" / "config.md"
EXAMPLES = re.findall(r"match = \{.*\}", DOCS.read_text(encoding="utf-8"))
KEYS = {"text", "show", "person", "role", "tag", "since", "until", "min_duration", "max_duration", "not"}

RUSI = Show(id="rusi-gsb", source="rusi-gsb", title="RUSI Global Security Briefing", tags=("uk",))
GEOSTRATEGY = Show(id="geostrategy360", source="geostrategy360", title="Geostrategy360°")
PHILIP = Person(id="philip-shetler-jones", key="philip shetler jones", name="Philip Shetler-Jones")
PLAIN: dict[str, Any] = {"title": "On ports", "summary": "", "notes": "", "credits": ()}


def made(show: Show, year: int, minutes: int, **facts: Any) -> tuple[Episode, Show]:
    """Invent an episode that none of the examples means but for what `facts` say."""
    out: dict[str, Any] = {
        "published": datetime(year, 6, 1, tzinfo=UTC),
        "duration": Duration(60 * minutes, DurationOrigin.DECLARED),
    }
    return replace(episode(1, show), **{**PLAIN, **out, **facts}), show


SHELF = {
    "japan": made(RUSI, 2022, 48, title="JAPAN rethinks", credits=(credit(PHILIP, Role.GUEST),)),
    "hosted": made(RUSI, 2022, 120, credits=(credit(PHILIP, Role.HOST),)),
    "old": made(RUSI, 2019, 48, title="Japan, then"),
    "other": made(GEOSTRATEGY, 2022, 3, notes="All of Japan."),
}
EXPECTED = {
    'match = { text = "Japan" }': {"japan", "old", "other"},
    'match = { show = "geostrategy360" }': {"other"},
    'match = { person = "philip-shetler-jones" }': {"japan", "hosted"},
    'match = { person = "Philip Shetler-Jones", role = "guest" }': {"japan"},
    'match = { tag = "uk" }': {"japan", "hosted", "old"},
    'match = { since = "2022-01-01", until = "2022-12-31" }': {"japan", "hosted", "other"},
    'match = { min_duration = "20m", max_duration = "1h30m" }': {"japan", "old"},
    'match = { not = { show = "geostrategy360" } }': {"japan", "hosted", "old"},
    'match = { text = "Japan", role = "guest", since = "2022-01-01", min_duration = "5m", '
    'not = { show = "geostrategy360" } }': {"japan"},
}


def view(written: str, folder: Path) -> View:
    config = folder / "config.toml"
    text = f'[site]\ntitle = "T"\nurl = "https://t.example"\n[[view]]\nid = "v"\n{written}\n'
    config.write_text(text, encoding="utf-8")
    return read_config(config).views[0]


def test_every_example_is_held_to_what_it_takes_and_every_key_has_one():
    assert set(EXAMPLES) == set(EXPECTED)
    assert set(re.findall(r"(\w+) =", " ".join(EXAMPLES))) - {"match"} == KEYS


@pytest.mark.parametrize("written", EXPECTED)
def test_an_example_takes_what_it_says(written: str, tmp_path: Path):
    query = view(written, tmp_path)

    taken = {name for name, (one, show) in SHELF.items() if matches(query, one, show)}

    assert taken == EXPECTED[written]
