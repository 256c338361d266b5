"""What pairs of facts add to a candidate's logit, learnt by boosting trees of two questions, written down as tables.

Each leaf of such a tree is known by the steps of two facts at most, so the sum of all trees is a table for each pair of
facts: hundreds of trees cost no more than one look-up a pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from policywatch.taxonomy.context import FACTS, UNIT

Array = np.ndarray[Any, Any]
# Found by boosting with all pairs allowed, out of fold: those that took the most of the loss.
PAIRS = (
    ("rival", "guess"), ("none", "guess"), ("rule lead", "guess"), ("rival", "along"), ("lead", "guess"),
    ("document", "guess"), ("document", "along"), ("section", "heading"), ("rule", "heading"), ("along", "beside"),
    ("lead", "length"), ("none", "along"), ("rival", "rule"), ("rule before", "heading"), ("rule before", "along"),
    ("guess", "heading"), ("before", "length"), ("document", "length"), ("rule", "along"), ("none", "other"),
    ("before2", "heading"), ("rival", "rule before"), ("before2", "length"), ("rival", "other"),
    ("after2", "heading"), ("after2", "document"), ("after2", "length"), ("own", "heading"), ("after", "rule after"),
    ("rival", "rule after"),
)  # fmt: skip
_PLACES = [(FACTS.index(a), FACTS.index(b)) for a, b in PAIRS]
TREES = 400
RATE = 0.12
STEPS = 32  # of a fact
LEAST_CANDIDATES = 60  # in a leaf


def learn(facts: Array, truth: Array) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=RATE,
        max_depth=2,
        min_samples_leaf=LEAST_CANDIDATES,
        max_bins=STEPS,
        interaction_cst=[set(places) for places in _PLACES],
        early_stopping=False,
        random_state=0,
    ).fit(facts, truth)


def written(trees: HistGradientBoostingClassifier) -> dict[str, Any]:
    """The part of the model file that context reads."""
    edges = [found.tolist() for found in trees._bin_mapper.bin_thresholds_]
    sizes = [len(found) + 1 for found in edges]
    tables = [np.zeros((sizes[a], sizes[b])) for a, b in _PLACES]
    for (tree,) in trees._predictors:  # a leaf belongs to the first pair that its questions are of
        for asked in _paths(tree.nodes, 0):
            at = next(at for at, places in enumerate(_PLACES) if {fact for fact, *_ in asked[:-1]} <= set(places))
            where = {place: slice(0, sizes[place]) for place in _PLACES[at]}
            for fact, low, is_low in asked[:-1]:
                start, stop = (0, low) if is_low else (low, sizes[fact])
                where[fact] = slice(max(where[fact].start, start), min(where[fact].stop, stop))
            tables[at][tuple(where.values())] += asked[-1]
    return {
        "edges": edges,
        "facts": [
            [a, b, np.round(table * UNIT).astype(int).tolist()] for (a, b), table in zip(_PLACES, tables, strict=True)
        ],
        "offset": round(float(np.ravel(trees._baseline_prediction)[0]) * UNIT),
    }


def _paths(nodes: Sequence[Any], at: int) -> Iterator[list[Any]]:
    """For each leaf the questions that lead to it, (fact, first step above, whether below it), and the leaf's value."""
    node = nodes[at]
    if node["is_leaf"]:
        yield [float(node["value"])]
        return
    for side in ("left", "right"):
        for rest in _paths(nodes, int(node[side])):
            yield [(int(node["feature_idx"]), int(node["bin_threshold"]) + 1, side == "left"), *rest]
