"""Chapters inside of audio files, of every kind."""

import struct

import pytest

from mediafeed.model.audio import Chapter
from tests.parse.audio_files import (
    FTYP,
    Holes,
    box,
    chap,
    chpl,
    comments,
    ctoc,
    flac,
    frame,
    full,
    id3,
    measured,
    movie,
    mp3_frames,
    names,
    ogg,
    opus_head,
    picture,
    stream_info,
    syncsafe,
    text,
    track,
    vorbis_head,
    with_xing,
)

SOUND = with_xing(mp3_frames(200), 200)
TABLES = box(b"mdat", bytes(60_000))


def told(whole: bytes | Holes) -> list[tuple[float, str]]:
    return [(chapter.start, chapter.title) for chapter in measured(whole)[0].chapters]


def wxxx(href: str) -> bytes:
    return frame(b"WXXX", b"\x01" + "chapter".encode("utf-16") + b"\0\0" + href.encode())


def image(length: int, kind: bytes = b"image/png") -> bytes:
    return frame(b"APIC", b"\0" + kind + b"\0\0\0" + b"\x89" * length)


# ID3


@pytest.mark.parametrize("version", [3, 4])
def test_chapters_of_a_tag_are_told_in_their_order(version):
    tag = id3(
        ctoc("b", "a", version=version),
        chap("b", 750_500, 900_000, text(b"TIT2", "What changed in 2013", version=version), version=version),
        chap("a", 0, 750_500, text(b"TIT2", "Wélcome", version=version), version=version),
        version=version,
    )

    found, asked = measured(tag + SOUND)

    assert found.chapters == (
        Chapter(start=0.0, title="Wélcome", end=750.5),
        Chapter(start=750.5, title="What changed in 2013", end=900.0),
    )
    assert len(asked.windows + asked.words) == 1


@pytest.mark.parametrize("inner", [image(20_000), image(65_537), image(0), frame(b"APIC", b"")])
def test_a_chapter_has_its_link_whatever_picture_stands_before_it(inner):
    tag = id3(chap("a", 0, 9, text(b"TIT2", "One"), inner, wxxx("https://a.example/1")))

    assert measured(tag + SOUND)[0].chapters == (
        Chapter(start=0.0, title="One", end=0.009, href="https://a.example/1"),
    )


@pytest.mark.parametrize("href", ["javascript:alert(1)", "file:///etc/passwd", "https://a.example/" + "x" * 2_000, ""])
def test_a_link_that_is_none_is_left(href):
    assert measured(id3(chap("a", 0, 9, wxxx(href))) + SOUND)[0].chapters[0].href is None


def test_what_the_table_of_contents_leaves_out_is_not_listed():
    tag = id3(ctoc("a", "c"), *(chap(name, start, start + 9) for start, name in enumerate("abc")))

    assert [chapter.listed for chapter in measured(tag + SOUND)[0].chapters] == [True, False, True]


def test_tables_in_tables_list_chapters_in_whatever_order_they_stand():
    root = frame(b"CTOC", b"root\0\x03\x02" + b"part1\0part2\0")
    parts = [frame(b"CTOC", b"part1\0\x00\x02b\0a\0"), frame(b"CTOC", b"part2\0\x01\x01c\0")]
    chapters = [
        chap(name, 1_000 * start, 9_999, text(b"TIT2", name))
        for name, start in (("c", 3), ("x", 2), ("a", 0), ("b", 1))
    ]

    found = measured(id3(*chapters, root, *parts) + SOUND)[0].chapters

    assert [(chapter.title, chapter.listed) for chapter in found] == [
        ("a", True),
        ("b", True),
        ("x", False),
        ("c", True),
    ]


def test_a_table_that_lists_itself_and_more_than_it_has_ends():
    loop = frame(b"CTOC", b"a\0\x03\xff" + b"a\0" * 2)

    assert told(id3(loop, chap("a", 0, 9, text(b"TIT2", "One"))) + SOUND) == [(0, "One")]


def test_a_table_that_knows_no_chapter_leaves_none_out():
    assert [chapter.listed for chapter in measured(id3(ctoc("x"), chap("a", 0, 9)) + SOUND)[0].chapters] == [True]


def test_a_table_of_more_chapters_than_its_byte_can_count_lists_them_all():
    names = [f"ch{number}" for number in range(300)]

    found, _ = measured(id3(*(chap(name, at, at + 1) for at, name in enumerate(names)), ctoc(*names)) + SOUND)

    assert [chapter.listed for chapter in found.chapters] == [True] * 300


def test_chapters_behind_a_picture_are_found_without_it():
    whole = id3(picture(900_000), chap("a", 0, 9, text(b"TIT2", "One")), chap("b", 9, 18, image(30_000))) + SOUND

    found, asked = measured(whole)

    assert [chapter.title for chapter in found.chapters] == ["One", ""]
    assert sum(length for _, length in asked.windows + asked.words) < 60_000


def test_a_tag_that_is_unsynchronised_as_a_whole_is_read():
    frames = chap("a", 0, 0xFF00, text(b"TIT2", "One"))
    tag = id3(frames.replace(b"\xff", b"\xff\x00"), flags=0x80)

    assert told(tag + SOUND) == [(0, "One")]


def test_a_frame_that_is_unsynchronised_is_read():
    body = b"a\0" + struct.pack(">IIII", 0, 0xFF00, 0, 0) + text(b"TIT2", "One", version=4)
    plain = body.replace(b"\xff", b"\xff\x00")
    tag = id3(frame(b"CHAP", syncsafe(len(body)) + plain, version=4, flags=0x03), version=4)

    assert told(tag + SOUND) == [(0, "One")]


@pytest.mark.parametrize("flags", [0x80, 0x40])
def test_a_chapter_that_is_compressed_or_encrypted_is_not_read(flags):
    hidden = frame(b"CHAP", b"a\0" + bytes(16), flags=flags)

    assert told(id3(hidden, chap("b", 9_000, 9_999, text(b"TIT2", "Two"))) + SOUND) == [(9, "Two")]


def test_an_extended_header_is_passed():
    tag = id3(struct.pack(">IHI", 6, 0, 0) + chap("a", 0, 9, text(b"TIT2", "One")), flags=0x40)

    assert told(tag + SOUND) == [(0, "One")]


@pytest.mark.parametrize(
    ("encoding", "words"),
    [(0, "Élan".encode("latin-1")), (1, "Élan".encode("utf-16")), (1, "Élan".encode("utf-16-le")),
     (2, "Élan".encode("utf-16-be")), (3, "Élan".encode()), (3, "Élan".encode() + b"\0another")],
)  # fmt: skip
def test_a_title_is_read_in_its_encoding(encoding, words):
    tag = id3(chap("a", 0, 9, frame(b"TIT2", bytes((encoding,)) + words)))

    assert told(tag + SOUND) == [(0, "Élan")]


# Vorbis comments


CHAPTERS = (
    b"CHAPTER002=00:12:30.500",
    b"CHAPTER002NAME=What changed in 2013",
    b"CHAPTER002URL=https://a.example/2013",
    b"CHAPTER001=00:00:00.000",
    "CHAPTER001NAME=Wélcome".encode(),
    b"CHAPTER003=soon",
    b"CHAPTERXYZ=00:00:00.000",
)


@pytest.mark.parametrize(
    "whole",
    [
        ogg(vorbis_head(), b"\x03vorbis" + comments(*CHAPTERS), 441_000),
        ogg(opus_head(), b"OpusTags" + comments(*CHAPTERS), 480_312),
        flac(stream_info(44_100, 441_000), (4, comments(*CHAPTERS))),
        ogg(opus_head(), b"OpusTags" + comments(b"METADATA_BLOCK_PICTURE=" + b"A" * 300_000, *CHAPTERS), 480_312),
        flac(stream_info(44_100, 441_000), (6, bytes(300_000)), (4, comments(*CHAPTERS))),
    ],
    ids=["vorbis", "opus", "flac", "opus behind a picture", "flac behind a picture"],
)
def test_chapters_in_comments_are_told(whole):
    found, asked = measured(whole)

    assert found.chapters == (
        Chapter(start=0.0, title="Wélcome"),
        Chapter(start=750.5, title="What changed in 2013", href="https://a.example/2013"),
    )
    assert len(asked.words) <= 3
    assert sum(length for _, length in asked.words) <= 16_384


# MP4


def test_chapters_of_nero_are_told():
    nero = chpl((0, "Wélcome"), (750.5, "What changed in 2013"))

    whole = FTYP + movie(track(44_100, 44_100 * 900), box(b"udta", names(title="33"), nero)) + TABLES

    assert told(whole) == [(0, "Wélcome"), (750.5, "What changed in 2013")]


def quicktime(*titles: bytes, scattered: int = 0, number: int = 2, beside: bytes = b"") -> bytes:
    """Write a movie whose track of text has a title each ten seconds, `scattered` bytes apart."""
    samples = [len(title).to_bytes(2, "big") + title for title in titles]
    at, places = len(FTYP) + 8, []
    for sample in samples:
        places.append(at)
        at += len(sample) + scattered
    tables = (
        full(b"stsd", bytes(4)),
        full(b"stts", struct.pack(">III", 1, len(titles), 10_000)),
        full(b"stsc", struct.pack(">IIII", 1, 1, 1, 1)),
        full(b"stsz", struct.pack(f">II{len(samples)}I", 0, len(samples), *(len(sample) for sample in samples))),
        full(b"stco", struct.pack(f">I{len(places)}I", len(places), *places)),
    )
    reference = box(b"tref", box(b"chap", number.to_bytes(4, "big")))
    media = box(b"mdat", b"".join(sample + bytes(scattered) for sample in samples))
    sound = track(44_100, 44_100 * 10 * len(titles), more=(reference,))
    return FTYP + media + movie(sound, track(1_000, 0, handler=b"text", number=2, tables=tables), beside)


def test_chapters_of_quicktime_are_told():
    assert told(quicktime("Wélcome".encode(), b"What changed in 2013", "京都".encode("utf-16"))) == [
        (0, "Wélcome"), (10, "What changed in 2013"), (20, "京都")]  # fmt: skip


def test_a_track_of_text_that_is_no_chapters_is_left():
    assert told(quicktime(b"One", b"Two", number=3)) == []


def test_titles_all_over_the_file_cost_a_request_each():
    found, asked = measured(quicktime(*(b"Part %d" % part for part in range(8)), scattered=200_000))

    assert [chapter.title for chapter in found.chapters] == [f"Part {part}" for part in range(8)]
    assert len(asked.words) <= 8


@pytest.mark.parametrize(("of_nero", "of_quicktime", "kept"), [(255, 300, 300), (255, 3, 255), (254, 300, 254)])
def test_of_more_chapters_than_nero_can_count_those_of_quicktime_are_told(of_nero, of_quicktime, kept):
    nero = chpl(*((at * 10, f"Part {at}") for at in range(of_nero)))
    titles = [b"Part %d" % at for at in range(of_quicktime)]

    assert told(quicktime(*titles, beside=box(b"udta", nero))) == [(at * 10, f"Part {at}") for at in range(kept)]


def test_more_titles_than_are_kept_are_told_of():
    found, _ = measured(quicktime(*(b"Part %d" % at for at in range(1_001))))

    assert len(found.chapters) == 1_000
    assert found.reason.endswith("more chapters than the 1000 that are kept")


@pytest.mark.parametrize("kind", ["ogg", "flac"])
def test_a_long_list_of_chapters_in_comments_costs_few_requests(kind):
    said = [f"CHAPTER{at:03}=00:{at // 60:02}:{at % 60:02}.000" for at in range(600)]
    said += [f"CHAPTER{at:03}NAME={'A long name of a part' * 3}" for at in range(600)]
    body = comments(*(each.encode() for each in said))
    whole = flac(stream_info(44_100, 44_100 * 600), (4, body))
    if kind == "ogg":
        whole = ogg(vorbis_head(), b"\x03vorbis" + body, 44_100 * 600)

    found, asked = measured(whole)

    assert (found.seconds, len(found.chapters)) == (600, 600)
    assert len(asked.windows) <= 3
    assert len(asked.words) <= 4


def test_nero_wins_over_quicktime():
    whole = quicktime(b"One", b"Two", beside=box(b"udta", chpl((0, "Nero's"))))

    assert told(whole) == [(0, "Nero's")]
