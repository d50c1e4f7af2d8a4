"""Atom 1.0 and 0.3 in RSS's words. What has no word there keeps its name (`atom:link`, `atom:contributor`)."""

from collections.abc import Iterator

from lxml import etree

from mediafeed.model.parsed import Element, first
from mediafeed.parse.addresses import base_of, joined, resolved
from mediafeed.parse.build import attributes_of, elements_of
from mediafeed.parse.names import Names, local_name

_DATES = ("atom:published", "atom:issued", "atom:created", "atom:updated", "atom:modified")
_ENTRY_DEPTH = 2


def entry_nodes(root: etree._Element) -> list[etree._Element]:
    """Find the entries: children of the feed."""
    return [node for node in root if local_name(node.tag) == "entry"]


def atom_head(root: etree._Element, names: Names, url: str) -> tuple[Element, ...]:
    """Give everything a feed says about its show."""
    nodes = [node for node in root if local_name(node.tag) != "entry"]
    elements = elements_of(nodes, names, _ENTRY_DEPTH) + _own_attributes(root, names)
    return tuple(_in_rss(elements, base_of(root, url), _HEAD_NAMES, in_head=True))


def atom_item(entry: etree._Element, names: Names, url: str) -> tuple[Element, ...]:
    """Give everything an entry says."""
    elements = elements_of(entry, names, _ENTRY_DEPTH) + _own_attributes(entry, names)
    return tuple(_in_rss(elements, base_of(entry, url), _ENTRY_NAMES, in_head=False))


_TEXT_NAMES = {
    "atom:title": "title",
    "atom:subtitle": "description",
    "atom:tagline": "description",
    "atom:summary": "description",
    "atom:content": "content:encoded",
}
_HEAD_NAMES = _TEXT_NAMES | {"atom:rights": "copyright", "atom:copyright": "copyright", "atom:generator": "generator"}
_ENTRY_NAMES = _TEXT_NAMES


def _in_rss(elements: tuple[Element, ...], base: str, plain: dict[str, str], *, in_head: bool) -> Iterator[Element]:
    alternate = _alternate(elements)
    dated = first(elements, *_DATES)
    for element in elements:
        name = element.name
        if name in plain:
            yield Element(plain[name], element.text, element.attributes, element.children)
        elif name == "atom:link":
            yield _link(element, base, is_alternate=element is alternate)
        elif name == "atom:id":
            yield Element("atom:id", element.text) if in_head else _guid(element)
        elif name == "atom:author":
            yield Element("author", _person(element))
            yield element
        elif name == "atom:category":
            yield _category(element)
        elif name == "atom:source":
            yield _source(element)
            yield element
        elif name == "atom:logo":
            yield Element("image", children=(Element("url", resolved(element.text, base)),))
        elif name in {"atom:updated", "atom:modified"}:
            yield Element("atom:updated", element.text, element.attributes)
        elif element is not dated:
            yield element
        if element is dated:
            yield Element("pubDate", element.text, element.attributes)


def _alternate(elements: tuple[Element, ...]) -> Element | None:
    """Choose the link to the page: an HTML one before others (RFC 4287 allows one for each type and language)."""
    links = [
        element
        for element in elements
        if element.name == "atom:link" and element.get("rel", "alternate") in {"alternate", ""} and element.get("href")
    ]
    pages = [link for link in links if link.get("type") in {"", "text/html", "application/xhtml+xml"}]
    return next(iter(pages or links), None)


def _link(element: Element, base: str, *, is_alternate: bool) -> Element:
    href = resolved(element.get("href"), joined(base, element.get("xml:base")))
    others = tuple(pair for pair in element.attributes if pair[0] not in {"href", "xml:base"})
    if is_alternate:
        return Element("link", href or element.text, tuple(pair for pair in others if pair[0] != "rel"))
    if element.get("rel") == "enclosure" and href:
        return Element("enclosure", "", (("url", href), *(pair for pair in others if pair[0] != "rel")))
    return Element("atom:link", element.text, (("href", href), *others))


def _guid(element: Element) -> Element:
    return Element("guid", element.text, (("isPermaLink", "false"),))


def _person(element: Element) -> str:
    return next((child.text for name in ("atom:name", "atom:email") for child in element.all(name)), element.text)


def _category(element: Element) -> Element:
    others = tuple(("domain" if name == "scheme" else name, value) for name, value in element.attributes)
    return Element("category", element.get("label") or element.get("term") or element.text, others)


def _source(element: Element) -> Element:
    links = [child for child in element.all("atom:link") if child.get("rel") == "self"]
    title = next((child.text for child in element.all("atom:title")), "")
    return Element("source", title, (("url", links[0].get("href")),) if links else ())


def _own_attributes(node: etree._Element, names: Names) -> tuple[Element, ...]:
    """Keep what stands on the start tag itself (xml:lang, gd:etag) as elements of that name."""
    own = attributes_of(node, names)
    return tuple(Element(name, value) for name, value in own if name not in {"xml:base", "version"})
