"""Times as the database compares them: whole microseconds since 1970, UTC."""

from datetime import UTC, date, datetime, timedelta

NEVER_DATED = datetime.max.replace(tzinfo=UTC)  # where what has no date stands: behind all others

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# A publisher's "0001-01-01T00:00:00+14:00" is no moment Python can put in UTC: it must not break every listing.
_EARLIEST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
_LATEST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND


def micros(at: datetime) -> int:
    """Give an aware time in microseconds since 1970, held between the years 1 and 9999 of UTC.

    >>> micros(datetime(2022, 9, 21, tzinfo=UTC))
    1663718400000000
    """
    return min(max((at - _EPOCH) // _MICROSECOND, _EARLIEST), _LATEST)


def micros_or_none(at: datetime | None) -> int | None:
    """Give `micros`, or None for None."""
    return None if at is None else micros(at)


def moment(count: int) -> datetime:
    """Give the time back, in UTC.

    >>> moment(1663718400000000)
    datetime.datetime(2022, 9, 21, 0, 0, tzinfo=datetime.timezone.utc)
    """
    # Half the time of adding a timedelta, and publishing asks this for every episode there is.
    seconds, rest = divmod(count, 1_000_000)
    at = datetime.fromtimestamp(seconds, UTC)
    return at.replace(microsecond=rest) if rest else at


def moment_or_none(count: int | None) -> datetime | None:
    """Give `moment`, or None for None."""
    return None if count is None else moment(count)


def day(at: date) -> str:
    """Give the calendar day as its publisher wrote it, comparable as text.

    >>> day(datetime(2022, 9, 21, 0, 0, tzinfo=UTC))
    '2022-09-21'
    """
    return at.isoformat()[:10]
