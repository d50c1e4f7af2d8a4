"""Pieces of a file: what is held, and what is asked for where it is not."""

import pytest

from mediafeed.parse.audio.windows import AHEAD, LITTLE, NEAR, MissingError, Windows

FILE = bytes(range(256)) * 4_000  # 1,024,000 bytes


def holding(*spans: tuple[int, int]) -> Windows:
    windows = Windows(size=len(FILE))
    for start, length in spans:
        windows = windows.joined_by(start, FILE[start : start + length], len(FILE))
    return windows


def asked(windows: Windows, start: int, length: int, **said: int) -> tuple[int, int]:
    with pytest.raises(MissingError) as caught:
        windows.read(start, length, **said)
    return caught.value.start, caught.value.length


@pytest.mark.parametrize(
    "spans",
    [[(0, 100), (100, 100)], [(100, 100), (0, 100)], [(0, 150), (50, 150)], [(0, 200), (50, 20)], [(50, 20), (0, 200)]],
)
def test_pieces_that_touch_are_one(spans):
    windows = holding(*spans)

    assert windows.pieces == ((0, FILE[:200]),)
    assert windows.read(30, 150) == FILE[30:180]


def test_what_is_held_ends_at_a_gap():
    windows = holding((0, 100), (50_000, 100))

    assert windows.held(40) == FILE[40:100]
    assert windows.held(50_010) == FILE[50_010:50_100]
    assert windows.held(100) == windows.held(49_999) == b""


def test_at_the_end_of_a_file_fewer_bytes_are_read():
    windows = holding((len(FILE) - 100, 100))

    assert windows.read(len(FILE) - 10, 4_096) == FILE[-10:]
    assert windows.read(len(FILE) + 10, 4_096) == b""


def test_more_is_asked_for_than_is_needed():
    assert asked(holding((0, 100)), 50_000, 10) == (50_000, AHEAD)
    assert asked(holding((0, 100)), 50_000, 10, ahead=60_000) == (50_000, 60_000)


def test_nothing_that_is_held_is_asked_for():
    assert asked(holding((50_000, 100)), 50_050, 200) == (50_100, AHEAD)
    assert asked(holding((0, 100), (60_000, 100)), 40_000, 30_000) == (40_000, 20_000)


def test_a_small_gap_is_closed_whole():
    assert asked(holding((0, 100), (100 + NEAR, 100)), 4_000, 10) == (100, NEAR)


def test_a_little_rest_is_taken_whole():
    assert asked(holding((0, 100)), len(FILE) - LITTLE, 10) == (len(FILE) - LITTLE, LITTLE)


def test_the_size_that_was_said_last_counts():
    windows = holding((0, 100)).joined_by(200, b"x", 1_000)

    assert windows.size == 1_000
    assert windows.joined_by(300, b"y", None).size == 1_000


def test_where_nobody_knows_the_size_no_file_ends():
    assert asked(Windows(((0, FILE[:100]),)), 90, 100) == (100, AHEAD)
