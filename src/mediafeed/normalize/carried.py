"""The elements that go on word for word, beside what has a field in Episode."""

from dataclasses import replace
from typing import Final

from mediafeed.model.parsed import Element
from mediafeed.normalize.wording import Wording

# What a field says whole; everything else is carried, names nobody has heard of included.
_IN_FIELDS: Final = frozenset({"title", "link", "guid", "pubDate"})
_ENCLOSURES_OWN: Final = frozenset({"url", "length", "type"})
_MOST: Final = {"podcast:person": 100, "psc:chapters": 1, "category": 100}
_MOST_OF_ONE_NAME: Final = 200
_MOST_CHAPTERS: Final = 1000


def carried(
    elements: tuple[Element, ...], enclosure: Element | None, text: Wording, *, url: str = "", dated: bool = True
) -> tuple[Element, ...]:
    """Give the elements to carry; a date only where it could not be understood.

    `enclosure` is the element the enclosure stood in, `url` the address taken from it: a field says it; other files of
    the item are carried. Notes that are `text.notes`, and a description that is `text.summary` to the letter, are not
    carried a second time; where an item has several of them all are, or nobody knew which of them a field says.
    """
    names = [element.name for element in elements]
    said = {"content:encoded": text.notes, "description": text.summary}
    said = {name: words for name, words in said.items() if names.count(name) == 1}
    kept: list[Element] = []
    counts: dict[str, int] = {}
    for element in elements:
        name = element.name
        in_field = name in _IN_FIELDS and (dated or name != "pubDate")
        if in_field or name.startswith("page:"):
            continue
        if element is enclosure and name == "enclosure":
            # Publishers put more on it than RSS has words for: bitlove:guid, a duration, a checksum.
            others = tuple(pair for pair in element.attributes if pair[0] not in _ENCLOSURES_OWN)
            if others:
                kept.append(replace(element, attributes=(("url", url), *others)))
            continue
        if name in said and element.text.strip() == said[name]:
            continue
        count = counts[name] = counts.get(name, 0) + 1
        if count <= _MOST.get(name, _MOST_OF_ONE_NAME):
            kept.append(_with_fewer_chapters(element) if name == "psc:chapters" else element)
    return tuple(kept)


def _with_fewer_chapters(element: Element) -> Element:
    if len(element.children) <= _MOST_CHAPTERS:
        return element
    return replace(element, children=element.children[:_MOST_CHAPTERS])
