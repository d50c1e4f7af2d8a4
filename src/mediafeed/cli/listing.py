"""`list` and `show`: what is known, and how."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import click
from rich.console import Console
from rich.table import Table

from mediafeed.assemble import Mediafeed
from mediafeed.cli.facts import episode_facts, person_facts, show_facts, source_facts, telling_facts
from mediafeed.cli.output import Settings, as_json, console, length, pass_settings, say_json
from mediafeed.model.episode import Credit, Episode
from mediafeed.normalize.persons import person_key

HOW_MANY = click.option("--limit", type=click.IntRange(1), help="At most so many.")


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
    if json:
        say_json({"sources": [source_facts(source) for source in sources]})
        return
    _table(("id", "kind", "address"), ((s.id, s.kind, s.url or f"find: {s.find}") for s in sources))


@list_.command(name="shows")
@as_json
@pass_settings
def list_shows(settings: Settings, *, json: bool) -> None:
    """List the shows that the sources carry."""
    with settings.opened() as house:
        shows = house.store.shows()
        counts: dict[str, int] = {}
        for row in house.store.index():
            counts[row.show] = counts.get(row.show, 0) + 1
    if json:
        say_json({"shows": [show_facts(show, counts.get(show.id, 0)) for show in shows]})
        return
    _table(("id", "title", "source", "episodes"), ((s.id, s.title, s.source, counts.get(s.id, 0)) for s in shows))


@list_.command(name="episodes")
@click.option("--show", help="Of this show (its id).")
@click.option("--person", help="With this person (a name or id).")
@click.option("--role", type=click.Choice(["host", "guest", "guest host"]), help="In this role.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Published on this day or later.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Published on this day or earlier.")
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
            until=until.replace(hour=23, minute=59, second=59, tzinfo=UTC) if until else None,
            text=text,
            limit=limit,
        )
        episodes = tuple(house.store.episodes(ids))
        if json:
            say_json({"episodes": [episode_facts(episode, house.config.site.url) for episode in episodes]})
            return
    rows = ((e.id, f"{e.dated:%Y-%m-%d}", e.show, e.title, _people(e.credits)) for e in episodes)
    _table(("id", "date", "show", "title", "people"), rows)


@list_.command(name="people")
@HOW_MANY
@as_json
@pass_settings
def list_people(settings: Settings, *, limit: int | None, json: bool) -> None:
    """List the people with their appearances, most heard first."""
    with settings.opened() as house:
        people = sorted(house.store.list_people(), key=lambda pair: (-sum(pair[1].values()), pair[0].name))
    people = people[:limit]
    if json:
        say_json({"people": [person_facts(person, roles) for person, roles in people]})
        return
    rows = ((p.id, p.name, r.get("host", 0), r.get("guest", 0), r.get("guest host", 0)) for p, r in people)
    _table(("id", "name", "host", "guest", "guest host"), rows)


@click.command()
@click.argument("episode")
@click.option("--history", is_flag=True, help="Also what the sources said earlier.")
@as_json
@pass_settings
def show(settings: Settings, episode: str, *, history: bool, json: bool) -> None:
    """Tell everything known about one EPISODE (id, guid, page or path), each claim with its evidence."""
    with settings.opened() as house:
        identity = house.store.find_episode(episode)
        found = next(iter(house.store.episodes([identity])))
        earlier = house.store.history(identity) if history else ()
        site = house.config.site.url
    if json:
        facts = episode_facts(found, site)
        if history:
            facts["history"] = [telling_facts(telling) for telling in earlier]
        say_json({"episodes": [facts]})
        return
    out = console()
    _tell(out, found, site)
    for telling in earlier:
        out.print(f"earlier, until {telling.last_heard:%Y-%m-%d %H:%M} UTC, {telling.source} said:", style="bold")
        out.print(f"  {telling.telling.title}", markup=False)


def _person_id(house: Mediafeed, words: str | None) -> str | None:
    if words is None:
        return None
    key = person_key(words)
    for person in house.store.persons():
        if words == person.id or key == person.key or key in {person_key(alias) for alias in person.aliases}:
            return person.id
    return words


def _people(credits_: Sequence[Credit]) -> str:
    return ", ".join(f"{credit.name} ({credit.role})" for credit in credits_)


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(str(cell).replace("[", r"\[") for cell in row))
    console().print(table)


def _tell(out: Console, episode: Episode, site: str) -> None:
    """Print an episode the way one tells of it: what it is, who is on it, how we know."""
    out.print(episode.title, style="bold", markup=False)
    number = f", number {episode.number}" if episode.number else ""
    season = f", season {episode.season}" if episode.season else ""
    out.print(f"{episode.show}{season}{number} ({episode.kind})", markup=False)
    for name, value in _claims(episode, site):
        out.print(f"{name:<11}{value}", markup=False, soft_wrap=True)
    for credit in episode.credits:
        evidence = credit.evidence
        affiliation = f", {credit.affiliation}" if credit.affiliation else ""
        honorific = f"{credit.honorific} " if credit.honorific else ""
        out.print(f"{credit.role:<11}{honorific}{credit.name}{affiliation}", markup=False, soft_wrap=True)
        out.print(
            f"           {credit.origin}, {credit.confidence:.2f}, rule {evidence.rule!r}, "
            f"{evidence.field} {evidence.start}-{evidence.end}: “{evidence.quote}”",
            style="dim",
            markup=False,
            soft_wrap=True,
        )
    for hearing in episode.hearings:
        out.print(
            f"heard in   {hearing.source}: {hearing.page or hearing.guid or hearing.key}", markup=False, soft_wrap=True
        )
    for flag in episode.flags:
        out.print(f"doubt      {flag}", markup=False)


def _claims(episode: Episode, site: str) -> Iterable[tuple[str, str]]:
    yield "id", episode.id
    yield "guid", episode.published_guid
    if episode.published:
        yield "published", f"{episode.published.isoformat()} (known to the {episode.date_precision})"
    else:
        yield "published", f"nobody says; first heard {episode.first_heard:%Y-%m-%d %H:%M} UTC"
    if episode.duration:
        tolerance = f" ± {episode.duration.tolerance} s" if episode.duration.tolerance else ""
        seconds = episode.duration.seconds
        yield "duration", f"{length(seconds)} ({seconds} s{tolerance}, {episode.duration.origin})"
    if episode.enclosure:
        yield (
            "audio",
            f"{episode.enclosure.url} ({episode.enclosure.media_type}, {episode.enclosure.length or '?'} bytes)",
        )
    if episode.page:
        yield "page", episode.page
    yield "our page", f"{site}/episodes/{episode.path}/"
