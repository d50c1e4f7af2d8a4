"""Pages with lists of episodes: the newest on the page itself, older ones on numbered pages that stay."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from mediafeed.model.episode import Role
from mediafeed.model.published import Document
from mediafeed.publish.catalogue import Rows
from mediafeed.publish.edition import Edition
from mediafeed.publish.pages import older_page
from mediafeed.publish.rendering import Nearby, Section, joined
from mediafeed.publish.rows import without_person
from mediafeed.publish.signing import signature
from mediafeed.publish.wording import role_name

PER_PAGE = 50

Render = Callable[[Sequence[Section], Nearby], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page with a list: `folder` from the root ("latest/" or "shows/x/"), title, episodes newest first.

    `person` is set on a person's page: its episodes are put under roles. `key` is the signature of everything else
    that `render` puts on the page.
    """

    folder: str
    title: str
    rows: Rows
    key: str
    render: Render
    heading: str = "Episodes"
    person: str | None = None


def listing_documents(listing: Listing, edition: Edition) -> Iterator[Document]:
    """Plan the numbered pages, then the page itself.

    Numbered from the oldest: a new episode changes none of them. The page itself has between one and two pages full.
    """
    settled = max(len(listing.rows) // PER_PAGE - 1, 0)
    for number in range(1, settled + 1):
        yield _numbered(listing, number, settled, edition)
    rows = listing.rows[: len(listing.rows) - settled * PER_PAGE]
    nearby = Nearby(older=f"page/{settled}/" if settled else None)
    root = "../" * listing.folder.count("/")

    def render() -> bytes:
        bodies = dict(edition.library.fragments([row.id for row in rows], "row"))
        sections = [
            Section(heading=heading, years=_by_year(group, bodies, root, listing.person))
            for heading, group in _groups(listing, rows)
        ]
        return listing.render(sections, nearby)

    key = signature(edition.base, listing.key, listing.title, str(nearby), *(row.fragment_key for row in rows))
    yield Document(f"{listing.folder}index.html", key, render)


def _numbered(listing: Listing, number: int, settled: int, edition: Edition) -> Document:
    end = len(listing.rows) - (number - 1) * PER_PAGE
    rows = listing.rows[end - PER_PAGE : end]
    here = f"{listing.folder}page/{number}/"
    nearby = Nearby(
        newer=f"../{number + 1}/" if number < settled else "../../", older=f"../{number - 1}/" if number > 1 else None
    )

    def render() -> bytes:
        bodies = dict(edition.library.fragments([row.id for row in rows], "row"))
        return older_page(
            listing.title,
            edition.site,
            edition.theme,
            here=here,
            back=listing.folder,
            number=number,
            years=_by_year(rows, bodies, "../" * here.count("/"), listing.person),
            nearby=nearby,
        )

    key = signature(edition.base, listing.title, str(nearby), *(row.fragment_key for row in rows))
    return Document(f"{here}index.html", key, render)


def _by_year(rows: Rows, bodies: Mapping[str, bytes], root: str, person: str | None) -> list[tuple[str, Markup]]:
    years = []
    for year, group in groupby((row for row in rows if bodies.get(row.id)), key=lambda row: row.day[:4]):
        made = [bodies[row.id] for row in group]
        years.append((year, joined(without_person(made, person) if person else made, root)))
    return years


def _groups(listing: Listing, rows: Rows) -> list[tuple[str, Rows]]:
    if listing.person is None:
        return [(listing.heading, rows)] if rows else []
    groups: list[tuple[str, Rows]] = []
    for role in (Role.GUEST, Role.GUEST_HOST, Role.HOST):
        theirs = [row for row in rows if (listing.person, role.value) in row.appearances]
        if theirs:
            groups.append((f"As {role_name(role).lower()}", theirs))
    return groups
