"""What the words of an episode's page say: its date, how long it is to hear, its show, its contributors."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from lxml import etree

from mediafeed.model.parsed import Element
from mediafeed.parse.page_blocks import Block, Part, Reading
from mediafeed.parse.page_tree import Page, clean, is_longer, words_in
from mediafeed.parse.sites import is_episode_page, is_person_page, show_slug, site_of

_LISTEN = re.compile(
    r"(?<![\w.,:])(?:\d{1,2}\s*(?:hours?|hrs?|h)\b[\s,]*(?:and\s+)?)?\d{1,3}[\s-]*(?:minutes?|mins?)\.?[\s-]+"
    r"(?:listen(?:ing(?: time)?)?|audio|podcast)\b"
    r"|\b(?:listen(?:ing time)?|duration|running time|run time|length)\s*[:·|–—-]\s*"
    r"(?:(?:\d{1,2}\s*(?:hours?|hrs?|h)\b[\s,]*(?:and\s+)?)?\d{1,3}[\s-]*(?:minutes?|mins?)\b\.?|\d{1,2}(?::\d\d){1,2})",
    re.IGNORECASE,
)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]{0,2}\s+)?"
_CLOCK: Final = r"(?:,?\s*(?:at\s+)?\d{1,2}:\d\d(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,5})?)?"
_DATE: Final = (
    rf"(?:{_WEEKDAY}\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?[^\W\d_]{{3,10}}\.?,?\s+\d{{4}}"
    rf"|{_WEEKDAY}[^\W\d_]{{3,10}}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{4}}-\d\d-\d\d|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}){_CLOCK}"
)
_LABEL: Final = r"(?:released|aired|broadcast|date|podcast|audio|episode(?:\s+\d+)?)"
_DATE_LINE = re.compile(rf"\W*(?:{_LABEL}(?:\s+on)?[\s:|·•,–—-]+)*({_DATE})(?:[\s|·•,–—-]+{_LABEL})*\W*", re.IGNORECASE)
_POSTED_LINE = re.compile(rf"\W*(?:posted|(?:first )?published)?(?:\s+on)?\W*({_DATE})(?:\W.*)?", re.IGNORECASE)
_POSTED = re.compile(r"\W*(?:posted|(?:first )?published)\b", re.IGNORECASE)
_SERIES_LABEL = re.compile(
    r"(?:podcast\s+series|from the podcast|part of(?: the)? series)\s*(?::\s*(.{2,100}))?:?", re.IGNORECASE
)
_SHOW_BEFORE_NUMBER = re.compile(
    r"(.{3,100}?)(?:\s+podcast)?(?:\s*[-–—:|,]\s*|\s+)(?:episode|ep\.?)\s*#?(\d{1,4})", re.IGNORECASE
)
_DISCLAIMER = re.compile(
    r"disclaimer\b|(?:the |any |all )?(?:views?|opinions?|statements?)\b.{0,80}\b(?:are|do not|is)\b|"
    r"guests? (?:speak|express)|this (?:podcast|episode) (?:does not|is not)\b.{0,60}\b(?:view|advice)",
    re.IGNORECASE,
)
_NO_SHOW = re.compile(r"(?:all |more |back|listen|view|see |podcasts?$|episodes?$|home$|subscribe)", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_a-zà-ÿ][\w.'’-]*(?:[\s]+[\w.'’-]+){1,6}")
_NO_NAME = re.compile(r"\b(?:view|read|see|more|profile|contributors?|learn|full|bio|biography)\b", re.IGNORECASE)
_LINES: Final = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "span", "div", "li", "a")
_AFTER_TITLE: Final = 8
_BEFORE_TITLE: Final = 3
_MOST_PERSONS: Final = 30
_MOST_CARDS: Final = 300
_LONGEST_CARD: Final = 500  # characters, white space included


def title_index(blocks: tuple[Block, ...]) -> int:
    """Give the place of the page's title among its blocks, -1 where it has none."""
    by_class = (index for index, block in enumerate(blocks) if block.has_title_class and block.tag in ("h1", "h2"))
    by_tag = (index for index, block in enumerate(blocks) if block.tag == "h1")
    return next(by_class, next(by_tag, -1))


def listen(blocks: tuple[Block, ...]) -> str:
    """Give the words that say how long the episode is to hear, or ""."""
    found = (_LISTEN.search(block.text) for block in blocks if block.part is not Part.RELATED)
    return next((match[0] for match in found if match), "")


def stated_date(blocks: tuple[Block, ...]) -> str:
    """Give the date that stands alone in a line near the title, as printed, or "".

    The line in which a theme says when the page was posted is not it.
    """
    title = title_index(blocks)
    near = [*blocks[title + 1 : title + 1 + _AFTER_TITLE], *blocks[max(0, title - _BEFORE_TITLE) : max(0, title)]]
    for block in near:
        if not block.is_posting and block.part is not Part.RELATED and (date := _date_in(block.text)):
            return date
    return ""


def posted_date(blocks: tuple[Block, ...]) -> str:
    """Give the date in the line that says when the page was posted, as printed, or ""."""
    lines = (_LISTEN.sub(" ", block.text)[:200] for block in blocks if block.is_posting or _POSTED.match(block.text))
    found = (_POSTED_LINE.fullmatch(line) for line in lines)
    return next((match[1].strip() for match in found if match), "")


def _date_in(line: str) -> str:
    if len(line) > 120:
        return ""
    match = _DATE_LINE.fullmatch(_LISTEN.sub(" ", line).strip())
    return match[1].strip() if match else ""


def is_fact_line(block: Block) -> bool:
    """Say whether a line holds nothing but what was read from it: a date, a length to hear."""
    left = _LISTEN.sub(" ", block.text).strip(" |·•,–—-")
    return not left or bool(_date_in(block.text)) or (block.is_posting and len(left) < 200)


def is_disclaimer(text: str) -> bool:
    """Say whether a paragraph is about whose views are heard.

    >>> is_disclaimer("The views or statements expressed by guests are their own.")
    True
    """
    return _DISCLAIMER.match(text) is not None


def show_said(reading: Reading, page: Page, url: str) -> Element | None:
    """Give the show's name as the page says it, with the address of its page where it is linked."""
    linked = _show_link(reading, page, url)
    for name in (_series_block(reading.blocks), _name_of(linked), show_and_number(reading.blocks)[0]):
        if name:
            href = page.absolute(linked.get("href")) if linked is not None and clean(words_in(linked)) == name else ""
            return Element("page:show", name, (("href", href),) if href else ())
    return None


def _series_block(blocks: tuple[Block, ...]) -> str:
    for index, block in enumerate(blocks):
        label = _SERIES_LABEL.fullmatch(block.text)
        if label and block.part is not Part.RELATED:
            name = label[1] or (blocks[index + 1].text if index + 1 < len(blocks) else "")
            if name and len(name) <= 100 and not name.endswith("."):
                return name
    return ""


def _show_link(reading: Reading, page: Page, url: str) -> etree._Element | None:
    slug = show_slug(url)
    for link, part in reading.links:
        href = page.absolute(link.get("href")) if slug and part is not Part.RELATED else ""
        is_of_show = href and site_of(href) == site_of(url) and show_slug(href) == slug and not is_episode_page(href)
        if is_of_show and _name_of(link):
            return link
    return None


def _name_of(link: etree._Element | None) -> str:
    name = words_in(link) if link is not None else ""
    return name if 2 <= len(name) <= 100 and not _NO_SHOW.match(name) else ""


def show_and_number(blocks: tuple[Block, ...]) -> tuple[str, str]:
    """Give what a line at the top says in the form "The Show Podcast Episode 33": ("The Show", "33"), or ("", "").

    Several such lines with other numbers are a list of episodes and say nothing about this page.
    """
    title = max(0, title_index(blocks))
    lines = (block.text for block in blocks[title:] if block.part is Part.TEXT and len(block.text) <= 120)
    found = [match for line in lines if (match := _SHOW_BEFORE_NUMBER.fullmatch(line))]
    if not found or len({match[2] for match in found}) > 1:
        return "", ""
    return found[0][1].strip(" -–—:|,"), found[0][2]


def persons(reading: Reading, page: Page, url: str) -> Iterator[Element]:
    """Walk the contributor cards: names that link to a profile on the same site. No role is claimed."""
    seen: set[str] = set()
    for link, href in islice(_profiles(reading, page, url), _MOST_CARDS):
        if href in seen or len(seen) >= _MOST_PERSONS:
            continue
        lines = _card(link)
        name = next((line for line in (words_in(link), *lines) if _is_name(line)), "")
        if name:
            seen.add(href)
            position = ", ".join(line for line in lines if line != name and not _NO_NAME.search(line))[:200]
            yield Element("page:person", name, (("href", href), *((("position", position),) if position else ())))


def _profiles(reading: Reading, page: Page, url: str) -> Iterator[tuple[etree._Element, str]]:
    for link, part in reading.links:
        if part is Part.RELATED:
            continue
        href = page.absolute(link.get("href"))
        if href and is_person_page(href) and site_of(href) == site_of(url):
            yield link, href


def _is_name(text: str) -> bool:
    return len(text) <= 80 and _NAME.fullmatch(text) is not None and not _NO_NAME.search(text)


def _card(link: etree._Element) -> list[str]:
    """Give the lines of the card that a link stands in: the widest element around it with no other person in it."""
    card = link
    for outer in link.iterancestors():
        if outer.tag in ("main", "article", "body", "section", "p", "ul", "ol") or is_longer(outer, _LONGEST_CARD):
            break
        others = {other.get("href") for other in outer.iter("a") if "/" in (other.get("href") or "")}
        if others - {link.get("href")}:
            break
        card = outer
    parts = [part for part in card.iter(*_LINES) if next(part.iterdescendants(*_LINES), None) is None]
    lines = [words_in(part) for part in parts]
    return [line for line in dict.fromkeys(lines) if line and len(line) <= 150] if card is not link else []
