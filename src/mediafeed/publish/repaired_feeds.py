"""A source published alone: its feed word for word, what it lacked repaired; audit.json tells every change."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

import orjson
from lxml import etree

from mediafeed.model.episode import Episode, Person, Show
from mediafeed.model.held import StoredTelling
from mediafeed.model.parsed import Element, words
from mediafeed.model.published import Document
from mediafeed.model.settings import Site
from mediafeed.publish.catalogue import Catalogue
from mediafeed.publish.extensions import NAMESPACES, append
from mediafeed.publish.hiding import Names, carried, hidden_names, names_hidden
from mediafeed.publish.library import Library
from mediafeed.publish.podcast_namespace import podcast_guid
from mediafeed.publish.repairing import Repair, repaired_channel, repaired_item
from mediafeed.publish.signing import signature

LIMIT = 4_800_000  # bytes of items: the document stays under 5,000,000

_ENDING = "\n"
_WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a source lists now: (episode id, item hash) of each item, its channel's elements, its words on demand."""

    source: str
    listed: Sequence[tuple[str, str]]
    head: tuple[Element, ...]
    tellings: Callable[[], Iterator[StoredTelling]]


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of the source as listed, with what is published of it."""

    telling: StoredTelling
    episode: Episode
    show: Show


@dataclass(frozen=True, slots=True)
class _Repaired:
    """The whole repaired document: the channel's elements, each item's, and the changes to both."""

    channel: tuple[Element, ...]
    items: tuple[tuple[Element, ...], ...]
    audit: bytes


def repaired_documents(
    listing: Listing, library: Library, catalogue: Catalogue, site: Site, first_url: str | None = None
) -> Iterator[Document]:
    """Plan `sources/<source>/feed.xml` and its audit. What is blocked stays away; nothing listed, nothing planned.

    `first_url` is the site's address when it was first published.
    """
    show = next((show for show in library.shows() if show.source == listing.source), None)
    if show is None or show.blocked:
        return
    keys = {row.id: row.fragment_key for row in catalogue.rows}
    listed = [(episode, hash_) for episode, hash_ in listing.listed if episode in keys]
    if not listed:
        return
    hidden = "".join(sorted(person.id for person in catalogue.people.values() if person.hidden))
    parts = [part for episode, hash_ in listed for part in (hash_, keys[episode])]
    key = signature(site.url, first_url or "", str(site.listed), repr(listing.head), hidden, *parts)
    folder = f"sources/{listing.source}/"

    def made() -> _Repaired:
        own = tuple(_own(folder, site, first_url or site.url))
        return _repaired(show, _items(listing, library, catalogue), listing.head, catalogue.people, own)

    yield Document(f"{folder}feed.xml", key, lambda: _feed(made()))
    yield Document(f"{folder}audit.json", key, lambda: made().audit)


def _items(listing: Listing, library: Library, catalogue: Catalogue) -> tuple[_Item, ...]:
    """Load what the source lists and does not block, newest first; another may have published the same recording."""
    published = {row.id for row in catalogue.rows}
    tellings = [told for told in listing.tellings() if told.episode in published and not told.telling.blocked]
    ids = tuple(dict.fromkeys(telling.episode for telling in tellings))
    episodes = {episode.id: episode for episode in library.episodes(ids)}
    items = [_Item(told, episodes[told.episode], catalogue.shows[episodes[told.episode].show]) for told in tellings]
    return tuple(sorted(items, key=lambda item: (item.episode.dated, item.telling.key), reverse=True))


def _repaired(
    show: Show, items: Sequence[_Item], head: tuple[Element, ...], people: Mapping[str, Person], own: Sequence[Element]
) -> _Repaired:
    names = hidden_names(people.values())
    channel, changes = repaired_channel(carried(head, names), show, [item.telling.telling for item in items], own)
    told = [_told(None, repair) for repair in changes]
    mended, guids = 0, set[str]()
    done: dict[int, tuple[Element, ...]] = {}
    # The earliest of several items with one guid keeps it, as everywhere.
    for place in reversed(range(len(items))):
        item = items[place]
        said = carried(item.telling.item.elements, names)
        done[place], repairs = repaired_item(
            said, item.telling.telling, item.episode, item.show, people=people, guids=guids
        )
        guids.add(words(done[place], "guid"))
        told += [_told(item, repair) for repair in repairs]
        mended += bool(repairs)
    fitting = tuple(_fitting(done[place] for place in sorted(done)))
    audit = {
        "feed": own[0].get("href"),
        "source": show.feed_url or show.link,
        "items": len(fitting),
        "items_as_they_were": len(items) - mended,
        "older_items_left_out": len(items) - len(fitting),
        "changes": [_without_names(change, names) for change in told],
    }
    return _Repaired(channel, fitting, orjson.dumps(audit, option=orjson.OPT_INDENT_2))


def _fitting(items: Iterable[tuple[Element, ...]]) -> Iterator[tuple[Element, ...]]:
    """Give the newest items, as many as fit into a document that directories take."""
    room = LIMIT
    for item in items:
        room -= sum(_size(element) for element in item)
        if room < 0:
            return
        yield item


def _size(element: Element) -> int:
    """Give at least the bytes of an element in a document."""
    texts = (element.text, *(text for pair in element.attributes for text in pair))
    # A character is at most six bytes (`&quot;`); tags, quotes and blanks come to less than 40.
    inside = sum(len(text.encode("utf-8", "replace")) + 5 * sum(map(text.count, '"&<>')) + 4 for text in texts)
    return 2 * len(element.name) + 40 + inside + sum(map(_size, element.children))


def _told(item: _Item | None, repair: Repair) -> dict[str, object]:
    which = item and {"id": item.episode.id, "guid": item.telling.telling.guid, "title": item.telling.telling.title}
    return {"item": which, **asdict(repair)}


def _without_names(change: dict[str, object], hidden: Names) -> dict[str, object]:
    """Give a change without the former words where they name somebody of whom nothing is to be published."""
    return change | {"before": _WITHHELD} if names_hidden(str(change["before"] or ""), hidden) else change


def _own(folder: str, site: Site, first_url: str) -> Iterator[Element]:
    base = f"{site.url}/{folder}"
    for rel, name, media_type in (
        ("self", "feed.xml", "application/rss+xml"),
        ("describedby", "audit.json", "application/json"),
    ):
        yield Element("atom:link", attributes=(("rel", rel), ("href", f"{base}{name}"), ("type", media_type)))
    # Made once of the address it had first, as for every feed of ours.
    yield Element("podcast:guid", podcast_guid(f"{first_url}/{folder}feed.xml"))
    if first_url != site.url:
        yield Element("itunes:new-feed-url", f"{base}feed.xml")
    yield Element("podcast:locked", "yes")
    if not site.listed:
        yield Element("itunes:block", "Yes")
        yield Element("podcast:block", "yes")
    yield Element("generator", "mediafeed")


def _feed(repaired: _Repaired) -> bytes:
    root = etree.Element("rss", nsmap=NAMESPACES)
    root.set("version", "2.0")
    channel = etree.SubElement(root, "channel")
    for element in repaired.channel:
        append(channel, element)
    for item in repaired.items:
        made = etree.SubElement(channel, "item")
        made.tail = _ENDING
        for element in item:
            append(made, element)
    document: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document
