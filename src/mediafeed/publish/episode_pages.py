"""The page of each episode, between its neighbours in the show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup

from mediafeed.errors import PublishError
from mediafeed.model.episode import Episode
from mediafeed.model.published import Document, IndexRow
from mediafeed.publish.ahead import Ahead
from mediafeed.publish.chapters import render_chapters
from mediafeed.publish.edition import Edition
from mediafeed.publish.pages import episode_page, joined, moved_page
from mediafeed.publish.podcast_namespace import CHAPTERS
from mediafeed.publish.signing import signature

ROOT = "../../../"


@dataclass(frozen=True, slots=True)
class _Place:
    """An episode between the one before it and the one after it."""

    row: IndexRow
    older: IndexRow | None
    newer: IndexRow | None


def episode_documents(edition: Edition) -> Iterator[Document]:
    """Plan a page for every episode, show by show, the oldest first."""
    # An episode that two shows published has its page under the one that leads.
    by_show = {show: [row for row in rows if row.show == show] for show, rows in edition.catalogue.by_show.items()}
    order = [row.id for rows in by_show.values() for row in reversed(rows)]
    library = edition.library
    episodes = Ahead(order, lambda ids: ((episode.id, episode) for episode in library.episodes(ids)))
    neighbours = Ahead(order, lambda ids: library.fragments(ids, "row"))
    for rows in by_show.values():
        ordered = (None, *reversed(rows), None)
        for older, row, newer in zip(ordered, ordered[1:], ordered[2:], strict=False):
            if row:
                if row.chaptered:
                    yield _chapters(row, edition, episodes)
                yield _document(_Place(row, older, newer), edition, episodes, neighbours)


def _document(place: _Place, edition: Edition, episodes: Ahead[Episode], neighbours: Ahead[bytes]) -> Document:
    row = place.row

    def render() -> bytes:
        episode = episodes.get(row.id)
        if episode is None:
            raise PublishError(f"episode {row.id}: not in the store")
        return episode_page(
            episode,
            edition.catalogue.shows[row.show],
            edition.site,
            edition.catalogue.people,
            edition.theme,
            older=_row(place.older, neighbours),
            newer=_row(place.newer, neighbours),
        )

    keys = [one.fragment_key if one else "" for one in (row, place.older, place.newer)]
    return Document(f"episodes/{row.path}/index.html", signature(edition.base, *keys), render)


def _chapters(row: IndexRow, edition: Edition, episodes: Ahead[Episode]) -> Document:
    """Plan an episode's chapters, for podcast apps."""

    def render() -> bytes:
        episode = episodes.get(row.id)
        if episode is None:
            raise PublishError(f"episode {row.id}: not in the store")
        # A locked show's pictures are shown nowhere of ours.
        locked = edition.catalogue.shows[row.show].locked
        return render_chapters([replace(mark, image=None) if locked else mark for mark in episode.marks])

    return Document(f"episodes/{row.path}/{CHAPTERS}", signature("chapters", row.fragment_key), render)


def moved_documents(edition: Edition, moved: Sequence[tuple[str, str]]) -> Iterator[Document]:
    """Plan a page that leads on for every episode that is part of another now: addresses given once stay good."""
    there = {row.path for row in edition.catalogue.rows}
    for old, now in moved:
        if now in there:
            render = partial(moved_page, now, edition.site, edition.theme)
            yield Document(f"episodes/{old}/index.html", signature(edition.base, "moved", now), render)


def _row(one: IndexRow | None, neighbours: Ahead[bytes]) -> Markup:
    body = neighbours.get(one.id) if one else None
    return joined([body], ROOT) if body else Markup()
