"""Measure credits against labelled episodes.

    python -m benchmarks.credits GOLD.jsonl [--json] [--errors] [--part tune|held|all]

Each line of the gold names show, show_author, show_description, language, title, author, description, hosts, guests,
optional, not_guests, hosts_labelled. The shows are split by a hash of their name: rules are tuned on two thirds, and
the held third is what the figures are worth.
"""

import argparse
import hashlib
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mediafeed.model.episode import Credit, Role
from mediafeed.normalize.credits.extract import Facts, ShowFacts, credits_for
from mediafeed.normalize.persons import clean_name, folded


@dataclass
class Tally:
    """Right, wrong and missed names; `in_text` counts labelled names that the row's own words hold."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    in_text: int = 0
    right_in_text: int = 0

    @property
    def precision(self) -> float | None:
        """Give the share of what was said that is right."""
        said = self.right + self.wrong
        return self.right / said if said else None

    @property
    def recall(self) -> float | None:
        """Give the share of what is labelled that was said."""
        labelled = self.right + self.missed
        return self.right / labelled if labelled else None

    @property
    def recall_in_text(self) -> float | None:
        """Give the recall over labelled names that occur in the row's own words."""
        return self.right_in_text / self.in_text if self.in_text else None

    @property
    def ceiling(self) -> float | None:
        """Give the share of labelled names that occur in the row's own words."""
        labelled = self.right + self.missed
        return self.in_text / labelled if labelled else None

    def add(self, other: "Tally") -> None:
        """Add another tally to this one."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        self.in_text += other.in_text
        self.right_in_text += other.right_in_text


@dataclass
class Score:
    """Tallies of one part of the gold."""

    by_show: dict[str, dict[str, Tally]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Tally)))
    by_rule: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0
    episodes: int = 0


def part_of(show: str) -> str:
    """Say on which side of the split a show is: "tune" or "held"."""
    return "held" if int(hashlib.sha256(show.encode()).hexdigest(), 16) % 3 == 0 else "tune"


def plain(name: str) -> str:
    """Fold a name for comparing: no honorific, no case, no diacritics."""
    return folded(clean_name(name)[0])


def measure(rows: list[dict[str, Any]]) -> Score:
    """Score every row."""
    score = Score()
    for row in rows:
        facts = Facts(
            title=row["title"] or "",
            description=row["description"] or "",
            author=row["author"],
            language=row["language"],
        )
        show = ShowFacts(
            title=row["show"],
            author=row["show_author"],
            description=row["show_description"] or "",
            language=row["language"],
        )
        began = time.perf_counter()
        given = credits_for(facts, show)
        score.seconds += time.perf_counter() - began
        score.episodes += 1
        _count(score, row, given)
    return score


def _count(score: Score, row: dict[str, Any], given: tuple[Credit, ...]) -> None:
    optional = {plain(name) for name in row["optional"]}
    words = plain_text(row)
    for kind in ("guest", "host"):
        if kind == "host" and not row["hosts_labelled"]:
            continue
        labelled = {plain(name): name for name in row[f"{kind}s"]}
        if kind == "guest":
            said = {plain(c.name): c for c in given if c.role is Role.GUEST}
        else:
            said = {plain(c.name): c for c in given if c.role is not Role.GUEST}
        tally = Tally(
            right=len(labelled.keys() & said.keys()),
            wrong=len(said.keys() - labelled.keys() - optional),
            missed=len(labelled.keys() - said.keys()),
            in_text=sum(name in words for name in labelled),
            right_in_text=sum(name in words for name in labelled.keys() & said.keys()),
        )
        score.by_show[row["show"]][kind].add(tally)
        for name, credit in said.items():
            rule = f"{kind}: {credit.evidence.rule} [{credit.evidence.field}]"
            if name in labelled:
                score.by_rule[rule].right += 1
            elif name not in optional:
                score.by_rule[rule].wrong += 1
                score.errors.append(
                    f"WRONG {rule} {credit.name!r} | {row['show']} | {row['title']} | {credit.evidence.quote}"
                )
        for name in labelled.keys() - said.keys():
            where = "in text" if name in words else "not in text"
            score.errors.append(f"MISSED {kind} {labelled[name]!r} ({where}) | {row['show']} | {row['title']}")


def plain_text(row: dict[str, Any]) -> str:
    """Give the words that a row has to offer, folded like a name."""
    parts = ("title", "author", "description", "show", "show_author", "show_description")
    return folded(" ".join(str(row[part] or "") for part in parts))


def summary(score: Score) -> dict[str, Any]:
    """Put figures in a plain dictionary: pooled, macro-averaged over shows, by rule."""
    figures: dict[str, Any] = {"episodes": score.episodes, "shows": len(score.by_show)}
    figures["ms_per_episode"] = round(1000 * score.seconds / max(1, score.episodes), 3)
    for kind in ("guest", "host"):
        pooled = Tally()
        shows = [tallies[kind] for tallies in score.by_show.values() if kind in tallies]
        for tally in shows:
            pooled.add(tally)
        names = ("precision", "recall", "recall_in_text", "ceiling")
        figures[kind] = {
            "pooled": {name: _rounded(getattr(pooled, name)) for name in names},
            "macro": {name: _mean([getattr(tally, name) for tally in shows]) for name in names},
            "right": pooled.right,
            "wrong": pooled.wrong,
            "missed": pooled.missed,
        }
    figures["rules"] = {
        rule: {"right": tally.right, "wrong": tally.wrong, "precision": _rounded(tally.precision)}
        for rule, tally in sorted(score.by_rule.items(), key=lambda pair: -pair[1].right)
    }
    return figures


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 3) if known else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _print(part: str, figures: dict[str, Any]) -> None:
    print(
        f"{part}: {figures['episodes']} episodes of {figures['shows']} shows, {figures['ms_per_episode']} ms an episode"
    )
    for kind in ("guest", "host"):
        numbers = figures[kind]
        print(f"  {kind}s: {numbers['right']} right, {numbers['wrong']} wrong, {numbers['missed']} missed")
        for way in ("pooled", "macro"):
            print("   ", way, " ".join(f"{name} {value}" for name, value in numbers[way].items()))
    for rule, numbers in figures["rules"].items():
        print(f"    {numbers['precision']:>6} {numbers['right']:>4} right {numbers['wrong']:>3} wrong  {rule}")


def main() -> None:
    """Measure a gold file and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--json", action="store_true", help="one JSON document instead of tables")
    parser.add_argument("--errors", action="store_true", help="every wrong and missed name")
    parser.add_argument("--part", choices=("tune", "held", "all"), help="one part of the split; default: each apart")
    wanted = parser.parse_args()
    rows = [json.loads(line) for line in wanted.gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    parts = (wanted.part,) if wanted.part else ("tune", "held")
    report: dict[str, Any] = {}
    for part in parts:
        score = measure([row for row in rows if part in ("all", part_of(row["show"]))])
        report[part] = summary(score)
        if wanted.errors:
            report[part]["errors"] = score.errors
        if not wanted.json:
            _print(part, report[part])
            print("\n".join(report[part].get("errors", ())))
    if wanted.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
