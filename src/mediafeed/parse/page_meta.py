"""What a page says of itself for programs: JSON-LD, then OpenGraph, then its audio elements and players."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mediafeed.model.parsed import Element
from mediafeed.parse.jsonld import Node, address, nodes_in, objects, text, types_of
from mediafeed.parse.page_tree import Page, clean, metas
from mediafeed.parse.podcast_hosts import player_of

_EPISODE_TYPES = frozenset({"PodcastEpisode", "RadioEpisode", "Episode"})
_ARTICLE_TYPES = frozenset(
    {"Article", "BlogPosting", "NewsArticle", "WebPage", "ItemPage", "Report", "CreativeWork", "OpinionNewsArticle"}
)
_MEDIA_TYPES = frozenset({"AudioObject", "MediaObject", "VideoObject"})
_AUDIO_FILE = re.compile(r"\.(?:mp3|m4a|m4b|aac|ogg|oga|opus|wav|flac)(?:$|[?#])", re.IGNORECASE)
_ROLES = ("host", "guest")
_MOST = 10
_MOST_PERSONS = 50


@dataclass(frozen=True, slots=True)
class Meta:
    """A page's own words for programs. `episode` and `article` are JSON-LD nodes, {} where there are none."""

    page: Page
    properties: dict[str, list[str]]
    nodes: tuple[Node, ...]
    episode: Node = field(default_factory=dict)
    article: Node = field(default_factory=dict)

    def said(self, *names: str) -> str:
        """Give the first content of the first `<meta>` of those names, or ""."""
        return next((self.properties[name][0] for name in names if name in self.properties), "")


def meta_of(page: Page, url: str) -> Meta:
    """Read what a page says for programs."""
    nodes = nodes_in(page.root)
    properties = metas(page)
    title = clean(next(iter(properties.get("og:title", [])), ""))
    episode = _about_this(nodes, _EPISODE_TYPES, page, url, title)
    return Meta(page, properties, nodes, episode, _about_this(nodes, _ARTICLE_TYPES, page, url, title))


def _about_this(nodes: tuple[Node, ...], types: frozenset[str], page: Page, url: str, title: str) -> Node:
    """Choose the node that this page is about: the only one, or the one with its address or title.

    A page that lists several episodes and is none of them is about none.
    """
    fitting = [node for node in nodes if types_of(node) & types and node.keys() - {"@id", "@type"}]
    if len(fitting) == 1:
        return fitting[0]
    for node in fitting:
        own = {page.absolute(address(node, key)).rstrip("/") for key in ("url", "mainEntityOfPage", "@id")}
        if url.rstrip("/") in own - {""} or (title and clean(text(node, "name", "headline")) == title):
            return node
    return {}


def enclosures(meta: Meta) -> tuple[Element, ...]:
    """Give every audio file of the page once: JSON-LD, OpenGraph, audio elements, links to audio files."""
    found: dict[str, Element] = {}
    for url, attributes in (*_from_jsonld(meta), *_from_opengraph(meta), *_from_elements(meta.page)):
        target = meta.page.absolute(url)
        if target and len(found) < _MOST:
            said = tuple((key, value) for key, value in attributes if value)
            found.setdefault(target, Element("enclosure", attributes=(("url", target), *said)))
    return tuple(found.values())


Found = Iterator[tuple[str, tuple[tuple[str, str], ...]]]


def media(meta: Meta) -> Iterator[Node]:
    """Walk the JSON-LD nodes of the page's audio."""
    for owner in (meta.episode, meta.article):
        yield from objects(owner, "associatedMedia", "audio", "encoding", among=meta.nodes)
    if not meta.episode:
        yield from (node for node in meta.nodes if "AudioObject" in types_of(node))


def _from_jsonld(meta: Meta) -> Found:
    for found in media(meta):
        url = address(found, "contentUrl", "url")
        if url and (types_of(found) & _MEDIA_TYPES or _AUDIO_FILE.search(url)):
            # contentSize is "12345" or "12 MB": only plain bytes are a length.
            size = text(found, "contentSize")
            length = size if size.isascii() and size.isdigit() else ""
            yield url, (("length", length), ("type", text(found, "encodingFormat", "fileFormat")))


def _from_opengraph(meta: Meta) -> Found:
    kind = meta.said("og:audio:type")
    for name in ("og:audio:secure_url", "og:audio", "og:audio:url", "twitter:player:stream"):
        for url in meta.properties.get(name, []):
            # Spotify and others put the address of a web page there.
            if not kind.startswith("text/") and not player_of(meta.page.absolute(url) or "https://none.invalid/"):
                yield url, (("type", kind),)


def _from_elements(page: Page) -> Found:
    for audio in page.root.iter("audio"):
        yield audio.get("src") or audio.get("data-src") or "", (("type", audio.get("type") or ""),)
        for source in audio.iter("source"):
            yield source.get("src") or source.get("data-src") or "", (("type", source.get("type") or ""),)
    for link in page.root.iter("a"):
        href = link.get("href") or ""
        if _AUDIO_FILE.search(href):
            yield href, ()


def players(page: Page) -> Iterator[Element]:
    """Walk the players of hosting companies on the page, each once. No audio is claimed from them."""
    seen: set[str] = set()
    for element in page.root.iter("iframe", "script", "embed"):
        for attribute in ("src", "data-src", "data-lazy-src"):
            target = page.absolute(element.get(attribute))
            host = player_of(target) if target else ""
            if host and target not in seen and len(seen) < _MOST and (element.tag != "script" or host == "buzzsprout"):
                seen.add(target)
                yield Element("page:player", target, (("host", host),))


def images(meta: Meta) -> Iterator[Element]:
    """Give the page's picture."""
    candidates = (
        address(meta.episode, "image", "thumbnailUrl"),
        meta.said("og:image:secure_url", "og:image", "og:image:url"),
        meta.said("twitter:image", "twitter:image:src"),
        address(meta.article, "image", "thumbnailUrl"),
    )
    for candidate in candidates:
        if target := meta.page.absolute(candidate):
            yield Element("itunes:image", attributes=(("href", target),))
            return


def series(meta: Meta) -> Node:
    """Give the JSON-LD node of the show that the page's episode is part of, {} where it says none."""
    return next(objects(meta.episode, "partOfSeries", "isPartOf", among=meta.nodes), {})


def persons(meta: Meta) -> Iterator[Element]:
    """Walk the persons in JSON-LD: podcast:person where a role is said, else page:person (no role claimed).

    schema.org has a Role object for it; some pages write plain "host" and "guest" keys.
    """
    for role in _ROLES:
        for person in objects(meta.episode, role, f"{role}s", among=meta.nodes):
            yield from _person(person, role)
    for key in ("actor", "actors", "performer", "contributor", "author", "creator"):
        for person in objects(meta.episode, key, among=meta.nodes):
            role = text(person, "roleName", "characterName").lower()
            inner = next(objects(person, key, among=meta.nodes), None) if "roleName" in person else None
            if key not in ("author", "creator") or role:
                yield from _person(inner or person, role)


def _person(person: Node, role: str) -> Iterator[Element]:
    name = clean(text(person, "name"))
    if not name or len(name) > 200 or "Organization" in types_of(person):
        return
    href, image = address(person, "url", "sameAs"), address(person, "image")
    said = (("role", role), ("href", href), ("img", image))
    attributes = tuple((key, value) for key, value in said if value and (key == "role" or "://" in value))
    yield Element("podcast:person" if role else "page:person", name, attributes)


def limited(elements: Iterator[Element]) -> tuple[Element, ...]:
    """Give each element once, and never more than anybody needs."""
    return tuple(dict.fromkeys(elements))[:_MOST_PERSONS]
