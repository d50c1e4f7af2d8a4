"""What was said: bytes read word for word, before anybody claims anything.

One vocabulary serves every form. RSS 2.0 names stand for themselves (`title`, `link`, `guid`, `pubDate`,
`description`, `enclosure`, `source`, `category` ...); names in namespaces carry the usual prefix
(`itunes:duration`, `podcast:person`, `content:encoded`, `media:content`, `psc:chapters`, `atom:link`, `dc:creator`),
whatever prefix or spelling of the namespace's address the document used; an unknown namespace keeps its
address: `{http://example.org/ns}name`. Atom, RDF, JSON Feed and web pages are brought to the same names by `parse`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Element:
    """One element as found: text and attribute values are the source's own, untrimmed."""

    name: str
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Element", ...] = ()

    def get(self, attribute: str, default: str = "") -> str:
        """Give an attribute's value.

        >>> Element("enclosure", attributes=(("url", "https://a.example/1.mp3"),)).get("url")
        'https://a.example/1.mp3'
        """
        return next((value for name, value in self.attributes if name == attribute), default)

    def all(self, name: str) -> Iterator["Element"]:
        """Walk the children of that name, in document order."""
        return (child for child in self.children if child.name == name)


def first(elements: tuple[Element, ...], *names: str) -> Element | None:
    """Give the first element of the first name that has one with words or attributes in it.

    >>> first((Element("title", " "), Element("dc:title", "Japan")), "title", "dc:title").text
    'Japan'
    """
    for name in names:
        for element in elements:
            if element.name == name and (element.text.strip() or element.attributes or element.children):
                return element
    return None


def words(elements: tuple[Element, ...], *names: str) -> str:
    """Give the trimmed text of the first element of the first name that has any, or "".

    >>> words((Element("itunes:author", " RUSI "),), "itunes:author", "author")
    'RUSI'
    """
    for name in names:
        for element in elements:
            if element.name == name and (text := element.text.strip()):
                return text
    return ""


def named(elements: tuple[Element, ...], name: str) -> tuple[Element, ...]:
    """Give every element of that name, in document order."""
    return tuple(element for element in elements if element.name == name)


class FeedForm(StrEnum):
    """What the bytes turned out to be."""

    RSS = "rss"
    ATOM = "atom"
    RDF = "rdf"
    JSON = "json"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class ParsedItem:
    """One item as found. `hash` is xxh3-128 (hex) of the bytes it was read from: the same hash, the same words."""

    elements: tuple[Element, ...]
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """One document, word for word.

    `items` are those whose hash was not known to the caller, in document order; `order` names the hashes of all
    items the document lists, known ones included. `head` is None when its hash is the one the caller held.
    `flags` tell what had to be repaired or set aside, in words ("item 7: ill-formed, set aside",
    "declared utf-8, read as windows-1252"). `complete` is False when the document breaks off: nothing may be
    concluded from what is missing, and its validators must not be kept.
    """

    form: FeedForm
    head: tuple[Element, ...] | None
    head_hash: str
    items: tuple[ParsedItem, ...]
    order: tuple[str, ...]
    flags: tuple[str, ...] = ()
    complete: bool = True


class LinkKind(StrEnum):
    """How a page points at a feed."""

    ALTERNATE = "alternate"  # <link rel="alternate" type="application/rss+xml">
    HOST = "host"  # an address on a known podcast host that is, or leads to, a feed
    APPLE = "apple"  # an Apple Podcasts address: its id is looked up in the directory


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A place where a page says its podcast's feed may be: an address, or for APPLE the numeric id as text."""

    kind: LinkKind
    target: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """One show as a podcast directory tells it."""

    title: str
    author: str
    feed_url: str
    id: str = ""
