"""One ill-formed feed's items and head: strictly as they stand, then mended, then by feedparser, each alone."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress

from mediafeed.errors import NotWellFormedError, ParseError
from mediafeed.model.parsed import Element, FeedForm
from mediafeed.model.source import FailureKind
from mediafeed.parse.build import parsed
from mediafeed.parse.encoding import stray_bytes_as_windows_1252
from mediafeed.parse.feed import FormReader
from mediafeed.parse.loose import feedparser_reads, head_of_feed, item_of_entry
from mediafeed.parse.loose_split import Cut
from mediafeed.parse.mend import mended, with_cdata_closed
from mediafeed.parse.podcast_tags import rescued, with_prefixes
from mediafeed.parse.sniff import Start

_MAX_TAG = 16 * 1024  # feedparser hangs on 160 KB of attributes
_MAX_LOOSE = 1024 * 1024
_MAX_FLAGS = 100
_TAG = re.compile(rb"<[A-Za-z_/](?>[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+")
_QUOTED = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_CONTENT = "content:encoded"

_PLAIN_ROOTS = {
    FeedForm.RSS: (b'<rss version="2.0"><channel>', b"</channel></rss>"),
    FeedForm.ATOM: (b'<feed xmlns="http://www.w3.org/2005/Atom">', b"</feed>"),
    FeedForm.RDF: (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">',
        b"</rdf:RDF>",
    ),
}


class LooseReader:
    """Reads the pieces of one ill-formed document and keeps account of what it had to do to them."""

    def __init__(self, start: Start, entities: Mapping[str, bytes], url: str) -> None:
        self.start = start
        self.flags: list[str] = []
        self._entities = entities
        self._form = FormReader(start.form, url)
        root, self._closing = start.opening, start.closing
        if not _is_sound(root, self._closing):
            root, self._closing = _PLAIN_ROOTS[start.form]
        self._opening = with_prefixes(root)

    def flag(self, words: str) -> None:
        """Remember what was repaired or set aside, once."""
        if words not in self.flags and len(self.flags) < _MAX_FLAGS:
            self.flags.append(words)

    def items(self, wanted: Sequence[bytes], everything: Sequence[bytes]) -> list[tuple[Element, ...] | None]:
        """Read items. None stands for one that was set aside; `everything` numbers them."""
        try:
            # Often only the head or the end is broken.
            return list(self._strictly(b"".join(wanted), len(wanted)))
        except ParseError:
            pass
        numbers = {piece: number for number, piece in reversed(list(enumerate(everything, 1)))}
        return [self._item(piece, numbers[piece]) for piece in wanted]

    def _item(self, piece: bytes, number: int) -> tuple[Element, ...] | None:
        try:
            return self._strictly(piece, 1)[0]
        except NotWellFormedError:
            pass
        except ParseError as error:
            self.flag(f"item {number}: {error.detail}, set aside")
            return None
        if len(piece) > _MAX_LOOSE:
            self.flag(f"item {number}: ill-formed and very long, set aside")
            return None
        repaired = self.mended(with_cdata_closed(piece))
        try:
            elements = self._strictly(repaired, 1, with_prefixes(self._opening, repaired))[0]
        except ParseError:
            return self._by_feedparser(repaired, number)
        self.flag(f"item {number}: mended")
        return elements

    def _strictly(self, pieces: bytes, count: int, opening: bytes = b"") -> list[tuple[Element, ...]]:
        root = parsed((opening or self._opening) + pieces + self._closing)
        nodes = self._form.nodes(root)
        if len(nodes) != count:
            raise NotWellFormedError(FailureKind.MALFORMED, "items inside of items")
        return list(self._form.items(root, nodes))

    def _by_feedparser(self, piece: bytes, number: int) -> tuple[Element, ...] | None:
        entries = feedparser_reads(self._opening + piece + self._closing)["entries"] if self.is_safe(piece) else []
        if not entries:
            self.flag(f"item {number}: ill-formed, set aside")
            return None
        self.flag(f"item {number}: read by feedparser")
        found = item_of_entry(entries[0])
        beside = rescued(piece, self._opening, self._closing)
        if any(element.name == _CONTENT for element in beside):
            # The words as they stand; feedparser calls a second description content as well.
            found = tuple(element for element in found if element.name != _CONTENT)
        return found + beside

    def mended(self, piece: bytes) -> bytes:
        """Bring a piece to valid UTF-8 and valid references."""
        valid = stray_bytes_as_windows_1252(piece)
        if valid != piece:
            self.flag("declared utf-8, read as windows-1252")
        return mended(valid, self._entities)

    def is_safe(self, piece: bytes) -> bool:
        """Say whether feedparser may see it: no huge tag, no huge piece."""
        if len(piece) > _MAX_LOOSE:
            return False
        return all(len(tag) <= _MAX_TAG for tag in _TAG.findall(_QUOTED.sub(b"", piece)))

    def has_end(self, document: bytes) -> bool:
        """Say whether the document's root ends."""
        return b"</" + self.start.root.lower() in document[-4096:].lower()

    def head(self, cut: Cut) -> tuple[Element, ...]:
        """Read the head; where nobody can, it is what feedparser makes of it."""
        closing = self._closing
        if b"</channel>" not in closing and b"<channel" in cut.before:
            closing = b"</channel>" + closing
        inner = cut.before + cut.behind
        with suppress(ParseError):
            return self._form.head(parsed(self._opening + inner + closing))
        inner = self.mended(with_cdata_closed(inner))
        document = with_prefixes(self._opening, inner) + inner + closing
        with suppress(ParseError):
            head = self._form.head(parsed(document))
            self.flag("head: mended")
            return head
        if not self.is_safe(document):
            self.flag("head: ill-formed, set aside")
            return ()
        self.flag("head: read by feedparser")
        return head_of_feed(feedparser_reads(document)["feed"]) + rescued(inner, self._opening, self._closing)


def _is_sound(opening: bytes, closing: bytes) -> bool:
    """Say whether items can be wrapped in it."""
    try:
        parsed(with_prefixes(opening) + closing)
    except ParseError:
        return False
    return True
