"""What a document may not do: X1 to X22 of hostile XML, and what it may."""

import time

import pytest

from mediafeed.errors import NotWellFormedError, ParseError
from mediafeed.model.parsed import words
from mediafeed.parse import feed
from mediafeed.parse.gate import without_doctype
from tests.parse.feeds import item, read_either, rss

MEGABYTE = 1_000_000


def with_text(text: str) -> bytes:
    return rss(item(1), f"<item><title>{text}</title></item>")


def with_doctype(doctype: str, text: str = "&a;") -> bytes:
    return b'<?xml version="1.0"?>\n<!DOCTYPE rss ' + doctype.encode() + b">" + with_text(text).split(b"?>", 1)[1]


LAUGHS = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))

HOSTILE = {
    "X1 billion laughs": lambda: with_doctype(f'[<!ENTITY a0 "lol">{LAUGHS}]', "&a9;"),
    "X2 one long entity, often": lambda: with_doctype(f'[<!ENTITY a "{"x" * 100_000}">]', "&a;" * 20_000),
    "X2 one short entity, often": lambda: with_doctype(f'[<!ENTITY a "{"x" * 900}">]', "&a;" * 20_000),
    "X3 a file": lambda: with_doctype('[<!ENTITY a SYSTEM "file:///etc/passwd">]'),
    "X4 an address": lambda: with_doctype('[<!ENTITY a PUBLIC "x" "http://127.0.0.1:9/">]'),
    "X6 a parameter entity": lambda: with_doctype('[<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]'),
    "X9 depth": lambda: with_text("<a>" * 200_000 + "</a>" * 200_000),
    "X9 some depth": lambda: with_text("<a>" * 70 + "</a>" * 70),
    "X10 never closed": lambda: b"<rss><channel>" + b"<a>" * 2_000_000,
    "X11 a long attribute": lambda: rss(f'<item><a b="{"x" * 19 * MEGABYTE}"/></item>'),
    "X11 a rather long attribute": lambda: rss(f'<item><a b="{"x" * 70_000}"/></item>'),
    "X12 attributes": lambda: rss("<item><a " + " ".join(f'a{i}="1"' for i in range(300_000)) + "/></item>"),
    "X12 attributes of the item": lambda: rss("<item " + " ".join(f'a{i}="1"' for i in range(300_000)) + "></item>"),
    "X12 attributes in markup": lambda: with_text("<b " + " ".join(f'a{i}="1"' for i in range(300_000)) + "/>"),
    "X13 namespaces": lambda: (
        b"<rss " + b" ".join(b'xmlns:n%d="u%d"' % (i, i) for i in range(100_000)) + b"><channel/></rss>"
    ),
    "X13 namespaces in an item": lambda: with_text("<b " + " ".join(f'xmlns:n{i}="u"' for i in range(100_000)) + "/>"),
    "X14 a long text": lambda: with_text("x" * 19 * MEGABYTE),
    "X14 a rather long text": lambda: with_text("x" * 1_100_000),
    "X14 long markup": lambda: with_text("<b/>" * 150_000),
    "X15 a long comment": lambda: with_text(f"<!--{'x' * 19 * MEGABYTE}-->"),
    "X21 instructions": lambda: with_text("<?a b?>" * MEGABYTE),
    "X21 instructions before the root": lambda: b"<?a b?>" * MEGABYTE + with_text("").split(b"?>", 1)[1],
    "many elements": lambda: rss("<item>" + "<a/>" * 4_000_000 + "</item>"),
    "an endless document type": lambda: b"<!DOCTYPE rss [" + b"<!ELEMENT a (b)>" * MEGABYTE,
    "deep xhtml": lambda: (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml">'
        + b"<div>" * 100 + b"</div>" * 100 + b"</content></entry></feed>"
    ),
    "deep JSON": lambda: b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * MEGABYTE,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_long_before_a_reading_is_ended(name):
    body = HOSTILE[name]()
    began = time.process_time()

    with pytest.raises(ParseError) as caught:
        feed.read(body)

    assert caught.value.kind == "hostile document"
    assert not isinstance(caught.value, NotWellFormedError)
    assert time.process_time() - began < 5  # a reading has ten; a busy machine counts other programs in


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<rss>" + b"x" * 21 * 1024 * 1024, id="X17 too many bytes"),
        pytest.param(b"<rss><channel>" + b"<item><a/></item>" * 200_000 + b"</channel></rss>", id="X16 items"),
    ],
)
def test_a_document_that_is_too_large_is_refused(body):
    with pytest.raises(ParseError) as caught:
        feed.read(body)

    assert caught.value.kind == "too large"


def test_a_document_type_elsewhere_is_accepted_and_never_opened():
    """X5 and X7; lxml never sees the declaration, so that nothing could open it."""
    public = 'PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss-0.91.dtd"'

    local = feed.read(with_doctype('SYSTEM "file:///nowhere/feed.dtd"', "A"))
    netscape = feed.read(with_doctype(public, "caf&eacute; &amp; <![CDATA[&eacute;]]>"))

    assert words(local.items[1].elements, "title") == "A"
    assert words(netscape.items[1].elements, "title") == "café & &eacute;"
    assert netscape.flags == ()


def test_a_small_entity_with_a_text_is_resolved():
    found = feed.read(with_doctype("[<!-- ] --> <!ENTITY who 'the &#233;lite'>]", "by &who; &amp; co"))

    assert words(found.items[1].elements, "title") == "by the élite & co"


def test_an_entity_cannot_bring_markup_characters_in():
    body, entities = without_doctype(b'<!DOCTYPE rss [<!ENTITY a "&#60;b&#62;">]><rss/>')

    assert (body, entities) == (b"<rss/>", {"a": b"&#60;b&#62;"})


def test_an_inclusion_is_inert():
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'

    found = feed.read(rss(f"<item>{include}</item>"))

    assert [element.text for element in found.items[0].elements] == [""]


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        pytest.param("a\0b&#0;c&#8;d", "a\ufffdb\ufffdc\ufffdd", id="X18"),
        pytest.param("a&#xD800;b", "a\ufffdb", id="X19"),
        pytest.param("a&#55357;&#56832;b", "a\U0001f600b", id="X19 two halves"),
        pytest.param("a&#xFFFFFFFFF;b", "a\ufffdb", id="X20"),
        pytest.param("a]]>b", "a]]>b", id="X22"),
        pytest.param("a&nbsp;b &hellip;", "a\xa0b …", id="X30"),
        pytest.param("a\ufffe\uffffb", "a\ufffd\ufffdb", id="C12"),
    ],
)
def test_an_impossible_character_costs_neither_the_item_nor_the_feed(text, read_as):
    found = read_either(with_text(text))

    assert words(found.items[1].elements, "title") == read_as
    assert found.flags == ("item 2: mended",)
    assert found.complete
