"""The plan of everything that is published: START READING HERE.

    index -> catalogue -> episode pages, lists of episodes, archives, feeds, references, the first page

A document costs its signature; only those that differ from what was published before are rendered, and only then are
episodes or fragments loaded.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from mediafeed.model.episode import Show
from mediafeed.model.published import Document
from mediafeed.model.settings import PersonSetting, Site, View
from mediafeed.publish import opml, pages, sitemap
from mediafeed.publish.about_page import about_document
from mediafeed.publish.cards import card_documents
from mediafeed.publish.cover import cover, cover_name
from mediafeed.publish.edition import Edition, edition_of
from mediafeed.publish.episode_pages import episode_documents, moved_documents
from mediafeed.publish.feeds import (
    Channel,
    feed_documents,
    former_channel,
    merged_channel,
    person_channel,
    show_channel,
    view_channel,
)
from mediafeed.publish.letters import Letters
from mediafeed.publish.library import Library
from mediafeed.publish.list_pages import home_document, list_documents
from mediafeed.publish.lists import reference_documents
from mediafeed.publish.pictures import picture_documents
from mediafeed.publish.podcast_namespace import podcast_guid
from mediafeed.publish.repaired_feeds import Listing, repaired_documents
from mediafeed.publish.search_page import search_documents
from mediafeed.publish.signing import signature
from mediafeed.publish.source_pages import Polled, source_documents
from mediafeed.publish.theme import Theme, default_theme

__all__ = ["Extras", "Library", "fragment_key", "plan", "site_key"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What planning takes beside settings: the merged feed's stored guid, the operator's picture, a theme.

    `first_url` is the site's address when it was first published: feeds keep the guids they were given then.
    `repaired` are the sources that are published alone as well.
    `former` are ids of persons that were published and are on no episode now, with the id each goes by since, if any.
    `moved` are paths of episodes that turned out to be one with another, with that one's path.
    `polled` are the sources as their page tells of them, `contact` is what the servers that are visited are told.
    `letters` are for names that ours cannot write.
    """

    guid: str | None = None
    cover: bytes | None = None
    theme: Theme | None = None
    former: Mapping[str, str | None] = field(default_factory=dict)
    first_url: str | None = None
    repaired: Sequence[Listing] = ()
    moved: Sequence[tuple[str, str]] = ()
    polled: Sequence[Polled] = ()
    contact: str | None = None
    letters: Sequence[Letters] = ()


def site_key(site: Site, views: Sequence[View], hidden: Sequence[PersonSetting], theme: Theme | None = None) -> str:
    """Give the signature of every setting that the fragments of all episodes depend on."""
    theme_key = (theme or default_theme()).key
    return signature(site.url, site.title_template or "", repr(tuple(views)), repr(tuple(hidden)), theme_key)


def fragment_key(fingerprint: str, show: Show, key: str) -> str:
    """Give the key a fragment is stored under: the same key, the same bytes. `key` is the `site_key`."""
    return signature(fingerprint, _show_key(show), key)


def plan(library: Library, site: Site, views: Sequence[View] = (), extras: Extras | None = None) -> Iterator[Document]:
    """Plan every document in the order of writing: what is referred to comes before what refers to it.

    Archives that are full are closed, and remembered in the library, on the way.
    """
    extras = extras or Extras()
    theme = extras.theme or default_theme()
    image = f"{site.url}/assets/{cover_name(extras.cover)}"
    edition = edition_of(library, site, views, theme, image=image, former=extras.former)
    yield from _assets(edition, extras.cover)
    yield from card_documents(edition, extras.letters)
    yield from picture_documents(edition.pictures, library)
    yield from episode_documents(edition)
    yield from moved_documents(edition, extras.moved)
    yield from list_documents(edition)
    yield from search_documents(edition)
    yield from source_documents(extras.polled, edition)
    yield from about_document(edition, extras.contact)
    channels = tuple(_as_first(channel, extras) for channel in _channels(edition, extras.guid))
    planned = [feed_documents(channel, library) for channel in channels]
    for archives, _ in planned:
        yield from archives
    for _, feeds in planned:
        yield from feeds
    for listing in extras.repaired:
        yield from repaired_documents(listing, library, edition.catalogue, site, extras.first_url)
    yield from reference_documents(channels[-1], edition.catalogue.shows, library, extras.first_url or site.url)
    yield from _references(edition)
    yield Document("404.html", edition.base, lambda: pages.missing_page(site, theme))
    yield home_document(edition)


def _as_first(channel: Channel, extras: Extras) -> Channel:
    """Give a channel the guid of the address it had first; only the merged feed's is stored itself."""
    if not extras.first_url or not channel.folder:
        return channel
    guid = podcast_guid(f"{extras.first_url}/{channel.folder}feed.xml")
    return replace(channel, head=replace(channel.head, guid=guid))


def _assets(edition: Edition, picture: bytes | None) -> Iterator[Document]:
    theme, title = edition.theme, edition.site.title
    yield Document("assets/style.css", theme.key, lambda: theme.style)
    yield Document("assets/page.js", theme.key, lambda: theme.script)
    yield Document("assets/icon.svg", theme.key, lambda: theme.icon)
    key = signature(picture.hex()) if picture else signature("drawn", title)
    yield Document(f"assets/{cover_name(picture)}", key, lambda: picture or cover(title))


def _channels(edition: Edition, guid: str | None) -> Iterator[Channel]:
    """Head every feed of ours, the merged one last."""
    catalogue, site, image = edition.catalogue, edition.site, edition.image
    for show, rows in catalogue.by_show.items():
        yield show_channel(catalogue.shows[show], rows, site, image)
    for person, rows in catalogue.by_person.items():
        yield person_channel(catalogue.people[person], rows, site, image)
    for former in catalogue.former:
        yield former_channel(former, site, image)
    for view in edition.views:
        yield view_channel(view, catalogue.by_view[view.id], site, image)
    yield merged_channel(catalogue, site, image, guid)


def _references(edition: Edition) -> Iterator[Document]:
    """Plan what refers to shows and pages."""
    catalogue, site = edition.catalogue, edition.site
    shows = catalogue.shows
    known = signature(edition.base, *map(_show_key, shows.values()))
    yield Document("feed.opml", known, lambda: opml.document(site, shows.values()))
    yield from sitemap.documents(catalogue, site)
    yield Document("robots.txt", signature(site.url), lambda: sitemap.robots(site))


@lru_cache(maxsize=4096)
def _show_key(show: Show) -> str:
    return signature(repr(show))
