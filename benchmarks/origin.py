"""An origin on loopback for measurements: feeds in memory, ETags, 304; a process of its own, so it costs us nothing."""

import hashlib
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from urllib.request import Request, urlopen


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    bodies: dict[str, tuple[bytes, str]] = {}  # noqa: RUF012 - the whole state of this little server

    def do_GET(self) -> None:
        held = self.bodies.get(self.path)
        if held is None:
            self._answer(404, b"", {})
        elif self.headers.get("If-None-Match") == held[1]:
            self._answer(304, b"", {"ETag": held[1]})
        else:
            self._answer(200, held[0], {"ETag": held[1], "Content-Type": "application/rss+xml"})

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.bodies[self.path] = (body, f'"{hashlib.md5(body).hexdigest()}"')
        self._answer(204, b"", {})

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        # As real servers do: a client may be wary of a connection that nobody promised to keep.
        self.send_header("Connection", "keep-alive")
        for name, value in headers.items():
            self.send_header(name, value)
        if status not in {204, 304}:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives it
        pass


def _serve(said: Connection) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    said.send(server.server_address[1])
    server.serve_forever()


@contextmanager
def origin() -> Iterator[str]:
    """Run the origin; gives its address, "http://127.0.0.1:PORT"."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join()


def put(address: str, path: str, body: bytes) -> None:
    """Let the origin answer that path with these bytes from now on."""
    with urlopen(Request(f"{address}{path}", data=body, method="PUT")):
        pass
