"""The pages of shows, persons and views, the index of persons, the first page."""

from collections import Counter
from collections.abc import Iterator, Sequence

from mediafeed.model.episode import Person, Role, Show
from mediafeed.model.published import Document
from mediafeed.model.settings import View
from mediafeed.publish import pages
from mediafeed.publish.catalogue import Rows, appearances_in_words, roles_in_words, roles_of
from mediafeed.publish.edition import Edition
from mediafeed.publish.listings import Listing, listing_documents
from mediafeed.publish.pages import Entry, Nearby, Section
from mediafeed.publish.signing import signature
from mediafeed.publish.wording import counted

HOME_PEOPLE = 12


def list_documents(edition: Edition) -> Iterator[Document]:
    """Plan the pages of persons, shows and views and the index of persons."""
    for listing in (*_of_persons(edition), *_of_shows(edition), *_of_views(edition)):
        yield from listing_documents(listing, edition)
    everybody = [_entry(person, roles) for person, roles in _people(edition)]
    yield Document(
        "people/index.html",
        signature(edition.base, *map(str, everybody)),
        lambda: pages.people_page(everybody, edition.site, edition.theme),
    )


def home_document(edition: Edition) -> Iterator[Document]:
    """Plan the first page, which refers to everything else."""
    catalogue = edition.catalogue
    most_heard = sorted(_people(edition), key=lambda one: -one[1].total())[:HOME_PEOPLE]
    people = [_entry(person, roles) for person, roles in most_heard]
    shows = [
        Entry(path=f"shows/{show.id}/", name=show.title, about=_episodes(len(catalogue.by_show[show.id])))
        for show in catalogue.shows.values()
    ]
    views = [
        Entry(path=f"views/{view.id}/", name=view.title, about=_episodes(len(catalogue.by_view[view.id])))
        for view in edition.views
    ]

    def render(sections: Sequence[Section], nearby: Nearby) -> bytes:
        return pages.home_page(
            edition.site, edition.theme, shows=shows, people=people, views=views, sections=sections, nearby=nearby
        )

    listing = Listing(
        folder="",
        title=edition.site.title,
        rows=catalogue.rows,
        key=signature(*map(str, (*shows, *people, *views))),
        render=render,
        heading="Latest episodes",
    )
    yield from listing_documents(listing, edition)


def _of_persons(edition: Edition) -> Iterator[Listing]:
    for person, rows in edition.catalogue.by_person.items():
        yield _of_person(f"people/{person}/", edition.catalogue.people[person], rows, edition)
    for former in edition.catalogue.former:
        # The page of whoever they are now, at the address that was given out once; its canonical link is the new one.
        yield _of_person(f"people/{former.person.id}/", former.now or former.person, former.rows, edition)


def _of_person(folder: str, person: Person, rows: Rows, edition: Edition) -> Listing:
    about = appearances_in_words(person.id, rows) if rows else "No appearance that we know of at present"
    return Listing(
        folder=folder,
        title=person.name,
        rows=rows,
        key=signature(repr(person), about),
        render=lambda sections, nearby: pages.person_page(
            person, edition.site, edition.theme, about=about, sections=sections, nearby=nearby
        ),
        person=person.id,
    )


def _of_shows(edition: Edition) -> Iterator[Listing]:
    for show, rows in edition.catalogue.by_show.items():
        yield _of_show(edition.catalogue.shows[show], rows, edition)


def _of_show(show: Show, rows: Rows, edition: Edition) -> Listing:
    return Listing(
        folder=f"shows/{show.id}/",
        title=show.title,
        rows=rows,
        key=signature(repr(show), str(len(rows))),
        render=lambda sections, nearby: pages.show_page(
            show, edition.site, edition.theme, count=len(rows), sections=sections, nearby=nearby
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


def _people(edition: Edition) -> Iterator[tuple[Person, Counter[Role]]]:
    for person, rows in edition.catalogue.by_person.items():
        yield edition.catalogue.people[person], roles_of(person, rows)


def _entry(person: Person, roles: Counter[Role]) -> Entry:
    return Entry(path=f"people/{person.id}/", name=person.name, about=roles_in_words(roles))


def _episodes(number: int) -> str:
    return counted(number, "episode", "episodes")
