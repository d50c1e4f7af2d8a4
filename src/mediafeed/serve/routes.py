"""Answers that are made, not read from the published tree: who answers at which path.

A handler is a plain function of a request. It runs in a thread of its own, so it may read the store; a fault of its
own costs a 500 and a line in the log, nothing else.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

log = logging.getLogger(__name__)

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]

AT_ONCE = 16  # handlers at work; whoever comes beside them is asked to come again
MOST_FIELDS = 20  # of a query
PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked. `path` is without the base path, names of `headers` are lower-case, `query` is decoded."""

    method: str
    path: str
    query: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    client: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is answered. The server adds length, security headers and compression, and drops the body for HEAD."""

    status: int = 200
    body: bytes = b""
    media_type: str = PLAIN
    headers: tuple[tuple[str, str], ...] = ()


Handler = Callable[[Request], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Who answers at a path; a path that ends with "/" is answered for all that lies below it, and not itself.

    `page` says the contrary: the path itself, where the published tree has a page of that folder, and nothing below.
    `max_body` is the most bytes that may be sent along. A `quick` one waits for nothing: it is answered at once,
    without a thread, however many are at work. `before` may answer by method and path, in a thread too, before anything
    that is sent along is read.
    """

    path: str
    handler: Handler
    methods: tuple[str, ...] = ("GET", "HEAD")
    max_body: int = 0
    quick: bool = False
    page: bool = False
    before: Callable[[str, str], Answer | None] | None = None


class Routes:
    """Every route, found by path, and the threads they are answered in."""

    def __init__(self, routes: Iterable[Route]) -> None:
        """Take the routes; of two at one path the first answers."""
        self._exact: dict[str, Route] = {}
        self._below: dict[str, Route] = {}
        for route in routes:
            (self._below if route.path.endswith("/") and not route.page else self._exact).setdefault(route.path, route)
        self._at_work = 0

    def find(self, path: str) -> Route | None:
        """Give who answers at this path, None for the published tree."""
        if route := self._exact.get(path):
            return route
        return next((one for below, one in self._below.items() if path.startswith(below) and path != below), None)

    async def answer(self, route: Route, scope: Scope, path: str, receive: Receive) -> Answer:
        """Let the route answer, in a thread."""
        method = scope["method"]
        allowed = ", ".join((*route.methods, "OPTIONS"))
        if method == "OPTIONS":
            return Answer(status=204, headers=(("allow", allowed),))
        if method not in route.methods:
            return Answer(status=405, body=f"only {allowed}\n".encode(), headers=(("allow", allowed),))
        if route.before and (told := await asyncio.to_thread(route.before, method, path)):
            return told
        body = await _body(receive, route.max_body)
        if isinstance(body, Answer):
            return body
        try:
            request = _request(scope, path, body)
        except ValueError:
            return Answer(status=400, body=b"a query with too many fields\n")
        if self._at_work >= AT_ONCE and not route.quick:
            return Answer(status=503, body=b"busy\n", headers=(("retry-after", "1"),))
        self._at_work += 1
        try:
            return route.handler(request) if route.quick else await asyncio.to_thread(route.handler, request)
        except Exception:  # whatever it is, the server goes on and says that it was its own fault
            log.exception("no answer", extra={"path": route.path})
            return Answer(status=500, body=b"an error of ours\n")
        finally:
            self._at_work -= 1


def _request(scope: Scope, path: str, body: bytes) -> Request:
    query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    return Request(
        method=scope["method"],
        path=path,
        query={name: tuple(values) for name, values in query.items()},
        headers={name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]},
        body=body,
        client=(scope.get("client") or (None,))[0],
    )


async def _body(receive: Receive, most: int) -> bytes | Answer:
    """Read what was sent along; else say that it is more than that, or not all of it: half a wish is none."""
    body = bytearray()  # bytes would be copied with every piece that comes
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return Answer(status=400, body=b"not all of it was sent\n")
        body += message.get("body", b"")
        if len(body) > most:
            return Answer(status=413, body=b"too much was sent\n")
        if not message.get("more_body"):
            return bytes(body)
