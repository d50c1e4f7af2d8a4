import gzip
import http.client
import threading
import time
from email.utils import formatdate
from functools import partial
from urllib.parse import urljoin

import pytest

from mediafeed.errors import UsageError
from mediafeed.model.published import Document
from mediafeed.publish.write import Writer
from mediafeed.serve.app import App
from mediafeed.serve.files import Files
from mediafeed.serve.health import health_routes
from mediafeed.serve.routes import Answer, Route
from mediafeed.serve.server import Server

FEED = b"<rss>" + b"<item>Japan</item>" * 200 + b"</rss>"


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    root = tmp_path_factory.mktemp("feeds")
    pages = {"index.html": b"<!doctype html><p>home</html>", "people/index.html": b"<!doctype html><p>people</html>"}
    Writer(root).write(
        [Document(path, "1", partial(bytes, body)) for path, body in {**pages, "feed.xml": FEED}.items()], {}
    )
    (root.parent / "secret.txt").write_bytes(b"secret")
    (root / "link.txt").symlink_to(root.parent / "secret.txt")
    return root


def echo(request):
    return Answer(body=f"{request.path} {request.query['q'][0]}".encode() * 200, media_type="text/html; charset=utf-8")


@pytest.fixture(scope="module")
def server(tree):
    routes = (*health_routes(lambda: "nothing is published yet"), Route(path="/search", handler=echo))
    server = Server(App(Files(tree, site="https://ours.example/podcasts"), routes, base="/podcasts"), "127.0.0.1", 0)
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
        ("bytes=4-1", 200, FEED),
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
    assert (status, headers["location"]) == (301, "people/")


def test_a_page_allows_nothing_from_anywhere_else(ask):
    assert "default-src 'none'" in ask("/")[1]["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "/link.txt", "/people/../../secret.txt", "/nothing", "/.hidden", "//"],
)
def test_nothing_outside_the_tree_is_reached(ask, path):
    status, _, body = ask(path)

    assert status in {404, 301, 200}
    assert b"secret" not in body


@pytest.mark.parametrize("path", ["/feed.xml", "/people", "/podcasts", "/podcasts/"])
def test_other_methods_are_refused_where_there_is_something(ask, path):
    status, headers, _ = ask(path, "POST")

    assert (status, headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_for_another_method_nothing_is_there_either_where_nothing_is(ask):
    assert ask("/nothing", "PUT")[0] == 404


@pytest.mark.parametrize(("path", "location"), [("/podcasts", "podcasts/"), ("/podcasts?x=1", "podcasts/")])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_base_path_without_its_slash_leads_to_the_first_page(ask, method, path, location):
    status, headers, body = ask(path, method)

    assert (status, headers["location"], body) == (301, location, b"")
    assert ask(urljoin(path, location))[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Accept_Encoding": "br"},
        {"Accept_Encoding": "gzip"},
        {"If_None_Match": "*"},
        {"If_None_Match": '"x"'},
        {"If_Match": '"x"'},
    ],
)
@pytest.mark.parametrize("path", ["/feed.xml", "/", "/people", "/nothing", "/healthz", "/search?q=x", "/podcasts"])
def test_a_head_is_told_what_a_get_is(ask, path, headers):
    got, head = ask(path, **headers), ask(path, "HEAD", **headers)

    assert head[2] == b""
    assert [(status, {**fields, "date": ""}) for status, fields, _ in (got, head)] == [
        (got[0], {**got[1], "date": ""})
    ] * 2


def test_validators_in_two_lines_are_one_list(server, ask):
    etag = ask("/feed.xml")[1]["etag"]
    for _ in range(2):  # the second time the file is held
        connection = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=5)
        connection.putrequest("GET", "/feed.xml", skip_accept_encoding=True)
        for tag in (etag, '"other"'):
            connection.putheader("If-None-Match", tag)
        connection.endheaders()
        assert connection.getresponse().status == 304
        connection.close()


def test_a_head_with_a_range_is_told_of_the_whole(ask):
    assert ask("/feed.xml", "HEAD", Range="bytes=0-4")[0] == 200


def test_health_is_answered_and_so_is_its_want(ask):
    assert ask("/healthz")[0] == 200
    assert (ask("/readyz")[0], ask("/readyz")[2]) == (503, b"not ready: nothing is published yet\n")


def test_a_page_of_another_site_may_ask_with_its_validators(ask):
    status, headers, _ = ask("/feed.xml", "OPTIONS", Origin="https://app.example")

    assert (status, headers["access-control-allow-origin"]) == (204, "*")
    assert "if-none-match" in headers["access-control-allow-headers"]


def test_a_part_of_what_changed_since_is_refused(ask):
    assert ask("/feed.xml", If_Match='"old"')[0] == 412


def test_a_range_is_one_of_the_form_that_is_sent(ask):
    _, whole, packed = ask("/feed.xml", Accept_Encoding="gzip")
    status, headers, part = ask("/feed.xml", Accept_Encoding="gzip", Range="bytes=4-9", If_Range=whole["etag"])

    assert (status, part, headers["content-encoding"]) == (206, packed[4:10], "gzip")
    assert headers["content-range"] == f"bytes 4-9/{len(packed)}"


def test_a_feed_says_where_it_is_at_home(ask):
    assert ask("/feed.xml")[1]["link"] == '<https://ours.example/podcasts/feed.xml>; rel="self"'


@pytest.mark.parametrize("path", ["/podcasts/feed.xml", "/feed.xml"])
def test_a_proxy_may_hand_on_the_whole_path_or_what_follows_the_base(ask, path):
    assert ask(path)[2] == FEED


def test_an_answer_that_is_made_has_its_headers_and_is_packed(ask):
    status, headers, body = ask("/podcasts/search?q=Japan", Accept_Encoding="gzip")

    assert (status, gzip.decompress(body)[:13]) == (200, b"/search Japan")
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert ask("/search?q=Japan")[2] == gzip.decompress(body)


def test_what_was_answered_is_counted(ask, server):
    app = server._server.config.app
    before = app.answered.copy()
    for path in ("/feed.xml", "/nothing", "/nothing"):
        ask(path)

    assert app.answered - before == {200: 1, 404: 2}


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
