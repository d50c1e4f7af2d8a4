"""What a show says of itself, and which show an item belongs to."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from uuid import UUID

from mediafeed.model.episode import Show
from mediafeed.model.parsed import Element, ParsedItem, first, named, words
from mediafeed.model.source import Source, SourceKind
from mediafeed.normalize.answers import is_explicit, is_yes
from mediafeed.normalize.channel_facts import of_the_show, pushed_down
from mediafeed.normalize.identity import is_web_address, slug
from mediafeed.normalize.text import one_line, plain_text, richest
from mediafeed.normalize.titles import begins_with, is_slug_of, is_title_of, show_before_number, show_named_in

_IN_PATH = re.compile(r"/(?:podcasts?|shows?|audio)/([a-z0-9][a-z0-9-]{2,79})/[^/?#]+", re.IGNORECASE)
_PERSON_IN_BRACKETS = re.compile(r"\(([^()]+)\)")


def show_from(head: tuple[Element, ...], source: Source, *, feed_url: str) -> Show:
    """Give the show that a document's head describes.

    The operator's title wins for a podcast. `id` is a proposal: the title as a path, else the source's id.
    """
    own = source.title if source.kind is SourceKind.PODCAST else None
    title = one_line(own or words(head, "title", "itunes:title", "dc:title") or source.title or source.id)
    link = words(head, "link")
    return Show(
        id=slug(title, fallback=source.id),
        source=source.id,
        title=title,
        feed_url=feed_url or None,
        link=link if is_web_address(link) else None,
        summary=plain_text(richest(words(head, "description", "atom:subtitle"), words(head, "itunes:summary"))),
        author=one_line(words(head, "itunes:author", "googleplay:author", "dc:creator", "author")) or None,
        owner=_owner(head),
        image=_image(head),
        language=source.language or words(head, "language", "dc:language").replace("_", "-") or None,
        categories=_categories(head),
        explicit=is_explicit(words(head, "itunes:explicit", "googleplay:explicit")),
        copyright=one_line(words(head, "copyright", "dc:rights", "atom:rights")) or None,
        guid=_podcast_guid(head),
        locked=is_yes(words(head, "podcast:locked")),
        blocked=is_blocked(head),
        tags=source.tags,
        pushed=pushed_down(head),
        extras=of_the_show(head),
    )


def is_blocked(elements: Iterable[Element]) -> bool:
    """Say whether a channel or an item asks not to be listed; a podcast:block for one named service does not bind us.

    >>> is_blocked((Element("podcast:block", "yes", (("id", "amazon"),)),))
    False
    """
    return any(
        is_yes(element.text)
        for element in elements
        if element.name in ("itunes:block", "googleplay:block")
        or (element.name == "podcast:block" and not element.get("id"))
    )


def show_of(item: ParsedItem, channel: Show, source: Source, known_shows: tuple[Show, ...] = ()) -> Show:
    """Give the show an item belongs to: usually the channel's own.

    Another one only on plain evidence: `source.shows` named in front of the title, in `<source>` or in the page's path;
    for a site or a page, what the page says it is part of. A known show is given itself where the evidence means it.
    """
    sibling = _sibling_named(item, channel, source)
    if sibling:
        return _settled(sibling, known_shows)
    if source.kind is SourceKind.PODCAST:
        return channel
    return known_show_of(item, known_shows) or _settled(_told_show(item, channel, source), known_shows)


def _sibling_named(item: ParsedItem, channel: Show, source: Source) -> Show | None:
    if not source.shows:
        return None
    siblings = [_sibling(channel, title) for title in source.shows]
    said = words(item.elements, "source", "page:show")
    path = _IN_PATH.search(words(item.elements, "link", "guid"))
    titles = _titles(item)
    kinds: tuple[Callable[[Show], bool], ...] = (
        lambda show: any(begins_with(title, show.title) for title in titles[:1]),
        lambda show: bool(said) and is_title_of(said, show),
        lambda show: path is not None and is_slug_of(path[1].lower(), show),
        lambda show: any(begins_with(title, show.title) for title in titles[1:]),
    )
    for evidence in kinds:
        for sibling in siblings:
            if evidence(sibling):
                return sibling
    return None


def _titles(item: ParsedItem) -> list[str]:
    """Give an item's title, and the headings of its page."""
    names = ("title", "itunes:title") if words(item.elements, "title", "itunes:title") else ()
    own = [words(item.elements, *names)] if names else []
    return own + [element.text.strip() for element in named(item.elements, "page:heading")]


def known_show_of(item: ParsedItem, known_shows: tuple[Show, ...]) -> Show | None:
    """Give the known show that a page says it is about: by its own word, by its path, or by a title that numbers it."""
    if not known_shows:
        return None
    elements, titles = item.elements, _titles(item)
    said = words(elements, "page:show", "source")
    path = _IN_PATH.search(words(elements, "link", "guid"))
    numbered = [name for name in map(show_before_number, titles) if name]
    for show in known_shows:
        if said and is_title_of(said, show):
            return show
    for show in known_shows:
        if path and is_slug_of(path[1].lower(), show):
            return show
    for show in known_shows:
        if any(is_title_of(name, show) for name in numbered):
            return show
    return show_named_in(" | ".join(titles[:2]), known_shows)


def _settled(show: Show, known_shows: tuple[Show, ...]) -> Show:
    return next((known for known in known_shows if is_title_of(show.title, known)), show)


def _sibling(channel: Show, title: str) -> Show:
    """Give another show of the same publisher. What the channel says of itself alone is not said of this one."""
    pushed = tuple(element for element in channel.pushed if element.name != "podcast:person")
    return replace(
        channel,
        id=slug(title, fallback=channel.id),
        title=title,
        link=None,
        summary="",
        guid=None,
        pushed=pushed,
        extras=(),
    )


def _told_show(item: ParsedItem, channel: Show, source: Source) -> Show:
    """Give the show that a page or a site's item says it is part of; a blog's own name is none."""
    numbered = (show_before_number(title) for title in _titles(item))
    said = next(filter(None, numbered), "") or words(item.elements, "page:show")
    path = _IN_PATH.search(words(item.elements, "link", "guid")) if source.kind is SourceKind.SITE else None
    if not said and path:
        said = " ".join(word.capitalize() for word in path[1].split("-"))
    if not said:
        return channel
    said = one_line(said, limit=120)
    name = slug(path[1] if path else said, fallback=channel.id)
    return replace(_sibling(channel, said), id=name, feed_url=None, explicit=None, categories=())


def _owner(head: tuple[Element, ...]) -> str | None:
    owner = first(head, "itunes:owner")
    name = words(owner.children, "itunes:name", "name") if owner else ""
    if not name:
        in_brackets = _PERSON_IN_BRACKETS.search(words(head, "managingEditor"))
        name = in_brackets[1] if in_brackets else ""
    return one_line(name) or None


def _image(head: tuple[Element, ...]) -> str | None:
    for name in ("itunes:image", "image", "podcast:image", "googleplay:image", "media:thumbnail", "atom:logo"):
        for element in named(head, name):
            inner = first(element.children, "url", "atom:url")
            for address in (element.get("href"), element.get("url"), inner.text if inner else "", element.text):
                if is_web_address(address.strip()):
                    return address.strip()
    return None


def _categories(head: tuple[Element, ...]) -> tuple[str, ...]:
    """Give categories as "News" and "News > Politics"."""
    found: list[str] = []
    for element in named(head, "itunes:category"):
        outer = one_line(element.get("text") or element.text, limit=100)
        inner = [one_line(child.get("text") or child.text, limit=100) for child in element.all("itunes:category")]
        found += [f"{outer} > {one}" for one in inner if one and outer] or [outer]
    if not found:
        found = [one_line(element.text or element.get("text"), limit=100) for element in named(head, "category")]
    return tuple(dict.fromkeys(name for name in found if name))[:20]


def _podcast_guid(head: tuple[Element, ...]) -> str | None:
    text = words(head, "podcast:guid").lower()
    try:
        return str(UUID(text)) if len(text) == 36 else None
    except ValueError:
        return None
