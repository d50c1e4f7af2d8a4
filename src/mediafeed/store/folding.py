"""Text folded for searching: without case, accents and markup."""

import html
import re
import unicodedata

from mediafeed.store.codec import whole_text

_TAG = re.compile(r"<[^<>]{0,4000}>")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def folded(text: str) -> str:
    """Fold text, so that what is typed finds what is written.

    >>> folded("Viktorija  Starych-Samuolienė")
    'viktorija starych-samuoliene'
    """
    if not text.isascii():
        # Most text has a quotation mark or two that is not ASCII: only those are looked at one by one.
        text = _BEYOND_ASCII.sub(_bare, whole_text(text))
    return " ".join(text.casefold().split())


def _bare(beyond: re.Match[str]) -> str:
    apart = unicodedata.normalize("NFKD", beyond[0])
    return "".join([char for char in apart if not unicodedata.combining(char)])


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
