"""Facts in words, for pages."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from mediafeed.model.audio import Audio, Fit
from mediafeed.model.episode import Credit, CreditOrigin, DatePrecision, Duration, DurationOrigin, Episode, Role
from mediafeed.model.parsed import words
from mediafeed.publish.xml_text import upright

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_LENGTHS = {
    DurationOrigin.STATED: "stated in words by the publisher",
    DurationOrigin.DECLARED: "declared in the publisher's feed",
    DurationOrigin.MEASURED: "measured from the audio",
}
_FITS = {Fit.AGREES: "they agree", Fit.ALONE: "no source says", Fit.UNKNOWN: "it does not say"}
_SAME_TYPES = (
    {"audio/mpeg", "audio/mp3", "audio/mpeg3", "audio/x-mpeg", "audio/x-mp3", "audio/mpg", "audio/x-mpeg-3"},
    {
        "audio/mp4",
        "audio/x-m4a",
        "audio/m4a",
        "audio/m4b",
        "audio/x-m4b",
        "audio/mp4a-latm",
        "video/mp4",
        "video/x-m4v",
    },
    {"audio/ogg", "application/ogg", "audio/vorbis", "audio/opus", "audio/x-ogg"},
    {"audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"},
    {"audio/flac", "audio/x-flac"},
    {"audio/aac", "audio/aacp", "audio/x-aac"},
    {"audio/aiff", "audio/x-aiff"},
)
_WITNESSES = {
    CreditOrigin.CONFIG: "said by whoever runs this site",
    CreditOrigin.PUBLISHER: "tagged by the publisher",
    CreditOrigin.TEXT: "read from the publisher's words",
    CreditOrigin.CHANNEL: "tagged by the publisher for the whole show",
    CreditOrigin.AUTHOR: "named as author by the publisher",
    CreditOrigin.AUDIO: "named in the tags of the audio",
}
_KINDS = {
    "audio/mpeg": "MP3", "audio/mp3": "MP3", "audio/mp4": "M4A", "audio/x-m4a": "M4A", "audio/ogg": "Ogg",
    "audio/opus": "Opus", "text/vtt": "WebVTT", "application/srt": "SubRip", "application/x-subrip": "SubRip",
    "text/srt": "SubRip", "application/json": "JSON", "text/html": "web page", "text/plain": "plain text",
}  # fmt: skip
_ROLES = {Role.HOST: ("Host", "Hosts"), Role.GUEST: ("Guest", "Guests"), Role.GUEST_HOST: ("Guest host", "Guest hosts")}


def day(episode: Episode) -> str:
    """Give the day an episode is listed under, in the publisher's own zone: "21 September 2022"."""
    return calendar_day(episode.dated)


def calendar_day(when: datetime) -> str:
    """Give the day of a time, in its own zone: "21 September 2022"."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


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


def length_said(duration: Duration) -> str:
    """Say shortly how the length is known: "declared by the publisher"."""
    match duration.origin:
        case DurationOrigin.MEASURED:
            return "measured"
        case _:
            return f"{duration.origin.value} by the publisher"


def length_witness(duration: Duration) -> str:
    """Say how the length is known, and how exactly.

    >>> length_witness(Duration(2880, DurationOrigin.STATED, 30))
    'stated in words by the publisher, right to within 30 s'
    """
    words = _LENGTHS[duration.origin]
    return f"{words}, right to within {duration.tolerance} s" if duration.tolerance else words


def audio_witnesses(episode: Episode) -> list[str]:
    """Say what the audio itself tells of its length, how that fits what others say, and what it is.

    >>> told = Duration(2892, DurationOrigin.DECLARED)
    >>> heard = Audio(fit=Fit.DIFFERS, seconds=2643.0, tolerance=0.05, varies=True, format="mp3", channels=2)
    >>> audio_witnesses(Episode(show="a", title="A", hearings=(), lengths=(told,), audio=heard))
    ['declared 48:12, measured 44:03: the rendition differs, dynamic ads', 'mp3, stereo']
    """
    audio = episode.audio
    if audio is None:
        return []
    others = [
        one for one in episode.lengths or (episode.duration,) if one and one.origin is not DurationOrigin.MEASURED
    ]
    said = ", ".join(f"{one.origin} {clock(one.seconds)}" for one in others)
    if audio.seconds is None:
        told = f"{said}, not measured: {audio.reason}" if said else f"not measured: {audio.reason}"
    else:
        measured = f"measured {clock(round(audio.seconds))}"
        if audio.tolerance > 0.5:
            measured += (
                f" ± {audio.tolerance:.0f} s ({audio.reason})" if audio.reason else f" ± {audio.tolerance:.0f} s"
            )
        told = f"{said}, {measured}: {_fit(episode, audio)}" if said else f"{measured}: {_fit(episode, audio)}"
    kind = ", ".join(fact for fact in _audio_facts(audio) if fact)
    stated = episode.enclosure.media_type if episode.enclosure else ""
    number = f"number {audio.number} by the title in its tags" if audio.number else ""
    return [line for line in (told, kind, _other_type(audio, stated), number, _people(audio)) if line]


def _people(audio: Audio) -> str:
    """Tell whom the tags name too.

    >>> from mediafeed.model.audio import TagName
    >>> _people(Audio(fit=Fit.ALONE, people=(TagName("artist", "Ann Lee"), TagName("title", "Bo Alder"))))
    'its tags name Ann Lee (artist), Bo Alder (title)'
    """
    tags: dict[str, list[str]] = {}
    for each in audio.people:
        tags.setdefault(each.name, []).append(each.tag)
    named = ", ".join(f"{name} ({', '.join(those)})" for name, those in tags.items())
    return f"its tags name {named}" if named else ""


def _other_type(audio: Audio, stated: str) -> str:
    found = audio.media_type or ""
    if not found or not stated or found == stated or any({found, stated} <= names for names in _SAME_TYPES):
        return ""
    return f"its source says {stated}, the bytes are {found}"


def _fit(episode: Episode, audio: Audio) -> str:
    if audio.fit is Fit.DIFFERS:
        if audio.varies and episode.duration and episode.duration.origin is DurationOrigin.MEASURED:
            return "too far apart for dynamic ads, the audio is believed"
        return "the rendition differs, dynamic ads" if audio.varies else "the audio is of another length"
    return _FITS[audio.fit]


def _audio_facts(audio: Audio) -> tuple[str, ...]:
    return (
        audio.format,
        f"{round(audio.bitrate / 1000)} kbit/s" if audio.bitrate else "",
        {None: "", 1: "mono", 2: "stereo"}.get(audio.channels, f"{audio.channels} channels"),
    )


def file_size(length: int) -> str:
    """Give the size of a file in words.

    >>> file_size(46_080_000), file_size(812_000)
    ('46 MB', '812 kB')
    """
    return f"{length / 1e6:.0f} MB" if length >= 999_500 else f"{max(length // 1000, 1)} kB"


def file_kind(media_type: str) -> str:
    """Give what kind of file it is, as people call it.

    >>> file_kind("audio/mpeg"), file_kind("audio/x-m4a"), file_kind("text/vtt; charset=utf-8")
    ('MP3', 'M4A', 'WebVTT')
    """
    kind = media_type.partition(";")[0].strip().lower()
    return _KINDS.get(kind, kind.rpartition("/")[2].removeprefix("x-").upper())


def direction(text: str) -> str:
    """Say in which direction a text is read: by its first letter that says so, as browsers do.

    >>> direction("صوت 12"), direction("12: Kyoto"), direction("")
    ('rtl', 'ltr', 'ltr')
    """
    for sign in text:
        match unicodedata.bidirectional(sign):
            case "R" | "AL":
                return "rtl"
            case "L":
                return "ltr"
    return "ltr"


def years(first: str, last: str) -> str:
    """Give a span of years.

    >>> years("2019", "2022"), years("2022", "2022")
    ('2019–2022', '2022')
    """
    return first if first == last else f"{first}–{last}"


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


def by_evidence(credits_: Sequence[Credit]) -> list[tuple[str, str, list[Credit]]]:
    """Give (quote, how it is known, credits): words that tell of several people are quoted once.

    A tag that says nothing but the name is not quoted: those whom one kind of tag names stand together.
    """
    groups: dict[tuple[str, str], list[Credit]] = {}
    for credit in credits_:
        quote = "" if credit.evidence.quote.strip() == credit.name else credit.evidence.quote
        groups.setdefault((quote, credit_witness(credit)), []).append(credit)
    return [(quote, witness, known) for (quote, witness), known in groups.items()]


def role_name(role: Role, count: int = 1) -> str:
    """Give a role as a heading: "Guest", "Guests"."""
    return _ROLES[role][count != 1]


def counted(number: int, one: str, many: str) -> str:
    """Give a number with its noun.

    >>> counted(1, "episode", "episodes"), counted(1200, "episode", "episodes")
    ('1 episode', '1,200 episodes')
    """
    return f"{number:,} {one if number == 1 else many}"
