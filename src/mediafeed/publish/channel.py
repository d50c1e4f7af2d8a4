"""A channel of ours: what stands above the items."""

from collections.abc import Iterator

from feedgen.feed import FeedGenerator
from lxml import etree

from mediafeed.errors import PublishError
from mediafeed.model.parsed import Element
from mediafeed.model.published import FeedHead
from mediafeed.publish.apple_categories import known_categories
from mediafeed.publish.extensions import RawElements
from mediafeed.publish.podcast_namespace import podcast_guid
from mediafeed.publish.xml_text import DESCRIPTION_BYTES, cut_bytes, legal

MINUTES = "60"  # ttl: nobody need ask more often


def channel_document(head: FeedHead, extra: tuple[Element, ...] = ()) -> bytes:
    """Render a whole RSS document without items; `extra` elements stand at the end of the channel.

    Raises:
        PublishError: The head cannot be said in RSS (an empty title, say).
    """
    try:
        return _document(head, extra)
    except ValueError:
        pass  # one control character, say: a list of ten thousand references is not searched for it beforehand
    try:
        return _document(legal(head), legal(extra))
    except (ValueError, etree.LxmlError) as error:
        raise PublishError(f"{head.self_url}: {error}") from error


def _document(head: FeedHead, extra: tuple[Element, ...]) -> bytes:
    generator = _generator(head)
    generator.raw.add((*_elements(head), *extra))
    document: bytes = generator.rss_str(encoding="utf-8")
    return document


def _generator(head: FeedHead) -> FeedGenerator:
    generator = FeedGenerator()
    generator.register_extension("raw", RawElements, atom=False)
    generator.title(head.title)
    # self before alternate: feedgen takes the last link() for the channel's <link>.
    generator.link(href=head.self_url, rel="self", type="application/rss+xml")
    generator.link(href=head.link, rel="alternate")
    generator.description(cut_bytes(head.description or head.title, DESCRIPTION_BYTES))
    generator.language(head.language)
    if head.copyright:
        generator.copyright(head.copyright)
    generator.image(url=head.image, title=head.title, link=head.link)
    # Left alone, feedgen says "now": the bytes would differ at every run, and so would their ETag.
    generator.lastBuildDate(head.changed_at)
    generator.generator("mediafeed")
    generator.docs("https://www.rssboard.org/rss-specification")
    generator.ttl(MINUTES)
    return generator


def _elements(head: FeedHead) -> Iterator[Element]:
    if head.json_url:
        yield _atom_link("alternate", head.json_url, "application/feed+json")
    for rel, address in head.archive:
        yield _atom_link(rel, address, "application/rss+xml")
    for hub in head.hubs:
        yield Element("atom:link", attributes=(("rel", "hub"), ("href", hub)))
    if head.is_archive:
        yield Element("fh:archive")
    yield Element("itunes:author", head.author)
    yield Element("itunes:type", head.kind)
    yield Element("itunes:explicit", "true" if head.explicit else "false")
    yield Element("itunes:image", attributes=(("href", head.image),))
    yield from _categories(head)
    owner = (("owner", head.email),) if head.email else ()
    if head.email:
        name, email = Element("itunes:name", head.author), Element("itunes:email", head.email)
        yield Element("itunes:owner", children=(name, email))
    if not head.listed:
        yield Element("itunes:block", "Yes")
        yield Element("podcast:block", "yes")
    yield Element("podcast:guid", head.guid)
    yield Element("podcast:locked", "yes", owner)
    yield Element("podcast:medium", head.medium)
    # The guid was made of the address the feed had first: where it has moved since, subscribers are told where to.
    if head.moved_to:
        yield Element("itunes:new-feed-url", head.moved_to)
    elif not head.is_archive and head.guid != podcast_guid(head.self_url):
        yield Element("itunes:new-feed-url", head.self_url)
    yield from head.elements


def _categories(head: FeedHead) -> Iterator[Element]:
    for main, sub in known_categories(head.categories):
        under = (Element("itunes:category", attributes=(("text", sub),)),) if sub else ()
        yield Element("itunes:category", attributes=(("text", main),), children=under)


def _atom_link(rel: str, address: str, media_type: str) -> Element:
    return Element("atom:link", attributes=(("rel", rel), ("href", address), ("type", media_type)))
