"""Refresh a folder of real feeds from a loopback origin: cold, not modified, and with one new item each.

    python -m benchmarks.corpus [FOLDER] [--keep DIR]

FOLDER (default ../shared/corpus/feeds) holds .xml files; an index.jsonl beside it tells how many items each has.
"""

import argparse
import json
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from benchmarks.origin import origin, put
from mediafeed.assemble import Mediafeed, assembled
from mediafeed.config.reading import read_config
from mediafeed.model.source import Outcome, Visit

DEFAULT = Path(__file__).parent.parent.parent / "shared" / "corpus" / "feeds"

_CONFIG = """
[site]
title = "Corpus"
url = "https://podcasts.example.org"
[poll]
minimum = "0s"
[fetch]
allow = ["127.0.0.0/8"]
directory = "{origin}"
"""
_NEW = (
    b"<item><title>A new episode %d</title><guid isPermaLink='false'>new-%d-of-%b</guid>"
    b"<pubDate>%b</pubDate><description>Jana Kovar speaks to Ama Boateng.</description>"
    b"<enclosure url='https://audio.example.org/new/%d/%b.mp3' length='1000' type='audio/mpeg'/></item>"
)
_NEW_ENTRY = (
    b"<entry><title>A new episode %d</title><id>new-%d-of-%b</id><updated>%b</updated>"
    b"<link rel='enclosure' href='https://audio.example.org/new/%d/%b.mp3' length='1000' type='audio/mpeg'/></entry>"
)


def expected_items(folder: Path) -> dict[str, int]:
    """Give how many items feedparser finds in each file, where an index beside the folder tells."""
    index = folder.parent / "index.jsonl"
    if not index.exists():
        return {}
    rows = (json.loads(line) for line in index.read_text().splitlines())
    return {Path(row["file"]).name: row["items"] for row in rows}


def with_new_item(body: bytes, name: str, number: int) -> bytes:
    """Give the feed with one more item before its first."""
    start = re.search(rb"<(item|entry)[\s>]", body)
    if start is None:
        return body
    is_item, now = start[1] == b"item", datetime.now(UTC)  # new is what is dated after everything else
    form, date = (_NEW, format_datetime(now)) if is_item else (_NEW_ENTRY, now.isoformat())
    tag = name.encode()
    return body[: start.start()] + form % (number, number, tag, date.encode(), number, tag) + body[start.start() :]


def config_text(files: Iterable[Path], address: str) -> str:
    """Write a config with one source a file."""
    rows = (f'[[source]]\nid = "{slug(file)}"\nurl = "{address}/{file.name}"\n' for file in files)
    return _CONFIG.format(origin=address) + "".join(rows)


def slug(file: Path) -> str:
    """Give a source id for a file."""
    return re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")[:80]


def once(house: Mediafeed, name: str) -> tuple[Visit, ...]:
    """Refresh everything once and tell what it cost."""
    started, cpu = time.perf_counter(), time.process_time()
    visits = house.refresh(house.choose(()).sources)
    refreshed, cpu_refreshed = time.perf_counter(), time.process_time()
    published = house.publish()
    ended, cpu_ended = time.perf_counter(), time.process_time()
    outcomes = Counter(str(visit.outcome) for visit in visits)
    print(f"\n{name}: {len(visits)} visits {dict(outcomes)}")
    print(f"  new {sum(v.new for v in visits)}, modified {sum(v.modified for v in visits)}")
    print(f"  refresh {refreshed - started:.1f} s ({cpu_refreshed - cpu:.1f} s CPU), ", end="")
    print(f"publish {ended - refreshed:.1f} s ({cpu_ended - cpu_refreshed:.1f} s CPU)")
    print(f"  files written {len(published.written)}, unchanged {published.unchanged}, ", end="")
    print(f"set aside {len(published.set_aside)}")
    for path in published.written[:8]:
        print(f"    {path}")
    for episode, reason in published.set_aside[:20]:
        print(f"    {episode}: {reason}")
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    return visits


def losses(house: Mediafeed, expected: dict[str, int], files: dict[str, Path]) -> None:
    """Tell of every source with fewer items than expected."""
    held = Counter(telling.source for telling in house.store.all_tellings())
    total, short = 0, 0
    for source, file in files.items():
        want = expected.get(file.name)
        total += want or 0
        if want is not None and held[source] < want:
            short += want - held[source]
            print(f"  {file.name}: {held[source]} of {want} items")
    print(f"  items held {sum(held.values())}, expected {total}, short {short}")


def archives(output: Path) -> dict[str, int]:
    """Give every archive of every feed, with a hash of its bytes."""
    return {str(path): hash(path.read_bytes()) for path in output.rglob("archive/feed-*.*")}


def main() -> None:
    """Run the three refreshes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--keep", type=Path, help="work and publish here, and leave it there")
    chosen = parser.parse_args()
    paths = sorted(chosen.folder.glob("*.xml"))
    if not paths:
        sys.exit(f"{chosen.folder}: no feeds there: nothing measured")
    files = {slug(path): path for path in paths}
    with tempfile.TemporaryDirectory() as temporary, origin() as address:
        work = chosen.keep or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        (work / "config.toml").write_text(config_text(paths, address))
        for path in paths:
            put(address, f"/{path.name}", path.read_bytes())
        with assembled(read_config(work / "config.toml")) as house:
            for visit in once(house, "cold"):
                if visit.outcome is Outcome.FAILED:
                    print(f"  {visit.source}: {visit.kind}: {visit.detail}")
            losses(house, expected_items(chosen.folder), files)
            once(house, "again")
            before = archives(work / "feeds")
            for path in paths:
                put(address, f"/{path.name}", with_new_item(path.read_bytes(), slug(path), 1))
            once(house, "one new item each")
            after = archives(work / "feeds")
            changed = sorted(path for path in before if after.get(path) != before[path])
            print(f"  of {len(before)} archive documents {len(changed)} changed {changed[:5]}")
            rows = house.store.index()
        print(f"\n{len(rows)} episodes; feed.xml {(work / 'feeds' / 'feed.xml').stat().st_size} bytes, ", end="")
        print(f"{len(list((work / 'feeds' / 'archive').glob('*.xml')))} archives, database ", end="")
        print(f"{(work / 'data' / 'mediafeed.db').stat().st_size / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
