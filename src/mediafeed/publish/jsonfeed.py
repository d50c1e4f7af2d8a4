"""JSON Feed 1.1: the same episodes as in RSS and those without audio, with what we know in `_mediafeed`."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

import orjson

from mediafeed.errors import PublishError
from mediafeed.model.episode import Credit, Duration, Enclosure, Episode, Person, Show
from mediafeed.model.parsed import Element, named, words
from mediafeed.model.published import FeedHead
from mediafeed.model.settings import Site
from mediafeed.publish.podcast_namespace import chapters_url, is_hidden, restated
from mediafeed.publish.safe_links import safe_link
from mediafeed.publish.xml_text import legal, upright

VERSION = "https://jsonfeed.org/version/1.1"

Facts = dict[str, Any]


def item_fragment(episode: Episode, show: Show, site: Site, people: Mapping[str, Person]) -> bytes:
    """Render one episode as an item, audio or not.

    Raises:
        PublishError: It cannot be said in JSON.
    """
    try:
        return orjson.dumps(_item(episode, show, site, people))
    except TypeError:
        pass  # a lone surrogate: no JSON text can hold it
    try:
        return orjson.dumps(_item(legal(episode), legal(show), site, people))
    except TypeError as error:
        raise PublishError(f"episode {episode.id}: {error}") from error


def feed_document(head: FeedHead, fragments: Iterable[bytes]) -> bytes:
    """Join rendered items under a head of ours; the same arguments, the same bytes."""
    facts = orjson.dumps(legal(_head(head))).removesuffix(b"}")
    return b"".join((facts, b',"items":[\n', b",\n".join(fragments), b"\n]}\n"))


def _head(head: FeedHead) -> Facts:
    older = next((address for rel, address in head.archive if rel == "next"), None)
    facts = {
        "version": VERSION,
        "title": head.title,
        "home_page_url": head.link,
        "feed_url": head.json_url,
        "next_url": older.removesuffix(".xml") + ".json" if older else None,
        "description": head.description,
        "icon": head.image,
        "authors": [{"name": head.author}],
        "language": head.language,
        "hubs": [{"type": "WebSub", "url": hub} for hub in head.hubs] or None,
        **_extensions(head.elements),
    }
    return {name: value for name, value in facts.items() if value not in (None, "")}


def _item(episode: Episode, show: Show, site: Site, people: Mapping[str, Person]) -> Facts:
    shown = [credit for credit in episode.credits if not is_hidden(credit, people)]
    ours = f"{site.url}/episodes/{episode.path}/"
    facts: Facts = {
        "id": episode.published_guid,
        "url": safe_link(episode.page) or ours,
        "title": episode.title,
        "content_html": episode.notes or None,
        "content_text": None if episode.notes else episode.summary,
        "summary": episode.summary or None,
        "image": None if show.locked else safe_link(episode.image) or safe_link(show.image),
        "date_published": episode.dated.isoformat(),
        "authors": [_author(restated(credit, show), people, site) for credit in shown] or None,
        "tags": list(episode.keywords) or None,
        "date_modified": _modified(episode),
        "language": words(episode.extras, "dc:language") or show.language,
        "attachments": _attachments(episode) or None,
        **_extensions(episode.elements),
        "_mediafeed": _known(episode, show, site, shown),
    }
    return {name: value for name, value in facts.items() if value is not None}


def _extensions(elements: Iterable[Element]) -> Facts:
    """Give the publishers' own extensions of JSON Feed, as they were: their names begin with "_"."""
    extensions: Facts = {}
    for element in elements:
        if element.name.startswith("jsonfeed:_") and element.name != "jsonfeed:_mediafeed":
            with suppress(orjson.JSONDecodeError):
                extensions[element.name.removeprefix("jsonfeed:")] = orjson.loads(element.text)
    return extensions


def _modified(episode: Episode) -> str | None:
    """Give when the publisher last changed the item, if that is said as RFC 3339 asks."""
    try:
        when = datetime.fromisoformat(words(episode.extras, "atom:updated"))
    except ValueError:
        return None
    return when.isoformat() if when.tzinfo else None


def _attachments(episode: Episode) -> list[Facts]:
    """Give the audio, then the item's further files."""
    if episode.enclosure is None:
        return []
    further = (
        {"url": file.get("url").strip(), "mime_type": file.get("type")}
        for file in named(episode.extras, "enclosure")
        if file.get("type") and safe_link(file.get("url")) and file.get("url").strip() != episode.enclosure.url
    )
    return [_attachment(episode.enclosure, episode.duration), *further]


def _attachment(audio: Enclosure, duration: Duration | None) -> Facts:
    facts: Facts = {"url": audio.url, "mime_type": audio.media_type}
    if audio.length:
        facts["size_in_bytes"] = audio.length
    if duration:
        facts["duration_in_seconds"] = duration.seconds
    return facts


def _author(credit: Credit, people: Mapping[str, Person], site: Site) -> Facts:
    facts: Facts = {"name": credit.name}
    person = people.get(credit.person)
    href = safe_link(credit.href) or safe_link(person.href if person else None)
    if credit.person:
        facts["url"] = href or f"{site.url}/people/{credit.person}/"
    if avatar := safe_link(credit.image) or safe_link(person.image if person else None):
        facts["avatar"] = avatar
    return facts


def _known(episode: Episode, show: Show, site: Site, shown: Iterable[Credit]) -> Facts:
    """Give what JSON Feed has no word for."""
    audio, duration = episode.enclosure, episode.duration
    explicit = show.explicit if episode.explicit is None else episode.explicit
    return {
        "id": episode.id,
        "show": show.id,
        "show_title": show.title,
        "guid": episode.guid,
        "number": episode.number,
        "season": episode.season,
        "kind": episode.kind.value,
        "explicit": bool(explicit),
        "sources": [
            {"source": heard.source, "guid": heard.guid, "page": heard.page, "enclosure": heard.enclosure}
            for heard in episode.hearings
        ],
        "date_precision": episode.date_precision.value,
        "first_heard": episode.first_heard.isoformat(),
        "url": f"{site.url}/episodes/{episode.path}/",
        "duration": duration
        and {"seconds": duration.seconds, "origin": duration.origin.value, "tolerance": duration.tolerance},
        "enclosure": audio and {"url": audio.url, "type": audio.media_type, "length": audio.length},
        "chapters": safe_link(chapters_url(episode, site.url)),
        "transcripts": [address for address in map(safe_link, episode.transcripts) if address],
        "credits": [_credit(credit) for credit in shown],
    }


def _credit(credit: Credit) -> Facts:
    evidence = credit.evidence
    return {
        "name": credit.name,
        "role": credit.role.value,
        "person": credit.person or None,
        "honorific": credit.honorific,
        "affiliation": credit.affiliation,
        "confidence": credit.confidence,
        "origin": credit.origin.value,
        "evidence": {"rule": evidence.rule, "field": evidence.field, "quote": upright(evidence.quote)},
    }
