"""Split a feed's bytes at its items, when that is safe: an item whose bytes are known need not be read."""

import re
from dataclasses import dataclass

from mediafeed.parse.gate import too_many_items
from mediafeed.parse.sniff import Start

# Stands in the head where the items stood, so that the head tells whether they were children of the channel.
HERE = b"<?mediafeed-items?>"
HERE_TARGET = "mediafeed-items"
_NOTHING = re.compile(rb"(?>\s++|<!--.*?-->)*+", re.DOTALL)
_OPENINGS = ((b"<![CDATA[", b"]]>"), (b"<!--", b"-->"), (b"<?", b"?>"))
_AFTER_NAME = frozenset(b" \t\r\n>")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A feed cut up: `head` is everything but the items, with HERE in their place; `items` each item's own bytes."""

    start: Start
    head: bytes
    items: tuple[bytes, ...]


def split(body: bytes, start: Start, *, max_items: int) -> Pieces | None:
    """Cut a feed at its items, or give None where a cut could be wrong and the whole must be read.

    In doubt are: an item's tag inside CDATA, a comment or an instruction, an item inside an item, `<item/>`, an end
    tag with a space in it, and anything but white space and comments between two items.

    Raises:
        ParseError: TOO_LARGE, more than `max_items` items.
    """
    begin_mark, end_mark = b"<" + start.item_name, b"</" + start.item_name + b">"
    marks = _marks_to_mind(body, start.inside)
    items: list[bytes] = []
    first = last = -1
    begin = body.find(begin_mark, start.inside)
    while begin >= 0:
        after = begin + len(begin_mark)
        if after >= len(body) or body[after] not in _AFTER_NAME:
            if first >= 0 or body[after : after + 1] == b"/":
                return None
            begin = body.find(begin_mark, after)  # RDF's <items>, before the first item
            continue
        end = body.find(end_mark, after)
        if end < 0:
            return None
        end += len(end_mark)
        following = body.find(begin_mark, after)
        if 0 <= following < end or not _is_clean(body, begin, end, marks):
            return None
        if first < 0:
            first = begin
            if not _is_clean(body, start.inside, begin, marks):
                return None
        elif begin != last and not _NOTHING.fullmatch(body, last, begin):
            return None
        items.append(body[begin:end])
        if len(items) > max_items:
            raise too_many_items(max_items)
        last, begin = end, following
    if first < 0:
        return Pieces(start, body[start.begin :], ())
    return Pieces(start, body[start.begin : first] + HERE + body[last:], tuple(items))


def _marks_to_mind(body: bytes, begin: int) -> tuple[tuple[bytes, bytes], ...]:
    return tuple(pair for pair in _OPENINGS if body.find(pair[0], begin) >= 0)


def _is_clean(body: bytes, begin: int, end: int, marks: tuple[tuple[bytes, bytes], ...]) -> bool:
    """Say that no CDATA, comment or instruction is still open at `end`.

    One that is open has no end mark after its beginning, so that it begins after the last end mark there is.
    """
    for opening, closing in marks:
        closed = body.rfind(closing, begin, end)
        if body.find(opening, max(closed, begin), end) >= 0:
            return False
    return True
