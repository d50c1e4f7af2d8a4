"""Claim anew what stored words say, where settings or rules changed since: without any request, beside the visits."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import xxhash

from mediafeed.errors import MediafeedError
from mediafeed.model.episode import Changes
from mediafeed.model.settings import Config
from mediafeed.model.source import Source
from mediafeed.refresh.gate import Gate
from mediafeed.refresh.gathering import BringsTogether
from mediafeed.refresh.pipeline import READER
from mediafeed.refresh.recredited import Recredited
from mediafeed.refresh.rules import rules_key
from mediafeed.refresh.taking_in import TakesIn
from mediafeed.store.store import Store

log = logging.getLogger(__name__)

_HALF = "half understood anew"
_PERSONS = "learned of persons"  # by which persons of the config


def is_half_understood(store: Store) -> bool:
    """Say whether some of what is held was understood by other rules or settings than the rest: it was begun."""
    return bool(store.setting(_HALF))


@dataclass(frozen=True, slots=True)
class _Stale:
    """A source that was understood by other rules or settings than those of now, which `key` stands for."""

    source: Source
    key: str
    claims: bool  # its words are claimed anew; else who is who alone
    archived: bool  # those in archive documents as well


class Anew:
    """Understands what is held by the rules and settings of now."""

    def __init__(
        self,
        store: Store,
        takes_in: TakesIn,
        brings_together: BringsTogether,
        config: Config,
        *,
        gate: Gate,
        clock: Callable[[], datetime],
    ) -> None:
        """Take what is held, how it is understood, what the operator says, and who may write when."""
        self._store = store
        self._takes_in = takes_in
        self._brings_together = brings_together
        self._config = config
        self._gate = gate
        self._clock = clock

    def understand(
        self, *, force: bool, tell: Callable[[Recredited], None], on_step: Callable[[str, int, int], None]
    ) -> Changes:
        """Do so where something changed since; with `force` everywhere.

        `tell` hears of every episode that is understood otherwise, `on_step` of (step, done, of), often, and may break
        it off. The next call goes on where one was interrupted. A source over which we fail stays as it was, and is
        told.
        """
        with self._gate.alone():
            changes = self._brings_together.bring_together(self._clock()).changes
        if force:
            for source in self._store.sources():
                self._store.set_setting(_understood(source), "")
        stale = self._stale()
        if stale and not is_half_understood(self._store):
            self._store.set_setting(_HALF, "yes")
        self._unlearn()
        for done, one in enumerate(stale):
            try:
                did = self._understood(one, tell, partial(on_step, "understand", done, len(stale)))
            except MediafeedError:
                raise
            except Exception:  # a bug of ours over one source costs no other one
                log.exception("not understood anew", extra={"source": one.source.id})
                continue
            changes = Changes((*changes.new, *did.new), (*changes.modified, *did.modified), ())
        if is_half_understood(self._store):
            self._store.set_setting(_HALF, "")
        if stale:
            log.info("understood anew", extra={"sources": len(stale), "modified": len(changes.modified)})
        return changes

    def _unlearn(self) -> None:
        """Forget whose address and face is whose where persons are others, once: credits tell, as all are settled anew.

        Who was one may be two.
        """
        persons = xxhash.xxh3_128_hexdigest(repr(self._config.persons).encode())
        before = self._store.setting(_PERSONS)
        if before == persons:
            return
        with self._store.taking_in() as transaction:
            if before:
                transaction.unlearn_persons()
            transaction.set_setting(_PERSONS, persons)

    def _stale(self) -> list[_Stale]:
        doubted = self._store.doubted_lessons()
        stale = []
        for source in self._store.sources():
            rules, people = self._keys(source)
            held_rules, _, held_people = (self._store.setting(_understood(source)) or "").partition(" ")
            is_other = held_rules != rules
            claims = is_other or source.id in doubted
            if claims or held_people != people:
                stale.append(_Stale(source, f"{rules} {people}", claims=claims, archived=is_other))
        return stale

    def _understood(self, one: _Stale, tell: Callable[[Recredited], None], on_step: Callable[[], None]) -> Changes:
        """Understand one source; nobody takes in what it says meanwhile, but for batches everybody else goes on."""

        @contextmanager
        def turn() -> Iterator[None]:
            on_step()
            with self._gate.together():
                yield

        source, now = one.source, self._clock()
        with self._gate.one_at_a_time(source.id):
            if one.claims:
                did = self._takes_in.understand_anew(
                    source, now=now, tell=tell, but_archived=not one.archived, turn=turn
                )
            else:
                did = self._takes_in.settle_anew(source, now=now, tell=tell, turn=turn)
            self._store.set_setting(_understood(source), one.key)
        return did

    def _keys(self, source: Source) -> tuple[str, str]:
        """Give keys of all that claims depend on beside the words, and of all that brings them together."""
        rules = repr((READER, rules_key(), source))
        people = repr((self._config.persons, self._config.overrides))
        return xxhash.xxh3_128_hexdigest(rules.encode()), xxhash.xxh3_128_hexdigest(people.encode())


def _understood(source: Source) -> str:
    return f"understood:{source.id}"
