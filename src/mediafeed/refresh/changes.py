"""What is new, what is modified, inside one source: pure.

The held side is looked up beforehand (`taking_in`), so that the whole decision is a function of its arguments. What
other sources tell is not asked here, or it would matter who is quicker: `together` does, when all have been heard.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mediafeed.model.episode import Changes, Episode, Person
from mediafeed.model.held import EpisodeRecord, HeardItem, HeldItem
from mediafeed.model.settings import Override
from mediafeed.normalize.merging import merged
from mediafeed.refresh.keying import MOST_OF_ONE_GUID, Heard, Held, episode_id, keyed, keys_for, told_before
from mediafeed.refresh.naming import Known, Names, fingerprint, named, published_audio, record_of
from mediafeed.refresh.people import Identities, as_heard, overridden, with_persons

MOVED = "its date was moved to after its first hearing, the earlier one kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The decision: what to remember, and what it means for the episodes."""

    items: tuple[HeardItem, ...]
    episodes: tuple[EpisodeRecord, ...]
    persons: tuple[Person, ...]
    rekeyed: tuple[tuple[str, str], ...]
    unsettled: tuple[str, ...]  # known episodes of which it must be asked anew whether they are one with others
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Placed:
    """A heard item with its final key and episode, and what was held of it before, under whatever key."""

    heard: Heard
    key: str
    episode: str
    before: HeldItem | None


def settle(
    heard: Sequence[Heard],
    held: Held,
    people: Identities,
    *,
    source: str,
    listed: Collection[str],
    overrides: Sequence[Override] = (),
    anew: bool = False,
    now: datetime,
) -> Settled:
    """Decide what the heard items mean for what is held.

    With `anew` every episode is brought together again though nobody said anything new: settings or rules changed.
    """
    pairs, moved = keyed(heard, held, listed)
    placed = _placed(pairs, moved, held, source)
    items = tuple(_heard_item(one, held, now) for one in placed)
    rekeyed = tuple((before.key, key) for key, before in moved.items())
    gone = frozenset(old for old, _ in rekeyed)
    records, changes, persons = _episodes(items, held, people, overrides, source, gone=gone, anew=anew)
    known = {one.episode for one in placed if one.before and one.before.audio != one.heard.audio}
    return Settled(
        items=items,
        episodes=records,
        persons=persons,
        rekeyed=rekeyed,
        unsettled=tuple(sorted(known)),
        changes=changes,
    )


def _placed(
    pairs: Iterable[tuple[str, Heard]], moved: Mapping[str, HeldItem], held: Held, source: str
) -> tuple[_Placed, ...]:
    """Give each item its episode: the one it had, or for the time being one of its own."""
    placed = []
    taken: set[str] = {*held.episodes, *held.absorbed}
    for key, one in pairs:
        before = held.items.get(key) or moved.get(key)
        episode = before.episode if before else _new_id(source, key, one, taken)
        taken.add(episode)
        placed.append(_Placed(one, key, episode, before))
    return tuple(placed)


def _new_id(source: str, key: str, one: Heard, taken: Collection[str]) -> str:
    """Give a new item's id: a guid that stood at another item before is not enough, its audio belongs to it too."""
    mine = (episode_id(source, own) for own in (key, *keys_for(one.key, one.audio)))
    return next((identity for identity in mine if identity not in taken), free_id(source, key, taken))


def own_ids_of(source: str, key: str) -> tuple[str, ...]:
    """Give the ids that an episode may get from this key, the best first: its own, and others if that is taken."""
    again = (episode_id(source, f"{key}\n{count}") for count in range(1, MOST_OF_ONE_GUID))
    return (episode_id(source, key), *again)


def free_id(source: str, key: str, taken: Collection[str]) -> str:
    """Give an id that no episode has: the item's own, or one made from it."""
    return next((own for own in own_ids_of(source, key) if own not in taken), None) or free_id(
        source, f"{key}\n{key}", taken
    )


def _heard_item(placed: _Placed, held: Held, now: datetime) -> HeardItem:
    before = placed.before
    first_heard = before.first_heard if before else now
    telling = dated_as_before(placed.heard.telling, told_before(before, held), first_heard)
    hearings = tuple(replace(hearing, key=placed.key) for hearing in telling.hearings)
    telling = replace(telling, hearings=hearings, first_heard=first_heard)
    return HeardItem(
        key=placed.key,
        item=placed.heard.item,
        telling=telling,
        fingerprint=fingerprint(telling),
        audio=placed.heard.audio,
        episode=placed.episode,
        first_heard=first_heard,
    )


def dated_as_before(telling: Episode, told: Episode | None, first_heard: datetime) -> Episode:
    """Keep the date of an episode that is moved to after we first heard of it: by then it was out already.

    Some sources date everything with the time of the request, at every request (F12).
    """
    if told is None or telling.published is None or telling.published <= first_heard:
        return telling
    if telling.published == told.published:
        return telling
    flags = tuple(flag for flag in told.flags if "first hearing" in flag and flag not in telling.flags)
    return replace(
        telling,
        published=told.published,
        date_precision=told.date_precision,
        flags=(*telling.flags, *(flags or (MOVED,))),
    )


def _episodes(
    items: Sequence[HeardItem],
    held: Held,
    people: Identities,
    overrides: Sequence[Override],
    source: str,
    *,
    gone: frozenset[str],
    anew: bool,
) -> tuple[tuple[EpisodeRecord, ...], Changes, tuple[Person, ...]]:
    """Bring together what all sources say of each episode that an item touches."""
    by_episode: dict[str, list[HeardItem]] = {}
    for item in items:
        by_episode.setdefault(item.episode, []).append(item)
    records, outcome = [], Changes()
    names = Names(dict(held.guids), dict(held.paths), dict(held.audios), held.show_guids)
    for identity, told in by_episode.items():
        before = held.episodes.get(identity)
        if before and not anew and not _differs(told, held):
            outcome = replace(outcome, unchanged=(*outcome.unchanged, identity))
            continue
        now_keys = gone | {item.key for item in told}
        others = [t for t in held.tellings.get(identity, ()) if t.source != source or t.key not in now_keys]
        tellings = [*(t.telling for t in others), *(i.telling for i in told)]
        said = with_persons(overridden(_united(identity, tellings, before, names), overrides), people)
        episode = as_heard(said, held.measured.get(published_audio(said)), people, overrides)
        if before and episode == before:
            outcome = replace(outcome, unchanged=(*outcome.unchanged, identity))
            continue
        records.append(record_of(episode, tellings, told=said))
        if before:
            outcome = replace(outcome, modified=(*outcome.modified, identity))
        else:
            outcome = replace(outcome, new=(*outcome.new, identity))
    return tuple(records), outcome, people.newcomers()


def _differs(told: Iterable[HeardItem], held: Held) -> bool:
    for item in told:
        before = held.items.get(item.key)
        if before is None or before.fingerprint != item.fingerprint or before.episode != item.episode:
            return True
    return False


def _united(identity: str, tellings: Sequence[Episode], before: Episode | None, names: Names) -> Episode:
    united = merged(tellings)
    if before is None:
        return named(identity, united, None, names)
    if before.audio_of and united.enclosure:
        # Whose audio it is was decided over all sources, and only there it is decided anew.
        united = replace(united, enclosure=None, audio_of=before.audio_of)
    known = Known(path=before.path, published_guid=before.published_guid, first_heard=before.first_heard)
    return named(identity, united, known, names)
