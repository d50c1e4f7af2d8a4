"""What the tags inside of audio are evidence for, and how little: a number, people who are known already.

Tags are typed once and copied from file to file: too many name the station, the producer or the last guest. So they
only add to what somebody else says.
"""

from collections.abc import Collection, Iterable
from typing import Final

from mediafeed.model.audio import TagName
from mediafeed.model.episode import Credit, CreditOrigin, Episode, Evidence, Role
from mediafeed.normalize.identity import slug
from mediafeed.normalize.numbers import episode_number
from mediafeed.normalize.persons import clean_name, person_key, split_names
from mediafeed.normalize.text import folded

Tags = Iterable[tuple[str, str]]

_NAMING: Final = frozenset({"artist", "album artist", "composer", "title"})
_ARTISTS: Final = frozenset({"artist", "album artist"})  # a composer's name mostly belongs to the music in front
_MOST_NAMES: Final = 4  # of hosts in one tag
_CONFIDENCE: Final = 0.5
RULE: Final = "the artist in its tags is known to host the show"


def tagged_number(title: str, tags: Tags) -> int | None:
    """Give the number in a title tag; only where the episode's own title stands there too.

    >>> tagged_number("The Gulf", [("title", "#33 – The Gulf")]), tagged_number("The Gulf", [("title", "Episode 32")])
    (33, None)
    """
    own = folded(title)
    tagged = dict(tags).get("title", "")
    return episode_number(tagged) if own and f" {own} " in f" {folded(tagged)} " else None


def people_in_tags(episode: Episode, tags: Tags) -> tuple[TagName, ...]:
    """Give who is credited and stands in the tags by the whole name, each with the tag that says so.

    Tags that only say what the show is called name nobody, though its host's name may be part of that.
    """
    said = _of_people(episode.show, tags)
    return tuple(
        TagName(tag, credit.name) for credit in episode.credits for tag, words in said if _stands_in(credit.name, words)
    )


def credits_by_tags(episode: Episode, tags: Tags) -> tuple[Credit, ...]:
    """Give those hosts whom nobody else names: an artist who is nobody but people known to host the show.

    Only where nobody is known to host the episode; a name that the show does not know is never one.
    """
    if any(credit.role is not Role.GUEST for credit in episode.credits) or not episode.may_host:
        return ()
    known = {person_key(name): name for name in reversed(episode.may_host)}
    credited = {person_key(credit.name) for credit in episode.credits}
    for tag, words in _of_people(episode.show, tags):
        keys = [person_key(name) for name in split_names(words)]
        if tag in _ARTISTS and 0 < len(keys) <= _MOST_NAMES and known.keys() >= set(keys) and not credited & set(keys):
            return tuple(_credit(known[key], tag, words) for key in dict.fromkeys(keys))
    return ()


def _credit(written: str, tag: str, words: str) -> Credit:
    name, honorific = clean_name(written)
    return Credit(
        name=name,
        role=Role.HOST,
        origin=CreditOrigin.AUDIO,
        evidence=Evidence(RULE, f"{tag} tag", 0, len(words), words),
        confidence=_CONFIDENCE,
        honorific=honorific,
    )


def _of_people(show: str, tags: Tags) -> Collection[tuple[str, str]]:
    """Give the tags that may name people. Two that are the same, album and artist, say what the show is called."""
    tags = tuple(tags)
    album = folded(dict(tags).get("album", ""))
    return tuple(
        (tag, words)
        for tag, words in tags
        if tag in _NAMING and folded(words) != album and slug(words, fallback="-") != show
    )


def _stands_in(name: str, words: str) -> bool:
    own = folded(clean_name(name)[0])
    if " " not in own:
        return False
    return f" {own} " in f" {folded(words)} " or person_key(name) in map(person_key, split_names(words))
