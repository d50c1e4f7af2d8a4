"""Features, and how one is found: by its kind and its value, so that few of them are ever spelled out.

A feature is a short string that can be read. "dL1=with" is of the kind "L1=" in the field "d", with the value "with".
Training wants every feature there is, by name (`SPELLED`); credits want the numbers of those that have a weight.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")
Find: TypeAlias = Callable[[str], T | None]
Kinds: TypeAlias = Mapping[str, Find[T]]

_KIND = re.compile("[^=:<>]*[=:<>]")  # with the letter of its field: t for title, d for description


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary(Generic[T]):
    """What finds features: `whole` by their name, `title` and `text` by kind and value in one of these fields.

    A feature that nobody knows is None. One without a value is of the kind "".
    """

    whole: Find[T]
    title: Kinds[T]
    text: Kinds[T]

    def known(self, features: Iterable[str]) -> tuple[T, ...]:
        """Give those of some features, by their names, that are known."""
        return tuple(found for found in map(self.whole, features) if found is not None)


class _Spelled(dict[str, Find[str]]):
    """Kinds of one field, whose features are their names."""

    def __init__(self, field: str) -> None:
        super().__init__()
        self._field = field

    def __missing__(self, kind: str) -> Find[str]:
        found = self[kind] = (self._field + kind).__add__
        return found


def spelled(field: str) -> Kinds[str]:
    """Give the kinds of a field where every feature is its own name.

    >>> spelled("d")["L1="]("with")
    'dL1=with'
    """
    return _Spelled(field)


SPELLED: Vocabulary[str] = Vocabulary(str, spelled("t"), spelled("d"))


def numbered(features: Iterable[str]) -> Vocabulary[int]:
    """Give the vocabulary in which only these features are known, by their place.

    >>> known = numbered(["first", "dL1=with", "dalone"])
    >>> known.whole("first"), known.text["L1="]("with"), known.text[""]("alone"), known.title["L1="]("with")
    (0, 1, 2, None)
    """
    whole = {feature: number for number, feature in enumerate(features)}
    tables: dict[str, dict[str, int]] = {}
    for feature, number in whole.items():
        found = _KIND.match(feature)
        end = found.end() if found else 1
        tables.setdefault(feature[:end], {})[feature[end:]] = number
    return Vocabulary(whole.get, _finders(tables, "t"), _finders(tables, "d"))


def _finders(tables: Mapping[str, Mapping[str, int]], field: str) -> Kinds[int]:
    nothing: dict[str, int] = {}
    own = {kind[1:]: table.get for kind, table in tables.items() if kind.startswith(field)}
    return defaultdict(lambda: nothing.get, own)
