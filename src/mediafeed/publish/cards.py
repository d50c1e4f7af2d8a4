"""Cards: the picture that goes with a link when somebody passes it on. 1200 by 630, as OpenGraph and Twitter want.

Drawn in grey and coloured by a palette, which is what makes thousands of them bearable. The same words in the same
letters give the same bytes. A name that no letters at hand can write is left out: boxes would be ugly, and another
script's reading of it a guess.
"""

import hashlib
import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from mediafeed.model.published import Document
from mediafeed.publish.catalogue import appearances_in_words
from mediafeed.publish.edition import Edition
from mediafeed.publish.letters import OURS, Letters, font, letters_for
from mediafeed.publish.signing import signature
from mediafeed.publish.wording import counted

WIDTH, HEIGHT, MARGIN = 1200, 630, 80
_SIZES = (104, 92, 80, 70, 62, 54)  # of a name, in pixels
_SMALL = 36
_LINES = 3
_ROOM = 256  # pixels from the name's top to what stands below it
_STEPS = 16  # shades, 4 bits a point
_QUIET = 190  # grey of what is beside the name
_INKS = ("#12355b", "#3d348b", "#1b4332", "#5f0f40", "#7f2704", "#22333b", "#0b525b", "#4a1942")

Font = ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What stands on a card: what it is about, its name, figures, the site."""

    kind: str
    name: str
    figures: str
    site: str


def card_documents(edition: Edition, letters: Sequence[Letters] = ()) -> Iterator[Document]:
    """Plan a card for the site, each show and each person."""
    catalogue, site = edition.catalogue, edition.site.title
    cards = {"assets/card.png": Card(kind="", name=site, figures=edition.site.description, site="")}
    for show, rows in catalogue.by_show.items():
        figures = counted(len(rows), "episode", "episodes")
        cards[f"shows/{show}/card.png"] = Card(
            kind="Podcast", name=catalogue.shows[show].title, figures=figures, site=site
        )
    for person, rows in catalogue.by_person.items():
        name = catalogue.people[person].name
        figures = appearances_in_words(person, rows)
        cards[f"people/{person}/card.png"] = Card(kind="Podcast appearances", name=name, figures=figures, site=site)
    for former in catalogue.former:
        now = former.now and cards.get(f"people/{former.now.id}/card.png")
        nobody = Card(kind="Podcast appearances", name=former.person.name, figures="", site=site)
        cards[f"people/{former.person.id}/card.png"] = now or nobody
    names = [one.name for one in letters]
    for path, card in cards.items():
        yield Document(path, signature("card", repr(card), *names), _drawing(card, letters))


def _drawing(card: Card, letters: Sequence[Letters]) -> Callable[[], bytes]:
    return lambda: draw_card(card, letters)


def draw_card(card: Card, letters: Sequence[Letters] = ()) -> bytes:
    """Draw a card as a PNG."""
    picture = _ground().copy()
    draw = ImageDraw.Draw(picture)
    top = MARGIN
    if card.kind:
        draw.text((MARGIN, top), card.kind, font=font(OURS, _SMALL), fill=_QUIET)
    found = _fitting(card.name, letters)
    top = 150
    if found:
        chosen, lines = found
        for line in lines:
            draw.text((MARGIN, top), line, font=chosen, fill=255)
            top += _line_height(chosen)
    _beside(draw, card.figures, top + 24, letters)
    _beside(draw, card.site, HEIGHT - MARGIN - _SMALL, letters)
    ink = _INKS[hashlib.sha256(card.name.encode("utf-8", "replace")).digest()[0] % len(_INKS)]
    return _png(picture, ink)


def _beside(draw: ImageDraw.ImageDraw, text: str, top: int, letters: Sequence[Letters]) -> None:
    """Write one line in small letters, as much of it as there is room for."""
    one = letters_for(text, letters)
    if text and one:
        line = _wrapped(text, font(one, _SMALL))[0]
        draw.text((MARGIN, top), line, font=font(one, _SMALL), fill=_QUIET)


def _fitting(name: str, letters: Sequence[Letters]) -> tuple[Font, list[str]] | None:
    """Choose the largest letters in which a name fits, and break it into lines; None where nothing can write it."""
    one = letters_for(name, letters)
    if not name.strip() or one is None:
        return None
    for size in _SIZES:
        chosen = font(one, size)
        lines = _wrapped(name, chosen)
        if len(lines) <= _LINES and len(lines) * _line_height(chosen) <= _ROOM:
            return chosen, lines
    return chosen, [*lines[: _LINES - 1], lines[_LINES - 1].rstrip() + " …"] if len(lines) > _LINES else lines


def _wrapped(text: str, chosen: Font) -> list[str]:
    """Break text between words, and inside those that are too long for a line."""
    room = WIDTH - 2 * MARGIN
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if chosen.getlength(longer) <= room:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for sign in word:
            if lines[-1] and chosen.getlength(lines[-1] + sign) > room:
                lines.append("")
            lines[-1] += sign
    return lines


def _line_height(chosen: Font) -> int:
    return int(chosen.size * 1.18)


@lru_cache(maxsize=1)
def _ground() -> Image.Image:
    """Draw what all cards have: bars like those of a recording, at the right edge, above a line."""
    picture = Image.new("L", (WIDTH, HEIGHT), 0)
    draw = ImageDraw.Draw(picture)
    for number in range(12):
        reach = 18 + 60 * abs(((number * 37) % 12) / 6 - 1)
        left = WIDTH - MARGIN - (12 - number) * 22
        draw.rounded_rectangle((left, 96 - reach / 2, left + 10, 96 + reach / 2), 5, fill=90)
    draw.rectangle((MARGIN, HEIGHT - MARGIN - _SMALL - 26, WIDTH - MARGIN, HEIGHT - MARGIN - _SMALL - 25), fill=90)
    return picture


def _png(picture: Image.Image, ink: str) -> bytes:
    """Write a grey picture with 16 steps from the ink to white, two points a byte."""
    last = _STEPS - 1
    steps = picture.point([round(grey / 255 * last) for grey in range(256)])
    dark = [int(ink[place : place + 2], 16) for place in (1, 3, 5)]
    palette = [round(part + (255 - part) * step / last) for step in range(_STEPS) for part in dark]
    steps.putpalette(palette)
    out = io.BytesIO()
    # Looking for runs alone takes half the time of looking for all repetitions; such a picture is little else.
    steps.save(out, "PNG", bits=4, compress_type=zlib.Z_RLE)
    return out.getvalue()
