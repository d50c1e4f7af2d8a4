"""The pages of shows, persons and views, the list of all episodes, the first page."""

from collections.abc import Iterator, Sequence

from mediafeed.model.episode import Person, Show
from mediafeed.model.published import Document
from mediafeed.model.settings import View
from mediafeed.publish import pages
from mediafeed.publish.catalogue import Rows, appearances_in_words
from mediafeed.publish.company import belongings, spoken_with
from mediafeed.publish.edition import Edition
from mediafeed.publish.indexes import index_documents, most_heard
from mediafeed.publish.listings import Listing, listing_documents
from mediafeed.publish.rendering import Entry, Nearby, Section, joined
from mediafeed.publish.signing import signature
from mediafeed.publish.timeline import appearances_timeline, episodes_timeline
from mediafeed.publish.wording import counted

HOME_EPISODES = 20
HOME_SHOWS = 12
HOME_PEOPLE = 12


def list_documents(edition: Edition) -> Iterator[Document]:
    """Plan the pages of persons, shows and views and the indexes of persons and shows."""
    for listing in (*_of_persons(edition), *_of_shows(edition), *_of_views(edition), _of_all(edition)):
        yield from listing_documents(listing, edition)
    yield from index_documents(edition)


def home_document(edition: Edition) -> Document:
    """Plan the first page, which refers to everything else: the newest episodes, the shows that are heard now."""
    catalogue = edition.catalogue
    rows = catalogue.rows[:HOME_EPISODES]
    people = most_heard(edition, HOME_PEOPLE)
    current = sorted(catalogue.by_show, key=lambda show: catalogue.by_show[show][0].dated, reverse=True)[:HOME_SHOWS]
    shows = [
        Entry(path=f"shows/{show}/", name=catalogue.shows[show].title, about=_episodes(len(catalogue.by_show[show])))
        for show in catalogue.shows
        if show in current
    ]
    views = [
        Entry(path=f"views/{view.id}/", name=view.title, about=_episodes(len(catalogue.by_view[view.id])))
        for view in edition.views
    ]
    count = len(catalogue.rows)

    def render() -> bytes:
        bodies = (body for _, body in edition.library.fragments([row.id for row in rows], "row") if body)
        return pages.home_page(
            edition.site,
            edition.theme,
            count=count,
            newest=joined(bodies, "./"),
            shows=shows,
            people=people,
            views=views,
        )

    listed = map(str, (*shows, *people, *views))
    key = signature(edition.base, "home", str(count), *listed, *(row.fragment_key for row in rows))
    return Document("index.html", key, render)


def _of_all(edition: Edition) -> Listing:
    rows = edition.catalogue.rows
    return Listing(
        folder="latest/",
        title=edition.site.title,
        rows=rows,
        key=str(len(rows)),
        render=lambda sections, nearby: pages.latest_page(
            edition.site, edition.theme, count=len(rows), sections=sections, nearby=nearby
        ),
    )


def _of_persons(edition: Edition) -> Iterator[Listing]:
    for person, rows in edition.catalogue.by_person.items():
        yield _of_person(f"people/{person}/", edition.catalogue.people[person], rows, edition)
    for former in edition.catalogue.former:
        # The page of whoever they are now, at the address that was given out once; its canonical link is the new one.
        yield _of_person(f"people/{former.person.id}/", former.now or former.person, former.rows, edition)


def _of_person(folder: str, person: Person, rows: Rows, edition: Edition) -> Listing:
    about = appearances_in_words(person.id, rows) if rows else "No appearance that we know of at present"
    companions = spoken_with(person.id, rows, edition.catalogue.people)

    def render(sections: Sequence[Section], nearby: Nearby) -> bytes:
        return pages.person_page(
            person,
            edition.site,
            edition.theme,
            about=about,
            sections=sections,
            nearby=nearby,
            belongs=belongings(edition.library.affiliations(person.id)),
            companions=companions,
            drawn=appearances_timeline(person.id, rows),
            pictures=edition.pictures,
        )

    named = companions[: pages.COMPANIONS]
    said = repr([(other.id, other.name, count) for other, count in named])
    # Where somebody belonged is said by episodes, old ones too: an earlier page may change what this one tells.
    shown = edition.pictures.key(f"people/{person.id}")
    key = signature(repr(person), about, said, str(len(companions)), shown, *(row.fingerprint for row in rows))
    return Listing(folder=folder, title=person.name, rows=rows, key=key, render=render, person=person.id)


def _of_shows(edition: Edition) -> Iterator[Listing]:
    for show, rows in edition.catalogue.by_show.items():
        yield _of_show(edition.catalogue.shows[show], rows, edition)


def _of_show(show: Show, rows: Rows, edition: Edition) -> Listing:
    drawn = episodes_timeline(rows)
    return Listing(
        folder=f"shows/{show.id}/",
        title=show.title,
        rows=rows,
        key=signature(repr(show), str(len(rows)), repr(drawn), edition.pictures.key(f"shows/{show.id}")),
        render=lambda sections, nearby: pages.show_page(
            show,
            edition.site,
            edition.theme,
            count=len(rows),
            sections=sections,
            nearby=nearby,
            drawn=drawn,
            pictures=edition.pictures,
        ),
    )


def _of_views(edition: Edition) -> Iterator[Listing]:
    for view in edition.views:
        yield _of_view(view, edition.catalogue.by_view[view.id], edition)


def _of_view(view: View, rows: Rows, edition: Edition) -> Listing:
    return Listing(
        folder=f"views/{view.id}/",
        title=view.title,
        rows=rows,
        key=signature(repr(view), str(len(rows))),
        render=lambda sections, nearby: pages.view_page(
            view, edition.site, edition.theme, count=len(rows), sections=sections, nearby=nearby
        ),
    )


def _episodes(number: int) -> str:
    return counted(number, "episode", "episodes")
