"""Make the frozen values of `model` from the tables that were read."""

from datetime import timedelta

from mediafeed.config.tables import (
    AudioTable,
    FetchTable,
    MatchTable,
    NotifyTable,
    OverrideTable,
    PersonTable,
    PollTable,
    ServeTable,
    SiteTable,
    SourceTable,
    ViewTable,
)
from mediafeed.model.settings import (
    FetchSettings,
    Match,
    Measure,
    NotifySettings,
    Override,
    PersonSetting,
    Pictures,
    Poll,
    ServeSettings,
    Site,
    Transcripts,
    View,
)
from mediafeed.model.source import Source, SourceKind

USUAL = timedelta(minutes=60)


def site_from(table: SiteTable) -> Site:
    """Give the site, its paths still as written."""
    lists = {"categories": tuple(table.categories), "hubs": tuple(dict.fromkeys(table.hubs))}
    shown = {"pictures": Pictures(table.pictures), "transcripts": Transcripts(table.transcripts)}
    return Site(**{**table.model_dump(), **lists, **shown})


def poll_from(table: PollTable) -> Poll:
    """Give the pace: without a word about it every hour, or the minimum where that is longer."""
    every = table.every or max(USUAL, table.minimum)
    return Poll(**{**table.model_dump(), "every": every, "trusted": tuple(table.trusted)})


def fetch_from(table: FetchTable) -> FetchSettings:
    """Give how to ask."""
    return FetchSettings(**{**table.model_dump(), "allow": tuple(table.allow), "ports": tuple(table.ports)})


def serve_from(table: ServeTable) -> ServeSettings:
    """Give where to listen."""
    return ServeSettings(host=table.host, port=table.port, token=table.token, websub=table.websub)


def measure_from(table: AudioTable) -> Measure:
    """Give which durations are measured."""
    return Measure(table.measure)


def notify_from(table: NotifyTable) -> NotifySettings:
    """Give whom to tell."""
    return NotifySettings(webhook=table.webhook, command=tuple(table.command or ()), after=table.after)


def source_from(table: SourceTable) -> Source:
    """Give a source."""
    lists = {key: tuple(getattr(table, key)) for key in ("hosts", "host_pool", "shows", "tags")}
    return Source(**{**table.model_dump(), **lists, "kind": SourceKind(table.kind)})


def _match_from(table: MatchTable) -> Match:
    inner = _match_from(table.none_of) if table.none_of else None
    return Match(**{**table.model_dump(), "none_of": inner})


def view_from(table: ViewTable) -> View:
    """Give a view; without a title it is called by its id."""
    return View(
        id=table.id, title=table.title or table.id, match=_match_from(table.match), description=table.description
    )


def person_from(table: PersonTable) -> PersonSetting:
    """Give what the operator knows about a person."""
    given = {**table.model_dump(), "aliases": tuple(table.aliases), "shows": tuple(table.shows or ())}
    return PersonSetting(**given)


def overrides_from(table: OverrideTable) -> tuple[Override, ...]:
    """Give the operator's last word on a credit, for each episode that it means."""
    episodes = table.episodes or ([table.episode] if table.episode is not None else [])
    return tuple(Override(episode=episode, name=table.name, role=table.role) for episode in dict.fromkeys(episodes))
