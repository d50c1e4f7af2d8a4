"""RSS and RDF: the head and items of a parsed document. RSS names stand for themselves."""

from lxml import etree

from mediafeed.model.parsed import Element, FeedForm, first
from mediafeed.parse.addresses import base_of, completed
from mediafeed.parse.build import attributes_of, elements_of
from mediafeed.parse.names import RDF, Names, local_name

_ENCLOSURE = "{http://purl.oclc.org/net/rss_2.0/enc#}"
_ITEM_DEPTH = 3


def item_nodes(root: etree._Element) -> list[etree._Element]:
    """Find the items: children of a channel or of the root."""
    found: list[etree._Element] = []
    for node in root:
        name = local_name(node.tag)
        if name == "item":
            found.append(node)
        elif name == "channel":
            found.extend(child for child in node if local_name(child.tag) == "item")
    return found


def head_elements(root: etree._Element, names: Names, url: str) -> tuple[Element, ...]:
    """Give everything a document says about its show; `url` is where it stands."""
    elements: list[Element] = []
    for node in root:
        if local_name(node.tag) == "item":
            continue
        if local_name(node.tag) == "channel":
            elements += _own_attributes(node, names)
            inner = (child for child in node if local_name(child.tag) != "item")
            elements += elements_of(inner, names, _ITEM_DEPTH)
        else:
            elements += elements_of([node], names, 2)
    heads = completed(tuple(elements), base_of(root, url)) + _own_attributes(root, names, only="xml:")
    return _without_references(heads) if home_is_rdf(root) else heads


def home_is_rdf(root: etree._Element) -> bool:
    """Say whether a root is <rdf:RDF>."""
    return str(root.tag) == f"{{{RDF}}}RDF"


def item_elements(node: etree._Element, names: Names, form: FeedForm, url: str) -> tuple[Element, ...]:
    """Give everything an item says."""
    elements = completed(elements_of(node, names, _ITEM_DEPTH), base_of(node, url))
    own = _own_attributes(node, names)
    if form is FeedForm.RDF:
        return _from_rdf(elements, own)
    return elements + own


def _own_attributes(node: etree._Element, names: Names, only: str = "") -> tuple[Element, ...]:
    """Keep what stands on the start tag itself (xml:lang, rdf:about) as elements of that name."""
    return tuple(
        Element(name, value)
        for name, value in attributes_of(node, names)
        if name.startswith(only) and name != "xml:base" and not (only and name == "version")
    )


def _without_references(head: tuple[Element, ...]) -> tuple[Element, ...]:
    """Leave out RDF's table of contents, and its pointers to an image that stands in full beside the channel."""
    return tuple(
        element
        for element in head
        if element.name not in {"items", "rdf:about"}
        and not (element.name in {"image", "textinput"} and not element.children)
    )


def _from_rdf(elements: tuple[Element, ...], own: tuple[Element, ...]) -> tuple[Element, ...]:
    added: list[Element] = []
    about = first(own, "rdf:about")
    if about is not None and first(elements, "guid") is None:
        added.append(Element("guid", about.text, (("isPermaLink", "false"),)))
    dated = first(elements, "dc:date")
    if dated is not None and first(elements, "pubDate") is None:
        added.append(Element("pubDate", dated.text))
    added += [_enclosure(element) for element in elements if element.name == f"{_ENCLOSURE}enclosure"]
    return elements + tuple(added) + tuple(element for element in own if element.name != "rdf:about")


def _enclosure(element: Element) -> Element:
    """Read mod_enclosure: rdf:resource, enc:type and enc:length."""
    names = {"rdf:resource": "url", f"{_ENCLOSURE}type": "type", f"{_ENCLOSURE}length": "length"}
    return Element("enclosure", attributes=tuple((names.get(key, key), value) for key, value in element.attributes))
