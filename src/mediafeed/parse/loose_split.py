"""Cut an ill-formed feed at its items: as many whole ones as there are, whatever is wrong inside of them."""

import re
from dataclasses import dataclass

from mediafeed.parse.gate import too_many_items
from mediafeed.parse.sniff import Start
from mediafeed.parse.split import HERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """An ill-formed feed cut up.

    `head` is what its hash is made of, the same bytes as for a well-formed feed; `before` and `behind` are what the
    channel says around its items. `complete` is False when the document breaks off; `begun` says that
    it breaks off inside of an item; `after` counts the bytes behind the root's end tag.
    """

    head: bytes
    before: bytes
    behind: bytes
    items: tuple[bytes, ...]
    complete: bool
    begun: bool
    after: int


class _Next:
    """The next place of a mark, looked for only when the last answer has been passed: one walk through the bytes."""

    def __init__(self, body: bytes, mark: bytes, begin: int) -> None:
        self._body = body
        self._mark = mark
        self._at = body.find(mark, begin)

    def after(self, position: int) -> int:
        """Give the first place at or after a position, or the body's length."""
        if 0 <= self._at < position:
            self._at = self._body.find(self._mark, position)
        return self._at if self._at >= 0 else len(self._body)


class _Quoted:
    """Finds the end of CDATA and comments, unless they were never closed."""

    def __init__(self, body: bytes, start: Start) -> None:
        self._length = len(body)
        self._ends = {b"<![CDATA[": _Next(body, b"]]>", start.inside), b"<!--": _Next(body, b"-->", start.inside)}
        self._item_begin = _Next(body, b"<" + start.item_name, start.inside)
        self._item_end = _Next(body, b"</" + start.item_name, start.inside)

    def end(self, mark: bytes, position: int) -> int:
        """Give where it ends, or `position` if it swallows an item's end without having shown a beginning."""
        closed = self._ends[mark].after(position)
        swallowed = self._item_end.after(position)
        if closed == self._length or (swallowed < closed and self._item_begin.after(position) > swallowed):
            return position
        return closed + 3


def loose_split(body: bytes, start: Start, *, max_items: int) -> Cut:
    """Cut at every item's start tag and end tag outside of CDATA and comments.

    An item that has no end tag of its own ends where the next one begins.

    Raises:
        ParseError: TOO_LARGE, more than `max_items` items.
    """
    name = re.escape(start.item_name)
    token = re.compile(rb"<!\[CDATA\[|<!--|<(" + name + rb")(?=[\s>])|</" + name + rb"\s{0,8}>")
    quoted = _Quoted(body, start)
    spans: list[tuple[int, int]] = []
    begin = -1
    position = start.inside
    while found := token.search(body, position):
        position = found.end()
        if found[0].startswith(b"<!"):
            position = quoted.end(found[0], position)
        elif found[1]:
            if begin >= 0:
                spans.append((begin, found.start()))
            begin = found.start()
        elif begin >= 0:
            spans.append((begin, found.end()))
            begin = -1
        if len(spans) > max_items:
            raise too_many_items(max_items)
    return _cut(body, start, spans, begin)


def _cut(body: bytes, start: Start, spans: list[tuple[int, int]], open_item: int) -> Cut:
    end_tag = re.compile(rb"</(?:channel|" + re.escape(start.root) + rb")\s{0,8}>", re.IGNORECASE)
    last = max([end for _, end in spans], default=start.inside)
    ended = end_tag.search(body, max(last, open_item))
    if open_item >= 0 and ended:
        spans.append((open_item, ended.start()))
        last = ended.start()
    # Of an item that breaks off nothing is read: not even as a part of the head.
    behind = body[last:] if ended else body[last : open_item if open_item >= 0 else len(body)]
    first = spans[0][0] if spans else last
    return Cut(
        head=body[start.begin : first] + HERE + behind,
        before=body[start.inside : first],
        behind=body[last : ended.start()] if ended else behind,
        items=tuple(body[begin:end] for begin, end in spans),
        complete=ended is not None,
        begun=open_item >= 0 and not ended,
        after=_after_root(body, start, ended.start()) if ended else 0,
    )


def _after_root(body: bytes, start: Start, end: int) -> int:
    root_end = body.find(b">", max(body.find(b"</" + start.root, end), end))
    return len(body[root_end + 1 :].strip())
