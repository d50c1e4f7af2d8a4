"""Read a stranger's picture and give small copies of it.

Pillow says from the first bytes how large a picture is: what is too large is never decoded. The caller's worker has
bounds of time and memory all the same.
"""

import io
import struct
import warnings
from typing import Final

from PIL import Image

from mediafeed.model.files import Picture, Unread
from mediafeed.model.source import FailureKind

MOST_BYTES: Final = 8 * 1024 * 1024
MOST_PIXELS: Final = 5_000 * 5_000  # Apple takes 3,000 by 3,000
LARGE, SMALL = 320, 112  # pixels: twice what pages show, for screens that are as fine
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
_GROUND: Final = (255, 255, 255)  # behind what is transparent
_QUALITY: Final = 80
# What Pillow and its codecs raise over bytes that are no picture, or another than they say.
_RAISED: Final = (
    OSError, ValueError, SyntaxError, TypeError, ArithmeticError, LookupError, AttributeError, RuntimeError, EOFError,
    struct.error,
)  # fmt: skip
_LEAST: Final = 32  # pixels of a side: below stand pictures that count readers


def read_picture(body: bytes) -> Picture | Unread:
    """Give a picture's copies: its first frame, upright, at most `LARGE` and `SMALL` pixels wide and high."""
    if len(body) > MOST_BYTES:
        return Unread(FailureKind.TOO_LARGE, f"a picture of over {MOST_BYTES} bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's word on large pictures; ours is said below
            return _copies(body)
    except Image.DecompressionBombError:
        return Unread(FailureKind.HOSTILE, "a picture of far too many pixels")
    except _RAISED as error:
        return Unread(FailureKind.MALFORMED, f"no picture: {type(error).__name__}")


def _copies(body: bytes) -> Picture | Unread:
    with Image.open(io.BytesIO(body), formats=FORMATS) as opened:
        width, height = opened.size
        if width * height > MOST_PIXELS:
            return Unread(FailureKind.HOSTILE, f"a picture of {width} by {height} pixels")
        if min(width, height) < _LEAST:
            return Unread(FailureKind.EMPTY, f"a picture of {width} by {height} pixels")
        turned = opened.getexif().get(0x0112, 1) if opened.format != "GIF" else 1
        opened.draft("RGB", (2 * LARGE, 2 * LARGE))  # a JPEG is decoded no larger than is needed
        plain = _flat(opened)
    plain.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    upright = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_270, 8: Image.Transpose.ROTATE_90}.get(turned)
    plain = plain.transpose(upright) if upright is not None else plain
    large = _webp(plain)
    small = plain.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return Picture(width=plain.width, height=plain.height, large=large, small=_webp(small))


def _flat(picture: Image.Image) -> Image.Image:
    """Give a picture without transparency, in plain colours."""
    if picture.mode.startswith("I"):  # 16 bits of grey: Pillow would make white of all but the darkest
        return picture.point(lambda value: value / 257).convert("L").convert("RGB")
    if "transparency" not in picture.info and "A" not in picture.mode:
        return picture.convert("RGB")
    picture.thumbnail((4 * LARGE, 4 * LARGE), Image.Resampling.BOX)
    coloured = picture.convert("RGBA")
    ground = Image.new("RGB", coloured.size, _GROUND)
    ground.paste(coloured, mask=coloured.getchannel("A"))
    return ground


def _webp(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY, method=6)
    return out.getvalue()
