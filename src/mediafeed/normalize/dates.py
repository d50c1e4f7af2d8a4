"""When an episode was published, from whatever a source wrote."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from mediafeed.model.episode import DatePrecision
from mediafeed.normalize.calendar_words import MONTHS, ZONES

EARLIEST: Final = datetime(1995, 1, 1, tzinfo=UTC)
_AHEAD: Final = timedelta(hours=48)
_LONGEST_TEXT: Final = 300

# RFC 5322 as nearly everybody writes it; nine of ten dates end here.
_RFC = re.compile(
    r"\s*(?:[A-Za-z]{2,9}\.?,?\s+)?(\d{1,2})\s+([A-Za-z]{3,9})\.?\s+(\d{4})\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s+"
    r"([+-]\d{4}|[A-Za-z]{1,5})\s*",
    re.ASCII,
)
_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?:(?:t|\s+)(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(z\b|utc\b|gmt\b|[+-]\d\d(?::?\d\d)?)?)?(?!\d)"
)
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?(?:\.0+)?")
_DAY_FIRST = re.compile(
    r"(?<![\d:])(\d{1,2})(?:st|nd|rd|th|er|o)?[\s,./-]*(?:of |de )?([^\W\d_]{3,12})[\s,./-]*(?:de |del )?"
    r"(\d{4}|'?\d\d)(?![\d:])"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,12})[\s.,]*(\d{1,2})(?:st|nd|rd|th)?[\s,]+(\d{4}|'\d\d)(?!\d)")
_YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})([-/. ])\s?(\d{1,2}|[^\W\d_]{3,12})\2\s?(\d{1,2})(?!\d)|(\d{4})年(\d{1,2})月(\d{1,2})日"
)
_NUMERIC = re.compile(r"(?<![\d:])(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d\d)(?![\d:])")
_AMERICAN_ZONE = re.compile(r"\b[ecmp][sd]t\b")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_TIME = re.compile(r"(?<!\d)(\d{1,2})[:.h](\d\d)(?:[:.](\d\d))?(?:[.,]\d+)?(?!\d)\s*([ap]\.?m\b\.?)?")
_ZONE = re.compile(r"(?:gmt|utc|ut)?\s*([+-])(\d{1,2})(?::?(\d\d))?(?!\d)|([a-z]{1,5})(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Dated:
    """A time, how exactly it is known, and what had to be doubted, in words."""

    when: datetime | None
    precision: DatePrecision
    flag: str = ""


def _undated(flag: str) -> Dated:
    return Dated(None, DatePrecision.NONE, flag)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the words say, before anybody asks whether it can be. `clock` is None where only a day is said."""

    year: int
    month: int
    day: int
    clock: tuple[int, int, int] | None = None
    zone: timezone | None = None
    flag: str = ""


class _ImpossibleError(ValueError):
    """The words say something that cannot be; its text is the flag."""


def published(text: str, *, timezone: str | None, now: datetime) -> Dated:
    """Read a publication date in any of the forms sources use.

    Args:
        text: The date as found; several scripts, orders and languages.
        timezone: The source's IANA zone. A time without zone is meant there (else in UTC), and exactly midnight
            there is a day without a time.
        now: A date more than 48 hours after it is no date.

    Returns:
        `when` with the offset the source printed, or None with the flag saying why.

    >>> august = datetime(2026, 8, 1, tzinfo=UTC)
    >>> str(published("2026-07-09T23:00:00Z", timezone="Europe/London", now=august).when)
    '2026-07-10 00:00:00+01:00'
    >>> published("21 Sept 2022", timezone=None, now=august).precision
    <DatePrecision.DAY: 'day'>
    """
    if not text or text.isspace():
        return _undated("")
    zone = _zone_of(timezone) if timezone else None
    try:
        return _checked(_said(text, zone, timezone or ""), zone, now)
    except _ImpossibleError as error:
        return _undated(str(error))
    except (ValueError, OverflowError):
        return _undated("date that cannot be")


@lru_cache(maxsize=256)
def _zone_of(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return UTC


def _said(text: str, zone: tzinfo | None, name: str) -> _Said:
    usual = _RFC.fullmatch(text)
    if usual:
        day, month, year, hour, minute, second, offset = usual.groups()
        number = MONTHS.get(month.lower())
        if number:
            at = (int(year), number, int(day))
            return _timed(at, (int(hour), int(minute), int(second or 0)), offset.lower(), zone)
    return _said_freely(_folded(text[:_LONGEST_TEXT]), zone, name)


def _folded(text: str) -> str:
    """Lower case, no accents, ASCII digits: one alphabet for all patterns."""
    if text.isascii():
        return text.lower()
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return (
        "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in bare).replace("ı", "i").casefold()
    )


def _said_freely(text: str, zone: tzinfo | None, name: str) -> _Said:
    iso = _ISO.search(text)
    if iso:
        year, month, day, hour, minute, second, offset = iso.groups()
        at = (int(year), int(month), int(day))
        if hour is None:
            return _with_clock(at, text[iso.end() :], zone)
        return _timed(at, (int(hour), int(minute), int(second or 0)), offset or "", zone)
    bare = text.strip()
    if _EPOCH.fullmatch(bare):
        return _from_epoch(bare.partition(".")[0])
    for read in (_day_first, _month_first, _year_first, _numeric):
        found = read(text, name)
        if found:
            at, start, end = found
            said = _with_clock(at, text[end:], zone)
            return said if said.clock or said.flag else _with_clock(at, text[:start], zone)
    compact = _COMPACT.search(text)
    if compact:
        at = (int(compact[1]), int(compact[2]), int(compact[3]))
        return _Said(*at)
    raise _ImpossibleError("date not understood")


def _from_epoch(digits: str) -> _Said:
    at = datetime.fromtimestamp(int(digits) / (1000 if len(digits) > 10 else 1), UTC)
    return _Said(at.year, at.month, at.day, (at.hour, at.minute, at.second), UTC)


# Year, month, day, and where the words stand that say so.
_Found = tuple[tuple[int, int, int], int, int]


def _full_year(digits: str) -> int:
    digits = digits.lstrip("'")
    year = int(digits)
    # RFC 5322, 4.3: two digits below 50 are of this century.
    return year if len(digits) > 2 else year + (2000 if year < 50 else 1900)


def _day_first(text: str, _name: str) -> _Found | None:
    for match in _DAY_FIRST.finditer(text):
        # Between a day and a year stands a month, however it is spelled: "Febuary", "Septermber".
        month = MONTHS.get(match[2]) or (MONTHS.get(match[2][:3]) if len(match[3]) == 4 else None)
        if month:
            return (_full_year(match[3]), month, int(match[1])), match.start(), match.end()
    return None


def _month_first(text: str, _name: str) -> _Found | None:
    for match in _MONTH_FIRST.finditer(text):
        month = MONTHS.get(match[1])
        if month:
            return (_full_year(match[3]), month, int(match[2])), match.start(), match.end()
    return None


def _year_first(text: str, _name: str) -> _Found | None:
    match = _YEAR_FIRST.search(text)
    if not match:
        return None
    if match[5]:
        return (int(match[5]), int(match[6]), int(match[7])), match.start(), match.end()
    month = int(match[3]) if match[3].isdigit() else MONTHS.get(match[3], 0)
    return (int(match[1]), month, int(match[4])), match.start(), match.end()


def _numeric(text: str, name: str) -> _Found | None:
    match = _NUMERIC.search(text)
    if not match:
        return None
    one, between, two, year = int(match[1]), match[2], int(match[3]), _full_year(match[4])
    american = name.startswith(("America/", "US/")) or bool(_AMERICAN_ZONE.search(text))
    day_first = one > 12 or one == two or between != "/" or (bool(name) and not american)
    if two > 12:
        day_first = False
    elif not day_first and not american:
        # 11/7/2007 is July for half of the world: nobody says, so nobody knows.
        raise _ImpossibleError("date with day and month in doubt")
    at = (year, two, one) if day_first else (year, one, two)
    return at, match.start(), match.end()


def _with_clock(at: tuple[int, int, int], rest: str, zone: tzinfo | None) -> _Said:
    time = _TIME.search(rest)
    if not time:
        return _Said(*at)
    hour, minute, second = int(time[1]), int(time[2]), int(time[3] or 0)
    if time[4] and hour <= 12:
        hour = hour % 12 + (12 if time[4][0] == "p" else 0)
    return _timed(at, (hour, minute, second), rest[time.end() :].strip(" \t,("), zone)


def _timed(at: tuple[int, int, int], clock: tuple[int, int, int], words: str, zone: tzinfo | None) -> _Said:
    hour, minute, second = clock
    if hour > 24 or minute > 59 or second > 60:
        return _Said(*at, flag="time of day that cannot be")
    return _Said(*at, clock, _offset(words, zone, at))


def _offset(words: str, zone: tzinfo | None, at: tuple[int, int, int]) -> timezone | None:
    """Give the zone that a time names. RFC 5322, 3.3: `-0000` is UTC as well; it only hides where the sender is."""
    match = _ZONE.match(words) if words else None
    if not match:
        return None
    if match[1]:
        minutes = int(match[2]) * 60 + int(match[3] or 0) if len(match[2]) < 3 else 0
        if minutes > 14 * 60 or int(match[3] or 0) > 59:
            raise _ImpossibleError("date with an impossible zone")
        return timezone(timedelta(minutes=minutes if match[1] == "+" else -minutes))
    named = match[4]
    if zone is not None:
        there = datetime(*at, 12, tzinfo=zone)
        if (there.tzname() or "").lower() == named:
            return timezone(there.utcoffset() or timedelta())
    minutes_east = ZONES.get(named)
    return None if minutes_east is None else timezone(timedelta(minutes=minutes_east))


def _checked(said: _Said, zone: tzinfo | None, now: datetime) -> Dated:
    hour, minute, second = said.clock or (0, 0, 0)
    extra = timedelta()
    if hour == 24:  # ISO 8601: the midnight at the end of the day
        hour, extra = 0, timedelta(days=1)
    if second == 60:  # a leap second is over before anybody listens
        second, extra = 59, extra + timedelta(seconds=1)
    when = datetime(said.year, said.month, said.day, hour, minute, second, tzinfo=said.zone or zone or UTC) + extra
    if said.zone is None and zone is not None:
        when = when.astimezone(timezone(when.utcoffset() or timedelta()))
    precision = DatePrecision.SECOND if said.clock else DatePrecision.DAY
    if zone is not None and said.clock:
        local = when.astimezone(zone)
        if (local.hour, local.minute, local.second) == (0, 0, 0):
            when, precision = local.astimezone(timezone(local.utcoffset() or timedelta())), DatePrecision.DAY
    if when > now + _AHEAD:
        return _undated("date in the future")
    if when < EARLIEST:
        return _undated("date before 1995")
    return Dated(when, precision, said.flag)
