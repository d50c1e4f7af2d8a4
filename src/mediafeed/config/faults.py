"""What is wrong with a config file, said so that a person can mend it: place, line, words, nearest right name."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from mediafeed.config.lines import KeyPath, line_of
from mediafeed.errors import Fault

UNKNOWN_KEY = "unknown key"
_NEAR = 70  # per cent; "titel" and "title" have 80, "host" and "hosts" 89
_QUOTED = re.compile(r"'([^']*)'")
_PLAIN_WORDS = {
    "missing": "is missing",
    "string_type": "must be text in quotes",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "list_type": "must be a list in square brackets",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "dict_type": "must be a table",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """A fault before its line is known. `at` is the path of the key: ("source", 0, "url")."""

    at: KeyPath
    what: str
    hint: str = ""


def nearest(name: str, names: Iterable[str]) -> str:
    """Give the right name that a wrong one was probably meant to be, or "".

    >>> nearest("titel", ["title", "url"]), nearest("colour", ["title", "url"])
    ('title', '')
    """
    found = process.extractOne(name.lower(), tuple(names), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return found[0] if found else ""


def place(path: KeyPath) -> str:
    """Write the path of a key as people speak of it.

    >>> place(("source", 1, "url")), place(("site", "title")), place(("view", 0, "match", "role"))
    ('[[source]] 2: url', 'site.title', '[[view]] 1: match.role')
    """
    if len(path) > 1 and isinstance(path[1], int):
        table = f"[[{path[0]}]] {path[1] + 1}"
        rest = _dotted(path[2:])
        return f"{table}: {rest}" if rest else table
    return _dotted(path)


def _dotted(path: KeyPath) -> str:
    written = ""
    for part in path:
        written += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if written else _shortened(part)
    return written


def _shortened(name: str) -> str:
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name)
    return shown if len(shown) <= 80 else shown[:79] + "…"


def complaints_about(error: ValidationError, at: KeyPath, keys: Callable[[KeyPath], Iterable[str]]) -> list[Complaint]:
    """Turn what pydantic found in one table into our words; `keys` gives those that may stand where a path ends."""
    return [_complaint(detail, at, keys(detail["loc"])) for detail in error.errors(include_url=False)]


def _complaint(detail: ErrorDetails, at: KeyPath, names: Iterable[str]) -> Complaint:
    path = (*at, *detail["loc"])
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return Complaint(path, UNKNOWN_KEY, nearest(str(path[-1]), names))
    if kind == "literal_error":
        choices = _QUOTED.findall(str(context.get("expected", "")))
        given = detail["input"]
        hint = nearest(given, choices) if isinstance(given, str) else ""
        return Complaint(path, "must be " + " or ".join(f'"{choice}"' for choice in choices), hint)
    if kind == "value_error":
        return Complaint(path, str(context.get("error", detail["msg"])))
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = context.get("ge", context.get("le"))
        return Complaint(path, f"must be {'at least' if 'ge' in context else 'at most'} {limit}")
    return Complaint(path, _PLAIN_WORDS.get(kind, detail["msg"].lower()))


def faults_from(complaints: Iterable[Complaint], lines: dict[KeyPath, int]) -> tuple[Fault, ...]:
    """Give the complaints as faults in the order of their lines."""
    faults = [Fault(place(each.at), each.what, line_of(each.at, lines), each.hint) for each in complaints]
    return tuple(sorted(faults, key=lambda fault: (fault.line or 0, fault.where)))
