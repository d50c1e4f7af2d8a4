"""Whole questions over real connections: what goes out, and what comes back."""

import gzip
import socket
import time
import zlib
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from mediafeed.fetch.http import Fetcher, user_agent
from mediafeed.model.settings import FetchSettings
from mediafeed.model.source import Failed, FailureKind, Fetched, NotModified, Validators
from mediafeed.model.terms import Freshness
from tests.fetch.conftest import AGENT, NOW, moved, ok

HELD = Validators(etag='W/"33"  ', last_modified="21 sept 2022, about noon")


def test_a_feed_comes_back_with_what_the_server_said_of_it(serve, fetcher):
    server = serve(
        ok(
            b"<rss>33</rss>",
            'ETag: W/"33"',
            "Last-Modified: Wed, 21 Sep 2022 11:00:00 GMT",
            "Content-Type: application/rss+xml; charset=utf-8",
            "Cache-Control: max-age=14400",
            'Link: <https://hub.example/>; rel="hub"',
            "Link: </feed>; rel=self",
            "Content-Language: en-gb",
            "Server: something",
        )
    )

    result = fetcher.get(f"{server.url}/feed?a=1#top", now=NOW)

    assert isinstance(result, Fetched)
    assert result.url == f"{server.url}/feed?a=1"
    assert result.body == b"<rss>33</rss>"
    assert result.content_type == "application/rss+xml; charset=utf-8"
    assert result.validators == Validators('W/"33"', "Wed, 21 Sep 2022 11:00:00 GMT")
    assert result.freshness == Freshness(14_400, "max-age=14400")
    assert result.hub == "https://hub.example/"
    assert result.moved_to is None
    assert dict(result.headers) == {
        "cache-control": "max-age=14400",
        "content-language": "en-gb",
        "link": '<https://hub.example/>; rel="hub", </feed>; rel=self',
    }
    assert result.elapsed > 0
    assert result.at == pytest.approx(NOW + timedelta(seconds=result.elapsed), abs=timedelta(seconds=0.05))


def test_a_question_says_who_asks_and_nothing_of_a_browser(serve, fetcher, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login neil password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server = serve(ok(b"<rss/>", "Set-Cookie: id=33; Path=/", f"Set-Cookie: long={'x' * 3000}"))

    fetcher.get(server.url, now=NOW)
    fetcher.get(server.url, now=NOW)

    assert server.requests[0] == server.requests[1]
    names = [line.partition(b":")[0] for line in server.requests[1].split(b"\r\n")[1:-2]]
    assert names == [b"Host", b"User-Agent", b"Accept", b"Accept-Encoding"]
    assert server.requests[0].startswith(b"GET / HTTP/1.1\r\n")
    assert server.header("user-agent") == AGENT
    assert server.header("accept-encoding") == "gzip"


def test_validators_go_back_byte_for_byte_and_a_304_renews_them(serve, fetcher):
    server = serve(b'HTTP/1.1 304 Not Modified\r\nETag: "34"\r\nCache-Control: max-age=300\r\n\r\n')

    result = fetcher.get(server.url, validators=HELD, now=NOW)

    assert server.header("if-none-match") == HELD.etag
    assert server.header("if-modified-since") == HELD.last_modified
    assert isinstance(result, NotModified)
    assert result.validators == replace(HELD, etag='"34"')
    assert result.freshness == Freshness(300, "max-age=300")


def test_validators_of_a_200_are_kept_with_their_odd_bytes(serve, fetcher):
    server = serve(ok(b"<rss/>", 'ETag: "\xe9\x85 odd'))
    first = fetcher.get(server.url, now=NOW)

    fetcher.get(server.url, validators=first.validators, now=NOW)

    assert server.header("if-none-match") == '"\xe9\x85 odd'


def test_a_304_that_nobody_asked_for_is_no_answer(serve, fetcher):
    server = serve(b"HTTP/1.1 304 Not Modified\r\n\r\n")

    result = fetcher.get(server.url, now=NOW)

    assert isinstance(result, Failed)
    assert (result.kind, result.status) == (FailureKind.STATUS, 304)


def test_one_connection_serves_many_questions(serve, fetcher):
    kept = "Connection: keep-alive"
    same = f"HTTP/1.1 304 Not Modified\r\n{kept}\r\n\r\n".encode()
    server = serve(lambda _, head: same if b"If-None" in head else ok(b"<rss/>", kept))

    for validators in (Validators(), HELD, HELD, Validators()):
        assert not isinstance(fetcher.get(server.url, validators=validators, now=NOW), Failed)

    assert server.connections == 1


def test_without_a_promise_a_connection_is_used_again_only_after_a_rest(serve, fetcher):
    server = serve(ok())

    fetcher.get(server.url, now=NOW)
    fetcher.get(server.url, now=NOW)
    at_once = server.connections
    time.sleep(0.12)
    fetcher.get(server.url, now=NOW)

    assert (at_once, server.connections) == (2, 2)


def test_a_connection_that_the_server_closed_is_made_anew(serve, fetcher):
    server = serve(lambda connection, _: connection.sendall(ok()))

    results = [fetcher.get(server.url, now=NOW) for _ in range(3)]

    assert [type(result) for result in results] == [Fetched] * 3
    assert server.connections == 3


def test_nothing_is_asked_twice_when_the_server_hangs_up(serve, fetcher):
    server = serve(lambda *_: None)

    result = fetcher.get(server.url, now=NOW)

    assert isinstance(result, Failed)
    assert (result.kind, result.detail) == (FailureKind.BAD_RESPONSE, "the server hung up without an answer")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "kind", "detail"),
    [
        ("401 No", FailureKind.BLOCKED, "401 Unauthorized, the site wants a login"),
        ("403 <b>No</b>", FailureKind.BLOCKED, "403 Forbidden, the site does not let programs in"),
        ("404 Not Found", FailureKind.MISSING, "404 Not Found"),
        ("410 Gone", FailureKind.GONE, "410 Gone"),
        ("418 Teapot", FailureKind.STATUS, "418 I'm a Teapot"),
        (
            "451 Law",
            FailureKind.BLOCKED,
            "451 Unavailable For Legal Reasons, the site does not let programs in",
        ),
        ("500 Oh", FailureKind.SERVER, "500 Internal Server Error"),
        ("599 Oh", FailureKind.SERVER, "599"),
        ("204 No Content", FailureKind.STATUS, "204 No Content"),
        ("205 Reset Content", FailureKind.STATUS, "205 Reset Content"),
        ("206 Partial Content", FailureKind.STATUS, "206 Partial Content"),
        ("300 Multiple Choices", FailureKind.STATUS, "300 Multiple Choices"),
        ("301 Moved", FailureKind.STATUS, "301 Moved Permanently"),
        ("999 Denied", FailureKind.STATUS, "999"),
    ],
)
def test_a_status_is_a_typed_failure(serve, fetcher, status, kind, detail):
    server = serve(ok(b"some words", status=status))

    result = fetcher.get(server.url, now=NOW)

    assert isinstance(result, Failed)
    assert (result.kind, result.detail) == (kind, detail)
    assert result.status == int(status[:3])
    assert result.retry_after is None
    assert result.url == server.url


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Busy", "500 Oh"])
def test_a_busy_server_says_when_to_come_back(serve, fetcher, status):
    server = serve(ok(b"", "Retry-After: 3600", status=status))

    result = fetcher.get(server.url, now=NOW)

    assert isinstance(result, Failed)
    assert result.kind is (FailureKind.SERVER if status == "500 Oh" else FailureKind.BUSY)
    assert result.retry_after == pytest.approx(NOW + timedelta(hours=1), abs=timedelta(seconds=2))


@pytest.mark.parametrize(
    ("statuses", "permanent"),
    [(("301 A", "308 B"), True), (("301 A", "302 B"), False), (("307 A", "308 B"), False), (("303 A",), False)],
)
def test_a_chain_is_permanent_only_if_every_hop_is(serve, fetcher, statuses, permanent):
    def answer(_: socket.socket, head: bytes) -> bytes:
        step = int(head.split(b" ")[1][1:])
        return moved(f"/{step + 1}", statuses[step]) if step < len(statuses) else ok()

    server = serve(answer)

    result = fetcher.get(f"{server.url}/0", now=NOW)

    assert isinstance(result, Fetched)
    assert result.url == f"{server.url}/{len(statuses)}"
    assert result.moved_to == (result.url if permanent else None)


def test_a_304_behind_a_permanent_redirect_says_where_the_feed_is(serve, fetcher):
    server = serve(lambda _, head: moved("/new") if b" /old " in head else b"HTTP/1.1 304 Same\r\n\r\n")

    result = fetcher.get(f"{server.url}/old", validators=HELD, now=NOW)

    assert isinstance(result, NotModified)
    assert result.moved_to == f"{server.url}/new"
    assert server.header("if-none-match", 0) == server.header("if-none-match", 1) == HELD.etag


def test_five_redirects_are_followed_and_the_sixth_is_not(serve, fetcher):
    server = serve(lambda _, head: moved(f"/{step - 1}") if (step := int(head.split(b" ")[1][1:])) else ok())

    assert isinstance(fetcher.get(f"{server.url}/5", now=NOW), Fetched)
    result = fetcher.get(f"{server.url}/6", now=NOW)

    assert isinstance(result, Failed)
    assert (result.kind, result.detail) == (FailureKind.REDIRECTS, "more than 5 redirects")
    assert len(server.requests) == 12


def test_a_circle_of_redirects_ends_at_its_start(serve, fetcher):
    server = serve(lambda _, head: moved("/b" if b" /a " in head else "/a"))

    result = fetcher.get(f"{server.url}/a", now=NOW)

    assert isinstance(result, Failed)
    assert (result.kind, result.detail) == (FailureKind.REDIRECTS, "redirected in a circle")
    assert len(server.requests) == 2


def test_a_redirect_may_be_raw_utf8(serve, fetcher):
    server = serve(lambda _, head: moved("/caf\xc3\xa9") if b" /a " in head else ok())

    result = fetcher.get(f"{server.url}/a", now=NOW)

    assert isinstance(result, Fetched)
    assert result.url == f"{server.url}/caf%C3%A9"


@pytest.mark.parametrize(
    ("secret", "header", "value"),
    [
        ("neil:open sesame", "authorization", "Basic bmVpbDpvcGVuIHNlc2FtZQ=="),
        ("X-Key: Zürich", "x-key", "Z\xc3\xbcrich"),
    ],
)
def test_a_login_goes_to_its_own_origin_alone(serve, fetcher, secret, header, value):
    stranger = serve(ok())
    server = serve(lambda _, head: moved("/b") if b" /a " in head else moved(f"{stranger.url}/c"))

    result = fetcher.get(f"{server.url}/a", secret=secret, now=NOW)

    assert isinstance(result, Fetched)
    assert [server.header(header, 0), server.header(header, 1)] == [value, value]
    assert stranger.header(header) is None
    assert stranger.header("referer") is None


def test_a_login_that_left_home_does_not_come_back(serve, fetcher):
    home, stranger = serve(ok()), serve(ok())
    home.answer = lambda _, head: moved(f"{stranger.url}/b") if b" /a " in head else ok()
    stranger.answer = moved(f"{home.url}/admin")

    fetcher.get(f"{home.url}/a", secret="neil:sesame", now=NOW)

    assert home.header("authorization", 0) is not None
    assert home.header("authorization", 1) is None


@pytest.mark.parametrize("secret", ["sesame", "neil:ses\name", ""])
def test_a_secret_that_is_none_is_a_failure_that_does_not_tell_it(serve, fetcher, secret, caplog):
    server = serve(ok())

    result = fetcher.get(server.url, secret=secret, now=NOW)

    assert isinstance(result, Failed)
    assert "ses" not in result.detail
    assert not server.requests
    assert not caplog.records


def test_a_refused_login_is_not_told(serve, fetcher):
    server = serve(ok(b"", status="401 No"))

    result = fetcher.get(server.url, secret="neil:sesame", now=NOW)

    assert isinstance(result, Failed)
    assert result.detail == "401 Unauthorized, the login was not accepted"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (["Content-Encoding: gzip"], gzip.compress(b"<rss>" * 99, mtime=0)),
        (["Content-Encoding: X-GZIP"], gzip.compress(b"<rss>" * 98, mtime=0) + gzip.compress(b"<rss>", mtime=0)),
        (["Content-Encoding: deflate"], zlib.compress(b"<rss>" * 99)),
        (["Content-Encoding: deflate"], zlib.compress(b"<rss>" * 99, wbits=-15)),
        (["Content-Encoding: identity"], b"<rss>" * 99),
        ([], gzip.compress(b"<rss>" * 99, mtime=0)),
    ],
)
def test_what_was_compressed_comes_back_plain(serve, fetcher, headers, body):
    server = serve(ok(body, *headers))

    result = fetcher.get(server.url, now=NOW)

    assert isinstance(result, Fetched)
    assert result.body == b"<rss>" * 99


def test_a_chunked_body_is_put_together(serve, fetcher):
    server = serve(
        b"HTTP/1.1 200 OK\r\nConnection: Keep-Alive\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"5\r\n<rss>\r\n6;x=y\r\n</rss>\r\n0\r\nA: b\r\n\r\n"
    )

    results = [fetcher.get(server.url, now=NOW) for _ in range(2)]

    assert [result.body for result in results] == [b"<rss></rss>"] * 2
    assert server.connections == 1


def test_a_host_of_our_own_is_asked_sixteen_times_at_once_and_without_a_pause(serve, fetcher):
    server = serve(ok())

    results = [fetcher.get(f"{server.url}/{number}", now=NOW) for number in range(20)]

    assert sum(result.elapsed for result in results) < 2
    assert len(server.requests) == 20


def test_between_two_requests_to_a_host_lies_the_gap_redirects_included(serve):
    times = []

    def answer(_: socket.socket, head: bytes) -> bytes:
        times.append(time.monotonic())
        return moved("/b") if b" /a " in head else ok()

    server = serve(answer)
    settings = FetchSettings(allow=("127.0.0.0/8",), host_gap=timedelta(seconds=0.15))

    with Fetcher(settings, user_agent=AGENT) as slow:
        results = [slow.get(f"{server.url}/{path}", now=NOW) for path in ("a", "c")]

    assert len(times) == 3
    assert all(later - earlier >= 0.15 for earlier, later in pairwise(times))
    assert all(result.elapsed < 0.15 for result in results)


def test_a_user_agent_stays_one_header_whatever_the_contact_is():
    assert user_agent("0.10.2", None, 1) == "mediafeed/0.10 (1 sources)"
    assert (
        user_agent("0.1.0", "https://a.example/x (y);\r\nz", 2) == "mediafeed/0.1 (+https://a.example/xyz; 2 sources)"
    )


def test_a_file_is_asked_for_by_the_same_rules_and_never_beyond_its_own_size(fetcher, serve):
    server = serve(ok(b"x" * 2_000, 'ETag: "1"'))

    large = fetcher.file(server.url, accept="image/*", most_bytes=1_999, now=NOW)
    fitting = fetcher.file(server.url, accept="image/*", most_bytes=2_000, now=NOW)

    assert (large.kind, len(fitting.body)) == (FailureKind.TOO_LARGE, 2_000)
    assert server.header("Accept") == "image/*"
    assert server.header("User-Agent") == AGENT
    refused = fetcher.file("http://169.254.169.254/", accept="image/*", most_bytes=1, now=NOW)
    assert refused.kind is FailureKind.REFUSED
