"""Load one by one what is best loaded many at once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

Loaded = TypeVar("Loaded")

MOST = 128


class Ahead(Generic[Loaded]):
    """Gives things by id and reads ahead as long as they are asked for in order.

    When everything is rendered anew a query fetches `MOST` of them; when one page of ten thousand is, a query fetches
    that one.
    """

    def __init__(self, order: Sequence[str], load: Callable[[Sequence[str]], Iterable[tuple[str, Loaded]]]) -> None:
        """Take the ids in the order in which they will mostly be asked for, and what loads them."""
        self._order = order
        self._place = {one: place for place, one in enumerate(order)}
        self._load = load
        self._held: dict[str, Loaded] = {}
        self._end = -1
        self._span = 1

    def get(self, one: str) -> Loaded | None:
        """Give the thing of that id, None if there is none."""
        if one not in self._held:
            start = self._place[one]
            self._span = min(self._span * 2, MOST) if 0 <= start - self._end <= self._span else 1
            self._end = start + self._span
            before = {held: self._held[held] for held in list(self._held)[-2:]}
            self._held = before | dict(self._load(self._order[start : self._end]))
        return self._held.get(one)
