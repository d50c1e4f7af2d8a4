"""When somebody was heard, or a show published, as a small picture: inline SVG, and the same in words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from mediafeed.model.episode import Role
from mediafeed.publish.catalogue import Rows
from mediafeed.publish.wording import MONTHS, counted

# So many calendar years are drawn month by month, so many quarter by quarter; longer times year by year.
BY_MONTH, BY_QUARTER = 5, 12
STEP, BAR, HEIGHT = 10, 8, 40  # units of the picture
FEWEST = 2  # a single one needs no picture

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A picture of columns: for each its name, how many as guest or at all, and how many as host.

    It reaches from January of the first year to December of the last.
    """

    noun: tuple[str, str]
    columns: tuple[tuple[str, int, int], ...]
    first: int
    last: int
    with_roles: bool

    @property
    def picture(self) -> Markup:
        """Give the SVG; whoever cannot see it hears its title and description."""
        return Markup(  # noqa: S704 - made of numbers and our own words
            f'<svg class="timeline" role="img" aria-labelledby="when-title when-desc" preserveAspectRatio="none" '
            f'viewBox="0 0 {len(self.columns) * STEP} {HEIGHT + 1}">'
            f'<title id="when-title">{self.title}</title><desc id="when-desc">{self.words}</desc>'
            f"{''.join(self._bars())}</svg>"
        )

    @property
    def title(self) -> str:
        """Say what the picture shows."""
        nouns = self.noun[1].capitalize()
        return f"{nouns} in {self.first}" if self.first == self.last else f"{nouns} from {self.first} to {self.last}"

    @property
    def both_roles(self) -> bool:
        """Say whether there are guest's columns and host's to be told apart."""
        return any(guest for _, guest, _ in self.columns) and any(host for _, _, host in self.columns)

    @property
    def words(self) -> str:
        """Say the same as the picture: each column in which there is something."""
        return "; ".join(f"{name}: {self.count_in_words(guest, host)}" for name, guest, host in self.told)

    @property
    def told(self) -> tuple[tuple[str, int, int], ...]:
        """Give the columns in which there is something."""
        return tuple(column for column in self.columns if column[1] + column[2])

    def count_in_words(self, guest: int, host: int) -> str:
        """Say how many a column stands for."""
        if not self.with_roles:
            return counted(guest + host, *self.noun)
        parts = ((guest, "as guest"), (host, "as host"))
        return ", ".join(f"{number:,} {role}" for number, role in parts if number)

    def _bars(self) -> Iterator[str]:
        most = max(guest + host for _, guest, host in self.columns)
        for place, (_, guest, host) in enumerate(self.columns):
            left = place * STEP + (STEP - BAR) // 2
            top = float(HEIGHT)
            for number, kind in ((host, "host"), (guest, "guest")):
                if number:
                    tall = max(round(HEIGHT * number / most, 1), 1.5)
                    top = round(top - tall, 1)
                    yield f'<rect class="{kind}" x="{left}" y="{top:g}" width="{BAR}" height="{tall:g}"/>'
        yield f'<rect class="ground" x="0" y="{HEIGHT}" width="{len(self.columns) * STEP}" height="1"/>'


def appearances_timeline(person: str, rows: Rows) -> Timeline | None:
    """Draw when a person was heard, as guest and as host; None where that would be no picture."""
    told = [(_month(row.day), _is_host(person, row.appearances)) for row in rows]
    return _timeline(told, ("appearance", "appearances"), with_roles=True)


def episodes_timeline(rows: Rows) -> Timeline | None:
    """Draw when a show published its episodes."""
    return _timeline([(_month(row.day), False) for row in rows], ("episode", "episodes"), with_roles=False)


def _is_host(person: str, appearances: Sequence[tuple[str, str]]) -> bool:
    roles = {role for who, role in appearances if who == person}
    return Role.HOST in roles and Role.GUEST not in roles


def _timeline(told: Sequence[tuple[Month, bool]], noun: tuple[str, str], *, with_roles: bool) -> Timeline | None:
    if len(told) < FEWEST:
        return None
    years = sorted({year for (year, _), _ in told})
    size = _months_of_a_column(years[-1] - years[0] + 1)
    if len({(year, (month - 1) // size) for (year, month), _ in told}) < FEWEST:
        return None
    counts = Counter(((year, (month - 1) // size), host) for (year, month), host in told)
    columns = [(year, part) for year in range(years[0], years[-1] + 1) for part in range(12 // size)]
    named = tuple((_name(*column, size), counts[column, False], counts[column, True]) for column in columns)
    return Timeline(noun, named, years[0], years[-1], with_roles)


def _months_of_a_column(years: int) -> int:
    if years <= BY_MONTH:
        return 1
    return 3 if years <= BY_QUARTER else 12


def _month(day: str) -> Month:
    year, month, _ = day.split("-")
    return int(year), int(month)


def _name(year: int, part: int, size: int) -> str:
    """Name a column.

    >>> _name(2022, 8, 1), _name(2022, 2, 3), _name(2022, 0, 12)
    ('September 2022', 'July to September 2022', '2022')
    """
    if size == 12:
        return str(year)
    first, last = MONTHS[part * size], MONTHS[part * size + size - 1]
    return f"{first} {year}" if first == last else f"{first} to {last} {year}"
