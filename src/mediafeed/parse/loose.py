"""feedparser's entries in our words: the last resort, for what no strict reader understands."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import feedparser

from mediafeed.model.parsed import Element
from mediafeed.parse.gate import MAX_TEXT

_HEADERS = {"content-type": "application/xml; charset=utf-8"}


def feedparser_reads(document: bytes) -> Mapping[str, Any]:
    """Let feedparser read a document in UTF-8: no network, no file, no sanitising, no resolving.

    It raises on some character references and on other oddities: what it cannot read is an empty document.
    """
    try:
        # Bytes would be tried as a file name first.
        found = feedparser.parse(
            BytesIO(document), response_headers=_HEADERS, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception:  # noqa: BLE001  a stranger's reader on a stranger's bytes: it raises what it likes
        return {"entries": [], "feed": {}, "version": ""}
    return dict(found)


def item_of_entry(entry: Mapping[str, Any]) -> tuple[Element, ...]:
    """Give what feedparser understood of an item."""
    return tuple(_item(dict(entry)))


def head_of_feed(feed: Mapping[str, Any]) -> tuple[Element, ...]:
    """Give what feedparser understood of a channel."""
    return tuple(_head(dict(feed)))


def _head(feed: dict[str, Any]) -> Iterator[Element]:
    yield from _detailed(feed, "title", "title")
    yield from _links(feed)
    yield from _detailed(feed, "subtitle", "description")
    for key, name in (("language", "language"), ("rights", "copyright"), ("generator", "generator"), ("ttl", "ttl")):
        yield from _plain(feed, key, name)
    yield from _plain(feed, "published", "pubDate")
    yield from _plain(feed, "updated", "lastBuildDate")
    yield from _plain(feed, "author", "author")
    image = feed.get("image")
    if isinstance(image, Mapping) and image.get("href"):
        yield Element("image", children=(Element("url", _text(image.get("href"))),))
    yield from _categories(feed)


def _item(entry: dict[str, Any]) -> Iterator[Element]:
    yield from _detailed(entry, "title", "title")
    if entry.get("id"):
        is_link = "true" if entry.get("guidislink") else "false"
        yield Element("guid", _text(entry["id"]), (("isPermaLink", is_link),))
    yield from _links(entry)
    yield from _plain(entry, "published", "pubDate")
    if "published" not in entry:
        yield from _plain(entry, "updated", "pubDate")
    yield from _plain(entry, "updated", "atom:updated")
    yield from _detailed(entry, "summary", "description")
    for content in entry.get("content") or ():
        yield Element("content:encoded", _text(content.get("value")), _kind(content))
    yield from _plain(entry, "author", "author")
    yield from _plain(entry, "comments", "comments")
    yield from _categories(entry)
    source = entry.get("source")
    if isinstance(source, Mapping) and source:
        yield Element("source", _text(source.get("title")), (("url", _text(source.get("href"))),))


def _links(thing: dict[str, Any]) -> Iterator[Element]:
    """Give the page, the enclosures and all other links. Without any link there may still be a bare `link`."""
    page = _text(thing.get("link"))
    if page:
        yield Element("link", page)
    for link in thing.get("links") or ():
        href = _text(link.get("href"))
        facts = tuple((str(key), _text(value)) for key, value in link.items() if key not in {"href", "rel"})
        if link.get("rel") == "enclosure":
            yield Element("enclosure", "", (("url", href), *facts))
        elif href and href != page:
            yield Element("atom:link", "", (("rel", _text(link.get("rel"))), ("href", href), *facts))


def _categories(thing: dict[str, Any]) -> Iterator[Element]:
    for tag in thing.get("tags") or ():
        # iTunes' categories are rescued from the bytes, with their nesting.
        if "itunes.com" not in _text(tag.get("scheme")):
            yield Element("category", _text(tag.get("label") or tag.get("term")))


def _plain(thing: dict[str, Any], key: str, name: str) -> Iterator[Element]:
    if thing.get(key):
        yield Element(name, _text(thing[key]))


def _detailed(thing: dict[str, Any], key: str, name: str) -> Iterator[Element]:
    detail = thing.get(f"{key}_detail")
    if isinstance(detail, Mapping) and detail.get("value"):
        yield Element(name, _text(detail["value"]), _kind(detail))
    elif thing.get(key):
        yield Element(name, _text(thing[key]))


def _kind(detail: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Keep the media type only where it tells something: feedparser calls every text of RSS text/html."""
    kind = _text(detail.get("type"))
    return (("type", "xhtml"),) if kind == "application/xhtml+xml" else ()


def _text(value: object) -> str:
    text = value if isinstance(value, str) else "" if value is None else str(value)
    return text.encode("utf-8", "replace").decode()[:MAX_TEXT]
