"""A short way to write what one source says of an episode."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from mediafeed.model.episode import (
    Credit,
    CreditOrigin,
    DatePrecision,
    Duration,
    DurationOrigin,
    Enclosure,
    Episode,
    EpisodeKind,
    Evidence,
    Hearing,
    Role,
)

_EVIDENCE = Evidence("made up", "title", 0, 0, "")


@dataclass(frozen=True)
class Pair:
    """Two tellings, whether they are one recording, and what is hard about it."""

    what: str
    same: bool
    a: Episode
    b: Episode


def told(
    title: str,
    source: str = "a",
    *,
    show: str = "straits-briefing",
    on: str | None = "2022-09-21T06:00",
    audio: str | None = None,
    page: str | None = None,
    guid: str | None = None,
    number: int | None = None,
    season: int | None = None,
    minutes: float | None = None,
    guests: Sequence[str] = (),
    hosts: Sequence[str] = (),
    kind: str = "full",
) -> Episode:
    """Give one source's word; a date without a time is known to the day, an audio without scheme is https."""
    url = audio and (audio if "://" in audio else f"https://{audio}")
    people = [*((name, Role.HOST) for name in hosts), *((name, Role.GUEST) for name in guests)]
    precision = DatePrecision.NONE if on is None else DatePrecision.SECOND if "T" in on else DatePrecision.DAY
    return Episode(
        show=show,
        title=title,
        hearings=(Hearing(source=source, key=guid or url or title, guid=guid, page=page, enclosure=url),),
        guid=guid,
        page=page,
        number=number,
        season=season,
        kind=EpisodeKind(kind),
        published=datetime.fromisoformat(on).replace(tzinfo=UTC) if on else None,
        date_precision=precision,
        enclosure=Enclosure(url, "audio/mpeg", None) if url else None,
        duration=Duration(round(minutes * 60), DurationOrigin.DECLARED) if minutes else None,
        credits=tuple(
            Credit(name=name, role=role, origin=CreditOrigin.TEXT, evidence=_EVIDENCE) for name, role in people
        ),
    )
