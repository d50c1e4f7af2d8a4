"""What publishing needs of a store: a seam of few methods."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, Protocol

from mediafeed.model.episode import Episode, Person, Show
from mediafeed.model.files import Picture, Transcript
from mediafeed.model.published import IndexRow


class Library(Protocol):
    """Gives what is known, light things first: episodes and fragments only of those that must be rendered."""

    def index(self) -> Sequence[IndexRow]:
        """Give every episode, newest first."""

    def shows(self) -> Sequence[Show]:
        """Give every show."""

    def persons(self) -> Sequence[Person]:
        """Give every person."""

    def episodes(self, ids: Sequence[str]) -> Iterator[Episode]:
        """Load episodes in the order asked."""

    def fragments(
        self, ids: Sequence[str], form: Literal["rss", "json", "row", "notes"]
    ) -> Iterator[tuple[str, bytes]]:
        """Load rendered fragments in the order asked."""

    def affiliations(self, person: str) -> Sequence[tuple[str, str]]:
        """Give (day, affiliation) of each episode that says where a person belongs, the oldest first."""

    def transcripts(self) -> Mapping[str, str]:
        """Give the hash of each transcript that pages show, by episode id."""

    def transcript(self, episode: str) -> tuple[str, Transcript] | None:
        """Load an episode's transcript: (address, what is said)."""

    def pictures(self) -> Mapping[str, str]:
        """Give the hash of each picture that copies are held of, by its address."""

    def picture(self, address: str) -> Picture | None:
        """Load the copies of a picture."""

    def parts(self, feed: str) -> dict[str, int]:
        """Give the archive number of each episode of that feed that stands in an archive."""

    def save_parts(self, feed: str, parts: Mapping[str, int]) -> None:
        """Remember newly closed archives."""
