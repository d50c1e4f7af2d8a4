"""Split a feed's bytes at its items, when that is safe: an item whose bytes are known need not be read."""

import re
from dataclasses import dataclass

from mediafeed.parse.gate import MAX_INSTRUCTIONS, hostile, too_many_items
from mediafeed.parse.sniff import Start

# Stands in the head where the items stood, so that the head tells whether they were children of the channel.
HERE = b"<?mediafeed-items?>"
HERE_TARGET = "mediafeed-items"
_NOTHING = re.compile(rb"(?>\s++|<!--.*?-->)*+", re.DOTALL)
_CLOSINGS = {b"<![CDATA[": b"]]>", b"<!--": b"-->", b"<?": b"?>"}
_BEGINS, _ENDS = 1, 2  # groups of the token


@dataclass(frozen=True, slots=True)
class Pieces:
    """A feed cut up: `head` is everything but the items, with HERE in their place; `items` each item's own bytes."""

    start: Start
    head: bytes
    items: tuple[bytes, ...]


def split(body: bytes, start: Start, *, max_items: int) -> Pieces | None:
    """Cut a feed at its items, or give None where a cut could be wrong and the whole must be read.

    A "<" outside of CDATA, comments and instructions begins a tag, or the document is not well-formed. In doubt are
    items in items, `<item/>`, whatever never ends, and anything but white space and comments between two items.

    Raises:
        ParseError: TOO_LARGE, more than `max_items` items; HOSTILE, too many instructions.
    """
    name = re.escape(start.item_name)
    # One walk: a search for each mark of its own takes three times as long.
    token = re.compile(rb"<(?:(" + name + rb")(?=[\s>/])|(/" + name + rb")(?=[\s>])|!\[CDATA\[|!--|\?)")
    items: list[bytes] = []
    first = begin = last = -1
    position = start.inside
    instructions_left = MAX_INSTRUCTIONS
    while found := token.search(body, position):
        kind, position = found.lastindex, found.end()
        if kind == _BEGINS:
            if begin >= 0 or body[position] == ord("/") or not _follows(body, last, found.start()):
                return None
            begin = found.start()
            first = begin if first < 0 else first
        elif kind == _ENDS:
            last = position = body.find(b">", position) + 1
            if begin < 0 or last == 0:
                return None
            items.append(body[begin:last])
            begin = -1
            if len(items) > max_items:
                raise too_many_items(max_items)
        else:
            closing = _CLOSINGS[found[0]]
            position = body.find(closing, position) + len(closing)
            if position < len(closing):
                return None
            instructions_left -= closing == b"?>"
            if instructions_left < 0:
                raise hostile("too many processing instructions")
    if begin >= 0:
        return None
    if first < 0:
        return Pieces(start, body[start.begin :], ())
    return Pieces(start, body[start.begin : first] + HERE + body[last:], tuple(items))


def _follows(body: bytes, last: int, begin: int) -> bool:
    return last in {-1, begin} or _NOTHING.fullmatch(body, last, begin) is not None
