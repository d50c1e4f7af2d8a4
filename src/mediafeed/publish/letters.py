"""Letters to draw with: our own, a part of Noto Sans (assets/letters-license.txt), and such as a machine has beside.

Ours have the Latin, Greek and Cyrillic scripts and look alike on every machine.
"""

import io
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from PIL import ImageFont, features

_TRIED = 36  # pixels: a size to look at signs in
_NOBODYS = "\U0010fffe"  # a sign that no font has


@dataclass(frozen=True, slots=True)
class Letters:
    """A font: its name, how to get the bytes of its file, and whether its signs stand each by itself."""

    name: str
    load: Callable[[], bytes]
    simple: bool = False


def _ours() -> bytes:
    return (files("mediafeed.publish") / "assets" / "letters.ttf").read_bytes()


OURS = Letters("ours", _ours, simple=True)


def letters_for(text: str, beside: Sequence[Letters] = ()) -> Letters | None:
    """Give the first letters, ours before others, that can write all of a text; None where there are none."""
    signs = frozenset(text)
    if any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in signs) and not features.check("raqm"):
        return None  # written from left to right it would be another text
    return next((one for one in (OURS, *beside) if all(has(one, sign) for sign in signs)), None)


@lru_cache(maxsize=16_384)
def has(one: Letters, sign: str) -> bool:
    """Say whether letters have a sign: what is drawn for it is not what is drawn for a sign that nobody has.

    >>> has(OURS, "ė"), has(OURS, "日")
    (True, False)
    """
    if "\ud800" <= sign <= "\udfff":
        return False
    return sign.isspace() or bytes(font(one, _TRIED).getmask(sign)) != _missing(one)


@lru_cache(maxsize=16)
def _missing(one: Letters) -> bytes:
    return bytes(font(one, _TRIED).getmask(_NOBODYS))


@lru_cache(maxsize=64)
def font(one: Letters, size: int) -> ImageFont.FreeTypeFont:
    """Give letters in a size, in pixels."""
    # Where signs stand each by itself they are laid out alike everywhere, whatever libraries there are.
    layout = ImageFont.Layout.BASIC if one.simple else None
    return ImageFont.truetype(io.BytesIO(_bytes(one)), size, layout_engine=layout)


@lru_cache(maxsize=4)
def _bytes(one: Letters) -> bytes:
    return one.load()
