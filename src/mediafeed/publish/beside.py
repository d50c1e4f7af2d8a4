"""One recording in several sources: what the others say, beside what its own show says."""

from collections.abc import Iterable, Iterator, Sequence

from mediafeed.model.episode import Episode
from mediafeed.model.parsed import Element
from mediafeed.publish.buckets import ONCE, is_carried, stands_beside


def told_beside(episode: Episode, said: Iterable[Element]) -> Iterator[Element]:
    """Give what other sources say of the recording, where its own item and channel (`said`) do not say it.

    Of what an item may have many of, whatever is not yet told.
    """
    told = list(said)
    for elements in episode.beside:
        names = {element.name for element in told}
        added: list[Element] = []
        for element in elements:
            many = stands_beside(element.name)
            once = element.name in ONCE and any(other.name == element.name for other in added)
            if once or (element.name in names and not many) or not is_carried(element):
                continue
            if element.name != "podcast:person" and not (many and _is_told(element, told)):
                added.append(element)
        yield from added
        told += added


def _is_told(element: Element, others: Sequence[Element]) -> bool:
    return any(other.name == element.name and _fact_of(other) == _fact_of(element) for other in others)


def _fact_of(element: Element) -> tuple[object, ...]:
    """Give what tells a fact from others of its name: where it points, else what it says."""
    address = element.get("url") or element.get("uri") or element.get("href")
    if address:
        return (address,)
    return (" ".join(element.text.casefold().split()), element.attributes, element.children)
