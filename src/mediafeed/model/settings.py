"""Settings as plain frozen values: what `config` reads and `assemble` hands to the rooms."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from mediafeed.model.source import Source


class Pictures(StrEnum):
    """Which pictures of shows and persons pages show."""

    COPY = "copy"  # our own small copies
    LINK = "link"  # publishers', by their own addresses: readers' browsers then ask them
    NONE = "none"


class Transcripts(StrEnum):
    """Which transcripts pages show; all others are linked."""

    LINK = "link"  # none
    LICENSED = "licensed"  # those whose episode or show has a licence that lets everybody publish it anew
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What we publish as. `url` ends without a slash; `output`, `data` and `theme` are absolute paths."""

    title: str
    url: str
    description: str = ""
    language: str = "en"
    categories: tuple[str, ...] = ("News",)
    image: str | None = None  # absolute path of a picture, or None: a plain drawn cover
    email: str | None = None
    author: str | None = None
    listed: bool = False
    output: str = "feeds"
    data: str = "data"
    title_template: str | None = None
    hubs: tuple[str, ...] = ()  # WebSub hubs that tell of our feeds' changes
    theme: str | None = None  # absolute path of a folder with templates of the operator's own
    pictures: Pictures = Pictures.COPY
    transcripts: Transcripts = Transcripts.LINK


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """How often to come. `minimum` below 60 minutes is for networks of `fetch.allow` only.

    `trusted` are hosts whose word on freshness counts for longer than a day, and whose "not modified" for ever.
    """

    every: timedelta = timedelta(minutes=60)
    minimum: timedelta = timedelta(minutes=60)
    keep_visits: timedelta = timedelta(days=30)
    contact: str | None = None
    trusted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How to ask. `allow` are networks (CIDR) that pass the guard on every port; `max_body` is bytes, decoded."""

    allow: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    host_gap: timedelta | None = None  # None: 2 s, and 0 for addresses in `allow`
    per_host: int | None = None  # None: 1, and 16 for addresses in `allow`
    deadline: timedelta = timedelta(seconds=30)
    max_body: int = 20 * 1024 * 1024
    max_items: int = 50_000
    directory: str = "https://itunes.apple.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeSettings:
    """Where to listen. `token` is `env:NAME` or `file:PATH`.

    `websub`: hubs of sources are asked to push to the site's address, where this server answers.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = None
    websub: bool = False


class Measure(StrEnum):
    """Which durations are read from the audio."""

    MISSING = "missing"
    DOUBTFUL = "doubtful"
    ALL = "all"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifySettings:
    """Whom to tell when a source stays broken for `after`."""

    webhook: str | None = None
    command: tuple[str, ...] = ()
    after: timedelta = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a view selects: every given key must hold."""

    text: str | None = None
    show: str | None = None
    person: str | None = None
    role: str | None = None
    tag: str | None = None
    since: str | None = None  # ISO date, inclusive
    until: str | None = None  # ISO date, inclusive
    min_duration: timedelta | None = None
    max_duration: timedelta | None = None
    none_of: "Match | None" = None  # `not = { … }` in config.toml


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A saved query that is published as a feed of its own."""

    id: str
    title: str
    match: Match
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSetting:
    """What the operator knows about a person. Where `shows` are given, by their ids, the names mean them there only."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    href: str | None = None
    image: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """The operator's last word on one credit: `episode` is an episode id or a guid, `role` "none" takes it away."""

    episode: str
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """config.toml, read once. `path` is where it stood."""

    path: str
    site: Site
    poll: Poll = Poll()
    fetch: FetchSettings = FetchSettings()
    serve: ServeSettings = ServeSettings()
    measure: Measure = Measure.MISSING
    notify: NotifySettings = NotifySettings()
    sources: tuple[Source, ...] = ()
    views: tuple[View, ...] = ()
    persons: tuple[PersonSetting, ...] = ()
    overrides: tuple[Override, ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()  # of each line, words for episodes that are never one
    together: tuple[tuple[str, ...], ...] = ()  # words for episodes that are one
