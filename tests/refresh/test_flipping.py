"""An item that flips between two states at every visit is published at most once an interval, and reported."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from mediafeed.model.source import Outcome, Source
from mediafeed.refresh.flipping import MANY, is_held_back
from tests.refresh.origin import START, Clock, House, Origin, assembled_at, config, feed, item

HOUR = timedelta(hours=1)
A = item(1, description="Words of the one server.")
B = item(1, description="Words of the other server.")


def hear(house: House, origin: Origin, *items: str) -> Outcome:
    origin.serve("/feed", feed(*items))
    return house.visit_and_publish().outcome


@pytest.fixture
def source(origin: Origin) -> Source:
    return Source(id="straits", url=origin.serve("/feed", feed(A)), every=HOUR)


def test_words_that_were_taken_back_wait_for_the_interval(tmp_path: Path, origin: Origin, clock: Clock, source: Source):
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        hear(house, origin, A)
        clock.move(minutes=1)
        hear(house, origin, B)
        clock.move(minutes=1)

        soon = hear(house, origin, A)
        published_soon = house.published()
        clock.move(minutes=59)
        later = hear(house, origin, A)

        assert soon is Outcome.UNCHANGED
        assert "the other server" in published_soon
        assert later is Outcome.MODIFIED
        assert "the one server" in house.published()


def test_what_waits_is_read_again_though_the_document_stays_the_same(
    tmp_path: Path, origin: Origin, clock: Clock, source: Source
):
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        hear(house, origin, A)
        hear(house, origin, B)
        hear(house, origin, A)
        clock.move(hours=2)

        house.visit_and_publish()

        assert "the one server" in house.published()


def test_new_words_never_wait(tmp_path: Path, origin: Origin, clock: Clock, source: Source):
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        hear(house, origin, A)
        hear(house, origin, B)

        outcome = hear(house, origin, item(1, description="Words that nobody has heard before."))

        assert outcome is Outcome.MODIFIED


def test_flipping_at_every_visit_is_published_once_an_interval_and_reported(
    tmp_path: Path, origin: Origin, clock: Clock, source: Source
):
    published = set()
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        for minute in range(120):
            outcome = hear(house, origin, B if minute % 2 else A)
            if outcome is Outcome.MODIFIED:
                published.add(minute)
            clock.move(minutes=1)
        flags = house.store.visits("straits", 1)[0].flags

    assert len(published) <= 3
    assert all(later - sooner >= 60 for sooner, later in zip(sorted(published), sorted(published)[1:], strict=False))
    assert any("flips between words it had before" in flag for flag in flags)


def test_an_item_that_waits_is_still_listed(tmp_path: Path, origin: Origin, clock: Clock, source: Source):
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        hear(house, origin, A)
        hear(house, origin, B)
        hear(house, origin, A)

        assert len(house.store.listed("straits")) == 1


def test_other_items_are_taken_while_one_waits(tmp_path: Path, origin: Origin, clock: Clock, source: Source):
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        hear(house, origin, A)
        hear(house, origin, B)
        hear(house, origin, A, item(2))

        assert "guid-2" in house.published()


def _flipping(house: House, origin: Origin, clock: Clock, *documents: tuple[str, ...]) -> list[Outcome]:
    outcomes = []
    for document in documents:
        outcomes.append(hear(house, origin, *document))
        clock.move(minutes=1)
    return outcomes


def test_two_items_of_one_guid_that_flip_wait_as_well(tmp_path: Path, origin: Origin, clock: Clock, source: Source):
    one = tuple(item(n, guid="g", title=f"Story {n}", description="One server.") for n in (1, 2))
    other = tuple(item(n, guid="g", title=f"Story {n}", description="Other server.") for n in (1, 2))
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        outcomes = _flipping(house, origin, clock, one, other, one, other, one)

    assert outcomes[1:] == [Outcome.MODIFIED, *[Outcome.UNCHANGED] * 3]


def test_an_item_that_flips_title_and_guid_together_waits_as_well(
    tmp_path: Path, origin: Origin, clock: Clock, source: Source
):
    one, other = (item(1, guid="a", title="Story of one"),), (item(1, guid="b", title="Story of another"),)
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        outcomes = _flipping(house, origin, clock, one, other, one, other, one)

    assert outcomes[1:] == [Outcome.MODIFIED, *[Outcome.UNCHANGED] * 3]


def test_a_block_never_waits(tmp_path: Path, origin: Origin, clock: Clock, source: Source):
    blocked = item(1, description="Words of the one server.", **{"itunes:block": "yes"})
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        _flipping(house, origin, clock, (A,), (blocked,), (A,))
        clock.move(hours=2)
        _flipping(house, origin, clock, (A,))
        before = house.published()

        _flipping(house, origin, clock, (blocked,))

        assert "guid-1" in before
        assert "guid-1" not in house.published()


@pytest.mark.parametrize(("hours", "waits"), [(2, True), (23, True), (25, False)])
def test_after_many_turns_once_a_day_is_soon_enough(hours: int, waits: bool):
    history = [("ab"[turn % 2], START + turn * HOUR) for turn in range(MANY + 2)]
    now = history[-1][1] + hours * HOUR

    assert is_held_back(history, "ab"[(MANY + 2) % 2], every=HOUR, now=now) is waits


def test_a_block_that_is_taken_back_waits_the_second_time_only(
    tmp_path: Path, origin: Origin, clock: Clock, source: Source
):
    blocked = item(1, description="Words of the one server.", **{"itunes:block": "yes"})
    seen = []
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        for document in (A, blocked, A, blocked, A):
            hear(house, origin, document)
            seen.append("guid-1" in house.published())
            clock.move(minutes=1)
        clock.move(hours=1)
        hear(house, origin, A)

        assert seen == [True, False, True, False, False]
        assert "guid-1" in house.published()


def said(house: House, origin: Origin, head: str, *items: str) -> Outcome:
    origin.serve("/feed", feed(*(items or (A,)), head=head))
    return house.visit_and_publish().outcome


ONE, OTHER = "<copyright>Of the one</copyright>", "<copyright>Of the other</copyright>"


def test_a_channel_that_flips_is_published_once_an_interval_and_reported(
    tmp_path: Path, origin: Origin, clock: Clock, source: Source
):
    feeds = []
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        for minute in range(100):
            said(house, origin, OTHER if minute % 2 else ONE)
            feeds.append(house.published() + house.published("shows/straits-briefing/feed.xml"))
            clock.move(minutes=1)
        flags = house.store.visits("straits", 1)[0].flags

    changes = [minute for minute in range(1, 100) if feeds[minute] != feeds[minute - 1]]
    assert changes[0] == 1
    assert len(changes) <= 3
    assert all(later - sooner >= 60 for sooner, later in pairwise(changes))
    assert any("“Straits Briefing” flips between words it had before" in flag for flag in flags)


def test_a_channels_words_that_waited_are_taken_though_the_document_stays_the_same(
    tmp_path: Path, origin: Origin, clock: Clock, source: Source
):
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        for head in (ONE, OTHER, ONE):
            said(house, origin, head)
        soon = house.published()
        clock.move(hours=2)

        house.visit_and_publish()

        assert "Of the other" in soon
        assert "Of the one" in house.published()


def test_new_words_of_a_channel_and_new_items_beside_words_that_wait_are_taken_at_once(
    tmp_path: Path, origin: Origin, clock: Clock, source: Source
):
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        for head in (ONE, OTHER, ONE):
            said(house, origin, head)
        said(house, origin, ONE, A, item(2))
        with_item = house.published()

        said(house, origin, "<copyright>Of nobody yet</copyright>", A, item(2))

        assert "guid-2" in with_item
        assert "Of nobody yet" in house.published()


def test_a_channels_block_never_waits_and_taken_back_it_waits_the_second_time_only(
    tmp_path: Path, origin: Origin, clock: Clock, source: Source
):
    seen = []
    with assembled_at(clock, config(tmp_path, origin, source)) as house:
        for head in (ONE, ONE + "<itunes:block>Yes</itunes:block>") * 2 + (ONE,):
            said(house, origin, head)
            seen.append("guid-1" in house.published())
            clock.move(minutes=1)
        clock.move(hours=1)
        said(house, origin, ONE)

        assert seen == [True, False, True, False, False]
        assert "guid-1" in house.published()
