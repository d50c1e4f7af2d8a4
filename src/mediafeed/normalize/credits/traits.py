"""What is true of a candidate wherever the name stands, as features of the first stage.

There are few combinations of it, so each is spelled out once and remembered.
"""

from functools import lru_cache
from typing import NamedTuple

from mediafeed.normalize.credits.candidates import Candidate
from mediafeed.normalize.credits.showing import HOSTING
from mediafeed.normalize.credits.spoken_of import renown
from mediafeed.normalize.credits.vocabulary import T, Vocabulary

_MANY, _MOST_UNKNOWN = 16, 4  # strangers; more make no difference
_TOLD_TWICE = HOSTING | {"S:title"}  # whom the show names so, named in the episode or not


class Company(NamedTuple):
    """Who is in an episode: whether hosts are known, who is the first stranger, and counts of those who are named.

    `first` is the key of the first person of the description that the show does not name.
    """

    hosted: bool
    first: str | None
    strangers: int
    unknown: int
    of_show: int


class _Traits(NamedTuple):
    times: str
    strangers: int
    unknown: int
    short: bool
    honoured: bool
    sure: bool
    first: bool
    hosted: bool
    renown: str
    is_unknown: bool
    author: str


def company_of(candidates: tuple[Candidate, ...], *, hosted: bool) -> Company:
    """Count the candidates that are named: strangers, those of them of whom nothing is known, and those of the show."""
    named = [one for one in candidates if one.mentions]
    strangers = [one for one in named if not one.shown]
    unknown = sum([one.unknown for one in named])
    first = min([(one.text[0], one.key) for one in strangers if one.text], default=(0, None))[1]
    return Company(hosted, first, len(strangers), unknown, len(named) - len(strangers))


def traits_of(candidate: Candidate, company: Company, vocabulary: Vocabulary[T]) -> tuple[T, ...]:
    """Give the features of a candidate as a whole: of the person, and of what the show says of them."""
    in_title, in_text = len(candidate.title), len(candidate.text)
    found = _of_person(
        _Traits(
            f"{min(in_title, 1)}{'3' if in_text > 2 else in_text}",
            min(company.strangers, _MANY),
            min(company.unknown, _MOST_UNKNOWN),
            candidate.short,
            bool(candidate.honorific),
            candidate.sure,
            candidate.key == company.first,
            company.hosted,
            renown(candidate.key),
            candidate.unknown,
            candidate.author,
        ),
        vocabulary,
    )
    shown = candidate.shown
    if shown is None:
        return found
    return found + _of_show(shown.features, shown.kinds, bool(candidate.mentions), company.of_show, vocabulary)


@lru_cache(maxsize=4096)
def _of_person(traits: _Traits, vocabulary: Vocabulary[T]) -> tuple[T, ...]:
    times, strangers, unknown = traits.times, traits.strangers, traits.unknown
    found = [
        "*",
        f"n={times}",
        f"p={min(strangers, 4)}",
        f"many={min(strangers // 4, 4)}",
        f"pn={min(strangers, 3)} {times}",
    ]
    if traits.short:
        found += ["short", f"short n={times}"]
    if traits.honoured:
        found.append("honorific")
    found += [f"sure={traits.sure:d}", f"sure={traits.sure:d} n={times}"]
    if traits.first:
        found += ["first", f"first {'known' if traits.hosted else 'unknown'}"]
    if traits.renown:
        found += ["known", traits.renown, f"{traits.renown} {'honoured' if traits.honoured else times}"]
    elif traits.is_unknown:
        found += [f"u={min(unknown, 4)}", f"u={min(unknown, 3)} {times}"]
    if traits.author:
        found += [f"A:{traits.author}", f"A n={times}"]
    if traits.hosted:
        found.append("hosted")
    return vocabulary.known(found)


@lru_cache(maxsize=1024)
def _of_show(
    features: tuple[str, ...],
    kinds: tuple[str, ...],
    named: bool,
    of_show: int,
    vocabulary: Vocabulary[T],
) -> tuple[T, ...]:
    """Give the features that a show gives somebody, which are the same in most of its episodes."""
    how = "named" if named else "unnamed"
    twice = [f"{kind} {how}" for kind in kinds if kind in _TOLD_TWICE]
    return vocabulary.known(["shown", f"shown {how}", *features, *twice, f"shown {how} of {of_show}"])


@lru_cache(maxsize=1024)
def of_episode(kinds: tuple[str, ...], vocabulary: Vocabulary[T], *, shown: bool, named: bool) -> tuple[T, ...]:
    """Give the features of an episode of some kinds for somebody whom the show names or not, the episode or not."""
    before, behind = "shown " if shown else "", "" if named else " unnamed"
    return vocabulary.known([f"{before}e:{kind}{behind}" for kind in kinds])


@lru_cache(maxsize=1024)
def of_claim(role: str, rule: str, vocabulary: Vocabulary[T]) -> tuple[T, ...]:
    """Give the features of somebody of whom a cue claims a role."""
    return vocabulary.known([f"c:{role}", f"c:{role}:{rule}"])
