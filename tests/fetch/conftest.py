"""A Fetcher that may ask this machine, and servers that answer with exactly the given bytes."""

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from mediafeed.fetch.http import Fetcher
from mediafeed.model.settings import FetchSettings

NOW = datetime(2022, 9, 21, 12, 0, tzinfo=UTC)
AGENT = "mediafeed/0.1 (+https://podcasts.example.org/about; 1 sources)"
Answer = bytes | Callable[[socket.socket, bytes], bytes | None]


class Server:
    """A server on 127.0.0.1: `answer` is what it sends to each request, or does with the connection.

    `requests` are the heads it read, with bodies if there are any, `connections` counts what came in.
    """

    def __init__(self, answer: Answer, *, tls: ssl.SSLContext | None = None, address: str = "127.0.0.1") -> None:
        self.answer = answer
        self.requests: list[bytes] = []
        self.connections = 0
        self._tls = tls
        self._open: list[socket.socket] = []
        self._listening = socket.create_server((address, 0))
        self.port = self._listening.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://{address}:{self.port}"
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()
        self._talking: list[threading.Thread] = []

    def close(self) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._talking:
            thread.join()

    def header(self, name: str, request: int = -1) -> str | None:
        """Give a header of a request, byte for byte."""
        for line in self.requests[request].split(b"\r\n")[1:]:
            key, _, value = line.partition(b": ")
            if key.lower() == name.lower().encode():
                return value.decode("latin-1")
        return None

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            thread = threading.Thread(target=self._talk, args=(connection,))
            self._talking.append(thread)
            thread.start()

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            talking = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
            with talking:
                while request := _request(talking):
                    self.requests.append(request)
                    answer = self.answer(talking, request) if callable(self.answer) else self.answer
                    if answer is None:
                        return
                    talking.sendall(answer)


def _request(connection: socket.socket) -> bytes:
    """Read a request's head, and its body if it has one."""
    read, wanted = b"", -1
    while wanted < 0 or len(read) < wanted:
        more = connection.recv(65_536)
        if not more:
            return b""
        read += more
        head, end, _ = read.partition(b"\r\n\r\n")
        if end and wanted < 0:
            length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
            wanted = len(head) + len(end) + (int(length[1]) if length else 0)
    return read


def ok(body: bytes = b"<rss/>", *headers: str, status: str = "200 OK") -> bytes:
    """Write an answer with its right length."""
    lines = "".join(f"{header}\r\n" for header in headers)
    return f"HTTP/1.1 {status}\r\n{lines}Content-Length: {len(body)}\r\n\r\n".encode("latin-1") + body


def moved(location: str, status: str = "301 Moved Permanently") -> bytes:
    """Write a redirect."""
    return f"HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode("latin-1")


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def start(answer: Answer, *, tls: ssl.SSLContext | None = None, address: str = "127.0.0.1") -> Server:
        servers.append(Server(answer, tls=tls, address=address))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    """Patient enough for a busy machine."""
    with Fetcher(FetchSettings(allow=("127.0.0.0/8",), max_body=1_000_000), user_agent=AGENT) as made:
        yield made


@pytest.fixture
def hasty() -> Iterator[Fetcher]:
    """Gives up after 0.3 seconds."""
    settings = FetchSettings(allow=("127.0.0.0/8",), deadline=timedelta(seconds=0.3))
    with Fetcher(settings, user_agent=AGENT) as made:
        yield made
