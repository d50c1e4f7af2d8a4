"""Words without their markup: for lists, for comparing, for finding names in."""

import re
import unicodedata
from html import unescape
from typing import Final

from anyascii import anyascii

_LONGEST_HTML: Final = 300_000
_LONGEST_TEXT: Final = 100_000
TITLE_LENGTH: Final = 500

_MARKUP = re.compile(
    r"<!--.*?(?:-->|$)|<(script|style|svg|math|noscript|template|iframe)\b.*?(?:</\1\s*>|$)|<!\[CDATA\[|\]\]>"
    r"|<[/!?]?([a-zA-Z][a-zA-Z0-9:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*(?:>|$)|<[/!?][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "table",
        "tr",
        "td",
        "th",
        "section",
        "article",
        "header",
        "footer",
        "aside",
        "main",
        "nav",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "address",
        "form",
        "fieldset",
        "body",
        "html",
        "tbody",
        "thead",
    ]
)
_HAS_BLOCKS = re.compile(r"<(?:p|div|br|li|h[1-6]|tr|table|ul|ol|section|article|blockquote|pre)\b", re.IGNORECASE)
_ESCAPED_MARKUP = re.compile(r"</?(?:p|br|a|b|i|em|strong|div|span|ul|li|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\xa0\u2000-\u200a\u202f\u205f\u3000]+")
_ALL_SPACES = re.compile(r"\s+")
_BREAKS = re.compile(r" ?(?:\r\n?|[\n\v\f\x85\u2028\u2029])(?:\s*\n)? ?")
# Controls, soft hyphens, zero-width spaces, and marks that turn the reading direction: nobody sees them, and U+202E
# makes "txt.exe" of "exe.txt". Joiners (U+200C, U+200D) stay: scripts and emoji need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)
_TURNING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ufeff\ufffe\uffff\ud800-\udfff]")
_WORD = re.compile(r"\w+")
_CUT_OFF = re.compile(r"(?:\.\.\.|…|\[(?:\.\.\.|…|more)\]|read more|continue reading)\W*$", re.IGNORECASE)
_APOSTROPHES = re.compile("(?<=\\w)[’‘ʼ`´'](?=\\w)")


def plain_text(html: str, *, limit: int = _LONGEST_TEXT) -> str:
    r"""Give the words of HTML, or of text that is none: one space between words, a line for each block.

    HTML escaped twice is understood; scripts and styles are no words.

    >>> plain_text("<p>Ann &amp; Bo<br>talk.</p><script>x()</script>")
    'Ann & Bo\ntalk.'
    >>> plain_text("&lt;p&gt;Kyoto, &lt;b&gt;today&lt;/b&gt;&lt;/p&gt;")
    'Kyoto, today'
    """
    text = html[:_LONGEST_HTML]
    if "<" in text:
        text = _without_markup(text)
    if "&" in text:
        text = unescape(text)
        if "<" in text and _ESCAPED_MARKUP.search(text):
            text = unescape(_without_markup(text))
    if not text.isascii() or not text.isprintable():
        text = _UNSEEN.sub("", text)
    return cut(_tidied(text), limit)


def _without_markup(text: str) -> str:
    if _HAS_BLOCKS.search(text):
        # With blocks in it this is HTML through and through: its line breaks are mere spaces.
        text = _ALL_SPACES.sub(" ", text)
    return _MARKUP.sub(lambda match: "\n" if (match[2] or "").lower() in _BLOCKS else "", text)


def _tidied(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in _BREAKS.sub("\n", text).split("\n"))
    return "\n".join(line for line in lines if line)


def one_line(text: str, *, limit: int = TITLE_LENGTH) -> str:
    r"""Give a title as it stands, in one line, cut at `limit` characters where a reader sees one end.

    >>> one_line("  The\nGulf\u202e  ")
    'The Gulf'
    """
    text = text[: limit * 20]
    if not text.isprintable():
        text = _TURNING.sub("", text)
    return cut(" ".join(text.split()), limit)


def cut(text: str, limit: int) -> str:
    r"""Cut to at most `limit` characters, never inside what is seen as one (an accent, a flag, a family).

    >>> cut("cafe\u0301s", 4)
    'caf'
    """
    if len(text) <= limit:
        return text
    end = limit
    while end and limit - end < 64 and _joins(text[end - 1], text[end], text[:end]):
        end -= 1
    return text[:end].rstrip()


def _joins(before: str, after: str, left: str) -> bool:
    """Say whether two neighbours are seen as one character (the common cases of UAX 29)."""
    if before == "\u200d" or after in "\u200d\ufe0e\ufe0f" or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    if unicodedata.category(after) in {"Mn", "Me", "Mc"} or "\U000e0020" <= after <= "\U000e007f":
        return True
    if _is_flag_letter(before) and _is_flag_letter(after):
        flags = len(left) - len(left.rstrip("".join(chr(code) for code in range(0x1F1E6, 0x1F200))))
        return flags % 2 == 1
    return False


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def folded(text: str) -> str:
    """Fold a title for comparing: words only, no case, no accents, one space between.

    >>> folded("Geostrategy360°: “Strategic” Tōkyō’s View")
    'geostrategy360 strategic tokyos view'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(_WORD.findall(_APOSTROPHES.sub("", text).casefold().replace("_", " ")))


def ascii_words(text: str) -> str:
    """Give text in ASCII letters, every script transliterated.

    >>> ascii_words("Tōkyō 東京")
    'Tokyo DongJing'
    """
    return text if text.isascii() else anyascii(unicodedata.normalize("NFC", text))


def richest(*texts: str) -> str:
    """Give the text, markup and all, that says most; among equals the earlier.

    >>> richest("Short.", "<p>Short, and then some.</p>", "")
    '<p>Short, and then some.</p>'
    """
    distinct = [text for text in dict.fromkeys(texts) if text and not text.isspace()]
    if len(distinct) < 2:
        return distinct[0] if distinct else ""
    # Markup counts a little: of two with the same words the one with paragraphs and links is richer.
    return max(distinct, key=lambda text: (len(plain_text(text)) // 4, "<" in text, len(text)))


def shortest_whole(*texts: str) -> str:
    """Give the shortest of several plain texts that is not cut off and says something.

    >>> shortest_whole("Ann talks to Bo about t...", "Ann talks to Bo about tea.", "Ann talks to Bo about tea. More.")
    'Ann talks to Bo about tea.'
    """
    distinct = [text for text in dict.fromkeys(texts) if text and not text.isspace()]
    whole = [text for text in distinct if _is_whole(text, distinct)]
    return min(whole or distinct, key=len, default="") if whole else max(distinct, key=len, default="")


def _is_whole(text: str, others: list[str]) -> bool:
    if len(text) < 25 and any(len(other) > 2 * len(text) for other in others):
        return False  # "Interview", "."
    if _CUT_OFF.search(text[-40:]):
        return False
    ends = text.rstrip()[-1:]
    return ends in '.!?。！？»”")]' or not any(
        other is not text and other.startswith(text.rstrip()) for other in others
    )
