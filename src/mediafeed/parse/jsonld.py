"""JSON-LD on a page, as sloppily as pages write it: graphs, lists, comments around it, commas too many."""

import json
import re
from collections.abc import Iterator

import orjson
from lxml import etree

Node = dict[str, object]

_LONGEST_SCRIPT = 1024 * 1024
_MOST_SCRIPTS = 50
_MOST_NODES = 3000
_DEEPEST = 12
# Remains of XHTML and of templates around the JSON.
_BEFORE = ("<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[")
_BEHIND = ("-->", "//]]>", "/*]]>*/", "]]>", "//")
_COMMA_TOO_MANY = re.compile(r",(\s*[}\]])")


def nodes_in(root: etree._Element) -> tuple[Node, ...]:
    """Give every object in the page's JSON-LD, outer ones first; a script that nobody can read is none."""
    nodes: list[Node] = []
    scripts = (script for script in root.iter("script") if "ld+json" in (script.get("type") or "").lower())
    for script, _ in zip(scripts, range(_MOST_SCRIPTS), strict=False):
        _collect(_read(script.text or ""), nodes, 0)
    return tuple(nodes)


def _read(text: str) -> object:
    if len(text) > _LONGEST_SCRIPT:
        return None
    text = _unwrapped(text)
    for attempt in (text, _COMMA_TOO_MANY.sub(r"\1", text)):
        try:
            return orjson.loads(attempt)
        except orjson.JSONDecodeError:
            pass
        try:
            return json.loads(attempt, strict=False)  # raw line breaks inside of texts
        except (ValueError, RecursionError):
            pass
    return None


def _unwrapped(text: str) -> str:
    text = text.strip()
    for start in _BEFORE:
        text = text.removeprefix(start).lstrip()
    for end in _BEHIND:
        text = text.removesuffix(end).rstrip("; \t\r\n")
    return text


def _collect(value: object, nodes: list[Node], depth: int) -> None:
    if depth > _DEEPEST or len(nodes) >= _MOST_NODES:
        return
    if isinstance(value, dict):
        if value.keys() - {"@graph", "@context"}:
            nodes.append(value)
        for inner in value.values():
            _collect(inner, nodes, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _collect(inner, nodes, depth + 1)


def types_of(node: Node) -> frozenset[str]:
    """Give the types of a node without "schema:" and "https://schema.org/"."""
    return frozenset(re.split(r"[/:]", name)[-1] for name in strings(node.get("@type")))


def strings(value: object) -> Iterator[str]:
    """Walk the texts in a value: a text, a number, a list of them, {"@value": …}.

    >>> list(strings(["a", {"@value": "b"}, 3]))
    ['a', 'b', '3']
    """
    if isinstance(value, str):
        if value.strip():
            yield value.strip()
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list):
        for inner in value[:200]:
            if not isinstance(inner, list):
                yield from strings(inner)
    elif isinstance(value, dict) and "@value" in value:
        inner = value["@value"]
        if isinstance(inner, str):
            yield from strings(inner)


def text(node: Node, *keys: str) -> str:
    """Give the first text under the first key that has one, or ""."""
    for key in keys:
        for found in strings(node.get(key)):
            return found
    return ""


def objects(node: Node, *keys: str, among: tuple[Node, ...] = ()) -> Iterator[Node]:
    """Walk the objects under keys; a bare text is {"name": text}, a bare reference the node of that id in `among`."""
    for key in keys:
        value = node.get(key)
        for inner in value[:200] if isinstance(value, list) else (value,):
            if isinstance(inner, str) and inner.strip():
                yield {"name": inner.strip()}
            elif isinstance(inner, dict):
                if inner.keys() == {"@id"}:
                    yield next((other for other in among if other is not inner and _is_meant(inner, other)), inner)
                else:
                    yield inner


def _is_meant(reference: Node, node: Node) -> bool:
    return node.get("@id") == reference["@id"] and len(node) > 1


def address(node: Node, *keys: str) -> str:
    """Give the first address under the keys: a text, or an object's url, contentUrl or @id.

    >>> address({"image": [{"@type": "ImageObject", "url": "https://a.example/1.jpg"}]}, "image")
    'https://a.example/1.jpg'
    """
    for inner in objects(node, *keys):
        for key in ("url", "contentUrl", "embedUrl", "@id", "name"):
            found = next(strings(inner.get(key)), "")
            if "/" in found:
                return found
    return ""
