"""When somebody was heard, or a show published, as a small picture: inline SVG, and the same in words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from mediafeed.model.episode import Role
from mediafeed.publish.catalogue import Rows
from mediafeed.publish.wording import MONTHS, counted

MONTHS_SHOWN = 36  # a longer time is drawn year by year
STEP, BAR, HEIGHT = 10, 8, 40  # units of the picture
FEWEST = 2  # a single one needs no picture

Column = tuple[int, int]  # year and month; month 0 is the whole year


@dataclass(frozen=True, slots=True)
class Timeline:
    """A picture of columns: for each its name, how many as guest or at all, and how many as host."""

    noun: tuple[str, str]
    columns: tuple[tuple[str, int, int], ...]
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
        first, last = self.columns[0][0], self.columns[-1][0]
        return f"{self.noun[1].capitalize()} from {first} to {last}" if first != last else f"{self.noun[1]} in {first}"

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


def _timeline(told: Sequence[tuple[Column, bool]], noun: tuple[str, str], *, with_roles: bool) -> Timeline | None:
    if len(told) < FEWEST:
        return None
    months = [month for month, _ in told]
    columns = list(_columns(min(months), max(months)))
    if len(columns) < FEWEST:
        return None
    by_month = columns[0][1] > 0
    counts = Counter(((year, month if by_month else 0), host) for (year, month), host in told)
    named = tuple((_name(column), counts[column, False], counts[column, True]) for column in columns)
    return Timeline(noun, named, with_roles)


def _month(day: str) -> Column:
    year, month, _ = day.split("-")
    return int(year), int(month)


def _columns(first: Column, last: Column) -> Iterator[Column]:
    """Give every month, or where these are too many every year, from the first to the last."""
    start, end = (year * 12 + month - 1 for year, month in (first, last))
    if end - start < MONTHS_SHOWN:
        yield from ((month // 12, month % 12 + 1) for month in range(start, end + 1))
    else:
        yield from ((year, 0) for year in range(first[0], last[0] + 1))


def _name(column: Column) -> str:
    year, month = column
    return f"{MONTHS[month - 1]} {year}" if month else str(year)
