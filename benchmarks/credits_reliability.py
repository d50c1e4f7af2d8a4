"""Draw how often credits are right against how sure they are said to be.

    python -m benchmarks.credits_reliability GOLD.jsonl [PICTURE.png] [tune|held]

A bar for each step of confidence: its height is the share that is right, the line is where it should be; the number of
credits stands below.
"""

import argparse
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw

from benchmarks.command import run
from benchmarks.credits import by_show, facts_of, part_of, plain, rows_of, show_of
from mediafeed.model.episode import Role
from mediafeed.normalize.credits.extract import Habits, credits_of, habits_of, profile_of, read

_STEPS = (0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
_WIDE, _HIGH, _EDGE = 720, 420, 50


def reliability(path: Path, part: str = "") -> dict[tuple[float, float], list[bool]]:
    """Give for each step of confidence whether each credit in it is right."""
    found: dict[tuple[float, float], list[bool]] = defaultdict(list)
    for rows in by_show(row for row in rows_of(path) if not part or part_of(row["show"]) == part).values():
        episodes = [(facts_of(row), show_of(row)) for row in rows]
        words = [read(facts, show) for facts, show in episodes]
        profile = profile_of(Habits.total(map(habits_of, words)), episodes[0][1])
        for row, one in zip(rows, words, strict=True):
            optional = {plain(name) for name in row.get("optional") or ()}
            for credit in credits_of(one, profile):
                kind = "guests" if credit.role is Role.GUEST else "hosts"
                if plain(credit.name) in optional or (kind == "hosts" and row.get("hosts_labelled") is False):
                    continue
                step = next((low, high) for low, high in pairwise(_STEPS) if credit.confidence < high)
                found[step].append(plain(credit.name) in {plain(name) for name in row[kind]})
    return found


def drawn(found: dict[tuple[float, float], list[bool]]) -> Image.Image:
    """Draw the diagram."""
    picture = Image.new("RGB", (_WIDE, _HIGH), "white")
    pen = ImageDraw.Draw(picture)
    width = (_WIDE - 2 * _EDGE) // (len(_STEPS) - 1)
    floor, ceiling = _HIGH - _EDGE, _EDGE
    for number, (low, high) in enumerate(pairwise(_STEPS)):
        right = found.get((low, high), [])
        left = _EDGE + number * width
        share = sum(right) / len(right) if right else 0.0
        pen.rectangle((left + 6, floor - share * (floor - ceiling), left + width - 6, floor), fill="#3b6ea5")
        wanted = floor - (low + min(high, 1.0)) / 2 * (floor - ceiling)
        pen.line((left, wanted, left + width, wanted), fill="#c0392b", width=3)
        pen.text((left + 10, floor + 6), f"{low:.2f}-{min(high, 1.0):.2f}", fill="black")
        pen.text((left + 10, floor + 22), f"n={len(right)}, {share:.2f}" if right else "none", fill="black")
    pen.text((_EDGE, 16), "Share of credits that are right (bars) by confidence; red: where it should be", fill="black")
    pen.line((_EDGE, floor, _WIDE - _EDGE, floor), fill="black")
    return picture


def main() -> None:
    """Print the shares and draw them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("picture", nargs="?")
    parser.add_argument("part", nargs="?", choices=("tune", "held"))
    wanted = parser.parse_args()
    found = reliability(wanted.gold, wanted.part or "")
    for (low, high), right in sorted(found.items()):
        print(f"{low:.2f} to {min(high, 1.0):.2f}: {sum(right) / len(right):.3f} of {len(right)}")
    if wanted.picture:
        drawn(found).save(wanted.picture, optimize=True)


if __name__ == "__main__":
    run(main)
