"""Strangers' servers on loopback, and a mediafeed that polls them by a clock of its own."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

from mediafeed.assemble import Mediafeed, assembled
from mediafeed.model.settings import Config, FetchSettings, Measure, Poll, Site
from mediafeed.model.source import Source, Visit
from tests.fetch.conftest import Server, ok

START = datetime(2022, 10, 1, 12, tzinfo=UTC)
Route = bytes | Callable[[bytes], bytes]
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class Clock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


class Origin:
    """A server that answers each path as it is told; what it has no route for is not there."""

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self._server = Server(self._answer)
        self.url = self._server.url

    def close(self) -> None:
        self._server.close()

    def serve(self, path: str, body: bytes | str, *headers: str) -> str:
        """Answer a path with a 200 from now on; give its address."""
        self.routes[path] = ok(body.encode() if isinstance(body, str) else body, *headers)
        return self.url + path

    def serve_politely(self, path: str, body: bytes, etag: str, *headers: str) -> str:
        """Answer with a 304 who holds this etag."""
        given = (f"ETag: {etag}", *headers)

        def answer(request: bytes) -> bytes:
            lines = request.split(b"\r\n")
            if f"If-None-Match: {etag}".encode() in lines:
                return ok(b"", *given, status="304 Not Modified")
            return ok(body, *given)

        self.routes[path] = answer
        return self.url + path

    def serve_parts(self, path: str, body: bytes) -> str:
        """Answer a path as a server of audio does: with the part that is asked for."""

        def answer(request: bytes) -> bytes:
            found = re.search(rb"\r\nRange: bytes=(\d+)-(\d+)\r\n", request)
            if found is None:
                return ok(body)
            start, stop = int(found[1]), min(int(found[2]) + 1, len(body))
            said = f"Content-Range: bytes {start}-{stop - 1}/{len(body)}"
            return ok(body[start:stop], said, status="206 Partial Content")

        self.routes[path] = answer
        return self.url + path

    def fail(self, path: str, status: str, *headers: str) -> str:
        """Answer a path with a status from now on."""
        self.routes[path] = ok(b"", *headers, status=status)
        return self.url + path

    def asked(self, path: str = "") -> list[str]:
        """Give the paths that were asked for, in order: all, or those of one path."""
        paths = [request.split(b" ")[1].decode() for request in self._server.requests]
        return [one for one in paths if not path or one.partition("?")[0] == path]

    def header(self, name: str, path: str) -> str | None:
        """Give a header of the last request for a path, byte for byte."""
        wanted = [n for n, r in enumerate(self._server.requests) if r.split(b" ")[1].decode().startswith(path)]
        return self._server.header(name, wanted[-1])

    def _answer(self, _connection: object, request: bytes) -> bytes:
        route = self.routes.get(request.split(b" ")[1].decode().partition("?")[0], MISSING)
        return route(request) if callable(route) else route


def item(number: int, **more: str) -> str:
    """Write an item: guid, date, page and audio of its own."""
    given = {
        "title": f"Episode {number}: Maritime strategy, lesson {chr(64 + number)}",
        "guid": f"guid-{number}",
        "pubDate": format_datetime(datetime(2022, 9, 1, 7, tzinfo=UTC) + timedelta(days=number)),
        "link": f"https://straits.example/podcasts/straits/{number}",
        "description": f"Words about lesson {number}.",
        "audio": f"https://cdn.straits.example/{number}.mp3",
    } | more
    audio = given.pop("audio")
    enclosure = f'<enclosure url="{escape(audio)}" type="audio/mpeg" length="46080000"/>' if audio else ""
    said = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in given.items() if text)
    return f"<item>{said}{enclosure}</item>"


def feed(*items: str, title: str = "Straits Briefing", head: str = "", end: str = "</channel></rss>") -> bytes:
    """Write a feed."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"'
        ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>'
        f"<title>{title}</title><link>https://straits.example/</link><description>About straits.</description>{head}"
        f"{''.join(items)}{end}"
    ).encode()


def config(folder: Path, origin: Origin, *sources: Source, **more: Any) -> Config:
    """Give the settings of a mediafeed that keeps everything under a folder and may poll at any time."""
    given = Config(
        path=str(folder / "config.toml"),
        site=Site(
            title="Briefings", url="https://ours.example", output=str(folder / "feeds"), data=str(folder / "data")
        ),
        poll=Poll(minimum=timedelta(0)),
        fetch=FetchSettings(allow=("127.0.0.0/8",), directory=origin.url, deadline=timedelta(seconds=20)),
        measure=Measure.NEVER,
        sources=sources,
    )
    return replace(given, **more)


@contextmanager
def assembled_at(clock: Clock, settings: Config) -> Iterator["House"]:
    """Put a mediafeed together that goes by that clock."""
    with assembled(settings, clock) as made:
        yield House(made)


class House:
    """A mediafeed, and short ways to ask it."""

    def __init__(self, mediafeed: Mediafeed) -> None:
        self.mediafeed = mediafeed
        self.store = mediafeed.store
        self.output = Path(mediafeed.config.site.output)

    def visit(self, *names: str) -> Visit:
        """Visit the named sources, or all; give the last visit."""
        sources = [source for source in self.mediafeed.config.sources if not names or source.id in names]
        return self.mediafeed.refresh(sources)[-1]

    def visit_and_publish(self, *names: str) -> Visit:
        """Visit and publish."""
        visit = self.visit(*names)
        self.mediafeed.publish()
        return visit

    def titles(self) -> list[str]:
        """Give the titles of all episodes, newest first."""
        return [episode.title for episode in self.store.episodes([row.id for row in self.store.index()])]

    def published(self, path: str = "feed.xml") -> str:
        """Give what is published at a path."""
        return (self.output / path).read_text(encoding="utf-8")
