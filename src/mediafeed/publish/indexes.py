"""The indexes of persons and of shows: alphabetical, and persons by how often they are heard."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from anyascii import anyascii

from mediafeed.model.published import Document
from mediafeed.publish import pages
from mediafeed.publish.catalogue import Catalogue, roles_in_words, roles_of
from mediafeed.publish.edition import Edition
from mediafeed.publish.rendering import Entry, Letter, Nearby
from mediafeed.publish.signing import signature
from mediafeed.publish.wording import counted

TOGETHER = 400  # persons up to whom one page has them all; beyond, each letter has pages of its own
PER_PAGE = 400
MOST_HEARD = 24
SHOWS_TOLD = 2  # of each of several persons of one name
OTHER = "other"  # the letter of names that begin with none


def index_documents(edition: Edition) -> Iterator[Document]:
    """Plan the indexes; what a person's line says changes with each appearance, and only that letter's page with it."""
    letters = _letters(edition)
    count = sum(len(letter.entries) for letter in letters)
    apart = count > TOGETHER
    named = [Letter(name=one.name, path=one.path, entries=() if apart else one.entries) for one in letters]
    if apart:
        for letter in letters:
            yield from _letter_documents(letter, named, edition)
    most = most_heard(edition, MOST_HEARD)
    yield Document(
        "people/index.html",
        signature(edition.base, str(count), *map(str, most), *map(str, named)),
        lambda: pages.people_page(edition.site, edition.theme, count=count, most_heard=most, letters=named),
    )
    catalogue = edition.catalogue
    shows = [
        Entry(
            path=f"shows/{show.id}/",
            name=show.title,
            about=counted(len(catalogue.by_show[show.id]), "episode", "episodes"),
            picture=edition.pictures.small_of(f"shows/{show.id}"),
        )
        for show in catalogue.shows.values()
    ]
    yield Document(
        "shows/index.html",
        signature(edition.base, *map(str, shows)),
        lambda: pages.shows_page(shows, edition.site, edition.theme),
    )


def most_heard(edition: Edition, most: int) -> Sequence[Entry]:
    """Give those who appear most, first of all."""
    by_person = edition.catalogue.by_person
    heard = sorted(by_person, key=lambda person: -len(by_person[person]))[:most]
    shared = _shared_names(edition.catalogue)
    return [_entry(person, edition.catalogue, shared) for person in heard]


def _letters(edition: Edition) -> Sequence[Letter]:
    """Sort persons, who are in order already, under the first Latin letter of their names."""
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    shared = _shared_names(edition.catalogue)
    for person in edition.catalogue.by_person:
        entry = _entry(person, edition.catalogue, shared)
        found[_initial(entry.name)].append(entry)
    return [
        Letter(name=letter, entries=tuple(found[letter]), path=f"people/letter/{letter}/")
        for letter in sorted(found, key=lambda letter: (letter == OTHER, letter))
    ]


def _initial(name: str) -> str:
    first = anyascii(name)[:1].lower()
    return first if "a" <= first <= "z" else OTHER


def _letter_documents(letter: Letter, letters: Sequence[Letter], edition: Edition) -> Iterator[Document]:
    last = (len(letter.entries) - 1) // PER_PAGE + 1
    for number in range(1, last + 1):
        entries = letter.entries[(number - 1) * PER_PAGE : number * PER_PAGE]
        yield _letter_document(replace(letter, entries=entries), letters, number, last, edition)


def _letter_document(letter: Letter, letters: Sequence[Letter], number: int, last: int, edition: Edition) -> Document:
    here = letter.path if number == 1 else f"{letter.path}{number}/"
    before = None if number == 1 else "../" if number == 2 else f"../{number - 1}/"
    after = None if number == last else f"{number + 1}/" if number == 1 else f"../{number + 1}/"
    part = replace(letter, path=here)
    nearby = Nearby(newer=before, older=after)

    def render() -> bytes:
        return pages.letter_page(part, edition.site, edition.theme, letters=letters, number=number, nearby=nearby)

    names = "".join(one.name for one in letters)
    return Document(f"{here}index.html", signature(edition.base, str(part), str(nearby), names), render)


def _shared_names(catalogue: Catalogue) -> frozenset[str]:
    """Give the names, case folded, by which several persons go: their shows tell them apart."""
    times = Counter(catalogue.people[person].name.casefold() for person in catalogue.by_person)
    return frozenset(name for name, count in times.items() if count > 1)


def _entry(person: str, catalogue: Catalogue, shared: Collection[str]) -> Entry:
    rows, name = catalogue.by_person[person], catalogue.people[person].name
    about = roles_in_words(roles_of(person, rows))
    if name.casefold() in shared:
        shows = Counter(row.show for row in rows).most_common(SHOWS_TOLD)
        about = f"{about}, on {' and '.join(catalogue.shows[show].title for show, _ in shows)}"
    return Entry(path=f"people/{person}/", name=name, about=about)
