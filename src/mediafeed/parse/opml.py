"""OPML: lists of feeds, as podcast apps write them."""

from dataclasses import dataclass

from lxml import etree

from mediafeed.errors import ParseError
from mediafeed.model.source import FailureKind

LARGEST = 10 * 1024 * 1024  # bytes
MOST = 50_000


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of the list: its title, "" if the list has none, and its address."""

    title: str
    url: str


def read_opml(body: bytes) -> tuple[Outline, ...]:
    """Give the feeds an OPML document lists, in its order, each address once.

    Raises:
        ParseError: No OPML, or a list without a feed.
    """
    if len(body) > LARGEST:
        raise ParseError(FailureKind.TOO_LARGE, f"over {LARGEST} bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise ParseError(FailureKind.MALFORMED, str(error)) from error
    if not isinstance(root.tag, str) or root.tag.lower() != "opml":
        raise ParseError(FailureKind.MALFORMED, "not an OPML document")
    found: dict[str, Outline] = {}
    for outline in root.iter("outline"):
        url = (outline.get("xmlUrl") or outline.get("xmlurl") or "").strip()
        title = (outline.get("title") or outline.get("text") or "").strip()
        if url and url not in found and len(found) < MOST:
            found[url] = Outline(title, url)
    if not found:
        raise ParseError(FailureKind.EMPTY, "an OPML document without a feed")
    return tuple(found.values())
