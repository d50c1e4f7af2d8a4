"""Who is heard with whom, and where else: read from the index alone."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

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


@dataclass(frozen=True, slots=True)
class _Life:
    """Somebody's appearances, the oldest first; beside each, the show it hosts there ("": none).

    `starts` and `ends` tell where the stretch of one hosted show begins and ends that an appearance stands in: to step
    over it takes as long whether it is ten episodes or ten thousand.
    """

    rows: Sequence[IndexRow]
    hosts: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, person: str, rows: Sequence[IndexRow]) -> "_Life":
        """Make it of rows, the oldest first."""
        host = (person, Role.HOST.value)
        hosts = [row.show if host in row.appearances else "" for row in rows]
        starts = list(range(len(rows)))
        ends = list(range(len(rows)))
        for place in range(1, len(rows)):
            if hosts[place] == hosts[place - 1]:
                starts[place] = starts[place - 1]
        for place in range(len(rows) - 2, -1, -1):
            if hosts[place] == hosts[place + 1]:
                ends[place] = ends[place + 1]
        return cls(rows, hosts, starts, ends)

    def without(self, hosted: str, places: range, edges: Sequence[int]) -> list[IndexRow]:
        """Give the first few along these places that do not host that show; `edges` are where its stretches end."""
        found: list[IndexRow] = []
        place = places.start
        while place in places and len(found) < BEFORE_AND_AFTER:
            if hosted and self.hosts[place] == hosted:
                place = edges[place]
            else:
                found.append(self.rows[place])
            place += places.step
        return found


class Company:
    """Finds where the people of an episode are heard besides.

    What is nearest in time is shown, not what is newest: a new episode then changes the pages of its neighbours in
    somebody's life, and not every page that person was ever on.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        """Take what is published."""
        self._catalogue = catalogue
        self._lives: dict[str, _Life] = {}

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
        life = self._life(person)
        place = bisect_left(life.rows, (row.dated, row.id), key=_moment)
        here = place < len(life.rows) and life.rows[place].id == row.id
        after = life.without(hosted, range(place + 1 if here else place, len(life.rows)), life.ends)
        before = life.without(hosted, range(place - 1, -1, -1), life.starts)
        return [*after[::-1], *before]

    def _life(self, person: str) -> _Life:
        if person not in self._lives:
            rows = self._catalogue.by_person[person]
            self._lives[person] = _Life.of(person, sorted(rows, key=_moment))
        return self._lives[person]


def _moment(row: IndexRow) -> tuple[datetime, str]:
    return row.dated, row.id


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
