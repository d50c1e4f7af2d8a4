"""All sources' words about one recording, as one episode."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final, TypeVar

from mediafeed.model.episode import Credit, CreditOrigin, DatePrecision, Duration, DurationOrigin, Episode, EpisodeKind
from mediafeed.model.parsed import Element
from mediafeed.normalize.chapters import PUBLISHERS_OWN
from mediafeed.normalize.persons import person_key
from mediafeed.normalize.text import folded, plain_text

# Strength is the order of declaration: a StrEnum sorts by its text.
_ORIGINS: Final = {origin: rank for rank, origin in enumerate(CreditOrigin)}
_WITNESSES: Final = {origin: rank for rank, origin in enumerate(DurationOrigin)}
# Another telling's notes take the place of the first one's only when they say plainly more.
_PLAINLY_MORE: Final = 1.5
# What is one telling's whole text or name, and no fact to add to another's; whose money it is, is its show's to say.
_NOT_ADDED: Final = frozenset(
    {
        "description", "content:encoded", "itunes:summary", "itunes:subtitle", "itunes:title", "source", "enclosure",
        "podcast:value",
    }
)  # fmt: skip
_DOUBTS: Final[tuple[tuple[str, Callable[[Episode], bool]], ...]] = (
    ("dated by first hearing", lambda episode: episode.published is not None),
    ("enclosure is no audio", lambda episode: episode.enclosure is not None),
    ("duration not understood", lambda episode: episode.duration is not None),
)


_Value = TypeVar("_Value")


def merged(tellings: Sequence[Episode]) -> Episode:
    """Unite what sources claim of one recording: the strongest witness wins and nothing is lost.

    The first telling that has audio leads (title, guid, date, enclosure); the others fill in what it does not know.
    The order of the arguments does not matter. One telling alone is given back as it is. A block binds the words and
    the feed of who says it: where another has the recording in a feed of its own, nothing of a blocked telling is said.
    """
    tellings = _not_blocked(tellings)
    if len(tellings) == 1:
        return tellings[0]
    ordered = in_order(tellings)
    lead = ordered[0]
    dated = _best_dated(ordered)
    united = replace(
        lead,
        id=_first(told.id for told in ordered) or "",
        path=_first(told.path for told in ordered) or "",
        published_guid=_first(told.published_guid for told in ordered) or "",
        hearings=tuple(dict.fromkeys(hearing for told in ordered for hearing in told.hearings)),
        title=_first(told.title for told in ordered) or "",
        number=_first(told.number for told in ordered),
        season=_first(told.season for told in ordered),
        kind=next((told.kind for told in ordered if told.kind is not EpisodeKind.FULL), EpisodeKind.FULL)
        if lead.enclosure is None
        else lead.kind,
        published=dated.published,
        date_precision=dated.date_precision,
        first_heard=min(told.first_heard for told in ordered),
        page=_first(told.page for told in ordered),
        summary=_first(told.summary for told in ordered) or "",
        notes=_best_notes(ordered),
        author=_first(told.author for told in ordered),
        image=_first(told.image for told in ordered),
        explicit=_first(told.explicit for told in ordered),
        duration=_best_duration(ordered),
        lengths=_lengths(ordered),
        credits=united_credits([told.credits for told in ordered if _may_add(told, lead)]),
        chapters=_first(told.chapters for told in ordered),
        **_marks([told for told in ordered if _may_add(told, lead)]),
        transcripts=next((told.transcripts for told in ordered if told.transcripts), ()),
        keywords=tuple(dict.fromkeys(word for told in ordered for word in told.keywords))[:50],
        blocked=any(told.blocked for told in ordered),
        beside=tuple(_beside(ordered)),
        also_on=_other_shows(ordered),
    )
    return replace(united, flags=_remaining_doubts(ordered, united))


def _not_blocked(tellings: Sequence[Episode]) -> Sequence[Episode]:
    """Give the tellings that are not blocked, or all, blocked together, if none of those has the audio in a feed."""
    free = [told for told in tellings if not told.blocked]
    return free if any(told.enclosure is not None and told.guid is not None for told in free) else tellings


def _may_add(told: Episode, lead: Episode) -> bool:
    """Say whether a telling's people are on the recording.

    An item of the lead's own source with another title only shares its audio address: one that all who have not paid
    are given, or a radio's latest hour.
    """
    same_source = told.hearings[0].source == lead.hearings[0].source
    return not same_source or folded(told.title) == folded(lead.title)


def _other_shows(ordered: Sequence[Episode]) -> tuple[str, ...]:
    """Give the shows beside the lead's whose own feeds have the recording; a page only tells of it."""
    shows = (told.show for told in ordered if told.enclosure is not None and told.guid is not None)
    return tuple(sorted({*shows} - {ordered[0].show}))


def in_order(tellings: Sequence[Episode]) -> list[Episode]:
    """Order tellings by their weight, whatever the order of the arguments.

    Audio first, then a guid; then whoever was heard first leads for ever. Of sources heard at one time the one that
    dates it earlier leads, for it was out there first, else the one whose id sorts first. Of one source's words the
    later count.
    """
    dated: dict[str, float] = {}
    for told in tellings:
        if told.published:
            source = told.hearings[0].source
            dated[source] = min(told.published.timestamp(), dated.get(source, math.inf))

    def weight(told: Episode) -> tuple[object, ...]:
        hearing = told.hearings[0]
        age = -told.published.timestamp() if told.published else 0.0
        of_source = (dated.get(hearing.source, math.inf), hearing.source)
        return (told.enclosure is None, told.guid is None, told.first_heard, of_source, age, hearing.key)

    return sorted(tellings, key=weight)


def _first(values: Iterable[_Value | None]) -> _Value | None:
    return next((value for value in values if value is not None and value != ""), None)


def _best_dated(ordered: Sequence[Episode]) -> Episode:
    """Give the telling whose date counts: the leading one's, unless another knows the time of the very same day."""
    dated = next((told for told in ordered if told.published is not None), ordered[0])
    if dated.published is None or dated.date_precision is DatePrecision.SECOND:
        return dated
    for told in ordered:
        if told.published is not None and told.date_precision is DatePrecision.SECOND:
            apart = told.published - dated.published
            if timedelta(hours=-12) <= apart <= timedelta(hours=36):
                return told
    return dated


def _best_notes(ordered: Sequence[Episode]) -> str:
    texts = list(dict.fromkeys(told.notes for told in ordered if told.notes))
    if len(texts) < 2:
        return texts[0] if texts else ""
    lengths = [len(plain_text(text)) for text in texts]
    longest = max(range(len(texts)), key=lambda index: lengths[index])
    return texts[longest] if lengths[longest] > _PLAINLY_MORE * lengths[0] else texts[0]


def _best_duration(ordered: Sequence[Episode]) -> Duration | None:
    known = [told.duration for told in ordered if told.duration is not None]
    if not known:
        return None
    best = max(known, key=lambda duration: (_WITNESSES[duration.origin], -duration.tolerance))
    if best.origin is DurationOrigin.DECLARED and best.seconds < 300:
        # A bare "48" is 48 seconds, unless words for people say 48 minutes: then minutes were meant.
        for other in known:
            if other.origin is DurationOrigin.STATED and abs(best.seconds * 60 - other.seconds) <= other.tolerance:
                return other
    return best


def _lengths(ordered: Sequence[Episode]) -> tuple[Duration, ...]:
    """Give what all say of the length, the strongest first, where it is more than one thing."""
    known = dict.fromkeys(told.duration for told in ordered if told.duration is not None)
    lengths = sorted(known, key=lambda duration: (-_WITNESSES[duration.origin], duration.tolerance))
    return tuple(lengths) if len(lengths) > 1 else ()


def _marks(ordered: Sequence[Episode]) -> dict[str, Any]:
    """Give the chapters of who tells of them as chapters, else of who lists times in the notes."""
    marked = [told for told in ordered if told.marks]
    best = next((told for told in marked if told.marks_from == PUBLISHERS_OWN), next(iter(marked), ordered[0]))
    return {"marks": best.marks, "marks_from": best.marks_from}


def united_credits(groups: Sequence[Sequence[Credit]]) -> tuple[Credit, ...]:
    """Give one credit for each person: the strongest evidence decides the role, the others add what it lacks.

    Each of `groups` holds one telling's credits, the leading telling first.
    """
    ranked = sorted(
        (credit for group in groups for credit in group),
        key=lambda credit: (_ORIGINS[credit.origin], -credit.confidence),
    )
    best: dict[str, Credit] = {}
    for credit in ranked:
        key = person_key(credit.name) or credit.name
        held = best.get(key)
        best[key] = credit if held is None else _completed(held, credit)
    in_order = dict.fromkeys(person_key(credit.name) or credit.name for group in groups for credit in group)
    return tuple(best[key] for key in in_order)


def _completed(credit: Credit, other: Credit) -> Credit:
    return replace(
        credit,
        honorific=credit.honorific or other.honorific,
        affiliation=credit.affiliation or other.affiliation,
        href=credit.href or other.href,
        image=credit.image or other.image,
        person=credit.person or other.person,
    )


def _beside(ordered: Sequence[Episode]) -> Iterator[tuple[Element, ...]]:
    """Give what each of the others says that the leading telling does not say in the same words."""
    lead = ordered[0]
    for told in ordered[1:]:
        added = tuple(e for e in told.extras if e.name not in _NOT_ADDED and e not in lead.extras)
        if added and _may_add(told, lead):
            yield added


def _remaining_doubts(ordered: Sequence[Episode], united: Episode) -> tuple[str, ...]:
    """Give the flags of all, without those that another telling has put right."""
    flags = dict.fromkeys(flag for told in ordered for flag in told.flags)
    return tuple(flag for flag in flags if not any(words in flag and settled(united) for words, settled in _DOUBTS))
