"""Costs of things side by side, and how they are told: medians, ratios, how noisy the machine was meanwhile."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of one repeat: on the clock, and of CPU in the process that did the work."""

    wall: float
    cpu: float


@dataclass(slots=True)
class Stopwatch:
    """Gathers what each named thing cost, repeat by repeat."""

    costs: dict[str, list[Cost]] = field(default_factory=dict)

    @contextmanager
    def timing(self, name: str) -> Iterator[None]:
        """Add what happens inside to that name."""
        gc.collect()  # the garbage of the one before is not this one's cost
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.add(name, Cost(time.perf_counter() - wall, time.process_time() - cpu))

    def add(self, name: str, cost: Cost) -> None:
        """Add a cost that another process told."""
        self.costs.setdefault(name, []).append(cost)


def in_turn(watch: Stopwatch, things: dict[str, Callable[[], object]], repeats: int) -> None:
    """Time each thing once in every repeat, each time from the other end, so that neither always goes first."""
    for repeat in range(repeats):
        for name in list(things)[:: -1 if repeat % 2 else 1]:
            with watch.timing(name):
                things[name]()


def row(watch: Stopwatch, name: str, against: str | None = None, *, each: int = 1) -> dict[str, Any]:
    """Tell a thing's medians in milliseconds for each of `each`, and how many times less than another it cost.

    The ratio is the median of the ratios of paired repeats where both ran as often; `spread` is the widest a repeat's
    CPU time lay from the median, as a share.
    """
    costs = watch.costs[name]
    cpu = statistics.median(cost.cpu for cost in costs)
    told = {
        "what": name,
        "repeats": len(costs),
        "cpu_ms": 1000 * cpu / each,
        "wall_ms": 1000 * statistics.median(cost.wall for cost in costs) / each,
        "spread": max(abs(cost.cpu - cpu) for cost in costs) / cpu if cpu else 0.0,
    }
    if against is not None and against in watch.costs:
        told["against"] = against
        told["times_less_cpu"] = _ratio([cost.cpu for cost in watch.costs[against]], [cost.cpu for cost in costs])
        told["times_less_wall"] = _ratio([cost.wall for cost in watch.costs[against]], [cost.wall for cost in costs])
    return told


def _ratio(theirs: Sequence[float], ours: Sequence[float]) -> float:
    if len(theirs) == len(ours):
        return statistics.median(other / own for other, own in zip(theirs, ours, strict=True))
    return statistics.median(theirs) / statistics.median(ours)


def noise(seconds: float = 1.0) -> dict[str, float]:
    """Tell how steady the machine is just now: the same loop again and again, its slowest tenth against its median."""
    took: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        began = time.perf_counter()
        sum(number * number for number in range(20_000))
        took.append(time.perf_counter() - began)
    took.sort()
    median = statistics.median(took)
    return {"loop_ms": 1000 * median, "slowest_tenth": took[len(took) * 9 // 10] / median}


def share(times_less: float) -> str:
    """Write a ratio as people say it.

    >>> share(27.13), share(0.05)
    ('1/27.1', '20 times')
    """
    return f"1/{times_less:.3g}" if times_less >= 1 else f"{1 / times_less:.3g} times"


def table(title: str, rows: Sequence[dict[str, Any]], unit: str) -> str:
    """Write rows as a small table."""
    width = max(len(one["what"]) for one in rows)
    lines = [f"{title} ({unit})", f"  {'':{width}}  {'CPU ms':>10} {'wall ms':>10}  spread   {'CPU':>9} {'wall':>9}"]
    for one in rows:
        ratio = ""
        if "against" in one:
            cpu, wall = share(one["times_less_cpu"]), share(one["times_less_wall"])
            ratio = f"{cpu:>9} {wall:>9} of {one['against']}"
        figures = f"{one['cpu_ms']:>10.2f} {one['wall_ms']:>10.2f}  ±{100 * one['spread']:>3.0f} %"
        lines.append(f"  {one['what']:{width}}  {figures}   {ratio}".rstrip())
    return "\n".join(lines)
