"""What stands before the audio: tags of ID3 in front of formats that have none, and clocks that begin late."""

import pytest

from mediafeed.model.audio import Chapter
from tests.parse.audio_files import (
    FTYP,
    Whole,
    aiff,
    box,
    chap,
    chpl,
    comments,
    flac,
    frame,
    id3,
    measured,
    movie,
    mp3_frames,
    names,
    ogg,
    ogg_pages,
    opus_head,
    picture,
    stream_info,
    text,
    track,
    vorbis_head,
    wav,
    with_xing,
)

TAG = id3(text(b"TIT2", "Front"), text(b"TPE1", "RUSI"))
SOUND = with_xing(mp3_frames(200), 200)
M4A = FTYP + movie(track(44_100, 441_000, edit=9_950)) + box(b"mdat", bytes(60_000))
M4A_END = FTYP + box(b"mdat", bytes(600_000)) + movie(track(44_100, 441_000, edit=9_950))
VORBIS = ogg(vorbis_head(), b"\x03vorbis" + comments(), 441_000)


@pytest.mark.parametrize("art", [0, 100_000, 5_000_000])
@pytest.mark.parametrize(
    ("whole", "seconds", "kind"),
    [
        (M4A, 9.95, "m4a"),
        (M4A_END, 9.95, "m4a"),
        (VORBIS, 10, "ogg vorbis"),
        (flac(stream_info(44_100, 441_000)), 10, "flac"),
        (wav(3), 3, "wav"),
        (aiff(3), 3, "aiff"),
    ],
    ids=["m4a", "m4a, moov at the end", "ogg", "flac", "wav", "aiff"],
)
def test_behind_a_tag_a_file_is_what_it_is(whole, seconds, kind, art):
    found, asked = measured(id3(text(b"TIT2", "Front"), padding=art) + whole)

    assert found.seconds == pytest.approx(seconds)
    assert found.format == kind
    assert (found.tags, found.reason) == ((("title", "Front"),), "")
    assert (len(asked.windows), asked.bytes) <= (3, 24_576)


def test_its_own_names_and_chapters_go_before_those_of_a_tag_in_front():
    tag = id3(text(b"TIT2", "Front"), text(b"TPE1", "RUSI"), chap("a", 0, 9, text(b"TIT2", "Front")))
    own = box(b"udta", names(title="Own"), chpl((0, "Own")))

    found, _ = measured(tag + FTYP + movie(track(44_100, 441_000), own) + box(b"mdat", bytes(60_000)))

    assert found.tags == (("title", "Own"), ("artist", "RUSI"))
    assert found.chapters == (Chapter(start=0.0, title="Own"),)


# Tags of ID3


def test_two_tags_in_a_row_tell_of_chapters_once():
    tag = id3(chap("a", 0, 9_000, text(b"TIT2", "One")), chap("b", 9_000, 18_000, text(b"TIT2", "Two")))

    assert [each.title for each in measured(tag + tag + SOUND)[0].chapters] == ["One", "Two"]


def test_a_second_tag_has_the_chapters_that_the_first_has_not():
    tag = id3(text(b"TIT2", "33")) + id3(chap("a", 0, 9, text(b"TIT2", "One")))

    assert [each.title for each in measured(tag + SOUND)[0].chapters] == ["One"]


def plain(name: bytes, body: bytes) -> bytes:
    """Write a frame of 2.4 whose length is no syncsafe number."""
    return name + len(body).to_bytes(4, "big") + bytes(2) + body


@pytest.mark.parametrize("length", [100, 300, 700, 40_000])
@pytest.mark.parametrize("padding", [0, 500])
def test_plain_lengths_in_a_tag_of_2_4_are_told_by_what_follows(length, padding):
    inner = text(b"TIT2", "Two", version=4)
    two = plain(b"CHAP", b"b\0" + (9_000).to_bytes(4, "big") + (9_999).to_bytes(4, "big") + b"\xff" * 8 + inner)
    tag = id3(plain(b"PRIV", b"x" * length), plain(b"TIT2", b"\x03" + b"33" * 90), two, version=4, padding=padding)

    found, _ = measured(tag + SOUND)

    assert found.tags == (("title", "33" * 90),)
    assert [each.title for each in found.chapters] == ["Two"]


@pytest.mark.parametrize("length", [100, 300, 700, 40_000])
def test_syncsafe_lengths_stay_what_they_are(length):
    tag = id3(frame(b"PRIV", b"x" * length, version=4), text(b"TIT2", "33" * 90, version=4), version=4, padding=300)

    assert measured(tag + SOUND)[0].tags == (("title", "33" * 90),)


def test_a_tag_of_2_4_may_say_for_all_of_its_frames_that_they_are_unsynchronised():
    words = "\xff\x00".encode("latin-1")
    tag = id3(frame(b"TIT2", b"\0Caf" + words + b"\xe9", version=4), version=4, flags=0x80)

    assert measured(tag + SOUND)[0].tags == (("title", "Caf\xff\xe9"),)


# Clocks


@pytest.mark.parametrize(
    ("whole", "tolerance"),
    [
        (ogg(vorbis_head(), b"\x03vorbis" + comments(), 441_000, late=44_100 * 5_000), 0.2),
        (ogg(opus_head(0), b"OpusTags" + comments(), 480_000, late=48_000 * 5_000), 0.001),
        (ogg(opus_head(0), b"OpusTags" + comments(), 480_000, late=48_000), 0.001),
    ],
    ids=["vorbis", "opus", "opus, by a second"],
)
def test_what_an_ogg_was_cut_out_of_is_not_counted(whole: Whole, tolerance):
    found, asked = measured(whole)

    assert found.seconds == pytest.approx(10, abs=tolerance)
    assert found.tolerance <= tolerance
    assert found.reason.startswith("its clock begins at ")
    assert (len(asked.windows), asked.bytes) <= (2, 16_384)


@pytest.mark.parametrize("head", [vorbis_head(), opus_head()])
def test_a_late_clock_is_seen_where_names_stand_behind_a_picture(head):
    rate = 48_000 if head.startswith(b"Opus") else 44_100
    name = b"OpusTags" if head.startswith(b"Opus") else b"\x03vorbis"
    art = comments(b"METADATA_BLOCK_PICTURE=" + b"A" * 300_000, b"TITLE=33")

    found, asked = measured(ogg(head, name + art, rate * 10, late=rate * 5_000))

    assert found.seconds == pytest.approx(10, abs=0.2)
    assert found.tags == (("title", "33"),)
    assert len(asked.windows) == 2
    assert len(asked.words) <= 3


def test_a_first_page_that_is_not_filled_up_is_no_late_clock():
    whole = ogg_pages(7, 0, opus_head(), first=True) + ogg_pages(7, 0, b"OpusTags" + comments(), sequence=1)
    whole += ogg_pages(7, 900, *(b"\x98" * 100,) * 2, sequence=2)

    assert measured(whole)[0].seconds == pytest.approx((900 - 312) / 48_000)


def test_a_tag_in_front_of_text_leaves_it_unknown():
    assert measured(TAG + b"<html>" * 900)[0].seconds is None


def test_a_picture_in_front_costs_no_more_than_it_does_for_an_mp3():
    assert len(measured(id3(picture(1_200_000)) + wav(3))[1].windows) == 2
