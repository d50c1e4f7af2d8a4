from dataclasses import replace

import pytest

from mediafeed.errors import UsageError
from tests.store.samples import episode, heard, record, take, take_in


@pytest.mark.parametrize(
    "words",
    [
        "e0002",
        " e0002 ",
        "guid-2",
        "briefing/episode-2",
        "briefing/episode-2/",
        "episodes/briefing/episode-2/index.html",
        "https://podcasts.example.org/episodes/briefing/episode-2/",
        "https://rusi.example/podcasts/2",
        "http://www.rusi.example/podcasts/2/",
    ],
)
def test_an_episode_is_found_by_everything_it_is_known_by(store, words):
    take(store, take_in(1, 2, 3))

    assert store.find_episode(words) == "e0002"


def test_an_episode_is_found_by_the_guid_of_a_source_whose_guid_was_not_published(store):
    take(store, take_in(1))
    other = replace(heard(1, "geo"), key="their own guid")
    take(store, replace(take_in(1, source="geo"), items=(other,), shows=()))

    assert store.find_episode("their own guid") == "e0001"


def test_a_guid_that_two_episodes_carry_is_ambiguous_and_both_are_named(store):
    two = [
        replace(record(number), episode=replace(episode(number), guid="same", published_guid=f"made-{number}"))
        for number in (1, 2)
    ]
    take(store, replace(take_in(1, 2), episodes=tuple(two)))

    with pytest.raises(UsageError, match="'same' may mean briefing/episode-1, briefing/episode-2"):
        store.find_episode("same")


def test_an_episode_nobody_knows_is_answered_with_the_nearest(store):
    take(store, take_in(1, 2, 3))

    with pytest.raises(UsageError, match=r"no episode 'briefng/episode-2' \(did you mean briefing/episode-2 or"):
        store.find_episode("briefng/episode-2")


@pytest.mark.parametrize("words", ["", "%", "\ud800", "x" * 100_000])
def test_odd_words_find_nothing(store, words):
    take(store, take_in(1))

    with pytest.raises(UsageError, match="no episode"):
        store.find_episode(words)
