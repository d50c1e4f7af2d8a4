"""`list`: what is known, at a glance."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

import click

from mediafeed.assemble import Mediafeed
from mediafeed.cli.facts import episode_facts, person_facts, show_facts, source_facts, with_block
from mediafeed.cli.layout import GAP, Column, cut, plain, say, table, terminal_width
from mediafeed.cli.output import Settings, as_json, pass_settings, say_json
from mediafeed.cli.questions import doubts_of, group_facts, told, two_facts
from mediafeed.model.episode import Credit, Episode, Role
from mediafeed.normalize.persons import person_key

HOW_MANY = click.option("--limit", type=click.IntRange(1), help="At most so many.")
DAY = click.DateTime(["%Y-%m-%d"])


@click.group(name="list")
def list_() -> None:
    """List sources, shows, episodes or people."""


@list_.command(name="sources")
@as_json
@pass_settings
def list_sources(settings: Settings, *, json: bool) -> None:
    """List the configured sources."""
    with settings.opened() as house:
        sources = house.config.sources
        states = {state.id: state for state in house.store.states()}
    if json:
        say_json({"sources": [source_facts(source, states[source.id]) for source in sources]})
        return
    columns = (Column("id"), Column("kind"), Column("address", gives_way=True))
    _print(table(columns, ((s.id, s.kind, s.url or f"find: {s.find}") for s in sources), terminal_width()))


@list_.command(name="shows")
@as_json
@pass_settings
def list_shows(settings: Settings, *, json: bool) -> None:
    """List the shows that the sources carry."""
    with settings.opened() as house:
        shows = house.store.shows()
        counts = Counter(show for row in house.store.index() for show in (row.show, *row.also_on))
    if json:
        say_json({"shows": [show_facts(show, counts[show.id]) for show in shows]})
        return
    columns = (
        Column("id"),
        Column("title", gives_way=True),
        Column("source"),
        Column("episodes", right=True),
    )
    _print(table(columns, ((s.id, s.title, s.source, counts[s.id]) for s in shows), terminal_width()))


@list_.command(name="episodes")
@click.option("--show", help="Of this show (its id or title).")
@click.option("--person", help="With this person (a name or id).")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="In this role.")
@click.option("--since", type=DAY, metavar="YYYY-MM-DD", help="Published on this day or later.")
@click.option("--until", type=DAY, metavar="YYYY-MM-DD", help="Published on this day or earlier.")
@click.option("--text", help="With these words in title, summary or notes.")
@HOW_MANY
@as_json
@pass_settings
def list_episodes(
    settings: Settings,
    *,
    show: str | None,
    person: str | None,
    role: str | None,
    since: datetime | None,
    until: datetime | None,
    text: str | None,
    limit: int | None,
    json: bool,
) -> None:
    """List episodes, newest first."""
    with settings.opened() as house:
        ids = house.store.list_episodes(
            show=show,
            person=_person_id(house, person),
            role=role,
            since=since.replace(tzinfo=UTC) if since else None,
            until=until.replace(tzinfo=UTC) if until else None,
            text=text,
            limit=limit,
        )
        shows = house.store.shows()
        blocked = [one for one in shows if one.blocked]
        episodes = tuple(with_block(episode, blocked) for episode in house.store.episodes(ids))
        titles = {one.id: one.title for one in shows}
        site = house.config.site.url
    if json:
        say_json({"episodes": [episode_facts(episode, site) for episode in episodes]})
        return
    width = terminal_width()
    _print(_in_lines(episodes, titles, width) if width else _in_columns(episodes), names=width is None)


@list_.command(name="people")
@click.option("--ambiguous", is_flag=True, help="Only those who may be one person, or two, and why.")
@HOW_MANY
@as_json
@pass_settings
def list_people(settings: Settings, *, ambiguous: bool, limit: int | None, json: bool) -> None:
    """List the people with their appearances, most heard first."""
    if ambiguous:
        _list_ambiguous(settings, limit, json=json)
        return
    with settings.opened() as house:
        people = [(person, roles) for person, roles in house.store.list_people() if roles][:limit]
    if json:
        say_json({"people": [person_facts(person, roles) for person, roles in people]})
        return
    columns = (
        Column("id"),
        Column("name", gives_way=True),
        *(Column(role, right=True) for role in Role),
    )
    rows = ((p.id, p.name, *(roles.get(role) or "" for role in Role)) for p, roles in people)
    _print(table(columns, rows, terminal_width()))


def _list_ambiguous(settings: Settings, limit: int | None, *, json: bool) -> None:
    with settings.opened() as house:
        doubts = doubts_of(house)
    if json:
        one, two = group_facts(doubts.one)[:limit], [two_facts(doubt) for doubt in doubts.two[:limit]]
        say_json({"may_be_one": one, "may_be_two": two})
        return
    if not doubts.questions():
        say("nobody is ambiguous")
    for question in doubts.questions(limit):
        for line in told(question, terminal_width()):
            say(line)
        say("")


def _person_id(house: Mediafeed, words: str | None) -> str | None:
    """Know a person by any way of writing the name; what is not known the store refuses, naming the nearest."""
    if words is None:
        return None
    key = person_key(words)
    for person in house.store.persons():
        if words == person.id or key == person.key or key in {person_key(alias) for alias in person.aliases}:
            return person.id
    return words


def _in_lines(episodes: Iterable[Episode], titles: dict[str, str], width: int) -> Iterator[str]:
    """Put each episode in two lines: which one, then of what show and with whom."""
    for episode in episodes:
        yield cut(f"{episode.id}{GAP}{episode.dated:%Y-%m-%d}{GAP}{plain(episode.title)}", width)
        told = " · ".join((titles.get(episode.show, episode.show), *_by_role(episode.credits)))
        indent = " " * len(episode.id) + GAP
        yield click.style(cut(indent + plain(told), width), dim=True)


def _by_role(credits_: Sequence[Credit]) -> Iterator[str]:
    for role in (Role.GUEST, Role.HOST, Role.GUEST_HOST):
        if names := [credit.name for credit in credits_ if credit.role is role]:
            yield f"{role} {', '.join(names)}"


def _in_columns(episodes: Iterable[Episode]) -> Iterator[str]:
    names = ("id", "date", "show", "title", "people")
    rows = ((e.id, f"{e.dated:%Y-%m-%d}", e.show, e.title, "; ".join(_by_role(e.credits))) for e in episodes)
    return table([Column(name) for name in names], rows, None)


def _print(lines: Iterable[str], *, names: bool = True) -> None:
    for number, line in enumerate(lines):
        say(click.style(line, bold=True) if names and not number else line)
