"""Lengths, declared and stated."""

import pytest

from mediafeed.model.episode import Duration, DurationOrigin
from mediafeed.normalize.durations import declared_duration, stated_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("48", 48),
        ("48:00", 2880),
        ("1:48:00", 6480),
        (" 02:25 ", 145),
        ("148:31", 8911),
        ("3194.0", 3194),
        ("426,456", 426),
        ("01:05:10.58", 3910),
        ("00:03:25:00", 205),
        ("1:26:3", 5163),
        ("02;00", 120),
        (":29:49", 1789),
        ("00:41: 26", 2486),
        ("01:11:45||Season 5, Ep. 6", 4305),
        ("Duration: 01:05:19", 3919),
        ("DURATION 1:20:04", 4804),
        ("<span class='hms'>1:00:57</span>", 3657),
        ("(25:32)", 1532),
        ("PT48M10S", 2890),
        ("PT1H", 3600),
        ("٤٨:٠٠", 2880),
    ],
)
def test_a_declared_length_is_read_in_every_form_seen(text, seconds):
    assert declared_duration(text) == Duration(seconds, DurationOrigin.DECLARED)


def test_seconds_beyond_sixty_leave_the_minutes_and_say_how_far_they_may_be_wrong():
    duration = declared_duration("00:50:95")

    assert duration
    assert abs(duration.seconds - 3000) <= duration.tolerance


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "00:00:00",
        "00:00:01",
        "-5",
        "NaN",
        "inf",
        "1e9",
        "1000000000",
        "99:99:99",
        "700000",
        "9" * 5000,
        "soon",
        "MM:SS",
        "::",
        "27.08",
        "images/334_main_.jpg",
        "https://files.example.org/12345/1234.mp3",
        "\x00",
        "²",
    ],
)
def test_what_can_be_no_length_is_none(text):
    assert declared_duration(text) is None


@pytest.mark.parametrize(
    ("text", "seconds", "tolerance"),
    [
        ("48 Minute Listen", 2880, 30),
        ("21 September 2022, 48 Minute Listen", 2880, 30),
        ("7 Minute Read, 48 Minute Listen", 2880, 30),
        ("48 min", 2880, 30),
        ("36 perc", 2160, 30),
        ("1 hr 5 min", 3900, 30),
        ("2 hours 42", 9720, 30),
        ("1h13", 4380, 30),
        ("35'", 2100, 30),
        ("40 minutes, 49 seconds", 2449, 0),
        ("1 hour, 22 seconds", 3622, 0),
        ("11 min 54 sek", 714, 0),
        ("Duration: 40 minutes", 2400, 30),
        ("In this talk, running time: 1 hour and 12 minutes, Ann explains.", 4320, 30),
        ("34.5 minutes", 2070, 30),
    ],
)
def test_words_for_people_are_read_with_what_they_leave_open(text, seconds, tolerance):
    assert stated_duration(text) == Duration(seconds, DurationOrigin.STATED, tolerance)
    assert declared_duration(text) == Duration(seconds, DurationOrigin.STATED, tolerance)


@pytest.mark.parametrize(
    "text",
    [
        "48 min read",
        "We are back in 20 minutes",
        "They spoke for 40 minutes about Japan",
        "Season 2",
        "48",
        "3 of 5",
        "a 5 minute audio guide",
        "Chapter 3, verse 16",
        "",
        " " * 30_000 + "9",
        "1 " * 10_000,
    ],
)
def test_running_text_about_other_things_states_no_length(text):
    assert stated_duration(text) is None
