"""Mark the words that were looked for, in text and in rendered rows."""

import html
import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from mediafeed.store.folding import UNSPACED, folded

PASSAGE = 220  # characters of notes that are shown around a word

_TAG = re.compile(r"(<[^<>]*>)")
# A word with the accents that stand apart; where words are not spaced apart, a sign.
_WORD = re.compile(rf"{UNSPACED}|(?:(?!{UNSPACED})[^\W_][\u0300-\u036f]*)+")


def marked(text: str, words: Sequence[str]) -> Markup:
    """Give text for a page, with every word that begins like one of `words` (folded) in `<mark>`.

    >>> marked("Ports & Japan’s pörts", ["port", "japan"])
    Markup('<mark>Ports</mark> &amp; <mark>Japan</mark>’s <mark>pörts</mark>')
    """
    parts: list[Markup] = []
    end = 0
    for found in _WORD.finditer(text):
        if _is_one(found[0], words):
            parts += (escape(text[end : found.start()]), Markup("<mark>{}</mark>").format(found[0]))
            end = found.end()
    parts.append(escape(text[end:]))
    return Markup(str(Markup().join(parts)).replace("</mark><mark>", ""))  # noqa: S704 - every part is escaped


def _is_one(word: str, words: Sequence[str]) -> bool:
    plain = folded(word)
    return any(plain == one or (len(one) > 1 and plain.startswith(one)) for one in words)


def has_one(text: str, words: Sequence[str]) -> bool:
    """Say whether one of the words stands in a text.

    >>> has_one("Ports & piers", ["port"]), has_one("Ports & piers", ["ort"])
    (True, False)
    """
    return any(_is_one(found[0], words) for found in _WORD.finditer(text))


def marked_row(row: Markup, words: Sequence[str]) -> Markup:
    """Give a rendered row with the words marked where it has text.

    >>> marked_row(Markup('<a href="ports/">Ports &amp; piers</a>'), ["ports", "amp"])
    Markup('<a href="ports/"><mark>Ports</mark> &amp; piers</a>')
    """
    # Rows are our own: no attribute in them holds a bare angle bracket.
    parts = (part if part.startswith("<") else str(marked(html.unescape(part), words)) for part in _TAG.split(row))
    return Markup("".join(parts))  # noqa: S704 - tags are the row's own, text is escaped


def passage(text: str, words: Sequence[str]) -> str:
    """Give the part of a text around the first of the words, or its beginning, broken between words.

    >>> passage("One two three", ["two"])
    'One two three'
    """
    text = " ".join(text.split())
    if len(text) <= PASSAGE:
        return text
    first = next((found.start() for found in _WORD.finditer(text) if _is_one(found[0], words)), 0)
    start = max(min(first - PASSAGE // 3, len(text) - PASSAGE), 0)
    cut = text[start : start + PASSAGE]
    if start:
        cut = "… " + (cut.partition(" ")[2] or cut)
    return f"{cut.rpartition(' ')[0] or cut} …" if start + PASSAGE < len(text) else cut
