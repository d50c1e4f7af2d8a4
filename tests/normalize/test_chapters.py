"""Chapters in a source's words: what is a list of them, and what only looks like one."""

import pytest

from mediafeed.model.parsed import Element
from mediafeed.normalize.chapters import chapters_in_notes, declared_chapters, play_time


def found(notes: str, seconds: float | None = None) -> list[tuple[float, str]]:
    return [(chapter.start, chapter.title) for chapter in chapters_in_notes(notes, seconds=seconds)]


LIST = [(0, "Welcome"), (750, "What changed in 2013"), (3_725, "Kyoto")]


@pytest.mark.parametrize(
    "notes",
    [
        "0:00 Welcome\n12:30 What changed in 2013\n1:02:05 Kyoto",
        "<p>00:00 Welcome<br/>12:30 What changed in 2013<br/>01:02:05 Kyoto</p>",
        "<ul><li>(00:00:00) - Welcome</li><li>(00:12:30) – What changed in 2013</li><li>(01:02:05) — Kyoto</li></ul>",
        "[0:00] Welcome\n[12:30]: What changed in 2013\n[62:05] | Kyoto",
        "• 00:00 Welcome\n• 12:30 What changed in 2013\n• 1:02:05 Kyoto",
        "00:00 - 12:30 Welcome\n12:30 - 1:02:05 What changed in 2013\n1:02:05 - 1:10:00 Kyoto",
        "00:00:00\nWelcome\n00:12:30\nWhat changed in 2013\n01:02:05\nKyoto",
        "We talk about Japan.\nChapters:\n0:00 Welcome\n12:30.5 What changed in 2013\n1:02:05 Kyoto\nSubscribe!",
        "_0:00_ Welcome\n_12:30__ - What changed in 2013\n_1:02:05_ Kyoto",
        "Welcome (0:00)\nWhat changed in 2013 (12:30)\nKyoto (1:02:05)",
        "• Welcome – 00:00\n• What changed in 2013 - 12:30\n• Kyoto — 1:02:05",
        "<li>Welcome [00:00:00]</li><li>What changed in 2013 [00:12:30]</li><li>Kyoto [01:02:05]</li>",
    ],
    ids=["plain", "html", "list", "brackets", "bullets", "from and to", "title below", "among words", "markdown",
         "behind in brackets", "behind dashes", "behind with hours"],
)  # fmt: skip
def test_a_list_of_times_is_read(notes):
    assert found(notes) == LIST


@pytest.mark.parametrize(
    "notes",
    [
        "",
        "12:30 What changed in 2013",
        "Read John 14:21.\nThen Luke 6:46.\nAnd Mark 1:10.",
        "9:00 Breakfast\n10:30 Keynote\n12:00 Lunch",
        "0:30 One\n12:30 Two",
        "12:30 Two\n0:30 One",
        "0:00\n12:30\n31:05",
        "0:75 One\n1:80 Two\n2:90 Three",
        "0:00:99 One\n1:75:00 Two\n2:00:00 Three",
        "3:16 For he so loved\n3:17 For he sent\n3:18 Whoever believes",
        "5:00 Doors\n5:30 Talk\n6:00 Questions\n6:45 End",
        "0:30 pm Doors\n1:10 pm Talk\n2:00 p.m. End",
        "1:05 Uhr Start\n2:10 Uhr Mitte\n3:20 Uhr Ende",
        "Let Down (3:02)\nKyoto (3:40)\nTokyo (4:15)",
        "James 1:12\nRomans 10:17\nHebrews 13:8",
        "Galatians 2:20\nActs 12:12\nPsalms 119:11",
        "Welcome (0:00)\nKyoto (12:30)\nTokyo (9:10)\nEnd (31:05)",
        "3:02 Let Down\n3:40 Kyoto\n4:15 Tokyo",
        "3:16 John\n8:28 Romans\n13:13 1 Corinthians",
        "1:12 James\n2:20-21 Gal.\n3:23 Rom\n10:17 Romans (NIV)",
        "John (3:16)\nRomans (8:28)\nHebrews (13:08)",
        "We met at 0:10.\nThen it was 12:30, and at 31:05 we left.\nSo he came back at 45:00.",
    ],
    ids=["nothing", "one time", "verses", "a programme", "two, not from the beginning", "backwards", "no titles",
         "no such seconds", "no such minutes", "verses in front", "an evening", "afternoon", "o'clock", "songs",
         "verses behind", "more verses", "behind and not in order", "songs that rise", "verses that rise",
         "more verses that rise", "verses that rise, behind", "prose"],
)  # fmt: skip
def test_what_is_no_list_of_chapters_is_none(notes):
    assert found(notes) == []


def test_where_hours_are_written_a_list_may_begin_late():
    assert found("00:05:02 One\n00:14:07 Two\n00:17:20 Three")[0] == (302, "One")
    assert found("5:02 One\n14:07 Two\n17:20 Three") == []


def test_minutes_alone_are_chapters_where_they_are_far_apart():
    assert len(found("2:00 We catch up\n7:00 Design\n23:00 A project")) == 3


def test_two_times_are_a_list_if_the_first_is_the_beginning():
    assert found("0:00 One\n12:30 Two") == [(0, "One"), (750, "Two")]


def test_a_list_may_begin_behind_the_introduction():
    notes = "3:07 One\n4:01 Two\n7:41 Three"

    assert found(notes, 1_200)[0] == (187, "One")
    assert found(notes.replace("7:41", "17:41"))[0] == (187, "One")


@pytest.mark.parametrize("seconds", [None, 2_880])
def test_a_few_minutes_that_rise_may_be_lengths_where_nothing_shows_them_to_be_places(seconds):
    assert found("3:07 One\n4:01 Two\n7:41 Three", seconds) == []
    assert len(found("0:00 One\n4:01 Two\n7:41 Three", seconds)) == 3
    assert len(found("00:03:07 One\n00:04:01 Two\n00:07:41 Three", seconds)) == 3


def test_names_that_books_have_too_may_be_titles_among_others():
    assert len(found("2:05 John\n8:10 What changed in 2013\n15:40 Kyoto", 2_880)) == 3


def test_times_behind_the_end_are_of_something_else():
    notes = "0:00 Welcome\n12:30 What changed in 2013\n1:02:05 Kyoto"

    assert found(notes, 3_800) == LIST
    assert found(notes, 3_600) == []


def test_the_longest_of_two_lists_counts():
    assert len(found("0:00 One\n5:00 Two\n0:00 Uno\n5:00 Due\n9:00 Tre")) == 3


def test_more_than_a_thousand_times_are_not_read():
    assert len(found("\n".join(f"{n // 60}:{n % 60:02} x" for n in range(0, 60_000, 12)))) == 1_000


def test_simple_chapters_are_read_in_order():
    chapters = Element(
        "psc:chapters",
        children=(
            Element("psc:chapter", attributes=(("start", "10:00"), ("title", " Two\n2 "), ("href", "javascript:x()"))),
            Element("psc:chapter", attributes=(("start", "0"), ("title", "One"), ("href", "https://a.example/"),
                                               ("image", "https://a.example/1.png"))),
            Element("psc:chapter", attributes=(("start", "later"), ("title", "Three"))),
        ),
    )  # fmt: skip

    one, two = declared_chapters(chapters)

    assert (one.start, one.title, one.href, one.image) == (
        0, "One", "https://a.example/", "https://a.example/1.png")  # fmt: skip
    assert (two.start, two.title, two.href, two.image) == (600, "Two 2", None, None)


@pytest.mark.parametrize("text", ["", "soon", "1:2:3:4", "-5", "1e9", "99999999"])
def test_what_is_no_time_is_none(text):
    assert play_time(text) is None
