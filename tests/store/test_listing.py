from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mediafeed.errors import UsageError
from tests.store.samples import NEIL, PHILIP, episode, record, take, take_in


@pytest.fixture
def full(store):
    """A store that holds episodes 1 to 6; Philip is the guest of 3 and 6."""
    take(store, take_in(1, 2, 3, 4, 5, 6))
    return store


def numbers(ids: tuple[str, ...]) -> list[int]:
    return [int(id_[1:]) for id_ in ids]


def test_without_conditions_every_episode_is_listed_newest_first(full):
    assert numbers(full.list_episodes()) == [6, 5, 4, 3, 2, 1]
    assert numbers(full.list_episodes(limit=2)) == [6, 5]


@pytest.mark.parametrize("words", ["philip-shetler-jones", "Philip Shetler-Jones", "philip shetler-jones "])
def test_a_person_is_meant_by_id_or_name(full, words):
    assert numbers(full.list_episodes(person=words)) == [6, 3]


def test_a_person_is_meant_by_alias(full):
    assert len(full.list_episodes(person="dr neil melvin")) == 6


def test_a_person_and_a_role_must_meet_in_one_credit(full):
    assert numbers(full.list_episodes(person="neil-melvin", role="guest")) == []
    assert numbers(full.list_episodes(role="guest")) == [6, 3]
    assert len(full.list_episodes(person="neil-melvin", role="host")) == 6


def test_a_show_is_meant_by_id_or_title(full):
    assert len(full.list_episodes(show="briefing")) == 6
    assert len(full.list_episodes(show="global security briefing")) == 6


def test_days_are_the_publishers_own_and_both_ends_are_listed(full):
    assert numbers(full.list_episodes(since=date(2022, 1, 3), until=date(2022, 1, 5))) == [4, 3, 2]
    assert numbers(full.list_episodes(since=datetime(2022, 1, 6, 12, tzinfo=UTC))) == [6, 5]


@pytest.mark.parametrize("words", ["indo-pacific", "INDO-PACIFIC", "starych-samuoliene", "samuolienė & others"])
def test_text_is_found_whatever_its_case_accents_and_markup(full, words):
    assert len(full.list_episodes(text=words)) == 6


def test_text_holding_wildcards_means_them_literally(full):
    assert full.list_episodes(text="Episode%Japan") == ()
    assert full.list_episodes(text="part _") == ()
    assert numbers(full.list_episodes(text="part 2.")) == [2]


def test_conditions_add_up(full):
    assert numbers(full.list_episodes(person="philip-shetler-jones", until=date(2022, 1, 5), text="japan")) == [3]


def test_a_show_or_person_nobody_knows_is_answered_with_the_nearest(full):
    with pytest.raises(UsageError, match=r"no person 'Neil Melwin' \(did you mean Neil Melvin"):
        full.list_episodes(person="Neil Melwin")
    with pytest.raises(UsageError, match=r"no show 'briefings' \(did you mean briefing"):
        full.list_episodes(show="briefings")


def test_people_are_listed_with_their_appearances_by_role_who_appears_most_first(full):
    assert full.list_people() == ((NEIL, {"host": 6}), (PHILIP, {"guest": 2}))


def test_two_credits_on_one_episode_are_one_appearance(store):
    host = episode(1).credits[0]
    twice = replace(record(1), episode=replace(episode(1), credits=(host, host)))

    take(store, replace(take_in(1), episodes=(twice,)))

    assert store.list_people()[0] == (NEIL, {"host": 1})
