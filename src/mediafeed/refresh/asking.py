"""Ask slowly, beside the visits: in whose turn, whom to leave alone, and when again.

Audio, transcripts and pictures are asked one after the other by one job. What is wanted is a question to the store, no
queue that could be lost: whoever is interrupted goes on there.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final, Protocol, TypeVar
from urllib.parse import urlsplit

from mediafeed.model.settings import Config
from mediafeed.model.source import FailureKind
from mediafeed.model.terms import Habits

AT_ONCE: Final = 64  # looked up together; among them hosts take turns
REST: Final = timedelta(hours=1)  # of a host that did not answer, or asked to wait
UNHURRIED: Final = Habits(every=timedelta(hours=1), minimum=timedelta(hours=1))

_HOUR: Final = timedelta(hours=1)
_AGAIN: Final = (_HOUR, 6 * _HOUR, 24 * _HOUR, 72 * _HOUR, 168 * _HOUR)  # after failures that may pass
_UNREADABLE_AGAIN: Final = (24 * _HOUR,)  # a page that says "soon" stands where the file will be
_FOR_GOOD: Final = frozenset({FailureKind.REFUSED, FailureKind.BAD_ADDRESS, FailureKind.GONE, FailureKind.TOO_LARGE})
_OF_THE_HOST: Final = frozenset(
    {
        FailureKind.DNS,
        FailureKind.CONNECT,
        FailureKind.TLS,
        FailureKind.TIMEOUT,
        FailureKind.BUSY,
        FailureKind.SERVER,
        FailureKind.BLOCKED,
    }
)

Errand = Callable[[], bool]  # asks for one thing; says whether anything that is published is to change


class HasAddress(Protocol):
    """Something that lies at an address."""

    @property
    def url(self) -> str:
        """Give the address."""


class Asks(Protocol):
    """Somebody who has things to ask for, one after the other."""

    def errands(self) -> Sequence[Errand]:
        """Give the next few; none: nothing is wanted now."""


One = TypeVar("One", bound=HasAddress)


class Resting:
    """Hosts that are left alone for a while, whatever is wanted of them."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}

    def until(self, url: str, now: datetime) -> datetime | None:
        """Give the time before which the host of an address is left alone, None where it is not."""
        rests = self._until.get(host_of(url))
        return rests if rests is not None and rests > now else None

    def note(self, url: str, failure: FailureKind | None, now: datetime) -> None:
        """Leave a host alone if it is the host that failed, and not what lay there."""
        if failure in _OF_THE_HOST:
            self._until[host_of(url)] = now + REST

    def forgive(self) -> None:
        """Ask everybody again: a person insists."""
        self._until.clear()


def host_of(url: str) -> str:
    """Give the host of an address, "" where it has none.

    >>> host_of("https://cdn.straits.example/33.mp3"), host_of("http://[")
    ('cdn.straits.example', '')
    """
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def is_within(host: str, networks: Iterable[IPv4Network | IPv6Network]) -> bool:
    """Say whether a host stands in one of these networks by its address; a name might stand elsewhere tomorrow."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in networks)


def habits_towards(config: Config) -> Callable[[str], Habits]:
    """Say how a host is asked that strangers name: a lowered minimum is for the operator's own networks."""
    habits = Habits(every=config.poll.every, minimum=config.poll.minimum)
    own = tuple(ip_network(network, strict=False) for network in config.fetch.allow)
    return lambda host: habits if is_within(host, own) else UNHURRIED


def again_after(failure: FailureKind | None, attempts: int, now: datetime) -> datetime | None:
    """Give when to ask again for what did not come; None: not before something new is said of it.

    Args:
        failure: Why it did not come; None: it came, and could not be read.
        attempts: How many in a row came to nothing, this one included.
        now: When it failed.
    """
    if failure in _FOR_GOOD:
        return None
    times = _UNREADABLE_AGAIN if failure is None else _AGAIN
    return now + times[max(attempts - 1, 0)] if attempts <= len(times) else None


def taking_turns(wanted: Iterable[One]) -> tuple[One, ...]:
    """Order what is wanted so that the hosts take turns, each one's in the order given."""
    turns = Counter[str]()
    ordered: list[tuple[int, int, One]] = []
    for place, one in enumerate(wanted):
        host = host_of(one.url)
        ordered.append((turns[host], place, one))
        turns[host] += 1
    return tuple(one for *_, one in sorted(ordered, key=lambda each: each[:2]))
