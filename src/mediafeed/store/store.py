"""The store: one object that remembers everything, for many threads."""

import contextlib
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection

from mediafeed.errors import StoreError, UsageError
from mediafeed.model.episode import Episode, Person, Show
from mediafeed.model.held import StoredLesson, StoredTelling
from mediafeed.model.parsed import Element
from mediafeed.model.published import Fragments, IndexRow
from mediafeed.model.source import Source, SourceState, Validators, Visit
from mediafeed.model.terms import Terms
from mediafeed.store import episodes, finding, forgetting, lessons, listing, publishing, rows, sources, together
from mediafeed.store.codec import Codec
from mediafeed.store.dialect import in_batches, sqlite_engine, store_errors
from mediafeed.store.files import Files
from mediafeed.store.hubs import Hubs
from mediafeed.store.measurements import Measurements
from mediafeed.store.migrate import migrate
from mediafeed.store.publishing import FragmentForm
from mediafeed.store.schedule import Schedule
from mediafeed.store.search import Search
from mediafeed.store.shows import ShowsAtHand, ShowsSeen
from mediafeed.store.standing import Readers
from mediafeed.store.taking_in import TakingIn
from mediafeed.store.troubles import Troubles
from mediafeed.store.wishes import Wishes

_P = ParamSpec("_P")
_T = TypeVar("_T")

_LOADED_AT_ONCE = 200


class Store:
    """Everything remembered, in one SQLite file. Whatever goes wrong there is a StoreError, and what was held stands.

    Many threads may call it. Readers never wait; writers wait for each other, for `patience` seconds where the other
    one is another process.
    """

    def __init__(self, path: str, *, patience: float = 10.0) -> None:
        """Open the database at an absolute path; it and its folder are made, or brought to this version, if need be.

        Raises:
            StoreError: It is damaged, locked, cannot be made, or was made by a newer mediafeed. It is left as it is.
        """
        self._path = path
        self._codec = Codec()
        self._shows = ShowsAtHand()
        self._writers = threading.Lock()
        self._writer: int | None = None  # the thread that holds the lock
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror}") from error
        self._engine = sqlite_engine(path, patience=patience)
        self._readers = Readers(self._engine, path)
        self._reading = self._readers.reading
        self.as_it_stands = self._readers.standing
        self.schedule = Schedule(self._reading, self._writing, self._codec)
        self.troubles = Troubles(self._reading, self._writing, self._codec)
        self.wishes = Wishes(self._reading, self._writing, self._codec)
        self.hubs = Hubs(self._reading, self._writing, self._codec)
        self.search = Search(self._reading, self._codec, self.shows)
        self.measurements = Measurements(self._reading, self._codec)
        self.files = Files(self._reading, self._writing, self._codec)
        try:
            with store_errors(path):
                migrate(self._engine, path)
        except BaseException:
            self._engine.dispose()
            raise

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextlib.contextmanager
    def _writing(self, *, durable: bool = True) -> Iterator[Connection]:
        if self._writer == threading.get_ident():
            raise StoreError(f"{self._path}: asked to write while this thread is taking in")
        with store_errors(self._path), self._writers:
            self._writer = threading.get_ident()
            try:
                options = {"writing": True, "durable": durable}
                with self._engine.connect().execution_options(**options) as connection, connection.begin():
                    yield connection
            finally:
                self._writer = None

    def _read(
        self, question: Callable[Concatenate[Connection, Codec, _P], _T], *args: _P.args, **kwargs: _P.kwargs
    ) -> _T:
        with self._reading() as connection:
            return question(connection, self._codec, *args, **kwargs)

    def register(self, configured: Sequence[Source]) -> None:
        """Take over what config.toml says; a source that it no longer names stays, with `configured` False.

        A source whose address changed, or that comes back, is due at once and starts without failures.
        """
        with self._writing() as connection:
            sources.register(connection, self._codec, configured)

    def sources(self) -> tuple[Source, ...]:
        """Give every source ever registered, as last configured; the configured ones first, in their order."""
        return self._read(sources.sources)

    def states(self) -> tuple[SourceState, ...]:
        """Give what is remembered of every source, in the order of `sources`."""
        return self._read(sources.states)

    def state(self, source: str) -> SourceState:
        """Give what is remembered of one source.

        Raises:
            UsageError: No such source was ever registered.
        """
        found = self._read(sources.states, source)
        if not found:
            raise UsageError(f"no source {source!r}")
        return found[0]

    def remember_address(self, source: str, address: str | None, found_by: str, *, same: bool = False) -> None:
        """Remember where a source's feed was found. Another address than before: validators and hashes are dropped.

        `same` says that they are of the new address already, where the old one led to.
        """
        with self._writing() as connection:
            sources.remember_address(connection, source, address, found_by, same=same)

    def note_visit(
        self,
        visit: Visit,
        *,
        validators: Validators | None = None,
        body_hash: str | None = None,
        head_hash: str | None = None,
        reader: str | None = None,
        retry_after: datetime | None = None,
        stopped: bool = False,
        terms: Terms | None = None,
    ) -> None:
        """Remember a visit and what follows from it; None leaves what is held.

        A failure counts up, anything else starts over. A visit without a next one stops the source. A success
        forgets an earlier `retry_after`, a failure that brings none does not.
        """
        hashes = {"body_hash": body_hash, "head_hash": head_hash, "reader": reader}
        # Visits are many and need not outlive a power cut: a source asked once too often loses nothing.
        with self._writing(durable=False) as connection:
            sources.note_visit(
                connection, visit,
                validators=validators, hashes=hashes, retry_after=retry_after, stopped=stopped, terms=terms,
            )  # fmt: skip

    def correct_visits(self, visits: Iterable[Visit]) -> None:
        """Remember otherwise what the last visits of these sources came to."""
        with self._writing(durable=False) as connection:
            sources.correct_visits(connection, visits)

    def visits(self, source: str, limit: int = 20) -> tuple[Visit, ...]:
        """Give a source's last visits, newest first; the last 100 are kept."""
        return self._read(sources.visits, source, limit)

    def known_hashes(self, source: str) -> frozenset[str]:
        """Give the hash of every item held of a source, whether it is still listed or not."""
        with self._reading() as connection:
            return sources.known_hashes(connection, source)

    def listed(self, source: str) -> tuple[tuple[str, str], ...]:
        """Give (episode id, item hash) of every item that a source lists now, by item key."""
        with self._reading() as connection:
            return episodes.listed(connection, source)

    def head(self, source: str) -> tuple[Element, ...] | None:
        """Give the channel's own elements as last heard, or None when none are held."""
        return self._read(sources.head, source)

    # Shows, episodes, persons

    def shows(self) -> tuple[Show, ...]:
        """Give every show, by id: the same tuple again while none was written, by whatever process."""
        self._read(self._shows.bring_up)
        return self._shows.all()

    def shows_seen(self) -> ShowsSeen:
        """Give the shows as one visit is to see them: asked one by one, none of the others costs anything."""
        self._read(self._shows.bring_up)
        return ShowsSeen(self._shows)

    def persons(self) -> tuple[Person, ...]:
        """Give every person, by id."""
        return self._read(episodes.persons)

    def index(self) -> tuple[IndexRow, ...]:
        """Give every episode lightly, newest first."""
        return self._read(episodes.index)

    def episodes(self, ids: Sequence[str]) -> Iterator[Episode]:
        """Load episodes in the order asked, a few at a time; ids that are not held are left out."""
        for batch in in_batches(ids, _LOADED_AT_ONCE):
            found = self._read(rows.episodes_by_id, batch)
            yield from (found[id_] for id_ in batch if id_ in found)

    def find_episode(self, words: str) -> str:
        """Give the id of the one episode with that id, guid, page or path.

        Raises:
            UsageError: None or several are meant; the nearest ones are named.
        """
        with self._reading() as connection:
            return finding.find_episode(connection, words)

    def tellings(self, episode: str) -> tuple[StoredTelling, ...]:
        """Give what every source says about an episode, in the order in which it was first heard."""
        return self._read(lambda connection, codec: tuple(rows.tellings_of(connection, codec, [episode])))

    def all_tellings(
        self, source: str | None = None, batch: int = _LOADED_AT_ONCE, *, listed: bool = False
    ) -> Iterator[StoredTelling]:
        """Walk everything that every source says, or one of them, by source and key, `batch` at a time.

        With `listed` only what it lists now.
        """
        after: tuple[str, str] | None = None
        while found := self._read(partial(episodes.tellings_after, listed=listed), after, batch, source):
            yield from found
            after = (found[-1].source, found[-1].key)

    def is_unsettled(self) -> bool:
        """Say whether there are episodes of which it is still to be asked whether they are one with others."""
        with self._reading() as connection:
            return together.is_unsettled(connection)

    def absorbed(self) -> tuple[tuple[str, str], ...]:
        """Give the former path of every episode that turned out to be one with another, and the path it leads to."""
        with self._reading() as connection:
            return together.all_absorbed(connection)

    def lessons(self, source: str) -> tuple[StoredLesson, ...]:
        """Give what is learned of the shows that a source tells of, by show."""
        return self._read(lessons.lessons, source)

    def doubted_lessons(self) -> frozenset[str]:
        """Give the sources of which something is to be learned anew."""
        with self._reading() as connection:
            return lessons.doubted(connection)

    def shows_told(self, source: str) -> dict[str, int]:
        """Give the shows that a source tells of, with how many items it told of each."""
        with self._reading() as connection:
            return {show: lessons.count(connection, source, show) for show in lessons.shows_told(connection, source)}

    def oldest_tellings(self, source: str, show: str, most: int) -> Iterator[StoredTelling]:
        """Walk the oldest items of a show that a source told of, by (published, key)."""
        for start in range(0, most, _LOADED_AT_ONCE):
            size = min(_LOADED_AT_ONCE, most - start)
            yield from self._read(lessons.oldest_tellings, source, show, after=start, most=size)

    def history(self, episode: str) -> tuple[StoredTelling, ...]:
        """Give the earlier words of an episode's items, oldest first."""
        return self._read(episodes.history, episode)

    def list_episodes(
        self,
        *,
        show: str | None = None,
        person: str | None = None,
        role: str | None = None,
        since: date | None = None,
        until: date | None = None,
        text: str | None = None,
        limit: int | None = None,
    ) -> tuple[str, ...]:
        """Give the ids of the episodes for which every given condition holds, newest first.

        Args:
            show: A show's id or title.
            person: A person's id, name or alias.
            role: Of that person, or of anybody.
            since: The first day, as the publisher dated it.
            until: The last day.
            text: Words that stand together in title, summary or notes; case and accents do not matter.
            limit: How many at most; None for all.

        Raises:
            UsageError: No such show or person; the nearest is named.
        """
        return self._read(
            listing.list_episodes,
            show=show, person=person, role=role, since=since, until=until, text=text, limit=limit,
        )  # fmt: skip

    def list_people(self) -> tuple[tuple[Person, dict[str, int]], ...]:
        """Give every person with the number of episodes in each role, who appears most first."""
        return self._read(listing.list_people)

    def written_names(self, person: str) -> tuple[str, ...]:
        """Give every way in which a person's name stands on credits."""
        with self._reading() as connection:
            return listing.written_names(connection, person)

    # Writing

    @contextlib.contextmanager
    def taking_in(self) -> Iterator[TakingIn]:
        """Open the one transaction in which a refresh asks, decides and writes.

        It commits when the block ends and leaves no trace when the block raises. Nobody else writes meanwhile, so the
        block should not wait for anything; inside it, this thread may read but not write by the store's other methods.
        """
        with self._writing() as connection:
            yield TakingIn(connection, self._codec)

    @contextlib.contextmanager
    def asking(self) -> Iterator[TakingIn]:
        """Open what `taking_in` opens, only to ask: nobody waits for it."""
        with self._reading() as connection:
            yield TakingIn(connection, self._codec)

    def forget(self, source: str) -> tuple[str, ...]:
        """Drop what one source said; give the ids of the episodes that went, nobody else having told of them.

        Episodes of which others told as well stay as they are: the caller merges them anew.

        Raises:
            UsageError: No such source was ever registered.
        """
        with self._writing() as connection:
            return forgetting.forget(connection, source)

    # Publishing

    def fragments(self, ids: Sequence[str], form: FragmentForm) -> Iterator[tuple[str, bytes]]:
        """Give (episode id, fragment) pairs in the order asked; episodes without one are left out."""
        for batch in in_batches(ids):
            yield from self._read(publishing.fragments, batch, form)

    def affiliations(self, person: str) -> tuple[tuple[str, str], ...]:
        """Give (day, affiliation) of each episode that says where a person belongs, the oldest first."""
        with self._reading() as connection:
            return publishing.affiliations(connection, person)

    def save_fragments(self, rendered: Iterable[Fragments]) -> None:
        """Remember rendered fragments, and in the index their key, length and views; a few at a time."""
        for batch in in_batches(rendered, _LOADED_AT_ONCE):
            with self._writing() as connection:
                publishing.save_fragments(connection, self._codec, batch)

    def published(self) -> dict[str, str]:
        """Give the signature of every document as last written, by path."""
        with self._reading() as connection:
            return publishing.published(connection)

    def note_published(self, written: Mapping[str, str], removed: Collection[str] = ()) -> None:
        """Remember which documents were written, and with which signature, and which were taken away."""
        with self._writing() as connection:
            publishing.note_published(connection, written, removed)

    def parts(self, feed: str) -> dict[str, int]:
        """Give the number of the archive document each episode of a feed stands in."""
        with self._reading() as connection:
            return publishing.parts(connection, feed)

    def all_parts(self) -> dict[str, dict[str, int]]:
        """Give the same for every feed that has archives: publishing asks for all of them."""
        with self._reading() as connection:
            return publishing.all_parts(connection)

    def save_parts(self, feed: str, numbers: Mapping[str, int]) -> None:
        """Remember in which archive document of a feed episodes stand."""
        with self._writing() as connection:
            publishing.save_parts(connection, feed, numbers)

    def setting(self, name: str) -> str | None:
        """Give what was remembered under a name, or None."""
        with self._reading() as connection:
            return publishing.setting(connection, name)

    def set_setting(self, name: str, value: str) -> None:
        """Remember one text under a name."""
        with self._writing() as connection:
            publishing.set_setting(connection, name, value)
