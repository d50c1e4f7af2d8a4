"""Reading RSS, and only what is new of it."""

import pytest

from mediafeed.errors import NotWellFormedError, ParseError
from mediafeed.model.parsed import Element, FeedForm, named, words
from mediafeed.parse.feed import read
from tests.parse.feeds import HEAD, ITEM, item, rss


def test_every_fact_of_an_item_is_kept_word_for_word():
    found = read(rss(ITEM))

    (only,) = found.items
    assert found.form is FeedForm.RSS
    assert [element.name for element in only.elements] == [
        "title", "link", "guid", "pubDate", "description", "content:encoded", "enclosure", "itunes:duration",
        "podcast:person", "podcast:person", "podcast:transcript", "psc:chapters", "{http://example.org/mood}light",
    ]  # fmt: skip
    assert only.elements[4] == Element("description", "<p>Dr A. Guest &amp; the host</p>")
    assert only.elements[6].get("url") == "https://cdn.example/33.mp3?a=1&b=2"
    assert only.elements[7].text == " 48:00 "
    assert named(only.elements, "podcast:person")[1].attributes == (("role", "guest"), ("group", "cast"))
    assert [chapter.get("title") for chapter in only.elements[11].all("psc:chapter")] == ["Start", "End"]
    assert only.elements[12] == Element("{http://example.org/mood}light", "dim", (("shade", "grey"),))


def test_the_head_is_all_of_the_channel_but_its_items():
    found = read(rss(ITEM, item(2)))

    assert found.head is not None
    assert [element.name for element in found.head] == [
        "title", "link", "description", "language", "itunes:author", "itunes:category", "podcast:person",
    ]  # fmt: skip
    assert found.head[5].children == (Element("itunes:category", "", (("text", "Politics"),)),)


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
        "https://podcastindex.org/namespace/1.0",
        "http://PODCASTINDEX.org/namespace/1.0",
    ],
)
def test_a_namespace_is_known_by_every_spelling_of_its_address_and_any_prefix(address):
    body = f'<rss xmlns:pc="{address}"><channel><item><pc:person pc:x="1">A</pc:person></item></channel></rss>'

    found = read(body.encode())

    assert found.items[0].elements == (Element("podcast:person", "A", (("podcast:x", "1"),)),)


def test_a_namespace_declared_on_the_channel_reaches_an_item_read_alone():
    body = b'<rss><channel xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd"><item><i:episode>3</i:episode></item></channel></rss>'

    found = read(body)

    assert found.items[0].elements == (Element("itunes:episode", "3"),)


def test_rss_in_a_namespace_of_its_own_has_plain_names():
    body = b'<rss xmlns="http://backend.userland.com/rss2"><channel><title>T</title><item><title>A</title></item></channel></rss>'

    found = read(body)

    assert found.items[0].elements == (Element("title", "A"),)


def test_only_unknown_items_are_read_and_all_are_named_in_order():
    before = read(rss(item(1), item(2)))

    after = read(rss(item(3), item(1), item(2)), known=set(before.order), held_head=before.head_hash)

    assert [words(each.elements, "guid") for each in after.items] == ["g3"]
    assert after.order[1:] == before.order
    assert after.head is None
    assert after.head_hash == before.head_hash


def test_a_known_item_is_not_even_parsed():
    broken = item(1, "<unclosed>")
    known = read(rss(item(1, "<unclosed></unclosed>"))).order
    hash_of_broken = "1" * 32

    with pytest.raises(NotWellFormedError):
        read(rss(broken), known=[*known, hash_of_broken])


def test_a_changed_head_alone_reads_no_item():
    before = read(rss(item(1)))

    after = read(rss(item(1), head=HEAD.replace("weekly", "daily")), known=before.order, held_head=before.head_hash)

    assert after.items == ()
    assert after.head is not None
    assert words(after.head, "description") == "Security, daily"


def test_an_item_that_stands_twice_is_given_once_and_named_twice():
    found = read(rss(item(1), item(2), item(1)))

    assert len(found.items) == 2
    assert len(found.order) == 3
    assert found.order[0] == found.order[2]


def test_the_same_item_has_the_same_hash_wherever_it_stands():
    one, other = read(rss(item(1), item(2))), read(rss(item(2), item(7), item(1), head="<title>Other</title>"))

    assert one.order == (other.order[2], other.order[0])


def test_unescaped_markup_in_a_description_is_kept_as_markup():
    found = read(rss("<item><description>Hear <b>A &amp; B</b><br/>now</description></item>"))

    assert found.items[0].elements == (
        Element("description", "Hear <b>A &amp; B</b><br>now", (("type", "xhtml"),)),
    )  # fmt: skip


def test_a_value_wrapped_in_tags_is_still_a_value():
    found = read(rss('<item><pubDate>\n<time datetime="x">Fri, 3 May 2019</time></pubDate></item>'))

    assert words(found.items[0].elements, "pubDate") == "Fri, 3 May 2019"


def test_a_language_on_the_root_is_a_fact_of_the_head():
    found = read(b'<rss xml:lang="ja"><channel><title>T</title></channel></rss>')

    assert found.head == (Element("title", "T"), Element("xml:lang", "ja"))


def test_an_empty_feed_is_a_feed():
    found = read(rss())

    assert (found.items, found.order) == ((), ())
    assert found.head is not None


def test_items_outside_of_the_channel_are_found():
    found = read(b"<rss><channel><title>T</title></channel><item><title>A</title></item></rss>")

    assert [words(each.elements, "title") for each in found.items] == ["A"]


def test_a_feed_served_as_a_picture_is_read_and_flagged():
    found = read(rss(item(1)), content_type="image/png")

    assert found.flags == ("served as image/png",)


@pytest.mark.parametrize(
    ("body", "kind", "detail"),
    [
        (b"", "empty", "nothing in it"),
        (b" \n\t\xef\xbb\xbf"[:3], "empty", "nothing in it"),
        (b"\xef\xbb\xbf  ", "empty", "nothing in it"),
        (b"<!DOCTYPE html><html><body><p>404<br></body></html>", "not a feed", "a web page"),
        (b"<!-- x -->\n<HTML><head></head></HTML>", "not a feed", "a web page"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "not a feed", "a web page"),
        (b"<div><p>Maintenance</p></div>", "not a feed", "XML with the root 'div'"),
        (b'<opml version="2.0"><body/></opml>', "not a feed", "an OPML list"),
        (b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', "not a feed", "a sitemap"),
        (b"no tags at all", "not a feed", "neither feed nor page"),
        (b'{"results": []}', "not a feed", "JSON, but no JSON Feed"),
    ],
)
def test_what_is_no_feed_says_what_it_is(body, kind, detail):
    with pytest.raises(ParseError) as caught:
        read(body)

    assert (caught.value.kind, caught.value.detail) == (kind, detail)
    assert not isinstance(caught.value, NotWellFormedError)


@pytest.mark.parametrize("items", [("<item><title>A & B</title></item>",), ("<item><b></item>",), ("<item>",)])
def test_ill_formed_xml_is_left_to_the_tolerant_reader(items):
    with pytest.raises(NotWellFormedError):
        read(rss(*items))
