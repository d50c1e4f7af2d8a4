"""What is polled: a page that changes only when something about a source does, and the same page as it is just now.

A published tree must not be written anew at every visit. So what is published says what holds between visits; when a
source was visited last, and when it will be next and why, is said where the page is made when it is asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mediafeed.model.episode import Show
from mediafeed.model.published import Document
from mediafeed.model.settings import Site
from mediafeed.model.source import Outcome, Source, SourceState
from mediafeed.publish.edition import Edition
from mediafeed.publish.rendering import rendered
from mediafeed.publish.safe_links import safe_link
from mediafeed.publish.signing import signature
from mediafeed.publish.theme import Theme
from mediafeed.publish.wording import calendar_day, counted

PER_PAGE = 200
BROKEN = 3  # failures in a row: a hiccup is told by the last visit alone, and changes nothing that is published


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """What holds until the next visit. `outcome` and `why` are words for people."""

    at: datetime | None
    outcome: str
    following: datetime | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """A source as its page tells of it. `address` is None where it may not be told or is not known.

    `trouble` says since when it brings nothing and why; `visited` is left out of what is published.
    """

    id: str
    title: str
    address: str | None
    searched: str | None
    every: str
    episodes: int
    trouble: str | None
    visited: Visited | None = None


def polled_sources(
    sources: Sequence[Source], states: Sequence[SourceState], usual: timedelta, *, just_now: bool = False
) -> tuple[Polled, ...]:
    """Give the sources that are polled, or were and brought something, by title; with `just_now` their visits too."""
    by_id = {state.id: state for state in states}
    told = (
        _polled(source, by_id[source.id], usual, just_now=just_now)
        for source in sources
        if source.id in by_id and (by_id[source.id].configured or by_id[source.id].episodes)
    )
    return tuple(sorted(told, key=lambda one: (one.title.casefold(), one.id)))


def _polled(source: Source, state: SourceState, usual: timedelta, *, just_now: bool) -> Polled:
    return Polled(
        id=source.id,
        title=source.title or source.find or source.id,
        # What asks for a login may hold a secret in its address as well.
        address=None if source.auth else safe_link(state.address or source.url),
        searched=source.find if source.find and not state.address else None,
        every=_in_words(source.every or usual),
        episodes=state.episodes,
        trouble=_trouble(state),
        visited=_visited(state) if just_now else None,
    )


def _trouble(state: SourceState) -> str | None:
    if not state.configured:
        return "No longer visited. What it brought stays."
    visit = state.last_visit
    kind = visit.kind if visit else None
    since = f" since {calendar_day(state.failing_since)}" if state.failing_since else ""
    if state.stopped:
        return f"Broken{since}: {kind or 'stopped'}. It is no longer visited; what it brought stays."
    if state.failures >= BROKEN and kind:
        return f"Broken{since}: {kind}. What it brought before stays."
    return None


def _visited(state: SourceState) -> Visited:
    visit = state.last_visit
    return Visited(
        at=visit.at if visit else None,
        outcome=_outcome(visit.outcome, visit.new, str(visit.kind or "")) if visit else "not visited yet",
        following=state.next_visit if state.configured and not state.stopped else None,
        why=state.why if state.configured else "",
    )


def _outcome(outcome: Outcome, new: int, kind: str) -> str:
    match outcome:
        case Outcome.NEW:
            return counted(new, "new episode", "new episodes")
        case Outcome.MODIFIED:
            return "something was changed"
        case Outcome.UNCHANGED | Outcome.NOT_MODIFIED:
            return "nothing new"
        case Outcome.FAILED:
            return f"failed: {kind}"


def _in_words(span: timedelta) -> str:
    """Give a span as people say it.

    >>> _in_words(timedelta(minutes=60)), _in_words(timedelta(hours=6)), _in_words(timedelta(seconds=90))
    ('every 60 minutes', 'every 6 hours', 'every 90 seconds')
    """
    seconds = round(span.total_seconds())
    for size, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size and seconds % size == 0:
            return f"every {seconds // size} {name}"
    return "every 60 minutes" if seconds == 3_600 else f"every {seconds} seconds"


def source_documents(polled: Sequence[Polled], edition: Edition) -> Iterator[Document]:
    """Plan the pages of sources."""
    for number in range(1, pages_of(polled) + 1):
        yield _document(polled, number, edition)


def pages_of(polled: Sequence[Polled]) -> int:
    """Give how many pages these sources fill: one at least."""
    return max(-(-len(polled) // PER_PAGE), 1)


def source_path(number: int) -> str:
    """Give the folder of the first page, or of one of those after it.

    >>> source_path(1), source_path(3)
    ('sources/', 'sources/page/3/')
    """
    return "sources/" if number == 1 else f"sources/page/{number}/"


def _document(polled: Sequence[Polled], number: int, edition: Edition) -> Document:
    shows = edition.catalogue.shows
    here = polled[(number - 1) * PER_PAGE : number * PER_PAGE]
    names = {one.id for one in here}
    titles = [f"{show.id} {show.title}" for show in shows.values() if show.source in names]
    broken = [one.id for one in polled if one.trouble]
    return Document(
        f"{source_path(number)}index.html",
        signature(edition.base, "sources", str(len(polled)), *broken, *map(repr, here), *titles),
        lambda: sources_page(polled, number, shows, edition.site, edition.theme, now=None),
    )


def sources_page(
    polled: Sequence[Polled],
    number: int,
    shows: Mapping[str, Show],
    site: Site,
    theme: Theme,
    *,
    now: datetime | None,
) -> bytes:
    """Render a page of sources; `now` is when it was asked for, None for what is published."""
    by_source: dict[str, list[Show]] = {}
    for show in shows.values():
        by_source.setdefault(show.source, []).append(show)
    here = source_path(number)
    root = "../" * here.count("/")
    facts = {
        "count": len(polled),
        "broken": [one for one in polled if one.trouble],
        "polled": polled[(number - 1) * PER_PAGE : number * PER_PAGE],
        "number": number,
        "newer": f"{root}{source_path(number - 1)}" if number > 1 else None,
        "older": f"{root}{source_path(number + 1)}" if number < pages_of(polled) else None,
        "shows": by_source,
        "now": now,
        "root": root,
        "here": here,
    }
    return rendered("sources.html", site, theme, facts)
