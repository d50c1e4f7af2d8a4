"""When a show publishes, learned from when it did, and how often to look because of it: pure."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

from mediafeed.model.terms import Rhythm

DAY = timedelta(days=1)
ENOUGH = 6  # releases before anything is concluded from them
LOOKED_AT = 24  # the latest ones
ONE_RELEASE = timedelta(hours=3)  # what comes within this time is one
PUNCTUAL = 0.8  # of the releases keep the days
KEPT = 0.6  # of the weeks see a release on a day that counts as one
BEFORE, AFTER = timedelta(hours=2), timedelta(hours=6)  # around the usual time: publishers are late, rarely early
STRETCH = 4  # times the usual interval, while nothing is expected
LONGEST = timedelta(hours=6)
QUIET = timedelta(days=90)

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def rhythm_of(published: Sequence[tuple[datetime, datetime]]) -> Rhythm | None:
    """Learn a show's rhythm from (published, first heard) of its latest episodes; None without any.

    A date of exactly midnight is a day: if we heard of the episode within a day and a half, we know the time better.
    """
    releases: list[datetime] = []
    for moment in sorted(_moment(at, heard) for at, heard in published):
        if not releases or moment - releases[-1] >= ONE_RELEASE:
            releases.append(moment)
    if not releases:
        return None
    latest, releases = releases[-1], releases[-LOOKED_AT:]
    plain = Rhythm(latest=latest)
    if len(releases) < ENOUGH:
        return plain
    weeks = max(round(median(_gaps(releases))), 1)
    days = _days(releases) if weeks == 1 else _one_day(releases, weeks)
    if not days:
        return plain
    opens, closes = _hours([at for at in releases if at.weekday() in days])
    return Rhythm(latest=latest, days=days, weeks=weeks, opens=opens, closes=closes)


def _moment(published: datetime, heard: datetime) -> datetime:
    published = published.astimezone(UTC)
    is_day = not (published.hour or published.minute or published.second)
    return heard if is_day and timedelta(0) <= heard - published <= 1.5 * DAY else published


def _days(releases: Sequence[datetime]) -> tuple[int, ...]:
    """Give the weekdays a show keeps to, or none."""
    span = max((releases[-1] - releases[0]) / (7 * DAY), 1.0)
    counts = Counter(at.weekday() for at in releases)
    kept = tuple(sorted(day for day, count in counts.items() if count >= KEPT * span))
    return kept if sum(counts[day] for day in kept) >= PUNCTUAL * len(releases) else ()


def _one_day(releases: Sequence[datetime], weeks: int) -> tuple[int, ...]:
    """Give the weekday of a show that comes every so many weeks, or none: gaps and day must agree."""
    gaps = _gaps(releases)
    regular = sum(abs(gap - weeks) < 0.3 or abs(gap - 2 * weeks) < 0.3 for gap in gaps)
    day, count = Counter(at.weekday() for at in releases).most_common(1)[0]
    return (day,) if regular >= PUNCTUAL * len(gaps) and count >= PUNCTUAL * len(releases) else ()


def _gaps(releases: Sequence[datetime]) -> list[float]:
    """Give the weeks between releases."""
    return [(after - before) / (7 * DAY) for before, after in pairwise(releases)]


def _hours(releases: Sequence[datetime]) -> tuple[int, int]:
    """Give when on its day a show appears, all but its one earliest and one latest release in eight."""
    seconds = sorted(at.hour * 3600 + at.minute * 60 + at.second for at in releases)
    spared = len(seconds) // 8
    first, last = seconds[spared], seconds[-1 - spared]
    return first - int(BEFORE.total_seconds()), last + int(AFTER.total_seconds())


def interval_by(rhythm: Rhythm | None, every: timedelta, now: datetime) -> tuple[timedelta, str]:
    """Choose how long to wait with nothing but the show's rhythm in mind.

    Returns:
        `every` while the show is expected, up to `STRETCH` times as long (`LONGEST` at most) while it is not, ending
        when it is expected again; and why, "" where the rhythm has no say.
    """
    rare = max(min(STRETCH * every, LONGEST), every)
    if rhythm is None:
        return every, ""
    if now - rhythm.latest > QUIET:
        return rare, f"nothing new since {rhythm.latest:%Y-%m-%d}"
    if not rhythm.days:
        return every, ""
    opens, closes, day = _next_window(rhythm, now)
    name = in_words(rhythm)
    if opens <= now <= closes:
        return every, f"{name}, expected now"
    return min(max(opens - now, every), rare), f"{name}, next expected {_DAYS[day.weekday()]}"


def _next_window(rhythm: Rhythm, now: datetime) -> tuple[datetime, datetime, datetime]:
    """Give the opening, the closing and the day of the next window that is not over and not served yet."""
    day = (now - DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    last = rhythm.latest.replace(hour=0, minute=0, second=0, microsecond=0)
    for _ in range(7 * rhythm.weeks + 9):
        opens, closes = day + timedelta(seconds=rhythm.opens), day + timedelta(seconds=rhythm.closes)
        # What came on its day is not expected again on the same day; every so many weeks only in those weeks.
        in_turn = rhythm.weeks == 1 or round((day - last) / (7 * DAY)) % rhythm.weeks == 0
        if day.weekday() in rhythm.days and closes > now and in_turn and not opens <= rhythm.latest <= closes:
            break
        day += DAY
    return opens, closes, day


def in_words(rhythm: Rhythm) -> str:
    """Say what kind of show it is.

    >>> in_words(Rhythm(latest=datetime(2022, 9, 20, tzinfo=UTC), days=(1,)))
    'weekly show'
    >>> in_words(Rhythm(latest=datetime(2022, 9, 20, tzinfo=UTC), days=(1, 4)))
    'show of Tuesday and Friday'
    """
    if rhythm.weeks > 1:
        return "show of every other week" if rhythm.weeks == 2 else f"show of every {rhythm.weeks} weeks"
    match rhythm.days:
        case (_,):
            return "weekly show"
        case (0, 1, 2, 3, 4):
            return "weekday show"
        case days if len(days) == 7:
            return "daily show"
    *some, last = (_DAYS[day] for day in rhythm.days)
    return f"show of {', '.join(some)} and {last}"
