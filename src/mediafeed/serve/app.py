"""The web server's application: plain ASGI over the published tree, and over routes where no file is meant."""

import gzip
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote

import brotli

from mediafeed.serve.conditions import BROTLI, GZIP, Asked, asked_of, coding, is_held, is_wanted_otherwise, span
from mediafeed.serve.files import Files, Form, Message
from mediafeed.serve.headers import Headers, page_headers
from mediafeed.serve.routes import Answer, Receive, Route, Routes, Scope

Send = Callable[[Mapping[str, Any]], Awaitable[None]]

ALLOWED = (b"allow", b"GET, HEAD, OPTIONS")
# What browsers ask before a page of another site may ask for a feed with its validators.
PREFLIGHT = [
    ALLOWED,
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, HEAD, OPTIONS"),
    (b"access-control-allow-headers", b"if-none-match, if-modified-since, range"),
    (b"access-control-max-age", b"86400"),
]
# A request that says one of these is no plain GET.
UNCOMMON = frozenset(
    {b"range", b"if-range", b"if-match", b"if-unmodified-since", b"content-length", b"transfer-encoding", b"upgrade",
     b"expect"}
)  # fmt: skip
NOTHING = {"type": "http.response.body", "body": b""}
WORTH_PACKING = 1024  # bytes of an answer that was made
# Made for one reader: the quickest ways there are.
PACKED_NOW: Mapping[str, Callable[[bytes], bytes]] = {
    GZIP: lambda body: gzip.compress(body, 1, mtime=0),
    BROTLI: lambda body: bytes(brotli.compress(body, quality=1)),
}


class App:
    """Answers requests. Requests below `base`, where a proxy hands on whole paths, are as good as those without it."""

    def __init__(self, files: Files, routes: Iterable[Route] = (), *, base: str = "") -> None:
        """Take the files, who answers what is no file, and the path of the site's address, without its last slash."""
        self.answered: Counter[int] = Counter()  # by status
        self.answer_by(routes, files, base=base)

    def answer_by(self, routes: Iterable[Route], files: Files | None = None, *, base: str | None = None) -> None:
        """Answer by these from now on, instead of by those known so far; what is not given stays."""
        self._routes = Routes(routes)
        if files is not None:
            self._files = files
        if base is not None:
            self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            start, body = await self._answer(scope, receive)
            self.count(start["status"])
            await send(start)
            await send({"type": "http.response.body", "body": body} if body and scope["method"] != "HEAD" else NOTHING)

    def count(self, status: int) -> None:
        """Count an answer, also one that was given before it came here."""
        self.answered[status] += 1

    def held(self, url: bytes, headers: Headers) -> tuple[int, bytes, bytes] | None:
        """Give status, headers as they are written, and body for a plain GET of a file that is held; else None.

        What it gives is what a call would send; all that is not the commonest case is left to one. Nothing is held
        at a route's path: a call would never have looked for a file there.
        """
        asked = dict(headers)
        if not UNCOMMON.isdisjoint(asked) or len(asked) != len(headers) or not url.isascii():
            return None
        path = url.decode()
        if self._base and path.startswith(self._base + "/"):
            path = path[len(self._base) :]
        form = self._files.held(path, coding(asked.get(b"accept-encoding", b"")))
        if form is None:
            return None
        if is_held(asked, form.etag, form.last_modified):
            self.count(304)
            return 304, form.held_head, b""
        self.count(200)
        return 200, form.whole_head, form.body

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
        path: str = scope["path"]
        method = scope["method"]
        asked = asked_of(scope["headers"], method)
        is_base = bool(self._base) and path == self._base
        if is_base and method in {"GET", "HEAD"}:
            return _moved(f"{path}/")
        if self._base and path.startswith(self._base + "/"):
            path = path[len(self._base) :]
        if route := self._routes.find(path):
            made = await self._routes.answer(route, scope, path, receive)
            return _made(made, asked)
        if method in {"GET", "HEAD"}:
            return self._file(path, asked)
        if method == "OPTIONS":
            return _start(204, PREFLIGHT), b""
        if not is_base and self._files.find(path) is None:
            return self._file(path, asked)
        return _said(405, b"only GET, HEAD and OPTIONS\n", [ALLOWED])

    def _file(self, path: str, asked: Asked) -> tuple[Message, bytes]:
        packing = coding(asked.get(b"accept-encoding", b""))
        found = self._files.find(path, packing)
        if isinstance(found, Form):
            return _form_as_asked(found, asked)
        if isinstance(found, str):
            return _moved(found)
        missing = self._files.find("/404.html", packing)
        if not isinstance(missing, Form):
            return _said(404, b"not found\n")
        about = [pair for pair in missing.headers if pair[0] not in {b"etag", b"last-modified", b"accept-ranges"}]
        return _start(404, [*about, (b"content-length", b"%d" % len(missing.body))]), missing.body


def _moved(path: str) -> tuple[Message, bytes]:
    """Lead from a folder's path without its slash to this one; relative, so right whatever a proxy calls us."""
    return _said(301, b"", [(b"location", quote(path.rsplit("/", 2)[1]).encode() + b"/")])


def _form_as_asked(form: Form, asked: Asked) -> tuple[Message, bytes]:
    """Answer with a form: the whole, a part, or that the reader has it."""
    if (b"if-match" in asked or b"if-unmodified-since" in asked) and is_wanted_otherwise(
        asked, form.etag, form.last_modified
    ):
        return _said(412, b"it has changed\n")
    if is_held(asked, form.etag, form.last_modified):
        return form.held, b""
    if b"range" not in asked:
        return form.whole, form.body
    wanted = span(asked, len(form.body), form.etag, form.last_modified)
    if wanted is None:
        return form.whole, form.body
    if not wanted:
        return _said(416, b"", [(b"content-range", b"bytes */%d" % len(form.body)), (b"accept-ranges", b"bytes")])
    first, last = wanted
    where = (b"content-range", b"bytes %d-%d/%d" % (first, last - 1, len(form.body)))
    return _start(206, [*form.headers, where, (b"content-length", b"%d" % (last - first))]), form.body[first:last]


def _made(answer: Answer, asked: Asked) -> tuple[Message, bytes]:
    """Put the headers to what a route answered, and pack it where that pays."""
    headers = [
        (b"content-type", answer.media_type.encode()),
        (b"x-content-type-options", b"nosniff"),
        *((name.lower().encode(), value.encode("latin-1")) for name, value in answer.headers),
    ]
    if answer.media_type.startswith("text/html"):
        headers += page_headers()
    names = {name for name, _ in headers}
    if b"cache-control" not in names:
        headers.append((b"cache-control", b"no-store"))
    body = answer.body
    if len(body) >= WORTH_PACKING and b"content-encoding" not in names:
        headers.append((b"vary", b"accept-encoding"))
        packing = coding(asked.get(b"accept-encoding", b""))
        if packing in PACKED_NOW:
            body = PACKED_NOW[packing](body)
            headers.append((b"content-encoding", packing.encode()))
    if answer.status != 204:
        headers.append((b"content-length", b"%d" % len(body)))
    return _start(answer.status, headers), body


def _said(status: int, body: bytes, headers: Headers | None = None) -> tuple[Message, bytes]:
    about = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
        (b"x-content-type-options", b"nosniff"),
    ]
    return _start(status, [*about, *(headers or [])]), body


def _start(status: int, headers: Headers) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
