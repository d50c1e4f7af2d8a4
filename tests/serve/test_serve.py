import gzip
import http.client
import threading
import time
from email.utils import formatdate

import pytest

from mediafeed.errors import UsageError
from mediafeed.serve.app import App
from mediafeed.serve.files import Files
from mediafeed.serve.server import Server

FEED = b"<rss>" + b"<item>Japan</item>" * 200 + b"</rss>"


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    root = tmp_path_factory.mktemp("feeds")
    (root / "feed.xml").write_bytes(FEED)
    (root / "index.html").write_bytes(b"<!doctype html><p>home</html>")
    (root / "people").mkdir()
    (root / "people" / "index.html").write_bytes(b"<!doctype html><p>people</html>")
    (root.parent / "secret.txt").write_bytes(b"secret")
    (root / "link.txt").symlink_to(root.parent / "secret.txt")
    return root


@pytest.fixture(scope="module")
def server(tree):
    server = Server(App(Files(tree)), "127.0.0.1", 0)
    server.start()
    yield server
    server.stop()
    assert threading.active_count() == 1 or not any(t.name == "serve" for t in threading.enumerate())


@pytest.fixture
def ask(server):
    host = server.address.removeprefix("http://")

    def ask(path, method="GET", **headers):
        connection = http.client.HTTPConnection(host, timeout=5)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, body

    return ask


def test_a_feed_is_answered_with_its_type_and_validators(ask):
    status, headers, body = ask("/feed.xml")

    assert status == 200
    assert body == FEED
    assert headers["content-type"] == "application/rss+xml; charset=utf-8"
    assert headers["etag"].startswith('"')
    assert headers["last-modified"].endswith("GMT")
    assert headers["access-control-allow-origin"] == "*"


def test_both_validators_give_304_without_a_body(ask):
    _, first, _ = ask("/feed.xml")

    by_etag = ask("/feed.xml", If_None_Match=first["etag"])
    by_date = ask("/feed.xml", If_Modified_Since=first["last-modified"])

    assert (by_etag[0], by_etag[2]) == (304, b"")
    assert by_etag[1]["etag"] == first["etag"]
    assert by_etag[1]["vary"] == "accept-encoding"
    assert by_date[0] == 304


def test_a_stale_validator_gives_the_whole(ask):
    assert ask("/feed.xml", If_None_Match='"old"', If_Modified_Since=formatdate(usegmt=True))[0] == 200


def test_gzip_is_another_representation_with_another_etag(ask):
    _, plain, _ = ask("/feed.xml")

    status, headers, body = ask("/feed.xml", Accept_Encoding="gzip")

    assert status == 200
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == FEED
    assert headers["etag"] != plain["etag"]


def test_gzip_that_is_refused_is_not_sent(ask):
    assert "content-encoding" not in ask("/feed.xml", Accept_Encoding="gzip;q=0, identity")[1]


def test_head_sends_the_length_and_no_body(ask):
    status, headers, body = ask("/feed.xml", "HEAD")

    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) == len(FEED)


@pytest.mark.parametrize(
    ("asked", "status", "expected"),
    [
        ("bytes=0-4", 206, b"<rss>"),
        ("bytes=-6", 206, b"</rss>"),
        ("bytes=999999-", 416, b""),
        ("bytes=4-1", 416, b""),
        ("bytes=0-1,3-4", 200, FEED),
        ("lines=1-2", 200, FEED),
    ],
)
def test_one_range_is_answered_and_anything_else_is_the_whole(ask, asked, status, expected):
    answer = ask("/feed.xml", Range=asked)

    assert (answer[0], answer[2]) == (status, expected)


def test_a_folder_is_its_index_and_without_its_slash_a_redirect(ask):
    assert ask("/people/")[2].startswith(b"<!doctype html><p>people")
    status, headers, _ = ask("/people")
    assert (status, headers["location"]) == (308, "/people/")


def test_a_page_allows_nothing_from_anywhere_else(ask):
    assert "default-src 'none'" in ask("/")[1]["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "/link.txt", "/people/../../secret.txt", "/nothing", "/.hidden", "//"],
)
def test_nothing_outside_the_tree_is_reached(ask, path):
    status, _, body = ask(path)

    assert status in {404, 308, 200}
    assert b"secret" not in body


def test_other_methods_are_refused(ask):
    status, headers, _ = ask("/feed.xml", "POST")

    assert (status, headers["allow"]) == (405, "GET, HEAD")


def test_health_is_answered(ask):
    assert ask("/healthz")[2] == b"ok\n"


def test_a_taken_port_is_said_in_one_line(server):
    port = int(server.address.rsplit(":", 1)[1])

    with pytest.raises(UsageError, match=f"port {port}"):
        Server(server._server.config.app, "127.0.0.1", port)


def test_an_answer_does_not_wait_for_its_headers_to_be_acknowledged(server):
    connection = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=5)
    began = time.perf_counter()
    for _ in range(20):
        connection.request("GET", "/feed.xml")
        connection.getresponse().read()
    took = time.perf_counter() - began
    connection.close()

    assert took < 20 * 0.03  # an acknowledgement is held back for 40 ms
