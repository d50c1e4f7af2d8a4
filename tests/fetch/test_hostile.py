"""Servers that do what servers must not do: each costs its own source one typed failure, in time and in little room."""

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from datetime import timedelta
from functools import partial

import pytest

from mediafeed.errors import StoppingError
from mediafeed.fetch import answer
from mediafeed.fetch.http import Fetcher
from mediafeed.model.settings import FetchSettings
from mediafeed.model.source import Failed, FailureKind, Fetched, FetchResult, Validators
from tests.fetch.conftest import AGENT, NOW, Server, moved, ok

HEAD = b"HTTP/1.1 200 OK\r\n"


def zeros(length: int, wbits: int) -> bytes:
    packer = zlib.compressobj(9, wbits=wbits)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(length // 1_000_000)) + packer.flush()


def drip(connection: socket.socket, _: bytes, *, start: bytes, piece: bytes) -> None:
    connection.sendall(start)
    while True:
        time.sleep(0.02)
        connection.sendall(piece)


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        pytest.param(HEAD, b"A: b\r\n", id="headers"),
        pytest.param(HEAD + b"A: ", b"b", id="one header"),
        pytest.param(HEAD + b"Content-Length: 9999\r\n\r\n", b"<", id="body"),
        pytest.param(HEAD + b"\r\n", b"<", id="body without a length"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n<\r\n", id="chunks"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0", id="chunk length"),
        pytest.param(HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"", mtime=0), id="empty gzip members"),
        pytest.param(b"", b"HTTP/1.1 100 Continue\r\n\r\n", id="continue"),
        pytest.param(b"HTTP/1.1 2", b"0", id="status"),
        pytest.param(b"", b"", id="silence"),
    ],
)
def test_a_dripping_server_is_left_at_the_deadline(serve, hasty, start, piece):
    server = serve(partial(drip, start=start, piece=piece))
    began = time.monotonic()

    result = hasty.get(server.url, now=NOW)

    assert isinstance(result, Failed)
    assert (result.kind, result.detail) == (FailureKind.TIMEOUT, "not done within 0.3 s")
    assert 0.25 < time.monotonic() - began < 1.3


def test_one_deadline_covers_a_chain_of_redirects(serve, hasty):
    def slow(_: socket.socket, head: bytes) -> bytes:
        time.sleep(0.12)
        return moved(f"/{int(head.split(b' ')[1][1:]) + 1}")

    server = serve(slow)

    result = hasty.get(f"{server.url}/0", now=NOW)

    assert isinstance(result, Failed)
    assert result.kind is FailureKind.TIMEOUT
    assert result.elapsed < 0.6


def test_an_endless_body_is_cut_at_the_cap(serve, fetcher):
    def flood(connection: socket.socket, _: bytes) -> None:
        connection.sendall(HEAD + b"\r\n")
        while True:
            connection.sendall(bytes(65_536))

    server = serve(flood)

    result = fetcher.get(server.url, now=NOW)

    assert isinstance(result, Failed)
    assert (result.kind, result.detail) == (FailureKind.TOO_LARGE, "more than 1000000 bytes")


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        pytest.param(["Content-Encoding: gzip"], zeros(200_000_000, 31), id="gzip"),
        pytest.param(["Content-Encoding: deflate"], zeros(200_000_000, 15), id="deflate"),
        pytest.param(["Content-Encoding: deflate"], zeros(200_000_000, -15), id="bare deflate"),
        pytest.param([], zeros(200_000_000, 31), id="gzip without header"),
        pytest.param(["Content-Encoding: gzip"], gzip.compress(zeros(200_000_000, 31)), id="gzip in gzip"),
    ],
)
def test_a_bomb_is_refused_in_little_room(serve, headers, body):
    server = serve(ok(body, *headers))

    with Fetcher(FetchSettings(allow=("127.0.0.0/8",)), user_agent=AGENT) as fetcher:
        fetcher.get("http://127.0.0.1:1/", now=NOW)
        tracemalloc.start()
        result = fetcher.get(server.url, now=NOW)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert isinstance(result, Failed)
    assert result.kind is FailureKind.TOO_LARGE
    assert peak < 50_000_000


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(ok(b"x" * 99, "Content-Encoding: br"), id="br"),
        pytest.param(ok(b"x" * 99, "Content-Encoding: zstd"), id="zstd"),
        pytest.param(ok(gzip.compress(gzip.compress(b"x", mtime=0)), "Content-Encoding: gzip, gzip"), id="two codings"),
        pytest.param(ok(b"x" * 99, f"Content-Encoding: {', '.join(['gzip'] * 20)}"), id="twenty codings"),
        pytest.param(ok(b"<rss/>", "Content-Encoding: gzip"), id="gzip that is plain"),
        pytest.param(ok(gzip.compress(b"<rss/>" * 99, mtime=0)[:-9], "Content-Encoding: gzip"), id="cut gzip"),
        pytest.param(ok(gzip.compress(b"<rss/>" * 99, mtime=0)[:-9]), id="cut gzip without header"),
        pytest.param(ok(b"", "Content-Encoding: gzip"), id="no gzip at all"),
        pytest.param(HEAD + b"A: " + b"b" * 200_000 + b"\r\n\r\n", id="200 KB header"),
        pytest.param(HEAD + b"A: b\r\n" * 5_000 + b"\r\n", id="5,000 headers"),
        pytest.param(HEAD + b"Content-Length: -6\r\n\r\n<rss/>", id="negative length"),
        pytest.param(HEAD + b"Content-Length: six\r\n\r\n<rss/>", id="length in words"),
        pytest.param(HEAD + b"Content-Length: 6\r\nContent-Length: 3\r\n\r\n<rss/>", id="two lengths"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<rss/>\r\n", id="bad chunk"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\n-6\r\n<rss/>\r\n", id="negative chunk"),
        pytest.param(b"220 mail.example ESMTP\r\n", id="mail server"),
        pytest.param(b"<rss/>", id="HTTP/0.9"),
        pytest.param(b"HTTP/1.1 abc OK\r\n\r\n", id="status in words"),
        pytest.param(b"HTTP/1.1 42 OK\r\n\r\n", id="status of two digits"),
        pytest.param(b"\x00\xff" * 99 + b"\r\n\r\n", id="noise"),
    ],
)
def test_a_broken_answer_is_a_broken_answer(serve, fetcher, answer):
    server = serve(lambda connection, _: connection.sendall(answer))

    result = fetcher.get(server.url, now=NOW)

    assert isinstance(result, Failed)
    assert result.kind is FailureKind.BAD_RESPONSE
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(HEAD + b"Content-Length: 99\r\n\r\n<rss/>", id="length"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\n6\r\n<rss/>\r\n", id="chunks"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\n99\r\n<rss/>", id="in a chunk"),
        pytest.param(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<rss/>", mtime=0)[:15], id="gzip"),
    ],
)
def test_half_a_body_is_no_body(serve, fetcher, answer):
    server = serve(lambda connection, _: connection.sendall(answer))

    result = fetcher.get(server.url, now=NOW)

    assert isinstance(result, Failed)
    assert result.kind is FailureKind.BAD_RESPONSE


def test_more_than_the_declared_length_is_not_read_and_not_left_to_the_next(serve, fetcher):
    head = HEAD + b"Connection: keep-alive\r\nContent-Length: 6\r\n\r\n"
    server = serve(head + b"<rss/>HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")

    results = [fetcher.get(server.url, now=NOW) for _ in range(3)]

    assert [result.body for result in results] == [b"<rss/>"] * 3


@pytest.mark.parametrize("early", [b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_an_early_answer_is_not_taken_for_an_empty_feed(serve, fetcher, early):
    server = serve(early + ok())

    results = [fetcher.get(server.url, now=NOW) for _ in range(2)]

    for result in results:
        match result:
            case Fetched():
                assert result.body == b"<rss/>"
            case Failed():
                assert result.kind is FailureKind.STATUS
            case _:
                pytest.fail(str(result))


def test_a_length_over_the_cap_is_not_even_begun(serve, fetcher):
    server = serve(lambda connection, _: connection.sendall(HEAD + b"Content-Length: 999999999999999999999\r\n\r\n"))

    result = fetcher.get(server.url, now=NOW)

    assert isinstance(result, Failed)
    assert result.kind is FailureKind.TOO_LARGE


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "ftp://127.0.0.1/",
        "data:text/xml,<rss/>",
        "javascript:alert(1)",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:7f00:1]/",
        "http://2130706433/",
        "http://neil:sesame@127.0.0.1/",
        "http://a\\@127.0.0.1/",
        "//10.0.0.1/",
        "http:///feed",
        "ht\ttp://127.0.0.1/",
        "http://[",
        "/" + "a" * 9_000,
    ],
)
def test_a_redirect_is_guarded_like_an_address(serve, fetcher, location):
    server = serve(moved(location))

    result = fetcher.get(server.url, now=NOW)

    assert isinstance(result, Failed)
    assert result.kind in {FailureKind.REFUSED, FailureKind.BAD_ADDRESS}
    assert "sesame" not in result.detail
    assert len(server.requests) == 1


def test_a_name_that_hangs_holds_up_nobody_else(serve):
    release = threading.Event()

    def resolve(host: str) -> tuple[str, ...]:
        if host.startswith("slow"):
            release.wait(5)
        return ("127.0.0.1",)

    server = serve(ok())
    settings = FetchSettings(allow=("127.0.0.0/8",), deadline=timedelta(seconds=0.3))
    with Fetcher(settings, user_agent=AGENT, resolve=resolve) as fetcher:
        results: list[FetchResult] = []
        threads = [
            threading.Thread(target=lambda n=n: results.append(fetcher.get(f"http://slow{n % 3}.example/", now=NOW)))
            for n in range(20)
        ]
        for thread in threads:
            thread.start()
        quick = fetcher.get(f"http://quick.example:{server.port}/", now=NOW)
        for thread in threads:
            thread.join()
        release.set()

    assert isinstance(quick, Fetched)
    assert quick.elapsed < 0.25
    assert {(result.kind, result.detail) for result in results if isinstance(result, Failed)} == {
        (FailureKind.TIMEOUT, f"looking up slow{n}.example took too long") for n in range(3)
    }


def test_closing_ends_who_asks_and_who_waits(serve):
    server = serve(partial(drip, start=b"", piece=b""))
    settings = FetchSettings(allow=("127.0.0.0/8",), per_host=1)
    fetcher = Fetcher(settings, user_agent=AGENT)
    results: list[object] = []

    def ask() -> None:
        try:
            results.append(fetcher.get(server.url, now=NOW))
        except StoppingError as error:
            results.append(str(error))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    while not server.requests:
        time.sleep(0.01)

    fetcher.close()
    for thread in threads:
        thread.join(2)

    assert results == ["mediafeed is stopping"] * 3
    with pytest.raises(StoppingError):
        fetcher.get(server.url, now=NOW)


def test_nobody_listening_is_a_failure_to_connect(serve, fetcher):
    server: Server = serve(ok())
    server.close()

    result = fetcher.get(server.url, validators=Validators("x"), now=NOW)

    assert isinstance(result, Failed)
    assert (result.kind, result.detail) == (FailureKind.CONNECT, "127.0.0.1: connection refused")


def test_what_a_library_stumbles_over_costs_one_source(serve, fetcher, caplog, monkeypatch):
    server = serve(ok())
    monkeypatch.setattr(answer, "head_of", lambda _: list[int]()[33])

    result = fetcher.get(server.url, now=NOW)

    assert isinstance(result, Failed)
    assert (result.kind, result.detail) == (FailureKind.INTERNAL, "IndexError")
    assert [record.getMessage() for record in caplog.records] == ["fetch failed"]
