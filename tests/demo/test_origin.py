"""The demo's origin answers as a good host does."""

import http.client
import socket
import struct
from collections.abc import Iterator

import pytest

from mediafeed.demo.origin import HOST, Origin

FEED = "/libsyn/global-security-briefing/rss"
SOUND = "/audio/global-security-briefing/33.mp3"


@pytest.fixture(scope="module")
def origin() -> Iterator[Origin]:
    with Origin(port=0) as running:
        yield running


class Answer:
    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()


def ask(origin: Origin, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection(HOST, origin.port, timeout=5)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        return Answer(connection.getresponse())
    finally:
        connection.close()


def test_a_feed_is_given_whole_with_both_validators(origin):
    answer = ask(origin, FEED)

    assert answer.status == 200
    assert answer.headers["ETag"].startswith('"')
    assert answer.headers["Last-Modified"] == "Wed, 21 Jun 2023 12:00:00 GMT"
    assert answer.headers["Content-Type"].startswith("application/rss+xml")
    assert f"{origin.address}{SOUND}".encode() in answer.body


def test_either_validator_brings_a_304_without_a_body(origin):
    first = ask(origin, FEED)

    by_etag = ask(origin, FEED, If_None_Match=first.headers["ETag"])
    by_date = ask(origin, FEED, If_Modified_Since=first.headers["Last-Modified"])

    assert (by_etag.status, by_etag.body) == (304, b"")
    assert (by_date.status, by_date.body) == (304, b"")
    assert by_etag.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("held", ["W/{}", '"other", {}', "*"])
def test_an_etag_is_compared_weakly_and_in_a_list(origin, held):
    etag = ask(origin, FEED).headers["ETag"]

    assert ask(origin, FEED, If_None_Match=held.format(etag)).status == 304


def test_a_foreign_etag_silences_the_date(origin):
    answer = ask(origin, FEED, If_None_Match='"other"', If_Modified_Since="Wed, 21 Jun 2023 12:00:00 GMT")

    assert answer.status == 200


@pytest.mark.parametrize("said", ["soon", "", "Wed, 21 Jun 2020 12:00:00 GMT"])
def test_an_old_or_senseless_date_brings_the_whole(origin, said):
    assert ask(origin, FEED, If_Modified_Since=said).status == 200


def test_a_part_of_a_sound_is_that_part_of_the_whole(origin):
    whole = ask(origin, SOUND)
    part = ask(origin, SOUND, Range="bytes=17990-36009")

    assert len(whole.body) == int(whole.headers["Content-Length"]) == 5_760_000
    assert part.status == 206
    assert part.headers["Content-Range"] == "bytes 17990-36009/5760000"
    assert part.body == whole.body[17990:36010]


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("bytes=0-", 0, 5_760_000), ("bytes=-100", 5_759_900, 5_760_000), ("bytes=5759999-9999999", 5_759_999, 5_760_000)],
)
def test_ranges_are_clamped_to_the_sound(origin, asked, start, stop):
    answer = ask(origin, SOUND, Range=asked)

    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/5760000"
    assert len(answer.body) == stop - start


def test_a_range_behind_the_end_cannot_be_satisfied(origin):
    answer = ask(origin, SOUND, Range="bytes=5760000-")

    assert answer.status == 416
    assert answer.headers["Content-Range"] == "bytes */5760000"


@pytest.mark.parametrize("asked", ["bytes=9-1", "bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes=x-"])
def test_a_range_that_makes_no_sense_brings_the_whole(origin, asked):
    assert ask(origin, "/robots.txt", Range=asked).status == 200


def test_a_range_is_given_only_of_what_the_asker_holds(origin):
    etag = ask(origin, SOUND, "HEAD").headers["ETag"]

    same = ask(origin, SOUND, Range="bytes=0-9", If_Range=etag)
    other = ask(origin, SOUND, "HEAD", Range="bytes=0-9", If_Range='"other"')

    assert (same.status, other.status) == (206, 200)


def test_every_frame_of_a_sound_is_a_frame(origin):
    body = ask(origin, SOUND, Range="bytes=0-71999").body

    assert {body[at : at + 2] for at in range(0, len(body), 72)} == {b"\xff\xf3"}


def test_the_teaser_is_an_m4a(origin):
    answer = ask(origin, "/audio/geostrategy360/trailer.m4a")

    assert answer.headers["Content-Type"] == "audio/x-m4a"
    assert answer.body[4:8] == b"ftyp"


def test_an_enclosure_in_anchors_form_redirects_to_its_sound(origin):
    path = "/anchor/s/5c1d3e90/podcast/play/1/https%3A%2F%2Fmedia.anchor.example%2Fgeostrategy360-38.mp3"

    answer = ask(origin, path)

    assert answer.status == 302
    assert answer.headers["Location"] == f"{origin.address}/audio/geostrategy360/38.mp3"


def test_head_says_what_get_says_without_the_body(origin):
    got, headed = ask(origin, FEED), ask(origin, FEED, "HEAD")

    assert headed.body == b""
    assert headed.status == got.status
    assert headed.headers["Content-Length"] == got.headers["Content-Length"]
    assert headed.headers["ETag"] == got.headers["ETag"]


@pytest.mark.parametrize("path", ["/closed-archive/rss", "/", "/sources/audio.csv", "/../expected.py"])
def test_what_is_not_in_the_catalogue_is_not_there(origin, path):
    assert ask(origin, path).status == 404


def test_the_directory_answers_any_words(origin):
    answer = ask(origin, "/search?term=Geostrategy360+Council+on+Geostrategy&entity=podcast")

    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("application/json")


def test_covers_are_square_pictures(origin):
    answer = ask(origin, "/covers/long-wavelength.png")

    assert answer.headers["Content-Type"] == "image/png"
    assert answer.body[16:24] == (1400).to_bytes(4) * 2


def test_two_runs_on_one_port_give_the_same_bytes():
    with Origin(port=0) as first:
        port, before = first.port, ask(first, FEED)
    with Origin(port=port) as second:
        after = ask(second, FEED)

    assert (after.body, after.headers["ETag"]) == (before.body, before.headers["ETag"])


def test_a_taken_port_is_left_to_whoever_has_it():
    with socket.create_server((HOST, 0)) as other, Origin(port=other.getsockname()[1]) as origin:
        assert origin.port != other.getsockname()[1]
        assert ask(origin, "/robots.txt").status == 200


def test_after_stopping_nobody_answers_and_a_second_stop_is_harmless():
    origin = Origin(port=0).start()
    port = origin.port

    origin.stop()
    origin.stop()

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, port), timeout=1)


def test_starting_twice_keeps_the_address():
    with Origin(port=0) as origin:
        address = origin.address

        assert origin.start().address == address


def test_an_asker_who_hangs_up_leaves_no_noise(capfd):
    with Origin(port=0) as origin:
        with socket.create_connection((HOST, origin.port), timeout=5) as asker:
            asker.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: origin\r\n\r\n")
            asker.recv(10)
            # Closed without lingering, what is unread makes the kernel answer with a reset.
            asker.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        assert ask(origin, "/robots.txt").status == 200

    assert capfd.readouterr().err == ""
