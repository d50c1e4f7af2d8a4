"""What a file tells beside its length, gathered while it is read: half of it is kept when the bytes run out."""

import re
from dataclasses import dataclass, field
from typing import Final

from mediafeed.model.audio import LONGEST, Chapter

MOST_CHAPTERS: Final = 1_000
_LONGEST_TITLE: Final = 500
_LONGEST_HREF: Final = 2_000
_GAPLESS: Final = re.compile(r"\s*[0-9A-Fa-f]{8} ([0-9A-Fa-f]{8}) ([0-9A-Fa-f]{8}) ([0-9A-Fa-f]{16})\b")
_MOST_PADDING: Final = 8_192  # samples


@dataclass(slots=True)
class Told:
    """Chapters and tags so far."""

    chapters: list[Chapter] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    full: bool = False  # there are more chapters than are kept
    padded: bool = False  # nobody said yet how much an encoder put around the sound
    sound_share: float | None = None  # of all samples, those that are no padding

    def tag(self, name: str, words: str) -> None:
        """Keep a tag; the first of a name counts."""
        if words := words.strip()[:_LONGEST_TITLE]:
            self.tags.setdefault(name, words)

    def gapless(self, words: str) -> None:
        """Read what iTunes writes as "iTunSMPB": samples in front, behind and between, in hexadecimal digits."""
        if found := _GAPLESS.match(words):
            before, behind, sound = (int(each, 16) for each in found.groups())
            if sound > 0 and before + behind <= _MOST_PADDING:
                self.sound_share = sound / (before + sound + behind)

    def chapter(
        self,
        start: float,
        title: str,
        *,
        end: float | None = None,
        href: str = "",
        listed: bool = True,
    ) -> None:
        """Keep a chapter, unless it is beyond any episode or one too many."""
        if len(self.chapters) >= MOST_CHAPTERS:
            self.full = True
        elif 0 <= start <= LONGEST:
            self.chapters.append(
                Chapter(
                    start=start,
                    title=" ".join(title.split())[:_LONGEST_TITLE],
                    end=end if end is not None and start < end <= LONGEST else None,
                    href=href if href.startswith(("https://", "http://")) and len(href) <= _LONGEST_HREF else None,
                    listed=listed,
                )
            )

    def in_order(self) -> tuple[Chapter, ...]:
        """Give the chapters by their beginnings."""
        return tuple(sorted(self.chapters, key=lambda chapter: chapter.start))
