"""Read feeds with lxml and nothing of ours: elements as they stand, under the usual prefixes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

# The address everybody uses last; others before it are read as the same.
_ADDRESSES = {
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://search.yahoo.com/mrss/": "media",
    "http://podlove.org/simple-chapters": "psc",
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://www.georss.org/georss": "georss",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.spotify.com/ns/rss": "spotify",
    "http://www.rawvoice.com/rawvoicerssmodule/": "rawvoice",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://wellformedweb.org/commentapi/": "wfw",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://web.resource.org/cc/": "cc",
    "http://backend.userland.com/creativecommonsrssmodule": "creativeCommons",
    "https://schema.acast.com/1.0/": "acast",
    "http://www.w3.org/xml/1998/namespace": "xml",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One element: its name, its text without the space around it, attributes by name, children in order."""

    name: str
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Said", ...] = ()

    def get(self, name: str) -> str:
        """Give an attribute, or ""."""
        return dict(self.attributes).get(name, "")

    def facts(self) -> Iterator[tuple[str, str]]:
        """Give every fact in it as (where, what): its text, each attribute, those of each child."""
        if self.text or not (self.attributes or self.children):
            yield "", self.text
        yield from ((f"@{name}", value) for name, value in self.attributes)
        counts: dict[str, int] = {}
        for child in self.children:
            counts[child.name] = counts.get(child.name, 0) + 1
            for where, what in child.facts():
                yield f"/{child.name}[{counts[child.name]}]{where}", what


@dataclass(frozen=True, slots=True)
class Item:
    """One item: what it says, what stands on its own start tag included."""

    said: tuple[Said, ...]

    def text(self, name: str) -> str:
        """Give the text of the first element of that name, or ""."""
        return next((one.text for one in self.said if one.name == name), "")

    @property
    def audio(self) -> str:
        """Give the address of its first file: what it is told by, whatever it is called."""
        return next((one.get("url") for one in self.said if one.name == "enclosure"), "")

    def names(self) -> frozenset[str]:
        """Give the names of all that it says."""
        return frozenset(one.name for one in self.said)


@dataclass(frozen=True, slots=True)
class Feed:
    """One RSS document."""

    said: tuple[Said, ...]
    items: tuple[Item, ...] = field(default=())

    @property
    def title(self) -> str:
        """Give the channel's title."""
        return Item(self.said).text("title")


def canonical(tag: str) -> str:
    """Give a name with the usual prefix, whatever the document calls it; unknown namespaces stay addresses."""
    address, brace, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    if not brace:
        return local
    prefix = _ADDRESSES.get(address.lower())
    return f"{prefix}:{local}" if prefix else tag


def read(document: bytes | Path) -> Feed:
    """Read a document.

    Raises:
        lxml.etree.XMLSyntaxError: It is not well-formed.
    """
    root = etree.fromstring(document.read_bytes() if isinstance(document, Path) else document)
    channel = root.find("channel")
    if channel is None:
        return Feed(())
    items = tuple(Item(_all_of(node)) for node in channel.findall("item"))
    return Feed(tuple(one for one in _all_of(channel) if one.name != "item"), items)


def _all_of(node: etree._Element) -> tuple[Said, ...]:
    own = tuple(Said(name, value) for name, value in _attributes(node))
    return own + tuple(_said(child) for child in node if isinstance(child.tag, str))


def _said(node: etree._Element) -> Said:
    children = tuple(_said(child) for child in node if isinstance(child.tag, str))
    return Said(canonical(str(node.tag)), (node.text or "").strip(), tuple(_attributes(node)), children)


def _attributes(node: etree._Element) -> Iterator[tuple[str, str]]:
    return ((canonical(str(name)), str(value)) for name, value in node.attrib.items())


def found(wanted: Sequence[Said], offered: Sequence[Said]) -> list[frozenset[str]]:
    """Say for each wanted element which of its facts (where) are offered: each in one element, the likest one.

    >>> found([Said("a", "1", (("b", "2"),))], [Said("a", "0"), Said("a", "1", (("b", "3"),))])
    [frozenset({''})]
    """
    free = list(offered)
    told = []
    for one in wanted:
        facts = set(one.facts())
        rivals = [
            (len(facts & set(other.facts())), -place) for place, other in enumerate(free) if other.name == one.name
        ]
        if not rivals:
            told.append(frozenset[str]())
            continue
        likest = free.pop(-max(rivals)[1])
        told.append(frozenset(where for where, _ in facts & set(likest.facts())))
    return told
