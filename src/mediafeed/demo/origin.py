"""A small web server on loopback that plays every host of the samples, as politely as a good host answers."""

import sys
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from mediafeed.demo.byteranges import UNSATISFIABLE, Span, wanted_span
from mediafeed.demo.catalogue import Resource, redirect, resources

PORT = 8737
HOST = "127.0.0.1"
# The samples never change, so neither does their date: the day after the newest episode.
CHANGED = datetime(2023, 6, 21, 12, tzinfo=UTC)
PIECE = 64 * 1024  # bytes sent at once
PATIENCE = 10.0  # seconds that an idle connection is kept


class Origin:
    """The origin of the demo. Used as a context manager it serves from entry to exit.

    Addresses in the samples carry the port, so it should be the same at every run: `port` is taken if it is free,
    any free one if not; 0 always means any free one.
    """

    def __init__(self, port: int = PORT) -> None:
        self._wanted = port
        self._server: _Server | None = None
        self._thread: Thread | None = None

    @property
    def port(self) -> int:
        """Give the port it listens on, or the wanted one before it has started."""
        return self._server.server_port if self._server else self._wanted

    @property
    def address(self) -> str:
        """Give its address, without a slash at the end: "http://127.0.0.1:8737"."""
        return f"http://{HOST}:{self.port}"

    def start(self, port: int | None = None) -> Self:
        """Begin to serve; a second start changes nothing.

        Raises:
            OSError: Nothing can be listened on at all.
        """
        if self._server is None:
            self._server = _listening(self._wanted if port is None else port)
            self._server.resources = resources(self.address)
            self._thread = Thread(target=self._server.serve_forever, args=(0.05,), name="demo-origin", daemon=True)
            self._thread.start()
        return self

    def stop(self) -> None:
        """End serving and give the port back; without a start nothing happens."""
        server, thread, self._server, self._thread = self._server, self._thread, None, None
        if server is not None and thread is not None:
            server.shutdown()
            thread.join()
            server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    resources: dict[str, Resource]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of an asker who hangs up, as pollers do with connections they kept."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def _listening(port: int) -> _Server:
    try:
        return _Server((HOST, port), _Handler)
    except OSError:
        if port == 0:
            raise
        return _Server((HOST, 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "demo-origin"
    sys_version = ""
    timeout = PATIENCE
    # Headers and body leave as two writes; with Nagle's algorithm the second waits 40 ms for an acknowledgement.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if target := redirect(path):
            self._head(HTTPStatus.FOUND, Location=f"http://{HOST}:{self.server.server_port}{target}")
        elif resource := self.server.resources.get(path):
            self._answer(resource)
        else:
            self._words(HTTPStatus.NOT_FOUND, "There is nothing at this address.\n")

    def do_HEAD(self) -> None:
        self.do_GET()

    def _answer(self, resource: Resource) -> None:
        etag, changed = resource.etag, format_datetime(CHANGED, usegmt=True)
        known = {"ETag": etag, "Last-Modified": changed, "Accept-Ranges": "bytes"}
        if self._is_known(etag):
            self._head(HTTPStatus.NOT_MODIFIED, **known)
            return
        length = resource.content.length
        span = wanted_span(self.headers.get("Range", ""), length) if self._may_be_partial(etag, changed) else None
        if span is UNSATISFIABLE:
            outside = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
            self._head(outside, **known, **{"Content-Range": f"bytes */{length}", "Content-Length": "0"})
            return
        known["Content-Type"] = resource.media_type
        if span is None:
            span = Span(0, length)
            self._head(HTTPStatus.OK, **known, **{"Content-Length": str(length)})
        else:
            said = {"Content-Range": f"bytes {span.start}-{span.stop - 1}/{length}", "Content-Length": str(span.length)}
            self._head(HTTPStatus.PARTIAL_CONTENT, **known, **said)
        self._body(resource, span)

    def _is_known(self, etag: str) -> bool:
        """Say whether the asker holds it already. RFC 9110, 13.1.3: If-None-Match makes If-Modified-Since mute."""
        if held := self.headers.get("If-None-Match"):
            return held.strip() == "*" or etag in {one.strip().removeprefix("W/") for one in held.split(",")}
        return _is_since(self.headers.get("If-Modified-Since", ""))

    def _may_be_partial(self, etag: str, changed: str) -> bool:
        return self.headers.get("If-Range", etag).strip() in {etag, changed}

    def _words(self, status: HTTPStatus, words: str) -> None:
        body = words.encode()
        self._head(status, **{"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body))})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _head(self, status: HTTPStatus, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status is HTTPStatus.FOUND:
            self.send_header("Content-Length", "0")
        self.end_headers()

    def _body(self, resource: Resource, span: Span) -> None:
        if self.command == "HEAD":
            return
        try:
            for start in range(span.start, span.stop, PIECE):
                self.wfile.write(resource.content.between(start, min(start + PIECE, span.stop)))
        except (ConnectionError, TimeoutError):
            self.close_connection = True  # the asker has what it wanted

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: the demo tells what came of each visit by itself."""


def _is_since(said: str) -> bool:
    try:
        return parsedate_to_datetime(said) >= CHANGED
    except (TypeError, ValueError):
        return False
