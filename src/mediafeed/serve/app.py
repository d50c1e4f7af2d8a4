"""The web server's application: plain ASGI, GET and HEAD on the published tree."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from mediafeed.serve.files import File, Files
from mediafeed.serve.routes import Answer, Receive, Route, Routes, Scope

Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

# Pages need our style sheet, publishers' audio when the reader presses play, and nothing else.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "media-src https: http:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class App:
    """Serves a folder of published files."""

    def __init__(self, files: Files, ready: Callable[[], bool] = lambda: True, routes: Iterable[Route] = ()) -> None:
        """Take the files, whether the daemon behind them is well, and who answers what is no file."""
        self._files = files
        self._routes = Routes(routes)
        self._ready = ready

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        method, path = scope["method"], scope["path"]
        if route := self._routes.find(path):
            await _answer_made(await self._routes.answer(route, scope, path, receive), method, send)
        elif method not in {"GET", "HEAD"}:
            await _say(send, 405, b"only GET and HEAD\n", [(b"allow", b"GET, HEAD")])
        elif path in {"/healthz", "/readyz"}:
            well = path == "/healthz" or self._ready()
            await _say(
                send, 200 if well else 503, b"ok\n" if well else b"not ready\n", [(b"cache-control", b"no-store")]
            )
        else:
            await self._file(path, method, _headers(scope["headers"]), send)

    async def _file(self, path: str, method: str, asked: Mapping[bytes, bytes], send: Send) -> None:
        found = self._files.find(path)
        if isinstance(found, str):
            await _say(send, 308, b"", [(b"location", found.encode())])
        elif found is None:
            missing = self._files.find("/404.html")
            if isinstance(missing, File):
                await _send(send, 404, [*_about(missing), (b"content-length", b"%d" % len(missing.body))], missing.body)
            else:
                await _say(send, 404, b"not found\n")
        else:
            await _answer(found, method, asked, send)


async def _answer_made(answer: Answer, method: str, send: Send) -> None:
    headers = [
        (b"content-type", answer.media_type.encode()),
        (b"content-length", b"%d" % len(answer.body)),
        (b"x-content-type-options", b"nosniff"),
        *((name.encode(), value.encode("latin-1")) for name, value in answer.headers),
    ]
    if answer.media_type.startswith("text/html"):
        headers += [(b"content-security-policy", POLICY.encode()), (b"referrer-policy", b"no-referrer")]
    await _send(send, answer.status, headers, b"" if method == "HEAD" else answer.body)


async def _answer(file: File, method: str, asked: Mapping[bytes, bytes], send: Send) -> None:
    packed = file.packed is not None and _takes_gzip(asked.get(b"accept-encoding", b""))
    # RFC 9110, 8.8.3.3: the compressed form is another representation, so its strong validator differs.
    etag = file.etag[:-1] + '-gz"' if packed else file.etag
    headers = [*_about(file), (b"etag", etag.encode()), (b"last-modified", file.last_modified.encode())]
    if _is_held(file, asked):
        await _send(send, 304, headers, b"")
        return
    body = file.packed if packed and file.packed is not None else file.body
    span = None if packed else _span(asked, len(body), etag)
    if packed:
        headers.append((b"content-encoding", b"gzip"))
    status = 200
    if span == ():
        headers.append((b"content-range", b"bytes */%d" % len(body)))
        await _send(send, 416, headers, b"")
        return
    if span:
        status, (start, end) = 206, span
        headers.append((b"content-range", b"bytes %d-%d/%d" % (start, end - 1, len(body))))
        body = body[start:end]
    headers.append((b"content-length", b"%d" % len(body)))
    await _send(send, status, headers, b"" if method == "HEAD" else body)


def _about(file: File) -> Headers:
    headers = [
        (b"content-type", file.media_type.encode()),
        (b"cache-control", b"public, max-age=300"),
        (b"vary", b"accept-encoding"),
        (b"accept-ranges", b"bytes"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if file.is_feed:
        headers.append((b"access-control-allow-origin", b"*"))
    if file.media_type.startswith("text/html"):
        headers += [(b"content-security-policy", POLICY.encode()), (b"referrer-policy", b"no-referrer")]
    return headers


def _is_held(file: File, asked: Mapping[bytes, bytes]) -> bool:
    """Say whether the reader holds these bytes: RFC 9110, 13.1.2 and 13.1.3; If-None-Match goes first."""
    if (tags := asked.get(b"if-none-match")) is not None:
        names = {tag.strip().removeprefix(b"W/").strip(b'"').removesuffix(b"-gz") for tag in tags.split(b",")}
        return tags.strip() == b"*" or file.etag.strip('"').encode() in names
    if since := asked.get(b"if-modified-since"):
        try:
            return parsedate_to_datetime(file.last_modified) <= parsedate_to_datetime(since.decode("latin-1"))
        except (ValueError, TypeError):
            return False
    return False


def _span(asked: Mapping[bytes, bytes], length: int, etag: str) -> tuple[int, int] | tuple[()] | None:
    """Give the one range asked for as (start, end), () if it lies outside, None if the whole is to be sent."""
    wanted = asked.get(b"range", b"").decode("latin-1").strip()
    if not wanted.startswith("bytes=") or "," in wanted:
        return None
    if (only_if := asked.get(b"if-range")) and only_if.decode("latin-1") != etag:
        return None
    start, _, end = wanted.removeprefix("bytes=").partition("-")
    if not (start or end) or not (start + end).isdigit():
        return None
    if not start:
        first, last = max(length - int(end), 0), length
        return (first, last) if int(end) else ()
    first, last = int(start), min(int(end) + 1 if end else length, length)
    return (first, last) if first < length and first < last else ()


def _takes_gzip(accepted: bytes) -> bool:
    for choice in accepted.lower().split(b","):
        name, _, weight = choice.strip().partition(b";")
        if name.strip() in {b"gzip", b"*"} and weight.replace(b" ", b"") not in {
            b"q=0",
            b"q=0.0",
            b"q=0.00",
            b"q=0.000",
        }:
            return True
    return False


def _headers(pairs: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    return {name.lower(): value for name, value in pairs}


async def _say(send: Send, status: int, body: bytes, headers: Headers | None = None) -> None:
    about = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(body))]
    await _send(send, status, [*about, *(headers or [])], body)


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
