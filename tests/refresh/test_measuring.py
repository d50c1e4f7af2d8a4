"""One measurement from the first request to the last, against servers as they are."""

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from mediafeed.model.audio import Measurement, Window
from mediafeed.model.episode import Duration, DurationOrigin
from mediafeed.model.source import Failed, FailureKind
from mediafeed.parse.audio.reading import Wanted, read_audio
from mediafeed.parse.audio.windows import Windows
from mediafeed.refresh import measuring
from mediafeed.refresh.bounds import bounded
from mediafeed.refresh.measuring import MOST_BYTES, MOST_CHAPTER_BYTES, MOST_REQUESTS, Measuring
from mediafeed.refresh.workers import Workers
from tests.parse.audio_files import (
    FRAME_SECONDS,
    FTYP,
    Whole,
    adts_frames,
    box,
    chap,
    comments,
    flac,
    id3,
    movie,
    mp3_frames,
    ogg,
    picture,
    stream_info,
    text,
    track,
    vbr_frames,
    vorbis_head,
    with_xing,
)

NOW = datetime(2022, 9, 21, 12, 0, tzinfo=UTC)
SOUND = with_xing(mp3_frames(1_000), 1_000)
LONG: Any = pytest.approx(1_000 * FRAME_SECONDS)
URL = "https://tracker.example/media.example/33.mp3"


class Server:
    """Answers as a server with Range would; `wholes` are what it has, one after the other."""

    def __init__(self, *wholes: Whole, ranged: bool = True, size: int | None = None, known: bool = True) -> None:
        self.wholes = list(wholes)
        self.asked: list[tuple[str, int, int]] = []
        self.failures: dict[int, Failed] = {}
        self.elapsed = 0.1
        self._ranged = ranged
        self._size = size
        self._known = known

    def window(self, url: str, start: int, length: int, *, now: datetime) -> Window | Failed:
        self.asked.append((url, start, length))
        if failed := self.failures.get(len(self.asked)):
            return failed
        whole = self.wholes[min(len(self.asked), len(self.wholes)) - 1]
        stop = start + length if self._ranged else 65_536
        size = (self._size or len(whole)) if self._known else None
        return Window(
            url="https://media.example/33.mp3",
            start=start,
            body=whole[start:stop],
            size=size,
            ranged=self._ranged,
            etag='"7"',
            content_type="audio/mpeg",
            at=now,
            elapsed=self.elapsed,
        )


class InThisProcess:
    """Reads here and now: a worker takes a second to start."""

    def run(self, function, *args):
        assert function is measuring.read_in_bounds
        return read_audio(*args)


def measured(server: Server, url: str = URL, said: Sequence[Duration] = ()) -> Measurement:
    return Measuring(server, InThisProcess()).measure(url, now=NOW, said=said)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    made = Workers(count=1, deadline=60)  # bounds of processor and memory must end a reading long before
    yield made
    made.close()


def test_a_header_is_found_by_one_request():
    server = Server(SOUND)

    found = measured(server)

    assert (found.seconds, found.requests, found.bytes, found.size) == (LONG, 1, 6_144, len(SOUND))
    assert (found.url, found.etag, found.reason) == ("https://media.example/33.mp3", '"7"', "")


def test_who_counts_listeners_is_asked_once():
    server = Server(id3(padding=100_000) + SOUND)

    measured(server)

    assert [url for url, *_ in server.asked] == [URL, "https://media.example/33.mp3"]


def test_a_worker_reads_and_comes_back(workers):
    server = Server(FTYP + movie(track(44_100, 441_000)))

    assert Measuring(server, workers).measure(URL, now=NOW).seconds == 10


def test_a24_of_a_server_that_ignores_range_the_beginning_is_used():
    server = Server(id3(padding=30_000) + SOUND, ranged=False)

    found = measured(server)

    assert (found.seconds, found.requests, found.bytes) == (LONG, 1, 65_536)


def test_a24_what_is_not_in_the_beginning_is_not_known_then():
    server = Server(id3(padding=100_000) + SOUND, ranged=False)

    found = measured(server)

    assert (found.seconds, found.requests) == (None, 1)
    assert found.reason == "the server sends no parts of a file"


def test_a24_one_bitrate_in_a_long_beginning_makes_a_guess():
    server = Server(mp3_frames(20_000), ranged=False)

    found = measured(server)

    assert found.seconds == pytest.approx(20_000 * FRAME_SECONDS, abs=0.06)
    assert found.tolerance == pytest.approx(0.04 * 20_000 * FRAME_SECONDS, abs=0.01)
    assert (found.requests, found.bytes) == (1, 65_536)
    assert found.reason == "no header: by the one bitrate of its beginning; the server sends no parts of a file"


@pytest.mark.parametrize(
    ("whole", "kind"),
    [
        (mp3_frames(20_000), ("mp3", "audio/mpeg")),
        (vbr_frames(20_000), ("mp3", "audio/mpeg")),
        (adts_frames(20_000), ("aac", "audio/aac")),
        (ogg(vorbis_head(), b"\x03vorbis" + comments(), 441_000), ("ogg vorbis", "audio/ogg")),
        (FTYP + box(b"mdat", bytes(200_000)) + movie(track(44_100, 441_000)), ("mp4", "audio/mp4")),
        (flac(stream_info(44_100, 0)) + bytes(70_000), ("flac", "audio/flac")),
    ],
    ids=["mp3", "mp3 that varies", "aac", "ogg", "m4a", "flac"],
)
@pytest.mark.parametrize("known", [True, False])
def test_a24_what_a_file_is_stands_in_its_beginning_though_its_length_does_not(whole, kind, known):
    found = measured(Server(whole, ranged=False, known=known))

    assert (found.format, found.media_type) == kind
    assert found.seconds is None or found.tolerance > 1
    assert found.reason


def test_a24_a_short_file_of_which_nobody_says_the_size_has_come_whole():
    found = measured(Server(mp3_frames(100), ranged=False, known=False))

    assert found.seconds == pytest.approx(100 * FRAME_SECONDS)
    assert found.requests == 1


@pytest.mark.parametrize(
    "whole",
    [vbr_frames(20_000), id3(padding=40_000) + mp3_frames(20_000), adts_frames(20_000)],
    ids=["varying", "late", "aac"],
)
def test_a24_a_beginning_that_varies_or_is_short_tells_no_length(whole):
    found = measured(Server(whole, ranged=False))

    assert (found.seconds, found.bytes) == (None, 65_536)
    assert found.reason == "the server sends no parts of a file"


def test_samples_that_no_request_is_left_for_are_done_without():
    # Garbage in front takes two requests more to find the first frame.
    server = Server(id3(padding=20_000) + bytes(30_000) + b"\xff\xe3" * 9 + vbr_frames(60_000))

    found = measured(server)

    assert found.requests == 12
    assert found.seconds == pytest.approx(60_000 * FRAME_SECONDS, abs=found.tolerance)
    assert "samples of its frames" in found.reason


def test_a_server_that_fails_is_a_reason():
    server = Server(id3(padding=100_000) + SOUND)
    server.failures[2] = Failed(kind=FailureKind.BUSY, detail="429 Too Many Requests", at=NOW, status=429)

    found = measured(server)

    assert (found.seconds, found.requests) == (None, 2)
    assert found.reason == "asked to wait: 429 Too Many Requests"


@pytest.mark.parametrize("kind", [FailureKind.REFUSED, FailureKind.BUSY])
def test_an_address_that_is_not_asked_costs_no_request(kind):
    server = Server(SOUND)
    server.failures[1] = Failed(kind=kind, detail="no public address, or it wants no request yet", at=NOW)

    assert measured(server).requests == 0


def test_the_length_stands_though_the_chapters_do_not_come():
    server = Server(id3(picture(100_000), chap("a", 0, 9, text(b"TIT2", "One")), picture(60_000)) + SOUND)
    server.failures[3] = Failed(kind=FailureKind.SERVER, detail="500 Internal Server Error", at=NOW)

    found = measured(server)

    assert (found.seconds, found.chapters) == (LONG, ())
    assert found.reason == "server error: 500 Internal Server Error"


def test_a_length_never_costs_more_than_its_budget():
    server = Server(id3(padding=50_000) + vbr_frames(60_000))

    found = measured(server)

    assert found.seconds is not None
    assert found.requests <= MOST_REQUESTS
    assert found.bytes <= MOST_BYTES


def test_chapters_never_cost_more_than_their_budget_and_a_part_of_them_is_none():
    chapters = [chap(f"c{place}", place * 1_000, place * 1_000 + 1_000, text(b"TIT2", f"Part {place}"), picture(60_000))
                for place in range(60)]  # fmt: skip
    server = Server(id3(*chapters) + SOUND)

    found = measured(server)

    assert found.seconds == LONG
    assert found.bytes <= MOST_BYTES + MOST_CHAPTER_BYTES
    assert found.chapters == ()  # the first of them would pass for all
    assert found.reason.startswith("not known whole")
    assert found.reason.endswith("its chapters are left out")


def test_a26_a_file_that_changes_meanwhile_is_known_less_well():
    tag = id3(padding=100_000)
    server = Server(tag + SOUND, tag + with_xing(mp3_frames(1_100), 1_100))

    found = measured(server)

    assert found.seconds == pytest.approx(1_100 * FRAME_SECONDS)
    assert found.tolerance == pytest.approx(1_100 * FRAME_SECONDS * 0.075, rel=0.1)
    assert "the file changed while it was measured, from 518386 to" in found.reason


def test_a_file_of_unknown_size_is_known_by_its_header():
    assert measured(Server(SOUND, known=False)).seconds == LONG


def test_a_file_of_unknown_size_without_a_header_is_not_known():
    found = measured(Server(mp3_frames(1_000), known=False))

    assert (found.seconds, found.reason) == (None, "neither a header nor the file's size says how long it is")


def test_a_small_file_of_unknown_size_ends_where_the_bytes_do():
    assert measured(Server(mp3_frames(5), known=False)).seconds == pytest.approx(5 * FRAME_SECONDS)


def test_a25_a_size_that_is_a_lie_is_found_out():
    found = measured(Server(mp3_frames(1_000), size=60_000_000))

    assert (found.seconds, found.requests) == (None, 2)
    assert found.reason == "the server does not send what it says is there"


def test_audio_that_is_not_as_long_as_said_is_looked_at_more_closely():
    parts = mp3_frames(2_000) + mp3_frames(8_000, 1) + mp3_frames(10_000)  # in step, and of another bitrate between
    true, wrong = (Duration(seconds, DurationOrigin.DECLARED) for seconds in (522, 366))

    alone, agreed, doubted = (measured(Server(parts), said=said) for said in ((), (wrong,), (true,)))

    assert (alone.requests, agreed.requests, doubted.requests <= MOST_REQUESTS) == (2, 2, True)
    assert (round(alone.seconds or 0), alone.tolerance < 0.1) == (366, True)
    assert doubted.seconds == pytest.approx(522, abs=doubted.tolerance)
    assert doubted.reason.startswith("no header: estimated from")


def test_what_is_said_otherwise_of_a_header_costs_nothing_more():
    assert measured(Server(SOUND), said=(Duration(9, DurationOrigin.STATED),)).requests == 1


def test_patience_ends():
    server = Server(id3(padding=100_000) + SOUND)
    server.elapsed = 61

    assert measured(server).requests == 1


def spins(_: Windows) -> Measurement:
    while True:
        pass


def hoards(_: Windows) -> Measurement:
    return Measurement(size=len(bytearray(110 * 1024 * 1024)))


@pytest.mark.parametrize("reads", [spins, hoards])
def test_a_reading_that_costs_too_much_is_ended_and_the_next_is_done(workers, reads):
    house = Measuring(Server(SOUND), Bounded(workers, reads))  # type: ignore[arg-type]
    began = time.monotonic()

    found = house.measure(URL, now=NOW)

    assert found.seconds is None
    assert found.reason.startswith("cannot be read: reading took too much")
    assert time.monotonic() - began < 30
    assert Measuring(Server(SOUND), workers).measure(URL, now=NOW).seconds == LONG


class Bounded:
    """Workers that read by another reader, in the same bounds."""

    def __init__(self, workers: Workers, reads) -> None:
        self._workers = workers
        self._reads = reads

    def run(self, _, windows: Windows) -> Measurement | Wanted:
        return self._workers.run(in_bounds, self._reads, windows)


def in_bounds(reads, windows: Windows) -> Measurement:
    with bounded(cpu=measuring.CPU, memory=measuring.MEMORY):
        outcome: Measurement = reads(windows)
    return outcome
