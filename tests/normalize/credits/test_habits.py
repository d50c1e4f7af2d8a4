"""Habits add up in any order, and a show's profile depends on their sum alone. All names are invented."""

import random
from dataclasses import replace
from functools import reduce
from operator import add

import msgspec

from mediafeed.normalize.credits.extract import (
    Facts,
    Habits,
    Profile,
    ShowFacts,
    credits_for,
    habits_of,
    profile_of,
    read,
)
from mediafeed.normalize.credits.profile import NOTHING_LEARNED

SHOW = ShowFacts(title="Rope Hour", language="en")
EPISODES = [
    Facts(title=f"Rope {number}", description=f"Ada Quill speaks to {guest} about {topic}.")
    for number, (guest, topic) in enumerate(
        [
            ("Tom Varga", "tides"),
            ("Iris Bello", "fog"),
            ("Nils Orre", "kelp"),
            ("Gus Hale", "ice"),
            ("Mia Stroud", "tar"),
        ]
    )
]


def total_of(episodes: list[Facts]) -> Habits:
    return reduce(add, (habits_of(read(facts, SHOW)) for facts in episodes), Habits())


def test_habits_are_the_same_in_whatever_order_episodes_come():
    shuffled = random.Random(7).sample(EPISODES, len(EPISODES))

    assert total_of(shuffled) == total_of(EPISODES)
    assert profile_of(total_of(shuffled), SHOW) == profile_of(total_of(EPISODES), SHOW)


def test_what_an_episode_contributed_can_be_taken_away_again():
    assert total_of(EPISODES) - habits_of(read(EPISODES[2], SHOW)) == total_of([*EPISODES[:2], *EPISODES[3:]])
    assert total_of(EPISODES) - total_of(EPISODES) == Habits()


def test_habits_and_profile_survive_being_written_down():
    habits = total_of(EPISODES)
    profile = profile_of(habits, SHOW)

    assert msgspec.json.decode(msgspec.json.encode(habits), type=Habits) == habits
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(profile), type=Profile) == profile


def test_a_host_who_recurs_is_known_where_a_word_would_not_say_so():
    odd = Facts(title="", description="This week Ada Quill breaks bread with the sailor Ole Brandt.")
    profile = profile_of(total_of(EPISODES), SHOW)

    found = {credit.name: str(credit.role) for credit in credits_for(odd, SHOW, profile)}

    assert profile.hosts == ("Ada Quill",)
    assert found["Ole Brandt"] == "guest"


def test_one_episode_teaches_nothing():
    assert profile_of(habits_of(read(EPISODES[0], SHOW)), SHOW) == NOTHING_LEARNED


def test_a_host_who_recurs_is_known_by_the_first_name_alone():
    profile = profile_of(total_of(EPISODES), SHOW)
    facts = Facts(title="", description="This week Ada speaks to Ole Brandt about rope.")

    found = {credit.name: str(credit.role) for credit in credits_for(facts, SHOW, profile)}

    assert found == {"Ada Quill": "host", "Ole Brandt": "guest"}


def test_who_stands_in_one_author_field_of_many_hosts_nothing():
    writers = [replace(facts, author=f"Nell Orby{'ae'[number % 2]}") for number, facts in enumerate(EPISODES)]
    written = Facts(title="Of fog", description="The tide came in and nobody saw it.", author="Gerda Moll")

    profile = profile_of(total_of([*EPISODES, *writers, written]), SHOW)

    assert [credit.name for credit in credits_for(written, SHOW, profile)] == []


def test_a_guest_who_came_back_once_in_many_episodes_is_known_no_better_than_a_stranger():
    many = [replace(facts, title=f"{facts.title} {again}") for again in range(5) for facts in EPISODES]
    back = Facts(title="Rope", description="Ada Quill speaks to Ole Brandt about rope.")

    profile = profile_of(total_of([*many, back, back]), SHOW)

    assert profile.name("ole brandt") is None
    assert profile.name("ada quill") is not None
