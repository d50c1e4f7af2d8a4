"""What is said of where somebody is from: enough to see that two tellings do not speak of one house."""

import re
from collections.abc import Sequence

from mediafeed.normalize.persons import folded

_WORD = re.compile(r"[^\W\d_][\w’'&-]*")
_SHORTEST = 3
# Said of people everywhere: to share one of these is to share nothing.
_SAID_OF_ANYBODY = """
    academic actor adjunct adviser advisor affairs ambassador analyst and artist assistant associate author
    award best bestselling board book british center centre chair chairman chief coach cofounder college
    comedian company consultant contributor corporation correspondent council daily department deputy director
    doctor economist editor emeritus entrepreneur executive expert faculty fellow for foreign former foundation
    founder global group head her his historian host institute institution international investor journalist lab
    law lead lecturer manager media member minister national new news officer organisation organization partner
    phd podcast policy political president principal producer prof professor program programme project
    psychologist research researcher school science sciences scientist secretary senior society strategic
    strategy studies the their think times university vice visiting weekly winner writer
"""
_OFFICES = frozenset(_SAID_OF_ANYBODY.split())


def houses_in(affiliation: str) -> frozenset[str]:
    """Give the words that name a house, a work or a place, folded; what anybody may be is left out.

    >>> sorted(houses_in("Senior Fellow at the Kelp Institute, Bergen"))
    ['bergen', 'kelp']
    >>> houses_in("professor of history")
    frozenset()
    """
    words = (word for word in _WORD.findall(affiliation) if word[0].isupper() and len(word) >= _SHORTEST)
    return frozenset(plain for word in words if (plain := folded(word)) not in _OFFICES)


def groups_of(affiliations: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Put affiliations that share a house together, by their place; those that name none are in no group.

    >>> groups_of(["Fellow at Kelp", "Kelp Institute, Bergen", "striker of Harbour FC", "author", "Bergen"])
    ((0, 1, 4), (2,))
    """
    groups: list[tuple[set[int], set[str]]] = []
    for place, affiliation in enumerate(affiliations):
        houses = set(houses_in(affiliation))
        if not houses:
            continue
        near = [group for group in groups if group[1] & houses]
        joined = ({place}.union(*(places for places, _ in near)), houses.union(*(words for _, words in near)))
        groups = [group for group in groups if group not in near] + [joined]
    return tuple(sorted(tuple(sorted(places)) for places, _ in groups))
