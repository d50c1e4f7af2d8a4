"""Values that the tests of the store arrange."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from mediafeed.model.episode import (
    Credit,
    CreditOrigin,
    DatePrecision,
    Duration,
    DurationOrigin,
    Enclosure,
    Episode,
    Evidence,
    Hearing,
    Person,
    Role,
    Show,
)
from mediafeed.model.held import EpisodeRecord, HeardItem, TakeIn
from mediafeed.model.parsed import Element, ParsedItem
from mediafeed.model.source import FailureKind, Outcome, Source, Visit
from mediafeed.store.store import Store

NOW = datetime(2022, 9, 21, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LONDON_SUMMER = timezone(timedelta(hours=1))

RUSI = Source(id="rusi", url="https://rusi.example/feed", hosts=("Neil Melvin",))
GEO = Source(id="geo", find="Geostrategy360 Council on Geostrategy")
SHOW = Show(id="briefing", source="rusi", title="Global Security Briefing", author="RUSI")
PHILIP = Person(id="philip-shetler-jones", key="philip shetler jones", name="Philip Shetler-Jones")
NEIL = Person(id="neil-melvin", key="neil melvin", name="Neil Melvin", aliases=("Dr Neil Melvin",))


def visit(source: str = "rusi", at: datetime = NOW, outcome: Outcome = Outcome.UNCHANGED) -> Visit:
    kind = FailureKind.TIMEOUT if outcome is Outcome.FAILED else None
    return Visit(source=source, at=at, outcome=outcome, next_visit=at + HOUR, why="every hour", kind=kind)


def credit(person: Person, role: Role) -> Credit:
    evidence = Evidence("guest-is", "description", 0, 20, f"{person.name} is our {role}")
    return Credit(name=person.name, role=role, origin=CreditOrigin.TEXT, evidence=evidence, person=person.id)


def episode(number: int, source: str = "rusi") -> Episode:
    """Make episode N: a day later than N - 1, Neil its host, Philip the guest of every third."""
    guid = f"guid-{number}"
    page = f"https://rusi.example/podcasts/{number}"
    audio = f"https://audio.example/{number}.mp3"
    guests = (credit(PHILIP, Role.GUEST),) if number % 3 == 0 else ()
    return Episode(
        id=f"e{number:04}",
        show="briefing",
        title=f"Episode {number}: Japan and the Indo-Pacific",
        hearings=(Hearing(source=source, key=guid, guid=guid, page=page, enclosure=audio),),
        path=f"briefing/episode-{number}",
        published_guid=guid,
        guid=guid,
        number=number,
        published=datetime(2022, 1, 1, tzinfo=LONDON_SUMMER) + timedelta(days=number),
        date_precision=DatePrecision.DAY,
        first_heard=NOW,
        page=page,
        summary=f"Maritime strategy, part {number}.",
        notes="<p>With Viktorija Starych-Samuolienė &amp; others</p>",
        enclosure=Enclosure(audio, "audio/mpeg", 46_080_000),
        duration=Duration(2880, DurationOrigin.STATED, 30),
        credits=(credit(NEIL, Role.HOST), *guests),
        extras=(Element("podcast:season", "1", (("name", "One"),)),),
    )


def item(number: int, description: str = "About Japan.") -> ParsedItem:
    elements = (
        Element("title", f" Episode {number}: Japan "),
        Element("guid", f"guid-{number}", (("isPermaLink", "false"),)),
        Element("description", description),
        Element("psc:chapters", "", (), (Element("psc:chapter", "", (("start", "0"),)),)),
    )
    return ParsedItem(elements, f"{number:04}-{description}")


def heard(number: int, source: str = "rusi", description: str = "About Japan.") -> HeardItem:
    said = item(number, description)
    return HeardItem(
        key=f"guid-{number}",
        item=said,
        telling=replace(episode(number, source), id="", path="", published_guid="", summary=description),
        fingerprint=f"telling-{number}-{description}",
        audio=f"audio.example/{number}.mp3",
        episode=f"e{number:04}",
        first_heard=NOW,
    )


def record(number: int, source: str = "rusi", fingerprint: str = "as first heard") -> EpisodeRecord:
    keys = frozenset({f"guid:guid-{number}", f"audio:audio.example/{number}.mp3", "title:japan"})
    return EpisodeRecord(episode=episode(number, source), fingerprint=fingerprint, match_keys=keys)


def take_in(*numbers: int, source: str = "rusi", at: datetime = NOW, listed: Sequence[str] | None = None) -> TakeIn:
    """Make what a first visit brings that lists these episodes."""
    items = tuple(heard(number, source) for number in numbers)
    return TakeIn(
        source=source,
        at=at,
        head=(Element("title", "Global Security Briefing"),),
        shows=(SHOW,),
        items=items,
        episodes=tuple(record(number, source) for number in numbers),
        persons=(PHILIP, NEIL),
        listed=tuple(one.item.hash for one in items) if listed is None else tuple(listed),
    )


def take(store: Store, brought: TakeIn) -> None:
    with store.taking_in() as taking_in:
        taking_in.write(brought)
