"""Refreshing feeds of 100 episodes from a loopback origin: cold, not modified, one new each; against `reader`."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.house import EPISODES, house, path, refreshed, serve
from benchmarks.measuring import Cost, Stopwatch, row
from benchmarks.origin import origin
from mediafeed.assemble import Mediafeed

HERE = Path(__file__).parent
READER = HERE.parent / ".venv-bench" / "bin" / "python"  # `make bench` makes it: reader wants other versions than we do

STATES = ("cold", "not modified", "one new each")

Update = Callable[[str, int], None]  # the state, and how many episodes there are in all after it


def measure(feeds: int, repeats: int) -> dict[str, Any]:
    """Refresh that many feeds in each state, ours and reader in turn; publishing is told apart."""
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as temporary, origin() as address:
        for repeat in range(repeats):
            work = Path(temporary) / f"repeat-{repeat}"
            serve(address, range(feeds))
            with house(work / "ours", address, feeds) as built, _reader(work, address, feeds, watch) as theirs:
                _round(watch, built, theirs, feeds, address, ours_first=repeat % 2 == 0)
            shutil.rmtree(work)
    rows = []
    for state in STATES:
        rows += [row(watch, f"refresh, {state}", f"reader, {state}", each=feeds)]
        rows += [row(watch, f"reader, {state}", each=feeds)] if f"reader, {state}" in watch.costs else []
    rows += [row(watch, f"publish, {state}", each=feeds) for state in STATES]
    return {"title": "Refreshing", "unit": f"for each of {feeds} feeds of {EPISODES} episodes", "rows": rows}


def _round(
    watch: Stopwatch, built: Mediafeed, theirs: Update | None, feeds: int, address: str, *, ours_first: bool
) -> None:
    held = 0
    for state in STATES:
        if state == "one new each":
            serve(address, range(feeds), EPISODES + 1)
        new = {"cold": EPISODES * feeds, "not modified": 0, "one new each": feeds}[state]
        held += new
        if theirs and not ours_first:
            theirs(state, held)
        with watch.timing(f"refresh, {state}"):
            refreshed(built, new=new)
        with watch.timing(f"publish, {state}"):
            built.publish()
        if theirs and ours_first:
            theirs(state, held)


@contextmanager
def _reader(work: Path, address: str, feeds: int, watch: Stopwatch) -> Iterator[Update | None]:
    """Start reader, where it is installed."""
    if not READER.exists():
        yield None
        return
    work.mkdir(parents=True, exist_ok=True)
    urls = [f"{address}{path(show)}" for show in range(feeds)]
    command = [str(READER), str(HERE / "with_reader.py"), str(work / "reader.db"), *urls]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def update(state: str, held: int) -> None:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write("update\n")
            process.stdin.flush()
            told = json.loads(process.stdout.readline())
            if told["episodes"] != held:
                raise RuntimeError(f"reader: {told['episodes']} episodes, {held} expected")
            watch.add(f"reader, {state}", Cost(told["wall"], told["cpu"]))

        yield update


def reader_version() -> str | None:
    """Say which reader is compared with, None where it is not installed."""
    if not READER.exists():
        return None
    command = [str(READER), "-c", "import reader; print(reader.__version__)"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
