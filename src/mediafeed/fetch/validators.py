"""What servers say about asking again. Pure: headers in, values out.

RFC 9110 (validators, Retry-After) and RFC 9111 (freshness) are the law; what is unusable counts as unsaid.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from mediafeed.model.source import Validators
from mediafeed.model.terms import Freshness

NOTHING_HELD: Final = Validators()
LONGEST_FRESHNESS: Final = 365 * 86_400  # seconds
LONGEST_WAIT: Final = timedelta(days=7)
_CLOCK_OFF: Final = timedelta(days=2)  # a server's Date further away than this is not believed
_UNSENDABLE: Final = re.compile(r"[\x00\r\n]|[^\x00-\xff]")
_MAX_AGE: Final = re.compile(r"(?:\A|[,\s])max-age\s*=\s*\"?([0-9]+)\"?\s*(?:,|\Z)", re.IGNORECASE)
_REVALIDATE: Final = re.compile(r"(?:\A|,)\s*(no-cache|no-store)\s*(?:,|\Z)", re.IGNORECASE)


def conditions(validators: Validators) -> dict[str, str]:
    """Give the request headers that ask "only if it changed".

    >>> conditions(Validators('W/"33"', "Wed, 21 Sep 2022 11:00:00 GMT"))
    {'If-None-Match': 'W/"33"', 'If-Modified-Since': 'Wed, 21 Sep 2022 11:00:00 GMT'}
    """
    # RFC 9110, 13.1.2: the etag goes back byte for byte, W/ and quotes included. Both are sent when both are known.
    headers = {}
    if validators.etag is not None:
        headers["If-None-Match"] = validators.etag
    if validators.last_modified is not None:
        headers["If-Modified-Since"] = validators.last_modified
    return headers


def validators_of(headers: Mapping[str, str], *, held: Validators = NOTHING_HELD) -> Validators:
    """Read the validators of an answer; what a 304 does not say again stays as `held`."""
    return Validators(
        etag=_sendable(headers.get("etag")) or held.etag,
        last_modified=_sendable(headers.get("last-modified")) or held.last_modified,
    )


def freshness_of(headers: Mapping[str, str], *, now: datetime) -> Freshness:
    """Read how long an answer is good for: max-age less Age, else Expires.

    >>> freshness_of({"cache-control": "public, max-age=14400", "age": "400"}, now=datetime(2022, 9, 21, tzinfo=UTC))
    Freshness(seconds=14000, said='max-age=14400')
    """
    control = headers.get("cache-control", "")
    if revalidate := _REVALIDATE.search(control):
        return Freshness(None, revalidate[1].lower())
    if max_age := _MAX_AGE.search(control):
        seconds = _whole(max_age[1]) - _whole(headers.get("age", ""))
        return Freshness(max(seconds, 0), f"max-age={max_age[1][:12]}")
    if "expires" not in headers:
        return Freshness()
    expires = http_date(headers["expires"])
    if expires is None:  # RFC 9111, 5.3: an invalid date, "0" above all, is a time in the past
        return Freshness(0, "Expires")
    seconds = int((expires - _server_clock(headers, now)).total_seconds())
    return Freshness(min(max(seconds, 0), LONGEST_FRESHNESS), "Expires")


def retry_after_of(headers: Mapping[str, str], *, now: datetime) -> datetime | None:
    """Read when a server wants to be asked again at the earliest; None if it does not say, or nothing usable.

    >>> retry_after_of({"retry-after": "120"}, now=datetime(2022, 9, 21, tzinfo=UTC))
    datetime.datetime(2022, 9, 21, 0, 2, tzinfo=datetime.timezone.utc)
    """
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        wait = timedelta(seconds=_whole(said))
    elif (until := http_date(said)) is not None:
        wait = until - _server_clock(headers, now)
    else:
        return None
    return now + min(wait, LONGEST_WAIT) if wait > timedelta(0) else None


def http_date(text: str) -> datetime | None:
    """Read a date of HTTP, in any of the three forms of RFC 9110, 5.6.7."""
    try:
        date = parsedate_to_datetime(text[:100])
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _sendable(value: str | None) -> str | None:
    """Keep a header's value unless it is blank or cannot be sent back (a lone carriage return in it)."""
    return value if value and value.strip() and not _UNSENDABLE.search(value) else None


def _server_clock(headers: Mapping[str, str], now: datetime) -> datetime:
    """Take the server's clock for a date of the server, unless it is far off."""
    date = http_date(headers.get("date", ""))
    return date if date is not None and abs(date - now) <= _CLOCK_OFF else now


def _whole(text: str) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit()):
        return 0
    # int() refuses some thousand digits, and timedelta far fewer.
    return min(int(text), LONGEST_FRESHNESS) if len(text) < 12 else LONGEST_FRESHNESS
