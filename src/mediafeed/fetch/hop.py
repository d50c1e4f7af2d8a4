"""One `get` on its way: what is asked, where it has got to, and how long it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from mediafeed.fetch.address import Address
from mediafeed.fetch.answer import REDIRECTS
from mediafeed.fetch.failure import NoAnswerError
from mediafeed.fetch.guard import Door
from mediafeed.fetch.validators import NOTHING_HELD
from mediafeed.model.source import FailureKind, Validators

MOST_HOPS: Final = 5


class Clock:
    """The time of one `get`: the given now, plus what has passed since."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._started = time.monotonic()
        self._waited = 0.0

    @property
    def now(self) -> datetime:
        """Give the present."""
        return self._now + timedelta(seconds=time.monotonic() - self._started)

    @property
    def asking(self) -> float:
        """Give the seconds spent with names and servers; waiting for a turn is politeness and does not count."""
        return time.monotonic() - self._started - self._waited

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let time pass that does not count as asking."""
        began = time.monotonic()
        try:
            yield
        finally:
            self._waited += time.monotonic() - began


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, on every hop alike; the login (never shown) only where it was given for."""

    first: Address
    headers: dict[str, str]
    body: bytes | None = None  # what is sent; None: nothing, it is a GET
    validators: Validators = NOTHING_HELD
    login: dict[str, str] = field(default_factory=dict, repr=False)
    most_hops: int = MOST_HOPS
    redirects: frozenset[int] = REDIRECTS  # those that are followed
    patient: bool = False  # lets everybody else who wants something of a host go first

    def headers_for(self, hop: "Hop") -> dict[str, str]:
        """Give the headers to send on a hop."""
        at_home = all(address.origin == self.first.origin for address in (*hop.before, hop.address))
        return self.headers | self.login if at_home else self.headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One request on the way. `permanent` says that every redirect so far was."""

    address: Address
    before: tuple[Address, ...] = ()
    permanent: bool = True
    door_before: Door | None = None

    @property
    def moved_to(self) -> str | None:
        """Give the address to remember instead of the first one, if every redirect said so."""
        return str(self.address) if self.before and self.permanent else None

    def next(self, address: Address, door: Door, *, permanent: bool, most: int = MOST_HOPS) -> "Hop":
        """Follow a redirect from here, where `door` was, to `address`.

        Raises:
            NoAnswerError: REDIRECTS, for a circle or one too many.
        """
        before = (*self.before, self.address)
        if address in before:
            raise NoAnswerError(FailureKind.REDIRECTS, "redirected in a circle")
        if len(before) > most:
            raise NoAnswerError(FailureKind.REDIRECTS, f"more than {most} redirects")
        return Hop(address=address, before=before, permanent=self.permanent and permanent, door_before=door)

    def check_way(self, door: Door) -> None:
        """Refuse a redirect that leads from safe ground to worse; `door` is this hop's.

        Raises:
            NoAnswerError: REFUSED.
        """
        if self.door_before is None or (door.inside and self.door_before.inside):
            return
        if door.inside:
            # fetch.allow is the operator's own network: a stranger must not point us at a port in it.
            raise NoAnswerError(FailureKind.REFUSED, f"redirected from outside into fetch.allow ({door.host})")
        if self.before[-1].scheme == "https" and self.address.scheme == "http":
            raise NoAnswerError(FailureKind.REFUSED, f"redirected from https to http ({door.host})")
