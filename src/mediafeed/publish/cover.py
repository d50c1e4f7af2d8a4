"""A plain cover, drawn for whoever has no picture of their own."""

import hashlib
import io

from anyascii import anyascii
from PIL import Image, ImageDraw, ImageFont

from mediafeed.publish import letters
from mediafeed.publish.letters import OURS, has

SIZE = 1400  # pixels a side: the least directories take
MARGIN = 120
_INKS = ("#12355b", "#3d348b", "#1b4332", "#5f0f40", "#7f2704", "#22333b", "#0b525b", "#4a1942")
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"

Font = ImageFont.FreeTypeFont


def cover_name(picture: bytes | None) -> str:
    """Give the file name of the cover: that of the operator's picture by its first bytes, ours is a PNG."""
    return "cover.jpg" if picture and picture.startswith(_JPEG) else "cover.png"


def is_picture(picture: bytes) -> bool:
    """Say whether these bytes are a PNG or a JPEG, which is what directories take."""
    return picture.startswith((_PNG, _JPEG))


def cover(title: str) -> bytes:
    """Draw a square PNG with the title on it; the same title, the same picture."""
    ink = _INKS[hashlib.sha256(title.encode("utf-8", "replace")).digest()[0] % len(_INKS)]
    picture = Image.new("RGB", (SIZE, SIZE), ink)
    draw = ImageDraw.Draw(picture)
    _waves(draw)
    # What our letters do not have is drawn in these rather than as boxes.
    font, lines = _fitting(draw, "".join(sign if has(OURS, sign) else anyascii(sign) for sign in title))
    height = _line_height(font)
    top = SIZE - MARGIN - height * len(lines)
    for number, line in enumerate(lines):
        draw.text((MARGIN, top + number * height), line, font=font, fill="white")
    out = io.BytesIO()
    picture.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _waves(draw: ImageDraw.ImageDraw) -> None:
    """Draw bars like those of a recording, in the upper half."""
    for number in range(23):
        reach = 60 + 260 * abs(((number * 37) % 23) / 11.5 - 1)
        left = MARGIN + number * 51
        ink = "#ffffff" if number % 5 == 2 else "#8fb3cf"
        draw.rounded_rectangle((left, 430 - reach, left + 26, 430 + reach), 13, fill=ink)


def _fitting(draw: ImageDraw.ImageDraw, title: str) -> tuple[Font, list[str]]:
    """Choose the largest letters in which the title fits under the bars, and break it into lines."""
    for size in range(150, 50, -10):
        font = letters.font(OURS, size)
        lines = _wrapped(draw, title, font)
        narrow = all(_width(draw, line, font) <= SIZE - 2 * MARGIN for line in lines)
        if narrow and len(lines) * _line_height(font) <= 520:
            return font, lines
    return font, lines[:7]


def _wrapped(draw: ImageDraw.ImageDraw, title: str, font: Font) -> list[str]:
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(draw, longer, font) > SIZE - 2 * MARGIN:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _width(draw: ImageDraw.ImageDraw, line: str, font: Font) -> float:
    return draw.textlength(line, font=font)


def _line_height(font: Font) -> int:
    return int(font.size * 1.2)
