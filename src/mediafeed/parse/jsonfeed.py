"""JSON Feed 1.0 and 1.1 in RSS's words."""

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

import orjson
import xxhash

from mediafeed.errors import ParseError
from mediafeed.model.parsed import Element, FeedForm, ParsedFeed, ParsedItem
from mediafeed.model.source import FailureKind
from mediafeed.parse.gate import MAX_TEXT, hostile, too_many_items

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_HEAD_NAMES = (
    "version", "title", "home_page_url", "feed_url", "description", "icon", "language", "hubs", "next_url",
    "items", "author", "authors",
)  # fmt: skip
_ITEM_NAMES = (
    "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image",
    "date_published", "date_modified", "tags", "attachments", "language", "author", "authors",
)  # fmt: skip


def read_json(body: bytes, *, known: Collection[str], held_head: str, max_items: int) -> ParsedFeed:
    """Read a JSON Feed.

    Raises:
        ParseError: NOT_A_FEED, MALFORMED, HOSTILE or TOO_LARGE.
    """
    document = _loaded(body)
    if not isinstance(document, dict) or "jsonfeed.org/version" not in str(document.get("version", "")):
        raise ParseError(FailureKind.NOT_A_FEED, "JSON, but no JSON Feed")
    entries = document.get("items", [])
    if not isinstance(entries, list):
        raise ParseError(FailureKind.MALFORMED, "items is no list")
    if len(entries) > max_items:
        raise too_many_items(max_items)
    head_hash = _hash({key: value for key, value in document.items() if key != "items"})
    head = None if head_hash == held_head else tuple(_head(document))
    items: list[ParsedItem] = []
    order: list[str] = []
    flags: list[str] = []
    seen = set(known)
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            flags.append(f"item {number}: no object, set aside")
            continue
        order.append(_hash(entry))
        if order[-1] not in seen:
            seen.add(order[-1])
            items.append(ParsedItem(tuple(_item(entry)), order[-1]))
    return ParsedFeed(
        form=FeedForm.JSON,
        head=head,
        head_hash=head_hash,
        items=tuple(items),
        order=tuple(order),
        flags=tuple(flags),
    )


def _loaded(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        # Python's reader minds neither control characters nor half characters; those become U+FFFD.
        loaded = json.loads(_text_of(body), strict=False)
        return orjson.loads(_HALF_CHARACTER.sub("\ufffd", json.dumps(loaded, ensure_ascii=False)))
    except RecursionError as error:
        raise hostile("too deep") from error
    except ValueError as error:
        raise ParseError(FailureKind.MALFORMED, f"JSON: {error}"[:200]) from error


def _text_of(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _hash(value: object) -> str:
    return xxhash.xxh3_128_hexdigest(orjson.dumps(value, option=orjson.OPT_SORT_KEYS))


def _text(value: object) -> str:
    if isinstance(value, str):
        text = value
    elif value is None:
        text = ""
    else:
        text = orjson.dumps(value).decode()
    if len(text) > MAX_TEXT:
        raise hostile("a very long text")
    return text


def _objects(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _head(document: dict[str, Any]) -> Iterator[Element]:
    for key, name in (("title", "title"), ("home_page_url", "link"), ("description", "description")):
        if document.get(key):
            yield Element(name, _text(document[key]))
    for key, rel in (("feed_url", "self"), ("next_url", "next")):
        if document.get(key):
            yield Element("atom:link", "", (("rel", rel), ("href", _text(document[key]))))
    for hub in _objects(document.get("hubs")):
        yield Element("atom:link", "", (("rel", "hub"), ("href", _text(hub.get("url")))))
    if icon := document.get("icon"):
        yield Element("image", children=(Element("url", _text(icon)),))
    if document.get("language"):
        yield Element("language", _text(document["language"]))
    yield from _authors(document)
    yield from _others(document, _HEAD_NAMES)


def _item(entry: dict[str, Any]) -> Iterator[Element]:
    if entry.get("id") is not None:
        yield Element("guid", _text(entry["id"]), (("isPermaLink", "false"),))
    for key, name in (("title", "title"), ("url", "link"), ("summary", "description"), ("date_published", "pubDate")):
        if entry.get(key):
            yield Element(name, _text(entry[key]))
    if entry.get("external_url"):
        yield Element("atom:link", "", (("rel", "related"), ("href", _text(entry["external_url"]))))
    for key, kind in (("content_html", "html"), ("content_text", "text")):
        if entry.get(key):
            yield Element("content:encoded", _text(entry[key]), (("type", kind),))
    if entry.get("date_modified"):
        yield Element("atom:updated", _text(entry["date_modified"]))
    if entry.get("image"):
        yield Element("itunes:image", "", (("href", _text(entry["image"])),))
    if entry.get("banner_image"):
        yield Element("media:thumbnail", "", (("url", _text(entry["banner_image"])),))
    if entry.get("language"):
        yield Element("dc:language", _text(entry["language"]))
    tags = entry.get("tags")
    for tag in tags if isinstance(tags, list) else ():
        yield Element("category", _text(tag))
    yield from _authors(entry)
    yield from _enclosures(_objects(entry.get("attachments")))
    yield from _others(entry, _ITEM_NAMES)


def _authors(thing: dict[str, Any]) -> Iterator[Element]:
    authors = _objects(thing.get("authors")) or _objects([thing.get("author")])
    for author in authors:
        yield Element("author", _text(author.get("name")))
        pairs = (("name", "atom:name"), ("url", "atom:uri"), ("avatar", "jsonfeed:avatar"))
        facts = tuple(Element(name, _text(author[key])) for key, name in pairs if author.get(key))
        yield Element("atom:author", children=facts)


def _enclosures(attachments: list[dict[str, Any]]) -> Iterator[Element]:
    """Give the first audio before all others: it is the episode, and its duration is the episode's."""
    audio = next((each for each in attachments if _text(each.get("mime_type")).startswith("audio/")), None)
    if audio is not None:
        yield _enclosure(audio)
        if audio.get("duration_in_seconds"):
            yield Element("itunes:duration", _text(audio["duration_in_seconds"]))
    yield from (_enclosure(each) for each in attachments if each is not audio)


def _enclosure(attachment: dict[str, Any]) -> Element:
    names = {"mime_type": "type", "size_in_bytes": "length", "duration_in_seconds": "duration"}
    facts = tuple((names.get(key, key), _text(value)) for key, value in attachment.items())
    return Element("enclosure", "", facts)


def _others(thing: dict[str, Any], ours: tuple[str, ...]) -> Iterator[Element]:
    """Keep what is nobody's (extensions begin with "_") under its own name, as the JSON it is."""
    return (Element(f"jsonfeed:{key}", _json(value)) for key, value in thing.items() if key not in ours)


def _json(value: object) -> str:
    return _text(orjson.dumps(value).decode())
