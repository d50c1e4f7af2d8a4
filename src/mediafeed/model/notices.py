"""What the operator is told without asking."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Way(StrEnum):
    """How the operator is told. What one way did not take says nothing of the other."""

    WEBHOOK = "webhook"
    COMMAND = "command"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A source that fails and of which the operator was not told yet, or that is well again after he was.

    `since` is when it began to fail, or to be well; `failures` is 0 for one that is well.
    """

    source: str
    title: str
    since: datetime
    failures: int
    reason: str
    detail: str
    next_visit: datetime | None

    @property
    def is_broken(self) -> bool:
        """Say whether it fails still."""
        return self.failures > 0
