"""What is to be published: the index sorted by show, person and view, without anything that is blocked or hidden."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from anyascii import anyascii

from mediafeed.model.episode import Person, Role, Show
from mediafeed.model.published import IndexRow
from mediafeed.model.settings import View
from mediafeed.publish.hiding import hidden_names, without_hidden_author
from mediafeed.publish.wording import counted

Rows = Sequence[IndexRow]

_ROLES = (Role.GUEST, Role.GUEST_HOST, Role.HOST)
_AS = {Role.GUEST: "as guest", Role.GUEST_HOST: "as guest host", Role.HOST: "as host"}


@dataclass(frozen=True, slots=True)
class Former:
    """A person's address that was published once and must not be lost; `now` is who they go by since, if anybody."""

    person: Person
    now: Person | None
    rows: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Rows newest first; shows, persons and views with theirs. Shows and persons without any are not in it.

    `former` are addresses of persons who are on no episode (any longer) under that id. `people` are all persons by id,
    hidden ones included: whoever renders a credit must know that it is hidden.
    """

    rows: Rows
    shows: Mapping[str, Show]
    people: Mapping[str, Person]
    by_show: Mapping[str, Rows]
    by_person: Mapping[str, Rows]
    by_view: Mapping[str, Rows]
    former: Sequence[Former] = ()


def catalogue_of(
    index: Rows,
    shows: Sequence[Show],
    persons: Sequence[Person],
    views: Sequence[View],
    former: Mapping[str, str | None] | None = None,
) -> Catalogue:
    """Sort the index. `former` are ids of persons that were published, with the id each goes by now, if any."""
    hidden = hidden_names(persons)
    named = {show.id: without_hidden_author(show, hidden) for show in shows if not show.blocked}
    people = {person.id: person for person in persons}
    visible = {person.id for person in persons if not person.hidden}
    rows = tuple(row for row in index if not row.blocked and row.show in named)
    by_show: dict[str, list[IndexRow]] = defaultdict(list)
    by_person: dict[str, list[IndexRow]] = defaultdict(list)
    by_view: dict[str, list[IndexRow]] = {view.id: [] for view in views}
    for row in rows:
        for show in (row.show, *row.also_on):
            if show in named:
                by_show[show].append(row)
        for person in {person: None for person, _ in row.appearances}:
            if person in visible:
                by_person[person].append(row)
        for view in row.views:
            if view in by_view:
                by_view[view].append(row)
    return Catalogue(
        rows=rows,
        shows={show: named[show] for show in sorted(by_show, key=lambda show: _in_order(named[show].title, show))},
        people=people,
        by_show=by_show,
        by_person={
            person: by_person[person] for person in sorted(by_person, key=lambda one: _in_order(people[one].name, one))
        },
        by_view=by_view,
        former=tuple(_formers(former or {}, people, by_person)),
    )


def _formers(
    former: Mapping[str, str | None], people: Mapping[str, Person], by_person: Mapping[str, Rows]
) -> Iterator[Former]:
    for old, new in sorted(former.items()):
        if old in people and old not in by_person:
            now = people.get(new or "")
            yield Former(people[old], now, by_person.get(now.id, ()) if now else ())


def _in_order(name: str, one: str) -> tuple[str, str]:
    """Give what sorts names of all scripts as a reader of the Latin one expects: "Aïssatou" before "Arjun"."""
    return anyascii(name).casefold(), one


def roles_of(person: str, rows: Rows) -> Counter[Role]:
    """Count a person's appearances by role."""
    return Counter(Role(role) for row in rows for who, role in row.appearances if who == person)


def roles_in_words(roles: Mapping[Role, int]) -> str:
    """Say how often somebody appears as what.

    >>> roles_in_words({Role.GUEST: 3, Role.HOST: 1})
    '3 as guest, 1 as host'
    """
    return ", ".join(f"{roles[role]:,} {_AS[role]}" for role in _ROLES if roles.get(role))


def appearances_in_words(person: str, rows: Rows) -> str:
    """Say on how many episodes of how many shows somebody is heard, and as what."""
    shows = len({row.show for row in rows})
    heard = f"{counted(len(rows), 'appearance', 'appearances')} on {counted(shows, 'show', 'shows')}"
    return f"{heard}: {roles_in_words(roles_of(person, rows))}"
