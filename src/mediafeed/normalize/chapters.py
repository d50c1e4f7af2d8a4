"""Chapters that a source tells in words: `psc:chapters`, and times in show notes."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from mediafeed.model.audio import LONGEST, Chapter
from mediafeed.model.parsed import Element
from mediafeed.normalize.text import cut, plain_text

PUBLISHERS_OWN: Final = "psc:chapters"
IN_AUDIO: Final = "audio"
IN_NOTES: Final = "notes"

_MOST: Final = 1_000
_LONGEST_TITLE: Final = 200
_NEAR: Final = 300.0  # seconds: a list of chapters may begin behind the introduction, and not later
_SURE: Final = 3  # times in order that make a list; of two, the first must be the beginning
_END: Final = 2.0  # seconds by which a declared length may be too short for its last chapter

# Podlove simple chapters 1.2 takes RFC 2326's normal play time: "1:02:03.5", "02:03", "123.5".
_PLAY_TIME = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6}(?:\.\d{1,9})?)")
_CLOCK = r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)"
_OPENS = r"[\s•*·▪►▶✅⏱🕒#>-]*[(\[{⟨«]?\s*"
_LINE = re.compile(rf"{_OPENS}{_CLOCK}(?:[.,]\d{{1,3}})?(?![\d:])\s*[)\]}}⟩»]?(.*)")
# "00:00 - 05:30 Intro": where it ends is where the next begins.
_UNTIL = re.compile(r"[\s–—-]*(?:\d{1,2}:)?\d{1,3}:[0-5]\d\s*[)\]]?(?=\W|$)")
# Most notes hold no two lines with a time in front, and every item's are asked.
_SOON = re.compile(r"^[^\n]{0,20}?\d:[0-5]\d", re.MULTILINE)
_BETWEEN = " \t:.,;|–—-→•~=>*]"


def declared_chapters(element: Element) -> tuple[Chapter, ...]:
    """Read `psc:chapters`.

    >>> chapter = Element("psc:chapter", attributes=(("start", "00:01:42.5"), ("title", "Kyoto")))
    >>> [(each.start, each.title) for each in declared_chapters(Element("psc:chapters", children=(chapter,)))]
    [(102.5, 'Kyoto')]
    """
    chapters = (
        Chapter(
            start=start,
            title=cut(" ".join(each.get("title").split()), _LONGEST_TITLE),
            href=_address(each.get("href")),
            image=_address(each.get("image")),
        )
        for each in element.all("psc:chapter")
        if (start := play_time(each.get("start"))) is not None
    )
    return tuple(sorted(_few(chapters), key=lambda chapter: chapter.start))


def play_time(text: str) -> float | None:
    """Read a time in hours, minutes and seconds, or in seconds alone.

    >>> play_time("1:02:03.5"), play_time("02:03"), play_time("90"), play_time("soon")
    (3723.5, 123.0, 90.0, None)
    """
    found = _PLAY_TIME.fullmatch(text.strip())
    if found is None:
        return None
    seconds = int(found[1] or 0) * 3_600 + int(found[2] or 0) * 60 + float(found[3])
    return seconds if seconds <= LONGEST else None


def chapters_in_notes(notes: str, *, seconds: float | None = None) -> tuple[Chapter, ...]:
    """Find a list of times in show notes, HTML or plain: see `chapters_in_words`.

    >>> [each.title for each in chapters_in_notes("0:00 Welcome<br>12:30 What changed in 2013<br>(31:05) - Tokyo")]
    ['Welcome', 'What changed in 2013', 'Tokyo']
    """
    return chapters_in_words(plain_text(notes), seconds=seconds)


def chapters_in_words(words: str, *, seconds: float | None = None) -> tuple[Chapter, ...]:
    """Find a list of times in plain text, a line each; `seconds` is how long the episode is.

    Only what reads as a list is one: three times or more in order, the first of them near the beginning (or two, the
    first of them the beginning), none behind the end.
    """
    if len(list(islice(_SOON.finditer(words), 2))) < 2:
        return ()
    runs = (run for run in _runs(_times(words)) if _is_list(run, seconds))
    return max(runs, key=len, default=())


def _few(chapters: Iterable[Chapter]) -> Iterator[Chapter]:
    for _, chapter in zip(range(_MOST), chapters, strict=False):
        yield chapter


def _address(text: str) -> str | None:
    text = text.strip()
    return text if text.startswith(("https://", "http://")) and len(text) <= 2_000 else None


def _times(words: str) -> Iterator[Chapter]:
    """Give every line that begins with a time, its title from there or, if it stands alone, from the next line."""
    lines = words.split("\n")
    for place, line in enumerate(lines):
        found = _LINE.match(line)
        if found is None:
            continue
        start = int(found[1] or 0) * 3_600 + int(found[2]) * 60 + int(found[3])
        if found[1] and int(found[2]) > 59:
            continue
        rest = _UNTIL.sub("", found[4], count=1) if _UNTIL.match(found[4]) else found[4]
        title = rest.strip(_BETWEEN)
        if not title and place + 1 < len(lines) and not _LINE.match(lines[place + 1]):
            title = lines[place + 1].strip(_BETWEEN)
        if title:
            yield Chapter(start=float(start), title=cut(title, _LONGEST_TITLE))


def _runs(times: Iterable[Chapter]) -> Iterator[tuple[Chapter, ...]]:
    run: list[Chapter] = []
    for chapter in _few(times):
        if run and chapter.start <= run[-1].start:
            yield tuple(run)
            run = []
        run.append(chapter)
    yield tuple(run)


def _is_list(run: tuple[Chapter, ...], seconds: float | None) -> bool:
    if len(run) < 2 or run[0].start > _NEAR or (len(run) < _SURE and run[0].start > 0):
        return False
    return seconds is None or run[-1].start < seconds + _END
