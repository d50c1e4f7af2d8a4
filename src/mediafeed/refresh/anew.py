"""Claim anew what stored words say, where settings or rules changed since: without any request."""

from collections.abc import Callable
from datetime import datetime

import xxhash

from mediafeed.model.episode import Changes
from mediafeed.model.settings import Config
from mediafeed.model.source import Source
from mediafeed.refresh.gathering import BringsTogether
from mediafeed.refresh.pipeline import READER
from mediafeed.refresh.recredited import Recredited
from mediafeed.refresh.rules import rules_key
from mediafeed.refresh.taking_in import TakesIn
from mediafeed.store.store import Store


class Anew:
    """Understands what is held by the rules and settings of now."""

    def __init__(
        self,
        store: Store,
        takes_in: TakesIn,
        brings_together: BringsTogether,
        config: Config,
        clock: Callable[[], datetime],
    ) -> None:
        """Take what is held, how it is understood, and what the operator says."""
        self._store = store
        self._takes_in = takes_in
        self._brings_together = brings_together
        self._config = config
        self._clock = clock

    def understand(
        self, *, force: bool, tell: Callable[[Recredited], None], on_step: Callable[[str, int, int], None]
    ) -> Changes:
        """Do so where something changed since; with `force` everywhere.

        `tell` hears of every episode that is credited otherwise, `on_step` of (step, done, of). The next call goes on
        where one was interrupted.
        """
        changes = self._brings_together.bring_together(self._clock()).changes
        sources, doubted = self._store.sources(), self._store.doubted_lessons()
        for source in sources if force else ():
            self._store.set_setting(_understood(source), "")
        for done, source in enumerate(sources, 1):
            rules, people = self._keys(source)
            held_rules, _, held_people = (self._store.setting(_understood(source)) or "").partition(" ")
            if held_rules != rules or source.id in doubted:
                did = self._takes_in.understand_anew(
                    source, now=self._clock(), tell=tell, but_archived=held_rules == rules
                )
            elif held_people != people:
                did = self._takes_in.settle_anew(source, now=self._clock(), tell=tell)
            else:
                continue
            self._store.set_setting(_understood(source), f"{rules} {people}")
            changes = Changes((*changes.new, *did.new), (*changes.modified, *did.modified), ())
            on_step("understand", done, len(sources))
        return changes

    def _keys(self, source: Source) -> tuple[str, str]:
        """Give keys of all that claims depend on beside the words, and of all that brings them together."""
        rules = repr((READER, rules_key(), source))
        people = repr((self._config.persons, self._config.overrides))
        return xxhash.xxh3_128_hexdigest(rules.encode()), xxhash.xxh3_128_hexdigest(people.encode())


def _understood(source: Source) -> str:
    return f"understood:{source.id}"
