"""What an encoder puts around the sound is not heard: whoever says how much of it there is is believed."""

import struct

import pytest

from tests.parse.audio.test_mp4_fragments import fragmented
from tests.parse.audio_files import (
    FRAME_SECONDS,
    FTYP,
    box,
    frame,
    full,
    id3,
    measured,
    movie,
    mp3_frames,
    names,
    track,
    vbr_frames,
    vbri,
    with_xing,
)

TABLES = box(b"mdat", bytes(60_000))
PADDED = 1_000 * FRAME_SECONDS
SAMPLES = 1_000 * 1_152
SOUND = mp3_frames(1_000)


def told_of(before: int, behind: int, samples: int) -> str:
    return f" 00000000 {before:08X} {behind:08X} {samples:016X}" + " 00000000" * 8


def comment(words: str, *, name: str = "iTunSMPB", version: int = 3) -> bytes:
    body = b"\0eng" + name.encode() + b"\0" + words.encode()
    return frame(b"COM" if version == 2 else b"COMM", body, version=version)


def freely_named(words: str, name: str = "iTunSMPB") -> bytes:
    """Write an item of iTunes' list that has a name of its own."""
    said = box(b"data", struct.pack(">II", 1, 0), words.encode())
    return box(b"----", full(b"mean", b"com.apple.iTunes"), full(b"name", name.encode()), said)


def listed(*items: bytes) -> bytes:
    return box(b"udta", full(b"meta", full(b"hdlr", bytes(4), b"mdir", bytes(13)), box(b"ilst", *items)))


@pytest.mark.parametrize("version", [2, 3, 4])
def test_a_comment_of_itunes_tells_what_of_an_mp3_is_sound(version):
    tag = id3(comment(told_of(528, 1_000, SAMPLES - 1_528), version=version), version=version)

    found, _ = measured(tag + vbri(1_000, len(SOUND) + 417) + SOUND)

    assert found.seconds == pytest.approx((SAMPLES - 1_528) / 44_100, abs=0.0005)
    assert found.tolerance == 0.001


def test_counted_by_its_bitrate_it_is_known_to_a_frame():
    samples = 20_000 * 1_152

    found, _ = measured(id3(comment(told_of(528, 1_000, samples - 1_528))) + mp3_frames(20_000))

    assert found.seconds == pytest.approx((samples - 1_528) / 44_100, abs=found.tolerance)
    assert found.tolerance == 0.03


@pytest.mark.parametrize("art", [0, 3_000, 100_000])
def test_a_name_in_an_m4a_tells_it_too_wherever_it_stands(art):
    items = (box(b"covr", bytes(art)), freely_named("1.2", "encoder"), freely_named(told_of(2_048, 344, 441_000)))
    whole = FTYP + movie(track(44_100, 443_392), listed(*items)) + TABLES

    found, asked = measured(whole)

    assert found.seconds == pytest.approx(10, abs=0.0005)
    assert found.tolerance == 0.001
    assert (len(asked.windows + asked.words), asked.bytes) <= (4, 20_000)


def test_where_an_edit_list_says_it_names_are_worth_no_question():
    items = (box(b"covr", bytes(100_000)), freely_named(told_of(2_048, 344, 441_000)))
    found, asked = measured(FTYP + movie(track(44_100, 443_392, edit=10_000), listed(*items)) + TABLES)

    assert found.seconds == 10
    assert sum(length for _, length in asked.words) <= 4_096


@pytest.mark.parametrize(
    "words",
    [
        told_of(2_048, 344, 1),  # of another file
        told_of(0, 0, 441_000),
        told_of(1 << 31, 344, 441_000),
        told_of(2_048, 344, 0),
        "00000000 00000800",
        " 00000000 0000080G 00000158 000000000006BAA8",
        "",
    ],
)
def test_what_cannot_be_is_not_believed(words):
    found, _ = measured(FTYP + movie(track(44_100, 443_392), listed(freely_named(words))) + TABLES)

    assert found.seconds == pytest.approx(443_392 / 44_100)
    assert found.tolerance == pytest.approx(3.1 * 1_024 / 44_100)


def test_another_comment_of_the_same_words_says_nothing():
    tag = id3(comment(told_of(528, 1_000, SAMPLES - 1_528), name="description"))

    assert measured(tag + vbri(1_000, len(SOUND) + 417) + SOUND)[0].seconds == pytest.approx(PADDED)


def test_lames_header_is_not_cut_twice():
    tag = id3(comment(told_of(576, 1_000, SAMPLES - 1_576)))

    found, _ = measured(tag + with_xing(SOUND, 1_000, delay=576, padding=1_000))

    assert found.seconds == pytest.approx((SAMPLES - 1_576) / 44_100)


def test_an_estimate_stays_one():
    tag = id3(comment(told_of(528, 1_000, 60_000 * 1_152 - 1_528)))

    assert measured(tag + vbr_frames(60_000))[0] == measured(id3(padding=len(tag) - 10) + vbr_frames(60_000))[0]


def test_fragments_are_cut_in_front_by_an_edit_list_without_an_end():
    whole = fragmented(edit=0)

    found, _ = measured(whole)

    assert found.seconds == pytest.approx((40 * 43 - 1) * 1_024 / 44_100)
    assert found.tolerance == 0.001


def test_without_a_name_for_it_names_are_told_and_padding_is_not():
    found, _ = measured(FTYP + movie(track(44_100, 443_392), box(b"udta", names(title="33"))) + TABLES)

    assert found.tags == (("title", "33"),)
    assert found.tolerance == pytest.approx(3.1 * 1_024 / 44_100)
