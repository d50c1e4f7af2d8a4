"""Pictures of strangers: small copies of what is one, and a reason for all else."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image

from mediafeed.model.files import Picture, Unread
from mediafeed.model.source import FailureKind
from mediafeed.parse.pictures import LARGE, MOST_BYTES, SMALL, read_picture


def drawn(form: str, size: tuple[int, int] = (600, 400), mode: str = "RGB", **facts: object) -> bytes:
    """Draw a picture whose left half is red."""
    picture = Image.new("RGB", size, "blue")
    picture.paste((255, 0, 0), (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    picture.convert(mode).save(out, form, **facts)
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def claiming(width: int, height: int, *further: bytes) -> bytes:
    """Write a PNG of a few bytes that says how large it is."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(further) + rows + chunk(b"IEND", b"")


def opened(copy: bytes) -> Image.Image:
    return Image.open(io.BytesIO(copy), formats=("WEBP",)).convert("RGB")


def shade(copy: bytes, at: tuple[int, int]) -> tuple[int, ...]:
    """Give red, green and blue of a point."""
    point = opened(copy).getpixel(at)
    assert isinstance(point, tuple)
    return point


@pytest.mark.parametrize(
    ("form", "mode"), [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("WEBP", "RGB"),
                       ("GIF", "P")]
)  # fmt: skip
def test_a_picture_of_any_usual_form_has_two_small_copies(form, mode):
    found = read_picture(drawn(form, mode=mode))

    assert isinstance(found, Picture)
    assert (found.width, found.height) == opened(found.large).size == (LARGE, round(LARGE * 400 / 600))
    assert max(opened(found.small).size) == SMALL
    red, _, blue = shade(found.large, (40, 100))
    assert red > blue or mode == "L"
    assert len(found.large) < 40_000


def test_grey_of_sixteen_bits_keeps_its_shades():
    ramp = Image.new("I;16", (256, 64))
    ramp.putdata([column * 257 for _ in range(64) for column in range(256)])
    out = io.BytesIO()
    ramp.save(out, "PNG")
    found = read_picture(out.getvalue())

    assert isinstance(found, Picture)
    for column in (8, 64, 128, 192, 248):
        assert all(abs(value - column) < 12 for value in shade(found.large, (column, 30)))


def test_a_small_picture_is_not_made_larger():
    found = read_picture(drawn("PNG", (200, 200)))

    assert isinstance(found, Picture)
    assert (found.width, found.height) == (200, 200)


def test_the_copy_stands_upright_and_carries_nothing_of_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera of somebody"
    found = read_picture(drawn("JPEG", (600, 400), exif=exif))

    assert isinstance(found, Picture)
    assert (found.width, found.height) == (213, 320)
    assert not Image.open(io.BytesIO(found.large)).getexif()
    assert b"Camera" not in found.large


def test_what_is_transparent_stands_on_white():
    out = io.BytesIO()
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(out, "PNG")
    found = read_picture(out.getvalue())

    assert isinstance(found, Picture)
    assert min(shade(found.large, (20, 20))) > 250


def test_the_same_bytes_give_the_same_copies():
    assert read_picture(drawn("JPEG")) == read_picture(drawn("JPEG"))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FailureKind.MALFORMED),
        (b"<!doctype html><title>Not found</title>", FailureKind.MALFORMED),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", FailureKind.MALFORMED),
        (b"GIF89a" + b"\xff" * 200, FailureKind.MALFORMED),
        (drawn("JPEG")[:300], FailureKind.MALFORMED),
        (drawn("BMP"), FailureKind.MALFORMED),
        (drawn("TIFF"), FailureKind.MALFORMED),
        (drawn("PNG", (1, 1)), FailureKind.EMPTY),
        (claiming(60_000, 60_000), FailureKind.HOSTILE),
        (claiming(2**31 - 1, 1), FailureKind.HOSTILE),
        (b"\xff" * (MOST_BYTES + 1), FailureKind.TOO_LARGE),
        (claiming(64, 64, chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 100_000_000))), FailureKind.MALFORMED),
    ],
)
def test_what_is_no_picture_of_a_bearable_size_is_told_with_its_kind(body, kind):
    found = read_picture(body)

    assert isinstance(found, Unread)
    assert found.kind is kind


@pytest.mark.parametrize("seed", range(40))
def test_whatever_the_bytes_are_there_is_an_answer(seed):
    soup = random.Random(seed)
    form = soup.choice(["JPEG", "PNG", "WEBP", "GIF"])
    body = bytearray(drawn(form, (90, 90), "P" if form in {"PNG", "GIF"} and seed % 2 else "RGB"))
    for _ in range(soup.randint(1, 30)):
        body[soup.randrange(len(body))] = soup.randrange(256)

    assert isinstance(read_picture(bytes(body)), Picture | Unread)
