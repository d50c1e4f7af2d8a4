"""What a person asks the daemon for, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from mediafeed.model.source import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody else's daemon is asked for: a refresh of sources, without names of those that are due.

    With `episodes` it is their audio that is to be measured, without names all that is wanted.
    """

    number: int
    sources: tuple[str, ...]
    force: bool
    asked: datetime
    episodes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the daemon did about a wish: visits, sources it did not visit with the reason in words, episodes measured.

    `fault` says why nothing was done at all; `unpublished`, why what there is to publish is not published yet.
    """

    visits: tuple[Visit, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    fault: str = ""
    unpublished: str = ""
    measured: tuple[str, ...] = ()
