"""An item's elements by name, so that asking for one costs no walk through all."""

from collections.abc import Iterator

from mediafeed.model.parsed import Element


class Said:
    """What an item says, by name.

    >>> Said((Element("title", " Kyoto "), Element("category", "News"))).words("itunes:title", "title")
    'Kyoto'
    """

    __slots__ = ("_by_name", "elements")

    def __init__(self, elements: tuple[Element, ...]) -> None:
        """Sort elements by their names, each name's in document order."""
        self.elements = elements
        self._by_name: dict[str, list[Element]] = {}
        for element in elements:
            self._by_name.setdefault(element.name, []).append(element)

    def words(self, *names: str) -> str:
        """Give the trimmed text of the first element of the first name that has any, or ""."""
        return next(self.texts(*names), "")

    def texts(self, *names: str) -> Iterator[str]:
        """Walk the trimmed texts of those names that have any."""
        for name in names:
            for element in self._by_name.get(name, ()):
                text = element.text.strip()
                if text:
                    yield text

    def all(self, name: str) -> list[Element]:
        """Give every element of that name."""
        return self._by_name.get(name, [])

    def grouped(self, name: str) -> list[Element]:
        """Give every element of that name, then those in a media:group."""
        groups = self._by_name.get("media:group", ())
        return [*self.all(name), *(element for group in groups for element in group.all(name))]

    def has(self, name: str) -> bool:
        """Say whether there is an element of that name."""
        return name in self._by_name
