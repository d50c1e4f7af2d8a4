"""Views: does an episode match a saved query?"""

import unicodedata
from collections.abc import Sequence

from mediafeed.model.episode import Episode, Show
from mediafeed.model.settings import Match, View


def matches(view: View, episode: Episode, *shows: Show) -> bool:
    """Say whether an episode of these shows belongs to a view: every key that is given must hold."""
    return _holds(view.match, episode, shows)


def _holds(match: Match, episode: Episode, shows: Sequence[Show]) -> bool:
    return (
        (match.text is None or _names(match.text, episode))
        and (match.show is None or _fold(match.show) in _names_of(shows))
        and _credited(match, episode)
        and (match.tag is None or _fold(match.tag) in {_fold(tag) for show in shows for tag in show.tags})
        and _dated(match, episode)
        and _lasts(match, episode)
        and (match.none_of is None or not _holds(match.none_of, episode, shows))
    )


def _names_of(shows: Sequence[Show]) -> set[str]:
    return {_fold(name) for show in shows for name in (show.id, show.title, show.source)}


def _names(text: str, episode: Episode) -> bool:
    wanted = _fold(text)
    return any(wanted in _fold(words) for words in (episode.title, episode.summary, episode.notes))


def _credited(match: Match, episode: Episode) -> bool:
    """Say whether one and the same credit has the person and the role."""
    if match.person is None and match.role is None:
        return True
    wanted = _fold(match.person or "")
    return any(
        (match.person is None or wanted in {_fold(credit.person), _fold(credit.name)})
        and (match.role is None or credit.role.value == _fold(match.role))
        for credit in episode.credits
    )


def _dated(match: Match, episode: Episode) -> bool:
    # ISO dates sort as texts; the day is the publisher's own, in its zone.
    day = episode.dated.date().isoformat()
    return (match.since is None or match.since[:10] <= day) and (match.until is None or day <= match.until[:10])


def _lasts(match: Match, episode: Episode) -> bool:
    if match.min_duration is None and match.max_duration is None:
        return True
    if episode.duration is None:
        return False
    seconds = episode.duration.seconds
    return (match.min_duration is None or seconds >= match.min_duration.total_seconds()) and (
        match.max_duration is None or seconds <= match.max_duration.total_seconds()
    )


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(folded.split())
