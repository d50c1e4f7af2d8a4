"""A store of ten lines, and episodes that nobody published."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from mediafeed.errors import PublishError
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
from mediafeed.model.files import Picture, Transcript
from mediafeed.model.parsed import Element
from mediafeed.model.published import IndexRow
from mediafeed.model.settings import Match, Site, View
from mediafeed.publish import html, jsonfeed, pages, rss
from mediafeed.publish.signing import signature
from mediafeed.publish.site import fragment_key, site_key
from mediafeed.publish.views import matches

SITE = Site(
    title="Harbour talks",
    url="https://talks.example",
    description="Conversations about ports and the sea, gathered from three shows.",
    language="en-gb",
    categories=("News > Politics", "Government"),
    email="talks@example.org",
)
TIDES = Show(
    id="tides",
    source="tides",
    title="Tides & Treaties",
    feed_url="https://feeds.example/tides.xml",
    link="https://tides.example/podcast",
    summary="<p>Two editors ask how the law of the sea is <em>made</em>.</p>",
    author="Institute for Harbours",
    image="https://tides.example/cover.jpg",
    language="en-gb",
    categories=("News > Politics",),
    copyright="© Institute for Harbours",
)
QUAYS = Show(id="quays", source="quays", title="Quays", feed_url="https://feeds.example/quays.xml", explicit=True)
OLUMIDE = Person(id="olumide-vance", key="olumide vance", name="Olumide Vance", href="https://vance.example/")
INES = Person(id="ines-carrow", key="ines carrow", name="Inês Carrow", aliases=("Ines Carrow",))
TAKUMI = Person(id="takumi-hale", key="takumi hale", name="Takumi Hale")
JAPAN = View(id="japan", title="Japan", match=Match(text="japan"), description="Whatever touches Japan.")
START = datetime(2022, 9, 21, 6, tzinfo=UTC)


def credit(person: Person, role: Role, quote: str = "", **facts: Any) -> Credit:
    evidence = Evidence("guest-of-episode", "description", 0, len(quote), quote)
    made = Credit(name=person.name, role=role, origin=CreditOrigin.TEXT, evidence=evidence, person=person.id)
    return replace(made, **facts)


def episode(place: int, show: Show = TIDES, **facts: Any) -> Episode:
    """Invent a whole episode; `facts` replace some of it."""
    guid = f"{show.id}-{place}"
    page = f"https://{show.id}.example/episodes/{place}"
    audio = f"https://cdn.example/{show.id}/{place}.mp3"
    made = Episode(
        show=show.id,
        title=f"How ports change, part {place}",
        hearings=(Hearing(source=show.source, key=guid, guid=guid, page=page, enclosure=audio),),
        id=f"{show.id}{place}",
        path=f"{show.id}/how-ports-change-{place}",
        published_guid=guid,
        guid=guid,
        number=place,
        published=START + timedelta(days=place),
        date_precision=DatePrecision.SECOND,
        first_heard=START + timedelta(days=place, hours=2),
        page=page,
        summary=f"Inês Carrow asks Olumide Vance what part {place} of the plan means for Japan.",
        notes=f"<p>Inês Carrow asks <b>Olumide Vance</b> what part {place} of the plan means for Japan.</p>",
        enclosure=Enclosure(audio, "audio/mpeg", 46_080_000 + place),
        duration=Duration(2880 + place, DurationOrigin.DECLARED),
        credits=(
            credit(INES, Role.HOST, "Inês Carrow asks"),
            credit(OLUMIDE, Role.GUEST, "asks Olumide Vance", honorific="Dr", affiliation="Harbour College"),
        ),
        extras=(
            Element("podcast:transcript", attributes=(("url", f"{page}.vtt"), ("type", "text/vtt"))),
            Element("podcast:transcript", attributes=(("url", f"{page}.srt"), ("type", "application/srt"))),
        ),
    )
    return replace(made, **facts)


@dataclass
class Shelf:
    """A `Library` in memory: it renders fragments as it is filled, and counts what is loaded."""

    held: list[Episode] = field(default_factory=list)
    all_shows: list[Show] = field(default_factory=lambda: [TIDES, QUAYS])
    people: list[Person] = field(default_factory=lambda: [OLUMIDE, INES, TAKUMI])
    views: tuple[View, ...] = (JAPAN,)
    site: Site = SITE
    archives: dict[str, dict[str, int]] = field(default_factory=dict)
    spoken: dict[str, tuple[str, Transcript]] = field(default_factory=dict)
    copies: dict[str, Picture] = field(default_factory=dict)
    loaded: int = 0
    _rendered: dict[tuple[str, str, str], bytes] = field(default_factory=dict)

    def index(self) -> Sequence[IndexRow]:
        return tuple(sorted(map(self._row, self.held), key=lambda row: (row.dated, row.id), reverse=True))

    def shows(self) -> Sequence[Show]:
        return self.all_shows

    def persons(self) -> Sequence[Person]:
        return self.people

    def episodes(self, ids: Sequence[str]) -> Iterator[Episode]:
        by_id = {one.id: one for one in self.held}
        for one in ids:
            self.loaded += 1
            yield by_id[one]

    def fragments(
        self, ids: Sequence[str], form: Literal["rss", "json", "row", "notes"]
    ) -> Iterator[tuple[str, bytes]]:
        by_id = {one.id: one for one in self.held}
        for one in ids:
            self.loaded += 1
            yield one, self._fragment(by_id[one], form)

    def affiliations(self, person: str) -> Sequence[tuple[str, str]]:
        said = ((one.dated, credit) for one in self.held for credit in one.credits if credit.person == person)
        return sorted((str(at.date()), credit.affiliation) for at, credit in said if credit.affiliation)

    def transcripts(self) -> Mapping[str, str]:
        return {one: signature(repr(found)) for one, found in self.spoken.items()}

    def transcript(self, episode: str) -> tuple[str, Transcript] | None:
        return self.spoken.get(episode)

    def pictures(self) -> Mapping[str, str]:
        return {address: signature(repr(copies)) for address, copies in self.copies.items()}

    def picture(self, address: str) -> Picture | None:
        return self.copies.get(address)

    def parts(self, feed: str) -> dict[str, int]:
        return dict(self.archives.get(feed, {}))

    def save_parts(self, feed: str, parts: Mapping[str, int]) -> None:
        self.archives.setdefault(feed, {}).update(parts)

    def _row(self, one: Episode) -> IndexRow:
        return IndexRow(
            id=one.id,
            show=one.show,
            path=one.path,
            dated=one.dated,
            day=one.dated.date().isoformat(),
            changed_at=one.first_heard,
            blocked=one.blocked,
            fingerprint=signature(repr(one)),
            fragment_key=self._key(one),
            rss_length=len(self._fragment(one, "rss")),
            views=tuple(view.id for view in self.views if matches(view, one, self._show(one))),
            appearances=tuple((credit.person, credit.role.value) for credit in one.credits if credit.person),
            also_on=one.also_on,
        )

    def _key(self, one: Episode) -> str:
        return fragment_key(signature(repr(one)), self._show(one), site_key(self.site, self.views, ()))

    def _show(self, one: Episode) -> Show:
        return next(show for show in self.all_shows if show.id == one.show)

    def _fragment(self, one: Episode, form: str) -> bytes:
        key = (one.id, form, self._key(one))
        if key not in self._rendered:
            people = {person.id: person for person in self.people}
            make: Any = {
                "rss": rss.item_fragment,
                "json": jsonfeed.item_fragment,
                "row": pages.row,
                "notes": html.notes_fragment,
            }[form]
            try:
                self._rendered[key] = make(one, self._show(one), self.site, people)
            except PublishError:
                self._rendered[key] = b""
        return self._rendered[key]
