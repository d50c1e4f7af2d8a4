"""Say what survives of everything a podcast feed can say.

    python -m benchmarks.survival [--quick] [--json]            ours, through the real program, and feedparser → feedgen
    python -m benchmarks.survival --write-sources FOLDER        the sources, to be merged by anything else …
    python -m benchmarks.survival --score FEED…                 … whose merged feed is scored

Exit 1 when anything of ours is lost, or stands where the table of facts says it is dropped.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.survival import baseline
from benchmarks.survival.invented import Source, sources
from benchmarks.survival.output import Output, of_feeds, of_folder
from benchmarks.survival.program import published, served
from benchmarks.survival.report import summary, table
from benchmarks.survival.rules import tables
from benchmarks.survival.scoring import Fact, scored

_ENDINGS = {"application/feed+json": "json", "application/atom+xml": "atom", "application/rss+xml": "xml"}


def main() -> None:
    """Do what is asked for; print tables, or one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--quick", action="store_true", help="without the source that is so long that it needs archives"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave what is published there")
    parser.add_argument("--write-sources", type=Path, metavar="FOLDER")
    parser.add_argument("--score", nargs="+", type=Path, metavar="FEED", help="score another merge of the sources")
    asked = parser.parse_args()
    invented = sources(quick=asked.quick)
    if asked.write_sources:
        write(invented, asked.write_sources)
        return
    if asked.score:
        told = {"scored": scored(invented, of_feeds(asked.score), tables())}
    else:
        told = measured(invented, asked.keep)
    if asked.json:
        json.dump({name: summary(facts) for name, facts in told.items()}, sys.stdout, indent=2)
        print()
    else:
        print("\n".join(table(name, facts, whole=name != "feedparser → feedgen") for name, facts in told.items()))
    sys.exit(any(not fact.survives for fact in next(iter(told.values()))))


def measured(invented: Sequence[Source], keep: Path | None = None) -> dict[str, list[Fact]]:
    """Score ours as published, ours by its merged feed alone, and the way everybody goes."""
    with tempfile.TemporaryDirectory() as made, served(invented) as origin:
        folder = keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        feeds = published(invented, origin, folder)
        whole = of_folder(feeds)
        alone = of_feeds([feeds / "feed.xml", *sorted(feeds.glob("archive/*.xml"))])
    common = of_feeds([baseline.merged(source.body for source in invented)])
    outputs: dict[str, Output] = {
        "mediafeed": whole,
        "mediafeed, merged feed alone": alone,
        "feedparser → feedgen": common,
    }
    return {name: scored(invented, output, tables()) for name, output in outputs.items()}


def write(invented: Sequence[Source], folder: Path) -> None:
    """Write the sources as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in invented:
        (folder / f"{source.id}.{_ENDINGS[source.media_type]}").write_bytes(source.body)


if __name__ == "__main__":
    main()
