"""Short ways to write what the tests of this room are about."""

from datetime import UTC, datetime
from typing import Any

from mediafeed.model.episode import (
    Credit,
    CreditOrigin,
    DatePrecision,
    Enclosure,
    Episode,
    Evidence,
    Hearing,
    Role,
    Show,
)
from mediafeed.model.parsed import Element, ParsedItem
from mediafeed.model.source import Source, SourceKind
from mediafeed.normalize.episode import episode_from

NOW = datetime(2022, 10, 1, 12, tzinfo=UTC)
STRAITS = Show(id="straits", source="straits", title="Straits Briefing", author="Example Institute")
SOURCE = Source(id="straits", url="https://feeds.example.org/straits.xml")


def element(name: str, text: str = "", **attributes: str) -> Element:
    """`itunes_duration` stands for `itunes:duration`."""
    return Element(name.replace("_", ":", 1), text, tuple(attributes.items()))


def item(*elements: Element, **texts: str) -> ParsedItem:
    return ParsedItem((*(element(name, text) for name, text in texts.items()), *elements), "00")


def audio(url: str = "https://cdn.example.org/33.mp3", type: str = "audio/mpeg", length: str = "46080000") -> Element:  # noqa: A002 - the attribute's own name
    return element("enclosure", url=url, type=type, length=length)


def told(*elements: Element, show: Show = STRAITS, source: Source = SOURCE, **texts: str) -> Episode:
    return episode_from(item(*elements, **texts), show, source, now=NOW)


def page_source(id: str = "blog", **more: Any) -> Source:  # noqa: A002 - the field's own name
    return Source(id=id, url=f"https://{id}.example.org/", kind=SourceKind.PAGE, **more)


def guest(name: str, role: Role = Role.GUEST, origin: CreditOrigin = CreditOrigin.TEXT, **more: Any) -> Credit:
    return Credit(name=name, role=role, origin=origin, evidence=Evidence("test", "description", 0, 1, name), **more)


def telling(title: str, source: str = "a", *, audio: str | None = None, day: int | None = 21, **more: Any) -> Episode:
    """One source's word, dated to a day of September 2022."""
    key = more.pop("key", f"{source}:{title}:{audio}")
    page, guid = more.get("page"), more.get("guid")
    return Episode(
        show=more.pop("show", "straits"),
        title=title,
        hearings=(Hearing(source=source, key=key, guid=guid, page=page, enclosure=audio),),
        enclosure=Enclosure(audio, "audio/mpeg", None) if audio else None,
        published=more.pop("published", datetime(2022, 9, day, tzinfo=UTC) if day else None),
        date_precision=more.pop("date_precision", DatePrecision.SECOND if day else DatePrecision.NONE),
        first_heard=more.pop("first_heard", NOW),
        **more,
    )
