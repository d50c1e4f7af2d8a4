"""Pictures of shows and persons on pages: our small copies, or publishers' own addresses, as the operator says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from mediafeed.errors import PublishError
from mediafeed.model.episode import Credit, Person, Show
from mediafeed.model.published import Document
from mediafeed.model.settings import Pictures
from mediafeed.publish.library import Library
from mediafeed.publish.safe_links import safe_link
from mediafeed.publish.signing import signature

LARGE: Final = "picture.webp"
SMALL: Final = "picture-small.webp"


@dataclass(frozen=True, slots=True)
class Pictured:
    """Which pictures there are. `held` are (address, hash) of copies by the folder of whom they show."""

    mode: Pictures = Pictures.NONE
    held: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def of_show(self, show: Show, root: str, own: str | None = None) -> str | None:
        """Give the address of a show's picture, or of an episode's `own`; None: none is shown.

        No copy is made of an episode's own picture: that would be one for each of thousands.
        """
        if show.locked:
            return None
        if self.mode is Pictures.LINK:
            return safe_link(own or show.image)
        return f"{root}shows/{show.id}/{LARGE}" if f"shows/{show.id}" in self.held else None

    def of_person(self, person: Person, root: str) -> str | None:
        """Give the address of a person's picture; None: none is shown."""
        if self.mode is Pictures.LINK:
            return safe_link(person.image)
        return f"{root}people/{person.id}/{LARGE}" if f"people/{person.id}" in self.held else None

    def of_credit(self, credit: Credit, person: Person | None, root: str) -> str | None:
        """Give the address of a small picture of whoever is credited; None: none is shown."""
        if self.mode is Pictures.LINK:
            return safe_link(credit.image or (person.image if person else None))
        return f"{root}people/{credit.person}/{SMALL}" if f"people/{credit.person}" in self.held else None

    def small_of(self, folder: str) -> str | None:
        """Give where the small copy of whom a folder is about stands, from the root."""
        return f"{folder}/{SMALL}" if folder in self.held else None

    def key(self, *folders: str) -> str:
        """Give what signs a page that shows these."""
        return "".join(f"{folder} " for folder in folders if folder in self.held)


def pictured(
    mode: Pictures, held: Mapping[str, str], shows: Mapping[str, Show], people: Mapping[str, Person]
) -> Pictured:
    """Say which of these shows and persons are pictured; `held` are the hashes of copies by address."""
    if mode is not Pictures.COPY:
        return Pictured(mode)
    of = [(f"shows/{show.id}", show.image) for show in shows.values() if not show.locked]
    of += [(f"people/{person.id}", person.image) for person in people.values() if not person.hidden]
    return Pictured(mode, {folder: (image, held[image]) for folder, image in of if image and image in held})


def picture_documents(pictures: Pictured, library: Library) -> Iterator[Document]:
    """Plan the copies, two of each."""
    for folder, (address, key) in pictures.held.items():
        for name in (LARGE, SMALL):
            yield Document(f"{folder}/{name}", signature(name, key), partial(_copy, library, address, name))


def _copy(library: Library, address: str, name: str) -> bytes:
    found = library.picture(address)
    if found is None:
        raise PublishError(f"{address}: no copy of it is held")
    return found.large if name == LARGE else found.small
