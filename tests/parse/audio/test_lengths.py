"""How long each format is, from how few bytes."""

import struct

import pytest

from tests.parse.audio_files import (
    FRAME_SECONDS,
    FTYP,
    adts_frames,
    aiff,
    ape,
    box,
    chpl,
    comments,
    flac,
    id3,
    id3v1,
    measured,
    movie,
    mp3_frame,
    mp3_frames,
    names,
    ogg,
    ogg_pages,
    opus_head,
    picture,
    stream_info,
    stsd,
    text,
    track,
    vbr_frames,
    vbri,
    vorbis_head,
    wav,
    with_xing,
)

SOUND = mp3_frames(1_000)
LONG = 1_000 * FRAME_SECONDS
DS64 = b"ds64\x1c\0\0\0" + bytes(8) + (48_000).to_bytes(20, "little")
TABLES = box(b"mdat", bytes(60_000))


@pytest.mark.parametrize(
    ("whole", "seconds"),
    [
        (with_xing(SOUND, 1_000), LONG),
        (with_xing(SOUND, 1_000, name=b"Info"), LONG),
        (with_xing(SOUND, 1_000, delay=576, padding=1_000), LONG - 1_576 / 44_100),
        (with_xing(SOUND, 1_000, delay=576, padding=1_000, encoder=b"Lavc60.31"), LONG - 1_576 / 44_100),
        (vbri(1_000, len(SOUND) + 417) + SOUND, LONG),
        (SOUND, LONG),
        (SOUND + id3v1("33", "RUSI"), LONG),
        (SOUND + ape(20_000) + id3v1("33", "RUSI"), LONG),
        (FTYP + movie(track(44_100, 441_000, edit=9_950)) + TABLES, 9.95),
        (FTYP + movie(track(44_100, 441_000)) + TABLES, 10),
        (FTYP + movie(track(44_100, 441_000, wide=True)) + TABLES, 10),
        (FTYP + TABLES + movie(track(44_100, 441_000, edit=9_950)), 9.95),
        (FTYP + movie(track(90_000, 90, handler=b"vide"), track(44_100, 441_000, number=2)) + TABLES, 10),
        (ogg(vorbis_head(), b"\x03vorbis" + comments(), 441_000), 10),
        (ogg(opus_head(), b"OpusTags" + comments(), 480_312), 10),
        (ogg(b"\x7fFLAC\1\0\0\1fLaC\0\0\0\x22" + stream_info(44_100, 441_000), b"\x84\0\0\0", 441_000), 10),
        (flac(stream_info(44_100, 441_000)), 10),
        (id3(text(b"TIT2", "33")) + flac(stream_info(44_100, 441_000)), 10),
        (wav(3), 3),
        (wav(3, before=b"LIST\3\0\0\0abc\0"), 3),
        (wav(3, length=0xFFFF_FFFF), 3),
        (wav(3, length=0), 3),
        (wav(3, name=b"RF64", length=0xFFFF_FFFF, before=DS64), 3),
        (aiff(3), 3),
        (adts_frames(50), 50 * 1_024 / 44_100),
    ],
    ids=["xing", "info", "lame", "ffmpeg", "vbri", "constant", "id3v1", "ape", "edited", "in front", "wide",
         "at the end", "behind pictures", "vorbis", "opus", "ogg flac", "flac", "id3 flac", "wav", "wav list",
         "wav pipe", "wav empty", "rf64", "aiff", "adts"],
)  # fmt: skip
def test_a_file_is_as_long_as_it_was_made(whole, seconds):
    found, asked = measured(whole)

    assert found.seconds == pytest.approx(seconds, abs=0.001)
    assert found.tolerance <= 0.08
    assert asked.bytes <= (36_864 if found.reason.startswith("no header") else 16_384)


@pytest.mark.parametrize("art", [0, 100_000, 5_000_000])
@pytest.mark.parametrize("version", [2, 3, 4])
def test_cover_art_of_any_size_costs_one_request(art, version):
    name = b"PIC" if version == 2 else b"APIC"
    tag = id3(text({2: b"TT2"}.get(version, b"TIT2"), "33", version=version), version=version, padding=art)
    tag = tag.replace(bytes(100), (name + bytes(97))[:100], 1)

    found, asked = measured(tag + with_xing(SOUND, 1_000))

    assert found.seconds == pytest.approx(LONG)
    assert (len(asked.windows), asked.bytes) <= (2, 10_240)


def test_what_stands_behind_a_picture_comes_with_the_audio():
    whole = id3(picture(1_200_000), text(b"TIT2", "33")) + with_xing(SOUND, 1_000)

    found, asked = measured(whole)

    assert found.tags == (("title", "33"),)
    assert len(asked.windows + asked.words) == 2


def test_several_tags_in_a_row_and_footers_are_passed():
    tags = id3(text(b"TIT2", "33")) + id3(version=4, flags=0x10, padding=40) + id3(padding=3_000)

    found, _ = measured(tags + with_xing(SOUND, 1_000))

    assert found.seconds == pytest.approx(LONG)


def test_zeros_between_a_tag_and_the_audio_are_passed():
    found, _ = measured(id3(text(b"TIT2", "33")) + bytes(9_000) + with_xing(SOUND, 1_000))

    assert found.seconds == pytest.approx(LONG)


def test_a_short_file_is_counted_frame_by_frame():
    found, asked = measured(b"".join(mp3_frame(bits) for bits in (1, 5, 9, 5, 1)))

    assert found.seconds == pytest.approx(5 * FRAME_SECONDS)
    assert len(asked.windows) == 1
    assert found.reason == ""


def test_a_constant_bitrate_is_told_by_two_places_that_are_in_step():
    found, asked = measured(mp3_frames(20_000))

    assert found.seconds == pytest.approx(20_000 * FRAME_SECONDS, abs=0.06)
    assert found.tolerance < 0.06
    assert found.reason == "no header: counted by its constant bitrate, seen at 2 places"
    assert (len(asked.windows), asked.bytes) <= (2, 16_384)


def test_of_a_short_file_of_one_bitrate_its_ends_are_enough_if_they_are_in_step():
    assert len(measured(SOUND[:200_000])[1].windows) == 2


def test_a_short_file_whose_ends_are_out_of_step_is_read_whole():
    found, asked = measured(mp3_frames(200) + bytes(77) + mp3_frames(200))

    assert found.seconds == pytest.approx(400 * FRAME_SECONDS, abs=0.06)
    assert found.tolerance < 0.06
    assert len(asked.windows) == 3


def test_frames_that_are_never_padded_are_counted_as_they_are():
    found, _ = measured(mp3_frame() * 20_000)

    assert found.seconds == pytest.approx(20_000 * FRAME_SECONDS, abs=0.06)
    assert found.tolerance < 0.06


def test_what_may_lie_between_places_that_are_out_of_step_is_doubted():
    whole = mp3_frames(10_000) + bytes(77) + mp3_frames(10_000)

    found, _ = measured(whole)

    assert found.seconds == pytest.approx(20_000 * FRAME_SECONDS, abs=0.06)
    assert found.tolerance == pytest.approx(0.169 * len(whole) * 8 / 64_000, rel=0.01)
    assert "estimated from the bitrates at 7 places" in found.reason


@pytest.mark.parametrize("other", [5, 14])
@pytest.mark.parametrize("before", [2_000, 8_400])
def test_another_bitrate_in_the_middle_is_seen_where_the_ends_are_out_of_step(other, before):
    part = mp3_frames(8_000, other)

    found, asked = measured(mp3_frames(before) + part + mp3_frames(12_000 - before))

    assert found.seconds == pytest.approx(20_000 * FRAME_SECONDS, abs=found.tolerance)
    assert "estimated" in found.reason
    assert (len(asked.windows), asked.bytes) <= (12, 262_144)


def test_one_bitrate_at_both_ends_and_others_between_them_are_no_constant_one():
    varying = b"".join(mp3_frame(bits) * 20 for bits in (5, 11, 9, 5, 14, 9) * 150)

    found, _ = measured(mp3_frames(300, 1) + varying + mp3_frames(300, 1))

    assert found.seconds == pytest.approx(18_600 * FRAME_SECONDS, abs=found.tolerance)
    assert "estimated" in found.reason


def test_a_bitrate_that_varies_is_estimated_and_says_how_well():
    found, asked = measured(vbr_frames(60_000))

    assert found.seconds == pytest.approx(60_000 * FRAME_SECONDS, abs=found.tolerance)
    assert found.tolerance > 1
    assert "estimated from " in found.reason
    assert len(asked.windows) <= 12
    assert asked.bytes <= 262_144


def test_aac_without_a_container_is_estimated():
    found, asked = measured(adts_frames(100_000))

    assert found.seconds == pytest.approx(100_000 * 1_024 / 44_100, abs=found.tolerance)
    assert found.tolerance < 0.011 * 100_000 * 1_024 / 44_100
    assert (found.format, found.channels) == ("aac", 2)
    assert asked.bytes <= 262_144


def test_parts_put_together_are_not_as_long_as_the_first_says():
    found, _ = measured(with_xing(SOUND, 1_000) + mp3_frames(9_000))

    assert found.seconds == pytest.approx(10_000 * FRAME_SECONDS, abs=0.1)
    assert "its header tells of 26 s" in found.reason


def test_a_file_that_was_cut_is_doubted():
    found, _ = measured(with_xing(SOUND, 1_000)[: len(SOUND) // 2])

    assert found.seconds == pytest.approx(LONG / 2, rel=0.01)
    assert found.tolerance == pytest.approx(LONG / 2, rel=0.01)
    assert found.reason.startswith("its header tells of 418376 bytes, there are ")


def test_the_last_twentieth_that_is_cut_off_is_missed():
    found, _ = measured(with_xing(SOUND, 1_000, delay=576)[: len(SOUND) * 95 // 100])

    assert found.seconds == pytest.approx(LONG * 0.95, rel=0.01)
    assert found.tolerance == pytest.approx(LONG * 0.05, rel=0.03)
    assert found.reason.startswith("its header tells of 418376 bytes, there are ")


def test_a_few_seconds_behind_what_the_header_tells_of_are_counted():
    found, asked = measured(with_xing(SOUND, 1_000, delay=576) + mp3_frames(80))

    assert found.seconds == pytest.approx(LONG + 80 * FRAME_SECONDS, abs=0.1)
    assert "its header tells of 26 s" in found.reason
    assert (len(asked.windows), asked.bytes) <= (8, 36_864)


@pytest.mark.parametrize("tags", [id3v1("33", "RUSI"), ape(20_000), ape(20_000) + id3v1("33", "RUSI")])
def test_tags_behind_what_the_header_tells_of_are_no_sound(tags):
    found, _ = measured(with_xing(SOUND, 1_000, delay=576) + tags)

    assert found.seconds == pytest.approx(LONG - 576 / 44_100)
    assert (found.tolerance, found.reason) == (0.001, "")


def test_zeros_behind_what_the_header_tells_of_are_doubted_and_not_counted():
    found, _ = measured(with_xing(SOUND, 1_000, delay=576) + bytes(20_000))

    assert found.seconds == pytest.approx(LONG - 576 / 44_100)
    assert found.tolerance == pytest.approx(LONG * 20_000 / 418_376, rel=0.01)
    assert "no frames where it ends" in found.reason


@pytest.mark.parametrize("sound", [mp3_frames(4_000), vbr_frames(4_000)], ids=["constant", "varying"])
def test_much_that_is_no_sound_behind_it_widens_what_is_estimated(sound):
    found, _ = measured(with_xing(sound, 4_000) + bytes(len(sound) // 5))

    assert found.seconds == pytest.approx(4_000 * FRAME_SECONDS, abs=found.tolerance)
    assert "no frames at" in found.reason


# A header that does not fit


@pytest.mark.parametrize("frames", [50, 500, 2_000, 60_000])
def test_a_header_of_one_bitrate_is_held_to_its_bytes(frames):
    found, _ = measured(with_xing(SOUND, frames, name=b"Info", delay=576))

    assert found.seconds == pytest.approx(LONG, abs=0.052)
    assert found.reason.startswith(f"its header tells of {(frames * 1_152 - 576) / 44_100:.0f} s, which does not fit")


@pytest.mark.parametrize("frames", [50, 60_000])
def test_a_header_that_no_bitrate_fits_is_not_believed(frames):
    found, _ = measured(with_xing(SOUND, frames))

    assert found.seconds == pytest.approx(LONG, abs=0.052)


# WAV


def test_a_wav_that_lies_about_its_bytes_a_second_goes_by_its_samples():
    whole = wav(3).replace(struct.pack("<II", 8_000, 16_000), struct.pack("<II", 8_000, 32_000))

    assert measured(whole)[0].seconds == 3


# WAV that is compressed


def test_a_compressed_wav_is_as_long_as_the_samples_it_tells_of():
    found, _ = measured(wav(3, kind=2, fact=80_000))

    assert (found.seconds, found.tolerance, found.reason) == (10, 0.001, "")


def test_a_compressed_wav_that_was_cut_is_doubted():
    found, _ = measured(wav(3, kind=2, fact=80_000, length=64_000))

    assert (found.seconds, found.tolerance) == (7.5, 2.5)
    assert found.reason == "its header tells of 64000 bytes, there are 48000"


@pytest.mark.parametrize("fact", [None, 0, 0xFFFF_FFFF])
def test_a_compressed_wav_that_does_not_count_its_samples_is_a_guess(fact):
    found, _ = measured(wav(3, kind=2, fact=fact))

    assert found.tolerance == found.seconds == 3
    assert "compressed" in found.reason


@pytest.mark.parametrize("kind", [1, 3, 0xFFFE])
def test_what_is_not_compressed_goes_by_its_bytes(kind):
    found, _ = measured(wav(3, kind=kind, fact=80_000))

    assert (found.seconds, found.tolerance) == (3, 0.001)


# Ogg


def test_a_last_page_of_the_largest_size_is_found():
    whole = ogg(vorbis_head(), b"\x03vorbis" + comments(), 220_500)

    found, asked = measured(whole + ogg_pages(7, 441_000, bytes(59_000), sequence=900))

    assert found.seconds == 10
    assert asked.bytes <= 65_536


def test_the_clock_of_another_stream_is_not_taken():
    whole = ogg(vorbis_head(), b"\x03vorbis" + comments(), 441_000)

    found, _ = measured(whole + ogg_pages(8, 9_999_999, bytes(600), sequence=900))

    assert found.seconds == 10


def test_a_chain_of_streams_is_not_known():
    first, second = (ogg(vorbis_head(), b"\x03vorbis" + comments(), 441_000, serial=serial) for serial in (7, 8))

    found, _ = measured(first + second)

    assert (found.seconds, found.format) == (None, "ogg vorbis")
    assert "its last page is not there" in found.reason


def test_a_short_stream_behind_another_one_is_not_left_out():
    first = ogg(vorbis_head(), b"\x03vorbis" + comments(), 441_000)

    found, _ = measured(first + ogg(vorbis_head(), b"\x03vorbis" + comments(), 44_100, serial=8, sound=4_000))

    assert (found.seconds, found.format) == (None, "ogg vorbis")


# What else is known


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        (with_xing(SOUND, 1_000), ("mp3", "audio/mpeg", 2)),
        (b"".join(mp3_frame(mono=True) for _ in range(8)), ("mp3", "audio/mpeg", 1)),
        (FTYP + movie(track(44_100, 441_000)) + TABLES, ("m4a", "audio/mp4", 2)),
        (FTYP + movie(track(90, 9, handler=b"vide"), track(44_100, 441_000)) + TABLES, ("m4a", "video/mp4", 2)),
        (ogg(vorbis_head(channels=1), b"\x03vorbis" + comments(), 441_000), ("ogg vorbis", "audio/ogg", 1)),
        (ogg(opus_head(), b"OpusTags" + comments(), 480_312), ("opus", "audio/ogg; codecs=opus", 2)),
        (flac(stream_info(44_100, 441_000)), ("flac", "audio/flac", 2)),
        (wav(3), ("wav", "audio/wav", 1)),
        (adts_frames(50), ("aac", "audio/aac", 2)),
    ],
    ids=["mp3", "mono", "m4a", "video", "vorbis", "opus", "flac", "wav", "aac"],
)
def test_format_media_type_and_channels_are_told_by_the_bytes(whole, said):
    found, _ = measured(whole)

    assert (found.format, found.media_type, found.channels) == said


@pytest.mark.parametrize(
    ("header", "channels"),
    [(b"\x12\x08", 1), (b"\x11\x88", 1), (b"\x13\x08", 2), (b"\x12\x10", 2), (b"\x2a\x08", 2)],
    ids=["44 kHz", "48 kHz", "24 kHz, and two of one perhaps", "two", "another kind"],
)
def test_aacs_own_header_says_how_many_channels_it_has(header, channels):
    found, _ = measured(FTYP + movie(track(44_100, 441_000, tables=(stsd(2, header=header),))) + TABLES)

    assert found.channels == channels


def test_the_bitrate_is_that_of_the_audio():
    found, _ = measured(id3(padding=50_000) + with_xing(SOUND, 1_000))

    assert found.bitrate == pytest.approx(128_000, rel=0.002)


@pytest.mark.parametrize(
    "whole",
    [
        id3(text(b"TIT2", "Épisode 33"), text(b"TPE1", "RUSI")) + with_xing(SOUND, 1_000),
        id3(text(b"TT2", "Épisode 33", version=2), text(b"TP1", "RUSI", version=2), version=2)
        + with_xing(SOUND, 1_000),
        ogg(vorbis_head(), b"\x03vorbis" + comments("TITLE=Épisode 33".encode(), b"artist=RUSI"), 441_000),
        flac(stream_info(44_100, 441_000), (4, comments("Title=Épisode 33".encode(), b"ARTIST=RUSI"))),
        FTYP + movie(track(44_100, 441_000), box(b"udta", names(title="Épisode 33", artist="RUSI"), chpl())) + TABLES,
    ],
    ids=["id3v2.3", "id3v2.2", "vorbis", "flac", "m4a"],
)
def test_title_and_artist_are_told(whole):
    found, _ = measured(whole)

    assert found.tags == (("title", "Épisode 33"), ("artist", "RUSI"))
