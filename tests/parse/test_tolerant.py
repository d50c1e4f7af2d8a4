"""Reading what is ill-formed: each item as well as it can be read."""

import pickle
import time

import pytest

from mediafeed.errors import NotWellFormedError, ParseError
from mediafeed.model.parsed import Element, FeedForm, ParsedFeed, first, named, words
from mediafeed.parse import feed, tolerant
from tests.parse.feeds import HEAD, ITEM, item, rss

BROKEN = item(2, '<description>A <b>guest</description><podcast:person role="guest">A &amp; B</podcast:person>')


def guids(found: ParsedFeed) -> list[str]:
    return [words(each.elements, "guid") for each in found.items]


def test_a_broken_item_does_not_cost_the_others_a_fact():
    found = tolerant.read(rss(ITEM, BROKEN, item(3)))

    assert guids(found) == ["briefing-33", "g2", "g3"]
    assert found.items[0].elements == feed.read(rss(ITEM)).items[0].elements
    assert found.head == feed.read(rss(ITEM)).head
    assert found.flags == ("item 2: read by feedparser",)
    assert found.complete


def test_a_broken_item_keeps_what_is_in_namespaces():
    broken = ITEM.replace("<guid", "<description>A <b>guest</description><guid")

    elements = tolerant.read(rss(broken)).items[0].elements

    whole = feed.read(rss(ITEM)).items[0].elements
    assert named(elements, "podcast:person") == named(whole, "podcast:person")
    assert named(elements, "psc:chapters") == named(whole, "psc:chapters")
    assert named(elements, "podcast:transcript") == named(whole, "podcast:transcript")
    assert named(elements, "itunes:duration") == named(whole, "itunes:duration")
    assert words(elements, "content:encoded") == "<p>Long words</p>"
    assert first(elements, "enclosure").get("url") == "https://cdn.example/33.mp3?a=1&b=2"  # type: ignore[union-attr]
    assert words(elements, "pubDate") == "Wed, 21 Sep 2022 00:00:00 +0100"


def test_a_feed_without_items_keeps_its_head_though_it_declares_no_namespace():
    bare = b"<rss><channel>" + HEAD.encode() + b"<podcast:locked>yes</podcast:locked></channel></rss>"

    head = tolerant.read(bare).head

    assert head is not None
    assert words(head, "podcast:locked") == "yes"
    assert head[:-1] == feed.read(rss(ITEM)).head


def test_hashes_are_those_of_the_strict_reader():
    well = feed.read(rss(item(1), item(3)))

    ill = tolerant.read(rss(item(1), BROKEN, item(3)))

    assert (ill.order[0], ill.order[2]) == well.order
    assert ill.head_hash == well.head_hash


def test_known_items_are_not_read_again_even_if_they_are_broken():
    before = tolerant.read(rss(item(1), BROKEN))

    after = feed.read(rss(item(3), item(1), BROKEN), known=before.order, held_head=before.head_hash)

    assert guids(after) == ["g3"]
    assert after.head is None
    assert tolerant.read(rss(item(1), BROKEN), known=before.order, held_head=before.head_hash).items == ()


def test_a_document_that_breaks_off_gives_its_whole_items_and_says_so():
    body = rss(item(1), item(2), ITEM)
    cut = body[: body.index(b"Long words")]

    found = tolerant.read(cut)

    assert guids(found) == ["g1", "g2"]
    assert not found.complete
    assert found.flags == ("breaks off after item 2",)
    assert found.head is not None
    assert words(found.head, "title") == "Global Briefing"


def test_a_document_that_breaks_off_between_items_is_incomplete_too():
    body = rss(item(1), item(2))

    found = tolerant.read(body[: body.index(b"</channel>")])

    assert guids(found) == ["g1", "g2"]
    assert not found.complete


def test_wherever_a_document_breaks_off_no_half_item_is_read():
    body = rss(ITEM, item(2))
    whole = feed.read(body)

    for end in range(body.index(b"<item>"), body.index(b"</channel>"), 7):
        try:
            found = tolerant.read(body[:end])
        except ParseError:
            continue
        assert not found.complete
        assert all(each in whole.items for each in found.items)


def test_junk_before_the_feed_is_passed_over():
    body = b"Warning: headers already sent\n" + rss(item(1))

    with pytest.raises(NotWellFormedError):
        feed.read(body)
    found = tolerant.read(body)

    assert guids(found) == ["g1"]
    assert found.flags[0].endswith("bytes before the feed, passed over")


def test_junk_without_end_is_no_feed():
    with pytest.raises(ParseError, match="not a feed"):
        tolerant.read(b"x" * 3_000_000 + rss(item(1)))


def test_junk_after_the_feed_is_passed_over():
    found = tolerant.read(rss(item(1)) + b"<script>counter()</script>")

    assert guids(found) == ["g1"]
    assert found.complete
    assert found.flags == ("26 bytes after the feed, passed over",)


def test_an_item_that_is_never_closed_ends_where_the_next_begins():
    found = tolerant.read(rss(item(1).removesuffix("</item>"), item(2)))

    assert guids(found)[-1] == "g2"
    assert len(found.order) == 2


def test_cdata_that_never_ends_swallows_no_item():
    broken = "<item><guid>g2</guid><description><![CDATA[never ends</description></item>"

    found = tolerant.read(rss(item(1), broken, item(3, "<description><![CDATA[ends]]></description>")))

    assert guids(found) == ["g1", "g2", "g3"]
    assert words(found.items[1].elements, "description") == "never ends"
    assert words(found.items[2].elements, "description") == "ends"


def test_an_item_shown_in_cdata_is_no_item():
    shown = item(1, "<description><![CDATA[write <item> and </item>]]></description>")

    found = tolerant.read(rss(shown, BROKEN))

    assert guids(found) == ["g1", "g2"]


def test_prefixes_that_nobody_declared_mean_what_they_usually_mean():
    body = (
        b"<rss><channel><title>T</title><item><itunes:episode>33</itunes:episode><mood:light>dim</mood:light>"
        b"</item></channel></rss>"
    )

    found = tolerant.read(body)

    assert found.items[0].elements == (Element("itunes:episode", "33"), Element("{undeclared:mood}light", "dim"))


def test_a_broken_head_costs_no_item():
    found = tolerant.read(rss(item(1), head=HEAD.replace("Security,", "Security <b>& more,")))

    assert guids(found) == ["g1"]
    assert found.head is not None
    assert words(found.head, "title") == "Global Briefing"
    assert named(found.head, "podcast:person")[0].text == "Neil Example"
    assert "head: read by feedparser" in found.flags


def test_atom_is_read_tolerantly_too():
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>1</id><title>A & B</title></entry>'
        '<entry><id>2</id><title>C <b>D</title><link rel="enclosure" href="https://cdn.example/2.mp3"/></entry></feed>'
    )

    found = tolerant.read(body.encode())

    assert found.form is FeedForm.ATOM
    assert guids(found) == ["1", "2"]
    assert words(found.items[0].elements, "title") == "A & B"
    assert first(found.items[1].elements, "enclosure").get("url") == "https://cdn.example/2.mp3"  # type: ignore[union-attr]


def test_capitals_are_read_by_feedparser_alone():
    body = b"<RSS VERSION='2.0'><CHANNEL><TITLE>T</TITLE><ITEM><TITLE>A</TITLE><GUID>g1</GUID></ITEM></CHANNEL></RSS>"

    with pytest.raises(NotWellFormedError):
        feed.read(body)
    found = tolerant.read(body)

    assert guids(found) == ["g1"]
    assert tolerant.read(body, known=found.order, held_head=found.head_hash).items == ()


@pytest.mark.parametrize(
    ("body", "kind", "detail"),
    [
        (b"", "empty", "nothing in it"),
        (b"<html><body><p>Not found</body></html>", "not a feed", "a web page"),
        (b"<html><script>'<rss>'</script><p>Not found</html>", "not a feed", "a web page"),
        (b"plain words", "not a feed", "neither feed nor page"),
        (b'{"items": [', "malformed", "JSON that cannot be read"),
        (b"<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///x'>]><rss><item>&a;<b></item>", "hostile document", None),
        (b"x" * 21 * 1024 * 1024, "too large", None),
        (b"<rss>" + b"<a>&" * 900_000, "hostile document", "too many elements"),
    ],
)
def test_what_is_no_feed_is_refused(body, kind, detail):
    with pytest.raises(ParseError) as caught:
        tolerant.read(body)

    assert caught.value.kind == kind
    assert detail in {None, caught.value.detail}


def test_too_many_items_are_refused():
    with pytest.raises(ParseError, match="more than 2 items"):
        tolerant.read(rss(item(1), BROKEN, item(3)), max_items=2)


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param("<a " + " ".join(f'a{i}="1"' for i in range(20_000)) + "></b>", id="attributes"),
        pytest.param("<a " + " ".join(f'a{i}=">"' for i in range(20_000)) + "></b>", id="attributes with >"),
        pytest.param("<![CDATA[ " * 90_000, id="CDATA never ended"),
        pytest.param("<!-- " * 200_000, id="comments never ended"),
        pytest.param("& " * 400_000 + "</b>", id="ampersands"),
        pytest.param('<p><podcast:person a="' * 10_000, id="podcast tags never ended"),
        pytest.param("<a" + " " * 900_000, id="spaces"),
        pytest.param("x" * 2_000_000 + "<b>", id="a long text"),
    ],
)
def test_a_hostile_item_is_set_aside_in_good_time(inside):
    began = time.process_time()

    found = tolerant.read(rss(item(1), f"<item><title>{inside}</title></item>", item(3)))

    assert "g1" in guids(found)
    assert "g3" in guids(found)
    assert time.process_time() - began < 2


def test_what_comes_out_can_leave_a_worker_process():
    found = tolerant.read(rss(ITEM, BROKEN))

    assert pickle.loads(pickle.dumps(found)) == found
    assert pickle.loads(pickle.dumps(tolerant.read)) is tolerant.read


def test_why_nothing_comes_out_can_leave_a_worker_process_too():
    with pytest.raises(ParseError) as caught:
        tolerant.read(b"")

    again = pickle.loads(pickle.dumps(caught.value))

    assert (again.kind, again.detail) == ("empty", "nothing in it")
