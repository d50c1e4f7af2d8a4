"""Strict XML to Elements: nothing is trimmed, guessed or repaired."""

from collections.abc import Iterable
from html import escape
from typing import cast

from lxml import etree

from mediafeed.model.parsed import Element
from mediafeed.parse.gate import (
    MAX_ATTRIBUTE,
    MAX_ATTRIBUTES,
    MAX_DEPTH,
    MAX_TEXT,
    check_elements,
    hostile,
    syntax_error,
)
from mediafeed.parse.names import XHTML, Names, home_of, local_name

# Markup inside of these is a text somebody forgot to escape, not data.
_TEXTS = frozenset({
    "title", "description", "content:encoded", "itunes:summary", "itunes:subtitle", "media:description",
    "media:title", "atom:title", "atom:subtitle", "atom:summary", "atom:content", "atom:rights",
    "atom:tagline",
})  # fmt: skip
_MAX_PARTS = 100_000
_XHTML_TAG = f"{{{XHTML}}}"
# Values that templates have been seen to wrap (<pubDate><time>…</time></pubDate>): all words inside are theirs.
_VALUES = frozenset({"pubDate", "guid", "link", "author", "category", "dc:date", "dc:creator", "itunes:author"})
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))


def parsed(document: bytes, *, keep_instructions: bool = False) -> etree._Element:
    """Parse well-formed XML in UTF-8 that has no document type declaration, without touching anything else.

    Raises:
        NotWellFormedError: It is not well-formed.
        ParseError: HOSTILE.
    """
    check_elements(document)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=not keep_instructions,
    )
    try:
        return etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        raise syntax_error(error) from error


def elements_of(nodes: Iterable[etree._Element], names: Names, depth: int = 3) -> tuple[Element, ...]:
    """Build an Element of each node, which must be elements. `depth` is how deep they stand.

    Raises:
        ParseError: HOSTILE, a limit was passed.
    """
    return tuple([_element(node, names, depth) for node in nodes])


def attributes_of(node: etree._Element, names: Names) -> tuple[tuple[str, str], ...]:
    """Give a node's attributes by our names."""
    count = len(node.attrib)
    if not count:
        return ()
    if count > MAX_ATTRIBUTES:  # lxml looks each value up by its name: thousands would take seconds
        raise hostile("too many attributes")
    attributes = cast("list[tuple[str, str]]", node.items())
    pairs = tuple(
        [(names[key] if key[0] == "{" else key, value) for key, value in attributes if len(value) <= MAX_ATTRIBUTE]
    )
    if len(pairs) < count:
        raise hostile("a very long attribute")
    return pairs


def _element(node: etree._Element, names: Names, depth: int) -> Element:
    name = names[node.tag]
    text = node.text or ""
    attributes = attributes_of(node, names)
    children: tuple[Element, ...] = ()
    if len(node):
        if depth >= MAX_DEPTH:
            raise hostile("too deep")
        if _is_markup(node, name):
            text = inner_markup(node, depth)
            attributes = (*(pair for pair in attributes if pair[0] != "type"), ("type", "xhtml"))
        else:
            children = tuple([_element(child, names, depth + 1) for child in node])
            if name in _VALUES:
                text = "".join(cast("Iterable[str]", node.itertext()))
    if len(text) > MAX_TEXT:
        raise hostile("a very long text")
    return Element(name, text, attributes, children)


def _is_markup(node: etree._Element, name: str) -> bool:
    """Tell text with tags in it from data: markup has XHTML's namespace, words between its tags, or a text's name."""
    if name in _TEXTS:
        # Atom carries other XML than markup too (type="application/xml"): that is data.
        return "/" not in node.get("type", "").removeprefix("text/").removeprefix("application/xhtml")
    if node.get("type") == "xhtml":
        return True
    for child in node:
        tail = child.tail
        if (tail and not tail.isspace()) or child.tag.startswith(_XHTML_TAG):
            return True
    return False


def inner_markup(node: etree._Element, depth: int = 0) -> str:
    """Write what stands inside a node as HTML; the one <div> that Atom wraps around it is no part of it.

    >>> inner_markup(etree.fromstring('<content type="xhtml"><div>A <b>&lt;guest</b><br/></div></content>'))
    'A <b>&lt;guest</b><br>'
    """
    if node.get("type") == "xhtml" and len(node) == 1:
        alone = not (node.text or "").strip() and not (node[0].tail or "").strip()
        if alone and local_name(node[0].tag) == "div":
            node = node[0]
    parts: list[str] = []
    _write_inner(node, parts, depth)
    return "".join(parts)


def _write_inner(node: etree._Element, parts: list[str], depth: int) -> None:
    if depth >= MAX_DEPTH:
        raise hostile("too deep")
    parts.append(escape(node.text or "", quote=False))
    for child in node:
        if len(parts) > _MAX_PARTS or len(child.attrib) > MAX_ATTRIBUTES:
            raise hostile("a very long text")
        name = _written_name(child)
        attributes = "".join(f' {_bare(key)}="{escape(str(value))}"' for key, value in child.items())
        parts.append(f"<{name}{attributes}>")
        _write_inner(child, parts, depth + 1)
        if name not in _VOID:
            parts.append(f"</{name}>")
        parts.append(escape(child.tail or "", quote=False))


def _written_name(node: etree._Element) -> str:
    local = local_name(node.tag)
    return local if node.prefix is None or home_of(node.tag) == XHTML else f"{node.prefix}:{local}"


def _bare(key: str | bytes) -> str:
    return local_name(str(key))
