"""Cutting a feed at its items."""

import pytest

from mediafeed.errors import ParseError
from mediafeed.model.parsed import words
from mediafeed.parse.feed import read
from mediafeed.parse.sniff import start_of
from mediafeed.parse.split import Pieces, split
from tests.parse.feeds import item, rss


def pieces_of(body: bytes) -> Pieces | None:
    return split(body, start_of(body), max_items=100)


def test_each_piece_is_one_item_and_the_head_is_the_rest():
    pieces = pieces_of(rss(item(1), item(2)))

    assert pieces is not None
    assert pieces.items == (item(1).encode(), item(2).encode())
    assert b"<item" not in pieces.head
    assert pieces.head.startswith(b"<rss ")


@pytest.mark.parametrize(
    "text",
    ["<![CDATA[an </item> and an <item> in words]]>", "<!-- </item> -->", "<?php </item> ?>", "<![CDATA[<!-- ]]>"],
)
def test_a_tag_in_cdata_a_comment_or_an_instruction_is_no_tag(text):
    found = read(rss(item(1, f"<itunes:summary>{text}</itunes:summary>"), item(2)))

    assert [words(each.elements, "guid") for each in found.items] == ["g1", "g2"]


@pytest.mark.parametrize(
    "items",
    [
        ("<item/>", item(2)),
        (item(1), "<itunes:block>no</itunes:block>", item(2)),
        (item(1, "<item>inner</item>"), item(2)),
        ("<box><item>x</item></box>", "x", item(2)),
    ],
)
def test_in_doubt_the_whole_is_read(items):
    body = rss(*items)

    found = read(body)

    assert pieces_of(body) is None
    assert words(found.items[-1].elements, "guid") == "g2"
    assert read(body, known=found.order[:-1]).items == found.items[-1:]
    assert read(body, known=found.order, held_head=found.head_hash).head is None


def test_an_item_that_is_no_child_of_the_channel_is_no_item():
    body = rss("<podcast:box><item><title>Inner</title></item></podcast:box>")

    found = read(body)

    assert found.items == ()
    assert found.head is not None
    assert found.head[-1].name == "podcast:box"


def test_what_stands_behind_the_items_belongs_to_the_head():
    body = rss(item(1), "<ttl>60</ttl>")

    found = read(body)

    assert found.head is not None
    assert words(found.head, "ttl") == "60"


def test_comments_and_end_tags_with_spaces_between_items_do_no_harm():
    body = rss(item(1).replace("</item>", "</item >"), "<!-- <item> -->", item(2))

    assert pieces_of(body) is not None
    assert len(read(body).order) == 2


def test_too_many_items_are_refused_unless_the_operator_wants_them():
    body = rss(*[item(number) for number in range(11)])

    with pytest.raises(ParseError, match="too large: more than 10 items"):
        read(body, max_items=10)

    assert len(read(body, max_items=11).items) == 11
