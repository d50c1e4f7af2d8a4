"""Find the feed behind a web page or a few words, and make sure that it is one."""

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from mediafeed.errors import ParseError
from mediafeed.model.parsed import DirectoryEntry, FeedLink, LinkKind, ParsedFeed, words
from mediafeed.model.source import Failed, FailureKind, Fetched, FetchResult, Source, Validators
from mediafeed.normalize.text import folded
from mediafeed.parse.directory import lookup_address, read_directory, search_address
from mediafeed.parse.page import feeds_behind
from mediafeed.refresh.workers import Workers

log = logging.getLogger(__name__)

APPLE = frozenset({"podcasts.apple.com", "itunes.apple.com"})
TRIES = 5  # candidates behind one page that are looked at


class Fetches(Protocol):
    """What the conductors need of `fetch`."""

    def get(self, url: str, *, validators: Validators = ..., secret: str | None = None, now: datetime) -> FetchResult:
        """Ask once; never raise for what a server does."""


class MayRead(Protocol):
    """What the conductors need of robots.txt."""

    def why_not(self, url: str, *, now: datetime) -> Failed | None:
        """Say why programs may not read a page now: it is closed to them (ROBOTS), or nobody could be asked."""


Reader = Callable[[Fetched], ParsedFeed]  # reads strictly, else tolerantly; raises ParseError


@dataclass(frozen=True, slots=True)
class Found:
    """A feed's address, how it was found (in words), and its first answer."""

    address: str
    how: str
    answer: Fetched
    feed: ParsedFeed


class Resolver:
    """Looks behind pages and into a podcast directory."""

    def __init__(self, fetch: Fetches, workers: Workers, directory: str, read: Reader, robots: MayRead) -> None:
        """Take the directory's base address (Apple's public one, or a test's) and a way to read feeds."""
        self._fetch = fetch
        self._robots = robots
        self._workers = workers
        self._directory = directory
        self._read = read

    def behind_page(
        self, page: Fetched, now: datetime, title: str | None = None, but: str | None = None
    ) -> Found | Failed:
        """Find the podcast feed that a web page points at; of several the one of that title.

        Where none has it the first is taken, and `how` says what it calls itself: the operator may know it by a name of
        his own, but he must be able to see it. `but` is an address that need not be asked.
        """
        # P38: the operator named the page, but what stands behind it is found by a robot.
        if barred := self._robots.why_not(page.url, now=now):
            closed = barred.kind is FailureKind.ROBOTS
            return replace(barred, detail=f"give the feed's address: {barred.detail}") if closed else barred
        try:
            links = self._workers.run(feeds_behind, page.body, url=page.url)
        except ParseError as error:
            return _failed(FailureKind.NOT_FOUND, f"{page.url}: {error.detail}", now)
        likely = sorted(links, key=lambda link: not is_called(link.title, title))[:TRIES]
        others = []
        for link in likely:
            for address, how in self._addresses(link, page.url, now):
                found = self._tried(address, how, now) if address != but else None
                if found and is_called(words(found.feed.head or (), "title"), title):
                    return found
                others += [found] if found else []
        if not others:
            why = f"no podcast feed behind {page.url} ({len(links)} links looked at)"
            return _failed(FailureKind.NOT_FOUND, why, now)
        name = words(others[0].feed.head or (), "title")
        return replace(others[0], how=f"{others[0].how}; it calls itself {name!r}, not {title!r}")

    def in_directory(self, source: Source, now: datetime) -> Found | Failed:
        """Find a show by words in the directory; taken only if show and author match."""
        asked = source.find or ""
        entries = self._entries(search_address(self._directory, asked), now)
        if isinstance(entries, Failed):
            return entries
        for entry in entries:
            if matches(entry, asked, source.title):
                how = f"directory: {entry.title} by {entry.author}"
                found = self._tried(entry.feed_url, how, now)
                if found:
                    return found
        told = "; ".join(f"{entry.title} by {entry.author}" for entry in entries[:3]) or "nothing"
        return _failed(FailureKind.NOT_FOUND, f"the directory has no match for {asked!r} (it says: {told})", now)

    def at(self, address: str, now: datetime) -> Found | Failed:
        """Find the feed at an address that a person gives: a feed, a page, an Apple Podcasts address."""
        for link in apple_links(address):
            for target, how in self._addresses(link, address, now):
                found = self._tried(target, how, now)
                if found:
                    return found
        answer = self._fetch.get(address, now=now)
        if isinstance(answer, Failed):
            return answer
        if not isinstance(answer, Fetched):
            return _failed(FailureKind.STATUS, f"{address}: unexpected answer", now)
        try:
            return Found(address, "given", answer, self._read(answer))
        except ParseError as error:
            if error.is_page:
                return self.behind_page(answer, now)
            return _failed(FailureKind(error.kind), f"{address}: {error.detail}", now)

    def search(self, asked: str, now: datetime) -> tuple[DirectoryEntry, ...] | Failed:
        """Give what the directory answers, for a person to pick from."""
        return self._entries(search_address(self._directory, asked), now)

    def _addresses(self, link: FeedLink, page: str, now: datetime) -> Iterable[tuple[str, str]]:
        match link.kind:
            case LinkKind.APPLE:
                entries = self._entries(lookup_address(self._directory, link.target), now)
                if not isinstance(entries, Failed):
                    for entry in entries:
                        yield entry.feed_url, f"directory: Apple Podcasts id {link.target}, linked from {page}"
            case LinkKind.ALTERNATE:
                yield link.target, f"link rel=alternate on {page}"
            case LinkKind.HOST:
                yield link.target, f"link to a podcast host on {page}"

    def _entries(self, address: str, now: datetime) -> tuple[DirectoryEntry, ...] | Failed:
        answer = self._fetch.get(address, now=now)
        match answer:
            case Fetched():
                try:
                    return read_directory(answer.body)
                except ParseError as error:
                    return _failed(FailureKind.NOT_FOUND, f"podcast directory: {error.detail}", now)
            case Failed():
                return _failed(answer.kind, f"podcast directory: {answer.detail}", now, answer)
            case _:
                return _failed(FailureKind.STATUS, "podcast directory: unexpected answer", now)

    def _tried(self, address: str, how: str, now: datetime) -> Found | None:
        answer = self._fetch.get(address, now=now)
        if not isinstance(answer, Fetched):
            return None
        try:
            feed = self._read(answer)
        except ParseError as error:
            log.info("no feed", extra={"address": address, "reason": str(error)})
            return None
        has_audio = any(element.name == "enclosure" for item in feed.items for element in item.elements)
        return Found(address, how, answer, feed) if has_audio else None


def apple_links(address: str) -> tuple[FeedLink, ...]:
    """Give the directory id in an Apple Podcasts address.

    >>> apple_links("https://podcasts.apple.com/gb/podcast/geostrategy360/id123456789?i=1")
    (FeedLink(kind=<LinkKind.APPLE: 'apple'>, target='123456789', title=''),)
    """
    parts = urlsplit(address)
    found = re.search(r"/id(\d{3,})", parts.path) if parts.hostname in APPLE else None
    return (FeedLink(LinkKind.APPLE, found[1]),) if found else ()


def is_called(name: str, title: str | None) -> bool:
    """Say whether a feed or a link goes by a title, or that title by more words; always, where none is asked for.

    >>> is_called("Global Security Briefing", "RUSI Global Security Briefing"), is_called("Other", "My Show")
    (True, False)
    """
    if title is None:
        return True
    one, other = set(folded(name).split()), set(folded(title).split())
    return bool(one) and (one <= other or other <= one)


def matches(entry: DirectoryEntry, words: str, title: str | None) -> bool:
    """Say whether a directory's entry is the show that was asked for: by its name and by who makes it.

    Every word asked for must stand in the entry's show or author, and the show's whole name must have been asked for.

    >>> asked = "Geostrategy360 Council on Geostrategy"
    >>> matches(DirectoryEntry("Geostrategy360°", "Council on Geostrategy", ""), asked, None)
    True
    >>> matches(DirectoryEntry("Geostrategy Today", "Somebody", ""), asked, None)
    False
    """
    asked = set(folded(words).split())
    show, author = set(folded(entry.title).split()), set(folded(entry.author).split())
    named = asked | set(folded(title or "").split())
    return bool(show) and bool(author & asked) and show <= named and asked <= show | author


def _failed(kind: FailureKind, detail: str, now: datetime, cause: Failed | None = None) -> Failed:
    return Failed(
        kind=kind,
        detail=detail,
        at=now,
        status=cause.status if cause else None,
        retry_after=cause.retry_after if cause else None,
    )
