"""What a channel says beside the fields of Show: what its items inherit, and what only the show's own feed can say."""

from collections.abc import Iterable
from typing import Final

from mediafeed.model.parsed import Element

# Said of the publisher's document or server, and mostly new at every fetch: no fact about the show.
_OF_THE_DOCUMENT: Final = frozenset(
    {
        "title", "link", "pubDate", "lastBuildDate", "generator", "docs", "ttl", "cloud", "skipHours", "skipDays",
        "items", "atom:link", "atom:id", "atom:updated", "atom:generator", "sy:updatePeriod",
        "sy:updateFrequency", "sy:updateBase", "dc:date", "dcterms:modified",
    }
)  # fmt: skip
# Facts that speak of what the items hold, in namespaces where an item may say them too.
_INHERITED: Final = frozenset(
    {
        "creativeCommons:license", "cc:license", "dcterms:license", "dcterms:rights", "dcterms:rightsHolder",
        "dc:publisher", "dc:contributor", "dc:coverage", "dcterms:publisher", "dcterms:contributor", "dcterms:spatial",
        "dcterms:audience", "atom:contributor", "media:rating", "media:adult", "media:credit", "media:copyright",
        "media:license", "media:restriction", "rawvoice:rating", "rawvoice:location", "rawvoice:donate",
        "spotify:countryOfOrigin",
    }
)  # fmt: skip
_INHERITED_KINDS: Final = ("podcast:", "georss:", "geo:")
# Of the podcast namespace: what a channel alone may say. A tag that is invented tomorrow may mean its items.
_CHANNEL_ALONE: Final = frozenset(
    {
        "podcast:guid", "podcast:locked", "podcast:block", "podcast:medium", "podcast:podping", "podcast:publisher",
        "podcast:podroll", "podcast:trailer", "podcast:updateFrequency", "podcast:liveItem", "podcast:remoteItem",
        "podcast:complete", "podcast:id",
    }
)  # fmt: skip
_MOST: Final = 200
# Every item restates what is pushed down: a megabyte in a channel would be a gigabyte in a feed.
_LARGEST_PUSHED: Final = 16 * 1024  # bytes
_LARGEST: Final = 32 * 1024


def pushed_down(head: Iterable[Element]) -> tuple[Element, ...]:
    """Give the facts that a merged channel cannot say of one of its shows, so that each item restates them."""
    return _bounded((element for element in head if is_inherited(element)), _LARGEST_PUSHED)


def of_the_show(head: Iterable[Element]) -> tuple[Element, ...]:
    """Give everything else that is said of the show, names nobody has heard of included, for the show's own feed."""
    others = (
        element
        for element in head
        if element.name not in _OF_THE_DOCUMENT and not element.name.startswith("page:") and not is_inherited(element)
    )
    return _bounded(others, _LARGEST)


def is_inherited(element: Element) -> bool:
    """Say whether a channel's fact is one of each of its items, unless the item says otherwise.

    >>> is_inherited(Element("podcast:license")), is_inherited(Element("podcast:trailer"))
    (True, False)
    """
    name = element.name
    if name == "podcast:txt":
        # One that says no purpose is mostly a proof of who owns the feed.
        return bool(element.get("purpose").strip())
    return name in _INHERITED or (name.startswith(_INHERITED_KINDS) and name not in _CHANNEL_ALONE)


def _bounded(elements: Iterable[Element], room: int) -> tuple[Element, ...]:
    kept: list[Element] = []
    for element in elements:
        size = _size(element)
        if size <= room and len(kept) < _MOST:
            room -= size
            kept.append(element)
    return tuple(kept)


def _size(element: Element) -> int:
    said = sum(len(name) + _bytes(value) for name, value in element.attributes)
    return len(element.name) + _bytes(element.text) + said + sum(map(_size, element.children))


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
