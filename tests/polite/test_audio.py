"""P37: what an enclosure is asked, at the wire, with the whole daemon."""

import re
from pathlib import Path

import pytest

from mediafeed.daemon import Daemon
from mediafeed.model.settings import Measure
from mediafeed.model.source import Source
from tests.parse.audio_files import chap, ctoc, id3, mp3_frames, picture, text, vbr_frames, with_xing
from tests.refresh.origin import Clock, Origin, assembled_at, config, feed, item

CHAPTERS = (
    ctoc("toc", "a", "b"),
    chap("a", 0, 5_000, text(b"TIT2", "Welcome")),
    chap("b", 5_000, 26_000, text(b"TIT2", "Deepening")),
)
FILES = {
    "plain": with_xing(mp3_frames(1_000), 1_000),
    "chapters": id3(*CHAPTERS) + with_xing(mp3_frames(1_000), 1_000),
    "a picture of 3 MB and chapters": id3(picture(3_000_000), *CHAPTERS) + with_xing(mp3_frames(1_000), 1_000),
    "variable, and nothing says how long": vbr_frames(20_000),
    "no audio": b"<html>" + bytes(500_000),
}


@pytest.mark.parametrize("name", FILES)
def test_audio_is_asked_little_once_and_never_while_the_feed_is_unchanged(
    tmp_path: Path, origin: Origin, clock: Clock, name: str
):
    origin.serve_parts("/1.mp3", FILES[name])
    origin.serve_politely("/a", feed(item(1, audio=origin.url + "/1.mp3")), '"1"')
    settings = config(tmp_path, origin, Source(id="a", url=origin.url + "/a"), measure=Measure.ALL)
    with assembled_at(clock, settings) as house:
        daemon = Daemon(house.mediafeed, steady=lambda: clock().timestamp())
        for _ in range(40):
            daemon.tick()
            daemon.wait()
            daemon.publish()
            daemon.ask_for_files()
            clock.move(minutes=1)
        daemon.stop()

    asked = [request for request in origin._server.requests if b" /1.mp3" in request.split(b"\r\n")[0]]
    ranges = [re.search(rb"Range: bytes=(-?\d+)(?:-(\d+))?", request) for request in asked]
    wanted = [int(one[2]) - int(one[1]) + 1 if one[2] else -int(one[1]) for one in ranges if one]
    polls = origin.asked("/a")
    assert 1 <= len(asked) <= 12
    assert all(request.startswith(b"GET ") for request in asked)
    assert len(wanted) == len(asked)
    assert sum(wanted) <= (256 + 1024) * 1024
    assert len(polls) >= 30
    # It was asked after the first poll, and by none of the later ones.
    last = max(n for n, request in enumerate(origin._server.requests) if b" /1.mp3" in request.split(b"\r\n")[0])
    assert sum(b" /a " in request.split(b"\r\n")[0] for request in origin._server.requests[:last]) <= 2


def test_of_a_server_that_sends_all_the_first_answer_is_left_and_nothing_more_is_asked(
    tmp_path: Path, origin: Origin, clock: Clock
):
    origin.serve("/1.mp3", bytes(8_000_000))
    origin.serve_politely("/a", feed(item(1, audio=origin.url + "/1.mp3")), '"1"')
    settings = config(tmp_path, origin, Source(id="a", url=origin.url + "/a"), measure=Measure.ALL)
    with assembled_at(clock, settings) as house:
        daemon = Daemon(house.mediafeed, steady=lambda: clock().timestamp())
        for _ in range(10):
            daemon.tick()
            daemon.wait()
            daemon.publish()
            daemon.ask_for_files()
            clock.move(minutes=1)
        daemon.stop()

    assert len(origin.asked("/1.mp3")) == 1
