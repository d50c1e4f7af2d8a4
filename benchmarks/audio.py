"""Measure audio whose length is known, over HTTP on loopback: how wrong, how many requests, how many bytes.

    python -m benchmarks.audio [--quick] [--json] [--keep DIR] [--corpus DIR]

Makes files with ffmpeg and sox in a temporary folder (or --keep DIR, where they are found again): 1 s to 3 h, each
format and kind of header, with 0, 100 KB and 5 MB of cover art. --corpus is a folder of samples with an index.jsonl.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.audio_making import Made, made_files
from benchmarks.audio_serving import served
from mediafeed.fetch.http import Fetcher
from mediafeed.model.settings import FetchSettings
from mediafeed.refresh.measuring import Measuring
from mediafeed.refresh.workers import Workers

LENGTHS = (1, 60, 2_880, 10_800)
QUICK = (1, 60)
NO_HEADER = ("mp3 bare", "mp3 vbr bare", "mp3 sox", "aac adts")  # kinds whose files do not say how long they are


@dataclass(frozen=True, slots=True)
class Row:
    """One file: how long it is, how long it was found to be, and what that cost."""

    name: str
    kind: str
    art: int
    seconds: float
    also: float
    found: float | None
    tolerance: float
    requests: int
    bytes: int
    chapter_requests: int
    chapter_bytes: int
    share: float
    reason: str

    @property
    def error(self) -> float | None:
        """Give by how many seconds it was wrong."""
        return None if self.found is None else min(abs(self.found - said) for said in (self.seconds, self.also))

    @property
    def is_cheap(self) -> bool:
        """Say whether its length took no more than it should for nearly every file."""
        return self.requests - self.chapter_requests <= 2 and self.bytes - self.chapter_bytes <= 16_384

    @property
    def has_header(self) -> bool:
        """Say whether the file itself tells how long it is."""
        return self.kind not in NO_HEADER and "no header" not in self.reason


def main() -> None:
    """Make, measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="1 s and 60 s alone")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of tables")
    parser.add_argument("--keep", type=Path, help="the folder for what is made")
    parser.add_argument("--corpus", type=Path, help="a folder of samples, with their lengths in index.jsonl")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.keep or Path(scratch)
        folder.mkdir(exist_ok=True)
        made = list(made_files(folder, QUICK if chosen.quick else LENGTHS))
        parts = {"made with ffmpeg and sox": list(measured(folder, made))}
        if chosen.corpus:
            parts["samples of others"] = list(measured(chosen.corpus, list(samples(chosen.corpus))))
    if chosen.json:
        json.dump({name: [asdict(row) for row in rows] for name, rows in parts.items()}, sys.stdout, indent=2)
        return
    for name, rows in parts.items():
        tell(name, rows)


def samples(folder: Path) -> Iterator[Made]:
    """Give the samples whose length somebody stated."""
    for line in (folder / "index.jsonl").read_text().splitlines():
        told = json.loads(line)
        # Some count what an encoder put around the sound, players leave it out: either may be right.
        stated = [seconds for seconds in (told["expected_duration"], told["mutagen"]) if seconds]
        if stated:
            yield Made(told["file"], Path(told["file"]).suffix[1:], 0, *stated)


def measured(folder: Path, files: Sequence[Made]) -> Iterator[Row]:
    """Measure files as they would be on the network."""
    workers = Workers(count=1)
    settings = FetchSettings(allow=("127.0.0.0/8",))
    try:
        with served(folder) as address, Fetcher(settings, user_agent="mediafeed benchmark") as fetcher:
            house = Measuring(fetcher, workers)
            for file in files:
                found = house.measure(f"{address}/{file.name}", now=datetime.now(UTC))
                size = (folder / file.name).stat().st_size
                yield Row(file.name, file.kind, file.art, file.seconds, file.also or file.seconds,
                          found.seconds, found.tolerance, found.requests, found.bytes, found.chapter_requests,
                          found.chapter_bytes, found.bytes / size, found.reason)  # fmt: skip
    finally:
        workers.close()


def tell(name: str, rows: Sequence[Row]) -> None:
    """Print a table and what it comes to."""
    print(f"\n{name}: {len(rows)} files; 3-1: three requests, one of them for chapters")
    print(f"{'file':42} {'is, s':>9} {'error':>8} {'±':>8} {'asked':>5} {'bytes':>7} {'share':>7}")
    for row in rows:
        error = "unknown" if row.error is None else f"{row.error:.3f}"
        asked = f"{row.requests}-{row.chapter_requests}" if row.chapter_requests else f"{row.requests}"
        print(f"{row.name.rpartition('__')[2][:42]:42} {row.seconds:>9.2f} {error:>8} {row.tolerance:>8.3f} "
              f"{asked:>5} {row.bytes:>7} {row.share:>7.2%} {row.reason[:60]}")  # fmt: skip
    known = [row.error for row in rows if row.error is not None]
    with_header = [row for row in rows if row.has_header]
    print(
        f"  median error {statistics.median(known):.4f} s; largest {max(known):.2f} s; unknown {len(rows) - len(known)}"
    )
    for what, chosen in (("all", list(rows)), ("with a header", with_header)):
        cheap = sum(row.is_cheap for row in chosen)
        off = [row for row in chosen if row.error is None or row.error > 0.001 * row.seconds + 0.0005]
        beyond = sum(row.error is not None and row.error > row.tolerance + 0.005 for row in chosen)
        print(f"  {what}: {len(chosen)}; by 2 requests and 16 KiB {cheap / len(chosen):.1%}; most bytes "
              f"{max(row.bytes for row in chosen)}, most requests {max(row.requests for row in chosen)}; "
              f"off by more than 0.1 % {len(off)}: {', '.join(sorted({row.kind for row in off}))}; "
              f"by more than said {beyond}")  # fmt: skip


if __name__ == "__main__":
    main()
