"""Facts in words, for pages."""

from mediafeed.model.episode import Credit, CreditOrigin, DatePrecision, Duration, DurationOrigin, Episode, Role
from mediafeed.model.parsed import words
from mediafeed.publish.xml_text import upright

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_LENGTHS = {
    DurationOrigin.STATED: "stated in words by the publisher",
    DurationOrigin.DECLARED: "declared in the publisher's feed",
    DurationOrigin.MEASURED: "measured from the audio",
}
_WITNESSES = {
    CreditOrigin.CONFIG: "said by whoever runs this site",
    CreditOrigin.PUBLISHER: "tagged by the publisher",
    CreditOrigin.TEXT: "read from the publisher's words",
    CreditOrigin.CHANNEL: "tagged by the publisher for the whole show",
    CreditOrigin.AUTHOR: "named as author by the publisher",
}
_ROLES = {Role.HOST: ("Host", "Hosts"), Role.GUEST: ("Guest", "Guests"), Role.GUEST_HOST: ("Guest host", "Guest hosts")}


def day(episode: Episode) -> str:
    """Give the day an episode is listed under, in the publisher's own zone: "21 September 2022"."""
    when = episode.dated
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def machine_date(episode: Episode) -> str:
    """Give the same for programs, no more exact than it is known."""
    when = episode.dated
    return when.isoformat() if episode.date_precision is DatePrecision.SECOND else when.date().isoformat()


def date_witness(episode: Episode) -> str:
    """Say how the date is known."""
    match episode.date_precision:
        case DatePrecision.SECOND:
            return f"published at {episode.dated:%H:%M}, UTC{episode.dated:%z}".replace("UTC+0000", "UTC")
        case DatePrecision.DAY:
            return "published on that day; no time of day is given"
        case DatePrecision.NONE:
            return f"{_no_date(episode)}: the day we first heard of it"


def undated(episode: Episode) -> str:
    """Say that a date is ours, and why: what an item says whose publisher gives none.

    >>> from mediafeed.model.parsed import Element
    >>> undated(Episode(show="a", title="A", hearings=(), extras=(Element("pubDate", "soon"),)))
    'no usable date is given ("soon"): dated by when we first heard of it'
    """
    return f"{_no_date(episode)}: dated by when we first heard of it"


def _no_date(episode: Episode) -> str:
    said = words(episode.extras, "pubDate")
    return f'no usable date is given ("{upright(said[:100])}")' if said else "no usable date is given"


def length(duration: Duration) -> str:
    """Give a duration in words.

    >>> length(Duration(2880, DurationOrigin.STATED)), length(Duration(45, DurationOrigin.STATED))
    ('48 min', '45 s')
    """
    if duration.seconds < 60:
        return f"{duration.seconds} s"
    hours, minutes = divmod(round(duration.seconds / 60), 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def length_witness(duration: Duration) -> str:
    """Say how the length is known, and how exactly.

    >>> length_witness(Duration(2880, DurationOrigin.STATED, 30))
    'stated in words by the publisher, right to within 30 s'
    """
    words = _LENGTHS[duration.origin]
    return f"{words}, right to within {duration.tolerance} s" if duration.tolerance else words


def machine_length(duration: Duration) -> str:
    """Give a duration as HTML's `time` wants it: "PT2880S"."""
    return f"PT{duration.seconds}S"


def clock(seconds: int) -> str:
    """Give a duration to the second.

    >>> clock(2880), clock(3725)
    ('48:00', '1:02:05')
    """
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def credit_witness(credit: Credit) -> str:
    """Say how a credit is known."""
    sure = "" if credit.confidence >= 0.995 else f"; sure to {credit.confidence:.0%}"
    return f"{_WITNESSES[credit.origin]} ({credit.evidence.field}; rule {credit.evidence.rule}{sure})"


def role_name(role: Role, count: int = 1) -> str:
    """Give a role as a heading: "Guest", "Guests"."""
    return _ROLES[role][count != 1]


def counted(number: int, one: str, many: str) -> str:
    """Give a number with its noun.

    >>> counted(1, "episode", "episodes"), counted(1200, "episode", "episodes")
    ('1 episode', '1,200 episodes')
    """
    return f"{number:,} {one if number == 1 else many}"
