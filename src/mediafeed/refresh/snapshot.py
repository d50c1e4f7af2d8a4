"""The store as publishing sees it: what thousands of feeds ask for in turn is read once for all of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from mediafeed.model.episode import Episode, Person, Show
from mediafeed.model.files import FileKind, Picture, Transcript
from mediafeed.model.published import IndexRow
from mediafeed.publish.hiding import hidden_names, names_hidden, without_hidden
from mediafeed.store.store import Store


class Snapshot:
    """One publishing run's library. A query for each feed's archives costs more than all the rest of a quiet run."""

    def __init__(
        self,
        store: Store,
        index: Sequence[IndexRow],
        shows: Sequence[Show],
        people: Sequence[Person],
        spoken: Mapping[str, str],
    ) -> None:
        """Take the store, its index and shows once every stale fragment was rendered, and who is hidden now.

        `spoken` are the hashes of the transcripts that may be shown, by episode id.
        """
        self._store = store
        self._index = index
        self._people = people
        self._hidden = hidden_names(people)
        self._shows = shows
        self._spoken = spoken
        self._parts = store.all_parts()

    def index(self) -> Sequence[IndexRow]:
        """Give every episode, newest first."""
        return self._index

    def shows(self) -> Sequence[Show]:
        """Give every show."""
        return self._shows

    def persons(self) -> Sequence[Person]:
        """Give every person."""
        return self._people

    def episodes(self, ids: Sequence[str]) -> Iterator[Episode]:
        """Load episodes in the order asked, without what names a hidden person."""
        return (without_hidden(episode, self._hidden) for episode in self._store.episodes(ids))

    def fragments(
        self, ids: Sequence[str], form: Literal["rss", "json", "row", "notes"]
    ) -> Iterator[tuple[str, bytes]]:
        """Load rendered fragments in the order asked."""
        return self._store.fragments(ids, form)

    def affiliations(self, person: str) -> Sequence[tuple[str, str]]:
        """Give (day, affiliation) of each episode that says where a person belongs, without what names a hidden one."""
        said = self._store.affiliations(person)
        return [(day, words) for day, words in said if not names_hidden(words, self._hidden)]

    def transcripts(self) -> Mapping[str, str]:
        """Give the hash of each transcript that pages show, by episode id."""
        return self._spoken

    def transcript(self, episode: str) -> tuple[str, Transcript] | None:
        """Load an episode's transcript: (address, what is said)."""
        return next(((address, found) for _, address, found in self._store.files.transcripts([episode])), None)

    def pictures(self) -> Mapping[str, str]:
        """Give the hash of each picture that copies are held of, by its address."""
        return self._store.files.pictures_held()

    def picture(self, address: str) -> Picture | None:
        """Load the copies of a picture."""
        kept = self._store.files.kept(FileKind.PICTURE, address)
        return kept.found if kept and isinstance(kept.found, Picture) else None

    def parts(self, feed: str) -> dict[str, int]:
        """Give the archive number of each episode of that feed that stands in an archive."""
        return dict(self._parts.get(feed, {}))

    def save_parts(self, feed: str, parts: Mapping[str, int]) -> None:
        """Remember newly closed archives."""
        self._store.save_parts(feed, parts)
        self._parts.setdefault(feed, {}).update(parts)
