"""Train the weights of `normalize/credits/weights.json` from labelled episodes.

    python -m benchmarks.training [--gold GOLD.jsonl] [--also GOLD.jsonl] [--feeds FOLDER] [--out FILE.json] [--judge]

A regularised logistic regression over what stands around a name, then small boosted trees over what it believes of
episodes that it was not trained on: shows are dealt to folds, so a show is never believed by weights that have seen it.
Everyday wordings come from `plain_shows`. `--also` names a file of other people's episodes, of whose shows the "tune"
part is trained on: of their words only common English ones get a weight. Every row says whose its `text` and `labels`
are. Deterministic: fixed seeds, no clock; the same gold gives the same file. Needs numpy and scikit-learn.
"""

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.command import run
from benchmarks.corpus_gold import real_rows
from benchmarks.credits import facts_of, part_of, plain, rows_of, show_of, words_stand
from benchmarks.plain_shows import plain_rows
from benchmarks.trees import grown
from mediafeed.normalize.common_words import is_common_word
from mediafeed.normalize.credits.candidates import Candidate, same_in_one_episode
from mediafeed.normalize.credits.context import Mentions
from mediafeed.normalize.credits.facts import Facts
from mediafeed.normalize.credits.feed import feed_numbers
from mediafeed.normalize.credits.habits import Habits
from mediafeed.normalize.credits.profile import NOTHING_LEARNED, profile_of
from mediafeed.normalize.credits.ranking import Trees, Weights, Words, decided, ready, weighed
from mediafeed.normalize.credits.reading import Reading, reading_of, word_features
from mediafeed.normalize.credits.showing import shown_by
from mediafeed.normalize.credits.speaking import believed, habits_in, is_english, looked_at_again
from mediafeed.normalize.credits.vocabulary import SPELLED
from mediafeed.normalize.credits.word_classes import is_listed
from mediafeed.normalize.lexicon import english
from mediafeed.normalize.persons import person_key

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "src" / "mediafeed" / "normalize" / "credits" / "weights.json"
NEITHER, HOST, GUEST, DOUBTFUL = 0, 1, 2, -1
_NEEDED = ("text", "labels")  # whose words and labels they are: an episode counts by that
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
_REAL_WEIGHT = 4.0
_READ_WEIGHT = 2.0
_FULL_SHOW = 10  # of a show with more episodes each counts less
_STEPS = 250
_SMALLEST = 0.02
_FEWEST_SHOWS = 3
_RIDGE = 2.0
_WORDY = re.compile(r"(?:[tdS]|ST)(?:(?:L1|L2|R1|R2|b|a|V)=|(?:label|head):)(.*)")


@dataclass(slots=True)
class Example:
    """One labelled episode, read. `labels` go with the reading's candidates; `fold` tells whose weights may judge it.

    `taught` is what the second stage sees of the same episode: numbers and label of each candidate, beside its feed
    and then as if it were the only one of its show.
    """

    row: dict[str, Any]
    facts: Facts
    reading: Reading
    labels: list[int]
    fold: int
    share: float
    features: list[list[str]]
    beside: list[tuple[Candidate, list[float], int]] = field(default_factory=list)
    alone: list[tuple[Candidate, list[float], int]] = field(default_factory=list)

    @property
    def show(self) -> str:
        """Name the show."""
        return str(self.row["show"])

    @property
    def weight(self) -> float:
        """Give how much it counts."""
        if self.row["text"] != "invented":
            return (_READ_WEIGHT if self.row["labels"] == "by a reader" else _REAL_WEIGHT) * self.share
        return _PLAIN_WEIGHT if self.row.get("kind") == "plain" else 1.0


def examples_of(rows: Sequence[dict[str, Any]], folds: int) -> list[Example]:
    """Read labelled episodes and label their candidates; those in other languages are left out."""
    shows = sorted({row["show"] for row in rows}, key=lambda show: hashlib.sha256(show.encode()).hexdigest())
    fold = {show: number % folds for number, show in enumerate(shows)}
    episodes = Counter(row["show"] for row in rows)
    found = []
    for row in rows:
        facts, show = facts_of(row), show_of(row)
        if is_english(facts, show):
            reading = reading_of(facts, shown_by(show))
            labels = [label_of(candidate, row) for candidate in reading.candidates]
            features = word_features(reading, Mentions(reading.tokens, SPELLED))
            if row["text"] != "invented":
                features = [[feature for feature in own if _is_anybodys(feature)] for own in features]
            share = min(1.0, _FULL_SHOW / episodes[row["show"]])
            found.append(Example(row, facts, reading, labels, fold[row["show"]], share, features))
    return found


def _is_anybodys(feature: str) -> bool:
    """Say whether a feature holds no word but common English ones, so that a weight for it tells nobody's text."""
    found = _WORDY.fullmatch(feature)
    if not found or not found[1].isalpha():
        return True
    return is_listed(found[1]) or is_common_word(found[1]) or found[1] in english()


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
    found, pace, spread = prior.copy(), np.zeros_like(prior), np.zeros_like(prior)
    for step in range(1, _STEPS + 1):
        scores = np.stack([np.bincount(rows, weights=found[columns, k], minlength=len(held)) for k in (0, 1)], axis=1)
        most = np.maximum(scores.max(axis=1, keepdims=True), 0.0)
        raised = np.exp(scores - most)
        missing = (raised / (raised.sum(axis=1, keepdims=True) + np.exp(-most)) - wanted) * share
        slope = np.stack([np.bincount(columns, weights=missing[rows, k], minlength=len(names)) for k in (0, 1)], axis=1)
        slope += _RIDGE * (found - prior)
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


def fitted_words(examples: Sequence[Example]) -> Weights:
    """Fit the first stage."""
    one = [
        (features, label, example)
        for example in examples
        for features, label in zip(example.features, example.labels, strict=True)
        if label != DOUBTFUL
    ]
    return fitted(
        [features for features, _, _ in one],
        [label for _, label, _ in one],
        [example.show for _, _, example in one],
        [example.weight for _, _, example in one],
    )


def crossed(examples: list[Example], folds: int) -> None:
    """Believe each fold by weights that the other folds gave, and set what the second stage sees from that."""
    for fold in range(folds):
        words = weighed(fitted_words([one for one in examples if one.fold != fold]))
        shows: dict[str, list[Example]] = defaultdict(list)
        for one in examples:
            if one.fold == fold:
                shows[one.show].append(one)
        for episodes in shows.values():
            _see(episodes, words)


def _see(episodes: list[Example], words: Words) -> None:
    """Set the second stage's numbers of a show's episodes, by the profile they give and without one."""
    believed_alone = [believed(one.reading, words) for one in episodes]
    profile = profile_of(Habits.total(map(habits_in, believed_alone)), show_of(episodes[0].row))
    for one, alone in zip(episodes, believed_alone, strict=True):
        again = looked_at_again(alone, one.facts, profile.hosts, words)
        candidates = again.reading.candidates
        anew = candidates is not one.reading.candidates
        labels = [label_of(candidate, one.row) for candidate in candidates] if anew else one.labels
        one.beside = list(zip(candidates, feed_numbers(again.reading, again.beliefs, profile), labels, strict=True))
        unknown = feed_numbers(one.reading, alone.beliefs, NOTHING_LEARNED)
        one.alone = list(zip(one.reading.candidates, unknown, one.labels, strict=True))


def fitted_trees(examples: Sequence[Example], role: int) -> Trees:
    """Grow the second stage's trees for a role; each episode is seen twice, beside its feed and alone."""
    seen = [
        (numbers, label, example.weight * share)
        for example in examples
        for view, share in ((example.beside, 1.0), (example.alone, 0.3))
        for _, numbers, label in view
        if label != DOUBTFUL
    ]
    return grown(
        [numbers for numbers, _, _ in seen], [label == role for _, label, _ in seen], [share for _, _, share in seen]
    )


Scored = tuple[float, bool, Example, str]


def judged(examples: list[Example], folds: int) -> dict[str, tuple[list[Scored], int]]:
    """Give the beliefs in guests and hosts of shows unseen, sorted, each with its truth; and how many are labelled."""
    found: dict[str, list[Scored]] = {"guests": [], "hosts": []}
    told = [one for one in examples if one.row.get("kind") != "plain"]
    for fold in range(folds):
        others = [example for example in examples if example.fold != fold]
        host, guest = ready(*fitted_trees(others, HOST)), ready(*fitted_trees(others, GUEST))
        for example in told:
            if example.fold == fold:
                _judge(example, host, guest, found)
    labelled = {kind: sum(words_stand(name, one.row) for one in told for name in one.row[kind]) for kind in found}
    return {kind: (sorted(scored, key=lambda one: -one[0]), labelled[kind]) for kind, scored in found.items()}


def _judge(example: Example, host: Trees, guest: Trees, found: dict[str, list[Scored]]) -> None:
    optional = {plain(name) for name in example.row.get("optional") or ()}
    for candidate, numbers, _ in example.beside:
        one = decided(host, guest, numbers)
        name = plain(candidate.name)
        kind = "guests" if one.guest >= one.host else "hosts"
        if name in optional or (kind == "hosts" and example.row.get("hosts_labelled") is False):
            continue
        labelled = {plain(other) for other in example.row[kind]}
        found[kind].append((max(one.guest, one.host), name in labelled, example, candidate.name))


def main() -> None:
    """Train, tell how shows unseen fare, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=HERE / "gold" / "train.jsonl")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--also", type=Path, action="append", default=[], help="other people's labelled episodes")
    parser.add_argument("--feeds", type=Path, help="the folder of the feeds that gold/real.jsonl labels")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--judge", action="store_true", help="tell how shows unseen fare")
    parser.add_argument("--host-from", type=float, default=0.7)
    parser.add_argument("--guest-from", type=float, default=0.83)
    wanted = parser.parse_args()
    rows = [*rows_of(wanted.gold, _NEEDED), *plain_rows()]
    real = [row for path in wanted.also for row in rows_of(path, _NEEDED)]
    if wanted.feeds:
        real += real_rows(wanted.feeds)
    rows += [row for row in real if part_of(row["show"]) == "tune"]
    examples = examples_of(rows, wanted.folds)
    crossed(examples, wanted.folds)
    if wanted.judge:
        _tell(judged(examples, wanted.folds))
    host, guest = fitted_trees(examples, HOST), fitted_trees(examples, GUEST)
    words = fitted_words(examples)
    held = {
        "host_from": wanted.host_from,
        "guest_from": wanted.guest_from,
        "host": host,
        "guest": guest,
        "words": words,
    }
    wanted.out.write_text(json.dumps(held, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _tell(found: dict[str, tuple[list[Scored], int]]) -> None:
    for kind, (scored, labelled) in found.items():
        for least in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
            said = [correct for score, correct, _, _ in scored if score >= least]
            precision, recall = sum(said) / max(1, len(said)), sum(said) / max(1, labelled)
            print(f"{kind} from {least}: precision {precision:.3f} recall {recall:.3f}")


if __name__ == "__main__":
    run(main)
