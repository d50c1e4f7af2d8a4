"""Hidden persons: nothing of ours names them, not even as the author of their own show."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache

from mediafeed.model.audio import Audio, TagName
from mediafeed.model.episode import Credit, Episode, Person, Show
from mediafeed.model.parsed import Element

Names = Collection[frozenset[str]]

# Elements that name an author, alone or in a list.
_AUTHORS = frozenset(
    {
        "author", "dc:creator", "dc:contributor", "itunes:author", "googleplay:author", "atom:author",
        "atom:contributor", "managingEditor", "webMaster", "media:credit", "itunes:owner", "googleplay:owner",
    }
)  # fmt: skip
# Where evidence is quoted from that is not published besides: titles and notes are the publisher's words, and stay.
_UNPUBLISHED = frozenset({"author", "channel", "config", "podcast:person", "artist tag", "album artist tag"})
_MAIL = re.compile(r"\S+@\S+")
_WORDS = re.compile(r"[^\W_]+")
_INSIDE_NAMES = re.compile(r"\s+|[-\u2010\u2011]")
# What stands behind a name and is no surname.
_BEHIND_NAMES = frozenset(
    {
        "phd", "dphil", "ph", "md", "mp", "mep", "ma", "ba", "msc", "mba", "cbe", "obe", "mbe", "kc", "qc",
        "jr", "sr", "junior", "senior", "esq", "show", "podcast", "podcasts", "media", "productions",
        "production", "studio", "studios", "network", "official", "live", "llc", "ltd", "inc", "gmbh", "foundation",
        "team", "company", "group",
    }
)  # fmt: skip
_LISTED = re.compile(r"\s*[,;&/|]\s*|\s+(?:and|und|et|y|e|with)\s+", re.IGNORECASE)


def hidden_names(people: Iterable[Person], episode: Episode | None = None) -> frozenset[frozenset[str]]:
    """Give every name by which a hidden person goes, as the words it is told by; on an episode, its spelling too."""
    hidden = {person.id: person for person in people if person.hidden}
    names = {name_words(name) for person in hidden.values() for name in (*_plain(person), person.name, *person.aliases)}
    if episode:
        names |= {name_words(credit.name) for credit in episode.credits if credit.person in hidden}
    return frozenset(name for name in names if name)


def _plain(person: Person) -> Iterable[str]:
    """Give a name's key, which has no titles; without middle initials it would be a namesake's too."""
    if all(len(word) > 1 for word in name_words(person.name) - name_words(person.key)):
        yield person.key


def with_spellings(people: Iterable[Person]) -> tuple[Person, ...]:
    """Hide those persons too whose whole name holds a hidden one: "Cleo Marsh, Oxford" is no other than Cleo Marsh."""
    people = tuple(people)
    names = hidden_names(people)
    if not names:
        return people
    return tuple(
        person if person.hidden else replace(person, hidden=names_hidden(person.name, names)) for person in people
    )


def without_hidden_author(show: Show, hidden: Names) -> Show:
    """Give the show without an author or owner who is hidden."""
    if not hidden:
        return show
    return replace(
        show,
        author=_shown(show.author, hidden),
        owner=_shown(show.owner, hidden),
        pushed=carried(show.pushed, hidden),
        extras=carried(show.extras, hidden),
    )


def without_hidden(episode: Episode, hidden: Names) -> Episode:
    """Give the episode without an author who is hidden: in its fields, in what is carried, in what credits quote."""
    if not hidden:
        return episode
    return replace(
        episode,
        author=_shown(episode.author, hidden),
        audio=episode.audio and replace(episode.audio, people=_named(episode.audio, hidden)),
        credits=tuple(_unquoted(credit, hidden) for credit in episode.credits),
        extras=carried(episode.extras, hidden),
        beside=tuple(carried(elements, hidden) for elements in episode.beside),
    )


def _named(audio: Audio, hidden: Names) -> tuple[TagName, ...]:
    return tuple(each for each in audio.people if not names_hidden(each.name, hidden))


def _unquoted(credit: Credit, hidden: Names) -> Credit:
    evidence = credit.evidence
    if evidence.field not in _UNPUBLISHED or not names_hidden(evidence.quote, hidden):
        return credit
    return replace(credit, evidence=replace(evidence, quote=""))


def carried(elements: tuple[Element, ...], hidden: Names) -> tuple[Element, ...]:
    """Give the elements, at every depth, without persons and authors who are hidden; of a list of authors, the rest."""
    if not hidden:
        return elements
    looked = (_looked_through(element, hidden) for element in elements)
    return tuple(element for element in looked if element is not None)


def _looked_through(element: Element, hidden: Names) -> Element | None:
    if element.name == "podcast:person" and names_hidden(element.text, hidden):
        return None
    if element.name in _AUTHORS:
        if any(names_hidden(child.text, hidden) for child in element.children):
            return None
        if names_hidden(element.text, hidden):
            rest = _shown(element.text, hidden)
            return replace(element, text=rest) if rest else None
    children = carried(element.children, hidden)
    return element if children == element.children else replace(element, children=children)


def _shown(authors: str | None, hidden: Names) -> str | None:
    """Give what names the authors without those who are hidden, None if nobody is left for sure.

    >>> _shown("Prof Cleo Marsh & Bo Alder", [name_words("Cleo Marsh")])
    'Bo Alder'
    """
    if not authors or not names_hidden(authors, hidden):
        return authors
    parts = _LISTED.split(authors)
    left = [part for part in parts if not names_hidden(part, hidden)]
    rest = [part for part in left if len(name_words(part)) > 1]
    if len(rest) == len(parts):
        return authors  # the hidden name's words are two persons': "Cleo Alder, Bo Marsh"
    return ", ".join(rest) if rest and len(left) < len(parts) and "@" not in authors else None


def names_hidden(text: str, hidden: Names) -> bool:
    """Say whether a text names a hidden person, be it among titles, others, or beside a mail address.

    A name of one word must be all that one of the listed says: "Cleo" is many a person's first name. One that goes on
    is somebody else's: in doubt (a title, letters behind the name, "Media") it does not.

    >>> [names_hidden(text, [name_words("Cleo Marsh")]) for text in ("Dr Cleo Marsh, Oxford", "Cleo Marsh Smith")]
    [True, False]
    """
    if not hidden or not text:
        return False
    words = name_words(_MAIL.sub(" ", text) if "@" in text else text)
    if any(name <= words and (name == words or (len(name) > 1 and _stands_in(text, name))) for name in hidden):
        return True
    lone = [name for name in hidden if len(name) == 1 and name <= words]
    return bool(lone) and any(name_words(part) in lone for part in _LISTED.split(text))


def _stands_in(text: str, name: frozenset[str]) -> bool:
    """Say whether a text that has all words of a name names that person, and not only others of longer names."""
    parts = [part for part in _LISTED.split(text) if name <= name_words(part)]
    return not parts or not all(_goes_on(part, name) for part in parts)


def _goes_on(part: str, name: frozenset[str]) -> bool:
    """Say whether another surname follows directly: "Cleo Marsh Smith", "Cleo Marsh-Smith"; not "Cleo Marsh PhD"."""
    part = unicodedata.normalize("NFC", part)
    found = list(_WORDS.finditer(part))
    last = max((place for place, word in enumerate(found) if name_words(word[0]) <= name), default=len(found) - 1)
    if last + 1 == len(found):
        return False
    word = found[last + 1][0]
    follows = _INSIDE_NAMES.fullmatch(part, found[last].end(), found[last + 1].start())
    letters = word.isupper() and not part.isupper()
    return bool(follows) and word[0].isupper() and not letters and word.casefold() not in _BEHIND_NAMES


@lru_cache(maxsize=8192)
def name_words(name: str) -> frozenset[str]:
    """Give the words a name is told by: no case, no accents, no order.

    >>> name_words("Iñaki Etxeberria") == name_words("etxeberria, INAKI")
    True
    """
    folded = unicodedata.normalize("NFKD", name.casefold())
    return frozenset(_WORDS.findall("".join(mark for mark in folded if not unicodedata.combining(mark))))
