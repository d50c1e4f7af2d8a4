"""Views."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mediafeed.model.settings import Match, View
from mediafeed.publish.views import matches
from tests.publish.shelf import TIDES, episode

SHOW = replace(TIDES, tags=("uk", "Sea"))


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        (Match(text="JAPAN"), True),
        (Match(text="Jupiter"), False),
        (Match(show="tides & treaties"), True),
        (Match(show="quays"), False),
        (Match(person="olumide-vance"), True),
        (Match(person="Olumide Vance", role="guest"), True),
        (Match(person="Olumide Vance", role="host"), False),
        (Match(role="guest host"), False),
        (Match(tag="sea"), True),
        (Match(tag="land"), False),
        (Match(since="2022-10-24"), True),
        (Match(since="2022-10-25"), False),
        (Match(until="2022-10-24"), True),
        (Match(until="2022-10-23"), False),
        (Match(min_duration=timedelta(minutes=48)), True),
        (Match(max_duration=timedelta(minutes=48)), False),
        (Match(text="japan", none_of=Match(person="ines-carrow")), False),
        (Match(text="japan", none_of=Match(person="takumi-hale")), True),
        (Match(), True),
    ],
)
def test_a_view_takes_what_every_key_allows(match: Match, expected: bool):
    assert matches(View(id="v", title="V", match=match), episode(33), SHOW) is expected


def test_an_episode_of_unknown_length_matches_no_length():
    view = View(id="v", title="V", match=Match(max_duration=timedelta(hours=9)))

    assert not matches(view, episode(33, duration=None), SHOW)
