"""Files that are made to hurt: each is known or not known, with a reason, within a second, 256 KiB and 100 MB."""

import random
import struct
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from mediafeed.model.audio import LONGEST, Measurement
from tests.parse.audio_files import (
    FRAME_SECONDS,
    FTYP,
    Asked,
    Holes,
    Whole,
    box,
    chap,
    chpl,
    clock,
    comments,
    ctoc,
    flac,
    frame,
    id3,
    measured,
    movie,
    mp3_frame,
    mp3_frames,
    ogg,
    ogg_pages,
    opus_head,
    picture,
    stream_info,
    stsd,
    text,
    track,
    vbr_frames,
    vorbis_head,
    wav,
    with_xing,
)

SOUND = with_xing(mp3_frames(200), 200)
SHORT = 200 * FRAME_SECONDS
NOISE = random.Random(33).randbytes(1_000_000)
MOVIE = movie(track(44_100, 441_000))


def nested(kind: bytes, depth: int) -> bytes:
    """Write boxes in boxes in boxes."""
    length, whole = 8 * depth, b""
    for level in range(depth):
        whole += struct.pack(">I", length - 8 * level) + kind
    return whole


def within_bounds(whole: Whole) -> tuple[Measurement, Asked]:
    """Measure, and hold the reading to its bounds."""
    tracemalloc.start()
    began = time.process_time()
    try:
        found, asked = measured(whole)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    spent = time.process_time() - began

    assert peak < 100_000_000
    assert asked.bytes <= 262_144
    assert len(asked.windows) <= 12
    # Memory is watched here, which makes everything several times slower; a worker may take a second for each reading.
    assert spent / (len(asked.windows) + len(asked.words)) < 1
    assert found.seconds is None or 0 < found.seconds <= LONGEST
    assert found.seconds is not None or found.reason
    return found, asked


Makes = Callable[[], Whole]
UNKNOWN: dict[str, tuple[Makes, str]] = {
    "A1 nothing": (lambda: b"", "empty"),
    "A2 ID3 and no more": (lambda: b"ID3", "neither a known header nor MPEG frames"),
    "A3 half a frame": (lambda: mp3_frame()[:200], "neither a known header nor MPEG frames"),
    "A4 a page": (lambda: b"\r\n<!DOCTYPE html><title>33</title>" * 900, "text, no audio"),
    "A4 an error in JSON": (lambda: b'{"error": "gone"}', "text, no audio"),
    "A5 noise": (lambda: NOISE, "neither a known header nor MPEG frames"),
    "A5 noise behind a tag": (lambda: id3(padding=30) + NOISE, "neither a known header nor MPEG frames"),
    "A6 zeros": (lambda: Holes(20_000_000), "neither a known header nor MPEG frames"),
    "A7 soup of syncs": (lambda: b"\xff\xfb\x90\x64" * 250_000, "neither a known header nor MPEG frames"),
    "A7 soup of FF": (lambda: b"\xff" * 1_000_000, "neither a known header nor MPEG frames"),
    "A7 soup of AAC": (lambda: b"\xff\xf1\x50\x80\x01\x1f\xfc" * 150_000, "neither a known header nor MPEG frames"),
    "A15 moov in moov": (lambda: FTYP + nested(b"moov", 20_000), "no track of sound in it"),
    "A15 trak in trak": (lambda: FTYP + box(b"moov", nested(b"trak", 20_000)), "no track of sound in it"),
    "A16 a box of seven bytes": (lambda: FTYP + box(b"moov", MOVIE, size=7) + bytes(9_000), "no moov box"),
    "A16 a box of 2^63": (lambda: FTYP + b"\0\0\0\1mdat\x80\0\0\0\0\0\0\0" + MOVIE, "no moov box"),
    "A16 a box of nothing": (lambda: FTYP + b"\0\0\0\1mdat" + bytes(8) + MOVIE, "no moov box"),
    "A16 a box without end": (lambda: FTYP + box(b"mdat", MOVIE, size=0), "no moov box"),
    "A16 an inner box without end": (lambda: FTYP + box(b"moov", box(b"trak", b"", size=0)), "no track of sound"),
    "A20 no sample rate": (lambda: flac(stream_info(0, 441_000)), "its header cannot be read"),
    "A20 no sample rate in Ogg": (lambda: ogg(vorbis_head(rate=0), b"", 441_000), "its first page cannot be read"),
    "A20 no bytes a second": (lambda: wav(3, rate=0, there=9_000), "its header tells of no sound"),
    "A21 no time scale": (lambda: FTYP + movie(track(0, 441_000), scale=0, length=9), "its boxes do not say"),
    "A22 soup of pages": (lambda: b"OggS\0" * 60_000, "no stream of sound that is known"),
    "A22 pages of another stream": (
        lambda: ogg_pages(7, 0, vorbis_head(), first=True) + b"OggS\0\0\0" * 60_000, "its last page is not there"),
    "too long for any episode": (
        lambda: FTYP + movie(track(1, LONGEST + 1)) + box(b"mdat", b"x"), "its header tells of 604801 s"),
    "no samples": (lambda: flac(stream_info(44_100, 0)), "does not say how many samples"),
    "another container": (lambda: b"\x1a\x45\xdf\xa3" + bytes(9_000), "Matroska or WebM is not read"),
}  # fmt: skip


@pytest.mark.parametrize(("makes", "reason"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_not_known_has_a_reason(makes, reason):
    found, _ = within_bounds(makes())

    assert found.seconds is None
    assert reason in found.reason


KNOWN: dict[str, tuple[Makes, float]] = {
    "A3 a last frame cut off": (lambda: SOUND[:-200], SHORT),
    "A8 a tag of 256 MB that is not there": (lambda: id3(text(b"TIT2", "33"), size=(1 << 28) - 1) + SOUND, SHORT),
    "A9 a frame larger than its tag": (lambda: id3(frame(b"TIT2", b"\0x", size=1 << 30), padding=50) + SOUND, SHORT),
    "A9 a chapter larger than its tag": (lambda: id3(frame(b"CHAP", b"a\0", size=1 << 30), padding=50) + SOUND, SHORT),
    "A11 a compressed frame": (
        lambda: id3(frame(b"TXXX", b"\0\0\0\x09" + zlib.compress(bytes(20_000_000)), flags=0x80)) + SOUND, SHORT),
    "A11 a compressed chapter": (
        lambda: id3(frame(b"CHAP", b"\0\0\0\x09" + zlib.compress(bytes(20_000_000)), flags=0x80)) + SOUND, SHORT),
    "A12 200,000 frames": (lambda: id3(frame(b"TXXX", b"") * 200_000) + SOUND, SHORT),
    "A14 chapters in chapters": (lambda: id3(deep(400)) + SOUND, SHORT),
    "A16 a box of 64 bits": (
        lambda: FTYP + b"\0\0\0\1mdat" + (1_000_016).to_bytes(8, "big") + bytes(1_000_000) + MOVIE, 10),
    "A16 a description without end": (
        lambda: FTYP + movie(track(44_100, 441_000, tables=(bytes(4) + stsd()[4:],))), 10),
    "A16 a last box without end": (lambda: FTYP + MOVIE + box(b"mdat", bytes(9_000), size=0), 10),
    "A18 more frames than a week": (lambda: with_xing(mp3_frames(200), (1 << 32) - 1), SHORT),
    "A21 the movie's clock instead": (lambda: FTYP + movie(track(0, 441_000), length=10_000), 10),
    "A22 garbage behind the last page": (
        lambda: ogg(opus_head(), b"OpusTags" + comments(), 480_312) + b"OggS" + bytes(3_000), 10),
    "A23 an MP4": (lambda: FTYP + MOVIE, 10),
}  # fmt: skip


def deep(depth: int) -> bytes:
    """Write a chapter in a chapter in a chapter."""
    inner = text(b"TIT2", "deepest")
    for level in range(depth):
        inner = chap(f"c{level}", 0, 9, inner)
    return inner


@pytest.mark.parametrize(("makes", "seconds"), KNOWN.values(), ids=KNOWN)
def test_what_is_known_is_known_all_the_same(makes, seconds):
    found, _ = within_bounds(makes())

    assert found.seconds == pytest.approx(seconds, rel=0.02)


def test_a10_a_picture_of_255_mb_is_passed():
    size = 255_000_000
    tag = id3(frame(b"APIC", b"", size=size - 20), size=size)
    whole = Holes(size + 10 + len(SOUND), **{"at0": tag, f"at{size + 10}": SOUND})

    found, asked = within_bounds(whole)

    assert found.seconds == pytest.approx(SHORT)
    assert len(asked.windows) == 2


def test_a17_moov_at_the_end_of_60_mb_is_found():
    sound = 60_000_000
    head = FTYP + struct.pack(">I", sound) + b"mdat"
    whole = Holes(len(FTYP) + sound + len(MOVIE), **{"at0": head, f"at{len(FTYP) + sound}": MOVIE})

    found, asked = within_bounds(whole)

    assert found.seconds == 10
    assert (len(asked.windows), asked.bytes) <= (2, 16_384)


def test_a13_of_100_000_chapters_a_thousand_are_kept():
    chapters = b"".join(chap(str(place), place, place + 1) for place in range(100_000))

    found, asked = within_bounds(id3(chapters) + SOUND)

    assert found.seconds == pytest.approx(SHORT)
    assert len(found.chapters) == 1_000
    assert "more chapters than the 1000 that are kept" in found.reason
    assert sum(length for _, length in asked.words) <= 1_048_576


@pytest.mark.parametrize(
    "whole",
    [
        FTYP + movie(track(44_100, 441_000), box(b"udta", chpl(*((place / 9, "x") for place in range(100_000))))),
        ogg(
            vorbis_head(),
            b"\x03vorbis" + comments(*(f"CHAPTER{n:03}=00:00:09.000".encode() for n in range(9_999))),
            441_000,
        ),
    ],
    ids=["Nero", "Vorbis"],
)
def test_a13_chapters_are_counted_in_every_format(whole):
    found, _ = within_bounds(whole)

    assert found.seconds == 10
    assert len(found.chapters) <= 1_000


def test_a14_a_chapter_in_a_chapter_is_not_looked_at():
    inside = chap("inner", 1_000, 2_000, text(b"TIT2", "Inner"))

    found, _ = within_bounds(id3(chap("outer", 0, 3_000, inside, text(b"TIT2", "Outer"))) + SOUND)

    assert [chapter.title for chapter in found.chapters] == ["Outer"]


def test_a19_a_bitrate_that_varies_says_how_well_it_is_known():
    found, _ = within_bounds(vbr_frames(40_000))

    assert found.seconds == pytest.approx(40_000 * FRAME_SECONDS, abs=found.tolerance)


def test_a18_of_a_header_that_does_not_fit_its_file_the_frames_are_counted():
    found, _ = within_bounds(with_xing(mp3_frames(200), 2_000_000))

    assert found.seconds == pytest.approx(200 * FRAME_SECONDS, abs=0.052)
    assert "which does not fit its bytes" in found.reason


def test_a25_a_clock_without_sound_is_doubted():
    found, _ = within_bounds(FTYP + movie(track(1, 600_000)) + box(b"mdat", bytes(2_000)))

    assert found.tolerance == found.seconds == 600_000
    assert "bytes are few for 600000 s" in found.reason


def test_half_of_any_file_never_raises():
    wholes = [id3(picture(3_000), ctoc("a"), chap("a", 0, 9)) + SOUND, FTYP + MOVIE, flac(stream_info(44_100, 9)),
              wav(1), ogg(vorbis_head(), b"\x03vorbis" + comments(b"TITLE=33"), 441_000)]  # fmt: skip

    for whole in wholes:
        for length in range(0, min(len(whole), 6_000), 37):
            found, _ = measured(whole[:length])
            assert found.seconds is None or 0 < found.seconds <= LONGEST


def test_no_changed_byte_raises():
    chosen = random.Random(34)
    wholes = [id3(text(b"TIT2", "33"), ctoc("a"), chap("a", 0, 9, text(b"TIT2", "A"))) + SOUND,
              FTYP + movie(track(44_100, 441_000, edit=9_000), box(b"udta", chpl((0, "A")))),
              ogg(opus_head(), b"OpusTags" + comments(b"TITLE=33"), 480_000, sound=9_000),
              flac(stream_info(44_100, 441_000), (4, comments(b"TITLE=33")), sound=b"\x33" * 900)]  # fmt: skip

    for whole in wholes:
        for _ in range(300):
            changed = bytearray(whole)
            for _ in range(3):
                changed[chosen.randrange(min(len(changed), 800))] = chosen.choice((0, 1, 127, 128, 255))
            found, asked = measured(bytes(changed))
            assert found.seconds is not None or found.reason
            assert asked.bytes <= 262_144


def test_a_clock_has_no_effect_on_another_box():
    found, _ = within_bounds(FTYP + box(b"moov", clock(b"mvhd", 0, 0)))

    assert found.seconds is None
