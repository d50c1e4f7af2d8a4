"""The daemon as a process of its own, for as long as you like, over sources of which a third is hostile.

    python -m benchmarks.soak [--sources N] [--minutes M] [--minimum SECONDS]

Tells its memory, descriptors and threads as time goes by, then looks into the store whether a poll was early, late (a
minute after its time) or never came. One in ten of those that answer has a new episode every five minutes. Whether the
machine had time for it is told as well: how long the daemon's threads waited for a processor, and how much longer than
a tenth of a second such a sleep took here.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from benchmarks.crowd import WAYS, origin
from mediafeed.model.source import Visit
from mediafeed.store.store import Store

# A minimum below an hour is for networks of fetch.allow alone: a name cannot stand on one.
HOSTILE = tuple(way for way in WAYS if way != "no such name")
LATE = timedelta(seconds=60)
SAMPLE = 30.0  # seconds
MET = 1.2  # times the interval, then every source was met: what is held from then on should not grow


@dataclass(frozen=True, slots=True)
class Held:
    """What a process holds: memory in MiB, open descriptors, threads, and its worker processes' memory."""

    memory: float
    descriptors: int
    threads: int
    workers: float

    def __str__(self) -> str:
        """Put it in a line."""
        return (
            f"memory {self.memory:.0f} MiB, descriptors {self.descriptors}, threads {self.threads}, "
            f"workers {self.workers:.0f} MiB"
        )


def held_by(pid: int) -> Held:
    """Look at a process and its children."""
    children = [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]
    return Held(
        memory=_resident(pid),
        descriptors=len(os.listdir(f"/proc/{pid}/fd")),  # noqa: PTH208 - a count
        threads=len(os.listdir(f"/proc/{pid}/task")),  # noqa: PTH208
        workers=sum(_resident(child) for child in children),
    )


def processor_of(pid: int) -> tuple[float, float]:
    """Give the seconds that a process's threads ran, and those that they waited for a processor."""
    ran = waited = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):
            spent, stood, _ = (task / "schedstat").read_text().split()
            ran, waited = ran + int(spent), waited + int(stood)
    return ran / 1e9, waited / 1e9


class Sleeper(threading.Thread):
    """Sleeps a tenth of a second, again and again, and notes how much longer that takes."""

    def __init__(self) -> None:
        """Do nothing yet."""
        super().__init__(daemon=True)
        self.overslept: list[float] = []

    def run(self) -> None:
        """Sleep for ever."""
        while True:
            began = time.monotonic()
            time.sleep(0.1)
            self.overslept.append(time.monotonic() - began - 0.1)


def _resident(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:
        return 0.0


def config_text(port: int, count: int, minimum: int) -> str:
    """Write a config: of three sources one is hostile, in one way after the other."""
    head = (
        '[site]\ntitle = "Soak"\nurl = "https://podcasts.example.org"\n'
        f'[poll]\nevery = "{minimum}s"\nminimum = "{minimum}s"\n'
        '[fetch]\nallow = ["127.0.0.0/8"]\ndeadline = "10s"\n'
    )
    rows = []
    for number in range(count):
        host = f"127.1.{number // 250}.{number % 250 + 1}"
        way = HOSTILE[number // 3 % len(HOSTILE)] if number % 3 == 0 else "news" if number % 10 == 1 else "good"
        url = f"http://{host}:{port}/{way.replace(' ', '-')}/{number}"
        url = f"http://{host}:9/" if way == "closed" else url
        rows.append(f'[[source]]\nid = "{way.replace(" ", "-")}-{number}"\nurl = "{url}"\n')
    return head + "".join(rows)


def lateness(visits: tuple[Visit, ...]) -> Iterator[tuple[datetime, timedelta, timedelta]]:
    """Give of every visit but the first when it began, how long after its time, and after the one before."""
    began = [(visit.at - timedelta(seconds=visit.elapsed), visit) for visit in reversed(visits)]
    for (first, before), (second, _) in pairwise(began):
        if before.next_visit is not None:
            yield second, second - before.next_visit, second - first


def judge(folder: Path, minimum: timedelta, start: datetime, end: datetime) -> None:
    """Look at every visit that is remembered, and tell."""
    late, early, gaps, outcomes, dropped, visits = [], 0, list[float](), Counter[str](), list[str](), 0
    with Store(str(folder / "data" / "mediafeed.db")) as store:
        for state in store.states():
            made = tuple(visit for visit in store.visits(state.id, 100) if visit.at >= start)
            visits += len(made)
            outcomes.update(str(visit.kind or visit.outcome) for visit in made)
            for at, after, apart in lateness(made):
                gaps.append(after.total_seconds())
                early += apart < minimum - timedelta(seconds=0.5)
                if after > LATE:
                    late.append(
                        (f"minute {(at - start).total_seconds() / 60:.1f}", state.id, round(after.total_seconds()))
                    )
            due = state.next_visit or (start if not made else None)
            if due and due < end - LATE and not state.stopped:
                dropped.append(state.id)
    gaps.sort()
    print(f"{visits} visits: {dict(outcomes.most_common())}")
    print(
        f"after its time a visit began within {gaps[len(gaps) // 2]:.1f} s (half), {gaps[int(len(gaps) * 0.99)]:.1f} s "
        f"(99 in 100), {gaps[-1]:.1f} s (all)"
    )
    print(f"late polls {len(late)}, dropped polls {len(dropped)}, early polls {early}")
    for what in (sorted(late)[:10], dropped[:10]):
        if what:
            print("  ", what)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=500)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--minimum", type=int, default=60, help="seconds between two visits to a source")
    chosen = parser.parse_args()
    with origin() as port, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "config.toml").write_text(config_text(port, chosen.sources, chosen.minimum))
        command = [sys.executable, "-m", "mediafeed", "--config", str(folder / "config.toml"), "daemon", "--port", "0"]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log)
        began, start, first = datetime.now(UTC), time.monotonic(), None
        sleeper = Sleeper()
        sleeper.start()
        try:
            while (passed := time.monotonic() - start) < chosen.minutes * 60:
                time.sleep(min(SAMPLE, chosen.minutes * 10))
                if process.poll() is not None:
                    sys.exit((folder / "log").read_text(errors="replace"))
                held = held_by(process.pid)
                if first is None and passed > chosen.minimum * MET:
                    first = held
                print(f"{passed / 60:5.1f} min: {held}, load {os.getloadavg()[0]:.0f}", flush=True)
            ran, waited = processor_of(process.pid)
            slept = sorted(sleeper.overslept)
            print(f"the machine: our threads ran {ran:.0f} s and waited {waited:.0f} s for a processor")
            print(
                f"0.1 s of sleep took {slept[len(slept) * 99 // 100]:.2f} s longer (99 in 100), {slept[-1]:.2f} s (all)"
            )
            print(f"all met: {first}\nat the end: {held_by(process.pid)}")
            end = datetime.now(UTC)
            process.send_signal(signal.SIGTERM)
            stopping = time.monotonic()
            code = process.wait(30)
            print(f"SIGTERM: exit code {code} after {time.monotonic() - stopping:.1f} s")
        finally:
            process.kill()
            process.wait()
        told = (folder / "log").read_text(errors="replace")
        print(f"log: {told.count('Traceback')} tracebacks, {told.count(' error ')} errors of ours")
        judge(folder, timedelta(seconds=chosen.minimum), began, end)


if __name__ == "__main__":
    main()
