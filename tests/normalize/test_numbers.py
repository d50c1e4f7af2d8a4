"""Episode numbers: precision before recall."""

import pytest

from mediafeed.normalize.number_words import number_from_roman, number_from_words
from mediafeed.normalize.numbers import declared_number, episode_number, season_and_episode

_UNITS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Episode 33: The Strait", 33),
        ("Ep. 24 - The Strait", 24),
        ("Ep12: The Strait", 12),
        ("EP.182 – Jane Doe", 182),
        ("Episode #33", 33),
        ("Episode No. 33", 33),
        ("The Strait (Ep 12)", 12),
        ("#171 Jane Doe", 171),
        ("#13 - Jane Doe on the Strait", 13),
        ("S5E9: The Strait", 9),
        ("S01 E02 The Strait", 2),
        ("Season 3 Episode 4: The Strait", 4),
        ("The Strait – Podcast S05 E01", 1),
        ("E875 - On Season 8 Episode 5 of a Drama", 875),
        ("356: The Strait", 356),
        ("007 – The Strait", 7),
        ("12. The Strait", 12),
        ("[12] The Strait", 12),
        ("Episode Thirteen", 13),
        ("Episode Thirty-Two – The Strait", 32),
        ("Episode One Hundred and Five", 105),
        ("Episode XIII: The Strait", 13),
        ("Folge 12: Tokio", 12),
        ("Example Security Briefing Podcast Episode 33", 33),
        ("Mind the Strait Episode 2: Oman", 2),
        ("The Strait Show #12", 12),
        ("The Strait Show #12: Oman", 12),
    ],
)
def test_a_title_s_number_is_read(title, number):
    assert episode_number(title) == number


@pytest.mark.parametrize(
    "title",
    [
        "2020: A Year in Review",
        "1984: Orwell Today",
        "28. Juli 2006: Ein Interview",
        "Top 10 Reasons",
        "3 Ways to Win",
        "24 Hours in Tokyo",
        "10.43 The Strait",
        "Part 2",
        "#MeToo",
        "#1 Mistake",
        "1. Corinthians",
        "COVID-19",
        "9/11: Twenty Years On",
        "10:30 News",
        "50 - 50 Chance",
        "5G: The Rollout",
        "Article 5: What It Means",
        "Episode 1 of 3",
        "Episode 10.5: Extra",
        "Episode 12: Looking Back at Episode 4",
        "Bonus Episode 3",
        "A Look at Another Game #1",
        "Recep 12",
        "Thursday, June 22",
        "",
    ],
)
def test_other_numbers_in_titles_are_no_episode_number(title):
    assert episode_number(title) is None


def test_what_is_declared_wins_over_the_title():
    assert episode_number("10.43 The Strait", declared="45") == 45
    assert episode_number("Episode 4", declared="45") == 45


def test_a_number_behind_the_show_s_own_name_is_read():
    assert episode_number("Strait Talk 508: Oman", show="Strait Talk") == 508
    assert episode_number("Strait Talk Podcast 62: Oman", show="Strait Talk Podcast") == 62
    assert episode_number("Strait Talk 508: Oman", show="Other Show") is None
    assert episode_number("Strait Talk 04-10-2012", show="Strait Talk") is None


@pytest.mark.parametrize("text", ["0", "-1", "ten", "1e3", "9999999", "", "3.5", "9" * 5000, "²"])
def test_what_is_no_whole_number_above_zero_is_not_declared(text):
    assert declared_number(text) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("In the thirty-eighth episode of Straits360, Mia speaks to Dr Jane Doe about Kyoto.", 38),
        ("In the thirty eighth episode of Straits360, Mia speaks to Dr Jane Doe.", 38),
        ("In the 38th episode of the podcast, Mia speaks to Dr Jane Doe.", 38),
        ("In the fortieth episode, Mia speaks.", 40),
        ("Welcome to the hundredth episode!", 100),
        ("In the one hundred and twelfth episode of Straits360, Mia speaks.", 112),
        ("In the thirty-eighth episode of the Council's podcast, Straits360, Mia speaks.", 38),
        (
            "Straits360 is a weekly podcast, hosted by Mia.\n\nIn the thirty-eighth episode of Straits360, Mia speaks.",
            38,
        ),
    ],
)
def test_an_ordinal_in_the_first_words_is_the_number(words, number):
    assert episode_number("Kyoto", description=words) == number


@pytest.mark.parametrize(
    "words",
    [
        "In this first episode of a new series, Mia speaks.",
        "In the first episode of season 2, Mia speaks.",
        "This is the second episode in our series on Japan.",
        "In the second of two episodes, Mia speaks.",
        "It is the first episode since 2019.",
        "In the last episode, Mia spoke.",
        "The third episode of Space Wars was a success. Mia speaks.",
        "Mia speaks to Jane Doe, who wrote the fifth episode of The Drama.",
    ],
)
def test_other_counts_of_episodes_are_no_number(words):
    assert episode_number("Kyoto", description=words) is None


def test_an_episode_of_somebody_else_s_show_is_not_ours():
    words = "In the third episode of Space Wars, heroes meet."

    assert episode_number("Heroes", description=words, show="Straits360") is None


@pytest.mark.parametrize(("tens", "value"), [(word, value) for value, word in enumerate(_TENS, 2)])
def test_ordinals_are_read_up_to_ninety_ninth(tens, value):
    read = [number_from_words(f"{tens}-{unit}") for unit in _UNITS]

    assert read == [value * 10 + unit for unit in range(1, 10)]
    assert number_from_words(tens[:-1] + "ieth") == value * 10


@pytest.mark.parametrize("words", ["twenty eighty", "five six", "", "and", "hundred hundred", "Tokyo"])
def test_words_that_make_no_number_are_none(words):
    assert number_from_words(words) in (None, 100 if words == "hundred hundred" else None)


def test_roman_numbers_are_read_in_their_one_right_form():
    read = [
        number_from_roman(text) for text in ("I", "IV", "IX", "XIII", "XLII", "XCIX", "CCC", "IIII", "VX", "MIX", "")
    ]

    assert read == [1, 4, 9, 13, 42, 99, 300, None, None, None, None]


def test_a_season_comes_with_its_episode():
    assert season_and_episode("S02E14: Oman") == (2, 14)
    assert season_and_episode("Season 2, Episode 14 – Oman") == (2, 14)
    assert season_and_episode("Staffel 3, Folge 7") == (3, 7)
    assert season_and_episode("US elections") == (None, None)
