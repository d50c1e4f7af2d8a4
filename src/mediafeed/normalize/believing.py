"""Which witness is believed: words for people, the feed's own field, or the audio itself."""

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from mediafeed.model.audio import Audio, Chapter, Fit, Measurement
from mediafeed.model.episode import Duration, DurationOrigin, Enclosure, Episode, EpisodeKind
from mediafeed.model.settings import Measure
from mediafeed.normalize.chapters import IN_AUDIO, IN_NOTES, PUBLISHERS_OWN
from mediafeed.normalize.dynamic_ads import has_dynamic_ads
from mediafeed.normalize.tagged import credits_by_tags, people_in_tags, tagged_number

_SLACK: Final = 2.0  # seconds by which two programs may count one recording differently
_SLACK_SHARE: Final = 0.002
_SURE_SHARE: Final = 0.03  # an estimate less exact than that is no better than what is declared
_SURE: Final = 5.0  # seconds
_ABSURD: Final = 2.0  # times; ads make a recording longer, but not twice as long and five minutes
_ABSURD_BEYOND: Final = 300.0  # seconds
_SHORT: Final = 60  # seconds: a whole episode that is declared shorter is mostly one whose minutes were meant
_LEAST_BITS: Final = 8_000  # a second
_MOST_BITS: Final = 3_200_000


def believed(episode: Episode, found: Measurement | None) -> Episode:
    """Add what the audio said, and believe the better witness of its length.

    What is measured wins, unless it is no better than a guess, or other listeners are served other ads: then the
    publisher's length stays, as long as it can be true. The size is filled in where no source says it; a stated size
    and a stated media type stay, for they are the publisher's word on a file that may have changed since. What
    nobody says may stand in the tags: a number, and who of those who host the show is the artist.

    Args:
        episode: What the sources tell, with nothing measured in it.
        found: What its audio said, or why it does not say; None where nobody asked it.
    """
    if found is None or episode.enclosure is None:
        return episode
    audio = _audio(episode, found)
    lengths = witnesses(episode)
    if audio.seconds is not None:
        lengths = (_measured(audio), *lengths)
    late = _has_late_marks(episode, audio)
    marks = _marks(found) if episode.marks_from != PUBLISHERS_OWN else ()
    return replace(
        episode,
        number=episode.number or audio.number,
        credits=(*episode.credits, *credits_by_tags(episode, found.tags)),
        # What is no audio, or no more than its beginning, has a size that is not the episode's.
        enclosure=_with_size(episode.enclosure, found.size if found.seconds else None),
        duration=_published(episode, audio),
        lengths=lengths if len(lengths) > 1 else (),
        audio=audio,
        marks=marks or (() if late else episode.marks),
        marks_from=IN_AUDIO if marks else "" if late else episode.marks_from,
    )


def witnesses(episode: Episode) -> tuple[Duration, ...]:
    """Give what everybody says of an episode's length, the strongest first."""
    return episode.lengths or ((episode.duration,) if episode.duration else ())


def setting_for(episode: Episode) -> Measure:
    """Give the narrowest `[audio] measure` under which an episode's audio is asked; NEVER where it has none.

    MISSING: nobody declares how long it is, or how large. DOUBTFUL: what is declared cannot well be, or two who tell of
    one recording do not agree. `episode` is what the sources tell, with nothing measured in it.
    """
    if episode.enclosure is None:
        return Measure.NEVER
    said = episode.duration
    if said is None or said.origin is DurationOrigin.STATED or episode.enclosure.length is None:
        return Measure.MISSING
    bits = episode.enclosure.length * 8 / said.seconds
    short = said.seconds < _SHORT and episode.kind is EpisodeKind.FULL
    apart = any(not _agree(said, other) for other in episode.lengths)
    if short or apart or said.tolerance or not _LEAST_BITS <= bits <= _MOST_BITS:
        return Measure.DOUBTFUL
    return Measure.ALL


def told_of_audio(episode: Episode) -> str:
    """Give what tells whether a file was put in another's place: the size and the length that are told of it."""
    if episode.enclosure is None:
        return ""
    return f"{episode.enclosure.length or ''} {episode.duration.seconds if episode.duration else ''}"


def _audio(episode: Episode, found: Measurement) -> Audio:
    said = episode.duration
    addresses = (episode.enclosure.url if episode.enclosure else "", found.url)
    if found.seconds is None:
        fit = Fit.UNKNOWN
    elif said is None:
        fit = Fit.ALONE
    else:
        close = abs(said.seconds - found.seconds) <= said.tolerance + found.tolerance + _slack(found.seconds)
        fit = Fit.AGREES if close else Fit.DIFFERS
    return Audio(
        fit=fit,
        seconds=None if found.seconds is None else round(found.seconds, 3),
        tolerance=round(found.tolerance, 3),
        reason=found.reason,
        format=found.format,
        media_type=found.media_type,
        bitrate=found.bitrate,
        channels=found.channels,
        size=found.size,
        tags=found.tags,
        varies=any(map(has_dynamic_ads, addresses)),
        number=None if episode.number else tagged_number(episode.title, found.tags),
        people=people_in_tags(episode, found.tags),
    )


def _published(episode: Episode, audio: Audio) -> Duration | None:
    said = episode.duration
    if audio.seconds is None:
        return said
    measured = _measured(audio)
    if said is None or _is_absurd(said.seconds, audio.seconds):
        return measured
    guessed = audio.tolerance > max(said.tolerance, _SURE, audio.seconds * _SURE_SHARE)
    declared = audio.varies and (said.origin is DurationOrigin.DECLARED or audio.fit is Fit.DIFFERS)
    return said if guessed or declared else measured


def _measured(audio: Audio) -> Duration:
    seconds = audio.seconds or 0.0
    # Half a second and less is what whole seconds lose anyway.
    tolerance = math.ceil(audio.tolerance) if audio.tolerance > 0.5 else 0
    return Duration(max(round(seconds), 1), DurationOrigin.MEASURED, tolerance)


def _is_absurd(said: float, heard: float) -> bool:
    shorter, longer = sorted((said, heard))
    return longer > shorter * _ABSURD + _ABSURD_BEYOND


def is_said_otherwise(found: Measurement, said: Iterable[Duration]) -> bool:
    """Say whether somebody says another length than what was measured, each give or take what he may be wrong by."""
    if found.seconds is None:
        return False
    measured = Duration(max(round(found.seconds), 1), DurationOrigin.MEASURED, math.ceil(found.tolerance))
    return not all(_agree(measured, length) for length in said)


def _agree(one: Duration, other: Duration) -> bool:
    return abs(one.seconds - other.seconds) <= one.tolerance + other.tolerance + _slack(one.seconds)


def _slack(seconds: float) -> float:
    return max(_SLACK, seconds * _SLACK_SHARE)


def _with_size(enclosure: Enclosure, size: int | None) -> Enclosure:
    return enclosure if enclosure.length or not size else replace(enclosure, length=size)


def _has_late_marks(episode: Episode, audio: Audio) -> bool:
    """Say whether times in notes stand behind the end of the audio: then they are no places in it."""
    if episode.marks_from != IN_NOTES or audio.seconds is None or audio.varies:
        return False
    return episode.marks[-1].start > audio.seconds + audio.tolerance + _slack(audio.seconds)


def _marks(found: Measurement) -> tuple[Chapter, ...]:
    """Give the chapters that begin within the audio; a single one divides nothing."""
    chapters = found.chapters
    if found.seconds is not None:
        end = found.seconds + found.tolerance + _slack(found.seconds)
        chapters = tuple(chapter for chapter in chapters if chapter.start <= end)
    return chapters if len(chapters) > 1 else ()
