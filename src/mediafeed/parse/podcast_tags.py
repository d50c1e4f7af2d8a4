"""Rescue an item's elements in namespaces from its bytes, where nobody can parse the item itself.

feedparser keeps only the last of repeated podcast: elements, drops their text, and forgets what it does not know.
"""

import re
from collections.abc import Iterator
from html import unescape

from mediafeed.errors import ParseError
from mediafeed.model.namespaces import PREFIXES
from mediafeed.model.parsed import Element
from mediafeed.parse.build import elements_of, parsed
from mediafeed.parse.gate import MAX_ATTRIBUTE, MAX_ATTRIBUTES, MAX_TEXT
from mediafeed.parse.mend import mended
from mediafeed.parse.names import Names, home_of

_TOKEN = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
    rb"|<([A-Za-z_][\w.-]{0,40}):([A-Za-z_][\w.-]{0,60})"
    # A ">" inside of quotation marks ends no tag, unless the marks themselves are broken.
    rb"((?>\s(?>[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)?/?(?=>)|(?:\s[^<>]{0,8000})?/?)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"([A-Za-z_][\w.:-]{0,60})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]{1,2000}))")
_DECLARED = re.compile(rb"\bxmlns:([\w.-]{1,40})\s{0,9}=\s{0,9}[\"']([^\"']{1,300})[\"']")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_USED = re.compile(rb"(?:</?|\s)([A-Za-z_][\w.-]{0,40}):[A-Za-z_]")


def with_prefixes(opening: bytes, pieces: bytes = b"") -> bytes:
    """Declare in a root's start tag the usual prefixes, and every other one that the pieces use.

    >>> b' xmlns:mood="undeclared:mood" ' in with_prefixes(b"<rss>", b"<mood:light/>")
    True
    """
    declared = {name.decode("ascii", "replace") for name, _ in _DECLARED.findall(opening)} | {"xml", "xmlns"}
    used = {name.decode("ascii", "replace") for name in set(_USED.findall(pieces))}
    wanted = {name: PREFIXES.get(name, f"undeclared:{name}") for name in sorted(used | set(PREFIXES))}
    extra = "".join(f' xmlns:{name}="{address}"' for name, address in wanted.items() if name not in declared)
    end = opening.find(b">", _end_of_name(opening))
    return opening[:end] + extra.encode("ascii", "replace") + opening[end:]


def _end_of_name(opening: bytes) -> int:
    """Find where the root's last attribute ends: a ">" inside of quotation marks is no end."""
    tag = re.match(rb"<[^\s>]++(?>[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+", opening)
    return tag.end() if tag else 0


def rescued(piece: bytes, opening: bytes, closing: bytes) -> tuple[Element, ...]:
    """Give an item's elements that have a prefix, each as whole as it can be read."""
    return tuple(_rescued(piece, opening, closing))


def _rescued(piece: bytes, opening: bytes, closing: bytes) -> Iterator[Element]:
    names = Names()
    addresses = {prefix: address.decode("utf-8", "replace") for prefix, address in _DECLARED.findall(opening)}
    position = 0
    while found := _TOKEN.search(piece, position):
        position = found.end()
        prefix = found[1]
        if not prefix or prefix not in addresses:
            continue
        attributes = found[3] or b""
        end_tag = b"</%b:%b>" % (prefix, found[2])
        end = -1 if attributes.endswith(b"/") else piece.find(end_tag, position)
        inner = piece[position:end] if end >= 0 else b""
        if end >= 0:
            position = end + len(end_tag)
        whole = piece[found.start() : position] if end >= 0 else found[0].rstrip(b"/>") + b"/>"
        name = names[f"{{{addresses[prefix]}}}{found[2].decode('utf-8', 'replace')}"]
        yield _strictly(whole, opening, closing) or _roughly(name, attributes, inner)


def _strictly(whole: bytes, opening: bytes, closing: bytes) -> Element | None:
    try:
        root = parsed(opening + mended(whole) + closing)
        parent = root[0] if closing.startswith(b"</channel>") else root
        return elements_of([parent[0]], Names(home=home_of(str(root.tag))))[0]
    except (ParseError, IndexError):
        return None


def _roughly(name: str, attributes: bytes, inner: bytes) -> Element:
    """Read attributes and text of an element that is broken itself."""
    pairs = [
        (key.decode("utf-8", "replace"), unescape((double or single or bare).decode("utf-8", "replace")))
        for key, double, single, bare in _ATTRIBUTE.findall(attributes)[:MAX_ATTRIBUTES]
        if len(double) + len(single) + len(bare) <= MAX_ATTRIBUTE
    ]
    return Element(name, text_of(inner), tuple(pairs))


def text_of(inner: bytes) -> str:
    """Read the text between two tags: CDATA as it is, anything else with its references resolved.

    >>> text_of(b"<![CDATA[Q&amp;A]]> &amp; more")
    'Q&amp;A & more'
    """
    text = inner.decode("utf-8", "replace")[:MAX_TEXT]
    parts = _CDATA.split(text)
    return "".join(part if number % 2 else unescape(part) for number, part in enumerate(parts))
