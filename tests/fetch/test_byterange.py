"""Parts of a file over real connections: what is asked, what is taken, and what is refused."""

import re
import socket
from contextlib import suppress

import pytest

from mediafeed.fetch.http import Fetcher
from mediafeed.model.audio import Window
from mediafeed.model.settings import FetchSettings
from mediafeed.model.source import Failed, FailureKind
from tests.fetch.conftest import AGENT, NOW, moved, ok

FILE = bytes(range(256)) * 400  # 102,400 bytes


def part(first: int, last: int, *headers: str, size: str = str(len(FILE)), body: bytes | None = None) -> bytes:
    """Write a 206."""
    sent = FILE[first : last + 1] if body is None else body
    return ok(sent, f"Content-Range: bytes {first}-{last}/{size}", *headers, status="206 Partial Content")


def honest(_: socket.socket, request: bytes) -> bytes:
    """Answer a Range as it should be."""
    found = re.search(rb"Range: bytes=(\d+)-(\d+)", request)
    assert found
    return part(int(found[1]), min(int(found[2]), len(FILE) - 1), 'ETag: "7"', "Content-Type: audio/mpeg")


def test_a_part_comes_with_the_size_of_the_whole(serve, fetcher):
    server = serve(honest)

    window = fetcher.window(f"{server.url}/33.mp3", 1_000, 24, now=NOW)

    assert isinstance(window, Window)
    assert (window.start, window.body, window.size) == (1_000, FILE[1_000:1_024], len(FILE))
    assert (window.ranged, window.etag, window.content_type) == (True, '"7"', "audio/mpeg")
    assert server.header("range") == "bytes=1000-1023"
    assert server.header("accept-encoding") == "identity"
    assert server.header("user-agent") == AGENT


def test_at_the_end_of_a_file_fewer_bytes_come(serve, fetcher):
    window = fetcher.window(serve(honest).url, len(FILE) - 10, 4_096, now=NOW)

    assert window.body == FILE[-10:]


def test_two_parts_come_over_one_connection(serve, fetcher):
    server = serve(lambda *asked: honest(*asked).replace(b"\r\n\r\n", b"\r\nConnection: keep-alive\r\n\r\n", 1))

    fetcher.window(server.url, 0, 100, now=NOW)
    fetcher.window(server.url, 500, 100, now=NOW)

    assert server.connections == 1


def test_an_unknown_size_is_none(serve, fetcher):
    assert fetcher.window(serve(part(0, 99, size="*")).url, 0, 100, now=NOW).size is None


def test_of_a_file_that_ends_before_the_part_the_size_is_known(serve, fetcher):
    server = serve(ok(b"", "Content-Range: bytes */0", status="416 Range Not Satisfiable"))

    window = fetcher.window(server.url, 0, 4_096, now=NOW)

    assert (window.body, window.size) == (b"", 0)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(part(0, 99), id="another start"),
        pytest.param(part(1_000, 1_999), id="more than was asked for"),
        pytest.param(part(1_000, 1_010), id="less than was asked for, in the middle"),
        pytest.param(part(1_000, 1_099, size="1050"), id="beyond the end"),
        pytest.param(part(1_000, 1_099, body=b"x" * 100 + b"y"), id="a longer body"),
        pytest.param(part(1_099, 1_000, body=b""), id="backwards"),
        pytest.param(ok(b"x" * 100, status="206 Partial Content"), id="no Content-Range"),
        pytest.param(ok(b"x" * 100, "Content-Range: bytes 1000-1099/many", status="206 Partial Content"), id="a word"),
        pytest.param(ok(b"x", "Content-Range: bytes */102400", status="206 Partial Content"), id="a 206 of nothing"),
        pytest.param(ok(b"", "Content-Range: bytes */102400", status="416 Range"), id="a 416 that is not so"),
        pytest.param(part(1_000, 1_099, "Content-Encoding: gzip"), id="compressed"),
        pytest.param(ok(FILE), id="the whole instead of a later part"),
        pytest.param(b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 1000-1099/102400\r\nContent-Length: 100"
                     b"\r\nConnection: close\r\n\r\n" + b"x" * 99, id="a shorter body"),
    ],
)  # fmt: skip
def test_another_part_than_was_asked_for_is_refused(serve, fetcher, answer):
    server = serve((lambda connection, _: connection.sendall(answer)) if answer.endswith(b"x" * 99) else answer)

    result = fetcher.window(server.url, 1_000, 100, now=NOW)

    assert isinstance(result, Failed)
    assert result.kind is FailureKind.BAD_RESPONSE


def test_a24_a_server_that_sends_the_whole_is_left_after_its_beginning(serve, fetcher):
    sent = 0

    def pours(connection: socket.socket, _: bytes) -> None:
        nonlocal sent
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
        with suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\n")
            while True:
                sent += connection.send(FILE)

    window = fetcher.window(serve(pours).url, 0, 4_096, now=NOW)

    assert isinstance(window, Window)
    assert (len(window.body), window.size, window.ranged) == (65_536, 5_000_000_000, False)
    assert sent < 20_000_000  # what the buffers between us took, not five billion


def test_a_small_whole_is_taken_as_it_is(serve, fetcher):
    window = fetcher.window(serve(ok(b"ID3")).url, 0, 4_096, now=NOW)

    assert (window.body, window.size, window.ranged) == (b"ID3", 3, False)


def test_a27_ten_redirects_are_followed_for_audio_and_no_eleventh(serve, fetcher):
    def trackers(count: int):
        def answer(connection: socket.socket, request: bytes) -> bytes:
            at = int(request.split(b" ")[1][1:])
            return moved(f"/{at + 1}", "302 Found") if at < count else honest(connection, request)

        return answer

    ten, eleven = serve(trackers(10)), serve(trackers(11))

    window, failed = (fetcher.window(f"{server.url}/0", 0, 10, now=NOW) for server in (ten, eleven))

    assert (window.url, window.body) == (f"{ten.url}/10", FILE[:10])
    assert all(b"Range: bytes=0-9\r\n" in request for request in ten.requests)
    assert (failed.kind, failed.detail) == (FailureKind.REDIRECTS, "more than 10 redirects")


def test_the_guard_stands_before_audio(serve):
    server = serve(honest)

    with Fetcher(FetchSettings(), user_agent=AGENT) as guarded:
        result = guarded.window(server.url, 0, 10, now=NOW)

    assert isinstance(result, Failed)
    assert result.kind is FailureKind.REFUSED
    assert server.connections == 0


def test_a_drip_ends_at_the_deadline(serve, hasty):
    def drips(connection: socket.socket, _: bytes) -> None:
        connection.sendall(
            b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-99/100\r\nContent-Length: 100\r\n\r\n"
        )
        with suppress(OSError):
            while connection.recv(1) != b"":
                pass

    assert hasty.window(serve(drips).url, 0, 100, now=NOW).kind is FailureKind.TIMEOUT


def test_a_host_that_wants_to_be_left_alone_says_so(serve, fetcher):
    result = fetcher.window(serve(ok(b"", "Retry-After: 120", status="429 Too Many")).url, 0, 100, now=NOW)

    assert (result.kind, (result.retry_after - NOW).total_seconds() // 10) == (FailureKind.BUSY, 12)
