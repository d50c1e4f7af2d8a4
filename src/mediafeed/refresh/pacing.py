"""When to come back, and why: pure. docs/politeness.md tells it in prose."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mediafeed.model.source import Failed, FailureKind, FetchResult, SourceState, Validators
from mediafeed.model.terms import NO_TERMS, Habits, Terms
from mediafeed.model.websub import Lease
from mediafeed.refresh.rhythm import interval_by

AT_ONCE = "sooner than usual: [poll] minimum is below an hour"
NOW = timedelta(0)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MONTH = timedelta(days=30)
JITTER = 0.1  # of every delay; never early
NEARLY = 0.99  # a wish counts from when it was heard, a delay from the end of the visit
QUIET = timedelta(hours=20)  # between visits while a hub tells what is new: with the jitter, one a day at least

# P22: a site that says no, or has nothing there, is asked once a day, and after a month once a week.
_REFUSING = frozenset({FailureKind.BLOCKED, FailureKind.MISSING})
_DAILY = _REFUSING | {FailureKind.REFUSED, FailureKind.OURSELVES, FailureKind.OTHER_SHOW, FailureKind.ROBOTS}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True, slots=True)
class Pace:
    """When the next visit is, and why then. `when` is None when we never come back by ourselves."""

    when: datetime | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One reason to stay away, and for how long."""

    delay: timedelta
    why: str


def next_visit(
    result: FetchResult,
    habits: Habits,
    terms: Terms = NO_TERMS,
    *,
    failures: int = 0,
    failing_since: datetime | None = None,
    kept: Validators | None = None,
    lease: Lease | None = None,
    spread: float = 0.0,
) -> Pace:
    """Choose the time of the next poll.

    Args:
        result: What this visit brought.
        habits: The operator's wishes.
        terms: What this answer and earlier ones bind us to.
        failures: Failures in a row, this one included; 0 after a success.
        failing_since: When the first of them was.
        kept: What the next visit can ask with; the result's own validators unless given.
        lease: A hub that tells what is new: the source is visited less often meanwhile.
        spread: Between 0 and 1: where in the jitter of one tenth this visit stands. Never early.

    Returns:
        A time not before `result.at` plus the minimum. A server's wish to be left alone longer is heeded up to a day
        (Retry-After: a week; of a trusted host: a month); a shorter one is not. Hours and days that a feed wants to be
        skipped are.
    """
    if isinstance(result, Failed):
        if result.kind is FailureKind.GONE:
            return Pace(None, "gone (410): not visited again until you say so")
        asked = _after_failure(result, habits, failures, failing_since)
        return Pace(result.at + _jittered(asked.delay, spread), asked.why)
    usual = _usual(habits, terms, result.at, lease)
    asked = max(
        (usual, *_wishes(habits, terms, result.validators if kept is None else kept)), key=lambda one: one.delay
    )  # of equals the first: the operator's own words
    wanted = result.at + _jittered(asked.delay, spread)
    when = not_skipped(wanted, terms, habits)
    return Pace(when, asked.why if when == wanted else f"{asked.why}; the feed names hours or days to skip")


def _jittered(delay: timedelta, spread: float) -> timedelta:
    return delay + delay * JITTER * min(max(spread, 0.0), 1.0)


def pushed_visit(state: SourceState, habits: Habits, hub: str, now: datetime) -> Pace | None:
    """Choose the time of a visit to a source of which a hub says that it has news.

    Returns:
        As soon as is polite: what the server and the feed ask for, the minimum and the daily poll of those that give
        nothing to ask again with stand; only what we chose ourselves does not. None if that is no sooner than planned,
        or the source fails or was never heard.
    """
    last = state.last_visit
    if last is None or state.stopped or state.failures or state.next_visit is None or state.retry_after is not None:
        return None
    least = Asked(delay=habits.minimum, why="not within the minimum")
    asked = max((least, *_wishes(habits, state.terms, state.validators)), key=lambda one: one.delay)
    when = not_skipped(max(last.at + asked.delay, now), state.terms, habits)
    if when >= state.next_visit:
        return None
    return Pace(when, f"pushed by {hub}" if when == now else f"pushed by {hub}; {asked.why}")


def _usual(habits: Habits, terms: Terms, at: datetime, lease: Lease | None) -> Asked:
    """Give the interval that we would choose ourselves."""
    usual, rhythm = habits.usual, ""
    if habits.scale == 1.0 and not habits.fixed:
        usual, rhythm = interval_by(terms.rhythm, usual, at)
    if lease and not habits.fixed and (quiet := min(QUIET * habits.scale, lease.until - at)) > usual:
        told = f"pushed by {lease.hub}, lease until {lease.until:%Y-%m-%d %H:%M} UTC"
        return Asked(delay=quiet, why=f"{told}: every {in_words(quiet)}")
    every = f"every {in_words(usual)}" if usual else AT_ONCE
    return Asked(delay=usual, why=f"{rhythm}: {every}" if rhythm else every)


def _wishes(habits: Habits, terms: Terms, kept: Validators) -> list[Asked]:
    """Give all that is asked for beside that; `kept` is what the next visit can ask with."""
    asked: list[Asked] = []
    scale = habits.scale
    if terms.in_part:
        delay = min(HOUR * 2 ** min(terms.in_part - 1, 10), DAY) * scale
        asked.append(Asked(delay=delay, why=f"not understood whole, {ordinal(terms.in_part)} time in a row"))
    elif not kept:
        why = "the server gives nothing to ask again with (no ETag, no Last-Modified): once a day"
        asked.append(Asked(delay=DAY * scale, why=why))
    longest = MONTH if habits.trusted else DAY
    if terms.freshness.seconds:
        delay = timedelta(seconds=terms.freshness.seconds)
        # A server says its seconds as it means them, on the operator's own network too; the cap is ours to shorten.
        delay = min(delay, longest * scale)
        asked.append(Asked(delay=delay, why=f"the server asks for {in_words(delay)} by {terms.freshness.said}"))
    if terms.wishes.least:
        delay = min(timedelta(seconds=terms.wishes.least), longest) * scale
        asked.append(Asked(delay=delay, why=f"the feed asks for {in_words(delay)} by {terms.wishes.said}"))
    return asked


def not_skipped(when: datetime, terms: Terms, habits: Habits) -> datetime:
    """Move a time out of the hours and days that the feed wants to be skipped (P18), if it leaves any."""
    hours, days = set(terms.wishes.skip_hours), set(terms.wishes.skip_days)
    hours = hours if len(hours) < 24 else set()
    days = days if len(days) < 7 else set()
    if habits.scale < 1 or not (hours or days):
        return when
    before, when = when, when.astimezone(UTC)
    while when.hour in hours or when.weekday() in days:
        when = when.replace(minute=0, second=0, microsecond=0) + HOUR
    if when == before:
        return before
    # Everybody who heeds skipHours would come in the first second after them.
    return when + HOUR * ((before.minute * 60 + before.second) / 3600)


def _after_failure(result: Failed, habits: Habits, failures: int, since: datetime | None) -> Asked:
    own = _by_ourselves(result, habits, failures, since)
    if result.retry_after is not None:
        wish = min(max(result.retry_after - result.at, NOW), WEEK)
        # A wish shorter than our own patience is no reason to come more often.
        if wish >= own.delay * NEARLY:
            wish = max(wish, own.delay)
            return Asked(delay=wish, why=f"{result.kind}: the server asks for {in_words(wish)} by Retry-After")
    return own


def _by_ourselves(result: Failed, habits: Habits, failures: int, since: datetime | None) -> Asked:
    if result.kind in _DAILY:
        return _refused(result, habits, since)
    backoff = min(HOUR * 2 ** min(max(failures, 1) - 1, 10), DAY) * habits.scale
    return Asked(delay=max(backoff, habits.minimum), why=f"{result.kind}: {ordinal(failures)} failure in a row")


def _refused(result: Failed, habits: Habits, since: datetime | None) -> Asked:
    for_long = result.kind in _REFUSING and since is not None and result.at - since >= MONTH * habits.scale
    delay = (WEEK if for_long else DAY) * habits.scale
    if habits.scale < 1:
        return Asked(delay=delay, why=f"{result.kind}: {AT_ONCE}")
    if delay < habits.minimum:
        return Asked(delay=habits.minimum, why=f"{result.kind}: every {in_words(habits.minimum)}")
    if for_long and since:
        return Asked(delay=delay, why=f"{result.kind} since {since:%Y-%m-%d}: once a week; correct or remove it")
    return Asked(delay=delay, why=f"{result.kind}: once a day")


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
