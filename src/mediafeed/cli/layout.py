"""How text is laid out: as wide as the terminal; for a pipe nothing is cut and nothing coloured."""

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import click
from rich.cells import cell_len, chop_cells, set_cell_size

GAP = "  "
LABEL = 11  # cells of the words on the left of what `show` tells
NARROWEST = 12  # cells: a column is never cut below that

# What strangers wrote must not move the cursor, colour the screen or turn the line around.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name; numbers stand on the right; where there is no room, those that give way are cut."""

    name: str
    right: bool = False
    gives_way: bool = False


def terminal_width() -> int | None:
    """Give how many cells a line of stdout has, or None when it is no terminal."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def say(line: str) -> None:
    """Print a line; colours are for terminals, and for people who want them (https://no-color.org)."""
    click.echo(line, color=False if os.environ.get("NO_COLOR") else None)


def is_coloured() -> bool:
    """Say whether what is printed may be coloured: on a terminal of somebody who wants it."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def plain(text: object) -> str:
    r"""Put a text in one line that does nothing to a terminal.

    >>> plain("Japan\n\x1b[31mred")
    'Japan [31mred'
    """
    return _UNSAFE.sub(" ", str(text)).strip()


def table(columns: Sequence[Column], rows: Iterable[Sequence[object]], width: int | None) -> Iterator[str]:
    """Lay rows out in columns, their names above; `width` None is any width.

    >>> list(table((Column("id"), Column("title", gives_way=True)), [("rusi-gsb", "Global Security Briefing")], 24))
    ['id        title', 'rusi-gsb  Global Securi…']
    """
    cells = [[plain(cell) for cell in row] for row in rows]
    sizes = [max(cell_len(text) for text in texts) for texts in zip((c.name for c in columns), *cells, strict=True)]
    sizes = _fitted(columns, sizes, width)
    for row in ([column.name for column in columns], *cells):
        line = GAP.join(_padded(text, size, column) for text, size, column in zip(row, sizes, columns, strict=True))
        yield line.rstrip()


def _fitted(columns: Sequence[Column], sizes: list[int], width: int | None) -> list[int]:
    """Take from the widest of the columns that give way, cell by cell, until the row fits."""
    giving = [place for place, column in enumerate(columns) if column.gives_way]
    while width is not None and giving and sum(sizes) + len(GAP) * (len(sizes) - 1) > width:
        widest = max(giving, key=lambda place: sizes[place])
        if sizes[widest] <= NARROWEST:
            break
        sizes[widest] -= 1
    return sizes


def _padded(text: str, size: int, column: Column) -> str:
    text = cut(text, size)
    return " " * (size - cell_len(text)) + text if column.right else set_cell_size(text, size)


def cut(text: str, size: int | None) -> str:
    """Cut a text to so many cells; a cut is marked.

    >>> cut("Deepening the British-Japanese relationship", 14)
    'Deepening the…'
    """
    if size is None or cell_len(text) <= size:
        return text
    return set_cell_size(text, size - 1).rstrip() + "…"


def labelled(label: str, text: str, width: int | None) -> Iterator[str]:
    """Put words to the right of a label; further lines are indented.

    An address is never broken, so that it can be copied: one that does not fit has a line of its own, further to the
    left if it fits there, and longer than all others if not.

    >>> for line in labelled("found by", "link rel=alternate on https://a.example/podcasts/three", 40):
    ...     print(line)
    found by   link rel=alternate on
            https://a.example/podcasts/three
    """
    room = None if width is None else max(width - LABEL, 2 * NARROWEST)
    before = f"{label:<{LABEL}}"
    for line in folded(plain(text), room):
        over = 0 if room is None else max(cell_len(line) - room, 0)
        if over and before.strip():
            yield before.rstrip()
        yield f"{' ' * max(LABEL - over, 0)}{line}" if over else f"{before}{line}"
        before = " " * LABEL


def folded(text: str, size: int | None) -> list[str]:
    """Fill lines of so many cells with words; a word that is too long is broken, but for an address."""
    if size is None or cell_len(text) <= size:
        return [text]
    lines = [""]
    for word in text.split():
        for part in [word] if "://" in word else chop_cells(word, size):
            line = f"{lines[-1]} {part}".lstrip()
            if cell_len(line) <= size:
                lines[-1] = line
            else:
                lines.append(part)
    return [line for line in lines if line]
