"""Bodies in pieces of any size."""

import gzip
import zlib

import pytest

from mediafeed.fetch.body import PIECE, read_body
from mediafeed.fetch.failure import NoAnswerError
from mediafeed.model.source import FailureKind

PLAIN = b"<rss>" + bytes(range(256)) * 500 + b"</rss>"
CAP = 1_000_000


def in_pieces(body: bytes, length: int) -> list[bytes]:
    return [body[start : start + length] for start in range(0, len(body), length)]


@pytest.mark.parametrize("length", [1, 2, 3, 7, 1_000, 1_000_000])
@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("", PLAIN),
        ("", gzip.compress(PLAIN, mtime=0)),
        ("gzip", gzip.compress(PLAIN, mtime=0)),
        (" GZip ", gzip.compress(gzip.compress(PLAIN, mtime=0))),
        ("gzip", gzip.compress(PLAIN[:99], mtime=0) + gzip.compress(PLAIN[99:], mtime=0)),
        ("gzip", gzip.compress(PLAIN, mtime=0) + b"\0\0padding"),
        ("gzip", gzip.compress(PLAIN, mtime=0) + b"\x1f is no second member"),
        ("deflate", zlib.compress(PLAIN)),
        ("deflate", zlib.compress(PLAIN, wbits=-15)),
    ],
)
def test_a_body_is_the_same_however_it_arrives(coding, body, length):
    assert read_body(in_pieces(body, length), coding=coding, cap=CAP) == PLAIN


@pytest.mark.parametrize("length", [PIECE, PIECE + 1, PIECE + 5, 2 * PIECE + 1])
def test_what_fills_a_piece_to_its_last_byte_is_no_body_that_ends_in_the_middle(length):
    body = b"a" * length

    assert read_body([zlib.compress(body, wbits=-15)], coding="deflate", cap=3 * PIECE) == body


@pytest.mark.parametrize("body", [b"", b"\x1f", b"\x1f\x8b", b"\x1f\x8bx", b"P"])
def test_what_is_hardly_anything_stays_what_it_is(body):
    assert read_body([body], coding="", cap=CAP) == body


@pytest.mark.parametrize("cap", [99, 100])
@pytest.mark.parametrize("coding", ["", "gzip"])
def test_the_cap_is_exact(cap, coding):
    body = bytes(100)
    pieces = in_pieces(gzip.compress(body, mtime=0) if coding else body, 9)

    if cap == 100:
        assert read_body(pieces, coding=coding, cap=cap) == body
    else:
        with pytest.raises(NoAnswerError) as caught:
            read_body(pieces, coding=coding, cap=cap)
        assert caught.value.kind is FailureKind.TOO_LARGE


def test_the_wire_is_capped_too():
    endless = (gzip.compress(b"", mtime=0) for _ in iter(int, 1))

    with pytest.raises(NoAnswerError) as caught:
        read_body(endless, coding="gzip", cap=10_000)

    assert caught.value.kind is FailureKind.TOO_LARGE
