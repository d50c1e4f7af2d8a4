"""robots.txt (RFC 9309): which pages a site lets programs read. Feeds are asked on the operator's order, not by it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Final
from urllib.parse import quote, unquote

from mediafeed.fetch.address import Address, read_address
from mediafeed.fetch.failure import NoAnswerError
from mediafeed.fetch.validators import NOTHING_HELD
from mediafeed.model.source import Failed, FailureKind, Fetched, FetchResult, NotModified, Validators
from mediafeed.model.terms import Habits

NAME: Final = "mediafeed"  # our product token, and the one in the User-Agent
KEPT: Final = timedelta(hours=24)  # RFC 9309, 2.4
KEPT_UNREACHABLE: Final = timedelta(hours=1)
LONGEST: Final = 512 * 1024  # bytes; 2.5 asks for 500 KiB
MOST_SITES: Final = 10_000

HabitsTowards = Callable[[str], Habits]  # a host, as in an Address

_LINE: Final = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")
_LITERAL: Final = re.compile(r"%(2[aA4])")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that bind us: (path pattern, allowed)."""

    rules: tuple[tuple[str, bool], ...] = ()

    def allows(self, target: str) -> bool:
        """Say whether a path with its query may be read: the longest pattern wins, and of two alike the kinder.

        >>> Rules((("/private", False), ("/private/podcast", True))).allows("/private/podcast/1")
        True
        """
        if target == "/robots.txt":
            return True
        path = _normal((target or "/").replace("*", "%2A").replace("$", "%24"))
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, path)]
        return max(fitting)[1] if fitting else True


EVERYTHING: Final = Rules()


def read_rules(text: str, name: str = NAME) -> Rules:
    r"""Read the groups that name us, or else those for everybody.

    >>> read_rules("User-agent: *\nDisallow: /a").allows("/a/b")
    False
    """
    groups: dict[str, list[tuple[str, bool]]] = {}
    named: list[str] = []
    ended = True
    for key, value in _lines(text):
        if key == "user-agent":
            named = [] if ended else named
            ended = False
            # Product tokens are letters, "_" and "-"; what follows (a version) does not count.
            token = re.match(r"[A-Za-z_-]+|\*", value)
            named.append(token[0].lower() if token else "")
            groups.setdefault(named[-1], [])
        elif key in {"allow", "disallow"}:
            ended = True
            if value:  # an empty "disallow" forbids nothing
                for one in named:
                    groups[one].append((_pattern(value), key == "allow"))
    return Rules(tuple(groups.get(name, groups.get("*", []))))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.removeprefix("\ufeff").splitlines():
        found = _LINE.match(line)
        if found:
            yield found[1].lower(), found[2].strip()


def _pattern(said: str) -> str:
    """Write a pattern in one way; a `$` that is not its end is a letter like others."""
    return _normal(said[:-1].replace("$", "%24") + said[-1])


def _normal(path: str) -> str:
    """Write a path in one way: what need not be percent-encoded is not, all else is.

    2.2.3: `%2A` and `%24` are the letters, not what they mean in a pattern.
    """
    plain = unquote(_LITERAL.sub(r"%25\1", path), errors="surrogateescape")
    return quote(plain, safe="/*$?&=:;,+@!'()~%", errors="surrogateescape").replace("%2a", "%2A")


def _fits(pattern: str, path: str) -> bool:
    """Match a pattern from the beginning of a path; `*` is anything, `$` at the end the end. No backtracking bombs."""
    ends = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not parts:
        return not ends or at == len(path)
    for part in parts[:-1]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    last = parts[-1]
    return path.endswith(last) and len(path) - len(last) >= at if ends else path.find(last, at) >= 0


@dataclass(slots=True)
class _Site:
    """What a site said last, and whether it could be asked when it was asked last."""

    lock: Lock = field(default_factory=Lock)
    rules: Rules = EVERYTHING
    validators: Validators = NOTHING_HELD
    unreachable: Failed | None = None
    until: datetime | None = None


class Robots:
    """Asks each site once a day what programs may read there. Thread-safe."""

    def __init__(self, get: Callable[..., FetchResult], habits_towards: HabitsTowards) -> None:
        """Take the fetcher's `get`, and how a host is asked: a lowered minimum shortens what is remembered too.

        A robots.txt waits for its host's turn like everything else.
        """
        self._get = get
        self._habits_towards = habits_towards
        self._lock = Lock()
        self._sites: dict[tuple[str, str, int], _Site] = {}

    def change(self, habits_towards: HabitsTowards) -> None:
        """Go by other habits from the next question on."""
        self._habits_towards = habits_towards

    def forgive(self) -> None:
        """Ask every site again that could not be asked: a person insists."""
        with self._lock:
            for site in self._sites.values():
                if site.unreachable is not None:
                    site.until = None

    def why_not(self, url: str, *, now: datetime) -> Failed | None:
        """Say why programs may not read a page now; None: they may.

        A page that its site keeps programs from is ROBOTS. Where robots.txt cannot be read nothing may be (RFC 9309,
        2.3.1.4), and the failure is that of robots.txt, its kind and its Retry-After included. `url` is a stranger's:
        what is no address fails as it would if it were asked for.
        """
        try:
            page = read_address(url)
        except NoAnswerError as failure:
            return Failed(kind=failure.kind, detail=failure.detail, at=now)
        with self._lock:
            if len(self._sites) >= MOST_SITES:
                self._sites.clear()
            site = self._sites.setdefault(page.origin, _Site())
        with site.lock:
            if site.until is None or now >= site.until:
                self._ask(site, replace(page, target="/robots.txt"), now)
            rules, unreachable = site.rules, site.unreachable
        if unreachable is not None:
            return unreachable if unreachable.at >= now else replace(unreachable, at=now, elapsed=0.0)
        if rules.allows(page.target):
            return None
        return Failed(kind=FailureKind.ROBOTS, detail=f"robots.txt keeps programs from {url}", at=now)

    def _ask(self, site: _Site, robots: Address, now: datetime) -> None:
        habits = self._habits_towards(robots.host)
        unreachable, until = None, now + habits.scaled(KEPT)
        match self._get(str(robots), validators=site.validators, accept="text/plain, */*;q=0.1", now=now):
            case Fetched() as answer:
                site.rules = read_rules(answer.body[:LONGEST].decode("utf-8", "replace"))
                site.validators = answer.validators
            case NotModified():
                pass
            case Failed(status=status) if status is not None and 400 <= status < 500 and status != 429:
                site.rules, site.validators = EVERYTHING, NOTHING_HELD  # 2.3.1.3: there is no robots.txt
            case Failed() as failed:
                # 2.3.1.4: nothing may be read meanwhile. What it said is older than a day (2.4), and held only to ask
                # whether that changed.
                unreachable = replace(failed, detail=f"robots.txt could not be read: {failed.detail}")
                again = now + habits.scaled(KEPT_UNREACHABLE)
                until = min(again, failed.retry_after or again)
        site.unreachable, site.until = unreachable, until
