"""`people`: what a person decides about credits and identities. A decision is written to config.toml and holds."""

from collections.abc import Iterable, Sequence

import click

from mediafeed.assemble import Mediafeed
from mediafeed.cli.asking import Review
from mediafeed.cli.configuring import ConfigFile
from mediafeed.cli.gold import append_gold, make_sure_of
from mediafeed.cli.layout import plain
from mediafeed.cli.output import Settings, as_json, counted, pass_settings, say_json
from mediafeed.cli.pages import understood_anew
from mediafeed.cli.questions import doubts_of, question_facts
from mediafeed.errors import LockedError, UsageError
from mediafeed.model.episode import Episode, Person
from mediafeed.model.settings import Override, PersonSetting
from mediafeed.normalize.persons import person_key
from mediafeed.refresh.people import free_id, made_one, parted, setting_of
from mediafeed.store.finding import nearest, shows_meant


@click.group()
def people() -> None:
    """Decide what is doubtful about people."""


@people.command()
@click.option("--show", help="Only what this show (its id or title) tells.")
@click.option("--limit", type=click.IntRange(1), help="At most so many questions.")
@click.option("--below", type=click.FloatRange(0, 1), default=0.9, show_default=True, help="Ask of credits less sure.")
@click.option("--gold", type=click.Path(dir_okay=False), metavar="FILE", help="Append what was judged to this file.")
@as_json
@pass_settings
def review(
    settings: Settings, show: str | None, limit: int | None, below: float, gold: str | None, *, json: bool
) -> None:
    """Look at doubtful credits and identities, one by one; a person's in one role on one show are one question.

    Answers are read from the terminal or a pipe; --json lists what would be asked, and asks nothing.
    """
    with settings.opened() as house:
        questions = doubts_of(house, show, below).questions(limit)
        if json:
            say_json({"questions": [question_facts(question) for question in questions]})
            return
        if gold:
            make_sure_of(gold)
        done = Review(ConfigFile(settings.path), questions, {person.id for person in house.store.persons()})
        try:
            done.run()
        finally:  # whoever breaks it off is not asked again either
            if gold and done.judged:
                rows = append_gold(gold, done.judged, house)
                click.echo(f"{gold}: {counted(rows, 'row')} appended")
    if not done.decided:
        click.echo("nothing is doubtful" if not questions else "nothing was decided")
        return
    try:
        with settings.locked() as anew:
            came = _applied(anew)
    except LockedError as error:
        raise LockedError(
            f"{error}; what was decided stands in {settings.path} and holds from its next start"
        ) from error
    click.echo(f"{counted(done.decided, 'decision')} written to {settings.path}; {came}")


@people.command()
@click.argument("person")
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@pass_settings
def merge(settings: Settings, person: str, others: tuple[str, ...]) -> None:
    """Make OTHER one with PERSON, who keeps id, page and feed.

    A person is named by id, name or alias. The other's address lives on as a copy that points to PERSON.
    """
    with settings.locked() as house:
        file = ConfigFile(settings.path)
        kept, *gone = [meant(house, words) for words in (person, *others)]
        _make_sure(house, file.persons(), kept, gone)  # of all, before anything is written
        heard = sorted({show for who in (kept, *gone) for show in _shows(house, who)})
        for other in gone:
            _merge(house, file, kept, other, heard)
        with settings.opened() as anew:
            click.echo(_applied(anew))


def _make_sure(house: Mediafeed, persons: Sequence[PersonSetting], kept: Person, gone: Iterable[Person]) -> None:
    ours = setting_of(kept, persons)
    seen = {ours.id}
    for other in gone:
        theirs = setting_of(other, persons)
        if ours.id == theirs.id:
            raise UsageError(f"{other.name}: is {ours.name} ({ours.id}) already")
        if theirs.id in seen:
            raise UsageError(f"{other.name}: is named twice")
        if ours.hidden != theirs.hidden:
            hidden = ours if ours.hidden else theirs
            raise UsageError(
                f"{hidden.id}: is hidden and the other is not: say in {house.config.path} first what is meant"
            )
        seen.add(theirs.id)


def _merge(house: Mediafeed, file: ConfigFile, kept: Person, other: Person, heard: Iterable[str]) -> None:
    persons = file.persons()
    ours, theirs = setting_of(kept, persons), setting_of(other, persons)
    names = [other.name, *house.store.written_names(other.id)]
    file.person(made_one(ours, theirs, names, heard), [theirs.id] if theirs in persons else [])
    click.echo(f"{theirs.id}: is {plain(ours.name)} ({ours.id}) from now on")


@people.command()
@click.argument("person")
@click.argument("shows", nargs=-1, required=True, metavar="SHOW...")
@click.option("--id", "wanted", metavar="ID", help="The other's id; else a free one is made of the name.")
@pass_settings
def split(settings: Settings, person: str, shows: tuple[str, ...], wanted: str | None) -> None:
    """Make who is heard as PERSON on SHOW somebody else, of an id, page and feed of their own.

    PERSON keeps everything else. `people merge` makes them one again.
    """
    with settings.locked() as house:
        who = meant(house, person)
        others = {show for words in shows for show in _credited_shows(house, who, words)}
        if others >= _shows(house, who):
            raise UsageError(f"{who.name}: is on no other show, there is nobody to part from")
        file = ConfigFile(settings.path)
        persons = file.persons()
        taken = {one.id for one in persons} | {one.id for one in house.store.persons()}
        if wanted in taken:
            raise UsageError(f"{wanted}: is an id already")
        kept, other = parted(setting_of(who, persons), wanted or free_id(who.name, taken), sorted(others))
        file.parted(kept, other)
        with settings.opened() as anew:
            click.echo(f"{other.id}: is {plain(who.name)} of {', '.join(other.shows)} from now on; {_applied(anew)}")


def _credited_shows(house: Mediafeed, who: Person, words: str) -> set[str]:
    """Give those shows that credit a person and are meant by an id or title: not one that has an episode in common."""
    found = _shows(house, who).intersection(shows_meant(words, {show.id: show.title for show in house.store.shows()}))
    if not found:
        raise UsageError(f"{words}: does not credit {who.name}")
    return found


def _shows(house: Mediafeed, who: Person) -> set[str]:
    """Give the shows of all episodes that credit a person."""
    return {each.show for each in house.store.episodes(house.store.list_episodes(person=who.id))}


@people.command()
@click.argument("person")
@click.argument("episodes", nargs=-1, metavar="[EPISODE]...")
@click.option("--all", "everywhere", is_flag=True, help="On every episode that credits this person.")
@pass_settings
def reject(settings: Settings, person: str, episodes: tuple[str, ...], *, everywhere: bool) -> None:
    """Take PERSON's credit off EPISODE, for ever.

    EPISODE may be left out for a person who is on one episode only.
    """
    with settings.locked() as house:
        who = meant(house, person)
        credited = tuple(house.store.episodes(house.store.list_episodes(person=who.id)))
        chosen = [_credited(house, who, words, credited) for words in episodes] if episodes else list(credited)
        if len(chosen) > 1 and not episodes and not everywhere:
            raise UsageError(f"{who.name}: is on {len(chosen)} episodes: name those that are meant, or --all")
        if not chosen:
            raise UsageError(f"{who.name}: is on no episode")
        file = ConfigFile(settings.path)
        said = {
            Override(episode=episode.id, name=credit.name, role="none"): episode.title
            for episode in chosen
            for credit in episode.credits
            if credit.person == who.id
        }
        file.override(said)
        with settings.opened() as anew:
            click.echo(f"{who.id}: credit taken off {counted(len(chosen), 'episode')}; {_applied(anew)}")


def _credited(house: Mediafeed, who: Person, words: str, credited: Iterable[Episode]) -> Episode:
    identity = house.store.find_episode(words)
    for episode in credited:
        if episode.id == identity:
            return episode
    raise UsageError(f"{words}: does not credit {who.name}{nearest(words, [each.path for each in credited])}")


def meant(house: Mediafeed, words: str) -> Person:
    """Give the person of an id, a name or an alias; of several the one who is heard most.

    Raises:
        UsageError: Nobody; the nearest names are told.
    """
    known = [person for person, _ in house.store.list_people()]
    key = person_key(words)
    for person in known:
        if words == person.id:
            return person
    for person in known:
        if key in {person_key(name) for name in (person.name, *person.aliases)}:
            return person
    names = [name for person in known for name in (person.name, person.id)]
    raise UsageError(f"no person {words!r}{nearest(words, names)}")


def _applied(anew: Mediafeed) -> str:
    """Bring what is stored and published into line with the config as it is now; no request is made."""
    said = understood_anew(anew)
    anew.publish()
    return said
