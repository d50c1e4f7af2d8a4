"""Who may be credited: the persons whom an episode and its show name, each with the places where they are named."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from mediafeed.normalize.credits.showing import Shown, persons_among
from mediafeed.normalize.credits.sketch import Sketch
from mediafeed.normalize.credits.spoken_of import renown
from mediafeed.normalize.lexicon import is_first_name
from mediafeed.normalize.nicknames import is_short_form
from mediafeed.normalize.persons import clean_name, person_key, split_names

_MOST_CANDIDATES = 40


@dataclass(slots=True)
class Candidate:
    """One person of an episode.

    `mentions` are pairs of a sketch and the number of a name in it, `title` and `text` those of either field, sorted.
    `shown` is what the show says of the person.
    `sure` says that a first name that is known, or an honorific, leads the name; `unknown` that nothing is known of
    the person: not by the show, nor by renown, nor by a first name alone.
    """

    key: str
    name: str
    honorific: str | None = None
    short: bool = True
    sure: bool = False
    mentions: list[tuple[Sketch, int]] = field(default_factory=list)
    title: list[int] = field(default_factory=list)
    text: list[int] = field(default_factory=list)
    shown: Shown | None = None
    author: str = ""
    unknown: bool = False


def candidates_in(
    sketches: Iterable[Sketch], author: str | None, shown: tuple[Shown, ...], learned: tuple[str, ...] = ()
) -> list[Candidate]:
    """Give the persons of an episode: those of its show first, then in order of their first full mention.

    A first name alone may stand for one of the `learned` hosts.
    """
    found: dict[str, Candidate] = {
        one.key: Candidate(one.key, one.name, one.honorific, short=False, shown=one) for one in shown
    }
    sketches = tuple(sketches)
    for drawn in sketches:
        for number, name in enumerate(drawn.names):
            if not name.short and len(found) < _MOST_CANDIDATES:
                key = _known_as(found, person_key(name.name))
                if key not in found:
                    found[key] = Candidate(key, name.name, name.honorific, short=False)
                held = found[key]
                held.mentions.append((drawn, number))
                held.honorific = held.honorific or name.honorific
                held.sure = held.sure or name.sure
                if len(name.name) > len(held.name):
                    held.name = name.name
    _take_author(found, author)
    _take_short_names(found, sketches, learned)
    for candidate in found.values():
        candidate.title = sorted([number for drawn, number in candidate.mentions if drawn.field == "title"])
        candidate.text = sorted([number for drawn, number in candidate.mentions if drawn.field != "title"])
        candidate.sure = candidate.sure or is_first_name(candidate.name.partition(" ")[0].lower())
        candidate.unknown = not (candidate.shown or candidate.short or renown(candidate.key))
    return list(found.values())


def _take_author(found: dict[str, Candidate], author: str | None) -> None:
    written = split_names(author or "")
    persons = persons_among(written)
    for name in written:
        bare, honorific = clean_name(name)
        key = _known_as(found, person_key(bare))
        if key not in found and name in persons:
            found[key] = Candidate(key, bare, honorific, short=False)
        if key in found:
            found[key].author = "sole" if len(written) == 1 else "several"


def _take_short_names(found: dict[str, Candidate], sketches: tuple[Sketch, ...], learned: tuple[str, ...]) -> None:
    """Give short names to the one person of the episode, or else of the show, whom they may stand for."""
    full = {person_key(name): name for name in learned}
    named: dict[str, set[str]] = {}
    shown: dict[str, set[str]] = {}
    for key, candidate in found.items():
        words = key.split()
        for word in (words[0], words[-1]) if words else ():
            (named if candidate.mentions else shown).setdefault(word, set()).add(key)
    for key in full:
        shown.setdefault(key.split()[0], set()).add(key)
    for drawn in sketches:
        for number, name in enumerate(drawn.names):
            if name.short:
                word = person_key(name.name)
                keys = named.get(word) or shown.get(word) or {word}
                if len(keys) == 1 and len(found) < _MOST_CANDIDATES:
                    key = next(iter(keys))
                    if key not in found:
                        found[key] = Candidate(key, full.get(key, name.name), name.honorific)
                    held = found[key]
                    held.mentions.append((drawn, number))
                    held.honorific = held.honorific or name.honorific


def _known_as(found: Iterable[str], key: str) -> str:
    """Give the key of a person, or the key under which the same episode already knows the person by a variant."""
    if key in found:
        return key
    words = key.split()
    for other in found:
        if same_in_one_episode(words, other.split()):
            return other
    return key


def same_in_one_episode(ours: list[str], theirs: list[str]) -> bool:
    """Say whether the words of two keys are one person where they stand in one episode.

    >>> same_in_one_episode("kanda haruki".split(), "haruki kanda".split())
    True
    >>> same_in_one_episode("jen cole".split(), "jennifer cole".split())
    True
    >>> same_in_one_episode("paul berg".split(), "paula berg".split())
    False
    """
    if len(ours) < 2 or len(theirs) < 2:
        return False
    if ours[-1] != theirs[-1]:
        return ours[0] in theirs and sorted(ours) == sorted(theirs)  # family name first: "Kanehara Nobukatsu"
    if [word for word in ours if len(word) > 1] == [word for word in theirs if len(word) > 1]:  # "M. Ann Lee"
        return True
    inner, their_inner = ([word for word in words[1:-1] if len(word) > 1] for words in (ours, theirs))
    if inner and their_inner and inner != their_inner:  # "Mary Anne Holm", "Mary Jane Holm"
        return False
    return ours[0] == theirs[0] or is_short_form(ours[0], theirs[0])
