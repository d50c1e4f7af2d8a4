"""Chapters that an item tells, and where they stood."""

from mediafeed.model.parsed import Element
from mediafeed.normalize.merging import merged
from tests.normalize.making import audio, told

NOTES = "<p>In this episode</p><ul><li>0:00 Welcome</li><li>12:30 What changed in 2013</li><li>31:05 Tokyo</li></ul>"
PSC = Element(
    "psc:chapters",
    children=(
        Element("psc:chapter", attributes=(("start", "00:00:00"), ("title", "Opening"))),
        Element(
            "psc:chapter", attributes=(("start", "00:05:00"), ("title", "Kyoto"), ("href", "https://kyoto.example/"))
        ),
    ),
)


def test_times_in_the_notes_are_chapters():
    episode = told(audio(), description=NOTES, itunes_duration="48:00")

    assert [(mark.start, mark.title) for mark in episode.marks] == [
        (0, "Welcome"), (750, "What changed in 2013"), (1865, "Tokyo"),
    ]  # fmt: skip
    assert episode.marks_from == "notes"


def test_times_beyond_the_declared_end_are_no_chapters():
    assert told(audio(), description=NOTES, itunes_duration="20:00").marks == ()


def test_a_declared_48_that_meant_minutes_ends_no_list():
    assert len(told(audio(), description=NOTES, itunes_duration="48").marks) == 3


def test_chapters_of_the_feed_come_before_times_in_the_notes():
    episode = told(audio(), PSC, description=NOTES)

    assert [(mark.title, mark.href) for mark in episode.marks] == [
        ("Opening", None),
        ("Kyoto", "https://kyoto.example/"),
    ]
    assert episode.marks_from == "psc:chapters"


def test_of_two_sources_the_one_with_chapters_of_its_own_is_heard():
    plain = told(audio(), title="A", guid="1", description=NOTES)
    with_chapters = told(audio(), PSC, title="A", guid="1")

    assert merged([plain, with_chapters]).marks_from == "psc:chapters"


def test_most_notes_have_no_chapters():
    assert told(audio(), description="Out at 12:30, and again at 18:00.").marks == ()
