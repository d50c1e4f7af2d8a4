"""list.xml: the same episodes by reference, a podcast list (podcast:medium podcastL)."""

from collections.abc import Iterable, Iterator, Mapping

import orjson

from mediafeed.model.episode import Show
from mediafeed.model.parsed import Element
from mediafeed.model.published import FeedHead
from mediafeed.publish.channel import channel_document
from mediafeed.publish.podcast_namespace import podcast_guid

LIMIT = 4_800_000  # bytes of references: the document stays under 5,000,000


def document(head: FeedHead, fragments: Iterable[bytes], shows: Mapping[str, Show]) -> bytes:
    """Refer to episodes inside their publishers' feeds, in the order given, as many as fit.

    Args:
        head: Of the list.
        fragments: JSON items as `jsonfeed.item_fragment` gives them: they hold what is needed and are small to read.
        shows: By id.
    """
    return channel_document(head, tuple(_fitting(_references(fragments, shows))))


def _references(fragments: Iterable[bytes], shows: Mapping[str, Show]) -> Iterator[Element]:
    for fragment in fragments:
        item = orjson.loads(fragment)
        known = item["_mediafeed"]
        show = shows.get(known["show"])
        # What no feed carries (a page, a post) cannot be referred to in one.
        if show is None or not known["guid"] or not (show.guid or show.feed_url):
            continue
        attributes = [("feedGuid", show.guid or podcast_guid(show.feed_url or ""))]
        if show.feed_url:
            attributes.append(("feedUrl", show.feed_url))
        attributes += [("itemGuid", known["guid"]), ("medium", "podcast"), ("title", item["title"])]
        yield Element("podcast:remoteItem", attributes=tuple(attributes))


def _fitting(references: Iterable[Element]) -> Iterator[Element]:
    room = LIMIT
    for reference in references:
        # A character is at most six bytes (`&quot;`); names and quotes come to less than 80.
        room -= 80 + sum(len(value.encode("utf-8", "replace")) + 5 * value.count('"') + 4 * value.count("&")
                         for _, value in reference.attributes)  # fmt: skip
        if room < 0:
            return
        yield reference
