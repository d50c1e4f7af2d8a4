"""The readable blocks of a page, in order, each with its words, its markup and the part of the page it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from html import escape
from itertools import islice

from lxml import etree

from mediafeed.parse.page_tree import Page, clean, is_longer, words_in
from mediafeed.parse.page_words import (
    BOUNDS,
    BREAKS,
    HEADINGS,
    INLINE,
    LONGEST_HEADING,
    PEOPLE,
    POSTING_CLASSES,
    RELATED,
    SERIES,
    SILENT,
    SILENT_CLASSES,
    SILENT_ROLES,
    TITLE_CLASSES,
    WRITTEN,
)


class Part(Enum):
    """Which part of a page a block stands in, as its heading tells."""

    TEXT = "text"
    SERIES = "series"  # what the podcast is
    PEOPLE = "people"  # contributor cards
    RELATED = "related"  # other episodes, subscriptions, comments: not about this page


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list entry or line. `is_posting` where the page says when itself was posted."""

    tag: str
    text: str
    markup: str
    part: Part
    is_posting: bool
    has_title_class: bool


_MOST_ARTICLES = 20
_MOST_BLOCKS = 10_000
_MOST_LINKS = 5000
_DEEPEST_INLINE = 8  # each open element is closed and opened again at every line break


def _part_of(heading: str) -> Part:
    if len(heading) > LONGEST_HEADING:
        return Part.TEXT
    if RELATED.fullmatch(heading.rstrip(":")):
        return Part.RELATED
    if SERIES.fullmatch(heading.rstrip(":")):
        return Part.SERIES
    return Part.PEOPLE if PEOPLE.fullmatch(heading.rstrip(":")) else Part.TEXT


def _is_series_label(element: etree._Element) -> bool:
    """Say whether an element begins with a line that names what is in it: no heading, but "Podcast series" alone."""
    label = next(iter(element), None)
    return label is not None and not len(label) and SERIES.fullmatch(clean(label.text)) is not None


def is_silent(element: etree._Element) -> bool:
    """Say whether an element holds nothing to read: scripts, navigation, footers, what is hidden."""
    if element.tag in SILENT or element.get("role") in SILENT_ROLES:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if element.tag == "header" and next(element.iter("nav"), None) is not None:
        return next(element.iter("h1"), None) is None
    if element.tag in ("main", "article", "body", "html"):
        return False
    names = {*(element.get("class") or "").lower().split(), (element.get("id") or "").lower()}
    return not names.isdisjoint(SILENT_CLASSES) and next(element.iter("h1"), None) is None


@dataclass(slots=True)
class _Walk:
    """Walks a tree (never deeper than 256) and cuts it into blocks."""

    page: Page
    links_only: bool = False
    blocks: list[Block] = field(default_factory=list)
    links: list[tuple[etree._Element, Part]] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    inline: list[tuple[str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=lambda: ["p"])
    part: Part = Part.TEXT
    level: int = 9
    posting: int = 0
    posted: bool = False
    titled: int = 0

    def enter(self, element: etree._Element) -> None:
        if not isinstance(element.tag, str) or is_silent(element):
            return
        tag, classes = str(element.tag), set((element.get("class") or "").lower().split())
        outer = (self.part, self.level)
        is_labelled = tag in ("div", "section", "aside") and _is_series_label(element)
        if is_labelled:
            self.part, self.level = Part.SERIES, 0
        breaks, opened = tag in BREAKS, self._open(element, tag)
        posting, titled = tag == "time" or bool(classes & POSTING_CLASSES), bool(classes & TITLE_CLASSES)
        if breaks:
            self.flush()
            self.tags.append(tag)
        self.posting += posting
        self.titled += titled
        if 1 < HEADINGS.get(tag, 0) <= self.level:
            self.part = _part_of(words_in(element))
            self.level = 9 if self.part is Part.TEXT else HEADINGS[tag]
        if tag == "time" and self.part is not Part.RELATED:
            self.times.append(clean(element.get("datetime")))
        self.say(element.text)
        for child in element:
            self.enter(child)
            self.say(child.tail)
        if breaks:
            self.flush()
            self.tags.pop()
        self.posting -= posting
        self.titled -= titled
        if opened:
            self._close()
        if tag in BOUNDS or is_labelled:
            self.part, self.level = outer

    def say(self, text: str | None) -> None:
        if text and not self.links_only:
            self.words.append(text)
            self.markup.append(escape(text))
            self.posted = self.posted or (self.posting > 0 and not text.isspace())

    def _open(self, element: etree._Element, tag: str) -> bool:
        if tag not in INLINE:
            return False
        start = f"<{tag}>"
        if tag == "a" and len(self.links) < _MOST_LINKS:
            self.links.append((element, self.part))
        if self.links_only or len(self.inline) >= _DEEPEST_INLINE or len(self.blocks) >= _MOST_BLOCKS:
            return False
        if tag == "a":
            href = self.page.absolute(element.get("href"))
            if not href:
                return False
            start = f'<a href="{escape(href)}">'
        self.inline.append((start, f"</{tag}>"))
        self.markup.append(start)
        return True

    def _close(self) -> None:
        self.markup.append(self.inline.pop()[1])

    def flush(self) -> None:
        text = clean("".join(self.words))
        if text and len(self.blocks) < _MOST_BLOCKS:
            inner = "".join(self.markup) + "".join(end for _, end in reversed(self.inline))
            tag = next((tag for tag in reversed(self.tags) if tag in WRITTEN or tag == "h1"), "p")
            written = WRITTEN.get(tag, "p")
            markup = f"<{written}>{clean(inner)}</{written}>"
            self.blocks.append(Block(tag, text, markup, self.part, self.posted, self.titled > 0))
        self.words.clear()
        self.markup[:] = [start for start, _ in self.inline]
        self.posted = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The blocks and times of the page's main part, and the links on the page with the part each stands in."""

    blocks: tuple[Block, ...]
    times: tuple[str, ...]
    links: tuple[tuple[etree._Element, Part], ...]


def reading_of(page: Page) -> Reading:
    """Read the main part of a page, with the head of it where that stands outside."""
    walk = _Walk(page)
    main = _main_part(page.root)
    title = next(page.root.iter("h1"), None)
    if title is not None and main not in (title, *title.iterancestors()):
        walk.enter(_around(title))
    walk.enter(main)
    walk.flush()
    outside = _Walk(page, links_only=True)
    outside.enter(page.root)
    return Reading(tuple(walk.blocks), tuple(walk.times), tuple(outside.links))


def _main_part(root: etree._Element) -> etree._Element:
    """Give the part that the page is about: an article with a title, `main`, the longest article, else all of it."""
    articles = list(islice(root.iter("article"), _MOST_ARTICLES))
    titled = [article for article in articles if next(article.iter("h1"), None) is not None]
    mains = [*root.iter("main"), *(each for each in root.iter("div", "section") if each.get("role") == "main")]
    if mains:
        return mains[0]
    if titled:
        return titled[0]
    if articles:
        return max(articles, key=lambda article: len(words_in(article)))
    return next(root.iter("body"), root)


def _around(title: etree._Element) -> etree._Element:
    """Give the head of the page that a title stands in: what is around it, if that is short."""
    around = title
    for outer in title.iterancestors("header", "section", "div", "hgroup"):
        if is_longer(outer, 1000):
            break
        around = outer
    return around


def plain(blocks: Iterator[Block]) -> str:
    """Give the words of blocks, a line each."""
    return "\n".join(block.text for block in blocks)
