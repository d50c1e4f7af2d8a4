"""What the operator says about which episodes are one recording: `[[apart]]` and `[[together]]`. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mediafeed.model.episode import Episode
from mediafeed.model.held import StoredTelling
from mediafeed.normalize.identity import audio_key, page_key, short_key
from mediafeed.normalize.same_episode import sameness
from mediafeed.refresh.keying import episode_id

Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The operator's lines: each tells of episodes that are never one, or that are."""

    apart: tuple[Line, ...] = ()
    together: tuple[Line, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """Give every word of every line."""
        return frozenset(word for line in (*self.apart, *self.together) for word in line)


@dataclass(frozen=True, slots=True)
class Mark:
    """That a telling is named by a word of a line; `place` is the word's place in it."""

    line: Line
    place: int


class ByHand:
    """The lines, asked about tellings."""

    def __init__(self, lines: Lines, episodes: Mapping[str, Episode]) -> None:
        """Take the lines, and the episodes as they are held."""
        self._lines = lines
        self._episodes = episodes
        self._known: dict[tuple[str, str, str], tuple[frozenset[Mark], frozenset[Mark]]] = {}

    def parted(self, some: Iterable[StoredTelling], others: Iterable[StoredTelling]) -> bool:
        """Say whether a line forbids that these are one episode."""
        here = {mark for told in some for mark in self._marks(told)[0]}
        there = {mark for told in others for mark in self._marks(told)[0]}
        return any(mark.line == other.line and mark.place != other.place for mark in here for other in there)

    def demands(self, tellings: Iterable[StoredTelling]) -> frozenset[Line]:
        """Give the lines that demand something of these: what one line names is one episode."""
        return frozenset(mark.line for told in tellings for mark in self._marks(told)[1])

    def _marks(self, told: StoredTelling) -> tuple[frozenset[Mark], frozenset[Mark]]:
        key = (told.source, told.key, told.episode)
        if key not in self._known:
            held = self._episodes.get(told.episode)
            self._known[key] = (
                frozenset(_marks_of(told, self._lines.apart, held)),
                frozenset(_marks_of(told, self._lines.together, held)),
            )
        return self._known[key]


def _marks_of(told: StoredTelling, lines: Sequence[Line], held: Episode | None) -> Iterable[Mark]:
    for line in lines:
        # A word for this very item says more than one for the episode that it is part of.
        own = [place for place, word in enumerate(line) if names_item(word, told)]
        of_episode = [place for place, word in enumerate(line) if held and names_episode(word, held)]
        for place in (own or of_episode)[:1]:
            yield Mark(line, place)


def names_item(word: str, told: StoredTelling) -> bool:
    """Say whether a word means this item: by guid, page, audio, or the id of its own that it would have.

    "SOURCE WORD" means the one of that source, where several sources say the same guid.
    """
    source, _, rest = word.partition(" ")
    if rest and source == told.source:
        word = rest.strip()
    hearing = told.telling.hearings[0]
    if word in (hearing.guid, told.key, episode_id(told.source, told.key)) or short_key(word) == told.key:
        return True
    if "://" not in word:
        return False
    page, audio = hearing.page, hearing.enclosure
    return bool(page and page_key(page) == page_key(word)) or bool(audio and audio_key(audio) == audio_key(word))


def names_episode(word: str, episode: Episode) -> bool:
    """Say whether a word means an episode as it is published: its id, guid, path or page of ours."""
    return word in (episode.id, episode.published_guid, episode.path) or word.rstrip("/").endswith(
        f"/episodes/{episode.path}"
    )


def keys_to_find(word: str) -> frozenset[str]:
    """Give the match keys under which the items that a word names are held."""
    found: set[str] = set()
    for part in {word, word.partition(" ")[2].strip()} - {""}:
        found.add(f"guid:{short_key(part)}")
        if "://" in part:
            found |= {f"page:{page_key(part)}", f"audio:{audio_key(part)}"}
    return frozenset(found)


def names_to_find(word: str) -> frozenset[str]:
    """Give the ids, guids and paths that a word may stand for."""
    path = word.rstrip("/").partition("/episodes/")[2]
    return frozenset({word, path} - {""})


def why_one(told: Sequence[StoredTelling]) -> dict[tuple[str, str], str]:
    """Say of every telling why it is one recording with another, by (source, key); of a single one nothing."""
    ways: dict[tuple[str, str], str] = {}
    for one in told if len(told) > 1 else ():
        others = (other for other in told if other is not one)
        found = next(filter(None, (sameness(one.telling, other.telling) for other in others)), None)
        ways[one.source, one.key] = found.why if found else "with the others taken together, or by a line of the config"
    return ways
