"""RSS: one episode as an item, rendered once per change; items joined under a channel of ours."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from feedgen.entry import FeedEntry
from lxml import etree

from mediafeed.errors import PublishError
from mediafeed.model.episode import Episode, Person, Show
from mediafeed.model.parsed import Element, named
from mediafeed.model.published import FeedHead
from mediafeed.model.settings import Site
from mediafeed.publish.beside import told_beside
from mediafeed.publish.buckets import ONCE, is_carried, without_pictures
from mediafeed.publish.channel import channel_document
from mediafeed.publish.extensions import NAMESPACES, RawItemElements, as_written
from mediafeed.publish.podcast_namespace import alternates, beside_file, chapters, persons, transcripts
from mediafeed.publish.wording import undated
from mediafeed.publish.xml_text import described, legal, rfc2822, well_formed

_ROOT = etree.tostring(etree.Element("rss", nsmap=NAMESPACES)).removesuffix(b"/>") + b">"
_END = b"</rss>"
_TAIL = b"</channel></rss>"
_FIELD = re.compile(r"\{(show|title)\}")


def item_fragment(episode: Episode, show: Show, site: Site, people: Mapping[str, Person]) -> bytes:
    """Render one episode as an `<item>` that fits under any root of ours.

    `people` by id: those named in the credits are enough.

    Raises:
        PublishError: It cannot be said in RSS, for want of audio or because something in it breaks XML.
    """
    if episode.enclosure is None or not _is_web(episode.enclosure.url):
        raise PublishError(f"episode {episode.id}: no audio on the web, so no item")
    try:
        return _fragment(episode, show, site, people)
    except ValueError:
        # lxml refuses a whole item for one control character; looking at every text beforehand would cost as much
        # as rendering does.
        pass
    try:
        return _fragment(legal(episode), legal(show), site, people)
    except (ValueError, etree.LxmlError) as error:
        raise PublishError(f"episode {episode.id}: {error}") from error


def feed_document(head: FeedHead, fragments: Iterable[bytes]) -> bytes:
    """Join rendered items under a channel of ours; the same arguments, the same bytes."""
    channel = channel_document(head).removesuffix(_TAIL)
    return b"".join((channel, *(b"\n" + fragment for fragment in fragments), b"\n", _TAIL, b"\n"))


def _fragment(episode: Episode, show: Show, site: Site, people: Mapping[str, Person]) -> bytes:
    item = _entry(episode, show, site, people).rss_entry()
    whole = etree.tostring(item.getparent(), encoding="utf-8")
    well_formed(whole)
    return whole[len(_ROOT) : -len(_END)]


def _entry(episode: Episode, show: Show, site: Site, people: Mapping[str, Person]) -> FeedEntry:
    entry = FeedEntry()
    entry.register_extension("raw", RawItemElements, atom=False)
    entry.title(_title(episode, show, site))
    entry.link(href=episode.page if _is_web(episode.page) else f"{site.url}/episodes/{episode.path}/")
    theirs = episode.published_guid == episode.guid and episode.guid_is_permalink
    entry.guid(episode.published_guid, permalink=theirs and _is_web(episode.published_guid))
    if description := described(_leading(episode, "description"), episode.summary, episode.notes):
        entry.description(description)
    # The element is carried where it is not the notes themselves: they were richer, or another source's.
    if content := _leading(episode, "content:encoded") or episode.notes.strip():
        entry.content(content)
    if audio := episode.enclosure:
        entry.enclosure(audio.url, audio.length or 0, audio.media_type)
        entry.raw.mark("enclosure", _marks(episode, audio.url))
    entry.source(show.feed_url or show.link or f"{site.url}/shows/{show.id}/", show.title)
    entry.raw.add(_elements(episode, show, site, people))
    return entry


def _marks(episode: Episode, url: str) -> Iterator[tuple[str, str]]:
    """Give what else stood on the audio's own element."""
    files = (file for file in named(episode.extras, "enclosure") if file.get("url").strip() == url)
    pairs = (pair for file in files for pair in beside_file(file))
    return (pair for pair in pairs if as_written(Element("enclosure", attributes=(pair,))) is not None)


def _texts(episode: Episode, name: str) -> list[str]:
    """Give the item's texts of that name, first the one that is its notes or summary."""
    texts = dict.fromkeys(element.text.strip() for element in named(episode.extras, name) if element.text.strip())
    return sorted(texts, key=lambda text: text not in (episode.notes.strip(), episode.summary))


def _leading(episode: Episode, name: str) -> str:
    return next(iter(_texts(episode, name)), "")


def _further_texts(episode: Episode) -> Iterator[Element]:
    """Give further notes and descriptions: of each an item of ours has one, or readers would disagree on which counts.

    Their own elements have namesakes in other namespaces, which may stand beside them.
    """
    for name, namesake, kind in (
        ("content:encoded", "atom:content", (("type", "html"),)),
        ("description", "dc:description", ()),
    ):
        for text in _texts(episode, name)[1:]:
            yield Element(namesake, text, kind)


def _is_web(url: str | None) -> bool:
    """Say whether an address may stand in a feed; spaces and the like in it are the publisher's, and stay."""
    return url is not None and url.lower().startswith(("http://", "https://"))


def _title(episode: Episode, show: Show, site: Site) -> str:
    title = episode.title or episode.summary[:100] or show.title
    if not site.title_template:
        return title
    # Not str.format: braces in a stranger's title are no fields of ours.
    return _FIELD.sub(lambda field: show.title if field[1] == "show" else title, site.title_template)


def _elements(episode: Episode, show: Show, site: Site, people: Mapping[str, Person]) -> Iterator[Element]:
    # feedgen writes dates too, but it switches the locale of the whole process for each.
    yield Element("pubDate", rfc2822(episode.dated))
    if episode.published is None:
        # A date of ours must not pass for the publisher's, and no word of the publisher's is changed to say so. What
        # RSS has no word for, podcast:txt says to people and programs alike, without a namespace of our own.
        yield Element("podcast:txt", undated(episode), (("purpose", "pubDate"),))
    yield from _itunes(episode, show)
    yield from persons(episode, show, people)
    yield from transcripts(episode)
    yield from chapters(episode, site)
    yield from alternates(episode)
    yield from _further_texts(episode)
    yield from _told_elsewhere(episode, show)
    own = tuple(_carried(episode, show))
    pushed = tuple(_pushed(episode, show, {element.name for element in own}))
    yield from (*own, *pushed)
    if episode.beside:
        others = told_beside(episode, (*own, *pushed))
        yield from without_pictures(others) if show.locked else others


def _carried(episode: Episode, show: Show) -> Iterator[Element]:
    """Give what the item itself says word for word."""
    written = set()
    for element in without_pictures(episode.extras) if show.locked else episode.extras:
        if element.name == "podcast:person" or not is_carried(element):
            continue
        if element.name in ONCE and element.name in written:
            continue
        # RSS: an item has one author; Dublin Core lets it have as many as it likes.
        further = element.name == "author" and "author" in written
        written.add(element.name)
        yield replace(element, name="dc:creator") if further else element


def _itunes(episode: Episode, show: Show) -> Iterator[Element]:
    yield Element("itunes:author", episode.author or show.title)
    if episode.duration:
        yield Element("itunes:duration", str(episode.duration.seconds))
    explicit = show.explicit if episode.explicit is None else episode.explicit
    yield Element("itunes:explicit", "true" if explicit else "false")
    if (image := episode.image or show.image) and not show.locked:
        yield Element("itunes:image", attributes=(("href", image),))
    # Apple: both must be non-zero integers.
    if episode.number:
        yield Element("itunes:episode", str(episode.number))
    if episode.season:
        yield Element("itunes:season", str(episode.season))
    yield Element("itunes:episodeType", episode.kind.value)
    if episode.keywords and not named(episode.elements, "itunes:keywords"):
        yield Element("itunes:keywords", ",".join(episode.keywords))


def _told_elsewhere(episode: Episode, show: Show) -> Iterator[Element]:
    """Link to where else the episode is told of: the feed its own feed has it from, its pages in other sources."""
    for source in named(episode.extras, "source"):
        if _is_web(address := source.get("url").strip()) and address != show.feed_url:
            yield _link("via", address, source.text.strip())
    pages = dict.fromkeys(hearing.page for hearing in episode.hearings if hearing.page and _is_web(hearing.page))
    for page in pages:
        if page != episode.page:
            yield _link("related", page)


def _link(rel: str, address: str, title: str = "") -> Element:
    titled = (("title", title),) if title else ()
    return Element("atom:link", attributes=(("rel", rel), ("href", address), *titled))


def _pushed(episode: Episode, show: Show, written: set[str]) -> Iterator[Element]:
    """Give what the channel says and the item does not: a merged channel cannot say it."""
    restated = set(written)
    for element in without_pictures(show.pushed) if show.locked else show.pushed:
        # Names without a namespace (language, copyright) mean nothing in an item: they are said in dc: below.
        named_here = element.name == "podcast:person" or element.name in written
        if ":" in element.name and not named_here and is_carried(element):
            restated.add(element.name)
            yield element
    if show.language and not restated & {"dc:language", "language"}:
        yield Element("dc:language", show.language)
    if show.copyright and not restated & {"dc:rights", "copyright"}:
        yield Element("dc:rights", show.copyright)
    if show.author and not episode.author and not restated & {"dc:creator", "author"}:
        yield Element("dc:creator", show.author)
