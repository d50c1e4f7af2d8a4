"""The gate: what a document may not do. It stands before every XML reader of the room.

libxml2 itself stops at a depth of 256 and at texts and attributes of 10 MB; what it does not bound is how many
elements it builds, and a document type declaration, which therefore never reaches it.
"""

import re

from lxml import etree

from mediafeed.errors import NotWellFormedError, ParseError
from mediafeed.model.source import FailureKind

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 64
MAX_ELEMENTS = 400_000  # built, they take some 80 MB; a real feed of 20 MB has an eighth of that
_SHORTEST_ELEMENT = len(b"<a/>")
MAX_INSTRUCTIONS = 1_000
MAX_ATTRIBUTES = 256
MAX_ATTRIBUTE = 64 * 1024
MAX_TEXT = 1_000_000
_BIG = 256 * 1024
_MAX_DECLARATIONS = 10_000
_MAX_SUBSET = 64 * 1024
_MAX_ENTITIES = 300
_MAX_ENTITY = 1_000
_MAX_GROWTH = 1_000_000

_PROLOG = rb"(?>\s++|<\?.*?\?>|<!--.*?-->)*+"
_DOCTYPE = re.compile(rb"(" + _PROLOG + rb")<!DOCTYPE\b", re.DOTALL)
_DOCTYPE_REST = re.compile(
    rb"(?>[^\[\]<>\"']++|\"[^\"]*+\"|'[^']*+')*+"
    rb"(?:\[((?>\"[^\"]*+\"|'[^']*+'|<!--.*?-->|<\?.*?\?>|[^\]\"'])*+)\]\s*+)?>",
    re.DOTALL,
)
_ENTITY = re.compile(rb"<!ENTITY\s+(%\s*)?([^\s%\"'>]{1,100})\s+(?:\"([^\"]*)\"|'([^']*)'|(\w+))")
_REFERENCE = re.compile(rb"&(?!#)(?!(?:amp|lt|gt|apos|quot);)|%")
_CHARACTER = re.compile(rb"&#(x[0-9a-fA-F]{1,6}|[0-9]{1,7});")


def hostile(detail: str) -> ParseError:
    """Give the error for a document that goes beyond a limit."""
    return ParseError(FailureKind.HOSTILE, detail)


def check_tags(document: bytes) -> None:
    """Refuse a big piece with a mass of namespace declarations, which no reader shows us.

    Raises:
        ParseError: HOSTILE.
    """
    if len(document) > _BIG and document.count(b"xmlns:") > _MAX_DECLARATIONS:
        raise hostile("too many namespace declarations")


def check_size(body: bytes) -> None:
    """Refuse a body over the limit.

    Raises:
        ParseError: TOO_LARGE.
    """
    if len(body) > MAX_BYTES:
        raise ParseError(FailureKind.TOO_LARGE, f"more than {MAX_BYTES // 1024**2} MB")


def too_many_items(max_items: int) -> ParseError:
    """Give the error for a feed with more items than the operator wants."""
    return ParseError(FailureKind.TOO_LARGE, f"more than {max_items} items")


def without_doctype(body: bytes) -> tuple[bytes, dict[str, bytes] | None]:
    """Take the document type declaration away; nothing it points at is ever opened.

    Returns:
        The body without it, and the entities it declared, or None where there is no declaration.

    >>> without_doctype(b'<!DOCTYPE rss [<!ENTITY a "b">]><rss>&a;</rss>')
    (b'<rss>&a;</rss>', {'a': b'b'})

    Raises:
        ParseError: HOSTILE for entities that are external, nested, many or long, MALFORMED for one that never ends.
    """
    found = _DOCTYPE.match(body)
    if found is None:
        return body, None
    rest = _DOCTYPE_REST.match(body, found.end(), found.end() + _MAX_SUBSET)
    if rest is None:
        if len(body) - found.end() > _MAX_SUBSET:
            raise hostile("a document type declaration without an end")
        raise ParseError(FailureKind.MALFORMED, "a document type declaration without an end")
    entities = _entities(rest[1] or b"")
    body = found[1] + body[rest.end() :]
    growth = sum(body.count(b"&%b;" % name.encode()) * len(value) for name, value in entities.items())
    if growth > _MAX_GROWTH:
        raise hostile("an entity repeated without end")
    return body, entities


def _entities(subset: bytes) -> dict[str, bytes]:
    entities: dict[str, bytes] = {}
    declared = _ENTITY.findall(subset)
    if len(declared) > _MAX_ENTITIES or subset.count(b"<!ENTITY") > len(declared):
        raise hostile("entity declarations")
    for parameter, name, double, single, external in declared:
        value = double or single
        if parameter or external or len(value) > _MAX_ENTITY or _REFERENCE.search(value):
            raise hostile("an entity that is external, nested or long")
        entities.setdefault(name.decode("utf-8", "replace"), _CHARACTER.sub(_character, value))
    return entities


def _character(reference: re.Match[bytes]) -> bytes:
    """Resolve what XML resolves at declaration; a markup character stays as it was written."""
    digits = reference[1]
    code = int(digits[1:], 16) if digits.startswith(b"x") else int(digits)
    if code < 0xA0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return reference[0]
    return chr(code).encode()


def check_elements(document: bytes) -> None:
    """Refuse XML with too many elements or attributes, before anything is built.

    Raises:
        ParseError: HOSTILE.
        NotWellFormedError: Found while counting.
    """
    # Every element needs a "<": few of them mean that nothing need be counted.
    if len(document) <= MAX_ELEMENTS * _SHORTEST_ELEMENT or document.count(b"<") <= MAX_ELEMENTS:
        return
    parser = etree.XMLParser(
        target=_Counter(), encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=False
    )
    try:
        etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        raise syntax_error(error) from error


class _Counter:
    """Counts as lxml reads, and builds nothing."""

    def __init__(self) -> None:
        self._left = MAX_ELEMENTS

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:  # noqa: ARG002  lxml's protocol
        """Count an element."""
        self._left -= 1
        if self._left < 0:
            raise hostile("too many elements")
        if len(attrib) > MAX_ATTRIBUTES:
            raise hostile("too many attributes")

    def end(self, tag: str | bytes) -> None:
        """Pass."""

    def data(self, data: str | bytes) -> None:
        """Pass."""

    def comment(self, text: str | bytes) -> None:
        """Pass."""

    def close(self) -> None:
        """Give nothing."""


_RESOURCE_LIMIT = 114  # libxml2's XML_ERR_RESOURCE_LIMIT, which lxml has no name for
_LIMIT_WORDS = ("too big", "too long", "xml_parse_huge", "excessive depth")


def syntax_error(error: etree.XMLSyntaxError) -> ParseError:
    """Turn lxml's word into ours: a limit of libxml2 is a hostile document, anything else is not well-formed."""
    message = str(error.msg or error)
    if getattr(error, "code", 0) == _RESOURCE_LIMIT or any(words in message.lower() for words in _LIMIT_WORDS):
        return hostile(_in_short(message))
    return NotWellFormedError(FailureKind.MALFORMED, _in_short(message))


def _in_short(message: str) -> str:
    return " ".join(message.split())[:200]
