"""When to come back, and why: pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mediafeed.model.source import Failed, FailureKind, Fetched, FetchResult, NotModified

AT_ONCE = "sooner than usual: [poll] minimum is below an hour"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)

# P22: a site that says no, or has nothing there, is asked once a day.
_DAILY = frozenset({FailureKind.BLOCKED, FailureKind.MISSING, FailureKind.REFUSED, FailureKind.OURSELVES})
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True, slots=True)
class Pace:
    """When the next visit is, and why then. `when` is None when we never come back by ourselves."""

    when: datetime | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What a source may expect of us.

    `every` is the operator's wish, `minimum` the floor under it. A minimum below an hour shortens every other time
    here in proportion: it is only allowed towards networks of the operator's own.
    """

    every: timedelta
    minimum: timedelta

    @property
    def scale(self) -> float:
        """Give the factor on all times: 1.0 unless the minimum is below an hour."""
        return min(1.0, self.minimum / HOUR)


def next_visit(result: FetchResult, habits: Habits, *, failures: int, spread: float = 0.0) -> Pace:
    """Choose the time of the next poll.

    Args:
        result: What this visit brought.
        habits: The operator's wishes.
        failures: Failures in a row, this one included; 0 after a success.
        spread: Between 0 and 1: where in the jitter of one tenth this source stands. Never early.

    Returns:
        A time not before `result.at` plus the minimum. A server's wish to be left alone longer is heeded up to a day
        (Retry-After: a week); a shorter one is not.
    """
    match result:
        case Failed():
            delay, why = _after_failure(result, habits, failures)
        case Fetched() | NotModified():
            delay, why = _after_success(result, habits)
    if delay is None:
        return Pace(None, why)
    return Pace(result.at + delay + delay * 0.1 * min(max(spread, 0.0), 1.0), why)


def _after_success(result: Fetched | NotModified, habits: Habits) -> tuple[timedelta, str]:
    usual = max(habits.every, habits.minimum) if habits.scale == 1.0 else habits.minimum
    day = DAY * habits.scale
    if not result.validators and usual < day:
        return day, "the server gives nothing to ask again with (no ETag, no Last-Modified): once a day"
    asked = timedelta(seconds=min(result.freshness.seconds or 0, int(DAY.total_seconds()))) * habits.scale
    if asked > usual:
        return asked, f"the server asks for {in_words(asked)} by {result.freshness.said}"
    return usual, f"every {in_words(usual)}" if usual else AT_ONCE


def _after_failure(result: Failed, habits: Habits, failures: int) -> tuple[timedelta | None, str]:
    if result.kind is FailureKind.GONE:
        return None, "gone (410): not visited again until you say so"
    backoff = min(HOUR * 2 ** min(max(failures, 1) - 1, 10), DAY) * habits.scale
    if result.retry_after is not None:
        wish = min(max(result.retry_after - result.at, timedelta(0)), WEEK)
        if wish >= backoff or failures <= 1:
            wish = max(wish, habits.minimum)
            return wish, f"{result.kind}: the server asks for {in_words(wish)} by Retry-After"
    if result.kind in _DAILY:
        return DAY * habits.scale, f"{result.kind}: {'once a day' if habits.scale == 1.0 else AT_ONCE}"
    return max(backoff, habits.minimum), f"{result.kind}: {ordinal(failures)} failure in a row"


def ordinal(number: int) -> str:
    """Put a small count in words.

    >>> ordinal(3), ordinal(12)
    ('third', '12th')
    """
    return _ORDINALS[number - 1] if 1 <= number <= len(_ORDINALS) else f"{number}th"


def in_words(span: timedelta) -> str:
    """Put a span in the largest unit that keeps it readable.

    >>> in_words(timedelta(minutes=90)), in_words(timedelta(hours=4)), in_words(timedelta(seconds=3))
    ('90 min', '4 h', '3 s')
    """
    seconds = round(span.total_seconds())
    for unit, name in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * unit or (seconds >= unit and seconds % unit == 0):
            value = seconds / unit
            return f"{value:.0f} {name}" if value == int(value) else f"{value:.1f} {name}"
    return f"{seconds} s"
