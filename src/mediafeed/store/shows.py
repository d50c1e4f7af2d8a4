"""Shows, kept at hand: every visit asks for some of them, and reading all of them each time would be quadratic."""

import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
import xxhash
from sqlalchemy import Connection, bindparam, select

from mediafeed.model.episode import Show
from mediafeed.store import tables
from mediafeed.store.codec import Codec, json_of
from mediafeed.store.dialect import among, in_batches, upsert
from mediafeed.store.times import micros, moment

_show: Any = tables.shows.c
_setting = tables.settings.c
_WRITTEN = "how often shows were written"
_DROPPED = "how often shows were dropped"
_MARKS = select(_setting.name, _setting.value).where(_setting.name.in_((_WRITTEN, _DROPPED)))
_SINCE = select(_show.facts).where(_show.written > bindparam("mark"))
_REMEMBERED = 12  # words of a show: enough to tell a flip from an edit
_HISTORY = msgspec.json.Decoder(list[tuple[str, int]])
_HISTORIES = select(_show.id, _show.history).where(among(_show.id))
_OWNERS = select(_show.id, _show.source).where(among(_show.id))


class ShowsAtHand:
    """Every show as last read, brought up by what was written since, whichever process wrote. For many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._marks: Mapping[str, int] = {}
        self._by_id: dict[str, Show] = {}
        self._by_source: dict[str, set[str]] = {}
        self._all: tuple[Show, ...] | None = None

    def bring_up(self, connection: Connection, codec: Codec) -> None:
        """Read what was written since the last time; everything, if shows were dropped in between."""
        with self._lock:
            marks = _marks(connection)
            if marks == self._marks:
                return
            if marks.get(_DROPPED) != self._marks.get(_DROPPED):
                self._marks, self._by_id, self._by_source = {}, {}, {}
            since = {"mark": self._marks.get(_WRITTEN, 0)}
            for facts in connection.execute(_SINCE, since).scalars().all():
                self._take(codec.show(facts))
            self._marks, self._all = marks, None

    def _take(self, show: Show) -> None:
        before = self._by_id.get(show.id)
        if before:
            self._by_source[before.source].discard(show.id)
        self._by_id[show.id] = show
        self._by_source.setdefault(show.source, set()).add(show.id)

    def get(self, show: str) -> Show | None:
        """Give a show by id."""
        return self._by_id.get(show)

    def of_source(self, source: str) -> tuple[Show, ...]:
        """Give the shows that a source owns, by id."""
        with self._lock:
            return tuple(self._by_id[show] for show in sorted(self._by_source.get(source, ())))

    def all(self) -> tuple[Show, ...]:
        """Give every show, by id: the same tuple again while none was written."""
        with self._lock:
            if self._all is None:
                self._all = tuple(self._by_id[show] for show in sorted(self._by_id))
            return self._all


class ShowsSeen:
    """The shows as one visit sees them: what was asked for once is answered the same again, whoever writes meanwhile.

    Only so can the visit ask, before it writes, whether what it decided by still holds.
    """

    def __init__(self, at_hand: ShowsAtHand) -> None:
        self._at_hand = at_hand
        self._seen: dict[str, Show | None] = {}

    def get(self, show: str) -> Show | None:
        """Give a show by id, None if there is none."""
        if show not in self._seen:
            self._seen[show] = self._at_hand.get(show)
        return self._seen[show]

    def of_source(self, source: str) -> tuple[Show, ...]:
        """Give the shows that a source owns, by id."""
        return self._noted(self._at_hand.of_source(source))

    def all(self) -> tuple[Show, ...]:
        """Give every show, by id."""
        return self._noted(self._at_hand.all())

    def _noted(self, shows: Iterable[Show]) -> tuple[Show, ...]:
        given = (self._seen.setdefault(show.id, show) for show in shows)
        return tuple(show for show in given if show is not None)


def next_writing(connection: Connection) -> int:
    """Count a writing of shows and give its number; part of the transaction that writes them."""
    return _count(connection, _WRITTEN)


def note_dropped(connection: Connection) -> None:
    """Say that shows were dropped; part of the transaction that dropped them."""
    _count(connection, _DROPPED)


def _count(connection: Connection, name: str) -> int:
    number = _marks(connection).get(name, 0) + 1
    upsert(connection, tables.settings, [{"name": name, "value": str(number)}])
    return number


def _marks(connection: Connection) -> dict[str, int]:
    return {name: int(value) for name, value in connection.execute(_MARKS).all()}


def words_hash(show: Show) -> str:
    """Give the hash that a show's words are told by."""
    return xxhash.xxh3_128_hexdigest(json_of(show))


def histories(connection: Connection, shows: Collection[str]) -> dict[str, list[tuple[str, datetime]]]:
    """Give (hash, since when) of the last words that each of these shows had, the present ones last."""
    return {
        show: [(hash_, moment(since)) for hash_, since in told] for show, told in _histories(connection, shows).items()
    }


def longer_histories(connection: Connection, shows: Sequence[Show], at: datetime) -> dict[str, str]:
    """Give, by show, the history that these words belong to from now on, as it is written."""
    held = _histories(connection, [show.id for show in shows])
    longer = {}
    for show in shows:
        told, hash_ = held.get(show.id, []), words_hash(show)
        told = told if told and told[-1][0] == hash_ else [*told, (hash_, micros(at))]
        longer[show.id] = json_of(told[-_REMEMBERED:]).decode()
    return longer


def _histories(connection: Connection, shows: Collection[str]) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for batch in in_batches(shows):
        for show, told in connection.execute(_HISTORIES, {"those": batch}).all():
            found[show] = _HISTORY.decode(told)
    return found


def owners(connection: Connection, shows: Collection[str]) -> dict[str, str]:
    """Give the source that owns each of these shows; those that are not held are missing."""
    found: dict[str, str] = {}
    for batch in in_batches(shows):
        found.update((show, source) for show, source in connection.execute(_OWNERS, {"those": batch}).all())
    return found
