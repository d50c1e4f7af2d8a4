"""What pages that are made when asked for read of the store."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock

from mediafeed.errors import StoreError
from mediafeed.model.episode import Show
from mediafeed.model.published import Found
from mediafeed.model.source import Source, SourceState
from mediafeed.publish.transcripts import words_of
from mediafeed.store.store import Store


class Remembered:
    """What the pages that are made when asked for read, in a store that is opened when the first one asks.

    Whoever serves alone need not have a database at all: `is_there` tells.
    """

    def __init__(self, path: Path, store: Store | None = None) -> None:
        """Take where the database is, and the store that is open already, if any; whose it is closes it."""
        self._path = path
        self._store = store
        self._own: Store | None = None
        self._opening = Lock()

    def is_there(self) -> bool:
        """Say whether there is a database."""
        return self._store is not None or self._path.is_file()

    def close(self) -> None:
        """Close what was opened here."""
        if self._own:
            self._own.close()

    def store(self) -> Store:
        """Give the store.

        Raises:
            StoreError: There is none yet, or it cannot be used.
        """
        with self._opening:
            if self._store is None:
                if not self.is_there():
                    raise StoreError(f"{self._path}: nothing is remembered yet")
                self._store = self._own = Store(str(self._path))
            return self._store

    def find(self, question: str, *, start: int, limit: int) -> Found:
        """Find published episodes, persons and shows."""
        return self.store().search.find(question, start=start, limit=limit)

    def rows(self, ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Give the rows of published episodes."""
        return self.store().fragments(ids, "row")

    def notes(self, ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Give the notes of published episodes, as HTML."""
        return self.store().fragments(ids, "notes")

    def spoken(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Give what is said on those whose transcript pages show, by id."""
        shown = self.store().search.spoken() if ids else {}
        wanted = [one for one in ids if one in shown]
        return {one: words_of(transcript) for one, _, transcript in self.store().files.transcripts(wanted)}

    def sources(self) -> Sequence[Source]:
        """Give every source."""
        return self.store().sources()

    def states(self) -> Sequence[SourceState]:
        """Give what is remembered of them."""
        return self.store().states()

    def shows(self) -> Sequence[Show]:
        """Give the shows that have pages."""
        paged = self.store().search.paged_shows()
        return [show for show in self.store().shows() if show.id in paged]
