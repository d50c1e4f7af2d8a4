"""Read an ill-formed feed: each item as well as it can be read, and none at the cost of another.

Slow and, on hostile bytes, without a bound in time: the caller runs it in a worker process that can be killed.
"""

from collections.abc import Collection

from mediafeed.errors import ParseError
from mediafeed.model.parsed import ParsedFeed, ParsedItem
from mediafeed.model.source import FailureKind
from mediafeed.parse.encoding import to_utf8
from mediafeed.parse.feed import elements_hash, flags_of_type, hash_of, unknown_pieces
from mediafeed.parse.gate import MAX_ELEMENTS, check_size, check_tags, hostile, too_many_items, without_doctype
from mediafeed.parse.loose import feedparser_reads, head_of_feed, item_of_entry
from mediafeed.parse.loose_items import LooseReader
from mediafeed.parse.loose_split import Cut, loose_split
from mediafeed.parse.sniff import is_json, looks_like_page, loose_start_of, no_feed

_FURTHEST_START = 2 * 1024 * 1024


def read(
    body: bytes,
    *,
    content_type: str = "",
    url: str = "",
    known: Collection[str] = (),
    held_head: str = "",
    max_items: int = 50_000,
) -> ParsedFeed:
    """Read what `feed.read` will not have. Arguments, hashes and result are the same.

    Raises:
        ParseError: There is no feed in it, or none we want to read.
    """
    check_size(body)
    declared_at = _declaration_of(body)
    decoded = to_utf8(body[declared_at:], content_type)
    if not decoded.body or decoded.body.isspace():
        raise ParseError(FailureKind.EMPTY, "nothing in it")
    if is_json(decoded.body):
        raise ParseError(FailureKind.MALFORMED, "JSON that cannot be read")
    document, entities = without_doctype(decoded.body)
    check_tags(document)
    if document.count(b"<") > 2 * MAX_ELEMENTS:
        raise hostile("too many elements")
    start = loose_start_of(document, _FURTHEST_START)
    if start is None:
        raise no_feed(document)
    reader = LooseReader(start, entities or {}, url)
    if declared_at or _has_junk(document[: start.begin]):
        reader.flag(f"{declared_at + start.begin} bytes before the feed, passed over")
    for flag in decoded.flags + flags_of_type(content_type):
        reader.flag(flag)
    return _read(document, reader, known, held_head, max_items)


def _declaration_of(body: bytes) -> int:
    """Find an XML declaration behind junk, so that its encoding is heeded."""
    at = body.find(b"<?xml ", 0, _FURTHEST_START)
    return at if at > 0 and not body[:at].isspace() and b"<" not in body[:at] else 0


def _has_junk(before: bytes) -> bool:
    before = before.strip()
    return bool(before) and not before.startswith((b"<?", b"<!--"))


def _read(document: bytes, reader: LooseReader, known: Collection[str], held_head: str, max_items: int) -> ParsedFeed:
    cut = loose_split(document, reader.start, max_items=max_items)
    if not cut.items and not cut.begun:
        return _by_feedparser_alone(document, cut, reader, known, held_head, max_items=max_items)
    if not cut.complete:
        reader.flag(f"breaks off after item {len(cut.items)}")
    if cut.after:
        reader.flag(f"{cut.after} bytes after the feed, passed over")
    order = tuple(hash_of(piece) for piece in cut.items)
    head_hash = hash_of(cut.head)
    wanted = unknown_pieces(cut.items, order, known)
    found = zip(wanted, reader.items(tuple(wanted.values()), cut.items), strict=True)
    items = tuple(ParsedItem(elements, name) for name, elements in found if elements is not None)
    return ParsedFeed(
        form=reader.start.form,
        head=None if head_hash == held_head else reader.head(cut),
        head_hash=head_hash,
        items=items,
        order=order,
        flags=tuple(reader.flags),
        complete=cut.complete,
    )


def _by_feedparser_alone(
    document: bytes, cut: Cut, reader: LooseReader, known: Collection[str], held_head: str, *, max_items: int
) -> ParsedFeed:
    """Let feedparser find the items where we find none: it minds no capitals and no missing root."""
    mended = reader.mended(document)
    if not reader.is_safe(mended):
        raise hostile("ill-formed, and too much to read loosely")
    found = feedparser_reads(mended)
    entries = found["entries"]
    if not found["version"] or (not entries and looks_like_page(document)):
        raise no_feed(document)
    if len(entries) > max_items:
        raise too_many_items(max_items)
    # Without items it is the head that counts, and feedparser keeps less of one than we do.
    head = head_of_feed(found["feed"]) if entries else reader.head(cut)
    items = [item_of_entry(entry) for entry in entries]
    order = tuple(elements_hash(elements) for elements in items)
    by_hash = {name: elements for name, elements in zip(order, items, strict=True) if name not in known}
    head_hash = elements_hash(head)
    return ParsedFeed(
        form=reader.start.form,
        head=None if head_hash == held_head else head,
        head_hash=head_hash,
        items=tuple(ParsedItem(elements, name) for name, elements in by_hash.items()),
        order=order,
        flags=(*reader.flags, "read by feedparser alone"),
        complete=reader.has_end(document),
    )
