"""Text folded for searching: without case, accents and markup."""

import html
import re
import unicodedata

from mediafeed.store.codec import whole_text

_TAG = re.compile(r"<[^<>]{0,4000}>")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# Letters that Unicode does not take apart, as people type them who have no such keys.
_PLAINER = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_WORD = re.compile(r"[^\W_]+")
# Thai to Burmese, Japanese, Chinese: scripts without spaces between words. Each sign is a word of its own.
UNSPACED = r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_UNSPACED = re.compile(UNSPACED)


def folded(text: str) -> str:
    """Fold text, so that what is typed finds what is written.

    >>> folded("Viktorija  Starych-Samuolienė"), folded("Sølvi")
    ('viktorija starych-samuoliene', 'solvi')
    """
    if not text.isascii():
        # Most text has a quotation mark or two that is not ASCII: only those are looked at one by one.
        text = _BEYOND_ASCII.sub(_bare, whole_text(text))
        return " ".join(text.casefold().translate(_PLAINER).split())
    return " ".join(text.lower().split())


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


def words_in(text: str) -> list[str]:
    """Give the words of folded text; where words are not spaced apart, each sign.

    >>> words_in(folded("UK–Japan: 日本 today"))
    ['uk', 'japan', '日', '本', 'today']
    """
    return _WORD.findall(text if text.isascii() else _UNSPACED.sub(r" \g<0> ", text))
