"""list.xml: the same episodes by reference, a podcast list (podcast:medium podcastL), the older ones in archives."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import orjson

from mediafeed.model.episode import Show
from mediafeed.model.parsed import Element
from mediafeed.model.published import Document, FeedHead
from mediafeed.publish.archives import partition
from mediafeed.publish.catalogue import Rows
from mediafeed.publish.channel import channel_document
from mediafeed.publish.feeds import Channel, archive_head, by_archive
from mediafeed.publish.library import Library
from mediafeed.publish.podcast_namespace import podcast_guid
from mediafeed.publish.signing import signature

LONGEST = 1_200  # bytes of a reference: what it may also say is left out where it would be longer
MOST = 4_000  # references in list.xml: even the longest stay under 5,000,000 bytes
IN_ARCHIVE = 2_000


def reference_documents(
    merged: Channel, shows: Mapping[str, Show], library: Library, first_url: str
) -> Iterator[Document]:
    """Plan the archives, then list.xml: every episode of the merged feed, as its publisher's feed has it."""
    address = f"{merged.head.link}list.xml"
    guid = podcast_guid(f"{first_url}/list.xml")
    head = replace(merged.head, self_url=address, json_url=None, medium="podcastL", guid=guid, elements=(), archive=())
    channel = replace(merged, head=head)
    held = library.parts("list")
    closed = partition([(row.id, 1) for row in reversed(channel.rows)], held, MOST, IN_ARCHIVE)
    if closed:
        library.save_parts("list", closed)
    parts = by_archive(channel.rows, held | closed)
    numbers = sorted(number for number in parts if number)
    for older, number in zip((0, *numbers), numbers, strict=False):
        archive = archive_head(channel, "archive/list", number, older, parts[number])
        yield _document(f"archive/list-{number}.xml", replace(archive, json_url=None), parts[number], shows, library)
    if numbers:
        newest = f"{merged.head.link}archive/list-{numbers[-1]}.xml"
        head = replace(head, archive=(("prev-archive", newest), ("next", newest)))
    yield _document("list.xml", head, parts.get(0, []), shows, library)


def _document(path: str, head: FeedHead, rows: Rows, shows: Mapping[str, Show], library: Library) -> Document:
    head = replace(head, changed_at=max((row.changed_at for row in rows), default=head.changed_at))
    meant = {row.show: shows[row.show] for row in rows if row.show in shows}
    addresses = sorted(f"{show.id} {show.guid} {show.feed_url}" for show in meant.values())
    ids = [row.id for row in rows]
    return Document(
        path,
        signature(repr(head), *addresses, *(row.fragment_key for row in rows)),
        lambda: document(head, (body for _, body in library.fragments(ids, "json") if body), meant),
    )


def document(head: FeedHead, fragments: Iterable[bytes], shows: Mapping[str, Show]) -> bytes:
    """Refer to episodes inside their publishers' feeds, in the order given.

    Args:
        head: Of the list.
        fragments: JSON items as `jsonfeed.item_fragment` gives them: they hold what is needed and are small to read.
        shows: By id.
    """
    return channel_document(head, tuple(_references(fragments, shows)))


def _references(fragments: Iterable[bytes], shows: Mapping[str, Show]) -> Iterator[Element]:
    for fragment in fragments:
        item = orjson.loads(fragment)
        known = item["_mediafeed"]
        show = shows.get(known["show"])
        # What no feed carries (a page, a post) cannot be referred to in one.
        if show is None or not known["guid"] or not (show.guid or show.feed_url):
            continue
        needed = [("feedGuid", show.guid or podcast_guid(show.feed_url or "")), ("itemGuid", known["guid"])]
        room = LONGEST - 80 - sum(_bytes(value) for _, value in needed)
        for name, value in (("feedUrl", show.feed_url), ("medium", "podcast"), ("title", item["title"])):
            if value and _bytes(value) <= room:
                room -= _bytes(value)
                needed.append((name, value))
        yield Element("podcast:remoteItem", attributes=tuple(needed))


def _bytes(value: str) -> int:
    """Give the bytes of an attribute's value at most: `&quot;` has six."""
    return len(value.encode("utf-8", "replace")) + 5 * value.count('"') + 4 * value.count("&") + 3 * value.count("<")
