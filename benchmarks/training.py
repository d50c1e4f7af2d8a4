"""Train the weights of `normalize/credits/weights.json` from labelled episodes.

    python -m benchmarks.training [--gold benchmarks/gold/train.jsonl] [--out WEIGHTS.json] [--folds 5]

Two regularised logistic regressions, the second over what the first believes of episodes it was not trained on: shows
are dealt to folds, so a show is never believed by weights that have seen it. Everyday wordings come from
`plain_shows`. Deterministic: no chance, no clock; the same gold gives the same file. Needs numpy.
"""

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.credits import facts_of, plain, rows_of, show_of, words_stand
from benchmarks.plain_shows import plain_rows
from mediafeed.normalize.credits.candidates import Candidate, same_in_one_episode
from mediafeed.normalize.credits.feed import feed_features
from mediafeed.normalize.credits.habits import Habits
from mediafeed.normalize.credits.profile import NOTHING_LEARNED, profile_of
from mediafeed.normalize.credits.ranking import NOTHING, STAGES, Belief, Weights, belief, odds
from mediafeed.normalize.credits.reading import Reading, reading_of
from mediafeed.normalize.credits.showing import shown_by
from mediafeed.normalize.credits.speaking import habits_in
from mediafeed.normalize.persons import person_key

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "src" / "mediafeed" / "normalize" / "credits" / "weights.json"
NEITHER, HOST, GUEST, DOUBTFUL = 0, 1, 2, -1
# What grammar says outright is believed before any episode was seen, for host and for guest: training starts from here.
_PRIOR = {
    "c:guest": (0.0, 5.0),
    "c:host": (5.0, 0.0),
    "tl1=with": (0.0, 1.5),
    "S:told": (3.0, 0.0),
    "S:author": (1.5, 0.0),
    "S:config": (5.0, 0.0),
    "A:sole": (1.5, 0.0),
} | {
    f"d{where}={kind}": prior
    for where in ("label", "head")
    for kind, prior in {"guest": (0.0, 3.0), "host": (3.0, 0.0), "crew": (-2.0, -2.0)}.items()
}
_PLAIN_WEIGHT = 0.4
_STEPS = 250
_SMALLEST = 0.02
_FEWEST_SHOWS = 3
_RIDGE = {"words": 2.0, "feed": 8.0}


@dataclass(slots=True)
class Example:
    """One labelled episode, read. `labels` go with its candidates; `folds` tells which weights may not judge it."""

    show: str
    row: dict[str, Any]
    reading: Reading
    labels: list[int]
    fold: int
    beliefs: list[Belief] = field(default_factory=list)
    feed: list[list[str]] = field(default_factory=list)
    alone: list[list[str]] = field(default_factory=list)


def examples_of(rows: Sequence[dict[str, Any]], folds: int) -> list[Example]:
    """Read labelled episodes and label their candidates."""
    shows = sorted({row["show"] for row in rows}, key=lambda show: hashlib.sha256(show.encode()).hexdigest())
    fold = {show: number % folds for number, show in enumerate(shows)}
    found = []
    for row in rows:
        reading = reading_of(facts_of(row), shown_by(show_of(row)))
        labels = [label_of(candidate, row) for candidate in reading.candidates]
        found.append(Example(row["show"], row, reading, labels, fold[row["show"]]))
    return found


def label_of(candidate: Candidate, row: dict[str, Any]) -> int:
    """Give what a candidate is by the labels; doubtful where only a part of a labelled name was found."""
    labelled = {person_key(name): HOST for name in row["hosts"]} | {person_key(name): GUEST for name in row["guests"]}
    if candidate.key in {person_key(name) for name in row.get("optional") or ()}:
        return DOUBTFUL
    if candidate.key in labelled:
        return labelled[candidate.key]
    ours = candidate.key.split()
    for key, label in labelled.items():
        if same_in_one_episode(ours, key.split()):
            return label
    if any(set(ours) <= set(key.split()) or set(key.split()) <= set(ours) for key in labelled):
        return DOUBTFUL
    return DOUBTFUL if row.get("hosts_labelled") is False and candidate.shown else NEITHER


def fitted(
    features: Sequence[Sequence[str]],
    labels: Sequence[int],
    shows: Sequence[str],
    weights: Sequence[float],
    ridge: float,
    before: Sequence[tuple[float, float]],
) -> Weights:
    """Fit a logistic regression of three classes, "neither" at zero, by full-batch Adam; rare features are left out."""
    seen: dict[str, set[str]] = defaultdict(set)
    for row, show in zip(features, shows, strict=True):
        for feature in row:
            seen[feature].add(show)
    names = sorted(feature for feature, among in seen.items() if len(among) >= _FEWEST_SHOWS or feature in _PRIOR)
    index = {feature: number for number, feature in enumerate(names)}
    held = [[index[feature] for feature in row if feature in index] for row in features]
    rows = np.repeat(np.arange(len(held)), [len(row) for row in held])
    columns = np.array([column for row in held for column in row], dtype=np.int64)
    prior = np.array([_PRIOR.get(name, (0.0, 0.0)) for name in names])
    wanted = np.eye(3)[np.array(labels)][:, 1:]
    share = np.array(weights)[:, None]
    offset = np.array(before)
    found, pace, spread = prior.copy(), np.zeros_like(prior), np.zeros_like(prior)
    for step in range(1, _STEPS + 1):
        scores = np.stack([np.bincount(rows, weights=found[columns, k], minlength=len(held)) for k in (0, 1)], axis=1)
        scores += offset
        most = np.maximum(scores.max(axis=1, keepdims=True), 0.0)
        raised = np.exp(scores - most)
        missing = (raised / (raised.sum(axis=1, keepdims=True) + np.exp(-most)) - wanted) * share
        slope = np.stack([np.bincount(columns, weights=missing[rows, k], minlength=len(names)) for k in (0, 1)], axis=1)
        slope += ridge * (found - prior)
        pace = 0.9 * pace + 0.1 * slope
        spread = 0.99 * spread + 0.01 * slope * slope
        rate = 0.15 * (1 - 0.9 * step / _STEPS)
        found -= rate * (pace / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-6)
    rounded = np.round(found, 3)
    return {
        name: (float(rounded[number, 0]), float(rounded[number, 1]))
        for number, name in enumerate(names)
        if np.abs(rounded[number]).max() >= _SMALLEST
    }


def fitted_stage(examples: Sequence[Example], stage: str) -> Weights:
    """Fit one stage; the last sees each episode twice, beside its feed and as the only one of its show."""
    one = [
        (features, label, example, which)
        for example in examples
        for seen in _seen(example, stage)
        for which, (features, label) in enumerate(zip(seen, example.labels, strict=True))
        if label != DOUBTFUL
    ]
    return fitted(
        [features for features, _, _, _ in one],
        [label for _, label, _, _ in one],
        [example.show for _, _, example, _ in one],
        [_weight(example) / (2 if stage == "feed" else 1) for _, _, example, _ in one],
        _RIDGE[stage],
        [odds(example.beliefs[which]) if stage == "feed" else NOTHING for _, _, example, which in one],
    )


def _seen(example: Example, stage: str) -> tuple[Sequence[Sequence[str]], ...]:
    if stage == "words":
        return (example.reading.features,)
    return (example.feed, example.alone)


def _weight(example: Example) -> float:
    return _PLAIN_WEIGHT if example.row["kind"] == "plain" else 1.0


def believe(examples: Sequence[Example], stage: str, weights: Weights) -> None:
    """Set what a stage believes of each candidate."""
    for example in examples:
        (seen, *_) = _seen(example, stage)
        example.beliefs = [belief(weights, features) for features in seen]


def feed(examples: Sequence[Example]) -> None:
    """Set the last stage's features, with the profile of each show and without one."""
    shows: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        shows[example.show].append(example)
    for episodes in shows.values():
        habits = Habits.total(habits_in(one.reading, one.beliefs) for one in episodes)
        profile = profile_of(habits, show_of(episodes[0].row))
        for one in episodes:
            one.feed = feed_features(one.reading, one.beliefs, profile)
            one.alone = feed_features(one.reading, one.beliefs, NOTHING_LEARNED)


def crossed(examples: list[Example], folds: int) -> None:
    """Believe each fold by weights that the other folds gave, and set the second stage's features from that."""
    for fold in range(folds):
        weights = fitted_stage([one for one in examples if one.fold != fold], "words")
        believe([one for one in examples if one.fold == fold], "words", weights)
    feed(examples)


Scored = tuple[float, bool, Example, str]


def judged(examples: list[Example], folds: int) -> dict[str, tuple[list[Scored], int]]:
    """Give the beliefs in guests and hosts of shows unseen, sorted, each with its truth; and how many are labelled."""
    found: dict[str, list[Scored]] = {"guests": [], "hosts": []}
    for fold in range(folds):
        weights = fitted_stage([example for example in examples if example.fold != fold], "feed")
        for example in examples:
            if example.fold == fold and example.row["kind"] != "plain":
                _judge(example, weights, found)
    labelled = {
        kind: sum(
            words_stand(name, one.row) for one in examples if one.row["kind"] != "plain" for name in one.row[kind]
        )
        for kind in found
    }
    return {kind: (sorted(scored, key=lambda one: -one[0]), labelled[kind]) for kind, scored in found.items()}


def _judge(example: Example, weights: Weights, found: dict[str, list[Scored]]) -> None:
    optional = {plain(name) for name in example.row.get("optional") or ()}
    for candidate, features, before in zip(example.reading.candidates, example.feed, example.beliefs, strict=True):
        one = belief(weights, features, before)
        name = plain(candidate.name)
        kind = "guests" if one.guest >= one.host else "hosts"
        if name not in optional:
            labelled = {plain(other) for other in example.row[kind]}
            found[kind].append((max(one.guest, one.host), name in labelled, example, candidate.name))


def threshold(scored: list[Scored], labelled: int, wanted: float) -> tuple[float, float, float]:
    """Give the lowest belief at which so large a share is right, that share, and the recall there."""
    best = (0.99, 0.0, 0.0)
    right = 0
    for number, (score, correct, _, _) in enumerate(scored, 1):
        right += correct
        if number >= 20 and right / number >= wanted:
            best = (score, right / number, right / labelled)
    return best


def main() -> None:
    """Train, tell how shows unseen fare, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=HERE / "gold" / "train.jsonl")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--host-from", type=float, default=0.7)
    parser.add_argument("--guest-from", type=float, default=0.9)
    wanted = parser.parse_args()
    examples = examples_of([*rows_of(wanted.gold), *plain_rows()], wanted.folds)
    crossed(examples, wanted.folds)
    for kind, (scored, labelled) in judged(examples, wanted.folds).items():
        for least in (0.5, 0.6, 0.7, 0.8, 0.9):
            said = [correct for score, correct, _, _ in scored if score >= least]
            print(f"{kind} from {least}: precision {sum(said) / len(said):.3f} recall {sum(said) / labelled:.3f}")
    stages = {stage: fitted_stage(examples, stage) for stage in STAGES}
    held = {"host_from": wanted.host_from, "guest_from": wanted.guest_from, **stages}
    wanted.out.write_text(json.dumps(held, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print({stage: len(weights) for stage, weights in stages.items()})


if __name__ == "__main__":
    main()
