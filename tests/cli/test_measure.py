"""`measure`: what it tells of one address, over real connections."""

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.parse.audio_files import chap, id3, mp3_frames, text, with_xing

WHOLE = id3(text(b"TIT2", "33"), chap("a", 0, 5_000, text(b"TIT2", "Deepening"))) + with_xing(mp3_frames(1_000), 1_000)


class _File(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        there = self.path == "/33.mp3" and found
        start, stop = (int(found[1]), min(int(found[2]) + 1, len(WHOLE))) if there and found else (0, 0)
        self.send_response(206 if there else 404)
        if there:
            self.send_header("Content-Range", f"bytes {start}-{stop - 1}/{len(WHOLE)}")
        self.send_header("Content-Length", str(stop - start))
        self.end_headers()
        self.wfile.write(WHOLE[start:stop])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _File)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_one_address_is_measured_as_json(ask, bare, address):
    said = ask("--config", bare, "measure", "--url", f"{address}/33.mp3", "--json")

    told = json.loads(said.out)
    assert said.code == 0
    assert (told["seconds"], told["tolerance"], told["format"]) == (26.122, 0.052, "mp3")
    assert (told["requests"], told["bytes"], told["reason"]) == (1, 6_144, None)
    assert told["chapters"] == [{"start": 0.0, "end": 5.0, "title": "Deepening", "href": None}]
    assert told["tags"] == {"title": "33"}


def test_one_address_is_measured_for_a_person(ask, bare, address):
    said = ask("--config", bare, "measure", "--url", f"{address}/33.mp3")

    assert said.lines == [
        "length     0:26 (26.122 s ± 0.052)",
        f"audio      mp3, audio/mpeg, 128 kbit/s, 2 ch, {len(WHOLE)} bytes",
        "title      33",
        "chapter    0:00 Deepening",
        "asked      1 request, 6144 bytes",
    ]


def test_what_is_not_known_has_a_reason(ask, bare, address):
    said = ask("--config", bare, "measure", "--url", f"{address}/34.mp3", "--json")

    told = json.loads(said.out)
    assert said.code == 1
    assert (told["seconds"], told["tolerance"], told["reason"]) == (None, None, "not there: 404 Not Found")


def test_no_configuration_is_needed_and_the_guard_stands(ask, tmp_path, monkeypatch, address):
    monkeypatch.chdir(tmp_path)

    said = ask("measure", "--url", f"{address}/33.mp3")

    assert said.code == 1
    assert said.lines[0] == "length     unknown: refused: 127.0.0.1 is not a public address (loopback)"


def test_a_configuration_that_is_named_must_be_there(ask, tmp_path, address):
    said = ask("--config", tmp_path / "none.toml", "measure", "--url", f"{address}/33.mp3")

    assert (said.code, said.out) == (2, "")


def test_an_episode_is_measured_by_hand_and_published(do, home, origin):
    said = do("measure", "rusi-global-security-briefing/trailer")

    assert said.code == 0
    assert said.lines[-1] == "1 measured: 1 as told, 0 otherwise, 0 of which nobody told; 0 unknown"
    assert said.lines[0].startswith("Trailer (")
    assert said.lines[0].endswith("): declared 1:21, measured 1:21: they agree")
    page = home / "feeds/episodes/rusi-global-security-briefing/trailer/index.html"
    assert "measured from the audio" in page.read_text()


def test_without_episodes_all_that_is_wanted_is_measured_once(do, home):
    config = home / "config.toml"
    config.write_text(config.read_text().replace('measure = "missing"', 'measure = "doubtful"'))

    said = do("measure", "--json")

    assert json.loads(said.out) == {"episodes": []}  # the demo asked them all
    assert said.code == 0
    assert do("measure").lines == [
        'nothing is wanted: [audio] measure = "doubtful" wants no audio that was not asked yet'
    ]


def test_never_wants_nothing(do, home):
    config = home / "config.toml"
    config.write_text(config.read_text().replace('measure = "missing"', 'measure = "never"'))

    assert do("measure").lines == ['nothing is wanted: [audio] measure = "never"']


def test_an_address_belongs_to_no_episode(do):
    said = do("measure", "--url", "http://127.0.0.1:9/33.mp3", "trailer")

    assert said.code == 2
    assert "no episode" in said.err


def test_an_episode_whose_audio_is_none_is_unknown_and_counted(do):
    said = do("measure", "salt-signal/7-bread-and-harbours", "--json")

    (told,) = json.loads(said.out)["episodes"]
    assert (said.code, told["fit"], told["reason"]) == (1, "unknown", "text, no audio")
