from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mediafeed.errors import UsageError
from mediafeed.model.source import Outcome, Source, SourceState, Visit
from mediafeed.refresh.choosing import due, named
from mediafeed.refresh.pacing import in_words

NOON = datetime(2022, 9, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
RUSI = Source(id="rusi-gsb", url="https://rusi.example/feed")
BLOG = Source(id="blog", url="https://rusi.example/blog")
GEO = Source(id="geostrategy360", url="https://geo.example/feed")


def visited(source: Source, ago: timedelta, **also: Any) -> SourceState:
    visit = Visit(source=source.id, at=NOON - ago, outcome=Outcome.UNCHANGED, next_visit=NOON, why="")
    return SourceState(id=source.id, last_visit=visit, **also)


def states(*held: SourceState) -> dict[str, SourceState]:
    return {state.id: state for state in held}


def test_a_named_source_is_not_visited_twice_within_the_minimum():
    chosen = named(["rusi-gsb"], [RUSI], states(visited(RUSI, HOUR / 2)), {}, minimum=HOUR, force=False, now=NOON)

    assert not chosen.sources
    assert chosen.skipped[0][0] == "rusi-gsb"
    assert "12:30:00" in chosen.skipped[0][1]


def test_force_visits_within_the_minimum_but_not_within_a_minute():
    held = states(visited(RUSI, timedelta(minutes=5)), visited(GEO, timedelta(seconds=5)))

    chosen = named(["rusi-gsb", "geostrategy360"], [RUSI, GEO], held, {}, minimum=HOUR, force=True, now=NOON)

    assert chosen.sources == (RUSI,)
    assert chosen.skipped[0][0] == "geostrategy360"


def test_spans_of_nearly_two_hours_are_told_as_two_hours():
    assert in_words(timedelta(hours=2, microseconds=-5)) == "2 h"


def test_a_name_nobody_knows_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match=r"rusi-gbs: no such source.*did you mean 'rusi-gsb'"):
        named(["rusi-gbs"], [RUSI], {}, {}, minimum=HOUR, force=False, now=NOON)


def test_a_host_that_asked_to_be_left_alone_is_left_alone_by_all_its_sources():
    waiting = {"rusi.example": NOON + HOUR}

    chosen = due([RUSI, BLOG, GEO], {}, waiting)
    by_name = named(["blog"], [RUSI, BLOG, GEO], {}, waiting, minimum=HOUR, force=False, now=NOON)
    forced = named(["blog"], [RUSI, BLOG, GEO], {}, waiting, minimum=HOUR, force=True, now=NOON)

    assert chosen.sources == (GEO,)
    assert {name for name, _ in chosen.skipped} == {"rusi-gsb", "blog"}
    assert "13:00 UTC" in by_name.skipped[0][1]
    assert forced.sources == (BLOG,)


def test_the_host_of_a_source_is_where_its_feed_was_found():
    chosen = due([RUSI, GEO], {"rusi-gsb": "https://host.example/feed"}, {"host.example": NOON + HOUR})

    assert chosen.sources == (GEO,)


def test_a_last_visit_that_is_yet_to_come_keeps_nobody_waiting():
    set_back = states(visited(RUSI, -HOUR * 24))

    assert named(["rusi-gsb"], [RUSI], set_back, {}, minimum=HOUR, force=False, now=NOON).sources == (RUSI,)


def test_a_stopped_source_is_visited_only_by_force():
    gone = replace(visited(RUSI, HOUR * 48), stopped=True)

    assert not named(["rusi-gsb"], [RUSI], states(gone), {}, minimum=HOUR, force=False, now=NOON).sources
    assert named(["rusi-gsb"], [RUSI], states(gone), {}, minimum=HOUR, force=True, now=NOON).sources == (RUSI,)
