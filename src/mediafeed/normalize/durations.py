"""How long an episode is, from what a source declares or says for people."""

import re
from html import unescape
from typing import Final

from mediafeed.model.episode import Duration, DurationOrigin

_LONGEST: Final = 7 * 24 * 3600
_LONGEST_TEXT: Final = 400
_HALF_A_MINUTE: Final = 30

_SECONDS = re.compile(r"(\d{1,7})(?:[.,]\d*)?")
_DOUBTFUL = re.compile(r"\d{1,2}[.,][0-5]\d")
# "1:48:00", "48:00", "148:31", "01:11:45||Season 5", "00:03:25:00" (frames), "1:28:33.4", "02;00", ":29:49".
_CLOCK = re.compile(r"(?:(\d{1,3})?[:;])?(\d{1,4})?[:;]\s?(\d{1,2})(?:[:;.,]{1,2}\d*)?(?![\d:;.,])")
_ISO = re.compile(r"P(?:(\d{1,2})D)?T?(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,6})(?:[.,]\d+)?S)?", re.IGNORECASE)
_LABEL = re.compile(r"(?:[^\d:;./]|: )*(?=[\d:;])")
_TAG = re.compile(r"<[^<>]*>")

_HOURS = r"(?:hours?|hrs?|stunden?|std|heures?|horas?|ore|uur|h)"
_MINUTES = r"(?:minutes?|minuten|minutos?|minuti|mins?|perc|m|['’′´])"
_WHOLE_SECONDS = r"(?:seconds?|sekunden?|secondes?|segundos?|secs?|sek|s|\"|''|”|″)"
_AND = r"[\s.,&]*(?:(?:and|und|et|y|e)\s)?\s*"
_WORDS = (
    rf"(?:(?P<h>\d{{1,3}}(?:[.,]\d+)?)[\s-]*{_HOURS}(?![^\W\d_]){_AND})?"
    rf"(?:(?P<m>\d{{1,4}}(?:[.,]\d+)?)(?:[\s-]*{_MINUTES}(?![^\W\d_])|(?=\W{{0,9}}$)){_AND})?"
    rf"(?:(?P<s>\d{{1,6}}(?:[.,]\d+)?)[\s-]*{_WHOLE_SECONDS}(?![^\W\d_])\.?)?"
)
_LISTEN = r"\W{0,6}(?:listen|listening time|watch)\b"
_LENGTH_ONLY = re.compile(
    rf"\W*(?:duration|length|running time|runtime|dauer|durée)?\W*{_WORDS}"
    rf"(?:{_LISTEN}|\W*(?:audio|podcast|long))?\W*",
    re.IGNORECASE,
)
_LENGTH_TO_HEAR = re.compile(rf"(?<![\w.,:]){_WORDS}{_LISTEN}", re.IGNORECASE)
_LENGTH_LABELLED = re.compile(
    r"\b(?:duration|running time|run time|runtime|length|listening time)\s*(?:[:=–-]|is)\s*"
    rf"(?:about |approx\.? |c\.? )?{_WORDS}(?!\w)",
    re.IGNORECASE,
)


def declared_duration(text: str) -> Duration | None:
    """Read itunes:duration and its like, in any form seen; None for what cannot be a length.

    A bare number is seconds. Words for people keep their own witness (STATED) here too.

    >>> declared_duration("1:48:00").seconds, declared_duration("148:31").seconds, declared_duration("3194.0").seconds
    (6480, 8911, 3194)
    >>> declared_duration("36 perc").origin
    <DurationOrigin.STATED: 'stated'>
    """
    text = text.strip()
    if not text or len(text) > _LONGEST_TEXT:
        return None
    bare = _SECONDS.fullmatch(text)
    if bare:
        # "27.08" is 27 seconds for a program and 27 minutes for a person: nobody says which.
        return None if _DOUBTFUL.fullmatch(text) else _declared(int(bare[1]))
    if "<" in text or "&" in text:
        text = unescape(_TAG.sub(" ", text)).strip()
    clock = _CLOCK.match(text.lstrip(" ([\"'>")) or _labelled_clock(text)
    if clock:
        return _from_clock(clock[1], clock[2], clock[3])
    iso = _ISO.fullmatch(text)
    if iso:
        days, hours, minutes, seconds = (int(part or 0) for part in iso.groups())
        return _declared(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
    return stated_duration(text)


def _labelled_clock(text: str) -> re.Match[str] | None:
    """Find the clock behind a few words: "Duration: 01:05:19"."""
    label = _LABEL.match(text)
    return _CLOCK.match(text, label.end()) if label else None


def _from_clock(first: str | None, second: str | None, third: str) -> Duration | None:
    hours, minutes, seconds = int(first or 0), int(second or 0), int(third)
    if hours and minutes > 59:
        return None
    if seconds > 59:
        # "00:50:95": the minutes are good, the seconds are not.
        return None if hours > 23 else _declared(hours * 3600 + minutes * 60 + seconds, tolerance=seconds)
    return _declared(hours * 3600 + minutes * 60 + seconds)


def _declared(seconds: int, tolerance: int = 0) -> Duration | None:
    # One second is what hosting companies write when they do not know.
    return Duration(seconds, DurationOrigin.DECLARED, tolerance) if 1 < seconds <= _LONGEST else None


def stated_duration(text: str) -> Duration | None:
    """Read a length meant for people; whole minutes are right to half a minute.

    In running text only what is plainly said of the listening counts: "48 min read" is no listen.

    >>> stated_duration("21 September 2022, 48 Minute Listen")
    Duration(seconds=2880, origin=<DurationOrigin.STATED: 'stated'>, tolerance=30)
    >>> stated_duration("40 minutes, 49 seconds").tolerance
    0
    """
    text = text[:20_000].strip()
    if not text or not any(char.isdigit() for char in text):
        return None
    if len(text) < 80:
        whole = _LENGTH_ONLY.fullmatch(text)
        if whole:
            return _from_words(whole)
    for pattern in (_LENGTH_TO_HEAR, _LENGTH_LABELLED):
        for match in pattern.finditer(text):
            duration = _from_words(match)
            if duration:
                return duration
    return None


def _number(text: str | None) -> float:
    return float(text.replace(",", ".")) if text else 0.0


def _from_words(match: re.Match[str]) -> Duration | None:
    hours, minutes, seconds = match["h"], match["m"], match["s"]
    if hours is None and seconds is None and not re.search(_MINUTES, match[0], re.IGNORECASE):
        return None
    total = round(_number(hours) * 3600 + _number(minutes) * 60 + _number(seconds))
    tolerance = 0 if seconds else _HALF_A_MINUTE if minutes else 30 * 60
    if seconds is None and hours and "." in hours:
        tolerance = 3 * 60
    return Duration(total, DurationOrigin.STATED, tolerance) if 1 < total <= _LONGEST else None
