"""Tell what credits cost: milliseconds of CPU an episode, the learning of its show's habits included.

    python -m benchmarks.credits_speed FILE_OR_FOLDER ... [--part tune|held|all] [--against CHECKOUT]

A file is gold as `benchmarks.credits` takes it, a folder holds feeds. Each show is read `ROUNDS` times; told are the
first time, when its words are new, and the best. With `--against`, a checkout of another state does the same in a
process of its own, both in turn show by show: on a busy machine only the ratio says something.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.credits import by_show, facts_of, part_of, rows_of, show_of
from mediafeed.errors import NotWellFormedError, ParseError
from mediafeed.model.episode import Show
from mediafeed.model.source import Source
from mediafeed.normalize.credits.extract import Facts, Habits, ShowFacts, credits_of, habits_of, profile_of, read
from mediafeed.parse import feed, tolerant
from mediafeed.refresh.understanding import claims_in

ROUNDS = 3
_HERE = Path(__file__).resolve()
_SAID = datetime(2026, 1, 1, tzinfo=UTC)

Episodes = list[tuple[Facts, ShowFacts]]


class _NoShows:
    """Nothing is held."""

    def get(self, show: str) -> Show | None:  # noqa: ARG002
        """Give nothing."""
        return None

    def of_source(self, source: str) -> tuple[Show, ...]:  # noqa: ARG002
        """Give nothing."""
        return ()

    def all(self) -> tuple[Show, ...]:
        """Give nothing."""
        return ()


def shows_in(path: Path, part: str) -> list[Episodes]:
    """Give the episodes of each show of a gold file, or of each feed of a folder."""
    if path.is_dir():
        return [episodes for file in sorted(path.glob("*.xml")) if (episodes := list(episodes_of(file)))]
    rows = [row for row in rows_of(path) if part in ("all", part_of(row["show"]))]
    return [[(facts_of(row), show_of(row)) for row in several] for several in by_show(rows).values()]


def episodes_of(file: Path) -> Iterator[tuple[Facts, ShowFacts]]:
    """Give the facts of a feed's items, in the order they are read in, each with its show's."""
    url = f"https://feeds.example.org/{file.name}"
    body = file.read_bytes()
    try:
        try:
            found = feed.read(body, content_type="", url=url, known=(), held_head="", max_items=10_000)
        except NotWellFormedError:
            found = tolerant.read(body, content_type="", url=url, known=(), held_head="", max_items=10_000)
    except ParseError:
        return
    source = Source(id=file.stem[:80], url=url)
    claims = claims_in(found.head or (), found.items, source, feed_url=url, stored=_NoShows(), polled=(), now=_SAID)
    for _, _, claimed in claims.items:
        yield claimed.facts, claimed.show


def seconds_for(episodes: Episodes) -> float:
    """Credit a show and give the seconds of CPU that it took."""
    began = time.process_time()
    words = [read(facts, show) for facts, show in episodes]
    profile = profile_of(Habits.total(map(habits_of, words)), episodes[0][1])
    for one in words:
        credits_of(one, profile)
    return time.process_time() - began


def answer(path: Path, part: str) -> None:
    """Do what the other process asks: tell how many episodes each show has, then credit a show for each line."""
    shows = shows_in(path, part)
    print(json.dumps([len(episodes) for episodes in shows]), flush=True)
    for line in sys.stdin:
        print(seconds_for(shows[int(line)]), flush=True)


def compared(path: Path, part: str, states: Sequence[Path]) -> list[tuple[float, float]]:
    """Give milliseconds an episode of each state, the first time and at best, all measured in turn show by show."""
    works = [_started(path, part, state) for state in states]
    sizes, *_ = [_line(work) for work in works]
    first, best = [0.0] * len(works), [0.0] * len(works)
    for show in range(len(sizes)):
        taken: list[list[float]] = [[] for _ in works]
        for turn in range(show, show + ROUNDS):  # from alternate ends
            for which in range(len(works))[:: -1 if turn % 2 else 1]:
                taken[which].append(_asked(works[which], show))
        for which, seconds in enumerate(taken):
            first[which] += seconds[0]
            best[which] += min(seconds)
    for work in works:
        work.communicate()
    return [(1000 * first[which] / sum(sizes), 1000 * best[which] / sum(sizes)) for which in range(len(works))]


def _started(path: Path, part: str, state: Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(_HERE), str(path), "--part", part, "--answer"]
    paths = {"PYTHONPATH": os.pathsep.join((str(state / "src"), str(state))), "PYTHONSAFEPATH": "1"}
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **paths}
    )


def _line(work: subprocess.Popen[str]) -> list[int]:
    return list(json.loads(work.stdout.readline())) if work.stdout else []


def _asked(work: subprocess.Popen[str], show: int) -> float:
    print(show, file=work.stdin, flush=True)
    return float(work.stdout.readline()) if work.stdout else 0.0


def main() -> None:
    """Print a line for each file or folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--part", choices=("tune", "held", "all"), default="all", help="one part of the split of gold")
    parser.add_argument("--against", type=Path, help="a checkout of another state")
    parser.add_argument("--answer", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.answer:
        answer(wanted.paths[0], wanted.part)
        return
    states = [_HERE.parent.parent, *([wanted.against.resolve()] if wanted.against else [])]
    for path in wanted.paths:
        found = compared(path.resolve(), wanted.part, states)
        first, best = found[0]
        print(f"{path.name}: {first:.2f} ms of CPU an episode the first time, {best:.2f} at best")
        for before, before_best in found[1:]:
            print(f"  the other state {before:.2f} and {before_best:.2f}: ", end="")
            print(f"{first / before:.2f} and {best / before_best:.2f} times that")


if __name__ == "__main__":
    main()
