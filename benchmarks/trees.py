"""Small boosted trees, grown by scikit-learn and written down as nested lists that plain Python can follow.

A tree is a number, or `[which, limit, at most, above]`: the number of what it asks for, and a tree for either answer.
Deterministic: a fixed seed.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier

from mediafeed.normalize.credits.ranking import DEPTH, Tree, Trees

TREES = 150
_RATE = 0.07
_FEWEST = 12
_SHARE = 0.6
_ASKED = 0.35


def grown(
    numbers: Sequence[Sequence[float]], labels: Sequence[bool], weights: Sequence[float], *, trees: int = TREES
) -> Trees:
    """Grow trees that tell the labels."""
    model = GradientBoostingClassifier(
        n_estimators=trees,
        learning_rate=_RATE,
        max_depth=DEPTH,
        min_samples_leaf=_FEWEST,
        subsample=_SHARE,
        max_features=_ASKED,
        random_state=7,
    )
    wanted = np.array(labels, dtype=np.int64)
    model.fit(np.array(numbers, dtype=np.float32), wanted, sample_weight=np.array(weights))
    share = float(np.average(wanted, weights=weights))
    start = round(float(np.log(share / (1 - share))), 4)
    return start, tuple(_written(one.tree_, 0) for one in model.estimators_[:, 0])


def _written(tree: Any, node: int) -> Tree:
    low, high = int(tree.children_left[node]), int(tree.children_right[node])
    if low < 0:
        return round(_RATE * float(tree.value[node][0][0]), 4)
    limit = float(np.format_float_positional(tree.threshold[node], precision=4))
    return int(tree.feature[node]), limit, _written(tree, low), _written(tree, high)
