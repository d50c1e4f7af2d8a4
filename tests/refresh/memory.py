"""A real store that hears tellings one document after the other, without a byte of XML."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import xxhash
from sqlalchemy import text

from mediafeed.model.episode import Changes, Episode, Person, Show
from mediafeed.model.parsed import Element, ParsedItem
from mediafeed.model.settings import Override
from mediafeed.model.source import Source
from mediafeed.refresh.by_hand import Lines
from mediafeed.refresh.changes import Settled
from mediafeed.refresh.gathering import BringsTogether
from mediafeed.refresh.keying import Heard
from mediafeed.refresh.taking_in import TakesIn
from mediafeed.refresh.understanding import Understood
from mediafeed.store.store import Store
from tests.normalize.making import NOW


def heard(told: Episode) -> Heard:
    """Give a telling as an item that was just read: the same words, the same hash."""
    words = repr((told.title, told.guid, told.page, told.enclosure, told.published, told.summary, told.credits))
    item = ParsedItem((Element("title", told.title),), xxhash.xxh3_128_hexdigest(words.encode()))
    return Heard(key=told.hearings[0].key, item=item, telling=told)


class Memory:
    """Hears documents one after the other and keeps what was decided."""

    def __init__(self, folder: Path | None = None) -> None:
        self._temporary = None if folder else TemporaryDirectory()
        self.store = Store(f"{folder or (self._temporary and self._temporary.name)}/m.sqlite")
        self.lines = Lines()

    def close(self) -> None:
        """Close the store and take it away."""
        self.store.close()
        if self._temporary:
            self._temporary.cleanup()

    @property
    def episodes(self) -> list[Episode]:
        """Give every episode, in the order in which they were first heard of."""
        with self.store._engine.connect() as connection:
            ids = list(connection.execute(text("SELECT id FROM episodes ORDER BY rowid")).scalars())
        return list(self.store.episodes(ids))

    def hear(
        self,
        *document: Episode,
        now: datetime = NOW,
        overrides: Sequence[Override] = (),
        configured: dict[str, Person] | None = None,
        anew: bool = False,
    ) -> Settled:
        """Hear one source's document that lists exactly these, and bring together what is one."""
        settled = self.take_in(*document, now=now, overrides=overrides, configured=configured, anew=anew)
        did = self.bring_together(now=now, overrides=overrides, configured=configured)
        held = {row.id for row in self.store.index()}
        new = tuple(identity for identity in settled.changes.new if identity in held)
        modified = dict.fromkeys((*settled.changes.modified, *did.modified))
        return replace(settled, changes=Changes(new, tuple(i for i in modified if i not in new)))

    def take_in(
        self,
        *document: Episode,
        now: datetime = NOW,
        overrides: Sequence[Override] = (),
        configured: dict[str, Person] | None = None,
        anew: bool = False,
    ) -> Settled:
        """Hear one document; only what is not known word for word is told again."""
        source = document[0].hearings[0].source
        self._meet(source)
        listed = [heard(told) for told in document]
        known = self.store.known_hashes(source)
        shows = {show.id for show in self.store.shows()}
        shows_met = tuple(Show(id=id_, source=source, title=id_) for id_ in sorted({t.show for t in document} - shows))
        news = tuple(one for one in listed if anew or one.item.hash not in known)
        settled, *_ = TakesIn(self.store, configured or {}, overrides, (), timedelta(0))._write(
            Source(id=source, url=f"https://{source}.example/feed"),
            None,
            shows_met,
            Understood(shows=shows_met, heard=news),
            tuple(one.item.hash for one in listed),
            seen=self.store.shows_seen(),
            now=now,
            anew=anew,
        )
        return settled

    def bring_together(
        self,
        *,
        now: datetime = NOW,
        overrides: Sequence[Override] = (),
        configured: dict[str, Person] | None = None,
    ) -> Changes:
        """Make one of what is one."""
        return BringsTogether(self.store, configured or {}, overrides, self.lines).bring_together(now).changes

    def _meet(self, source: str) -> None:
        known = self.store.sources()
        if source not in {one.id for one in known}:
            self.store.register([*known, Source(id=source, url=f"https://{source}.example/feed")])
