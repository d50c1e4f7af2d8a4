"""Keys that stay."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediafeed.model.parsed import Element, ParsedItem
from mediafeed.normalize.identity import (
    audio_key,
    collided_guid,
    feed_guid,
    is_web_address,
    item_key,
    page_key,
    slug,
)

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


def item(*elements: Element) -> ParsedItem:
    return ParsedItem(tuple(elements), "00")


def enclosure(url: str) -> Element:
    return Element("enclosure", attributes=(("url", url),))


def test_an_item_s_key_is_its_guid_then_its_audio_then_its_words():
    assert item_key(item(Element("guid", " 33 "), enclosure("https://a.example/1.mp3"))) == "33"
    assert item_key(item(Element("guid", " "), enclosure("https://a.example/1.mp3"))) == "https://a.example/1.mp3"
    words = item_key(item(Element("title", "Kyoto"), Element("link", "https://a.example/1")))
    assert words.startswith("words:")
    assert words != item_key(item(Element("title", "Osaka"), Element("link", "https://a.example/1")))


def test_a_page_is_known_by_its_address():
    first = item(Element("page:heading", "A"), Element("link", "https://www.a.example/33/"), Element("title", "A"))
    later = item(Element("page:heading", "B"), Element("link", "https://a.example/33"), Element("title", "B"))

    assert item_key(first) == item_key(later)


def test_guids_differ_by_case_and_not_by_the_space_around_them():
    assert item_key(item(Element("guid", "Ab"))) != item_key(item(Element("guid", "ab")))
    assert item_key(item(Element("guid", "\n ab\t"))) == item_key(item(Element("guid", "ab")))


def test_a_guid_of_a_megabyte_is_hashed():
    assert len(item_key(item(Element("guid", "x" * 1_000_000)))) < 64


@pytest.mark.parametrize(
    "url",
    [
        "https://cdn.example.org/shows/ep33.mp3",
        "http://cdn.example.org/shows/ep33.mp3",
        "https://cdn.example.org:443/shows/ep33.mp3?updated=1663754400",
        "https://www.podtrac.com/pts/redirect.mp3/cdn.example.org/shows/ep33.mp3",
        "https://dts.podtrac.com/redirect.mp3/chtbl.com/track/8D/pdst.fm/e/cdn.example.org/shows/ep33.mp3?dest-id=12",
        "https://chrt.fm/track/A1B2/cdn.example.org/shows/ep33.mp3",
        "https://pdcn.co/e/cdn.example.org/shows/ep33.mp3",
        "https://op3.dev/e/cdn.example.org/shows/ep33.mp3",
        "https://op3.dev/e,pg=x/https://cdn.example.org/shows/ep33.mp3",
        "https://media.blubrry.com/example/cdn.example.org/shows/ep33.mp3",
        "https://arttrk.com/p/ABC/cdn.example.org/shows/ep33.mp3",
        "https://mgln.ai/e/123/cdn.example.org/shows/ep33.mp3#t=5",
        "https://www.podtrac.com/pts/redirect.mp3/https%3A%2F%2Fcdn.example.org/shows/ep33.mp3",
    ],
)
def test_tracking_prefixes_and_query_noise_are_no_part_of_an_audio(url):
    assert audio_key(url) == "cdn.example.org/shows/ep33.mp3"


def test_what_chooses_a_file_is_part_of_an_audio():
    assert audio_key("https://a.example/get.php?file=1") != audio_key("https://a.example/get.php?file=2")
    assert audio_key("https://a.example/stream.mp3?show=1") != audio_key("https://a.example/stream.mp3?show=2")
    assert audio_key("https://a.example/play33.mp3?id=1") != audio_key("https://a.example/play33.mp3?id=2")


def test_an_anchor_audio_is_its_show_and_number_whatever_stands_behind():
    one = "https://anchor.fm/s/1f2e/podcast/play/123/https%3A%2F%2Fcdn.example.net%2Fstaging%2F2022%2Fab.m4a"
    other = "https://podcasters.spotify.com/s/1f2e/podcast/play/123/https%3A%2F%2Fcdn.example.net%2Fnew%2Fab.mp3"

    assert audio_key(one) == audio_key(other) == "anchor:1f2e/123"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/podcasts/gulf/strategic-depth",
        "http://example.org/podcasts/gulf/strategic-depth/",
        "HTTPS://WWW.Example.org/podcasts/gulf/strategic-depth?utm_source=mail&fbclid=1#listen",
    ],
)
def test_spellings_of_one_page_are_one(url):
    assert page_key(url) == "example.org/podcasts/gulf/strategic-depth"


def test_a_query_that_names_a_page_is_part_of_it():
    assert page_key("https://example.org/?p=12") != page_key("https://example.org/?p=13")


def test_a_feed_s_guid_is_that_of_its_bare_address():
    assert (
        feed_guid("https://podnews.net/rss/") == feed_guid("podnews.net/rss") == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    )


def test_a_collided_guid_depends_on_the_show_and_on_the_guid():
    show = "9b024349-ccf0-5f69-a609-6b82873eab3c"

    made = {collided_guid(show, "33"), collided_guid(show, "34"), collided_guid("some-show", "33")}

    assert len(made) == 3
    assert collided_guid(show, "33") == collided_guid(show, "33")
    assert collided_guid("", "\ud800")


@pytest.mark.parametrize(
    "text",
    [
        "../../etc/passwd",
        "..\\",
        "/absolute",
        "%2e%2e",
        "\x00",
        "CON",
        ".",
        "-rf",
        "x" * 100_000,
        "．．／",
        "\ud800",
        "",
        "🔥",
        "東京の話",
        "Łódź ’22",
        "a" * 79 + " bc",
        "&" * 300,
    ],
)
def test_every_text_gives_a_safe_path(text):
    assert SLUG.fullmatch(slug(text, fallback=""))
    assert SLUG.fullmatch(slug(text, fallback=text))
    assert slug(text, fallback="x") not in ("con", "nul", "aux")


@given(st.text(max_size=300), st.text(max_size=20))
def test_any_text_at_all_gives_a_safe_path(text, fallback):
    assert SLUG.fullmatch(slug(text, fallback=fallback))


def test_signs_are_no_words_of_a_path():
    assert slug("Geostrategy360°", fallback="x") == "geostrategy360"
    assert slug("Élysée – l’été", fallback="x") == "elysee-lete"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:audio/mpeg;base64,AA",
        "file:///etc/passwd",
        "ftp://a.example/1.mp3",
        "/1.mp3",
        "//a.example/1.mp3",
        "https://",
        "https:///1.mp3",
        "http://user:secret@a.example/1.mp3",
        "http://a\\@127.0.0.1/1.mp3",
        "http://a.example:0/1.mp3",
        "http://a.example:99999/1.mp3",
        "http://a.example/1 2.mp3",
        "http://a.example/\r\nHost: b",
        "http://a.example/" + "x" * 100_000,
        "",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url):
    assert not is_web_address(url)


@pytest.mark.parametrize(
    "url", ["https://a.example", "http://a.example:8080/x?y#z", "https://[2001:db8::1]/1", "https://é.example/ü"]
)
def test_plain_web_addresses_are_accepted(url):
    assert is_web_address(url)
