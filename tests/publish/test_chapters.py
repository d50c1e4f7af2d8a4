"""Chapters as podcast apps read them."""

import json

from mediafeed.model.audio import Chapter
from mediafeed.publish.chapters import render_chapters


def test_chapters_are_written_in_order_with_what_is_known():
    chapters = [
        Chapter(start=750.25, title="What changed in 2013", end=1_865.0, href="https://a.example/2013"),
        Chapter(start=0.0, title="Welcome", image="https://a.example/1.png"),
        Chapter(start=1_865.0, title="", listed=False),
    ]

    told = json.loads(render_chapters(chapters))

    assert told == {
        "version": "1.2.0",
        "chapters": [
            {"startTime": 0, "title": "Welcome", "img": "https://a.example/1.png"},
            {"startTime": 750.25, "title": "What changed in 2013", "endTime": 1865, "url": "https://a.example/2013"},
            {"startTime": 1865, "toc": False},
        ],
    }


def test_the_same_chapters_are_the_same_bytes():
    chapters = [Chapter(start=0.0, title="Welcome")]

    assert render_chapters(chapters) == render_chapters(list(chapters))


def test_no_character_of_a_title_breaks_the_document():
    told = json.loads(render_chapters([Chapter(start=0.0, title="One\x00\ud800\u202etwo")]))

    assert told["chapters"][0]["title"] == "One\ufffd\ufffdtwo"
