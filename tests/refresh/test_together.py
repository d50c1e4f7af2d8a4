"""One recording, one episode: over all sources, whoever was quicker, and by the operator's hand."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from mediafeed.model.episode import Episode
from mediafeed.refresh.by_hand import Lines
from mediafeed.refresh.gathering import BringsTogether
from tests.normalize.making import NOW
from tests.refresh.memory import Memory
from tests.refresh.test_changes import HOUR, other_recording, release


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    made = Memory(tmp_path)
    yield made
    made.close()


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Memory]:
    made = Memory(tmp_path / "another")
    yield made
    made.close()


def audio_of(episode: Episode) -> str | None:
    """The address it is listed with."""
    return episode.enclosure.url if episode.enclosure else None


def known(memory: Memory) -> dict[str, tuple[Any, ...]]:
    """What of each episode the world sees."""
    return {
        episode.id: (
            episode.path,
            episode.published_guid,
            episode.title,
            audio_of(episode),
            [(hearing.source, hearing.key) for hearing in episode.hearings],
        )
        for episode in memory.episodes
    }


# Who is quicker decides nothing


@pytest.mark.parametrize(
    "told",
    [
        [release(1, "a", guid="1", key="1"), other_recording(1, "b", guid="1", key="1")],
        [release(1, "a", guid="1", key="1", day=9), other_recording(1, "b", guid="1", key="1", day=2)],
        [release(1, "a"), release(1, "b", guid="x", key="x", title="A network's own title")],
        [release(1, "a", title="Ports", number=None), release(1, "b", title="Ports", number=None, audio="https://x.example/9")],
        [release(1, "a", audio=None, day=2), release(1, "b", title="Episode 1: Maritime"), other_recording(1, "c")],
    ],
    ids=["one guid", "one guid, another date", "one recording", "one path", "a page and two feeds"],
)  # fmt: skip
def test_episodes_are_the_same_whichever_source_is_heard_first(memory, another, told):
    for telling in told:
        memory.take_in(telling)
    for telling in reversed(told):
        another.take_in(telling)
    for one in (memory, another):
        one.bring_together()

    assert known(memory) == known(another)


def test_of_one_guid_the_episode_that_came_out_first_keeps_it(memory):
    memory.take_in(other_recording(1, "b", guid="33", key="33", day=9))
    memory.take_in(release(1, "a", guid="33", key="33", day=2))
    memory.bring_together()

    guids = {episode.show: episode.published_guid for episode in memory.episodes}
    assert guids["straits"] == "33"
    assert UUID(guids["harbour"]).version == 5


def test_a_guid_that_was_published_is_kept_whoever_comes_with_an_earlier_date(memory):
    memory.hear(other_recording(1, "b", guid="33", key="33", day=9))

    memory.hear(release(1, "a", guid="33", key="33", day=2), now=NOW + HOUR)

    assert memory.episodes[0].published_guid == "33"
    assert UUID(memory.episodes[1].published_guid).version == 5


# Two published episodes turn out to be one


def test_two_published_episodes_that_get_one_audio_become_one_with_the_older_guid(memory):
    memory.hear(release(1, "a"))
    memory.hear(release(1, "b", guid="b-1", key="b-1", audio="https://b.example/1.mp3", show="harbour"), now=NOW + HOUR)
    first, second = memory.episodes

    settled = memory.hear(release(1, "b", guid="b-1", key="b-1", show="harbour"), now=NOW + 2 * HOUR)

    (episode,) = memory.episodes
    assert (episode.id, episode.published_guid, episode.path) == (first.id, first.published_guid, first.path)
    assert {hearing.source for hearing in episode.hearings} == {"a", "b"}
    assert memory.store.absorbed() == ((second.path, first.path),)
    assert memory.store.find_episode(second.published_guid) == first.id
    assert not settled.changes.new


def test_the_guid_of_an_absorbed_episode_is_given_to_no_other_one(memory):
    memory.hear(release(1, "a"))
    theirs = release(1, "b", guid="b-1", key="b-1", audio="https://b.example/1.mp3", show="harbour")
    memory.hear(theirs, now=NOW + HOUR)
    memory.hear(replace(theirs, enclosure=release(1).enclosure, hearings=release(1, "b", key="b-1").hearings))

    memory.hear(other_recording(7, "c", guid="b-1", key="b-1"))

    assert UUID(memory.episodes[-1].published_guid).version == 5


def test_an_address_copied_by_mistake_is_undone_when_it_is_put_right(memory):
    first, second = release(1), release(2)
    memory.hear(first, second)
    before = known(memory)
    wrong = release(2, audio=audio_of(first))

    memory.hear(first, wrong)
    during = known(memory)
    memory.hear(first, second)

    assert len(during) == 2
    assert [audio for _, _, _, audio, _ in during.values()] == [audio_of(first), None]
    assert {id_: names[:2] for id_, names in during.items()} == {id_: names[:2] for id_, names in before.items()}
    assert known(memory) == before


# One file stands in for several episodes


def coming(nth: int, **more: Any) -> Episode:
    return release(nth, audio="https://cdn.example.org/coming-soon.mp3", **more)


def test_a_stand_in_swallows_no_episode_and_each_is_listed_once_it_has_its_own_audio(memory):
    memory.hear(coming(1), coming(2), coming(3))
    before = known(memory)

    memory.hear(release(1), coming(2), coming(3))
    memory.hear(release(1), release(2), release(3))

    assert len(before) == 3
    assert [audio_of(episode) for episode in memory.episodes] == [audio_of(release(n)) for n in (1, 2, 3)]
    assert {i: names[:2] for i, names in known(memory).items()} == {i: names[:2] for i, names in before.items()}


def test_when_the_listed_one_gets_its_own_audio_the_next_is_listed_with_the_stand_in(memory):
    memory.hear(coming(1), coming(2), coming(3))

    memory.hear(release(1), coming(2), coming(3))

    listed = [audio_of(episode) for episode in memory.episodes]
    assert listed == [audio_of(release(1)), audio_of(coming(2)), None]
    assert memory.episodes[2].audio_of == memory.episodes[1].id


def test_a_new_item_with_a_stand_in_takes_no_older_ones_place_when_that_leaves_the_feed(memory):
    memory.hear(coming(1), coming(2), coming(3))

    memory.hear(coming(2), coming(3), coming(4))

    assert [episode.title[:9] for episode in memory.episodes] == [f"Episode {nth}" for nth in (1, 2, 3, 4)]


def test_a_second_source_tells_each_stand_in_by_its_title(memory):
    memory.hear(*(coming(nth) for nth in (1, 2, 3)))

    memory.hear(*(coming(nth, source="b", guid=f"b{nth}", key=f"b{nth}") for nth in (3, 2, 1)))

    assert [{h.guid for h in episode.hearings} for episode in memory.episodes] == [
        {f"guid-{nth}", f"b{nth}"} for nth in (1, 2, 3)
    ]


def test_a_recording_put_up_again_under_another_guid_is_one_episode(memory):
    memory.hear(
        release(1),
        release(1, guid="again", key="again", day=3, title="Episode 1: Maritime strategy, lesson A (Corrected)"),
    )

    (episode,) = memory.episodes
    assert len(episode.hearings) == 2


# Items without guid


def without_guid(nth: int, host: str, **more: Any) -> Episode:
    audio = f"https://{host}.example/{nth}.mp3"
    return release(nth, guid=None, key=audio, audio=audio, number=None, **more)


@pytest.mark.parametrize(
    ("title", "day"), [("How the Strait Shapes Trade", 1), ("How the Strait Shapes Trade", None), ("Kyoto", 1)]
)
def test_an_item_without_guid_whose_audio_moves_is_the_same_episode(memory, title, day):
    memory.hear(without_guid(1, "old", title=title, day=day))

    memory.hear(without_guid(1, "new", title=title, day=day))

    (episode,) = memory.episodes
    assert audio_of(episode) == "https://new.example/1.mp3"


def test_a_title_that_tells_nothing_undated_and_without_guid_is_a_new_episode_each_time(memory):
    memory.hear(without_guid(1, "old", title="News", day=None))

    memory.hear(without_guid(2, "old", title="News", day=None))

    assert len(memory.episodes) == 2


# By hand


def one_of_two(memory: Memory) -> Episode:
    memory.hear(release(1, "a"))
    memory.hear(
        release(1, "b", guid="b-1", key="b-1", title="A network's own title", page="https://b.example/p/1"),
        now=NOW + HOUR,
    )
    (episode,) = memory.episodes
    return episode


def test_two_lines_that_contradict_each_other_in_other_words_are_both_named(memory):
    one_of_two(memory)
    apart, page = ("guid-1", "b-1"), "https://b.example/p/1"
    for together, doubts in (((page, "guid-1"), 1), ((page, "nobody"), 1), (("b b-1", "b-1"), 0)):
        lines = Lines(apart=(apart,), together=(together,))

        said = BringsTogether(memory.store, {}, (), lines).doubts()

        assert len(said) == doubts
        assert not doubts or said[0].startswith(
            "[[together]] 1: no"
            if "nobody" in together
            else "[[apart]] 1 and [[together]] 1 contradict each other about"
        )


@pytest.mark.parametrize("word", ["b-1", "b b-1", "https://b.example/p/1/"])
def test_a_line_takes_an_episode_apart_and_what_was_published_keeps_its_names(memory, word):
    before = one_of_two(memory)
    memory.lines = Lines(apart=(("guid-1", word),))

    memory.bring_together()

    ours, theirs = memory.episodes
    assert (ours.id, ours.published_guid, ours.path) == (before.id, before.published_guid, before.path)
    assert [h.source for h in ours.hearings] == ["a"]
    assert [h.source for h in theirs.hearings] == ["b"]
    assert theirs.published_guid == "b-1"
    assert theirs.enclosure is None
    assert theirs.audio_of == ours.id


def test_a_line_holds_when_sources_are_heard_again_and_after_a_restart(memory, tmp_path):
    one_of_two(memory)
    memory.lines = Lines(apart=(("guid-1", "b-1"),))
    memory.bring_together()
    before = known(memory)
    memory.close()

    again = Memory(tmp_path)
    again.lines = Lines(apart=(("guid-1", "b-1"),))
    again.hear(
        release(
            1,
            "b",
            guid="b-1",
            key="b-1",
            title="A network's own title",
            page="https://b.example/p/1",
            summary="Edited.",
        )
    )
    after = known(again)
    again.close()

    assert after == before


def test_without_the_line_it_is_one_again_and_with_it_the_second_is_what_it_was(memory):
    before = one_of_two(memory)
    memory.lines = Lines(apart=(("guid-1", "b-1"),))
    memory.bring_together()
    apart = known(memory)

    memory.lines = Lines()
    memory.bring_together()
    joined = known(memory)
    memory.lines = Lines(apart=(("guid-1", "b-1"),))
    memory.bring_together()

    assert list(joined) == [before.id]
    assert known(memory) == apart


def test_a_line_written_before_anything_was_heard_keeps_them_apart_from_the_start(memory):
    memory.lines = Lines(apart=(("guid-1", "b-1"),))

    memory.hear(release(1, "a"))
    memory.hear(release(1, "b", guid="b-1", key="b-1"), now=NOW + HOUR)

    assert len(memory.episodes) == 2


def test_a_line_joins_what_no_evidence_would_and_its_end_takes_it_apart(memory):
    memory.hear(release(1, "a"))
    memory.hear(other_recording(8, "b"), now=NOW + HOUR)
    before = known(memory)
    first, second = memory.episodes
    memory.lines = Lines(together=((first.id, second.published_guid),))

    memory.bring_together()
    joined = memory.episodes
    memory.lines = Lines()
    memory.bring_together()

    assert [episode.id for episode in joined] == [first.id]
    assert {hearing.source for hearing in joined[0].hearings} == {"a", "b"}
    assert known(memory) == before


def test_a_line_that_joins_is_heeded_when_the_second_is_heard_later(memory):
    memory.lines = Lines(together=(("guid-1", "guid-8"),))
    memory.hear(release(1, "a"))

    memory.hear(other_recording(8, "b"), now=NOW + HOUR)

    assert len(memory.episodes) == 1


def test_bringing_together_again_changes_nothing(memory):
    one_of_two(memory)
    before = memory.episodes

    assert not memory.bring_together()
    assert memory.episodes == before
