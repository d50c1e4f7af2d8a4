"""Take what a source said into the store: look up what it may concern, decide, write, all in one transaction."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mediafeed.model.episode import Changes, Episode, Person, Show
from mediafeed.model.held import HeldItem, StoredLesson, StoredTelling, TakeIn
from mediafeed.model.parsed import Element, ParsedFeed
from mediafeed.model.settings import Override
from mediafeed.model.source import Source
from mediafeed.normalize.credits.extract import Profile
from mediafeed.normalize.identity import audio_key, feed_guid
from mediafeed.refresh.changes import Settled, settle
from mediafeed.refresh.flipping import Changed, Flips, changed_items, flips_of, is_held_back, turns
from mediafeed.refresh.flipping import in_words as flip_in_words
from mediafeed.refresh.keying import Heard, Held, episode_id, keys_for, keys_of_tellings, words_key
from mediafeed.refresh.learning import profiles_held
from mediafeed.refresh.naming import audios_wanted, guids_wanted, paths_wanted
from mediafeed.refresh.people import Identities, keys_of
from mediafeed.refresh.recredited import Recredited, in_words, recredited
from mediafeed.refresh.teaching import BATCH, Claim, Teaching, Turn, in_batches, noted
from mediafeed.refresh.understanding import KnownShows, Understood
from mediafeed.store.shows import words_hash
from mediafeed.store.store import Store
from mediafeed.store.taking_in import TakingIn

log = logging.getLogger(__name__)

TOO_COMMON = 50  # episodes under one match key
ROUNDS = 3  # of understanding anew: by other rules other items may be a show's oldest ones


Tell = Callable[[Recredited], None]


def _nobody(_: Recredited) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking a document in came to, and what had to be set aside."""

    changes: Changes
    flags: tuple[str, ...]
    shows_differ: bool  # a show that was held says something else of itself now
    held_back: bool = False  # some words were not taken yet: the document must be read again
    to_learn: bool = False  # a show's oldest items are others now: its habits are to be learned anew


class _ShowTakenError(Exception):
    """Another source has a show of this id since we looked."""


class TakesIn:
    """Brings a source's claims together with what is held. Safe to call from many threads: the store lets one in."""

    def __init__(
        self,
        store: Store,
        persons: Mapping[str, Person],
        overrides: Sequence[Override],
        polled: Collection[str],
        every: timedelta,
    ) -> None:
        """Take the operator's settings.

        Args:
            store: What is held.
            persons: By the key of every name of theirs.
            overrides: The last word on credits.
            polled: The ids of the polled sources.
            every: The interval of a source that has none of its own.
        """
        self._store = store
        self._every = every
        self._polled = frozenset(polled)
        self._persons = persons
        self._overrides = overrides
        self._teaching = Teaching(store, self._polled)

    def take_in(self, source: Source, feed: ParsedFeed, claim: Claim, *, head_is_new: bool, now: datetime) -> Taken:
        """Remember one document; give what changed, and what had to be set aside.

        What an earlier document said of the same show is understood anew if the show changed, or its habits.
        """
        head = feed.head if head_is_new else None
        took = self._taken(source, head, claim, feed.order, now=now, lessons=self._store.lessons(source.id))
        changes = took.changes
        if took.shows_differ or took.to_learn:
            again = self.understand_anew(source, now=now, but_archived=not took.shows_differ)
            modified = tuple(dict.fromkeys((*changes.modified, *again.modified)))
            changes = Changes(changes.new, tuple(i for i in modified if i not in changes.new), changes.unchanged)
        return replace(took, changes=changes)

    def understand_anew(
        self,
        source: Source,
        *,
        now: datetime,
        tell: Tell = _nobody,
        but_archived: bool = False,
        turn: Turn = nullcontext,
    ) -> Changes:
        """Claim anew, from the words as stored, everything a source ever said; no request is made.

        First the habits of its shows are learned, then every item is credited by them; with `but_archived` those of
        archive documents keep their credits: a document that never changes must not for what others taught. `tell`
        hears of every episode that is other than before. Whatever is read, decided and written together
        is so inside a `turn`. Nobody else may take in of this source until it is done.
        """
        changes = Changes()
        for _ in range(ROUNDS):
            lessons = self._teaching.lessons(source, now, turn)
            claims = self._teaching.claims_by(source, lessons, now)
            claims = self._teaching.but_archived(claims) if but_archived else claims
            changes = self._again(source, claims, changes, now=now, tell=tell, turn=turn)
            with turn():
                stands = self._teaching.keep(source, lessons)
            if stands:
                break
        return changes

    def settle_anew(self, source: Source, *, now: datetime, tell: Tell = _nobody, turn: Turn = nullcontext) -> Changes:
        """Bring together anew what a source's items claim, as stored: who is who and overrides may be others."""
        return self._again(source, _as_stored, Changes(), now=now, tell=tell, turn=turn)

    def _again(
        self,
        source: Source,
        claims: Callable[[Sequence[StoredTelling]], Claim],
        changes: Changes,
        *,
        now: datetime,
        tell: Tell,
        turn: Turn,
    ) -> Changes:
        """Go through all that a source ever said, a batch in one transaction."""
        batches = in_batches(self._store.all_tellings(source.id, BATCH))  # what a turn reads, it writes
        while True:
            with turn():
                if not (batch := next(batches, ())):
                    return changes
                listed = tuple(told.item.hash for told in batch)
                did = self._taken(source, None, claims(batch), listed, now=now, anew=True, tell=tell).changes
            new, modified = (dict.fromkeys((*getattr(changes, n), *getattr(did, n))) for n in ("new", "modified"))
            changes = Changes(tuple(new), tuple(modified), ())

    def _taken(
        self,
        source: Source,
        head: tuple[Element, ...] | None,
        claim: Claim,
        listed: tuple[str, ...],
        *,
        now: datetime,
        lessons: Sequence[StoredLesson] = (),
        anew: bool = False,
        tell: Tell = _nobody,
    ) -> Taken:
        """Claim and write; again, if another source named a show the same in between."""
        while True:
            seen = self._store.shows_seen()
            understood = claim(stored=seen, polled=self._polled, profiles=profiles_held(lessons))
            shows = tuple(s for s in understood.shows if s.source == source.id and _says_else(s, seen.get(s.id)))
            known = {show.id: held for show in shows if (held := seen.get(show.id))}
            shows, flipping = self._without_flipping(source, shows, known, now)
            try:
                settled, flips, to_learn = self._write(
                    source,
                    head,
                    shows,
                    understood,
                    listed,
                    seen=seen,
                    now=now,
                    lessons=lessons,
                    anew=anew,
                    tell=tell,
                )
            except _ShowTakenError:
                log.info("show named by another source meanwhile", extra={"source": source.id})
                continue
            # What only the show's own feed restates (`extras`) makes no episode another.
            differ = any(show.id in known and known[show.id] != show for show in shows)
            flags = (*understood.flags, *flips.flags, *flipping)
            return Taken(
                settled.changes,
                flags,
                shows_differ=differ,
                held_back=bool(flips.held_back or flipping),
                to_learn=bool(to_learn),
            )

    def _write(
        self,
        source: Source,
        head: tuple[Element, ...] | None,
        shows: tuple[Show, ...],
        understood: Understood,
        listed: tuple[str, ...],
        *,
        seen: KnownShows,
        now: datetime,
        lessons: Sequence[StoredLesson] = (),
        anew: bool = False,
        tell: Tell = _nobody,
    ) -> tuple[Settled, Flips, frozenset[str]]:
        with self._store.taking_in() as transaction:
            owned = transaction.show_owners([show.id for show in shows])
            if any(owned.get(show.id) != _owner(seen.get(show.id)) for show in shows):
                raise _ShowTakenError
            held = _held(transaction, source.id, understood.heard, shows, seen)
            changed = {} if anew else changed_items(understood.heard, held, frozenset(listed))
            flips = self._flips(transaction, source, changed, now)
            listed = tuple(flips.held_back.get(hash_, hash_) for hash_ in listed)
            settled = self._settled(
                transaction, source, understood.heard, held, flips=flips, listed=listed, now=now, anew=anew
            )
            news = TakeIn(source=source.id, at=now, head=head, shows=shows, listed=() if anew else listed)
            transaction.write(_with_decision(news, settled))
            to_learn: frozenset[str] = frozenset()
            if not anew:
                taught = understood.lessons
                to_learn = noted(transaction, source.id, lessons=lessons, fresh=taught, settled=settled, held=held)
        if anew:
            _told(tell, settled, held)
        return settled, flips, to_learn

    def _settled(
        self,
        transaction: TakingIn,
        source: Source,
        heard: Sequence[Heard],
        held: Held,
        *,
        flips: Flips,
        listed: tuple[str, ...],
        now: datetime,
        anew: bool,
    ) -> Settled:
        told = [telling.telling for tellings in held.tellings.values() for telling in tellings]
        told += [one.telling for one in heard]
        return settle(
            [one for one in heard if one.item.hash not in flips.held_back],
            held,
            identities_for(transaction, self._persons, self._overrides, told),
            source=source.id,
            listed=frozenset(listed),
            overrides=self._overrides,
            anew=anew,
            now=now,
        )

    def _without_flipping(
        self, source: Source, shows: tuple[Show, ...], known: Mapping[str, Show], now: datetime
    ) -> tuple[tuple[Show, ...], tuple[str, ...]]:
        """Give the shows but those that turn back to words they had, for which it is too early; and what to say."""
        if not known:
            return shows, ()
        with self._store.asking() as asked:
            histories = asked.show_histories(known)
        every, flags, taken = source.every or self._every, [], []
        for show in shows:
            had, hash_ = histories.get(show.id, ()), words_hash(show)
            lifts = show.id in known and known[show.id].blocked and not show.blocked
            if show.blocked or not is_held_back(had, hash_, every=every, now=now, lifts=lifts):
                taken.append(show)
                continue
            flags.append(flip_in_words(show.title, turns([*(words for words, _ in had), hash_]), every=every))
            log.warning("show flips", extra={"source": source.id, "detail": flags[-1]})
        return tuple(taken), tuple(flags)

    def _flips(self, transaction: TakingIn, source: Source, changed: Mapping[str, Changed], now: datetime) -> Flips:
        """Find the items whose words turn back to what they were."""
        history = transaction.history(source.id, changed) if changed else {}
        flips = flips_of(changed, history, every=source.every or self._every, now=now)
        for flag in flips.flags:
            log.warning("item flips", extra={"source": source.id, "detail": flag})
        return flips


def _told(tell: Tell, settled: Settled, held: Held) -> None:
    for record in settled.episodes:
        before = held.episodes.get(record.episode.id)
        if before is None:
            continue
        change = recredited(before, record.episode)
        if change.changes:
            log.info("recredited", extra={"episode": change.episode, "credits": in_words(change)})
        tell(change)


def _as_stored(batch: Sequence[StoredTelling]) -> Claim:
    """Give the claim that stored items say what they say."""

    def claim(
        *,
        stored: KnownShows,  # noqa: ARG001 - as every claim
        polled: Collection[str],  # noqa: ARG001
        profiles: Mapping[str, Profile],  # noqa: ARG001
    ) -> Understood:
        heard = (Heard(key=told.key, item=told.item, telling=told.telling) for told in batch)
        return Understood(shows=(), heard=tuple(heard))

    return claim


def _with_decision(news: TakeIn, settled: Settled) -> TakeIn:
    return replace(
        news,
        items=settled.items,
        episodes=settled.episodes,
        persons=settled.persons,
        rekeyed=settled.rekeyed,
        unsettled=settled.unsettled,
    )


def identities_for(
    transaction: TakingIn, persons: Mapping[str, Person], overrides: Sequence[Override], tellings: Iterable[Episode]
) -> Identities:
    """Look up everybody whom these tellings, or the operator, may name."""
    names: set[str] = set()
    for telling in tellings:
        names.update(telling.may_host, (credit.name for credit in telling.credits))
    names.update(override.name for override in overrides)
    keys = {key for name in names for key in keys_of(name)} | {person.key for person in persons.values()}
    return Identities(persons, transaction.persons(keys), transaction.is_person)


def _owner(show: Show | None) -> str | None:
    return show.source if show else None


def _says_else(show: Show, held: Show | None) -> bool:
    return held is None or show != held or show.extras != held.extras


def _held(transaction: TakingIn, source: str, heard: Sequence[Heard], shows: Sequence[Show], seen: KnownShows) -> Held:
    """Look up all that the heard items may concern in what their own source said before."""
    keys = {key for one in heard for key in keys_for(one.key, one.audio)}
    items = transaction.items(source, keys)
    by_audio = transaction.items_by_audio(source, {one.audio for one in heard if one.audio})
    strangers = [one.telling for one in heard if one.key not in items or items[one.key].audio != one.audio]
    asked = transaction.candidates(keys_of_tellings(strangers))
    concerned = {item.episode for item in (*items.values(), *(one for some in by_audio.values() for one in some))}
    concerned.update(candidate for ids in asked.values() if len(ids) <= TOO_COMMON for candidate in ids)
    own_ids = {episode_id(source, key) for key in keys}
    concerned |= own_ids
    tellings = transaction.tellings(concerned)
    told = [*(one.telling for one in heard), *(one.telling for some in tellings.values() for one in some)]
    meant = {show: held for show in {telling.show for telling in told} if (held := seen.get(show))}
    guids = show_guids((meant | {show.id: show for show in shows}).values())
    audios = audios_wanted(told)
    return Held(
        items=items,
        by_audio=by_audio,
        by_words=by_words(source, tellings.values()),
        episodes=transaction.episodes(concerned),
        tellings=tellings,
        absorbed=transaction.absorbed(own_ids),
        guids=transaction.guids(guids_wanted(told, guids)),
        paths=transaction.paths(paths_wanted(told)),
        audios=transaction.audios(audios),
        measured=transaction.measured(audios),
        show_guids=guids,
    )


def by_words(source: str, tellings: Iterable[Sequence[StoredTelling]]) -> dict[str, HeldItem]:
    """Give the source's own items under what tells them apart when guid and audio are new."""
    found = {}
    for told in (told for some in tellings for told in some if told.source == source):
        enclosure = told.telling.enclosure
        found[words_key(told.telling)] = HeldItem(
            source=source,
            key=told.key,
            hash=told.item.hash,
            fingerprint=told.fingerprint,
            audio=audio_key(enclosure.url) if enclosure else "",
            episode=told.episode,
            first_heard=told.first_heard,
        )
    found.pop("", None)
    return found


def show_guids(shows: Iterable[Show]) -> dict[str, str]:
    """Give the podcast:guid of each show, the publisher's or the one its address stands for."""
    return {show.id: show.guid or feed_guid(show.feed_url or show.id) for show in shows}
