"""Text folded for searching: without case, accents and markup."""

import html
import re
import unicodedata

from mediafeed.store.codec import whole_text

_TAG = re.compile(r"<[^<>]{0,4000}>")


def folded(text: str) -> str:
    """Fold text, so that what is typed finds what is written.

    >>> folded("Viktorija  Starych-Samuolienė")
    'viktorija starych-samuoliene'
    """
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", whole_text(text))
        text = "".join(char for char in apart if not unicodedata.combining(char))
    return " ".join(text.casefold().split())


def folded_html(source: str) -> str:
    """Fold the words of HTML; markup is cut away roughly, as nobody reads the outcome.

    >>> folded_html("<p>Japan &amp; the <b>UK</b></p>")
    'japan & the uk'
    """
    return folded(html.unescape(_TAG.sub(" ", source)))


def joined(*parts: str) -> str:
    r"""Join folded parts by line breaks, leaving out what an earlier one holds.

    >>> joined("japan", "about japan", "japan")
    'japan\nabout japan'
    """
    text = ""
    for part in parts:
        if part not in text:
            text = f"{text}\n{part}" if text else part
    return text
