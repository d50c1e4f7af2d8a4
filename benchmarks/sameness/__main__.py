"""Measure which episodes are told to be one recording.

    python -m benchmarks.sameness [--json] [--store DATABASE [--sample N] [--near N]]

Over made-up pairs it prints precision and recall and every error. With the database of a real refresh it counts each
rule's merges and prints a sample of them, and of near-misses, to be read and judged; nothing of that belongs into the
repository.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from benchmarks.sameness import different, same
from benchmarks.sameness.telling import Pair
from mediafeed.model.episode import Episode
from mediafeed.normalize.same_episode import bare_title, match_keys, sameness, title_tells
from mediafeed.store.store import Store

if TYPE_CHECKING:
    from mediafeed.model.held import StoredTelling


def all_pairs() -> list[Pair]:
    """Give every made-up pair."""
    return [*same.pairs(), *different.pairs()]


@dataclass(frozen=True)
class Score:
    """What came of the made-up pairs; `wrong` were taken for one, `missed` for two."""

    pairs: int
    one: int
    precision: float
    recall: float
    rules: dict[str, int]
    wrong: list[str]
    missed: list[str]


def scored() -> Score:
    """Ask about every made-up pair, from either side."""
    rules: Counter[str] = Counter()
    wrong, missed = [], []
    for pair in all_pairs():
        found = sameness(pair.a, pair.b)
        assert found == sameness(pair.b, pair.a), pair.what
        # What has no key in common is never compared.
        found = found if match_keys(pair.a) & match_keys(pair.b) else None
        if found:
            rules[found.rule] += 1
        if found and not pair.same:
            wrong.append(f"{pair.what}: {found.why}")
        if pair.same and not found:
            missed.append(pair.what)
    should = sum(pair.same for pair in all_pairs())
    right = should - len(missed)
    return Score(
        pairs=len(all_pairs()),
        one=should,
        precision=right / (right + len(wrong)),
        recall=right / should,
        rules=dict(rules),
        wrong=wrong,
        missed=missed,
    )


def merges(database: str) -> dict[str, list[str]]:
    """Give every merge of a store, in words, by its rule."""
    by_episode: dict[str, list[StoredTelling]] = defaultdict(list)
    with Store(database) as store:
        for told in store.all_tellings():
            by_episode[told.episode].append(told)
    found: dict[str, list[str]] = defaultdict(list)
    for tellings in by_episode.values():
        for place, told in enumerate(tellings[1:], 1):
            reasons = (sameness(told.telling, other.telling) for other in tellings[:place])
            reason = next(filter(None, reasons), None)
            across = "across" if told.source != tellings[0].source else "inside"
            rule = f"{reason.rule if reason else 'none alone'}, {across} sources"
            found[rule].append(f"{_line(tellings[0].telling)}\n    {_line(told.telling)}")
    return found


def near_misses(database: str) -> list[str]:
    """Give pairs of several sources that have a telling title, or a guid, in common and are two."""
    by_key: dict[str, list[Episode]] = defaultdict(list)
    with Store(database) as store:
        for episode in store.episodes([row.id for row in store.index()]):
            title = bare_title(episode)
            keys = {f"guid:{hearing.guid}" for hearing in episode.hearings if hearing.guid}
            for key in keys | ({f"title:{title}"} if title_tells(title) else set()):
                by_key[key].append(episode)
    return [line for key, some in by_key.items() if 1 < len(some) < 10 for line in _across(key, some)]


def _across(key: str, some: list[Episode]) -> Iterator[str]:
    first = some[0]
    for other in some[1:]:
        if {h.source for h in first.hearings} != {h.source for h in other.hearings} and not sameness(first, other):
            yield f"{key[:60]}\n    {_line(first)}\n    {_line(other)}"


def _line(episode: Episode) -> str:
    seconds = episode.duration.seconds if episode.duration else None
    dated = f"{episode.published:%Y-%m-%d %H:%M}" if episode.published else "undated"
    audio = episode.hearings[0].enclosure or ""
    return f"{episode.hearings[0].source[:24]} | {dated} | {seconds} s | {episode.title[:90]} | {audio[-40:]}"


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--store", metavar="DATABASE")
    parser.add_argument("--sample", type=int, default=20, help="merges of each rule to print")
    parser.add_argument("--near", type=int, default=40, help="near-misses to print")
    chosen = parser.parse_args()
    score = scored()
    if chosen.json:
        print(json.dumps(asdict(score), indent=2, ensure_ascii=False))
        return
    print(f"{score.pairs} made-up pairs, {score.one} of one recording and {score.pairs - score.one} of two: ", end="")
    print(f"precision {score.precision:.3f}, recall {score.recall:.3f}; by rule {score.rules}")
    for name, lines in (("wrong", score.wrong), ("missed", score.missed)):
        for line in lines:
            print(f"  {name}: {line}")
    if chosen.store:
        picked = random.Random(1)
        for rule, lines in sorted(merges(chosen.store).items()):
            print(f"\n{rule}: {len(lines)}")
            for line in picked.sample(lines, min(chosen.sample, len(lines))):
                print(f"  {line}")
        near = near_misses(chosen.store)
        print(f"\nnear-misses: {len(near)}")
        for line in picked.sample(near, min(chosen.near, len(near))):
            print(f"  {line}")


if __name__ == "__main__":
    main()
