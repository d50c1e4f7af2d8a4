"""The way everybody goes: feedparser reads, feedgen writes. What both know to say is said."""

from calendar import timegm
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import feedparser
from feedgen.feed import FeedGenerator


def merged(bodies: Iterable[bytes]) -> bytes:
    """Merge feeds into one."""
    generator = FeedGenerator()
    generator.load_extension("podcast")
    generator.title("Everything said")
    generator.link(href="https://merged.example/")
    generator.description("Everything said")
    for body in bodies:
        parsed = feedparser.parse(body)
        for found in parsed.entries:
            _add(generator, found, parsed.feed)
    document: bytes = generator.rss_str()
    return document


def _add(generator: FeedGenerator, found: Any, show: Any) -> None:
    entry = generator.add_entry(order="append")
    entry.title(found.get("title"))
    entry.guid(found.get("id"), permalink=bool(found.get("guidislink")))
    entry.link(href=found.get("link"))
    entry.description(found.get("summary"))
    if found.get("content"):
        entry.content(found.content[0].value, type="CDATA")
    for enclosure in found.get("enclosures", [])[:1]:
        entry.enclosure(enclosure.get("href"), enclosure.get("length", "0"), enclosure.get("type"))
    for tag in found.get("tags", []):
        entry.category(term=tag.term, scheme=tag.scheme)
    if found.get("comments"):
        entry.comments(found.comments)
    if found.get("author"):
        entry.author(email=found.author)
        entry.podcast.itunes_author(found.author)
    entry.source(show.get("link", ""), show.get("title"))
    if found.get("published_parsed"):
        entry.published(datetime.fromtimestamp(timegm(found.published_parsed), UTC))
    with suppress(ValueError):
        entry.podcast.itunes_image(found.get("image", {}).get("href") or show.get("image", {}).get("href"))
    entry.podcast.itunes_duration(found.get("itunes_duration"))
    entry.podcast.itunes_explicit({True: "yes", False: "no"}.get(found.get("itunes_explicit"), "clean"))
    entry.podcast.itunes_subtitle(found.get("subtitle"))
    entry.podcast.itunes_summary(found.get("summary"))
    for name in ("episode", "season"):
        with suppress(ValueError, TypeError):
            getattr(entry.podcast, f"itunes_{name}")(
                int(found[f"itunes_{name}"]) if f"itunes_{name}" in found else None
            )
    entry.podcast.itunes_episode_type(found.get("itunes_episodetype") or "full")
    entry.podcast.itunes_title(found.get("itunes_title"))
