"""Labels of real episodes, without a word of theirs: make a gold file of them where the feeds are at hand.

    python -m benchmarks.corpus_gold FEEDS_FOLDER > GOLD.jsonl

`gold/real.jsonl` says who hosts and who is a guest in episodes of feeds that are not ours to publish, by offsets alone:
one episode a line, `feed` (the file's name), `item` (its place in the feed as it is read), `text` (a hash of title and
description: of its own words, not of another item's that a label points into), and labels of which each is a list of
pieces `[field, start, end]`, whose words joined by blanks are a name. A field is one of the row's, or another item's
("12:description"). The labels were made by reading.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.command import run
from benchmarks.credits_speed import episodes_of
from mediafeed.normalize.credits.extract import Facts, ShowFacts

REAL = Path(__file__).parent / "gold" / "real.jsonl"
LABELS = ("hosts", "guests", "optional", "not_guests")


def text_key(facts: Facts) -> str:
    """Give a short hash of an episode's words, by which a changed text is noticed."""
    return hashlib.sha256(f"{facts.title}\n{facts.description}".encode()).hexdigest()[:12]


def fields_of(facts: Facts, show: ShowFacts) -> dict[str, str]:
    """Give the fields that labels point into."""
    return {
        "title": facts.title,
        "author": facts.author or "",
        "description": facts.description,
        "show": show.title,
        "show_author": show.author or "",
        "show_description": show.description,
    }


def real_rows(feeds: Path, labelled: Path = REAL) -> Iterator[dict[str, Any]]:
    """Give the rows of labelled real episodes, as other gold has them; those whose words changed are left out."""
    by_feed: dict[str, list[dict[str, Any]]] = {}
    for line in labelled.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        by_feed.setdefault(row["feed"], []).append(row)
    changed = 0
    for feed, rows in by_feed.items():
        episodes = list(episodes_of(feeds / feed))
        fields = [fields_of(*episode) for episode in episodes]
        for row in rows:
            if not _is_as_labelled(row, episodes):
                changed += 1
                continue
            facts, show = episodes[row["item"]]
            yield {
                **{name: value or None for name, value in fields[row["item"]].items()},
                "language": show.language or facts.language or "en",
                **{kind: [_name(pieces, row["item"], fields) for pieces in row[kind]] for kind in LABELS},
                "hosts_labelled": True,
                "labels": "by a reader",
                "text": "verbatim",
            }
    if changed:
        print(
            f"{changed} episodes left out: their words are read otherwise than when they were labelled", file=sys.stderr
        )


def _is_as_labelled(row: dict[str, Any], episodes: Sequence[tuple[Facts, ShowFacts]]) -> bool:
    """Say whether an episode has the words that were labelled, and the others that its labels point into are there."""
    pointed = [
        int(other)
        for kind in LABELS
        for pieces in row[kind]
        for where, *_ in pieces
        if (other := where.rpartition(":")[0])
    ]
    return max(row["item"], *pointed, 0) < len(episodes) and bool(text_key(episodes[row["item"]][0]) == row["text"])


def _name(pieces: list[tuple[str, int, int]], item: int, fields: list[dict[str, str]]) -> str:
    words = []
    for where, start, end in pieces:
        other, _, field = where.rpartition(":")
        words.append(fields[int(other) if other else item][field][start:end])
    return " ".join(" ".join(words).split())


def main() -> None:
    """Write the gold file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("feeds", type=Path, help="the folder of the feeds")
    for row in real_rows(parser.parse_args().feeds):
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    run(main)
