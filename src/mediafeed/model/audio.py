"""What an audio file says of itself, and the pieces of it that were asked for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from mediafeed.model.source import FailureKind

LONGEST: Final = 7 * 24 * 3_600  # seconds; no episode is longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Bytes of a file from `start` on, as a server sent them.

    `size` is the whole file's, None where the server does not say; `url` is where they came from after redirects.
    Where `ranged` is False the server ignored the question for a part and was left after the beginning.
    """

    url: str
    start: int
    body: bytes
    size: int | None
    ranged: bool
    etag: str | None
    content_type: str
    at: datetime
    elapsed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A named part of an episode; times are seconds from its beginning. `image` is an address.

    `listed` is False for a mark that is not meant for the table of contents.
    """

    start: float
    title: str
    end: float | None = None
    href: str | None = None
    image: str | None = None
    listed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What the audio itself says. `seconds` is None where it does not say: then `reason` tells why, in words.

    `tolerance` is by how many seconds `seconds` may be wrong; where that is more than a frame, `reason` tells why.
    `format` is "" where it was not recognised; `media_type` is that of the bytes, whatever the address ends in.
    `bitrate` is bits per second on average. `tags` are names (title, artist, album artist,
    composer, album) with words as found.
    `requests` and `bytes` are what it cost, `chapter_requests` and `chapter_bytes` those of them for chapters alone;
    `size` and `etag` the whole file's, `url` where it lies in the end. `failure` is set where no more of it came than
    that: another time it may.
    """

    seconds: float | None = None
    tolerance: float = 0.0
    format: str = ""
    media_type: str | None = None
    bitrate: int | None = None
    channels: int | None = None
    chapters: tuple[Chapter, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    size: int | None = None
    requests: int = 0
    bytes: int = 0
    chapter_requests: int = 0
    chapter_bytes: int = 0
    reason: str = ""
    url: str = ""
    etag: str | None = None
    failure: FailureKind | None = None


class Fit(StrEnum):
    """How what the audio says fits what is told of it."""

    AGREES = "agrees"
    DIFFERS = "differs"
    ALONE = "alone"  # nobody else says
    UNKNOWN = "unknown"  # the audio does not say


@dataclass(frozen=True, slots=True)
class TagName:
    """A person whose whole name stands in a tag ("artist", "title", ...); `name` is as it is credited."""

    tag: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audio:
    """What an episode's audio said when it was measured; the names are those of Measurement.

    `varies`: it lies where ads are put in for each listener, so that others may hear another length.
    `number` is the episode's by the title in its tags, None where a source says one. `people` are those whom others
    credit and whom the tags name too.
    """

    fit: Fit
    seconds: float | None = None
    tolerance: float = 0.0
    reason: str = ""
    format: str = ""
    media_type: str | None = None
    bitrate: int | None = None
    channels: int | None = None
    size: int | None = None
    tags: tuple[tuple[str, str], ...] = ()
    varies: bool = False
    number: int | None = None
    people: tuple[TagName, ...] = ()
