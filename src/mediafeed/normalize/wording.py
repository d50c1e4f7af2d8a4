"""The same thing said at several lengths: the richest for the page, the shortest whole one for lists."""

from dataclasses import dataclass
from typing import Final

from mediafeed.normalize.said import Said
from mediafeed.normalize.text import cut, plain_text, shortest_whole

# In the order in which equals win.
_NAMES: Final = ("content:encoded", "description", "itunes:summary", "media:description", "googleplay:description")
_LONGEST_SUMMARY: Final = 4000


@dataclass(frozen=True, slots=True)
class Wording:
    """`notes` as found, markup and all; `plain` its words; `summary` for lists."""

    notes: str
    plain: str
    summary: str


def wording(said: Said) -> Wording:
    """Choose among the texts of an item."""
    texts = list(dict.fromkeys(said.texts(*_NAMES))) or list(said.texts("page:text", "itunes:subtitle"))[:1]
    if not texts:
        return Wording("", "", "")
    plains = [plain_text(text) for text in texts]
    if len(texts) == 1:
        return Wording(texts[0], plains[0], cut(plains[0], _LONGEST_SUMMARY))
    # Markup counts a little: of two with about the same words the one with paragraphs and links is richer.
    best = max(range(len(texts)), key=lambda index: (len(plains[index]) // 8, "<" in texts[index], -index))
    return Wording(texts[best], plains[best], cut(shortest_whole(*plains), _LONGEST_SUMMARY))
