"""Servers of every kind, in memory. What they answer depends on the request and the time, and on nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

START = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Request:
    """What a server sees."""

    at: datetime
    source: str
    url: str
    headers: Mapping[str, str]

    @property
    def host(self) -> str:
        """Give the host that is asked."""
        return self.url.split("/")[2]

    @property
    def conditional(self) -> bool:
        """Say whether it asks "only if it changed"."""
        return bool(self.headers.keys() & {"If-None-Match", "If-Modified-Since"})


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server says; status 0 is a server that says nothing."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One source's server. `release` gives how many episodes were out at a time."""

    name: str
    url: str
    kind: str
    first: datetime
    every: timedelta
    head: str = ""  # what the channel says of being polled

    def released(self, at: datetime) -> int:
        """Count the episodes that are out."""
        return 8 + max((at - self.first) // self.every, -8)

    def published(self, number: int) -> datetime:
        """Give when an episode came out."""
        return self.first + (number - 8) * self.every

    def body(self, at: datetime) -> bytes:
        """Give the feed."""
        items = "".join(
            f"<item><guid>{self.name}-{number}</guid><title>Talk {number} of {self.name}</title>"
            f"<pubDate>{format_datetime(self.published(number))}</pubDate>"
            f'<enclosure url="{self.url}/{number}.mp3" length="1" type="audio/mpeg"/></item>'
            for number in range(self.released(at), 0, -1)
        )
        return (
            '<?xml version="1.0"?><rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>'
            f"<title>{self.name}</title><link>{self.url}</link>{self.head}{items}</channel></rss>"
        ).encode()

    def reply(self, request: Request) -> Reply:
        """Answer."""
        return KINDS[self.kind](self, request)


def _plain(server: Server, request: Request, *, etag: bool = True, modified: bool = True, **more: str) -> Reply:
    """Answer as a good server does."""
    number = server.released(request.at)
    headers = {
        "Date": format_datetime(request.at, usegmt=True),
        **{key.replace("_", "-"): said for key, said in more.items()},
    }
    if etag:
        headers["ETag"] = f'W/"{server.name} {number}"' if server.kind == "weak" else f'"{server.name}-{number}"'
    if modified:
        headers["Last-Modified"] = format_datetime(server.published(number), usegmt=True)
    asked = request.headers
    if "ETag" in headers and "If-None-Match" in asked:
        same = asked["If-None-Match"] == headers["ETag"]
    else:
        same = "Last-Modified" in headers and asked.get("If-Modified-Since") == headers["Last-Modified"]
    return Reply(304, headers) if same else Reply(200, headers, server.body(request.at))


def _etag_of_each(server: Server, request: Request) -> Reply:
    """Send another ETag with each 304."""
    number, told = server.released(request.at), f'"{server.name}-{server.released(request.at)}-{request.at:%j%H%M%S}"'
    asked = request.headers.get("If-None-Match", "")
    if asked.startswith(f'"{server.name}-{number}-'):
        return Reply(304, {"ETag": told})
    return Reply(200, {"ETag": told}, server.body(request.at))


def _stuck(server: Server, request: Request) -> Reply:
    """Say for ever that nothing changed, whatever was asked."""
    return Reply(304) if request.conditional else _plain(server, request, modified=False)


def _fresh_at_first(server: Server, request: Request) -> Reply:
    """Say once how long it is good for, and not again with a 304."""
    reply = _plain(server, request)
    more = {"Cache-Control": "max-age=10800"} if reply.status == 200 else {}
    return Reply(reply.status, {**reply.headers, **more}, reply.body)


def _busy(server: Server, request: Request, said: Callable[[Request], str]) -> Reply:
    """Ask to wait on every odd day, after a good morning."""
    if request.at.day % 2 and request.at.hour >= 9:
        return Reply(503 if server.kind == "503" else 429, {"Retry-After": wait} if (wait := said(request)) else {})
    return _plain(server, request)


def _down(server: Server, request: Request, *statuses: int) -> Reply:
    """Fail for the second and the fourth week."""
    week = (request.at - START).days // 7
    return Reply(statuses[request.at.hour % len(statuses)]) if week in {1, 3} else _plain(server, request)


def _moved(server: Server, request: Request, status: int) -> Reply:
    """Send everybody elsewhere from the fifth day on."""
    if request.at < START + 5 * DAY or request.url.endswith("/new"):
        return _plain(server, request)
    return Reply(status, {"Location": f"{server.url}/new"})


def _gone(server: Server, request: Request) -> Reply:
    return Reply(410) if request.at >= START + 10 * DAY else _plain(server, request)


def _dated(server: Server, request: Request) -> Reply:
    return _plain(server, request, Expires=format_datetime(request.at + 5 * HOUR, usegmt=True))


KINDS: dict[str, Callable[[Server, Request], Reply]] = {
    "both": _plain,
    "etag": lambda s, r: _plain(s, r, modified=False),
    "weak": lambda s, r: _plain(s, r, modified=False),
    "modified": lambda s, r: _plain(s, r, etag=False),
    "none": lambda s, r: _plain(s, r, etag=False, modified=False),
    "maxage": lambda s, r: _plain(s, r, Cache_Control="public, max-age=14400"),
    "forever": lambda s, r: _plain(s, r, Cache_Control="max-age=31536000"),
    "expires": _dated,
    "revalidate": lambda s, r: _plain(s, r, Cache_Control="no-cache, max-age=0"),
    "once": _fresh_at_first,
    "304new": _etag_of_each,
    "stuck": _stuck,
    "ttl": _plain,
    "skips": _plain,
    "429": lambda s, r: _busy(s, r, lambda _: "20000"),
    "429 alone": lambda s, r: _busy(s, r, lambda _: ""),
    "503": lambda s, r: _busy(s, r, lambda asked: format_datetime(asked.at + 7 * HOUR, usegmt=True)),
    "nonsense": lambda s, r: _busy(s, r, lambda asked: ("-5", "soon", "0")[asked.at.hour % 3]),
    "500": lambda s, r: _down(s, r, 500, 502),
    "silent": lambda s, r: _down(s, r, 0),
    "404": lambda _server, _request: Reply(404),
    "403": lambda s, r: _down(s, r, 403),
    "410": _gone,
    "301": lambda s, r: _moved(s, r, 301),
    "308": lambda s, r: _moved(s, r, 308),
    "302": lambda s, r: _moved(s, r, 302),
}
HEADS = {
    "ttl": "<ttl>180</ttl><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
    "skips": "<skipHours><hour>0</hour><hour>1</hour><hour>2</hour><hour>24</hour></skipHours>"
    "<skipDays><day>Sunday</day></skipDays>",
}
RHYTHMS = (DAY, 7 * DAY, 14 * DAY, 3.3 * DAY)


def servers(count: int) -> tuple[Server, ...]:
    """Give so many servers of all kinds; every third pair shares a host, and therefore its wishes."""
    kinds = tuple(KINDS)
    made = []
    for number in range(count):
        kind = kinds[number % len(kinds)]
        host = f"h{number - 1 if number % 6 == 1 else number}.example"
        made.append(
            Server(
                name=f"s{number}",
                url=f"https://{host}/{number}",
                kind=kind,
                first=START - 2 * DAY + timedelta(hours=number % 24, minutes=17),
                every=RHYTHMS[number // len(kinds) % len(RHYTHMS)],
                head=HEADS.get(kind, ""),
            )
        )
    return tuple(made)
