"""Names that may be one person's: reasons to ask, never to decide.

Joined by themselves these make wrong persons (of 25 hard pairs: token order 4, nicknames 7, one letter 16), so each is
a suggestion that wants a second witness or a person's word.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from unicodedata import name as name_of_letter

from rapidfuzz.distance import OSA

from mediafeed.normalize.nicknames import is_short_form
from mediafeed.normalize.persons import person_key

SHORTEST_TO_DOUBT = 4  # letters of a word in which one may be a slip: Lee and Leo are two people
MOST_NAMESAKES = 2_000  # persons who share all of a name but one word: more tell nothing

ORDER = "the same words in another order"
SHORT = "a short form of the first name"
INITIAL = "an initial for the first name"
SLIP = "one letter apart"
MORE = "one has a name more"


def likeness(one: str, other: str) -> str | None:
    """Say why two keys of persons may be one person's; None where nothing suggests it, or they are the same.

    >>> likeness("haruki kanda", "kanda haruki"), likeness("jenny cole", "jennifer cole")
    ('the same words in another order', 'a short form of the first name')
    >>> likeness("a quill", "ada quill"), likeness("kevin rosen", "kevin roosen")
    ('an initial for the first name', 'one letter apart')
    >>> likeness("viktorija samuoliene", "viktorija starych samuoliene")
    'one has a name more'
    """
    ours, theirs = one.split(), other.split()
    if one == other or min(len(ours), len(theirs)) < 2 or alphabets(one) != alphabets(other):
        return None
    if sorted(ours) == sorted(theirs):
        return ORDER
    if len(ours) == len(theirs):
        differ = [place for place, word in enumerate(ours) if word != theirs[place]]
        return _word_likeness(differ[0], ours[differ[0]], theirs[differ[0]]) if len(differ) == 1 else None
    fewer, more = sorted((ours, theirs), key=len)
    is_part = (fewer[0], fewer[-1]) == (more[0], more[-1]) and set(fewer) < set(more)
    return MORE if is_part and len(more) - len(fewer) == 1 else None


def _word_likeness(place: int, one: str, other: str) -> str | None:
    if place == 0 and min(len(one), len(other)) == 1 and one[0] == other[0]:
        return INITIAL
    if place == 0 and is_short_form(one, other):
        return SHORT
    long_enough = min(len(one), len(other)) >= SHORTEST_TO_DOUBT
    return SLIP if long_enough and OSA.distance(one, other, score_cutoff=1) == 1 else None


def alphabets(text: str) -> frozenset[str]:
    """Give the alphabets of a text: a name that borrows a letter of another one is nobody's second spelling.

    >>> sorted(alphabets("Neil Мelvin"))
    ['CYRILLIC', 'LATIN']
    """
    return frozenset(name_of_letter(letter, "").partition(" ")[0] for letter in text if letter.isalpha())


def alike(names: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str, str]]:
    """Give (id, id, why) for all of these persons, by id, whose names are alike; each pair once, in order of ids.

    Only names that share all words but one, or their first and last, are compared: a hundred thousand persons take
    seconds.
    """
    keys = {id_: sorted({person_key(name) for name in written} - {""}) for id_, written in names.items()}
    near: dict[tuple[str | int, ...], set[tuple[str, str]]] = defaultdict(set)
    for id_, own in keys.items():
        for key in own:
            for place in _places(key):
                near[place].add((id_, key))
    found: dict[tuple[str, str], str] = {}
    for place in sorted(near, key=str):
        if 1 < len(near[place]) <= MOST_NAMESAKES:
            for (one, key), (other, their_key) in combinations(sorted(near[place]), 2):
                if one != other and (one, other) not in found and (why := likeness(key, their_key)):
                    found[one, other] = why
    return ((one, other, why) for (one, other), why in sorted(found.items()))


def _places(key: str) -> Iterator[tuple[str | int, ...]]:
    """Give what two names have in common that are to be compared."""
    words = key.split()
    if len(words) < 2:
        return
    yield ("words", *sorted(words))
    yield ("ends", words[0], words[-1])
    for place in range(len(words)):
        yield (place, *words[:place], "", *words[place + 1 :])
