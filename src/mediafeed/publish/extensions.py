"""Elements word for word: the extension that feedgen lacks, for items and for channels."""

from collections.abc import Iterable
from functools import lru_cache

from feedgen.ext.base import BaseExtension
from lxml import etree

from mediafeed.model.namespaces import PREFIXES
from mediafeed.model.parsed import Element
from mediafeed.publish.safe_links import is_harmful

# Every prefix we may use stands on the root of every document, so that an item rendered by itself fits into any.
NAMESPACES = {prefix: address for prefix, address in PREFIXES.items() if prefix != "xml"}

_ADDRESSES = frozenset({"href", "img", "uri", "url", "src", "srcset"})
_NEEDS_NO_ADDRESS = frozenset({"podcast:person", "podcast:license", "podcast:podroll", "category"})

_IS_ADDRESS = frozenset(
    {
        "link",
        "comments",
        "wfw:comment",
        "wfw:commentRss",
        "feedburner:origLink",
        "feedburner:origEnclosureLink",
        "atom:uri",
    }
)

_RESERVED = "http://www.w3.org/2000/xmlns/"


@lru_cache(maxsize=1024)
def qualified(name: str) -> str | None:
    """Give lxml's name for one of ours, or None for what no XML document can hold (`page:` names, broken names).

    >>> qualified("itunes:duration"), qualified("{http://example.org/ns}mood"), qualified("page:listen")
    ('{http://www.itunes.com/dtds/podcast-1.0.dtd}duration', '{http://example.org/ns}mood', None)
    """
    if not name.startswith("{") and ":" in name:
        prefix, _, local = name.partition(":")
        if prefix not in PREFIXES:
            return None
        name = f"{{{PREFIXES[prefix]}}}{local}"
    if name.startswith(("{}", f"{{{_RESERVED}")):
        return None
    try:
        return etree.QName(name).text
    except ValueError:
        return None


def append(parent: etree._Element, element: Element) -> None:
    """Write an element with its attributes and children under `parent`, as far as it can be written."""
    if (written := as_written(element)) is not None:
        _append(parent, written)


def as_written(element: Element) -> Element | None:
    """Give what of an element goes into a document: the very same one, if all of it does; None if nothing does.

    What XML has no name for is left out, and so is an element that points at a script or a local file; of a person
    only that address is.

    >>> as_written(Element("podcast:person", "Ann Lee", (("href", "javascript:alert(1)"), ("role", "host"))))
    Element(name='podcast:person', text='Ann Lee', attributes=(('role', 'host'),), children=())
    """
    if qualified(element.name) is None or _points_wrong(element):
        return None
    attributes = element.attributes
    if any(qualified(name) is None or (name in _ADDRESSES and is_harmful(value)) for name, value in attributes):
        harmless = tuple(pair for pair in attributes if not (pair[0] in _ADDRESSES and is_harmful(pair[1])))
        if harmless != attributes and element.name not in _NEEDS_NO_ADDRESS:
            return None
        attributes = tuple(pair for pair in harmless if qualified(pair[0]) is not None)
    children = tuple(child for one in element.children if (child := as_written(one)) is not None)
    if attributes == element.attributes and children == element.children:
        return element
    return Element(element.name, element.text, attributes, children)


def _append(parent: etree._Element, element: Element) -> None:
    tag = qualified(element.name) or ""
    if element.name.startswith("xml:"):
        # xml:lang was said on the start tag itself.
        parent.set(tag, element.text)
        return
    made = etree.SubElement(parent, tag)
    _set_attributes(made, element.attributes)
    made.text = element.text or None
    for child in element.children:
        _append(made, child)


def _set_attributes(made: etree._Element, attributes: Iterable[tuple[str, str]]) -> None:
    for name, value in attributes:
        if (attribute := qualified(name)) is not None:
            made.set(attribute, value)


def _points_wrong(element: Element) -> bool:
    # "Data: what we know" is a title: only where the text is an address can it do harm.
    return element.name in _IS_ADDRESS and is_harmful(element.text)


class RawElements(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Adds elements to a channel (or item) as they are."""

    def __init__(self) -> None:
        """Start with none."""
        self._elements: list[Element] = []
        self._marks: list[Element] = []

    def add(self, elements: Iterable[Element]) -> None:
        """Take elements to write, in order."""
        self._elements.extend(elements)

    def mark(self, name: str, attributes: Iterable[tuple[str, str]]) -> None:
        """Take attributes to add to an element that feedgen writes."""
        if pairs := tuple(attributes):
            self._marks.append(Element(name, attributes=pairs))

    def extend_ns(self) -> dict[str, str]:
        """Declare every prefix on the root."""
        return dict(NAMESPACES)

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Write what was taken: feedgen calls this with the root of a document."""
        channel = feed[0]
        for element in self._elements:
            append(channel, element)
        return feed


class RawItemElements(RawElements):
    """Adds elements to an item as they are."""

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Write what was taken: feedgen calls this with the item.

        The item is put under a root that declares the prefixes first: its new children then use those instead of
        declaring each its own.
        """
        etree.Element("rss", nsmap=NAMESPACES).append(feed)
        for mark in self._marks:
            if (marked := feed.find(mark.name)) is not None:
                _set_attributes(marked, mark.attributes)
        for element in self._elements:
            append(feed, element)
        return feed
