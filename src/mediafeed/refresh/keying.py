"""Which item is which inside one source: pure. Guids are repeated, changed and left out, and the item is the same."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, timedelta

import xxhash

from mediafeed.model.audio import Measurement
from mediafeed.model.episode import NEVER, DatePrecision, Episode
from mediafeed.model.held import Absorbed, HeldItem, StoredTelling
from mediafeed.model.parsed import ParsedItem
from mediafeed.normalize.identity import audio_key, page_key
from mediafeed.normalize.same_episode import bare_title, match_keys, title_tells

PUT_UP_ANEW = timedelta(minutes=30)  # how far a date may move with audio and title while the episode is the same
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
    """What the store holds that the heard items may concern, looked up beforehand.

    `by_audio` are a source's items of one audio, the one heard of first in front; `by_words` stand under `words_key`.
    `guids`, `paths` and `audios` say which episode has, or once had, each of them.
    """

    items: Mapping[str, HeldItem] = field(default_factory=dict)
    by_audio: Mapping[str, tuple[HeldItem, ...]] = field(default_factory=dict)
    by_words: Mapping[str, HeldItem] = field(default_factory=dict)
    episodes: Mapping[str, Episode] = field(default_factory=dict)
    tellings: Mapping[str, tuple[StoredTelling, ...]] = field(default_factory=dict)
    absorbed: Mapping[str, Absorbed] = field(default_factory=dict)
    guids: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)
    audios: Mapping[str, str] = field(default_factory=dict)
    measured: Mapping[str, Measurement] = field(default_factory=dict)  # audio key -> what it said
    show_guids: Mapping[str, str] = field(default_factory=dict)  # show id -> its podcast:guid


Known = Callable[[Heard, Held, Collection[str]], HeldItem | None]  # the item that a heard one was before, if any


def keys_for(key: str, audio: str) -> tuple[str, ...]:
    r"""Give the keys an item may have inside its source: its own, and others if several items carry one guid (F1).

    >>> keys_for("33", "a.example/33.mp3")[:2]
    ('33', '33\na.example/33.mp3')
    """
    other = f"{key}\n{audio}"
    return (key, other, *(f"{other}\n{count}" for count in range(2, MOST_OF_ONE_GUID)))


def words_key(telling: Episode) -> str:
    """Give what tells an episode from its source's others when guid and audio are new, "" where nothing does.

    Title and exact date; where the date is only a day or none, a title that tells what it is about, or title, day and a
    page of its own: "News" of a day on a show's home page may be any of several.
    """
    title = bare_title(telling)
    when = telling.published.astimezone(UTC).isoformat() if telling.published else ""
    if telling.date_precision is DatePrecision.SECOND or title_tells(title):
        return f"{title} {when}"
    page = page_key(telling.page) if telling.page else ""
    return f"{title} {when} {page}" if "/" in page else ""


def keys_of_tellings(tellings: Iterable[Episode]) -> frozenset[str]:
    """Give the keys under which tellings are found: by other sources, and by their own under another guid."""
    keys: set[str] = set()
    for telling in tellings:
        keys |= match_keys(telling)
        if telling.number is None and not title_tells(bare_title(telling)) and (words := words_key(telling)):
            keys.add(f"words:{telling.hearings[0].source}:{words}")
    return frozenset(keys)


def episode_id(source: str, key: str) -> str:
    """Give an episode's id: stable, and the same on every machine that hears of it first from this source.

    >>> episode_id("rusi-gsb", "33")
    '0d8b4a32079b'
    """
    return xxhash.xxh3_128_hexdigest(f"{source}\n{key}".encode())[:12]


def keyed(
    heard: Sequence[Heard], held: Held, listed: Collection[str]
) -> tuple[tuple[tuple[str, Heard], ...], Mapping[str, HeldItem]]:
    """Give every heard item its key inside its source; by that key, what is held of it under another guid.

    Of several items with one guid the earliest has the plain key, and each keeps its key however often it is heard:
    an item whose document still lists it as it was stays as it is, and nobody else takes its place. What identifies
    an item best is asked of all items first, so that a guid that now stands at another item takes nothing away.
    """
    chosen: dict[str, Heard] = {}
    moved: dict[str, HeldItem] = {}
    waiting = sorted(heard, key=lambda one: (one.telling.published is None, one.telling.published or NEVER))
    for known in (_by_hash, _by_audio(heard), _by_own_key, _by_words):
        strangers = []
        for one in waiting:
            before = known(one, held, listed)
            if before is None or before.key in chosen or before in moved.values():
                strangers.append(one)
                continue
            key = _key_of_known(one, before, chosen, held)
            chosen[key] = one
            if key != before.key:
                moved[key] = before
        waiting = strangers
    claimed = frozenset(before.key for before in moved.values())
    for one in waiting:
        key = _free_key(one, {*chosen, *claimed}, held, listed)
        previous = _previous(one, held, listed)
        if key not in held.items and previous and previous not in moved.values():
            moved[key] = previous
        chosen[key] = one
    return tuple(chosen.items()), {key: before for key, before in moved.items() if before.key not in chosen}


def held_before(one: Heard, held: Held, listed: Collection[str]) -> HeldItem | None:
    """Give the item whose words these replace, whatever guid each has; None when it is listed still, or unknown."""
    for known in (_by_audio((one,)), _by_own_key, _by_words, _previous):
        before = known(one, held, listed)
        if before and before.hash not in listed:
            return before
    return None


def _key_of_known(one: Heard, before: HeldItem, chosen: Collection[str], held: Held) -> str:
    """Give the key of an item that was held already: the one it had, or one of its new guid that nobody ever had."""
    keys = keys_for(one.key, one.audio)
    if before.key in keys:
        return before.key
    return next((key for key in keys if key not in held.items and key not in chosen), before.key)


def _previous(one: Heard, held: Held, listed: Collection[str]) -> HeldItem | None:
    """Give the item that this one was before its publisher gave it another guid (F3), and perhaps another title.

    It has the same audio, and the document lists it no longer. Audio that several episodes have is a stand-in
    ("coming soon") and tells nothing without the title.
    """
    same_audio = held.by_audio.get(one.audio, ()) if one.audio else ()
    stands_in = len({before.episode for before in same_audio}) > 1
    for before in same_audio:
        told = told_before(before, held) if stands_in else None
        if before.hash not in listed and (told is None or bare_title(told) == bare_title(one.telling)):
            return before
    return None


def _by_hash(one: Heard, held: Held, listed: Collection[str]) -> HeldItem | None:  # noqa: ARG001 - as its siblings
    """Give the item that is held under a key of this one, word for word."""
    return next((before for before in _of_one_guid(one, held) if before.hash == one.item.hash), None)


def _by_audio(heard: Sequence[Heard]) -> Known:
    """Give how an item is known by audio, title and date, whatever guid it has now: some sources count guids anew.

    Audio that several items have, of those held or of those heard, is a stand-in and tells none of them.
    """
    times = Counter(one.audio for one in heard)

    def known(one: Heard, held: Held, listed: Collection[str]) -> HeldItem | None:
        same_audio = held.by_audio.get(one.audio, ()) if one.audio else ()
        if times[one.audio] > 1 or len(same_audio) != 1 or same_audio[0].hash in listed:
            return None
        told = told_before(same_audio[0], held)
        return same_audio[0] if told and _says_the_same(told, one.telling) else None

    return known


def _says_the_same(told: Episode, telling: Episode) -> bool:
    return told.published == telling.published and bare_title(told) == bare_title(telling)


def _by_own_key(one: Heard, held: Held, listed: Collection[str]) -> HeldItem | None:
    """Give the item that is held under a key of this one with the same audio, in other words."""
    for before in _of_one_guid(one, held):
        if before.hash not in listed and _same_audio(before.audio, one.audio):
            return before
    return None


def _by_words(one: Heard, held: Held, listed: Collection[str]) -> HeldItem | None:
    """Give the item of the same title at the same second: its audio was put elsewhere, its guid may be another's."""
    words = words_key(one.telling)
    if not words:
        return None
    of_one_guid = [before for before in _of_one_guid(one, held) if _words_of(before, held) == words]
    for before in (*of_one_guid, held.by_words.get(words)):
        if before and before.hash not in listed:
            return before
    return None


def _words_of(before: HeldItem, held: Held) -> str:
    told = told_before(before, held)
    return words_key(told) if told else ""


def _of_one_guid(one: Heard, held: Held) -> tuple[HeldItem, ...]:
    return tuple(held.items[key] for key in keys_for(one.key, one.audio) if key in held.items)


def _free_key(one: Heard, chosen: Collection[str], held: Held, listed: Collection[str]) -> str:
    """Give the first key that no other item has.

    An item not listed any more has given its place to this one, unless this is plainly another recording: a source
    that counts its guids from one again each season takes nothing away by it.
    """
    keys = keys_for(one.key, one.audio)
    for key in keys:
        before = held.items.get(key)
        if key not in chosen and (before is None or before.hash not in listed):
            told = told_before(before, held)
            if told is None or not _is_another(one.telling, told):
                return key
    return keys[-1]


def _is_another(telling: Episode, told: Episode) -> bool:
    """Say whether an item with other audio is another recording, not the same one put up anew: nothing agrees.

    Some feeds have one item and one guid for ever, and a new bulletin in it every hour.
    """
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


def told_before(before: HeldItem | None, held: Held) -> Episode | None:
    """Give what an item was understood to say before."""
    if before is None:
        return None
    tellings = held.tellings.get(before.episode, ())
    return next((t.telling for t in tellings if (t.source, t.key) == (before.source, before.key)), None)
