"""Rescuing what is in namespaces from an item that nobody can parse."""

from mediafeed.model.parsed import Element
from mediafeed.parse.podcast_tags import rescued, with_prefixes

OPENING = with_prefixes(b"<rss><channel>")
CLOSING = b"</channel></rss>"


def from_item(inside: str) -> tuple[Element, ...]:
    return rescued(f"<item><description><p></description>{inside}</item>".encode(), OPENING, CLOSING)


def test_repeated_tags_are_all_kept_with_their_text_and_attributes():
    found = from_item(
        '<podcast:person role="host">A</podcast:person><podcast:person role="guest">B &amp; C</podcast:person>'
    )

    assert found == (
        Element("podcast:person", "A", (("role", "host"),)),
        Element("podcast:person", "B & C", (("role", "guest"),)),
    )


def test_nested_tags_are_kept_with_their_children():
    found = from_item(
        '<podcast:alternateEnclosure type="audio/opus"><podcast:source uri="https://cdn.example/1"/>'
        "</podcast:alternateEnclosure>"
    )

    assert found == (
        Element(
            "podcast:alternateEnclosure",
            "",
            (("type", "audio/opus"),),
            (Element("podcast:source", "", (("uri", "https://cdn.example/1"),)),),
        ),
    )


def test_a_tag_that_is_broken_itself_keeps_its_attributes_and_its_text():
    found = from_item("<itunes:summary lang=en>A <b>guest &amp; more</itunes:summary>")

    assert found == (Element("itunes:summary", "A <b>guest & more", (("lang", "en"),)),)


def test_a_tag_that_is_never_closed_keeps_its_attributes():
    assert from_item('<itunes:image href="https://cdn.example/1.png">') == (
        Element("itunes:image", "", (("href", "https://cdn.example/1.png"),)),
    )


def test_a_mark_inside_of_an_attribute_ends_no_tag():
    assert from_item('<podcast:soundbite title="1 > 2" a="b">words</podcast:soundbite>') == (
        Element("podcast:soundbite", "words", (("title", "1 > 2"), ("a", "b"))),
    )


def test_tags_in_cdata_and_comments_and_with_unknown_prefixes_are_none_of_ours():
    assert from_item("<![CDATA[<itunes:duration>1</itunes:duration>]]><!-- <itunes:block/> --><o:p>x</o:p>") == ()


def test_a_prefix_that_is_declared_is_not_declared_again():
    opening = with_prefixes(b'<rss xmlns:itunes="http://example.org/mine" a=">"><channel>')

    assert opening.count(b"xmlns:itunes=") == 1
    assert opening.endswith(b"><channel>")
    assert rescued(b"<itunes:x/>", opening, CLOSING) == (Element("{http://example.org/mine}x"),)
