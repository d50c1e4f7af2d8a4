"""What a publisher's licence is, and whether it lets everybody publish anew."""

import re
from collections.abc import Iterable
from typing import Final

from mediafeed.model.parsed import Element, named

_LICENCES: Final = ("podcast:license", "creativeCommons:license", "cc:license")
# SPDX's names and what people write: "cc-by-4.0", "CC BY-NC 4.0", "CC0-1.0", "Public Domain".
_FREE_NAME: Final = re.compile(
    r"(?:cc0|cc[ -](?:by|zero|pdd?[mc])|creative commons|public[ -]domain|pddl|pdm)\b", re.IGNORECASE
)
_FREE_ADDRESS: Final = re.compile(r"https?://(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)/", re.IGNORECASE)


def licence_of(elements: Iterable[Element]) -> tuple[str, str] | None:
    """Give what a licence is called and where it stands, as far as either is said; None where there is none.

    >>> licence_of([Element("podcast:license", "cc-by-4.0", (("url", "https://creativecommons.org/licenses/by/4.0/"),))])
    ('cc-by-4.0', 'https://creativecommons.org/licenses/by/4.0/')
    """
    elements = tuple(elements)
    for name in _LICENCES:
        for element in named(elements, name):
            words = " ".join(element.text.split())
            address = (element.get("url") or element.get("rdf:resource") or words).strip()
            if words or address:
                return words[:128], address if address.startswith(("http://", "https://")) else ""
    return None


def is_free(elements: Iterable[Element]) -> bool | None:
    """Say whether what is told of lets everybody publish it anew; None where no licence is told.

    >>> [is_free([Element("podcast:license", name)]) for name in ("CC-BY-NC-SA-4.0", "all-rights-reserved")]
    [True, False]
    """
    licence = licence_of(elements)
    if licence is None:
        return None
    name, address = licence
    return bool(_FREE_NAME.match(name) or _FREE_ADDRESS.match(address))
