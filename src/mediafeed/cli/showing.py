"""`show`: everything known about one episode, and how it is known."""

from collections.abc import Iterable, Sequence
from json import dumps

import click

from mediafeed.cli.facts import episode_with_history, with_block
from mediafeed.cli.layout import labelled, plain, say, terminal_width
from mediafeed.cli.output import Settings, as_json, length, pass_settings, say_json
from mediafeed.model.episode import Credit, Episode
from mediafeed.model.held import StoredTelling
from mediafeed.publish.podcast_namespace import chapters_url
from mediafeed.publish.wording import audio_witnesses
from mediafeed.refresh.by_hand import why_one
from mediafeed.refresh.keying import episode_id


@click.command()
@click.argument("episode")
@click.option("--history", is_flag=True, help="Also what the sources said earlier; --json always has it.")
@as_json
@pass_settings
def show(settings: Settings, episode: str, *, history: bool, json: bool) -> None:
    """Tell everything known about one EPISODE, with the evidence.

    EPISODE is an id, a guid, the address of a page, or a path like show/slug.
    """
    with settings.opened() as house:
        identity = house.store.find_episode(episode)
        found = with_block(next(iter(house.store.episodes([identity]))), house.store.shows())
        earlier = house.store.history(identity) if history or json else ()
        told = house.store.tellings(identity)
        title = next((show.title for show in house.store.shows() if show.id == found.show), found.show)
        site = house.config.site.url
    if json:
        say_json(episode_with_history(found, earlier, site))
        return
    width = terminal_width()
    say(click.style(plain(found.title), bold=True))
    say(plain(_which(found, title)))
    for label, text in (*_claims(found, site), *_witnesses(found, told)):
        for line in labelled(label, text, width):
            say(line)
    for credit in found.credits:
        _tell_credit(credit, width)
    if history:
        for label, text in _earlier(earlier):
            for line in labelled(label, text, width):
                say(line)


def _which(episode: Episode, title: str) -> str:
    season = f", season {episode.season}" if episode.season is not None else ""
    number = f", number {episode.number}" if episode.number is not None else ""
    return f"{title}{season}{number} ({episode.kind})"


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
    yield from _of_audio(episode)
    if episode.enclosure:
        audio = episode.enclosure
        yield "audio", f"{audio.url} ({audio.media_type}, {audio.length or 'nobody says how many'} bytes)"
    if episode.page:
        yield "page", episode.page
    yield "our page", "none: its publisher blocks it" if episode.blocked else f"{site}/episodes/{episode.path}/"
    if address := chapters_url(episode, site):
        yield "chapters", address
    for place, mark in enumerate(episode.marks):
        yield f"from {episode.marks_from}" if place == 0 else "", f"{length(int(mark.start))} {mark.title}"
    for transcript in episode.transcripts:
        yield "transcript", transcript


def _of_audio(episode: Episode) -> Iterable[tuple[str, str]]:
    """Tell what the audio itself says, and what it says beside its length."""
    audio = episode.audio
    if audio is None:
        return
    for place, line in enumerate(audio_witnesses(episode)):
        yield "" if place else "measured", line
    for name, words in audio.tags:
        yield "tagged", f"{name}: {words}"


def _witnesses(episode: Episode, told: Sequence[StoredTelling]) -> Iterable[tuple[str, str]]:
    """Tell who told of it, why that is one recording, and the line of the config that takes it apart again."""
    ways = why_one(told)
    for hearing in episode.hearings:
        yield "heard in", f"{hearing.source}: {hearing.page or hearing.guid or hearing.key}"
        if way := ways.get((hearing.source, hearing.key)):
            yield "", way
    if len(told) > 1:
        yield "apart with", "[[apart]]"
        yield "", f"episodes = {dumps([episode_id(one.source, one.key) for one in told])}"
    if episode.audio_of:
        yield "audio", f"that of {episode.audio_of}: in no RSS feed until it has audio of its own"
    for flag in episode.flags:
        yield "doubt", flag


def _tell_credit(credit: Credit, width: int | None) -> None:
    evidence = credit.evidence
    honorific = f"{credit.honorific} " if credit.honorific else ""
    affiliation = f", {credit.affiliation}" if credit.affiliation else ""
    for line in labelled(credit.role, f"{honorific}{credit.name}{affiliation}", width):
        say(line)
    known = f"{credit.origin}, {credit.confidence:.2f}, rule “{evidence.rule}”, "
    quoted = f"{evidence.field} {evidence.start}-{evidence.end}: “{evidence.quote}”"
    for line in labelled("", known + quoted, width):
        say(click.style(line, dim=True))


def _earlier(tellings: Iterable[StoredTelling]) -> Iterable[tuple[str, str]]:
    nothing = True
    for told in tellings:
        nothing = False
        yield "earlier", f"{told.source}, until {told.last_heard:%Y-%m-%d %H:%M} UTC: {told.telling.title}"
    if nothing:
        yield "earlier", "no source has changed its words"
