"""Listings for people: episodes that match, persons and how often they appear."""

from collections import defaultdict
from datetime import date

from sqlalchemy import Connection, func, or_, select

from mediafeed.errors import UsageError
from mediafeed.model.episode import Person
from mediafeed.store import tables
from mediafeed.store.codec import Codec
from mediafeed.store.finding import nearest, shows_meant
from mediafeed.store.folding import folded
from mediafeed.store.times import day

_episode = tables.episodes.c
_credit = tables.credits_.c


def list_episodes(
    connection: Connection,
    codec: Codec,
    *,
    show: str | None,
    person: str | None,
    role: str | None,
    since: date | None,
    until: date | None,
    text: str | None,
    limit: int | None,
) -> tuple[str, ...]:
    """Give the ids of the episodes for which every given condition holds, newest first."""
    asked = select(_episode.id).order_by(_episode.dated.desc(), _episode.id).limit(limit)
    if show is not None:
        wanted = _show_ids(connection, show)
        published = (_episode.also_on.contains(f'"{also}"', autoescape=True) for also in wanted)
        asked = asked.where(or_(_episode.show.in_(wanted), *published))
    if person is not None or role is not None:
        credited = select(_credit.episode)
        if person is not None:
            credited = credited.where(_credit.person.in_(_person_ids(connection, codec, person)))
        if role is not None:
            credited = credited.where(_credit.role == role)
        asked = asked.where(_episode.id.in_(credited))
    if since is not None:
        asked = asked.where(_episode.day >= day(since))
    if until is not None:
        asked = asked.where(_episode.day <= day(until))
    if text is not None:
        facts = tables.episode_facts.c
        holding = select(facts.episode).where(facts.words.contains(folded(text), autoescape=True))
        asked = asked.where(_episode.id.in_(holding))
    return tuple(connection.execute(asked).scalars())


def _show_ids(connection: Connection, words: str) -> list[str]:
    rows = connection.execute(select(tables.shows.c.id, tables.shows.c.title))
    return shows_meant(words, {row.id: row.title for row in rows})


def _person_ids(connection: Connection, codec: Codec, words: str) -> list[str]:
    persons = [codec.person(facts) for facts in connection.execute(select(tables.persons.c.facts)).scalars()]
    if any(person.id == words for person in persons):
        return [words]
    found = [one.id for one in persons if folded(words) in {folded(name) for name in (one.name, *one.aliases)}]
    if not found:
        raise UsageError(f"no person {words!r}{nearest(words, [person.name for person in persons])}")
    return found


def list_people(connection: Connection, codec: Codec) -> tuple[tuple[Person, dict[str, int]], ...]:
    """Give every person with the number of episodes in each role, who appears most first."""
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    asked = select(_credit.person, _credit.role, func.count(_credit.episode.distinct()))
    for person, role, count in connection.execute(asked.group_by(_credit.person, _credit.role).order_by(_credit.role)):
        counts[person][role] = count
    persons = [codec.person(facts) for facts in connection.execute(select(tables.persons.c.facts)).scalars()]
    pairs = [(person, counts.get(person.id, {})) for person in persons]
    return tuple(sorted(pairs, key=lambda pair: (-sum(pair[1].values()), pair[0].id)))


def written_names(connection: Connection, person: str) -> tuple[str, ...]:
    """Give every way in which a person's name stands on credits."""
    asked = select(_credit.name).where(_credit.person == person).distinct().order_by(_credit.name)
    return tuple(connection.execute(asked).scalars())
