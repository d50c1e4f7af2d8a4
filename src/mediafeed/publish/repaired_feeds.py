"""A source published alone: its feed word for word, what it lacked repaired; audit.json tells every change."""

from collections.abc import Callable, Iterator, Mapping, Sequence
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
from mediafeed.publish.hiding import carried, hidden_names
from mediafeed.publish.library import Library
from mediafeed.publish.repairing import Repair, repaired_channel, repaired_item
from mediafeed.publish.signing import signature

_ENDING = "\n"


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


def repaired_documents(listing: Listing, library: Library, catalogue: Catalogue, site: Site) -> Iterator[Document]:
    """Plan `sources/<source>/feed.xml` and its audit. What is blocked stays away; nothing listed, nothing planned."""
    keys = {row.id: row.fragment_key for row in catalogue.rows}
    listed = [(episode, hash_) for episode, hash_ in listing.listed if episode in keys]
    if not listed:
        return
    hidden = "".join(sorted(person.id for person in catalogue.people.values() if person.hidden))
    parts = [part for episode, hash_ in listed for part in (hash_, keys[episode])]
    key = signature(site.url, str(site.listed), repr(listing.head), hidden, *parts)
    folder = f"sources/{listing.source}/"

    def made() -> _Repaired:
        return _repaired(folder, _items(listing, library, catalogue), listing.head, catalogue.people, site)

    yield Document(f"{folder}feed.xml", key, lambda: _feed(made()))
    yield Document(f"{folder}audit.json", key, lambda: made().audit)


def _items(listing: Listing, library: Library, catalogue: Catalogue) -> tuple[_Item, ...]:
    """Load what the source lists, newest first."""
    published = {row.id for row in catalogue.rows}
    tellings = [telling for telling in listing.tellings() if telling.episode in published]
    ids = tuple(dict.fromkeys(telling.episode for telling in tellings))
    episodes = {episode.id: episode for episode in library.episodes(ids)}
    items = [_Item(told, episodes[told.episode], catalogue.shows[episodes[told.episode].show]) for told in tellings]
    return tuple(sorted(items, key=lambda item: (item.episode.dated, item.telling.key), reverse=True))


def _repaired(
    folder: str, items: Sequence[_Item], head: tuple[Element, ...], people: Mapping[str, Person], site: Site
) -> _Repaired:
    names = hidden_names(people.values())
    address = f"{site.url}/{folder}feed.xml"
    source = items[0].telling.source
    show = next((item.show for item in items if item.show.source == source), items[0].show)
    channel, changes = repaired_channel(
        carried(head, names), show, [item.telling.telling for item in items], tuple(_own(folder, site))
    )
    told = [_told(None, repair) for repair in changes]
    mended: set[int] = set()
    guids: set[str] = set()
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
        mended |= {place} if repairs else set()
    audit = {
        "feed": address,
        "source": show.feed_url or show.link,
        "items": len(items),
        "items_as_they_were": len(items) - len(mended),
        "changes": told,
    }
    return _Repaired(
        channel, tuple(done[place] for place in sorted(done)), orjson.dumps(audit, option=orjson.OPT_INDENT_2)
    )


def _told(item: _Item | None, repair: Repair) -> dict[str, object]:
    which = item and {"id": item.episode.id, "guid": item.telling.telling.guid, "title": item.telling.telling.title}
    return {"item": which, **asdict(repair)}


def _own(folder: str, site: Site) -> Iterator[Element]:
    base = f"{site.url}/{folder}"
    for rel, name, media_type in (
        ("self", "feed.xml", "application/rss+xml"),
        ("describedby", "audit.json", "application/json"),
    ):
        yield Element("atom:link", attributes=(("rel", rel), ("href", f"{base}{name}"), ("type", media_type)))
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
