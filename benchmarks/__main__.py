"""Measure, side by side in one run, and tell ratios.

    python -m benchmarks [--json] [--quick] [--repeats N] [--feeds N] [--episodes N]
                         [reading|publishing|refreshing|serving …]

A ratio is worth more than a figure: both of its sides ran on the same machine, in turn. CPU is the time of the process
that did the work; the origin has a process of its own.
"""

import argparse
import json
import logging
import os
import platform
import sys
from importlib.metadata import version
from typing import Any

from benchmarks import publishing, reading, refreshing, serving
from benchmarks.measuring import noise, table

PARTS = ("reading", "publishing", "refreshing", "serving")
READ_OFTEN = 5  # one reading takes milliseconds: so many times the repeats of the others


def main() -> None:
    """Run what is asked for and print tables, or one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"{', '.join(PARTS)}; default: all")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of tables")
    parser.add_argument("--quick", action="store_true", help="20 feeds, 1,000 episodes")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--episodes", type=int, default=10_000)
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}: there are {', '.join(PARTS)}")
    logging.disable(logging.WARNING)
    feeds, episodes = (20, 1_000) if chosen.quick else (chosen.feeds, chosen.episodes)
    report: dict[str, Any] = {"machine": machine(), "parts": {}}
    if not chosen.json:
        print(" ".join(f"{name} {value}," for name, value in report["machine"].items()).rstrip(","))
    for part in chosen.parts or PARTS:
        before, load = noise(), os.getloadavg()[0]
        told = measured(part, repeats=chosen.repeats, feeds=feeds, episodes=episodes)
        told["noise"] = {"load_before": load, "before": before, "after": noise()}
        report["parts"][part] = told
        if not chosen.json and "left_out" in told:
            print(f"\n{told['title']}: left out, {told['left_out']}")
        elif not chosen.json:
            print(
                f"\n{table(told['title'], told['rows'], told['unit'])}\n  {noise_in_words(told['noise'])}", flush=True
            )
    if chosen.json:
        json.dump(report, sys.stdout, indent=2)
        print()


def measured(part: str, *, repeats: int, feeds: int, episodes: int) -> dict[str, Any]:
    """Run one part."""
    if part == "reading":
        return reading.measure(READ_OFTEN * repeats)
    if part == "publishing":
        return publishing.measure(episodes, repeats)
    if part == "serving":
        return serving.measure(repeats)
    return refreshing.measure(feeds, repeats)


def machine() -> dict[str, Any]:
    """Tell what it ran on and what it is compared with."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "feedparser": version("feedparser"),
        "feedgen": version("feedgen"),
        "reader": refreshing.reader_version() or "not installed",
    }


def noise_in_words(noise: dict[str, Any]) -> str:
    """Say how steady the machine was around a part."""
    before, after = noise["before"], noise["after"]
    return (
        f"noise: load {noise['load_before']:.1f} before; one loop {before['loop_ms']:.2f} ms before and "
        f"{after['loop_ms']:.2f} ms after, its slowest tenth {before['slowest_tenth']:.2f} and "
        f"{after['slowest_tenth']:.2f} times that"
    )


if __name__ == "__main__":
    main()
