"""Read a feed, strictly and only as far as it is new."""

from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace

import orjson
import xxhash
from lxml import etree

from mediafeed.errors import ParseError
from mediafeed.model.parsed import Element, FeedForm, ParsedFeed, ParsedItem
from mediafeed.model.source import FailureKind
from mediafeed.parse.atom import atom_head, atom_item, entry_nodes
from mediafeed.parse.build import parsed
from mediafeed.parse.encoding import to_utf8
from mediafeed.parse.gate import MAX_INSTRUCTIONS, check_size, check_tags, hostile, too_many_items, without_doctype
from mediafeed.parse.jsonfeed import read_json
from mediafeed.parse.mend import with_entities
from mediafeed.parse.names import Names, home_of
from mediafeed.parse.rss import head_elements, item_elements, item_nodes
from mediafeed.parse.sniff import is_json, refuse_page, start_of
from mediafeed.parse.split import HERE_TARGET, Pieces, split


def read(
    body: bytes,
    *,
    content_type: str = "",
    url: str = "",
    known: Collection[str] = (),
    held_head: str = "",
    max_items: int = 50_000,
) -> ParsedFeed:
    """Read RSS, RDF, Atom or JSON Feed word for word; items whose hash is `known` are not read again.

    Args:
        body: The document, with every Content-Encoding undone.
        content_type: The header as it came; it is the last witness for the encoding.
        url: Where it came from: Atom's relative addresses are relative to it.
        known: Hashes of items that the caller holds.
        held_head: The hash of the head that the caller holds.
        max_items: How many items are too many.

    Returns:
        The feed. An item that stands in it twice, byte for byte, is given once and stands in `order` twice.

    Raises:
        NotWellFormedError: It is XML but not well-formed: `tolerant.read` may understand it.
        ParseError: Anything else that makes it no feed, or none we want to read.
    """
    check_size(body)
    decoded = to_utf8(body, content_type)
    flags = decoded.flags + flags_of_type(content_type)
    body = decoded.body
    if not body or body.isspace():
        raise ParseError(FailureKind.EMPTY, "nothing in it")
    known = known if isinstance(known, AbstractSet) else frozenset(known)
    if is_json(body):
        feed = read_json(body, known=known, held_head=held_head, max_items=max_items)
    else:
        feed = _read_xml(body, url=url, known=known, held_head=held_head, max_items=max_items)
    return replace(feed, flags=flags + feed.flags) if flags else feed


def flags_of_type(content_type: str) -> tuple[str, ...]:
    """Say so when a feed was served as something that no feed is.

    >>> flags_of_type("image/png")
    ('served as image/png',)
    >>> flags_of_type("text/html; charset=utf-8")
    ()
    """
    kind = content_type.partition(";")[0].strip().lower()
    return (f"served as {kind[:80]}",) if kind.startswith(("image/", "audio/", "video/", "font/")) else ()


def _read_xml(body: bytes, *, url: str, known: Collection[str], held_head: str, max_items: int) -> ParsedFeed:
    refuse_page(body)
    body, entities = without_doctype(body)
    if entities is not None:
        body = with_entities(body, entities)
    start = start_of(body)
    reader = FormReader(start.form, url)
    pieces = split(body, start, max_items=max_items)
    if pieces is not None:
        feed = _by_pieces(pieces, reader, known, held_head)
        if feed is not None:
            return feed
    return _whole(body[start.begin :], reader, known=known, held_head=held_head, max_items=max_items)


class FormReader:
    """Reads heads and items of one form of feed."""

    def __init__(self, form: FeedForm, url: str) -> None:
        self.form = form
        self._url = url

    def names_of(self, root: etree._Element) -> Names:
        """Give the names to use in a document with that root."""
        return Names(home=home_of(str(root.tag)), atom=self.form is FeedForm.ATOM)

    def nodes(self, root: etree._Element) -> list[etree._Element]:
        """Find the items."""
        return entry_nodes(root) if self.form is FeedForm.ATOM else item_nodes(root)

    def head(self, root: etree._Element) -> tuple[Element, ...]:
        """Give the head of a document."""
        names = self.names_of(root)
        if self.form is FeedForm.ATOM:
            return atom_head(root, names, self._url)
        return head_elements(root, names, self._url)

    def items(self, root: etree._Element, nodes: Iterable[etree._Element]) -> Iterable[tuple[Element, ...]]:
        """Give each item's elements."""
        names = self.names_of(root)
        if self.form is FeedForm.ATOM:
            return (atom_item(node, names, self._url) for node in nodes)
        return (item_elements(node, names, self.form, self._url) for node in nodes)


def hash_of(piece: bytes) -> str:
    """Give the hash that a piece of a document is known by."""
    return xxhash.xxh3_128_hexdigest(piece)


def unknown_pieces(pieces: Iterable[bytes], order: Iterable[str], known: Collection[str]) -> dict[str, bytes]:
    """Give the pieces that are not known, each once, by their hash and in document order."""
    return {name: piece for piece, name in zip(pieces, order, strict=True) if name not in known}


def _by_pieces(pieces: Pieces, reader: FormReader, known: Collection[str], held_head: str) -> ParsedFeed | None:
    """Read what is unknown, or give None where the items turn out to stand elsewhere than in the channel."""
    order = tuple([hash_of(piece) for piece in pieces.items])
    wanted = unknown_pieces(pieces.items, order, known)
    head_hash = hash_of(pieces.head)
    head = None
    if head_hash != held_head:
        check_tags(pieces.head)
        root = parsed(pieces.head, keep_instructions=bool(pieces.items))
        if pieces.items and not _items_stood_right(root, reader.form):
            return None
        head = reader.head(root)
    for piece in wanted.values():
        check_tags(piece)
    items: list[ParsedItem] = []
    if wanted:
        start = pieces.start
        root = parsed(b"".join([start.opening, *wanted.values(), start.closing]))
        nodes = reader.nodes(root)
        if len(nodes) != len(wanted):
            return None
        items = [ParsedItem(each, name) for each, name in zip(reader.items(root, nodes), wanted, strict=True)]
    return ParsedFeed(form=reader.form, head=head, head_hash=head_hash, items=tuple(items), order=order)


def _items_stood_right(root: etree._Element, form: FeedForm) -> bool:
    marks = [node for node in root.iter(etree.ProcessingInstruction) if getattr(node, "target", "") == HERE_TARGET]
    if len(marks) != 1:
        return False
    parent = marks[0].getparent()
    etree.strip_tags(root, etree.ProcessingInstruction)
    return parent is not None and (parent.getparent() is root if form is FeedForm.RSS else parent is root)


def elements_hash(elements: tuple[Element, ...]) -> str:
    """Give the hash of an item, or of a head, that has no bytes of its own."""
    return xxhash.xxh3_128_hexdigest(orjson.dumps(elements))


def _whole(
    document: bytes, reader: FormReader, *, known: Collection[str], held_head: str, max_items: int
) -> ParsedFeed:
    if document.count(b"<?") > MAX_INSTRUCTIONS:
        raise hostile("too many processing instructions")
    check_tags(document)
    root = parsed(document)
    nodes = reader.nodes(root)
    if len(nodes) > max_items:
        raise too_many_items(max_items)
    head = reader.head(root)
    head_hash = elements_hash(head)
    found = list(reader.items(root, nodes))
    order = tuple([elements_hash(elements) for elements in found])
    by_hash = {name: elements for name, elements in zip(order, found, strict=True) if name not in known}
    return ParsedFeed(
        form=reader.form,
        head=None if head_hash == held_head else head,
        head_hash=head_hash,
        items=tuple(ParsedItem(elements, name) for name, elements in by_hash.items()),
        order=order,
    )
