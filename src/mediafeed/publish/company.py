"""Who is heard with whom, and where else: read from the index alone."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mediafeed.model.episode import Person, Role
from mediafeed.model.published import IndexRow
from mediafeed.publish.catalogue import Catalogue, Rows

BEFORE_AND_AFTER = 2  # appearances of one person shown on an episode's page, in either direction of time
MOST = 12  # of all its persons together


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where else a person of an episode is heard: the appearances nearest to it in time, newest first."""

    person: Person
    rows: Rows


@dataclass(frozen=True, slots=True)
class Belonging:
    """An affiliation in the words of the episodes that say so: of which years, and of how many episodes."""

    words: str
    first: str
    last: str
    count: int


class Company:
    """Finds where the people of an episode are heard besides.

    What is nearest in time is shown, not what is newest: a new episode then changes the pages of its neighbours in
    somebody's life, and not every page that person was ever on.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        """Take what is published."""
        self._catalogue = catalogue
        self._lives: dict[tuple[str, str], tuple[list[tuple[object, str]], list[IndexRow]]] = {}

    def elsewhere(self, row: IndexRow) -> tuple[Elsewhere, ...]:
        """Give the other appearances of an episode's people, guests first; of hosts those outside the show."""
        found: list[Elsewhere] = []
        left, shown = MOST, {row.id}
        for person in _guests_first(row):
            if left <= 0 or person not in self._catalogue.by_person:
                continue
            hosted = row.show if (person, Role.HOST.value) in row.appearances else ""
            near = [one for one in self._near(row, person, hosted) if one.id not in shown][:left]
            if near:
                found.append(Elsewhere(self._catalogue.people[person], near))
                shown.update(one.id for one in near)
                left -= len(near)
        return tuple(found)

    def _near(self, row: IndexRow, person: str, hosted: str) -> Sequence[IndexRow]:
        times, rows = self._life(person, hosted)
        place = bisect_left(times, (row.dated, row.id))
        after = place + 1 if place < len(rows) and rows[place].id == row.id else place
        near = [*rows[max(place - BEFORE_AND_AFTER, 0) : place], *rows[after : after + BEFORE_AND_AFTER]]
        return near[::-1]

    def _life(self, person: str, hosted: str) -> tuple[list[tuple[object, str]], list[IndexRow]]:
        """Give somebody's appearances, the oldest first, without those as host of the show `hosted`."""
        if (person, hosted) not in self._lives:
            host = (person, Role.HOST.value)
            rows = [
                one for one in self._catalogue.by_person[person] if one.show != hosted or host not in one.appearances
            ]
            rows.sort(key=lambda one: (one.dated, one.id))
            self._lives[person, hosted] = ([(one.dated, one.id) for one in rows], rows)
        return self._lives[person, hosted]


def _guests_first(row: IndexRow) -> Sequence[str]:
    hosts = {person for person, role in row.appearances if role == Role.HOST.value}
    people = dict.fromkeys(person for person, _ in row.appearances)
    return sorted(people, key=lambda person: person in hosts)


def spoken_with(person: str, rows: Rows, people: Mapping[str, Person]) -> tuple[tuple[Person, int], ...]:
    """Give everybody who was heard on the same episodes, with the number of these, who was most often first."""
    others = Counter(one for row in rows for one in {who: None for who, _ in row.appearances})
    heard = ((people[other], count) for other, count in others.items() if other != person and other in people)
    shown = (pair for pair in heard if not pair[0].hidden)
    return tuple(sorted(shown, key=lambda pair: (-pair[1], pair[0].name.casefold(), pair[0].id)))


def belongings(said: Sequence[tuple[str, str]]) -> tuple[Belonging, ...]:
    """Bring together what episodes say of where somebody belongs, (day, words) the oldest first; the latest first.

    >>> belongings([("2019-05-01", "Oxford"), ("2021-01-01", "RUSI"), ("2022-09-21", "rusi")])[0]
    Belonging(words='rusi', first='2021', last='2022', count=2)
    """
    held: dict[str, Belonging] = {}
    for day, words in said:
        key = " ".join(words.casefold().split())
        before = held.pop(key, None)
        held[key] = Belonging(
            words=words,
            first=before.first if before else day[:4],
            last=day[:4],
            count=before.count + 1 if before else 1,
        )
    return tuple(reversed(held.values()))
