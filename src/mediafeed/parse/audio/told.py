"""What a file tells beside its length, gathered while it is read: half of it is kept when the bytes run out."""

from dataclasses import dataclass, field
from typing import Final

from mediafeed.model.audio import LONGEST, Chapter

MOST_CHAPTERS: Final = 1_000
_LONGEST_TITLE: Final = 500
_LONGEST_HREF: Final = 2_000


@dataclass(slots=True)
class Told:
    """Chapters and tags so far."""

    chapters: list[Chapter] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    full: bool = False  # there are more chapters than are kept

    def tag(self, name: str, words: str) -> None:
        """Keep a tag; the first of a name counts."""
        if words := words.strip()[:_LONGEST_TITLE]:
            self.tags.setdefault(name, words)

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
