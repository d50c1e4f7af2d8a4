"""How long fragmented MP4s are, whatever tells of their fragments."""

import pytest

from mediafeed.parse.audio.mp4 import read_mp4
from mediafeed.parse.audio.windows import Windows
from tests.parse.audio_files import FTYP, box, full, measured, movie, track

SOUND_ID, PICTURE_ID = 1, 2


def part(begins: int, samples: int, *, length: int = 1_024, number: int = SOUND_ID, each: bool = True) -> bytes:
    """Write a track's part of a fragment; where not `each` sample says how long it is, the track's default holds."""
    track_head = full(b"tfhd", number.to_bytes(4, "big"), flags=0x20000)
    clock = full(b"tfdt", begins.to_bytes(8, "big"), version=1)
    lengths = length.to_bytes(4, "big") * samples if each else b""
    run = full(b"trun", samples.to_bytes(4, "big"), bytes(4), lengths, flags=0x101 if each else 1)
    return box(b"traf", track_head, clock, run)


def fragment(*parts: bytes, sound: int = 6_450) -> bytes:
    return box(b"moof", full(b"mfhd", bytes(4)), *parts) + box(b"mdat", bytes(sound))


def trex(number: int = SOUND_ID, length: int = 1_024) -> bytes:
    return full(b"trex", *(told.to_bytes(4, "big") for told in (number, 1, length)), bytes(8))


FRAGMENTS = tuple(fragment(part(place * 43 * 1_024, 43)) for place in range(40))
FRAGMENTED_SECONDS = 40 * 43 * 1_024 / 44_100


def fragmented(*, told: bytes = b"", index: bytes = b"", edit: int | None = None) -> bytes:
    head = FTYP + movie(track(44_100, 0, edit=edit), box(b"mvex", told, trex()))
    return head + index + b"".join(FRAGMENTS)


def sidx(*sizes: int, length: int = 43 * 1_024, first: int = 0, number: int = SOUND_ID, version: int = 0) -> bytes:
    entries = b"".join((1 << 31 | size).to_bytes(4, "big") + length.to_bytes(4, "big") + bytes(4) for size in sizes)
    wide = 8 if version == 1 else 4
    head = number.to_bytes(4, "big") + (44_100).to_bytes(4, "big") + bytes(wide) + first.to_bytes(wide, "big")
    return full(b"sidx", head, bytes(2), len(sizes).to_bytes(2, "big"), entries, version=version)


SIZES = tuple(len(each) for each in FRAGMENTS)


def fragmented_film(*last: bytes) -> bytes:
    """Write pictures and sound of 40 s, pictures first, without a length of each sample; `last` follows."""
    clocks = track(90_000, 0, handler=b"vide", number=PICTURE_ID), track(44_100, 0)
    head = FTYP + movie(*clocks, box(b"mvex", trex(PICTURE_ID, 3_600), trex()))
    both = [
        fragment(part(place * 25 * 3_600, 25, number=PICTURE_ID, each=False), part(place * 43 * 1_024, 43, each=False))
        for place in range(40)
    ]
    return head + b"".join(both) + b"".join(last)


@pytest.mark.parametrize(
    "whole",
    [
        fragmented(told=full(b"mehd", (39_938).to_bytes(4, "big"))),
        fragmented(index=sidx(*SIZES)),
        fragmented(),
        fragmented() + box(b"free", bytes(3_000)),
    ],
    ids=["mehd", "sidx", "last fragment", "last fragment, then something"],
)
def test_fragments_are_not_walked_through(whole):
    found, asked = measured(whole)

    assert found.seconds == pytest.approx(FRAGMENTED_SECONDS, abs=0.03)
    assert (len(asked.windows), asked.bytes) <= (4, 75_000)


def random_access(last: int, number: int = SOUND_ID) -> bytes:
    """Write the index at the end of a file (mfra) that tells where a track's last fragment begins."""
    entry = bytes(4) + last.to_bytes(4, "big") + bytes(3)
    tfra = full(b"tfra", number.to_bytes(4, "big"), bytes(4), (1).to_bytes(4, "big"), entry)
    return box(b"mfra", tfra, full(b"mfro", (len(tfra) + 8 + 16).to_bytes(4, "big")))


def test_the_index_at_the_end_leads_to_the_last_fragment():
    whole = fragmented()
    last = whole.rfind(b"moof") - 4

    found, asked = measured(whole + box(b"free", bytes(70_000)) + random_access(last))

    assert found.seconds == pytest.approx(FRAGMENTED_SECONDS)
    assert (len(asked.windows), asked.bytes) <= (4, 16_384)


@pytest.mark.parametrize("version", [0, 1])
def test_an_index_may_leave_out_the_one_at_the_end_and_that_of_the_pictures(version):
    sound = sidx(*SIZES, length=44_100, version=version)
    pictures = sidx(*SIZES, length=9, first=len(sound), number=PICTURE_ID)

    found, asked = measured(fragmented(index=pictures + sound) + random_access(999))

    assert (found.seconds, found.reason) == (40, "")
    assert asked.bytes <= 9_000


def test_an_index_of_one_fragment_is_not_that_of_all():
    index = sidx(SIZES[0])
    whole = fragmented(index=index)
    at = whole.find(index)
    head, first = whole[:at], whole[at : at + len(index) + SIZES[0]]
    rest = b"".join(sidx(len(each)) + each for each in FRAGMENTS[1:])

    found, asked = measured(head + first + rest)

    assert found.seconds == pytest.approx(FRAGMENTED_SECONDS)
    assert found.reason == ""
    assert (len(asked.windows), asked.bytes) <= (4, 75_000)


def test_an_index_that_tells_of_more_than_there_is_is_doubted():
    whole = fragmented(index=sidx(*SIZES))

    found, _ = measured(whole[: len(whole) // 2])

    assert found.reason == f"its index tells of {len(whole)} bytes, there are {len(whole) // 2}"
    assert found.seconds == pytest.approx(FRAGMENTED_SECONDS / 2, rel=0.02)
    assert found.tolerance == pytest.approx(FRAGMENTED_SECONDS - (found.seconds or 0))


def test_fragments_with_pictures_are_as_long_as_their_sound():
    found, _ = measured(fragmented_film())

    assert found.seconds == pytest.approx(FRAGMENTED_SECONDS)


def test_a_last_fragment_of_pictures_alone_leaves_the_end_of_the_sound_to_the_one_before():
    found, _ = measured(fragmented_film(fragment(part(90_000 * 40, 25, number=PICTURE_ID))))

    assert found.seconds == pytest.approx(FRAGMENTED_SECONDS)


def test_where_the_last_fragments_have_no_sound_the_length_is_not_known():
    found, _ = measured(fragmented_film(fragment(part(90_000 * 40, 25, number=PICTURE_ID), sound=70_000)))

    assert found.seconds is None
    assert found.reason == "no fragment of sound at its end: that one says how long it is"


def test_an_index_is_not_believed_where_nobody_says_how_much_there_is():
    found = read_mp4(Windows().joined_by(0, fragmented(index=sidx(SIZES[0])), None))

    assert found.seconds is None
    assert found.reason.startswith("the server does not say where the file ends")
