"""What is new, what is modified, which episode each item belongs to: pure.

The held side is looked up beforehand (`taking_in`), so that the whole decision is a function of its arguments.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import msgspec
import xxhash

from mediafeed.model.episode import NEVER, Changes, DatePrecision, Episode, Person
from mediafeed.model.held import EpisodeRecord, HeardItem, HeldItem, StoredTelling
from mediafeed.model.parsed import ParsedItem
from mediafeed.model.settings import Override
from mediafeed.normalize.identity import audio_key, collided_guid, page_key, slug
from mediafeed.normalize.merging import merged
from mediafeed.normalize.same_episode import bare_title, match_keys, sameness
from mediafeed.refresh.people import Identities, overridden, with_persons

MOVED = "its date was moved to after its first hearing, the earlier one kept"
PUT_UP_ANEW = timedelta(days=2)  # how far a date may move with the audio and the title while the episode is the same
MOST_OF_ONE_GUID = 5  # items of one source that are told apart though their guid and audio are one


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One item a source lists, and what we claim from it. `key` is the item's own; identity may give it another."""

    key: str
    item: ParsedItem
    telling: Episode

    @property
    def audio(self) -> str:
        """Give the audio's key, "" without audio."""
        return audio_key(self.telling.enclosure.url) if self.telling.enclosure else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the store holds that the heard items may concern, looked up beforehand."""

    items: Mapping[str, HeldItem] = field(default_factory=dict)
    by_audio: Mapping[str, HeldItem] = field(default_factory=dict)
    by_words: Mapping[str, HeldItem] = field(default_factory=dict)  # under `words_key`
    candidates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    episodes: Mapping[str, Episode] = field(default_factory=dict)
    tellings: Mapping[str, tuple[StoredTelling, ...]] = field(default_factory=dict)
    guids: Mapping[str, str] = field(default_factory=dict)
    paths: frozenset[str] = frozenset()
    show_guids: Mapping[str, str] = field(default_factory=dict)  # show id -> its podcast:guid


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The decision: what to remember, and what it means for the episodes."""

    items: tuple[HeardItem, ...]
    episodes: tuple[EpisodeRecord, ...]
    persons: tuple[Person, ...]
    rekeyed: tuple[tuple[str, str], ...]
    changes: Changes


def fingerprint(episode: Episode) -> str:
    """Give the hash of everything an episode claims; when it was first heard of is no claim."""
    return xxhash.xxh3_128_hexdigest(msgspec.json.encode(replace(episode, first_heard=NEVER)))


def keys_for(key: str, audio: str) -> tuple[str, ...]:
    r"""Give the keys an item may have inside its source: its own, and others if several items carry one guid (F1).

    >>> keys_for("33", "a.example/33.mp3")[:2]
    ('33', '33\na.example/33.mp3')
    """
    other = f"{key}\n{audio}"
    return (key, other, *(f"{other}\n{count}" for count in range(2, MOST_OF_ONE_GUID)))


def words_key(telling: Episode) -> str:
    """Give what tells an episode from its source's others when guid and audio are new, "" where nothing does.

    Title and exact date; where the date is only a day or none, title, day and a page of its own: "News" of a day on a
    show's home page may be any of several.
    """
    when = telling.published.astimezone(UTC).isoformat() if telling.published else ""
    if telling.date_precision is DatePrecision.SECOND:
        return f"{bare_title(telling)} {when}"
    page = page_key(telling.page) if telling.page else ""
    return f"{bare_title(telling)} {when} {page}" if "/" in page else ""


def episode_id(source: str, key: str) -> str:
    """Give an episode's id: stable, and the same on every machine that hears of it first from this source.

    >>> episode_id("rusi-gsb", "33")
    '0d8b4a32079b'
    """
    return xxhash.xxh3_128_hexdigest(f"{source}\n{key}".encode())[:12]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A heard item with its final key and episode, and what was held of it before, under whatever key."""

    heard: Heard
    key: str
    episode: str
    before: HeldItem | None


def keyed(
    heard: Sequence[Heard], held: Held, listed: Collection[str]
) -> tuple[tuple[tuple[str, Heard], ...], Mapping[str, HeldItem]]:
    """Give every heard item its key inside its source; by that key, what is held of it under another guid.

    Of several items with one guid the earliest has the plain key, and each keeps its key however often it is heard:
    an item whose document still lists it as it was stays as it is, and nobody else takes its place.
    """
    chosen: dict[str, Heard] = {}
    strangers = []
    for one in sorted(heard, key=lambda one: (one.telling.published is None, one.telling.published or NEVER)):
        key = _own_key(one, chosen, held, listed)
        if key:
            chosen[key] = one
        else:
            strangers.append(one)
    moved: dict[str, HeldItem] = {}
    for one in strangers:
        key = _free_key(one, chosen, held, listed)
        previous = _previous(one, held, listed)
        if key not in held.items and previous and previous not in moved.values():
            moved[key] = previous
        chosen[key] = one
    return tuple(chosen.items()), {key: before for key, before in moved.items() if before.key not in chosen}


def _previous(one: Heard, held: Held, listed: Collection[str]) -> HeldItem | None:
    """Give the item that this one was before its publisher gave it another guid (F3), and perhaps another host.

    It has the same audio, or the same title at the same second; and the document lists it no longer.
    """
    for before in (held.by_audio.get(one.audio or "-"), held.by_words.get(words_key(one.telling))):
        if before and before.hash not in listed:
            return before
    return None


def _own_key(one: Heard, chosen: Collection[str], held: Held, listed: Collection[str]) -> str:
    """Give the key under which this very item is held: the same bytes, or the same audio in new words; else ""."""
    known = [(key, held.items[key]) for key in keys_for(one.key, one.audio) if key in held.items and key not in chosen]
    for key, before in known:
        if before.hash == one.item.hash:
            return key
    for key, before in known:
        if before.hash not in listed and _same_audio(before.audio, one.audio):
            return key
    return ""


def _free_key(one: Heard, chosen: Collection[str], held: Held, listed: Collection[str]) -> str:
    """Give the first key that no other item has.

    An item not listed any more has given its place to this one, unless this is plainly another recording: a source
    that counts its guids from one again each season takes nothing away by it.
    """
    keys = keys_for(one.key, one.audio)
    for key in keys:
        before = held.items.get(key)
        if key not in chosen and (before is None or before.hash not in listed):
            told = _told_before(before, held)
            if told is None or not _is_another(one.telling, told):
                return key
    return keys[-1]


def _is_another(telling: Episode, told: Episode) -> bool:
    """Say whether an item with other audio is another recording, not the same one put up anew: nothing agrees."""
    if telling.enclosure is None or told.enclosure is None or telling.published is None or told.published is None:
        return False
    same_number = telling.number is not None and telling.number == told.number
    return (
        not same_number
        and bare_title(telling) != bare_title(told)
        and abs(telling.published - told.published) > PUT_UP_ANEW
    )


def _same_audio(a: str, b: str) -> bool:
    return a == b or not a or not b


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
    return Settled(items=items, episodes=records, persons=persons, rekeyed=rekeyed, changes=changes)


def _placed(
    pairs: Iterable[tuple[str, Heard]], moved: Mapping[str, HeldItem], held: Held, source: str
) -> tuple[_Placed, ...]:
    """Find the episode of each item: its own, one that another source told of, or a new one."""
    placed = []
    fresh: dict[str, list[tuple[str, Episode]]] = {}  # match key -> episodes that are new in this very document
    taken: set[str] = set()
    for key, one in pairs:
        before = held.items.get(key) or moved.get(key)
        keys = sorted(match_keys(one.telling))
        episode = before.episode if before else _told_elsewhere(one.telling, keys, held, fresh)
        if not episode:
            episode = _new_id(source, key, held, taken)
        taken.add(episode)
        for match_key in keys:
            fresh.setdefault(match_key, []).append((episode, one.telling))
        placed.append(_Placed(one, key, episode, before))
    return tuple(placed)


def _told_elsewhere(
    telling: Episode, keys: Iterable[str], held: Held, fresh: Mapping[str, Sequence[tuple[str, Episode]]]
) -> str:
    tried: set[str] = set()
    for key in keys:
        known = [(candidate, held.episodes.get(candidate)) for candidate in held.candidates.get(key, ())]
        for candidate, episode in (*known, *fresh.get(key, ())):
            if episode is None or candidate in tried:
                continue
            tried.add(candidate)
            if sameness(telling, episode):
                return candidate
    return ""


def _new_id(source: str, key: str, held: Held, taken: Collection[str]) -> str:
    candidate, again = episode_id(source, key), 0
    while candidate in held.episodes or candidate in taken:
        again += 1
        candidate = episode_id(source, f"{key}\n{again}")
    return candidate


def _heard_item(placed: _Placed, held: Held, now: datetime) -> HeardItem:
    before = placed.before
    first_heard = before.first_heard if before else now
    telling = dated_as_before(placed.heard.telling, _told_before(before, held), first_heard)
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


def _told_before(before: HeldItem | None, held: Held) -> Episode | None:
    if before is None:
        return None
    tellings = held.tellings.get(before.episode, ())
    return next((t.telling for t in tellings if (t.source, t.key) == (before.source, before.key)), None)


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
    names = _Names(guids=dict(held.guids), paths=set(held.paths), shows=held.show_guids)
    for identity, told in by_episode.items():
        before = held.episodes.get(identity)
        if before and not anew and not _differs(told, held):
            outcome = replace(outcome, unchanged=(*outcome.unchanged, identity))
            continue
        now_keys = gone | {item.key for item in told}
        others = [t for t in held.tellings.get(identity, ()) if t.source != source or t.key not in now_keys]
        episode = _together(identity, [*(t.telling for t in others), *(i.telling for i in told)], before, names)
        episode = with_persons(overridden(episode, overrides), people)
        if before and episode == before:
            outcome = replace(outcome, unchanged=(*outcome.unchanged, identity))
            continue
        keys = match_keys(episode).union(*(match_keys(i.telling) for i in told))
        records.append(EpisodeRecord(episode=episode, fingerprint=fingerprint(episode), match_keys=keys))
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


@dataclass(frozen=True, slots=True)
class _Names:
    """Guids and paths that are taken, growing while one document is settled."""

    guids: dict[str, str]
    paths: set[str]
    shows: Mapping[str, str]


def _together(identity: str, tellings: Sequence[Episode], before: Episode | None, names: _Names) -> Episode:
    first_heard = min(telling.first_heard for telling in tellings)
    episode = merged(tellings)
    if before:
        return replace(
            episode, id=identity, path=before.path, published_guid=before.published_guid, first_heard=before.first_heard
        )
    guid = _published_guid(identity, episode, names)
    path = _path(identity, episode, names)
    return replace(episode, id=identity, path=path, published_guid=guid, first_heard=first_heard)


def _published_guid(identity: str, episode: Episode, names: _Names) -> str:
    """Keep the publisher's guid while it is unique among all sources; decide once."""
    show = names.shows.get(episode.show, episode.show)
    wanted = episode.guid or collided_guid(show, identity)
    if names.guids.get(wanted, identity) != identity:
        wanted = collided_guid(show, wanted)
        if names.guids.get(wanted, identity) != identity:
            # The show itself gave one guid to two recordings: its guid alone cannot part them.
            wanted = collided_guid(show, f"{episode.guid}\n{identity}")
    names.guids[wanted] = identity
    return wanted


def _path(identity: str, episode: Episode, names: _Names) -> str:
    words = slug(episode.title, fallback=identity)
    if f"{episode.show}/{words}" in names.paths:
        words = f"{words[:67]}-{identity}"
    path = f"{episode.show}/{words}"
    names.paths.add(path)
    return path
