"""What we claim: shows, episodes, credits, persons. Everything frozen, every time aware."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from mediafeed.model.audio import Audio, Chapter
from mediafeed.model.parsed import Element

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Role(StrEnum):
    """Who somebody is on an episode: podcast taxonomy, group cast."""

    HOST = "host"
    GUEST = "guest"
    GUEST_HOST = "guest host"


class CreditOrigin(StrEnum):
    """Where a credit comes from. Declared from the strongest to the weakest (CREDITS: authority)."""

    CONFIG = "config"
    PUBLISHER = "publisher"  # podcast:person of the item
    TEXT = "text"
    CHANNEL = "channel"  # podcast:person of the channel
    AUTHOR = "author"
    AUDIO = "audio"  # tags inside of the audio file


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rule and the quoted words behind a claim.

    `start` and `end` are offsets in characters into the plain text of `field` ("title", "description",
    "podcast:person", "config"); `quote` is what stands there, widened to its sentence where that helps a person.
    """

    rule: str
    field: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One name in one role on one episode. `person` is the id of the person, "" until identity is settled."""

    name: str
    role: Role
    origin: CreditOrigin
    evidence: Evidence
    confidence: float = 1.0
    honorific: str | None = None
    affiliation: str | None = None
    href: str | None = None
    image: str | None = None
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A human. `id` is the path of the person's page, chosen once; `key` is what makes two names one person."""

    id: str
    key: str
    name: str
    aliases: tuple[str, ...] = ()
    href: str | None = None
    image: str | None = None
    hidden: bool = False


class DurationOrigin(StrEnum):
    """Who says how long an episode is. Declared from the weakest witness to the strongest."""

    STATED = "stated"  # words for people: "48 Minute Listen"
    DECLARED = "declared"  # itunes:duration, JSON Feed, JSON-LD
    MEASURED = "measured"  # read from the audio


@dataclass(frozen=True, slots=True)
class Duration:
    """A length in whole seconds, its witness, and by how many seconds it may be wrong."""

    seconds: int
    origin: DurationOrigin
    tolerance: int = 0


@dataclass(frozen=True, slots=True)
class Enclosure:
    """The audio file: address as published, tracking prefixes and all; media type; length in bytes or None."""

    url: str
    media_type: str
    length: int | None


class DatePrecision(StrEnum):
    """How exactly a date is known."""

    SECOND = "second"
    DAY = "day"
    NONE = "none"  # nobody says: `published` is None and the episode is dated by `first_heard`


class EpisodeKind(StrEnum):
    """itunes:episodeType."""

    FULL = "full"
    TRAILER = "trailer"
    BONUS = "bonus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """The podcast.

    `id` is its path under shows/, chosen once. `pushed` are channel facts that a merged channel cannot say and that
    each item therefore restates (persons, image, license, value ...); `extras` are all others that have no field here,
    for the show's own feed: no episode depends on them, so they take no part in equality. `guid` is the publisher's
    podcast:guid.
    """

    id: str
    source: str
    title: str
    feed_url: str | None = None
    link: str | None = None
    summary: str = ""
    author: str | None = None
    owner: str | None = None
    image: str | None = None
    language: str | None = None
    categories: tuple[str, ...] = ()
    explicit: bool | None = None
    copyright: str | None = None
    guid: str | None = None
    locked: bool = False
    blocked: bool = False
    tags: tuple[str, ...] = ()
    pushed: tuple[Element, ...] = ()
    extras: tuple[Element, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """One source's word that an episode exists. `key` is the item's key inside that source."""

    source: str
    key: str
    guid: str | None
    page: str | None
    enclosure: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One release, ours: what one source claims of it, or what all of them claim together.

    As one source's claim `id`, `published_guid` and `path` are still ""; the store's are stable for ever.
    `summary` is plain text for lists, `notes` the richest HTML as found (sanitised only when rendered), `explicit` None
    where neither item nor show says. `extras` are the elements to carry word for word beside what has a field here;
    `beside` are those of other sources that tell of the same recording, each source's by themselves. `may_host` are
    those who are known to host the show, where nobody is known to host this episode. `lengths` are what all witnesses
    say of its length, `duration` the one that is published. `chapters` is the address of the publisher's own, `marks`
    are those that we know, `marks_from` where they stood: "psc:chapters", "audio" or "notes".
    `first_heard` takes no part in equality: hearing of an episode again does not change it.
    """

    show: str
    title: str
    hearings: tuple[Hearing, ...]
    id: str = ""
    path: str = ""  # episodes/<path>/ : "<show>/<slug>"
    published_guid: str = ""
    guid: str | None = None
    guid_is_permalink: bool = False
    number: int | None = None
    season: int | None = None
    kind: EpisodeKind = EpisodeKind.FULL
    published: datetime | None = None
    date_precision: DatePrecision = DatePrecision.NONE
    first_heard: datetime = field(default=NEVER, compare=False)
    page: str | None = None
    summary: str = ""
    notes: str = ""
    author: str | None = None
    image: str | None = None
    explicit: bool | None = None
    enclosure: Enclosure | None = None
    duration: Duration | None = None
    credits: tuple[Credit, ...] = ()
    may_host: tuple[str, ...] = ()
    lengths: tuple[Duration, ...] = ()
    audio: Audio | None = None  # None: not measured
    chapters: str | None = None
    marks: tuple[Chapter, ...] = ()
    marks_from: str = ""
    transcripts: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    blocked: bool = False
    extras: tuple[Element, ...] = ()
    beside: tuple[tuple[Element, ...], ...] = ()
    audio_of: str = ""  # the id of the episode with whose audio it is listed: no feed says one recording twice
    also_on: tuple[str, ...] = ()  # ids of the other shows that published this recording in their feeds
    flags: tuple[str, ...] = ()  # what had to be doubted, in words: "date in the future, dated by first hearing"

    @property
    def elements(self) -> tuple[Element, ...]:
        """Give every element that is carried, whoever said it."""
        return tuple(element for group in (self.extras, *self.beside) for element in group)

    @property
    def dated(self) -> datetime:
        """Give the time it is listed under: when published, else when first heard of."""
        return self.published or self.first_heard


@dataclass(frozen=True, slots=True)
class Changes:
    """What a refresh did, as episode ids."""

    new: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Say whether anything differs from before."""
        return bool(self.new or self.modified)
