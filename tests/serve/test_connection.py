"""Connections: the short way answers as the long one does, and nobody is waited for or read without end."""

import os
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from uvicorn.protocols.http.flow_control import FlowControl

from mediafeed.errors import UsageError
from mediafeed.model.published import Document
from mediafeed.publish.write import Writer
from mediafeed.serve import connection
from mediafeed.serve.app import App
from mediafeed.serve.files import Files, Form
from mediafeed.serve.routes import Answer, Request, Route
from mediafeed.serve.server import Server

FEED = b"<rss>" + b"<item>Japan</item>" * 200 + b"</rss>"
LARGE = os.urandom(16 * 1024 * 1024)


def echo(request: Request) -> Answer:
    return Answer(body=b"%d bytes" % len(request.body))


def named(request: Request) -> Answer:
    return Answer(body=" ".join(request.headers).encode())


def slow(_: Request) -> Answer:
    time.sleep(0.2)
    return Answer(body=b"slow")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    out = tmp_path_factory.mktemp("feeds")
    bodies = {"feed.xml": FEED, "index.html": b"<!doctype html>home", "large.bin": LARGE}
    Writer(out).write([Document(path, "1", partial(bytes, body)) for path, body in bodies.items()], {})
    routes = [
        Route(path="/echo", handler=echo, methods=("POST",), max_body=100_000),
        Route(path="/named", handler=named, methods=("POST",)),
        Route(path="/slow", handler=slow),
    ]
    return App(Files(out), routes)


@pytest.fixture(scope="module")
def server(app: App) -> Iterator[Server]:
    made = Server(app, "127.0.0.1", 0)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def line(server: Server) -> Iterator[socket.socket]:
    with closing(dial(server)) as opened:
        yield opened


def dial(server: Server) -> socket.socket:
    host, port = server.address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=5)


def answer(line: socket.socket) -> bytes:
    """Read one answer that tells its length, or until the server hangs up."""
    heard = b""
    while b"\r\n\r\n" not in heard:
        if not (more := line.recv(65536)):
            return heard
        heard += more
    head, _, body = heard.partition(b"\r\n\r\n")
    told = re.search(rb"content-length: (\d+)", head)
    while told and len(body) < int(told[1]):
        body += line.recv(65536)
    return head + b"\r\n\r\n" + body


def is_hung_up(line: socket.socket) -> bool:
    try:
        return line.recv(65536) == b""
    except ConnectionError:
        return True


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def without_date(said: bytes) -> bytes:
    return re.sub(rb"\r\ndate: [^\r]*", b"", said)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "headers",
    ["", "Accept-Encoding: gzip\r\n", "Accept-Encoding: gzip, br\r\nUser-Agent: App\r\n", 'If-None-Match: "x"\r\n',
     "If-None-Match: *\r\nAccept-Encoding: gzip\r\n", "Accept-Encoding: br\r\nAccept-Encoding: gzip;q=0.5\r\n"],
)  # fmt: skip
def test_what_is_held_is_answered_as_it_was_the_first_time(server: Server, headers: str, method: str):
    asked = f"{method} /feed.xml HTTP/1.1\r\nHost: x\r\n{headers}\r\n".encode()
    app: Any = server._server.config.app
    app._files._held.clear()
    heard = []
    for _ in range(2):
        with closing(dial(server)) as line:
            line.sendall(asked)
            line.shutdown(socket.SHUT_WR)
            heard.append(without_date(b"".join(iter(partial(line.recv, 65536), b""))))

    assert heard[0] == heard[1]
    assert heard[0].startswith((b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 304 Not Modified\r\n"))


@pytest.mark.parametrize("blanks", [" ", "\t", "  \t "])
def test_blanks_behind_a_value_are_none_of_it(line: socket.socket, app: App, blanks: str):
    form = app._files.find("/feed.xml")
    assert isinstance(form, Form)
    for name, value in (("If-Modified-Since", form.last_modified), ("If-None-Match", form.etag)):
        line.sendall(f"GET /feed.xml HTTP/1.1\r\nHost: x{blanks}\r\n{name}: {value.decode()}{blanks}\r\n\r\n".encode())

        assert answer(line).startswith(b"HTTP/1.1 304 ")


def test_a_body_in_chunks_is_read_where_a_blank_stands_behind_that_word(line: socket.socket):
    line.sendall(POST + b"Transfer-Encoding: chunked \r\n\r\n5\r\nhello\r\n0\r\n\r\n")

    assert answer(line).endswith(b"\r\n\r\n5 bytes")


@pytest.mark.parametrize("blank", [b"\t", b" \t"])
def test_what_the_parser_does_not_take_for_chunks_ends_the_line(line: socket.socket, blank: bytes):
    line.sendall(POST + b"Transfer-Encoding: chunked" + blank + b"\r\n\r\n0\r\n\r\n" + GET + b"Host: x\r\n\r\n")

    heard = b""
    with suppress(ConnectionError):
        heard = b"".join(iter(partial(line.recv, 65536), b""))
    assert re.findall(rb"HTTP/1.1 (\d+)", heard) == [b"400"]


def test_requests_in_one_breath_are_answered_in_their_order(line: socket.socket):
    asked = [b"GET /feed.xml", b"HEAD /nothing", b"GET /feed.xml", b"HEAD /index.html", b"HEAD /feed.xml"]
    line.sendall(b"".join(one + b" HTTP/1.1\r\nHost: x\r\n\r\n" for one in asked))

    heard = b""
    while heard.count(b"HTTP/1.1 ") < 5 or not heard.endswith(b"\r\n\r\n"):
        heard += line.recv(65536)
    assert re.findall(rb"HTTP/1.1 (\d+)", heard) == [b"200", b"404", b"200", b"200", b"200"]
    assert heard.count(FEED) == 2


@pytest.mark.parametrize(
    "asked", [b"GET /feed.xml HTTP/1.0\r\n\r\n", b"GET /feed.xml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"]
)
def test_who_wants_one_answer_gets_it_and_the_line_is_free(line: socket.socket, asked: bytes):
    line.sendall(asked)

    assert answer(line).endswith(FEED)
    assert is_hung_up(line)


def test_a_body_comes_whole_however_it_is_cut(line: socket.socket):
    line.sendall(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n")
    for _ in range(9):
        line.sendall(bytes(10_000))

    assert answer(line).endswith(b"90000 bytes")


GET, POST = b"GET /feed.xml HTTP/1.1\r\n", b"POST /echo HTTP/1.1\r\nHost: x\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (GET + b"X: y\r\n" * 200 + b"\r\n", 431),
        (GET + b"X: " + b"y" * 40_000, 431),
        (GET + b"X: y\r\n" * 10_000, 431),
        (GET + b"Host: x\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", 431),
        (GET + b"Host: x\r\n" + b"X: %b\r\n" % (b"y" * 500) * 80 + b"\r\n", 431),
        (b"\x16\x03\x01\x02\x00\x01", 400),
        (b"GET /feed.xml\r\n\r\n", 505),
        (b"GET /feed.xml HTTP/2.0\r\nHost: x\r\n\r\n", 505),
        (GET + b"\r\n", 400),
        (GET + b"Host: x\r\nhost: x\r\n\r\n", 400),
        (GET + b"Host: x/y\r\n\r\n", 400),
        (b"GET /feed.xml HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n", 400),
        (b"BREW /feed.xml HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        (b"\r\nget /feed.xml HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        (b"BREW", 501),
        (b"B(EW /feed.xml HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("BRÜ /feed.xml HTTP/1.1\r\nHost: x\r\n\r\n".encode(), 400),
        (b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", 501),
    ],
)
def test_what_no_reader_would_send_is_refused_counted_and_the_line_is_free(
    app: App, line: socket.socket, asked: bytes, status: int
):
    before = app.answered[status]

    line.sendall(asked)

    said = answer(line)
    assert said.startswith(b"HTTP/1.1 %d " % status)
    assert said.count(b"\r\ndate: ") == 1
    assert is_hung_up(line)
    assert app.answered[status] == before + 1


def test_behind_a_method_that_is_not_known_nothing_is_read(line: socket.socket):
    line.sendall(b"BREW / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\nGET /feed.xml HTTP/1.1\r\nHost: x\r\n\r\n")

    heard = b""
    with suppress(ConnectionError):
        heard = b"".join(iter(partial(line.recv, 65536), b""))
    assert re.findall(rb"HTTP/1.1 (\d+)", heard) == [b"501"]


@pytest.mark.parametrize(
    "asked",
    [
        POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        POST + b"Content-Length: 5, 5\r\n\r\nhello",
        POST + b"Content-Length: +5\r\n\r\nhello",
        POST + b"Content-Length : 5\r\n\r\nhello",
        POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        b"POST /echo HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        CHUNKED + b"zz\r\nhello\r\n0\r\n\r\n",
        CHUNKED + b"0x5\r\nhello\r\n0\r\n\r\n",
        CHUNKED + b"5\r\nhelloXX0\r\n\r\n",
        CHUNKED + b"5;a\nhello\r\n0\r\n\r\n",
        CHUNKED + b"5\nhello\n0\n\n",
        b"GET /feed.xml HTTP/1.1\nHost: x\n\n",
        GET + b"Host: x\nX: y\r\n\r\n",
        GET + b"Host: x\rX: y\r\n\r\n",
        GET + b"Host: x\r\nX: y\r\n z\r\n\r\n",
        GET + b" Host: x\r\n\r\n",
        GET + b"Host: x\r\nX: a\0b\r\n\r\n",
    ],
)
def test_a_request_that_a_proxy_may_have_read_otherwise_ends_the_line(line: socket.socket, asked: bytes):
    line.sendall(asked + b"GET /index.html HTTP/1.1\r\nHost: x\r\n\r\n")

    heard = b""
    with suppress(ConnectionError):
        heard = b"".join(iter(partial(line.recv, 65536), b""))
    assert re.findall(rb"HTTP/1.1 (\d+)", heard) in ([b"400"], [b"501"])


def test_no_refusal_is_taken_for_the_answer_to_the_request_before(server: Server, line: socket.socket):
    line.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n" + GET + b"\r\n")

    assert is_hung_up(line)


def test_what_stands_behind_a_body_is_no_header(line: socket.socket):
    line.sendall(b"POST /named HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Mine: 1\r\n\r\n")

    assert answer(line).endswith(b"host transfer-encoding")


def test_who_would_rather_speak_otherwise_is_answered_and_may_go_on(line: socket.socket):
    wish = b"Host: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
    line.sendall(GET + wish + b"HEAD /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

    heard = b"".join(iter(partial(line.recv, 65536), b""))
    assert re.findall(rb"HTTP/1.1 (\d+)", heard) == [b"200", b"404"]


@pytest.mark.parametrize(
    "asked", [b"", b"GET /feed.xml HT", b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab"]
)
def test_a_request_that_does_not_come_is_not_waited_for(server: Server, monkeypatch: pytest.MonkeyPatch, asked: bytes):
    monkeypatch.setattr(connection, "ASKING", 0.1)
    monkeypatch.setattr(connection, "IDLE", 0.1)
    with closing(dial(server)) as line:
        line.sendall(asked)

        assert is_hung_up(line)


def test_a_line_that_is_used_no_more_is_let_go(server: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connection, "ASKING", 0.1)
    monkeypatch.setattr(connection, "IDLE", 0.1)
    with closing(dial(server)) as line:
        for _ in range(2):
            line.sendall(b"GET /feed.xml HTTP/1.1\r\nHost: x\r\n\r\n")
            assert answer(line).endswith(FEED)

        assert is_hung_up(line)


def test_an_answer_that_nobody_reads_is_not_kept_for_ever(server: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connection, "READING", 0.1)
    connections = server._server.server_state.connections
    with closing(dial(server)) as line:
        line.sendall(b"GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n")
        assert line.recv(12) == b"HTTP/1.1 200"
        until(lambda: not connections)

    assert not connections


class Line:
    """A transport of which so many bytes are not read yet, at one look after the other."""

    def __init__(self, *unread: int) -> None:
        self.unread = list(unread)
        self.is_aborted = False

    def get_write_buffer_size(self) -> int:
        return self.unread.pop(0)

    def abort(self) -> None:
        self.is_aborted = True


class Loop:
    """An event loop whose clock stands."""

    def __init__(self) -> None:
        self.calls: list[tuple[float, Callable[[], None]]] = []

    def call_later(self, seconds: float, call: Callable[[], None]) -> None:
        self.calls.append((seconds, call))


def test_a_reader_who_takes_his_time_is_looked_at_again_until_he_takes_nothing():
    slow: Any = object.__new__(connection.Connection)
    line, loop = Line(1000, 900, 100, 100), Loop()
    slow.transport, slow.loop, slow.flow = line, loop, FlowControl(cast("Any", line))
    slow.pause_writing()
    aborted = []
    while loop.calls:
        _, look = loop.calls.pop()
        look()
        aborted.append(line.is_aborted)

    assert aborted == [False, False, True]


def test_beyond_a_number_of_connections_the_server_hangs_up_at_once(server: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connection, "MOST", 0)
    with closing(dial(server)) as line:
        assert is_hung_up(line)


def test_when_many_are_there_readers_are_asked_to_come_again_and_counted(
    app: App, server: Server, monkeypatch: pytest.MonkeyPatch
):
    before = app.answered[503]
    config = server._server.config
    monkeypatch.setattr(config, "limit_concurrency", 1)
    monkeypatch.setattr(connection, "AT_ONCE", 1)
    with closing(dial(server)) as line:
        line.sendall(b"GET /feed.xml HTTP/1.1\r\nHost: x\r\n\r\n")

        assert answer(line).startswith(b"HTTP/1.1 503 ")
    assert app.answered[503] == before + 1


def test_a_unix_socket_is_answered_and_goes_with_the_server(tmp_path: Path):
    (tmp_path / "index.html").write_bytes(b"home")
    path = tmp_path / "web.sock"
    with closing(socket.socket(socket.AF_UNIX)) as left_behind:
        left_behind.bind(str(path))
    server = Server(App(Files(tmp_path)), "", 0, uds=path)
    server.start()
    try:
        with closing(socket.socket(socket.AF_UNIX)) as line:
            line.settimeout(5)
            line.connect(str(path))
            line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert answer(line).endswith(b"home")
        assert server.address == server.first_page == f"unix:{path}"
        with pytest.raises(UsageError, match=r"web\.sock"):
            Server(App(Files(tmp_path)), "", 0, uds=path)
    finally:
        server.stop()

    assert not path.exists()


def test_a_file_in_the_place_of_the_socket_is_left_alone(tmp_path: Path):
    (tmp_path / "notes").write_bytes(b"mine")

    with pytest.raises(UsageError, match="notes"):
        Server(App(Files(tmp_path)), "", 0, uds=tmp_path / "notes")
    assert (tmp_path / "notes").read_bytes() == b"mine"


def test_a_socket_is_ours_before_we_answer_and_another_ones_is_left_alone(tmp_path: Path):
    path = tmp_path / "web.sock"
    server = Server(App(Files(tmp_path)), "", 0, uds=path)
    with pytest.raises(UsageError, match=r"web\.sock"):
        Server(App(Files(tmp_path)), "", 0, uds=path)
    path.unlink()
    with closing(socket.socket(socket.AF_UNIX)) as anothers:
        anothers.bind(str(path))
        server.stop()

        assert path.exists()
