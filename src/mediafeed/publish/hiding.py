"""Hidden persons: nothing of ours names them, not even as the author of their own show."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from mediafeed.model.episode import Episode, Person, Show
from mediafeed.model.parsed import Element
from mediafeed.publish.podcast_namespace import name_words

Names = Collection[frozenset[str]]

# Elements that name an author; podcast:person is looked through where persons are written.
_AUTHORS = frozenset(
    {
        "author", "dc:creator", "dc:contributor", "itunes:author", "googleplay:author", "atom:author",
        "atom:contributor", "managingEditor", "webMaster", "media:credit",
    }
)  # fmt: skip
_MAIL = re.compile(r"\S+@\S+")


def hidden_names(people: Iterable[Person]) -> frozenset[frozenset[str]]:
    """Give every name by which a hidden person goes, as the words it is told by."""
    return frozenset(name_words(name) for person in people if person.hidden for name in (person.name, *person.aliases))


def without_hidden_author(show: Show, hidden: Names) -> Show:
    """Give the show without an author or owner who is hidden."""
    if not hidden:
        return show
    return replace(
        show,
        author=_shown(show.author, hidden),
        owner=_shown(show.owner, hidden),
        pushed=_unnamed(show.pushed, hidden),
        extras=_unnamed(show.extras, hidden),
    )


def without_hidden(episode: Episode, hidden: Names) -> Episode:
    """Give the episode without an author who is hidden, in its fields and in what is carried."""
    if not hidden:
        return episode
    return replace(
        episode,
        author=_shown(episode.author, hidden),
        extras=carried(episode.extras, hidden),
        beside=tuple(carried(elements, hidden) for elements in episode.beside),
    )


def carried(elements: tuple[Element, ...], hidden: Names) -> tuple[Element, ...]:
    """Give the elements without those that name a hidden person as an author."""
    if not hidden:
        return elements
    return tuple(
        element
        for element in elements
        if element.name not in _AUTHORS
        or not any(_is_named(text, hidden) for text in (element.text, *(child.text for child in element.children)))
    )


def _unnamed(elements: tuple[Element, ...], hidden: Names) -> tuple[Element, ...]:
    """Give a channel's elements, those inside a live item too, without those that name a hidden person."""
    return tuple(
        replace(element, children=_unnamed(element.children, hidden)) if element.children else element
        for element in carried(elements, hidden)
        if element.name != "podcast:person" or not _is_named(element.text, hidden)
    )


def _shown(name: str | None, hidden: Names) -> str | None:
    return None if name and _is_named(name, hidden) else name


def _is_named(text: str, hidden: Names) -> bool:
    """Say whether a text is a hidden person's name, be it beside a mail address: "c@x.example (Cleo Marsh)"."""
    return name_words(_MAIL.sub(" ", text) if "@" in text else text) in hidden
