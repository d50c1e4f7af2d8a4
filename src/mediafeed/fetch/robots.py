"""robots.txt (RFC 9309): which pages a site lets programs read. Feeds are asked on the operator's order, not by it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from mediafeed.fetch.validators import NOTHING_HELD
from mediafeed.model.source import Failed, Fetched, FetchResult, NotModified, Validators

NAME: Final = "mediafeed"  # our product token, and the one in the User-Agent
KEPT: Final = timedelta(hours=24)  # RFC 9309, 2.4
KEPT_UNREACHABLE: Final = timedelta(hours=1)
LONGEST: Final = 512 * 1024  # bytes; 2.5 asks for 500 KiB
MOST_SITES: Final = 10_000

_LINE: Final = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")


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
        path = _normal(target or "/")
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, path)]
        return max(fitting)[1] if fitting else True


EVERYTHING: Final = Rules()
NOTHING: Final = Rules((("/", False),))


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
                    groups[one].append((_normal(value), key == "allow"))
    return Rules(tuple(groups.get(name, groups.get("*", []))))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.removeprefix("\ufeff").splitlines():
        found = _LINE.match(line)
        if found:
            yield found[1].lower(), found[2].strip()


def _normal(path: str) -> str:
    """Write a path in one way: what need not be percent-encoded is not, all else is."""
    return quote(unquote(path, errors="surrogateescape"), safe="/*$?&=:;,+@!'()~%", errors="surrogateescape")


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
    lock: Lock = field(default_factory=Lock)
    rules: Rules | None = None
    validators: Validators = NOTHING_HELD
    until: datetime | None = None


class Robots:
    """Asks each site once a day what programs may read there. Thread-safe."""

    def __init__(self, get: Callable[..., FetchResult]) -> None:
        """Take the fetcher's `get`: a robots.txt waits for its host's turn like everything else."""
        self._get = get
        self._lock = Lock()
        self._sites: dict[str, _Site] = {}

    def allows(self, url: str, *, now: datetime) -> bool:
        """Say whether programs may read a page."""
        parts = urlsplit(url)
        with self._lock:
            if len(self._sites) >= MOST_SITES:
                self._sites.clear()
            site = self._sites.setdefault(f"{parts.scheme}://{parts.netloc}", _Site())
        with site.lock:
            if site.rules is None or site.until is None or now >= site.until:
                self._ask(site, f"{parts.scheme}://{parts.netloc}/robots.txt", now)
            rules = site.rules or NOTHING
        return rules.allows(f"{parts.path}?{parts.query}" if parts.query else parts.path)

    def _ask(self, site: _Site, url: str, now: datetime) -> None:
        kept = KEPT
        match self._get(url, validators=site.validators, accept="text/plain, */*;q=0.1", now=now):
            case Fetched() as answer:
                site.rules = read_rules(answer.body[:LONGEST].decode("utf-8", "replace"))
                site.validators = answer.validators
            case NotModified():
                pass
            case Failed(status=status) if status is not None and 400 <= status < 500 and status != 429:
                site.rules, site.validators = EVERYTHING, NOTHING_HELD  # 2.3.1.3: there is no robots.txt
            case Failed():  # 2.3.1.4: unreachable, so nothing may be read but by the rules that we know of
                site.rules, kept = site.rules or NOTHING, KEPT_UNREACHABLE
        site.until = now + kept
