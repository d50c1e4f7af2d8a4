"""Measure credits against labelled episodes.

    python -m benchmarks.credits GOLD.jsonl [--json] [--shows] [--errors] [--part tune|held|all]

Each line of the gold names show, show_author, show_description, language, title, author, description, hosts, guests,
and may have optional, not_guests, hosts_labelled: what is absent or null is empty, and hosts are labelled unless it is
false. A show's profile is learned from its rows in the file. `recall` is over labelled names all of whose words stand
in the row, `recall_all` over all; `macro` is the mean over shows. The shows are split by a hash of their name: rules
are tuned on two thirds, the held third tells what figures are worth. The last table tells what was taken for what.
"""

import argparse
import hashlib
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any

from benchmarks.command import run
from mediafeed.errors import MediafeedError
from mediafeed.model.episode import Credit, Role
from mediafeed.normalize.credits.extract import (
    Facts,
    Habits,
    ShowFacts,
    credits_of,
    habits_of,
    profile_of,
    read,
)
from mediafeed.normalize.persons import clean_name, folded
from mediafeed.normalize.text import plain_text

_FIELDS = ("title", "author", "description", "show", "show_author", "show_description")
_KINDS = ("guests", "hosts")
_NAMES = (*_KINDS, "optional", "not_guests")
_TEXTS = (*_FIELDS, "language")
_LABELS = ("guest", "host", "only named", "not labelled")
_SAID = ("guest", "host", "nobody")
_KINDS_OF_JSON = {str: "text", list: "a list", dict: "an object", bool: "true or false", type(None): "null"}
_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can spell it, no file can hold it


@dataclass
class Tally:
    """Right, wrong and missed names; `in_text` counts labelled names whose words the row holds."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    in_text: int = 0
    right_in_text: int = 0

    def figures(self) -> dict[str, float | None]:
        """Give precision, both recalls and the counts behind them."""
        return {
            "precision": _share(self.right, self.right + self.wrong),
            "recall": _share(self.right_in_text, self.in_text),
            "recall_all": _share(self.right, self.right + self.missed),
            "found": self.right,
            "wrong": self.wrong,
            "missed": self.missed,
        }

    def add(self, other: "Tally") -> None:
        """Add another tally to this one."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        self.in_text += other.in_text
        self.right_in_text += other.right_in_text


@dataclass
class Score:
    """Tallies by show and kind and by rule, what was taken for what, what went wrong, and what it cost."""

    by_show: dict[str, dict[str, Tally]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Tally)))
    by_rule: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0
    episodes: int = 0


def part_of(show: str) -> str:
    """Say on which side of the split a show is: "tune" or "held"."""
    return "held" if int(hashlib.sha256(show.encode()).hexdigest(), 16) % 3 == 0 else "tune"


def rows_of(path: Path, needed: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Read a gold file, in which fields may be absent or null and names empty, but for texts that are `needed`.

    Raises:
        MediafeedError: It cannot be read, or a row is none; names file, line and field.
    """
    try:
        # Only "\n" ends a row: str.splitlines would break it at a line separator that stands within a description.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise MediafeedError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise MediafeedError(f"{path}: line {line}: not UTF-8") from error
    return [_row(line, f"{path}: line {number}", needed) for number, line in enumerate(lines, 1) if line.strip()]


def _row(line: str, where: str, needed: Sequence[str]) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise MediafeedError(f"{where}: not JSON: {error.msg} (column {error.colno})") from error
    except (ValueError, RecursionError) as error:
        raise MediafeedError(f"{where}: JSON too deep, or with a number too long, to be read") from error
    if not isinstance(row, dict):
        raise MediafeedError(f"{where}: wanted an object, found {_kind(row)}")
    for name in _TEXTS:
        _expect(row.get(name), str, "text", f"{where}: {name}")
    for name in _NAMES:
        _expect(row.get(name), list, "a list of names", f"{where}: {name}")
        for number, one in enumerate(row.get(name) or (), 1):
            _expect(one, str, "a name", f"{where}: {name}: entry {number}")
    _expect(row.get("hosts_labelled"), bool, "true or false", f"{where}: hosts_labelled")
    for name in needed:
        _expect(row.get(name), str, "text", f"{where}: {name}")
        if not row.get(name):
            raise MediafeedError(f"{where}: {name}: wanted text, found {_nothing(row, name)}")
    return _whole(row)


def _expect(value: object, of_type: type, wanted: str, where: str) -> None:
    if value is not None and not isinstance(value, of_type):
        raise MediafeedError(f"{where}: wanted {wanted}, found {_kind(value)}")
    if isinstance(value, str) and _SURROGATE.search(value):
        raise MediafeedError(f"{where}: wanted {wanted}, found a lone surrogate")


def _nothing(row: dict[str, Any], name: str) -> str:
    return "nothing" if name not in row else "null" if row[name] is None else "an empty one"


def _kind(value: object) -> str:
    return _KINDS_OF_JSON.get(type(value), "a number")


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    words = {part: row.get(part) or "" for part in ("show", "title", "description")}
    names = {part: [name for name in row.get(part) or () if name and plain(name)] for part in _NAMES}
    return row | words | names


def by_show(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Group rows by their show."""
    shows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        shows[row["show"]].append(row)
    return shows


def facts_of(row: dict[str, Any]) -> Facts:
    """Give the facts of a row's episode, its markup read as a feed's is."""
    return Facts(
        title=plain_text(row["title"] or ""),
        description=plain_text(row["description"] or ""),
        author=row.get("author"),
        language=row.get("language"),
    )


def show_of(row: dict[str, Any]) -> ShowFacts:
    """Give the facts of a row's show."""
    return ShowFacts(
        title=row["show"],
        author=row.get("show_author"),
        description=plain_text(row.get("show_description") or ""),
        language=row.get("language"),
    )


def plain(name: str) -> str:
    """Fold a name for comparing: no honorific, no case, no diacritics."""
    return folded(clean_name(name)[0])


def words_stand(name: str, row: dict[str, Any]) -> bool:
    """Say whether every word of a name stands in a row's own fields."""
    text = folded(plain_text(" ".join(str(row.get(part) or "") for part in _FIELDS)))
    words = set("".join(letter if letter.isalnum() else " " for letter in text).split())
    return all(word in words or word in text for word in plain(name).split())


def measure(rows: list[dict[str, Any]]) -> Score:
    """Score every row, with a profile learned from the rows of its show."""
    score = Score()
    for shows_rows in by_show(rows).values():
        episodes = [(facts_of(row), show_of(row)) for row in shows_rows]
        began = time.process_time()
        words = [read(facts, show) for facts, show in episodes]
        profile = profile_of(Habits.total(map(habits_of, words)), episodes[0][1])
        given = [credits_of(one, profile) for one in words]
        score.seconds += time.process_time() - began
        for row, found in zip(shows_rows, given, strict=True):
            count(score, row, found)
    return score


def count(score: Score, row: dict[str, Any], given: tuple[Credit, ...]) -> None:
    """Add what was given for a row to a score."""
    score.episodes += 1
    optional = {plain(name) for name in row.get("optional") or ()}
    score.taken.update(_taken(row, given, optional))
    for kind in _KINDS:
        if kind == "hosts" and row.get("hosts_labelled") is False:
            continue
        labelled = {plain(name): name for name in row[kind] if plain(name) not in optional}
        said = {plain(credit.name): credit for credit in given if (credit.role is Role.GUEST) == (kind == "guests")}
        score.by_show[row["show"]][kind].add(_tally(labelled, said.keys() - optional, row))
        for name, credit in said.items():
            rule = f"{kind}: {credit.evidence.rule} [{credit.evidence.field}]"
            if name in labelled:
                score.by_rule[rule].right += 1
            elif name not in optional:
                score.by_rule[rule].wrong += 1
                told = f"{credit.confidence:.2f} {credit.name!r} | {row['show']} | {row['title']}"
                score.errors.append(f"WRONG {rule} {told} | {credit.evidence.quote}")
        for name in labelled.keys() - said.keys():
            where = "in text" if words_stand(name, row) else "not in text"
            score.errors.append(f"MISSED {kind} {labelled[name]!r} ({where}) | {row['show']} | {row['title']}")


def _taken(row: dict[str, Any], given: tuple[Credit, ...], optional: set[str]) -> Iterable[tuple[str, str]]:
    """Give each name's label and what it was taken for; where hosts are not labelled, nothing is said of any."""
    labels = {plain(name): "only named" for name in row["not_guests"]}
    labels |= {plain(name): kind for kind in ("host", "guest") for name in row[f"{kind}s"]}
    said = {plain(credit.name): "guest" if credit.role is Role.GUEST else "host" for credit in given}
    for name in (labels.keys() | said.keys()) - optional:
        pair = labels.get(name, "not labelled"), said.get(name, "nobody")
        if "host" not in pair or row.get("hosts_labelled") is not False:
            yield pair


def _tally(labelled: dict[str, str], said: set[str], row: dict[str, Any]) -> Tally:
    return Tally(
        right=len(labelled.keys() & said),
        wrong=len(said - labelled.keys()),
        missed=len(labelled.keys() - said),
        in_text=sum(words_stand(name, row) for name in labelled.values()),
        right_in_text=sum(words_stand(labelled[name], row) for name in labelled.keys() & said),
    )


def summary(score: Score) -> dict[str, Any]:
    """Put figures in a plain dictionary: pooled, macro-averaged over shows, by rule."""
    pooled: dict[str, Any] = {}
    macro: dict[str, Any] = {}
    for kind in _KINDS:
        shows = [tallies[kind] for tallies in score.by_show.values() if kind in tallies]
        whole = reduce(_both, shows, Tally())
        pooled[kind] = {name: _rounded(value) for name, value in whole.figures().items()}
        each = [tally.figures() for tally in shows]
        macro[kind] = {name: _mean([figures[name] for figures in each]) for name in pooled[kind]}
    rules = {
        rule: {"precision": _rounded(_share(tally.right, tally.right + tally.wrong)), "found": tally.right}
        | {"wrong": tally.wrong}
        for rule, tally in sorted(score.by_rule.items(), key=lambda pair: -pair[1].right)
    }
    speed = round(score.episodes / score.seconds) if score.seconds else 0
    return {"pooled": pooled, "macro": macro, "rules": rules, "episodes_per_second": speed}


def _both(one: Tally, other: Tally) -> Tally:
    total = Tally()
    total.add(one)
    total.add(other)
    return total


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 3) if known else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _print(score: Score, figures: dict[str, Any]) -> None:
    each = 1000 * score.seconds / max(1, score.episodes)
    print(f"{score.episodes} episodes of {len(score.by_show)} shows, {each:.2f} ms an episode")
    for way in ("pooled", "macro"):
        for kind in _KINDS:
            print(f"  {way:6} {kind:6}", " ".join(f"{name} {value}" for name, value in figures[way][kind].items()))
    for rule, numbers in figures["rules"].items():
        print(f"    {numbers['precision']:>6} {numbers['found']:>4} right {numbers['wrong']:>3} wrong  {rule}")


def _print_taken(taken: Counter[tuple[str, str]]) -> None:
    print(f"  {'taken for':14}", *(f"{said:>7}" for said in _SAID))
    for label in _LABELS:
        print(f"  {label:14}", *(f"{taken[label, said]:>7}" for said in _SAID))


def _print_shows(shows: dict[str, dict[str, Tally]]) -> None:
    for show, tallies in sorted(shows.items()):
        told = [
            f"{kind} {tally.right} right {tally.wrong} wrong {tally.missed} missed" for kind, tally in tallies.items()
        ]
        print(f"    {show}: {', '.join(told)}")


def main() -> None:
    """Measure a gold file and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--json", action="store_true", help="one JSON document instead of tables")
    parser.add_argument("--shows", action="store_true", help="a line for each show as well")
    parser.add_argument("--errors", action="store_true", help="every wrong and missed name, on stderr")
    parser.add_argument("--part", choices=("tune", "held", "all"), default="all", help="one part of the split")
    wanted = parser.parse_args()
    score = measure([row for row in rows_of(wanted.gold) if wanted.part in ("all", part_of(row["show"]))])
    figures = summary(score)
    if wanted.json:
        print(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        _print(score, figures)
        _print_taken(score.taken)
        if wanted.shows:
            _print_shows(score.by_show)
    if wanted.errors:
        print("\n".join(score.errors), file=sys.stderr)


if __name__ == "__main__":
    run(main)
