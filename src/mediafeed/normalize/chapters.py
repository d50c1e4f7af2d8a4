"""Chapters that a source tells in words: `psc:chapters`, and times in show notes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Final, NamedTuple, TypeVar

from mediafeed.model.audio import LONGEST, Chapter
from mediafeed.model.parsed import Element
from mediafeed.normalize.text import cut, plain_text

_Any = TypeVar("_Any")

PUBLISHERS_OWN: Final = "psc:chapters"
IN_AUDIO: Final = "audio"
IN_NOTES: Final = "notes"

_MOST: Final = 1_000
_LONGEST_TITLE: Final = 200
_NEAR: Final = 300.0  # seconds: a list of chapters may begin behind the introduction, and not later
_SURE: Final = 3  # times in order that make a list; of two, the first must be the beginning
_END: Final = 2.0  # seconds by which a declared length may be too short for its last chapter
_APART: Final = (
    10.0  # seconds between two chapters on average: verses of a book follow each other as closely as 3:16, 3:17
)
_HOUR: Final = 60  # seconds, where 5:00, 5:30 and 6:00 are times of the day
_QUARTERS: Final = frozenset({0, 15, 30, 45})
_SONG: Final = 600.0  # seconds: a list of times that are all shorter may tell how long each song is
_OF_ALL: Final = 3  # a list that begins late and ends in the first third of an episode is none of its parts

# Podlove simple chapters 1.2 takes RFC 2326's normal play time: "1:02:03.5", "02:03", "123.5".
_PLAY_TIME = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6}(?:\.\d{1,9})?)")
_CLOCK = r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)"
_OPENS = r"[\s•*·▪►▶✅⏱🕒#>_-]*[(\[{⟨«]?\s*"
# Of the day, which is told by who meets whom, and no place in a recording.
_OF_DAY = r"(?!\s*(?:[ap]\.?m\b|uhr\b|hrs\b)|[ap]\b)"
_LINE = re.compile(rf"{_OPENS}{_CLOCK}(?:[.,]\d{{1,3}})?(?![\d:]){_OF_DAY}\s*[)\]}}⟩»]?(.*)", re.IGNORECASE)
# "Tokyo (31:05)", "Tokyo – 31:05"; "James 1:12" is a verse.
_ENDS = re.compile(rf"(.*\S)\s*(?:[(\[{{]\s*{_CLOCK}\s*[)\]}}]|\s[–—|-]\s*{_CLOCK})\s*")
# "00:00 - 05:30 Intro": where it ends is where the next begins.
_UNTIL = re.compile(r"[\s–—-]*(?:\d{1,2}:)?\d{1,3}:[0-5]\d\s*[)\]]?(?=\W|$)")
# Most notes hold no two lines with a time in front, and every item's are asked.
_SOON = re.compile(r"^[^\n]{0,20}?\d:[0-5]\d|\d:[0-5]\d[)\]}\s]*$", re.MULTILINE)
# With the end of a range before it ("3:16-18 John"), a number ("1 John"), and a translation behind it.
_BOOK = re.compile(
    r"(?:\d{1,3}\s+)?(?:(?:[1-3]|I{1,3})\s*)?"
    r"(?:gen(?:esis)?|exod(?:us)?|lev(?:iticus)?|num(?:bers)?|deut(?:eronomy)?"
    r"|josh(?:ua)?|judges|ruth|sam(?:uel)?|kings|chronicles|chron|ezra|neh(?:emiah)?|esther|job|ps(?:alms?)?|prov(?:erbs)?|eccl(?:esiastes)?"
    r"|song of (?:songs|solomon)|isa(?:iah)?|jer(?:emiah)?|lam(?:entations)?|ezek(?:iel)?|dan(?:iel)?"
    r"|hos(?:ea)?|joel|amos"
    r"|obadiah|jonah|mic(?:ah)?|nah(?:um)?|hab(?:akkuk)?|zeph(?:aniah)?|hag(?:gai)?|zech(?:ariah)?|mal(?:achi)?|matt(?:hew)?"
    r"|mark|luke|john|acts|rom(?:ans)?|cor(?:inthians)?|gal(?:atians)?|eph(?:esians)?|phil(?:ippians)?|col(?:ossians)?"
    r"|thess(?:alonians)?|tim(?:othy)?|titus|philemon|heb(?:rews)?|james|jas|pet(?:er)?|jude|rev(?:elation)?)\.?"
    r"(?:\s+\(?(?:niv|esv|kjv|nkjv|nasb|nlt|csb|rsv|nrsv|msg|asv)\)?)?",
    re.IGNORECASE,
)
_BETWEEN = " \t:.,;|–—-→•~=>*]_"


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

    Only what reads as a list is one: three times or more in order, the first of them near the beginning unless hours
    are written (or two, the first of them the beginning), none behind the end. Hours of a day, verses of a book and
    lengths of songs make no chapters. Times that stand behind their titles all belong to one list or to none.
    """
    if len(list(islice(_SOON.finditer(words), 2))) < 2:
        return ()
    lines = words.split("\n")
    runs = (run for run in _runs(_times(lines)) if _is_list(run, seconds))
    found = max(runs, key=len, default=()) or _behind_titles(lines, seconds)
    return tuple(Chapter(start=float(time.start), title=time.title) for time in found)


def _behind_titles(lines: Sequence[str], seconds: float | None) -> tuple["_Time", ...]:
    times = tuple(_few(time for line in lines if (time := _time_behind(line))))
    in_order = len(times) >= _SURE and all(one.start < next_.start for one, next_ in pairwise(times))
    return times if in_order and times[-1].start >= _SONG and _is_list(times, seconds) else ()


class _Time(NamedTuple):
    start: int  # seconds
    title: str
    whole: bool  # hours are written


def _few(found: Iterable[_Any]) -> Iterator[_Any]:
    return islice(found, _MOST)


def _address(text: str) -> str | None:
    text = text.strip()
    return text if text.startswith(("https://", "http://")) and len(text) <= 2_000 else None


def _times(lines: Sequence[str]) -> Iterator[_Time]:
    """Give every line that begins with a time, its title from there or, if it stands alone, from the next line."""
    for place, line in enumerate(lines):
        found = _LINE.match(line)
        if found is None:
            continue
        rest = _UNTIL.sub("", found[4], count=1) if _UNTIL.match(found[4]) else found[4]
        title = rest.strip(_BETWEEN)
        if not title and place + 1 < len(lines) and not _LINE.match(lines[place + 1]):
            title = lines[place + 1].strip(_BETWEEN)
        if time := _time(found[1], found[2], found[3], title):
            yield time


def _time_behind(line: str) -> _Time | None:
    found = _ENDS.fullmatch(line) if len(line) <= _LONGEST_TITLE else None
    if found is None:
        return None
    hours, minutes, rest = found.groups()[1:4] if found[3] else found.groups()[4:]
    return _time(hours, minutes, rest, found[1].strip(_BETWEEN))


def _time(hours: str | None, minutes: str, seconds: str, title: str) -> _Time | None:
    if not title or (hours and int(minutes) > 59):
        return None
    start = int(hours or 0) * 3_600 + int(minutes) * 60 + int(seconds)
    return _Time(start, cut(title, _LONGEST_TITLE), hours is not None)


def _runs(times: Iterable[_Time]) -> Iterator[tuple[_Time, ...]]:
    run: list[_Time] = []
    for time in _few(times):
        if run and time.start <= run[-1].start:
            yield tuple(run)
            run = []
        run.append(time)
    yield tuple(run)


def _may_be_songs(last: int, seconds: float | None) -> bool:
    """Say whether times that rise may be lengths by chance: so few minutes that nothing shows them to be places."""
    return last < _SONG and (seconds is None or last * _OF_ALL < seconds)


def _are_verses(run: tuple[_Time, ...]) -> bool:
    """Say whether the titles are mostly books of the Bible: "3:16 John"."""
    return 2 * sum(_BOOK.fullmatch(time.title) is not None for time in run) >= len(run)


def _is_list(run: tuple[_Time, ...], seconds: float | None) -> bool:
    if len(run) < 2 or (len(run) < _SURE and run[0].start > 0):
        return False
    first, last = run[0].start, run[-1].start
    whole = all(time.whole for time in run)
    if first > _NEAR and not whole:
        return False
    if first > 0 and not whole and (_may_be_songs(last, seconds) or _are_verses(run)):
        return False
    apart = (last - first) / (len(run) - 1)
    if apart < _APART:
        return False
    if first > 0 and apart <= _HOUR and all(not time.whole and time.start % 60 in _QUARTERS for time in run):
        return False
    return seconds is None or last < seconds + _END
