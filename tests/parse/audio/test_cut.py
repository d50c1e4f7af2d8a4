"""Files that end too soon, or that say more of themselves than is true, are never told as exact."""

import struct

import pytest

from mediafeed.model.audio import Measurement
from mediafeed.parse.audio.reading import read_audio
from mediafeed.parse.audio.windows import Windows
from tests.parse.audio.test_mp4_fragments import (
    FRAGMENTED_SECONDS,
    FRAGMENTS,
    SIZES,
    fragment,
    fragmented,
    part,
    random_access,
    sidx,
)
from tests.parse.audio_files import (
    FTYP,
    aiff,
    box,
    comments,
    flac,
    flac_frame,
    flac_frames,
    full,
    id3v1,
    measured,
    movie,
    ogg,
    stream_info,
    stsd,
    track,
    vorbis_head,
    wav,
)

TABLES = box(b"mdat", bytes(60_000))
FLAC = flac(stream_info(44_100, 441_000))


def m4a(sound: int = 600_000) -> bytes:
    return FTYP + movie(track(44_100, 441_000, edit=9_950)) + box(b"mdat", bytes(sound))


@pytest.mark.parametrize(
    ("whole", "seconds"),
    [(FLAC, 10), (m4a(), 9.95), (aiff(3), 3), (wav(10), 10), (fragmented(index=sidx(*SIZES)), FRAGMENTED_SECONDS)],
    ids=["flac", "m4a", "aiff", "wav", "sidx"],
)  # fmt: skip
@pytest.mark.parametrize("share", [0.99, 0.9, 0.5])
def test_of_a_file_that_was_cut_what_is_there_is_told_and_how_much_may_be_missing(whole, seconds, share):
    found, asked = measured(whole[: int(len(whole) * share)])

    assert found.seconds == pytest.approx(seconds * share, abs=0.4)
    assert found.tolerance == pytest.approx(seconds - (found.seconds or 0), abs=0.1)
    assert found.reason
    assert (len(asked.windows), asked.bytes) <= (2, 16_384)


# FLAC


def test_a_flac_that_ends_inside_its_last_frame_is_right_to_that_frame():
    found, _ = measured(FLAC[:-300])

    assert found.seconds == 10
    assert found.tolerance == pytest.approx((441_000 % 4_096) / 44_100)


@pytest.mark.parametrize("samples", [220_500, 882_000])
def test_a_flac_that_lies_about_its_samples_is_as_long_as_its_last_frame_says(samples):
    found, _ = measured(flac(stream_info(44_100, samples), sound=flac_frames(441_000)))

    assert found.seconds == 10
    assert found.tolerance == abs(samples - 441_000) / 44_100
    assert found.reason == f"its header tells of {samples / 44_100:.0f} s, its last frame ends at 10 s"


def test_a_flac_that_does_not_say_how_many_samples_it_has_is_counted_by_its_last_frame():
    found, _ = measured(flac(stream_info(44_100, 0), sound=flac_frames(441_000)))

    assert (found.seconds, found.tolerance, found.reason) == (10, 0.001, "")


def test_frames_of_varying_size_say_which_sample_is_their_first():
    sound = flac_frame(0, 4_096, variable=True) + flac_frame(4_096, 1_000, variable=True)

    assert measured(flac(stream_info(44_100, 5_096), sound=sound))[0].tolerance == 0.001


def test_tags_behind_a_flac_are_no_sound():
    assert measured(FLAC + id3v1("33", "RUSI"))[0].tolerance == 0.001


def test_a_flac_whose_end_has_no_frame_is_doubted():
    found, asked = measured(FLAC + bytes(70_000))

    assert (found.seconds, found.tolerance) == (10, 10)
    assert found.reason.startswith("no frame at its end")
    assert asked.bytes <= 65_536


def test_the_largest_frames_are_found_within_64_kib():
    info = stream_info(44_100, 441_000)
    info = info[:7] + (50_020).to_bytes(3, "big") + info[10:]

    found, asked = measured(flac(info, sound=flac_frames(441_000, body=50_000)))

    assert (found.seconds, found.tolerance) == (10, 0.001)
    assert (len(asked.windows), asked.bytes) <= (2, 65_536)


# M4A


def test_an_m4a_that_lies_about_its_length_is_as_long_as_its_samples():
    samples = full(b"stts", struct.pack(">III", 1, 441, 1_000))
    whole = FTYP + movie(track(44_100, 882_000, tables=(stsd(), samples))) + TABLES

    found, _ = measured(whole)

    assert (found.seconds, found.tolerance) == (10, 10)
    assert found.reason == "its header tells of 20 s, its table of samples of 10 s"


def test_an_m4a_that_ends_behind_its_index_has_no_sound():
    found, _ = measured(FTYP + movie(track(44_100, 441_000)))

    assert (found.seconds, found.tolerance) == (10, 10)
    assert found.reason == "the sound that it tells of is not there"


def test_an_m4a_whose_index_is_cut_is_doubted():
    whole = FTYP + TABLES + movie(track(44_100, 441_000))

    found, _ = measured(whole[:-1_000])

    assert found.tolerance > 1
    assert found.reason.startswith("its movie tells of ")


# Fragments


@pytest.mark.parametrize("missing", [100, 3_000, 6_400])
def test_fragments_cut_inside_the_last_one_are_as_long_as_what_is_there(missing):
    found, asked = measured(fragmented()[:-missing])

    assert found.seconds == pytest.approx(FRAGMENTED_SECONDS - missing / 6_450, abs=0.02)
    assert found.tolerance == found.seconds
    assert found.reason == "cut inside its last fragment"
    assert asked.bytes <= 65_536


def test_a_header_that_tells_of_more_than_the_fragments_are_is_doubted():
    told = full(b"mehd", (60_000).to_bytes(4, "big"))

    found, _ = measured(fragmented(told=told))

    assert found.seconds == pytest.approx(FRAGMENTED_SECONDS)
    assert found.tolerance == pytest.approx(60 - FRAGMENTED_SECONDS)
    assert found.reason == "its header tells of 60 s, its fragments end at 40 s"


def test_fragments_that_follow_a_movie_with_samples_of_its_own_are_counted_too():
    first = box(b"mdat", bytes(6_450))
    head = FTYP + movie(
        track(44_100, 43 * 1_024), box(b"mvex", full(b"trex", struct.pack(">III", 1, 1, 1_024), bytes(8)))
    )

    found, _ = measured(head + first + b"".join(FRAGMENTS[1:]))

    assert found.seconds == pytest.approx(FRAGMENTED_SECONDS)


def test_fragments_that_may_follow_are_not_left_out_where_the_size_is_not_known():
    extends = box(b"mvex", full(b"trex", struct.pack(">III", 1, 1, 1_024), bytes(8)))
    whole = FTYP + movie(track(44_100, 43 * 1_024), extends) + box(b"mdat", bytes(6_450)) + b"".join(FRAGMENTS[1:])

    found = read_audio(Windows(((0, whole),)))

    assert isinstance(found, Measurement)
    assert (found.seconds, found.reason[:48]) == (None, "the server does not say where the file ends, and")


@pytest.mark.parametrize(("edit", "tolerance"), [(100, 500), (1_000, 400)])
def test_a_track_of_which_an_edit_list_plays_another_part_is_doubted(edit, tolerance):
    found, _ = measured(FTYP + movie(track(44_100, 44_100 * 600, edit=edit * 1_000)) + box(b"mdat", bytes(600_000)))

    assert (found.seconds, found.tolerance) == (600, tolerance)
    assert found.reason == f"its track is 600 s long, its edit list plays {edit} s"


@pytest.mark.parametrize("entries", [2, 3_000])
def test_a_long_index_at_the_end_is_read_from_behind(entries):
    whole = fragmented() + fragment(part(40 * 43 * 1_024, 43), sound=80_000)
    last = whole.rfind(b"moof") - 4
    told = b"".join(struct.pack(">QQIII", at, last - entries + at + 1, 1, 1, 1) for at in range(entries))
    table = full(b"tfra", struct.pack(">III", 1, 0x3F, entries), told, version=1)
    index = box(b"mfra", table, full(b"mfro", (len(table) + 24).to_bytes(4, "big")))

    found, asked = measured(whole + index)

    assert found.seconds == pytest.approx(41 * 43 * 1_024 / 44_100)
    assert len(asked.windows) == 3
    assert asked.bytes <= 24_576


def test_an_index_at_the_end_leads_where_it_says_even_if_its_end_looks_like_another():
    whole = fragmented() + box(b"free", bytes(70_000))
    last = whole.rfind(b"moof") - 4

    assert measured(whole + random_access(last))[0].seconds == pytest.approx(FRAGMENTED_SECONDS)


# Ogg


def test_an_ogg_that_ends_inside_a_page_is_as_long_as_the_pages_that_are_there():
    whole = ogg(vorbis_head(), b"\x03vorbis" + comments(), 441_000)

    found, _ = measured(whole[:-2_000])

    assert found.seconds == pytest.approx(10, abs=0.3)
    assert found.tolerance == found.seconds
    assert found.reason == "cut inside a page"
