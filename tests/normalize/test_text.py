"""Words without their markup."""

import time

import pytest

from mediafeed.normalize.text import cut, folded, one_line, plain_text, richest, shortest_whole


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Ann &amp; Bo</p><p>talk.</p>", "Ann & Bo\ntalk."),
        ("Ann<br/>Bo", "Ann\nBo"),
        ("<ul><li>One</li><li>Two &lt;3</li></ul>", "One\nTwo <3"),
        ("<p>One\n  long\n line</p>", "One long line"),
        ("Guest: Ann\nHost: Bo", "Guest: Ann\nHost: Bo"),
        ("Guest: <b>Ann</b>\nHost: Bo", "Guest: Ann\nHost: Bo"),
        ("&lt;p&gt;Twice&lt;/p&gt;", "Twice"),
        ("<![CDATA[<p>Hi</p>]]>", "Hi"),
        ("a<script>alert(1)</script>b<style>p{}</style>c", "abc"),
        ("a<!-- <b>no</b> -->b", "ab"),
        ('<a href="x>y">link</a>', "link"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("a\u00a0b\u2028c", "a b\nc"),
        ("soft\u00adhyphen and \u202eevil", "softhyphen and evil"),
        ("<p>cut off <a hre", "cut off"),
        ("", ""),
    ],
)
def test_html_becomes_plain_words(html, text):
    assert plain_text(html) == text


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<!--", "<script>", "<a '", '<a "', "&lt;", "\n", "<p>", "</script", "&#x", "<![CDATA["]
)
def test_no_html_takes_long(piece):
    begun = time.perf_counter()

    plain_text(piece * 60_000)

    assert time.perf_counter() - begun < 1.0


def test_a_title_is_one_line_and_otherwise_as_it_stands():
    assert one_line("  “The  Gulf”\r\n – now &amp; then ") == "“The Gulf” – now &amp; then"
    assert one_line("safe\u202etxt.exe\x00") == "safetxt.exe"


def test_ten_megabytes_of_title_are_cut_to_500_characters():
    assert len(one_line("a" * 10_000_000)) == 500


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("cafe\u0301s", 4, "caf"),
        ("ab👩‍👩‍👧cd", 4, "ab"),
        ("ab🇬🇧🇯🇵", 3, "ab"),
        ("ab🇬🇧🇯🇵", 4, "ab🇬🇧"),
        ("ab👍🏽", 3, "ab"),
        ("a" + "\u0301" * 1000, 500, "a" + "\u0301" * 435),
    ],
)
def test_a_cut_never_goes_through_what_is_seen_as_one_character(text, limit, expected):
    assert cut(text, limit) == expected


def test_titles_compare_without_case_accents_and_signs():
    assert folded("Geostrategy360°: Tōkyō’s “View”") == folded("geostrategy360 – tokyos view")
    assert folded("Мelvin") != folded("Melvin")


def test_the_richest_text_is_the_one_that_says_most():
    assert richest("Short.", "<p>Short, and then some more.</p>", "") == "<p>Short, and then some more.</p>"
    assert richest("", " ") == ""


def test_the_shortest_whole_text_is_not_one_that_was_cut_off():
    whole = "Ann speaks to Bo about tea in Kyoto. And about cake."

    assert shortest_whole("Ann speaks to Bo about t...", whole) == whole
    assert shortest_whole("Ann speaks to Bo about tea in Ky", whole) == whole
    assert (
        shortest_whole("Interview", "Ann speaks to Bo about tea in Kyoto.", whole)
        == "Ann speaks to Bo about tea in Kyoto."
    )
    assert shortest_whole("Interview") == "Interview"
    assert shortest_whole("", " ") == ""
