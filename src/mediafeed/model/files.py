"""What lies at addresses that episodes, shows and persons name: transcripts and pictures."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mediafeed.model.source import FailureKind, Validators


class FileKind(StrEnum):
    """What a file is asked for."""

    TRANSCRIPT = "transcript"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Cue:
    """What somebody says, from `start` on (seconds; None: nobody says). `speaker` is "" where it is not told."""

    start: float | None
    speaker: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What is said on an episode, word for word as its publisher wrote it down.

    `form` is the media type it was read as. `cut` says that it is longer than is kept.
    """

    cues: tuple[Cue, ...]
    form: str
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Our copies of a picture, as WebP, in two sizes; `width` and `height` are the large one's, in pixels."""

    width: int
    height: int
    large: bytes
    small: bytes


@dataclass(frozen=True, slots=True)
class Unread:
    """Why bytes could not be read as what they should be."""

    kind: FailureKind
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedFile:
    """A file that is to be asked for."""

    kind: FileKind
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """What came when an address was asked, and when it is to be asked again if at all.

    `hash` is that of what was found, "" where nothing was: then `reason` says why.
    """

    kind: FileKind
    url: str
    at: datetime
    attempts: int = 0
    again: datetime | None = None
    validators: Validators | None = None
    reason: str = ""
    hash: str = ""
    found: Transcript | Picture | None = None
