"""Two podcasts of one title, first heard in one refresh: the order of the config says who has the plain name.

Visits run side by side, and who answers first takes the name `news`; the other one becomes `news-<source>`. Before
anybody is told of either, both are taken back and named anew from their words as stored, in the order of the config.
"""

import json
import logging
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from mediafeed.model.episode import Show
from mediafeed.model.source import Source, SourceKind
from mediafeed.normalize.identity import slug
from mediafeed.refresh.taking_in import TakesIn
from mediafeed.store.store import Store

log = logging.getLogger(__name__)

_TAKEN_BACK = "shows taken back"  # the sources that are being understood anew: the next start goes on with them
_KINDS = tuple(SourceKind)  # the order in which a refresh visits


def contested(
    shows: Iterable[Show], tellers: Mapping[str, Collection[str]], order: Mapping[str, int]
) -> frozenset[str]:
    """Give those of these shows whose plain name is not with the source that comes first.

    Args:
        shows: Those of which nobody was told yet.
        tellers: The sources that told of each, by its id.
        order: The place of each source.
    """
    by_name: dict[str, list[Show]] = {}
    for show in shows:
        by_name.setdefault(slug(show.title, fallback=show.source), []).append(show)
    found: set[str] = set()
    for name, group in by_name.items():
        owner = next((show.source for show in group if show.id == name), None)
        rivals = {show.source for show in group}.union(tellers.get(name, ()))
        if owner is not None and min(rivals, key=lambda source: order.get(source, len(order))) != owner:
            found.update(show.id for show in group)
    return frozenset(found)


class Contested:
    """Gives contested names as the config has it. To be called before bringing together, while nobody takes in."""

    def __init__(self, store: Store, takes_in: TakesIn) -> None:
        """Take what is held, and who understands stored words."""
        self._store = store
        self._takes_in = takes_in

    def settle(self, now: datetime) -> None:
        """Name anew what is contested; goes on where it was broken off."""
        again = json.loads(self._store.setting(_TAKEN_BACK) or "[]") or self._taken_back()
        if not again:
            return
        for source in self._in_order():
            if source.id in again:
                self._takes_in.understand_anew(source, now=now)
        with self._store.taking_in() as transaction:
            transaction.end_taking_back()
            transaction.set_setting(_TAKEN_BACK, "")

    def _in_order(self) -> list[Source]:
        return sorted(self._store.sources(), key=lambda source: _KINDS.index(source.kind))

    def _taken_back(self) -> list[str]:
        """Take contested shows back; give the sources that told of them."""
        with self._store.asking() as asked:
            fresh = frozenset(asked.fresh_shows())
            tellers = asked.tellers(fresh)
        if not fresh:  # as at nearly every visit
            return []
        order = {source.id: place for place, source in enumerate(self._in_order())}
        shows = contested([show for show in self._store.shows() if show.id in fresh], tellers, order)
        if not shows:
            return []
        again = sorted({source for show in shows for source in tellers[show]}, key=order.__getitem__)
        with self._store.taking_in() as transaction:
            transaction.take_back(shows)
            transaction.set_setting(_TAKEN_BACK, json.dumps(again))
        log.info("named anew", extra={"shows": " ".join(sorted(shows)), "sources": " ".join(again)})
        return again
