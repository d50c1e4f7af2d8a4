"""The rules of JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), each asked of a document."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

VERSION = "https://jsonfeed.org/version/1.1"
NUMBER = (int, float)

_TOP = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "user_comment": str,
    "next_url": str, "icon": str, "favicon": str, "authors": list, "language": str, "expired": bool, "hubs": list,
    "items": list,
}  # fmt: skip
_ITEM = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str, "content_text": str, "summary": str,
    "image": str, "banner_image": str, "date_published": str, "date_modified": str, "authors": list, "tags": list,
    "language": str, "attachments": list,
}  # fmt: skip
_AUTHOR = {"name": str, "url": str, "avatar": str}
_ATTACHMENT = {
    "url": str, "mime_type": str, "title": str, "size_in_bytes": NUMBER, "duration_in_seconds": NUMBER,
}  # fmt: skip
_ADDRESSES = frozenset(
    {
        "home_page_url",
        "feed_url",
        "next_url",
        "icon",
        "favicon",
        "url",
        "external_url",
        "image",
        "banner_image",
        "avatar",
    }
)


def faults(document: bytes) -> Iterator[str]:
    """Tell every rule that a document breaks."""
    feed = json.loads(document)
    yield from _object(feed, _TOP, ("version", "title", "items"), "feed")
    if feed.get("version") != VERSION:
        yield f"feed: version {feed.get('version')!r}"
    if feed.get("next_url") and feed["next_url"] == feed.get("feed_url"):
        yield "feed: next_url is the feed itself"
    yield from _authors(feed, "feed")
    seen: set[str] = set()
    for place, item in enumerate(feed.get("items", ())):
        yield from _item(item, f"item {place}")
        if item.get("id") in seen:
            yield f"item {place}: id {item['id']!r} stands twice"
        seen.add(item.get("id"))


def _item(item: Any, where: str) -> Iterator[str]:
    yield from _object(item, _ITEM, ("id",), where)
    if not item.get("id"):
        yield f"{where}: an empty id"
    if "content_html" not in item and "content_text" not in item:
        yield f"{where}: neither content_html nor content_text"
    for name in ("date_published", "date_modified"):
        if name in item and datetime.fromisoformat(item[name]).tzinfo is None:
            yield f"{where}: {name} {item[name]!r} has no zone (RFC 3339)"
    yield from _authors(item, where)
    if not all(isinstance(tag, str) for tag in item.get("tags", ())):
        yield f"{where}: a tag that is no text"
    for attachment in item.get("attachments", ()):
        yield from _object(attachment, _ATTACHMENT, ("url", "mime_type"), f"{where}, attachment")


def _authors(of: Mapping[str, Any], where: str) -> Iterator[str]:
    for author in of.get("authors", ()):
        yield from _object(author, _AUTHOR, (), f"{where}, author")
        if not set(author) & set(_AUTHOR):
            yield f"{where}: an author of whom nothing is said"


def _object(one: Any, kinds: Mapping[str, Any], required: tuple[str, ...], where: str) -> Iterator[str]:
    if not isinstance(one, dict):
        yield f"{where}: no object"
        return
    for name in required:
        if name not in one:
            yield f"{where}: no {name}"
    for name, value in one.items():
        if name.startswith("_"):
            # Extensions: "the value must be an object".
            if not isinstance(value, dict):
                yield f"{where}: extension {name} is no object"
        elif name not in kinds:
            yield f"{where}: {name} is not of JSON Feed 1.1"
        elif not isinstance(value, kinds[name]) or (isinstance(value, bool) and kinds[name] is not bool):
            yield f"{where}: {name} is {type(value).__name__}"
        elif name in _ADDRESSES and urlsplit(value).scheme not in {"http", "https"}:
            yield f"{where}: {name} {value!r} is no web address"
