"""Relative addresses, completed by where a document stands: in our feed they would be relative to us."""

import re
from dataclasses import replace
from urllib.parse import urljoin

from lxml import etree

from mediafeed.model.parsed import Element

# Where RSS has addresses, as attributes. Most elements have none and cost one look-up.
_HOLDERS = {
    "enclosure": "url", "media:content": "url", "media:thumbnail": "url", "itunes:image": "href",
    "podcast:transcript": "url", "podcast:chapters": "url", "podcast:image": "href", "atom:link": "href",
}  # fmt: skip
_OUTER = frozenset({"image", "media:group"})
# "/ep/33", "//cdn.example/33.mp3", "audio/33.mp3"; never "N/A", "#", "www.example.org" or "example.org/33.mp3": what
# people write for want of an address, or without its beginning, must not become another one.
_FROM_ROOT = re.compile(r"\s*/[^\s]")
_FILE = re.compile(
    r"\s*(?:(?:\.{1,2}|[\w~%+-]+)/)*[\w~%.+()-]*"
    r"\.(?:mp3|m4a|m4b|mp4|m4v|mov|ogg|oga|opus|aac|wav|flac|webm|jpe?g|png|gif|webp|vtt|srt|json|html?)"
    r"(?:[?#]\S*)?\s*",
    re.IGNORECASE,
)
_LONGEST = 1000


def base_of(node: etree._Element, url: str) -> str:
    """Give what addresses in a node are relative to: xml:base, or else where the document stands."""
    return joined(url, node.base or "")


def joined(base: str, address: str) -> str:
    """Complete a base by another; one that is no address leaves it as it is."""
    try:
        return urljoin(base, address) if address else base
    except ValueError:  # "http://[": no address at all
        return base


def resolved(address: str, base: str) -> str:
    """Complete a relative address; RFC 4287, 2: it is relative to xml:base, or else to where the feed stands.

    >>> resolved("ep/33", "https://example.org/feed.atom")
    'https://example.org/ep/33'
    """
    if not address.strip() or "://" in address[:16]:
        return address
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address


def completed(elements: tuple[Element, ...], base: str) -> tuple[Element, ...]:
    """Complete the relative addresses of RSS's elements; all else stays word for word.

    >>> completed((Element("link", "/33"), Element("link", "#")), "https://example.org/feed.xml")[0].text
    'https://example.org/33'
    """
    return tuple([_completed(element, base) for element in elements]) if base else elements


def _completed(element: Element, base: str) -> Element:
    name = element.name
    if (holder := _HOLDERS.get(name)) is not None:
        given = element.get(holder)
        if _is_relative(given):
            at = resolved(given, base)
            return replace(
                element, attributes=tuple((key, at if key == holder else value) for key, value in element.attributes)
            )
    elif name in {"link", "url"} and element.text and _is_relative(element.text):
        return replace(element, text=resolved(element.text, base))
    elif name in _OUTER and element.children:
        return replace(element, children=completed(element.children, base))
    return element


def _is_relative(address: str) -> bool:
    # Most are absolute, and told by their first letters.
    if address.startswith("http") or len(address) > _LONGEST:
        return False
    return bool(_FROM_ROOT.match(address) or _FILE.fullmatch(address))
