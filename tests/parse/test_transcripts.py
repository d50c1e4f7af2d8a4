"""Transcripts in every form that podcasts use, and what only looks like one."""

import json
import random
import time

import pytest

from mediafeed.model.files import Cue, Transcript, Unread
from mediafeed.model.source import FailureKind
from mediafeed.parse.transcripts import (
    HTML,
    JSON,
    LONGEST_CUE,
    LONGEST_SPEAKER,
    MOST_BYTES,
    MOST_CUES,
    PLAIN,
    SRT,
    VTT,
    read_transcript,
)

WEBVTT = b"""WEBVTT - spoken

STYLE
::cue { color: red }

NOTE nobody says this

intro
00:00:00.000 --> 00:00:06.500 align:start
<v.loud Ines Carrow>Who made <i>this</i> harbour?

00:06.500 --> 00:13.000
<v Takumi Hale>The tide &amp; the crown.
<v Ines Carrow>Both?
"""
SUBRIP = b"""1\r
00:00:01,200 --> 00:00:04,000\r
Ines Carrow: Who made it?\r
\r
2\r
01:00:04,000 --> 01:00:09,000\r
The tide, at: low water.\r
"""


def cues(body: bytes, **said: str) -> tuple[Cue, ...]:
    found = read_transcript(body, **said)
    assert isinstance(found, Transcript), found
    return found.cues


def test_webvtt_tells_who_speaks_when_and_keeps_notes_and_styles_out():
    assert cues(WEBVTT) == (
        Cue(0.0, "Ines Carrow", "Who made this harbour?"),
        Cue(6.5, "Takumi Hale", "The tide & the crown."),
        Cue(6.5, "Ines Carrow", "Both?"),
    )


def test_subrip_names_a_speaker_in_front_of_a_colon_and_other_colons_are_words():
    assert cues(SUBRIP) == (Cue(1.2, "Ines Carrow", "Who made it?"), Cue(3604.0, "", "The tide, at: low water."))


@pytest.mark.parametrize(
    "words",
    ["Read more: there is a page", "He said: go", "https://talks.example/33", "That was 3:15 in the morning"],
)
def test_words_before_a_colon_that_are_nobodys_name_stay_words(words):
    assert cues(f"1\n00:00:01,000 --> 00:00:02,000\n{words}\n".encode()) == (Cue(1.0, "", words),)


def test_json_of_the_podcast_namespace_is_read_and_what_is_of_another_type_is_left_out():
    segments = [
        {"speaker": "Ines Carrow", "startTime": 0.5, "endTime": 1.0, "body": "Who"},
        {"startTime": "soon", "body": "made it?"},
        {"startTime": 2, "body": ["no text"]},
        {"speaker": 7, "startTime": -1, "body": "The tide."},
        "no segment",
    ]

    assert cues(json.dumps({"version": "1.0.0", "segments": segments}).encode()) == (
        Cue(0.5, "Ines Carrow", "Who"),
        Cue(None, "", "made it?"),
        Cue(None, "", "The tide."),
    )


def test_html_of_the_podcast_namespace_names_speakers_in_cite_and_times_in_time():
    body = (
        b"<cite>Ines Carrow:</cite>\n<time>0:00</time>\n<p>Who <b>made</b> it?</p>\n"
        b"<cite>Takumi Hale:</cite>\n<time>1:00:12</time>\n<p>The tide.</p><p>And <script>no()</script>the crown.</p>"
    )

    assert cues(body) == (
        Cue(0.0, "Ines Carrow", "Who made it?"),
        Cue(3612.0, "Takumi Hale", "The tide."),
        Cue(None, "Takumi Hale", "And the crown."),
    )


def test_of_a_whole_page_its_article_is_read_without_what_only_surrounds_it():
    body = (
        b"<!doctype html><html><head><title>Harbours</title></head><body><nav><p>Home</p></nav>"
        b"<article><h1>Harbours</h1><p>Ines Carrow: Who made it?</p><footer>Share</footer></article></body></html>"
    )

    assert cues(body) == (Cue(None, "", "Harbours"), Cue(None, "Ines Carrow", "Who made it?"))


def test_plain_text_may_head_what_is_said_by_name_and_time():
    body = (
        b"Ines Carrow 00:12\nWho made it?\n\nI asked twice.\n\n[01:02] Takumi Hale: The tide.\n\n"
        b"Ines Carrow:\n\nAnd the crown?\n"
    )

    assert cues(body, content_type="text/plain") == (
        Cue(12.0, "Ines Carrow", "Who made it?"),
        Cue(None, "Ines Carrow", "I asked twice."),
        Cue(62.0, "Takumi Hale", "The tide."),
        Cue(None, "Ines Carrow", "And the crown?"),
    )


@pytest.mark.parametrize(
    ("body", "called", "form"),
    [
        (b"\xef\xbb\xbf" + WEBVTT, "text/plain", VTT),
        (SUBRIP, "text/vtt", SRT),
        (b'{"segments": [{"body": "One"}]}', "text/html", JSON),
        (b"<p>One</p>", "application/json", HTML),
        (b"One\n\nTwo", "application/x-subrip", PLAIN),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nOne".encode("utf-16"), "text/vtt", VTT),
    ],
)
def test_the_form_is_what_the_bytes_are_and_not_what_they_are_called(body, called, form):
    found = read_transcript(body, content_type=called)

    assert isinstance(found, Transcript)
    assert found.form == form


def test_a_bare_windows_1252_text_is_read_as_such():
    assert cues("Inês: Porquê?".encode("cp1252"), content_type="text/plain") == (Cue(None, "Inês", "Porquê?"),)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FailureKind.EMPTY),
        (b"WEBVTT\n\nNOTE nothing", FailureKind.EMPTY),
        (b"{}", FailureKind.EMPTY),
        (b'{"segments": 7}', FailureKind.EMPTY),
        (b"{", FailureKind.MALFORMED),
        (b'{"segments":' + b"[" * 200_000, FailureKind.MALFORMED),
        (b"\0\1\2\3" * 400, FailureKind.MALFORMED),
        (b"x" * (MOST_BYTES + 1), FailureKind.TOO_LARGE),
        (b"<p " + b"".join(b'a%d="" ' % one for one in range(9_000)) + b">One</p>", FailureKind.HOSTILE),
        (b"<p>" + b"<b>" * 330_000, FailureKind.HOSTILE),
    ],
)
def test_what_is_no_transcript_is_told_with_its_kind(body, kind):
    found = read_transcript(body)

    assert isinstance(found, Unread)
    assert found.kind is kind


def test_a_transcript_is_kept_up_to_its_bounds_and_says_so():
    many = b"WEBVTT\n\n" + b"".join(b"00:01.000 --> 00:02.000\nw\n\n" for _ in range(MOST_CUES + 5))
    found = read_transcript(many)

    assert isinstance(found, Transcript)
    assert (len(found.cues), found.cut) == (MOST_CUES, True)
    (cue,) = cues(b"<cite>" + b"n" * 5_000 + b"</cite><p>One</p>")
    assert len(cue.speaker) == LONGEST_SPEAKER


SENTENCES = "".join(f"The tide of day {day} came late. " for day in range(1_500)).strip()


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{SENTENCES}</p>",
        json.dumps([{"body": SENTENCES}]),
        f"WEBVTT\n\n00:01.000 --> 00:02.000\n{SENTENCES}",
        SENTENCES,
    ],
)
def test_what_is_too_long_for_one_cue_goes_on_in_the_next_after_a_whole_sentence(body):
    found = read_transcript(body.encode(), content_type="text/plain")

    assert isinstance(found, Transcript)
    assert " ".join(cue.text for cue in found.cues) == SENTENCES
    assert all(len(cue.text) <= LONGEST_CUE and cue.text.endswith("late.") for cue in found.cues)
    assert [cue.start for cue in found.cues[1:]] == [None] * (len(found.cues) - 1)
    assert not found.cut


@pytest.mark.parametrize("between", ["", " "])
def test_long_text_without_sentences_is_parted_at_spaces_or_anywhere_and_none_of_it_is_lost(between):
    text = between.join(f"word{number:06}" for number in range(4_000))
    found = cues(f"<cite>Ines Carrow</cite><p>{text}</p>".encode())

    assert between.join(cue.text for cue in found) == text
    assert {cue.speaker for cue in found} == {"Ines Carrow"}
    assert max(len(cue.text) for cue in found) <= LONGEST_CUE


def test_plain_lines_that_each_name_who_speaks_are_a_cue_each_without_blank_lines():
    lines = [
        f"{'Ines Carrow' if line % 2 else 'Takumi Hale'}: The tide of day {line} was late." for line in range(2_000)
    ]
    found = read_transcript("\n".join(lines).encode(), content_type="text/plain")

    assert isinstance(found, Transcript)
    assert [f"{cue.speaker}: {cue.text}" for cue in found.cues] == lines
    assert not found.cut


def test_plain_lines_between_names_and_times_belong_to_what_stands_above_them():
    body = (
        b"Harbours\nInes Carrow: Who made it?\nI asked twice.\nTakumi Hale: At 10:30\n[01:02] The tide.\n"
        b"Ines Carrow 01:10\nAnd the crown?\n\nNote: one line\nalone parts nothing."
    )

    assert cues(body, content_type="text/plain") == (
        Cue(None, "", "Harbours"),
        Cue(None, "Ines Carrow", "Who made it? I asked twice."),
        Cue(None, "Takumi Hale", "At 10:30"),
        Cue(62.0, "", "The tide."),
        Cue(70.0, "Ines Carrow", "And the crown?"),
        Cue(None, "Note", "one line alone parts nothing."),
    )


@pytest.mark.parametrize("head", ["WEBVTT", "WEBVTT - spoken\nKind: captions\nLanguage: en", "WEBVTT\nintro"])
def test_the_first_cue_of_captions_is_kept_though_no_blank_line_parts_it_from_the_head(head):
    body = f"{head}\n00:01.000 --> 00:02.000\nWho made it?\n\n00:02.000 --> 00:03.000\nThe tide."

    assert cues(body.encode()) == (Cue(1.0, "", "Who made it?"), Cue(2.0, "", "The tide."))


@pytest.mark.parametrize(
    ("said", "start"),
    [("2.5", 2.5), (" 7 ", 7.0), ("00:00:05.000", 5.0), ("01:02", 62.0), ("", None), ("nan", None), ("-3", None)],
)
def test_a_time_in_json_may_be_a_string_of_seconds_or_of_a_clock(said, start):
    assert cues(json.dumps([{"start": said, "text": "One"}]).encode()) == (Cue(start, "", "One"),)


def test_nothing_in_a_cue_can_break_a_line_or_a_document():
    (cue,) = cues(b'{"segments": [{"speaker": "A\\u0000\\nB", "body": "x\\ud800\\u2028y\\u001b[31m"}]}')

    assert (cue.speaker, cue.text) == ("A B", "x y [31m")


PIECES = [b"WEBVTT\n\n", b"00:01.000 --> 00:02.000\n", b"<v ", b"<", b">", b"\n\n", b"\n", b" ", b"{", b'{"segments":[',
          b"}", b"[", b'"body":', b"A: ", b"<cite>", b"<time>", b"</p>", b"<p>", b"\xff", b"\0", b"99:99:99", b"NOTE",
          b"&#xD800;", b"<!doctype html>", b"<html>"]  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_whatever_the_bytes_are_there_is_an_answer_and_soon(seed):
    soup = random.Random(seed)
    first = soup.choice(PIECES) * soup.choice([1, 1, 40_000])
    body = (first + b"".join(soup.choice(PIECES) * soup.choice([1, 1, 3, 300]) for _ in range(400)))[:MOST_BYTES]
    began = time.process_time()

    found = read_transcript(body)

    assert isinstance(found, Transcript | Unread)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "body",
    [
        b"\n" * MOST_BYTES,
        b"WEBVTT\n\n" + b"\n ".join([b" " * 500_000, b" " * 500_000]),
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v " * 300_000,
        b"1\n00:00:01,000 --> 00:00:02,000\n" + b"A " * 500_000,
        b"<p>" + b"<b>x" * 200_000,
        b"<p>" + b"<br>x" * 200_000,
        b"[" * 1_000_000,
        b"A:" * 500_000,
        b"A:\n" * 200_000,
        b"a: \n" * 250_000,
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v" + b" " * 1_000_000,
    ],
)
def test_bytes_that_are_made_to_hurt_take_less_than_the_seconds_that_a_reading_has(body):
    began = time.process_time()

    assert isinstance(read_transcript(body[:MOST_BYTES], content_type="text/plain"), Transcript | Unread)
    assert time.process_time() - began < 3
