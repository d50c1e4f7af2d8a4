"""Everything one run of publishing is made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mediafeed.model.settings import Site, View
from mediafeed.publish.catalogue import Catalogue, catalogue_of
from mediafeed.publish.library import Library
from mediafeed.publish.pictures import Pictured, pictured
from mediafeed.publish.signing import signature
from mediafeed.publish.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What is known, sorted; how it looks; `base` signs what all pages show; `image` is the cover's address."""

    catalogue: Catalogue
    library: Library
    site: Site
    views: Sequence[View]
    theme: Theme
    image: str
    base: str
    pictures: Pictured
    spoken: Mapping[str, str]  # by episode id, the hash of each transcript that its page shows


def edition_of(
    library: Library,
    site: Site,
    views: Sequence[View],
    theme: Theme,
    *,
    image: str,
    former: Mapping[str, str | None] | None = None,
) -> Edition:
    """Read the index and sort it."""
    catalogue = catalogue_of(library.index(), library.shows(), library.persons(), views, former)
    people = {person: catalogue.people[person] for person in catalogue.by_person}
    return Edition(
        catalogue=catalogue,
        library=library,
        site=site,
        views=views,
        theme=theme,
        image=image,
        base=signature(theme.key, site.title, site.url, site.language, site.description, site.pictures),
        pictures=pictured(site.pictures, library.pictures(), catalogue.shows, people),
        spoken=library.transcripts(),
    )
