"""Where a table or key stands: tomllib forgets the lines, so they are found again in the text."""

import re
from dataclasses import dataclass

KeyPath = tuple[str | int, ...]

_BARE = r"[A-Za-z0-9_-]+"
_KEY = rf"(?:{_BARE}|\"[^\"]*\"|'[^']*')"
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_TABLE = re.compile(rf"\s*\[\s*({_DOTTED})\s*\]\s*(?:#.*)?$")
_ARRAY = re.compile(rf"\s*\[\[\s*({_DOTTED})\s*\]\]\s*(?:#.*)?$")
_ASSIGNMENT = re.compile(rf"\s*({_DOTTED})\s*=")
_PART = re.compile(_KEY)
# Whatever may hide a bracket or end a value: the longest string openers first.
_TOKEN = re.compile(r'"""|\'\'\'|"(?:[^"\\]|\\.)*"|\'[^\']*\'|#|[\[\]{}]')


@dataclass(frozen=True, slots=True)
class Header:
    """One `[table]` or `[[table]]` line. `line` counts from 1; `path` carries the index of an array's table."""

    line: int
    path: KeyPath
    is_array: bool


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


class _Value:
    """Follow a value over its lines: inside a long string or an open bracket, nothing is a key or a header."""

    def __init__(self) -> None:
        self.depth = 0
        self.quote = ""

    @property
    def is_open(self) -> bool:
        return bool(self.quote) or self.depth > 0

    def read(self, line: str) -> None:
        at = 0
        while at < len(line):
            if self.quote:
                end = line.find(self.quote, at)
                if end < 0:
                    return
                at, self.quote = end + 3, ""
                continue
            token = _TOKEN.search(line, at)
            if token is None or token[0] == "#":
                return
            at = token.end()
            if token[0] in ('"""', "'''"):
                self.quote = token[0]
            elif token[0] in "[{":
                self.depth += 1
            elif token[0] in "]}":
                self.depth = max(0, self.depth - 1)


def _scan(text: str) -> tuple[list[Header], dict[KeyPath, int]]:
    headers: list[Header] = []
    keys: dict[KeyPath, int] = {}
    counts: dict[tuple[str, ...], int] = {}
    table: KeyPath = ()
    value = _Value()
    for number, line in enumerate(text.split("\n"), 1):
        if value.is_open:
            value.read(line)
        elif array := _ARRAY.match(line):
            names = _names(array[1])
            index = counts[names] = counts.get(names, -1) + 1
            table = (*names, index)
            headers.append(Header(number, table, is_array=True))
        elif single := _TABLE.match(line):
            names = _names(single[1])
            outer = counts.get(names[:1])
            table = names if outer is None else (names[0], outer, *names[1:])
            headers.append(Header(number, table, is_array=False))
        elif assignment := _ASSIGNMENT.match(line):
            keys.setdefault((*table, *_names(assignment[1])), number)
            value.read(line[assignment.end() :])
    return headers, keys


def headers_of(text: str) -> tuple[Header, ...]:
    r"""Give every table header in the order of the text.

    >>> headers_of("[site]\n[[source]]\n[[source]]\n")[-1]
    Header(line=3, path=('source', 1), is_array=True)
    """
    return tuple(_scan(text)[0])


def lines_of(text: str) -> dict[KeyPath, int]:
    r"""Map each table and key to its line, counted from 1.

    >>> lines_of('[site]\ntitle = "A"\n[[source]]\nid = "a"\n')[("source", 0, "id")]
    4
    """
    headers, keys = _scan(text)
    found = dict(keys)
    for header in headers:
        found.setdefault(header.path, header.line)
    return found


def line_of(path: KeyPath, lines: dict[KeyPath, int]) -> int | None:
    """Give the line of a key, or of the nearest table around it."""
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return None
