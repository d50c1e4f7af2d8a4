"""The page of each episode, between its neighbours in the show and in the lives of its people."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from markupsafe import Markup

from mediafeed.errors import PublishError
from mediafeed.model.episode import Credit, Episode, Person, Show
from mediafeed.model.licences import licence_of
from mediafeed.model.parsed import Element, named
from mediafeed.model.published import Document, IndexRow
from mediafeed.model.settings import Site
from mediafeed.publish import jsonld
from mediafeed.publish.ahead import Ahead
from mediafeed.publish.chapters import render_chapters
from mediafeed.publish.company import Company, Elsewhere
from mediafeed.publish.edition import Edition
from mediafeed.publish.hiding import hidden_names
from mediafeed.publish.pages import moved_page
from mediafeed.publish.pictures import Pictured
from mediafeed.publish.podcast_namespace import CHAPTERS
from mediafeed.publish.rendering import credits_by_role, joined, rendered, shown_credits
from mediafeed.publish.safe_links import host_shown, safe_link
from mediafeed.publish.signing import signature
from mediafeed.publish.theme import Theme
from mediafeed.publish.transcripts import Spoken, spoken_of

ROOT = "../../../"
HELD_ROWS = 4096  # rendered rows that are kept because other pages may show them too


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around an episode, rendered: its neighbours in the show; where its people are heard besides.

    `notes` are its own, harmless; `pictures` are those of shows and persons, `spoken` is its transcript, where the page
    shows it.
    """

    notes: Markup = field(default_factory=Markup)
    older: Markup = field(default_factory=Markup)
    newer: Markup = field(default_factory=Markup)
    elsewhere: Sequence[tuple[Person, Markup]] = ()
    pictures: Pictured = field(default_factory=Pictured)
    spoken: Spoken | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """An episode between the one before it and the one after it."""

    row: IndexRow
    older: IndexRow | None
    newer: IndexRow | None
    elsewhere: Sequence[Elsewhere]
    shown: str  # what signs its pictures and its transcript

    def rows(self) -> Iterator[IndexRow]:
        """Give every row that its page shows."""
        yield from (one for one in (self.older, self.newer) if one)
        for somebody in self.elsewhere:
            yield from somebody.rows

    def key(self) -> str:
        """Give the signature of all that stands on the page."""
        heard = [(one.person.id, one.person.name, [row.fragment_key for row in one.rows]) for one in self.elsewhere]
        keys = (one.fragment_key if one else "" for one in (self.row, self.older, self.newer))
        return signature(*keys, repr(heard), self.shown)


@dataclass(slots=True)
class _Shelf:
    """Rows that pages show, read together for one page and kept for the next."""

    edition: Edition
    held: OrderedDict[str, bytes] = field(default_factory=OrderedDict)

    def bodies(self, rows: Sequence[IndexRow]) -> Mapping[str, bytes]:
        """Give the rendered rows by episode id."""
        wanted = [row.id for row in rows if row.id not in self.held]
        if wanted:
            self.held.update(self.edition.library.fragments(wanted, "row"))
        found = {row.id: self.held[row.id] for row in rows if self.held.get(row.id)}
        while len(self.held) > HELD_ROWS:
            self.held.popitem(last=False)
        return found


def episode_page(
    episode: Episode, show: Show, site: Site, people: Mapping[str, Person], theme: Theme, *, around: Around
) -> bytes:
    """Render an episode's page: the publisher's own page first of all, then what we know and how."""
    shown = shown_credits(episode, people)
    here = f"episodes/{episode.path}/"
    trail = (("Shows", "shows/"), (show.title, f"shows/{show.id}/"), (episode.title or "Untitled", here))
    facts = {
        "episode": episode,
        "show": show,
        "credits": credits_by_role(shown),
        "all_credits": shown,
        "portraits": {} if show.locked else _portraits(shown, people, around.pictures),
        "page": safe_link(episode.page),
        "audio": safe_link(episode.enclosure.url) if episode.enclosure else None,
        "image": around.pictures.of_show(show, ROOT, episode.image),
        "notes": around.notes,
        "chapters": [mark for mark in episode.marks if mark.listed and mark.title],
        "sources": _sources(episode),
        "transcripts": _transcripts(episode),
        "spoken": around.spoken,
        "licence": _licence(episode, show) if around.spoken else None,
        "around": around,
        "jsonld": jsonld.script(jsonld.episode_facts(episode, show, site, people), jsonld.breadcrumb(site, *trail)),
        "root": ROOT,
        "here": here,
    }
    return rendered("episode.html", site, theme, facts)


def episode_documents(edition: Edition) -> Iterator[Document]:
    """Plan a page for every episode, show by show, the oldest first."""
    # An episode that two shows published has its page under the one that leads.
    by_show = {show: [row for row in rows if row.show == show] for show, rows in edition.catalogue.by_show.items()}
    order = [row.id for rows in by_show.values() for row in reversed(rows)]
    library, company, shelf = edition.library, Company(edition.catalogue), _Shelf(edition)
    episodes = Ahead(order, lambda ids: ((episode.id, episode) for episode in library.episodes(ids)))
    notes = Ahead(order, lambda ids: library.fragments(ids, "notes"))
    for rows in by_show.values():
        ordered = (None, *reversed(rows), None)
        for older, row, newer in zip(ordered, ordered[1:], ordered[2:], strict=False):
            if row:
                if row.chaptered:
                    yield _chapters(row, edition, episodes)
                place = _Place(row, older, newer, company.elsewhere(row), _shown(row, edition))
                yield _document(place, edition, episodes, notes, shelf)


def _shown(row: IndexRow, edition: Edition) -> str:
    pictures = edition.pictures.key(f"shows/{row.show}", *(f"people/{person}" for person, _ in row.appearances))
    return f"{pictures}{edition.spoken.get(row.id, '')}"


def _spoken(episode: Episode, edition: Edition) -> Spoken | None:
    found = edition.library.transcript(episode.id) if episode.id in edition.spoken else None
    if found is None:
        return None
    return spoken_of(episode, found[1], found[0], hidden_names(edition.catalogue.people.values(), episode))


def _document(
    place: _Place, edition: Edition, episodes: Ahead[Episode], notes: Ahead[bytes], shelf: _Shelf
) -> Document:
    row = place.row

    def render() -> bytes:
        episode = episodes.get(row.id)
        if episode is None:
            raise PublishError(f"episode {row.id}: not in the store")
        catalogue = edition.catalogue
        show = catalogue.shows[row.show]
        around = replace(
            _around(place, shelf),
            notes=Markup((notes.get(row.id) or b"").decode()),  # noqa: S704 - made harmless when it was rendered
            pictures=edition.pictures,
            spoken=_spoken(episode, edition),
        )
        return episode_page(episode, show, edition.site, catalogue.people, edition.theme, around=around)

    return Document(f"episodes/{row.path}/index.html", signature(edition.base, place.key()), render)


def _around(place: _Place, shelf: _Shelf) -> Around:
    bodies = shelf.bodies(tuple(place.rows()))

    def shown(*rows: IndexRow | None) -> Markup:
        return joined((bodies[row.id] for row in rows if row and row.id in bodies), ROOT)

    elsewhere = tuple((one.person, shown(*one.rows)) for one in place.elsewhere)
    return Around(older=shown(place.older), newer=shown(place.newer), elsewhere=elsewhere)


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


def _portraits(shown: Sequence[Credit], people: Mapping[str, Person], pictures: Pictured) -> dict[str, str]:
    """Give the address of each person's picture, where one is known."""
    found = ((credit.name, pictures.of_credit(credit, people.get(credit.person), ROOT)) for credit in shown)
    return {name: picture for name, picture in found if picture}


def _licence(episode: Episode, show: Show) -> tuple[str, str | None] | None:
    """Give (name, address) of the licence under which its words are shown."""
    said = licence_of(episode.elements) or licence_of(show.pushed)
    return (said[0] or host_shown(said[1]), safe_link(said[1])) if said else None


def _transcripts(episode: Episode) -> list[tuple[str, str, str]]:
    """Give (address, media type, language) of every transcript, as far as they are said."""
    told: tuple[Element, ...] = named(episode.elements, "podcast:transcript")
    found = {one.get("url"): (one.get("type"), one.get("language")) for one in told}
    every = {url: found.get(url, ("", "")) for url in (*episode.transcripts, *found)}
    return [(link, kind, language) for url, (kind, language) in every.items() if (link := safe_link(url))]


def _sources(episode: Episode) -> list[tuple[str, str | None]]:
    """Give (source, its page if it is another than the one linked first) for every source that knows the episode."""
    first = safe_link(episode.page)
    return [
        (hearing.source, None if (link := safe_link(hearing.page)) == first else link) for hearing in episode.hearings
    ]
