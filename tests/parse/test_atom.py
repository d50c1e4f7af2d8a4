"""Atom and RDF in RSS's words."""

from mediafeed.model.parsed import Element, FeedForm, first, named, words
from mediafeed.parse.feed import read

ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xml:lang="en">
<title type="html">Briefing &amp;amp; more</title><subtitle>Weekly</subtitle><id>urn:feed</id>
<updated>2022-09-22T00:00:00Z</updated><rights>The Institute</rights><logo>/logo.png</logo>
<link rel="self" href="https://briefing.example/atom"/><link href="/"/>
<author><name>The Institute</name><email>a@briefing.example</email></author>
<entry xml:base="https://briefing.example/podcasts/">
  <title type="text">Episode 33</title>
  <link rel="enclosure" type="audio/mpeg" length="1337" title="Audio" href="https://cdn.example/33.mp3"/>
  <link rel="enclosure" type="audio/ogg" href="33.ogg"/>
  <link rel="alternate" type="application/json" href="33.json"/>
  <link rel="alternate" type="text/html" hreflang="en" href="33"/>
  <link rel="replies" href="https://briefing.example/33/replies"/>
  <id>tag:briefing.example,2022:33</id>
  <updated>2022-09-22T08:00:00Z</updated><published>2022-09-21T00:00:00+01:00</published>
  <author><name>Neil Example</name><uri>https://briefing.example/neil</uri></author>
  <contributor><name>A. Guest</name></contributor>
  <category term="jp" scheme="https://briefing.example/topics" label="Japan"/><category term="uk"/>
  <summary>Short &lt; sweet</summary>
  <content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml">Our <b class="x">guest</b> &amp; host<br/></div></content>
  <source><title>Elsewhere</title><link rel="self" href="https://elsewhere.example/atom"/></source>
  <itunes:duration>2880</itunes:duration>
</entry>
<entry><title>Old</title><id>tag:2</id><updated>2020-01-01T00:00:00Z</updated></entry>
</feed>"""


def test_an_entry_speaks_the_words_of_rss():
    found = read(ATOM.encode(), url="https://briefing.example/atom")

    elements = found.items[0].elements
    assert found.form is FeedForm.ATOM
    assert words(elements, "title") == "Episode 33"
    assert first(elements, "link") == Element(
        "link", "https://briefing.example/podcasts/33", (("type", "text/html"), ("hreflang", "en"))
    )
    assert first(elements, "guid") == Element("guid", "tag:briefing.example,2022:33", (("isPermaLink", "false"),))
    assert words(elements, "pubDate") == "2022-09-21T00:00:00+01:00"
    assert words(elements, "atom:updated") == "2022-09-22T08:00:00Z"
    assert words(elements, "description") == "Short < sweet"
    assert words(elements, "itunes:duration") == "2880"
    assert [category.text for category in named(elements, "category")] == ["Japan", "uk"]
    assert named(elements, "category")[0].get("domain") == "https://briefing.example/topics"


def test_enclosures_keep_their_order_and_their_attributes():
    elements = read(ATOM.encode()).items[0].elements

    assert [dict(each.attributes) for each in named(elements, "enclosure")] == [
        {"url": "https://cdn.example/33.mp3", "type": "audio/mpeg", "length": "1337", "title": "Audio"},
        {"url": "https://briefing.example/podcasts/33.ogg", "type": "audio/ogg"},
    ]


def test_links_that_rss_has_no_word_for_stay_atom_links():
    elements = read(ATOM.encode()).items[0].elements

    assert [(link.get("rel"), link.get("href")) for link in named(elements, "atom:link")] == [
        ("alternate", "https://briefing.example/podcasts/33.json"),
        ("replies", "https://briefing.example/33/replies"),
    ]


def test_xhtml_is_kept_as_markup_without_the_div_around_it():
    elements = read(ATOM.encode()).items[0].elements

    assert first(elements, "content:encoded") == Element(
        "content:encoded", 'Our <b class="x">guest</b> &amp; host<br>', (("type", "xhtml"),)
    )


def test_persons_are_kept_whole():
    elements = read(ATOM.encode()).items[0].elements

    assert words(elements, "author") == "Neil Example"
    (author,) = named(elements, "atom:author")
    assert [(child.name, child.text) for child in author.children] == [
        ("atom:name", "Neil Example"),
        ("atom:uri", "https://briefing.example/neil"),
    ]
    assert next(named(elements, "atom:contributor")[0].all("atom:name")).text == "A. Guest"


def test_the_source_of_an_entry_is_kept_in_both_words():
    elements = read(ATOM.encode()).items[0].elements

    assert first(elements, "source") == Element("source", "Elsewhere", (("url", "https://elsewhere.example/atom"),))
    assert len(named(elements, "atom:source")) == 1


def test_an_entry_that_was_never_published_is_dated_by_its_update():
    elements = read(ATOM.encode()).items[1].elements

    assert words(elements, "pubDate") == words(elements, "atom:updated") == "2020-01-01T00:00:00Z"


def test_the_head_of_atom_speaks_the_words_of_rss():
    head = read(ATOM.encode(), url="https://briefing.example/atom").head

    assert head is not None
    assert first(head, "title") == Element("title", "Briefing &amp; more", (("type", "html"),))
    assert words(head, "description") == "Weekly"
    assert words(head, "link") == "https://briefing.example/"
    assert words(head, "copyright", "author") == "The Institute"
    assert words(head, "atom:updated") == "2022-09-22T00:00:00Z"
    assert next(first(head, "image").all("url")).text == "https://briefing.example/logo.png"  # type: ignore[union-attr]
    assert named(head, "atom:link")[0].get("rel") == "self"
    assert words(head, "xml:lang") == "en"


def test_only_new_entries_are_read():
    before = read(ATOM.encode())

    after = read(ATOM.encode(), known={before.order[0]}, held_head=before.head_hash)

    assert after.items == before.items[1:]
    assert after.order == before.order
    assert after.head is None


def test_atom_0_3_and_atom_with_a_prefix_or_without_a_namespace_are_understood():
    old = b'<feed xmlns="http://purl.org/atom/ns#"><entry><title>A</title><issued>2004-01-01</issued></entry></feed>'
    prefixed = (
        b'<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>A</a:title>'
        b"<a:published>2004-01-01</a:published></a:entry></a:feed>"
    )
    bare = (
        b'<feed><entry><title>A</title><published>2004-01-01</published><link href="https://a.example"/></entry></feed>'
    )

    for body in (old, prefixed, bare):
        elements = read(body).items[0].elements
        assert (words(elements, "title"), words(elements, "pubDate")) == ("A", "2004-01-01")
    assert words(read(bare).items[0].elements, "link") == "https://a.example"


def test_an_address_that_is_none_is_kept_as_it_is():
    body = b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://["><entry><link href="//["/></entry></feed>'

    assert read(body, url="https://a.example").items[0].elements == (Element("link", "//["),)


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:enc="http://purl.oclc.org/net/rss_2.0/enc#">
<channel rdf:about="https://briefing.example/rdf"><title>Briefing</title><link>https://briefing.example</link>
<image rdf:resource="https://briefing.example/logo.png"/>
<items><rdf:Seq><rdf:li resource="https://briefing.example/33"/></rdf:Seq></items></channel>
<image rdf:about="https://briefing.example/logo.png"><url>https://briefing.example/logo.png</url></image>
<item rdf:about="https://briefing.example/33"><title>Episode 33</title><dc:date>2022-09-21</dc:date>
<dc:creator>Neil Example</dc:creator>
<enc:enclosure rdf:resource="https://cdn.example/33.mp3" enc:type="audio/mpeg" enc:length="1337"/></item>
<item rdf:about="https://briefing.example/32"><title>Episode 32</title></item>
</rdf:RDF>"""


def test_rdf_speaks_the_words_of_rss():
    found = read(RDF.encode())

    elements = found.items[0].elements
    assert found.form is FeedForm.RDF
    assert first(elements, "guid") == Element("guid", "https://briefing.example/33", (("isPermaLink", "false"),))
    assert words(elements, "pubDate") == words(elements, "dc:date") == "2022-09-21"
    assert words(elements, "dc:creator") == "Neil Example"
    assert dict(named(elements, "enclosure")[0].attributes) == {
        "url": "https://cdn.example/33.mp3",
        "type": "audio/mpeg",
        "length": "1337",
    }


def test_the_head_of_rdf_has_its_image_and_no_table_of_contents():
    head = read(RDF.encode()).head

    assert head is not None
    assert [element.name for element in head] == ["title", "link", "image"]
    assert head[2].children == (Element("url", "https://briefing.example/logo.png"),)


def test_only_new_items_of_rdf_are_read():
    before = read(RDF.encode())

    assert read(RDF.encode(), known={before.order[1]}).items == before.items[:1]
