"""Feeds: one channel of ours becomes RSS and JSON documents, the older episodes in archives that stay as they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mediafeed.model.episode import NEVER, Person, Show
from mediafeed.model.published import Document, FeedHead, IndexRow
from mediafeed.model.settings import Site, View
from mediafeed.publish import jsonfeed, rss
from mediafeed.publish.archives import partition
from mediafeed.publish.catalogue import Catalogue, Former, Rows
from mediafeed.publish.library import Library
from mediafeed.publish.podcast_namespace import podcast_guid
from mediafeed.publish.restated import said_for_all, said_of_show, stated_kind, stated_medium
from mediafeed.publish.safe_links import safe_link
from mediafeed.publish.signing import signature

JSON_BESIDE_RSS = 800  # bytes: evidence makes an item longer in JSON than in RSS
WITHOUT_AUDIO = 6_000  # bytes taken for an episode that only JSON has


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed to publish: its folder ("" or "shows/x/"), its head, its episodes newest first.

    `explicit` are the shows that make a feed of many shows explicit: an archive without any of them is not.
    """

    folder: str
    head: FeedHead
    rows: Rows
    explicit: frozenset[str] = frozenset()


def merged_channel(catalogue: Catalogue, site: Site, image: str, guid: str | None) -> Channel:
    """Head the merged feed. `guid` is the one stored when it was first published."""
    head = _head(site, "", site.title, catalogue.rows, image)
    explicit = frozenset(show.id for show in catalogue.shows.values() if show.explicit)
    head = replace(
        head,
        description=site.description or site.title,
        explicit=bool(explicit),
        guid=guid or head.guid,
        elements=tuple(said_for_all(catalogue.shows.values())),
    )
    return Channel("", head, catalogue.rows, explicit)


def show_channel(show: Show, rows: Rows, site: Site, image: str) -> Channel:
    """Head a show's feed: all that its publisher says, but for its identity and a locked show's pictures."""
    folder = f"shows/{show.id}/"
    head = _head(
        site, folder, show.title, rows, image if show.locked or not safe_link(show.image) else show.image or image
    )
    head = replace(
        head,
        description=show.summary or show.title,
        language=show.language or site.language,
        author=show.author or show.title,
        categories=show.categories or site.categories,
        explicit=bool(show.explicit),
        copyright=show.copyright,
        medium=stated_medium(show),
        kind=stated_kind(show),
        elements=tuple(said_of_show(show)),
    )
    return Channel(folder, head, rows)


def person_channel(person: Person, rows: Rows, site: Site, image: str) -> Channel:
    """Head a person's feed."""
    folder = f"people/{person.id}/"
    head = _head(site, folder, f"{person.name}: podcast appearances", rows, image)
    words = f"Every podcast episode we know of on which {person.name} is heard."
    return Channel(folder, replace(head, description=words), rows)


def former_channel(former: Former, site: Site, image: str) -> Channel:
    """Head the feed at an address that a person had: subscribers are told where it is now, or find it empty."""
    channel = person_channel(former.person, former.rows, site, image)
    moved_to = f"{site.url}/people/{former.now.id}/feed.xml" if former.now else None
    return replace(channel, head=replace(channel.head, moved_to=moved_to))


def view_channel(view: View, rows: Rows, site: Site, image: str) -> Channel:
    """Head a view's feed."""
    folder = f"views/{view.id}/"
    head = _head(site, folder, view.title, rows, image)
    return Channel(folder, replace(head, description=view.description or f"{view.title}: {site.title}"), rows)


def feed_documents(channel: Channel, library: Library) -> tuple[list[Document], list[Document]]:
    """Plan a channel's (archives, feeds), each as RSS and JSON. Archives closed now are remembered."""
    parts = _parts(channel, library)
    by_part = by_archive(channel.rows, parts)
    numbers = sorted(number for number in by_part if number)
    base = channel.head.link
    archives: list[Document] = []
    for older, number in zip((0, *numbers), numbers, strict=False):
        archive = archive_head(channel, "archive/feed", number, older, by_part[number])
        archives += _pair(f"{channel.folder}archive/feed-{number}", archive, by_part, number, library)
    head = channel.head
    if numbers:
        newest = f"{base}archive/feed-{numbers[-1]}.xml"
        head = replace(head, archive=(("prev-archive", newest), ("next", newest)))
    return archives, _pair(f"{channel.folder}feed", head, by_part, 0, library)


def _head(site: Site, folder: str, title: str, rows: Rows, image: str) -> FeedHead:
    base = f"{site.url}/{folder}"
    return FeedHead(
        title=title,
        link=base,
        self_url=f"{base}feed.xml",
        json_url=f"{base}feed.json",
        description=title,
        language=site.language,
        image=image,
        author=site.author or site.title,
        email=site.email,
        categories=site.categories,
        explicit=False,
        guid=podcast_guid(f"{base}feed.xml"),
        listed=site.listed,
        hubs=site.hubs,
        changed_at=_changed_at(rows),
    )


def by_archive(rows: Rows, parts: Mapping[str, int]) -> dict[int, list[IndexRow]]:
    """Give the rows of each archive, and under 0 those of the feed's own document."""
    found: dict[int, list[IndexRow]] = {}
    for row in rows:
        found.setdefault(parts.get(row.id, 0), []).append(row)
    return found


def archive_head(channel: Channel, stem: str, number: int, older: int, rows: Rows) -> FeedHead:
    """Head the archive of that number, `stem` being its path in the channel's folder without it.

    It links to its elders only: a link to the next one would change it when that is closed.

    What is said word for word stands in the newest document alone: a channel that changes would change all archives.
    """
    base = channel.head.link
    before = f"{base}{stem}-{older}.xml"
    links = (("current", channel.head.self_url), *((("prev-archive", before), ("next", before)) if older else ()))
    address = f"{base}{stem}-{number}"
    head = replace(
        channel.head,
        self_url=f"{address}.xml",
        json_url=f"{address}.json",
        is_archive=True,
        archive=links,
        hubs=(),
        elements=(),
    )
    return replace(head, explicit=any(row.show in channel.explicit for row in rows)) if channel.explicit else head


def _pair(
    path: str, head: FeedHead, by_part: dict[int, list[IndexRow]], number: int, library: Library
) -> list[Document]:
    rows = by_part.get(number, [])
    head = replace(head, changed_at=_changed_at(rows))
    return [
        _document(f"{path}.xml", head, [row for row in rows if row.rss_length], library),
        _document(f"{path}.json", head, rows, library),
    ]


def _document(path: str, head: FeedHead, rows: Sequence[IndexRow], library: Library) -> Document:
    ids = [row.id for row in rows]

    def render() -> bytes:
        if path.endswith(".xml"):
            return rss.feed_document(head, (body for _, body in library.fragments(ids, "rss") if body))
        return jsonfeed.feed_document(head, (body for _, body in library.fragments(ids, "json") if body))

    return Document(path, signature(repr(head), *(row.fragment_key for row in rows)), render)


def _parts(channel: Channel, library: Library) -> dict[str, int]:
    feed = f"{channel.folder}feed"
    held = library.parts(feed)
    sizes = [
        (row.id, row.rss_length + JSON_BESIDE_RSS if row.rss_length else WITHOUT_AUDIO)
        for row in reversed(channel.rows)
    ]
    closed = partition(sizes, held)
    if closed:
        library.save_parts(feed, closed)
    return held | closed


def _changed_at(rows: Rows) -> datetime:
    return max((row.changed_at for row in rows), default=NEVER)
