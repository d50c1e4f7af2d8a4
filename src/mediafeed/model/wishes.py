"""What a person asks the daemon for, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from mediafeed.model.source import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A refresh that somebody else's daemon is asked for. Without names: of the sources that are due."""

    number: int
    sources: tuple[str, ...]
    force: bool
    asked: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the daemon did about a wish: visits, and sources it did not visit with the reason in words.

    `fault` says why nothing was done at all; `unpublished`, why what there is to publish is not published yet.
    """

    visits: tuple[Visit, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    fault: str = ""
    unpublished: str = ""
