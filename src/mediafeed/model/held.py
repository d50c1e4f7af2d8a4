"""What the store holds of a source, and what one refresh hands to it: the record, as plain values."""

from dataclasses import dataclass
from datetime import datetime

from mediafeed.model.audio import Measurement
from mediafeed.model.episode import Episode, Person, Show
from mediafeed.model.parsed import Element, ParsedItem
from mediafeed.model.settings import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldItem:
    """One item of one source as held. `fingerprint` is that of its telling; `audio` its audio key, "" without audio."""

    source: str
    key: str
    hash: str
    fingerprint: str
    audio: str
    episode: str
    first_heard: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardItem:
    """One item to remember: its words, what we claim from them, and the episode it belongs to."""

    key: str
    item: ParsedItem
    telling: Episode
    fingerprint: str
    audio: str
    episode: str
    first_heard: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeRecord:
    """One episode to remember, persons settled, and the keys under which another source's word may find it.

    `audio` is the key of the audio it is published with, "" without any: no two episodes have the same. `measure` is
    the narrowest setting under which it is measured, `told` what its sources say of it that would be another's with
    another file. `transcript` is the address of the best one, "" without any; `free` says that its words may be
    published anew by its own licence, None that its show's speaks for it.
    """

    episode: Episode
    fingerprint: str
    match_keys: frozenset[str]
    audio: str = ""
    measure: Measure = Measure.NEVER
    told: str = ""
    transcript: str = ""
    free: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedAudio:
    """An episode whose audio is to be asked: its key and address, and how often that came to nothing before."""

    episode: str
    audio: str
    url: str
    told: str
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMeasurement:
    """What audio said, when, and when it is to be asked again if at all."""

    audio: str
    found: Measurement
    at: datetime
    attempts: int
    again: datetime | None
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIn:
    """What one refresh adds to the store, all or nothing.

    `head` is None when the head was as held. `rekeyed` maps an item's old key to its new one (a publisher changed
    its guid but not its audio). `listed` are the hashes of every item the document lists. `unsettled` are ids of known
    episodes of which it must be asked anew whether they are one recording with others; of new ones it always is.
    """

    source: str
    at: datetime
    head: tuple[Element, ...] | None
    shows: tuple[Show, ...] = ()
    items: tuple[HeardItem, ...] = ()
    episodes: tuple[EpisodeRecord, ...] = ()
    persons: tuple[Person, ...] = ()
    rekeyed: tuple[tuple[str, str], ...] = ()
    listed: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Absorbed:
    """An episode that was published and turned out to be one with another: what it was known by, and `episode` now."""

    id: str
    path: str
    published_guid: str
    first_heard: datetime
    episode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What bringing together over all sources comes to, all or nothing.

    `moved` are (source, key, episode id) of items that belong to another episode now. `absorbed` were published; `gone`
    never were: nobody knows them. `back` are ids that were absorbed and stand in `episodes` again. `settled` are done.
    """

    at: datetime
    moved: tuple[tuple[str, str, str], ...] = ()
    episodes: tuple[EpisodeRecord, ...] = ()
    persons: tuple[Person, ...] = ()
    absorbed: tuple[Absorbed, ...] = ()
    gone: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTelling:
    """One source's word as remembered: enough to understand it anew without asking again."""

    source: str
    key: str
    item: ParsedItem
    telling: Episode
    fingerprint: str
    episode: str
    first_heard: datetime
    last_heard: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLesson:
    """What was learned of a show from the oldest items of one source: so many, the last of them at (until, key).

    `profile` is what only `refresh` reads. `doubtful`: the oldest items are no longer those.
    """

    show: str
    teachers: int
    until: datetime
    key: str
    profile: bytes
    doubtful: bool = False
