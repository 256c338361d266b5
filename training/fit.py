"""Both halves of the model, learnt from documents."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from policywatch.taxonomy import context, linear
from policywatch.taxonomy.categories import Taxonomy
from policywatch.taxonomy.features import Seen, see
from policywatch.taxonomy.labelling import MOST_LABELS
from policywatch.taxonomy.model import Ruled
from policywatch.taxonomy.weights import MOST, encoded, weight_of
from training import logistic, tables
from training.corpus import Document, fold
from training.matrix import Columns, columns, fields, matrix

Array = np.ndarray[Any, Any]
SOFTNESS = 0.2  # LinearSVC's C
LOGISTIC = 0.3  # share of the logistic regressions in a margin; the rest is the support-vector machines'
COMMON = 20  # clauses that must have a feature before the regressions look at it: their many small weights cost room
STEEP, SHIFT = 5.0, 0.4  # a logit is about STEEP times a margin raised by SHIFT
FOLDS = 4  # for the first half's out-of-fold scores, which the second half learns from
WEIGHTS_KEPT = 650_000
CLIPPED = 0.9997  # quantile of the kept weights that becomes the largest one
LENIENT = 0.75  # of the best threshold
IMAGINED = 3  # clauses with both of two categories, and as many expected
IMAGINED_ALONE = 20  # clauses with a category, one of them with the other one too


@dataclass(frozen=True, slots=True)
class Prepared:
    """Documents read once: what the model sees of them, and their labels as rows of zeros and ones."""

    documents: list[Document]
    seen: list[list[Seen]]
    rows: list[dict[str, Any]]
    labels: Array  # clause x (categories, then "none")
    names: tuple[str, ...]
    folds: Array


def prepare(documents: Sequence[Document], categories: Sequence[str]) -> Prepared:
    names = (*categories, "")
    seen = [see(document.clauses) for document in documents]
    rows = [row for one in seen for row in fields(one)]
    labels = np.zeros((len(rows), len(names)), bool)
    place = 0
    for document in documents:
        for given in document.labels:
            for name in given or ("",):
                labels[place, names.index(name)] = True
            place += 1
    folds = np.array([fold(document.house, FOLDS, "fit:") for document in documents for _ in document.labels])
    return Prepared(list(documents), seen, rows, labels, names, folds)


@dataclass(frozen=True, slots=True)
class Machines:
    """The first half as it was learnt, before it is cut down to small whole numbers."""

    columns: Columns
    coefficients: Array
    offsets: Array

    def scores(self, rows: Sequence[dict[str, Any]]) -> Array:
        """Clause x name."""
        return np.asarray(matrix(rows, self.columns) @ self.coefficients.T + self.offsets)

    def headings(self, rows: Sequence[dict[str, Any]]) -> Array:
        """Clause x name: what the headings give by themselves."""
        rows = [{name: row[name] for name in "hH"} for row in rows]
        return np.asarray(matrix(rows, self.columns) @ self.coefficients.T)


@dataclass(frozen=True, slots=True)
class Scores:
    """What the first half says of each clause, in all and by its headings alone."""

    margins: Array
    headings: Array

    @classmethod
    def none(cls, shape: tuple[int, ...]) -> Scores:
        return cls(np.zeros(shape), np.zeros(shape))

    def take(self, machines: Machines, data: Prepared, places: Array) -> None:
        """What machines say of the clauses at some places."""
        rows = [data.rows[place] for place in places]
        self.margins[places] = machines.scores(rows)
        self.headings[places] = machines.headings(rows)


@threadpool_limits.wrap(limits=1)  # type: ignore[untyped-decorator]
def train(data: Prepared, taxonomy: Taxonomy, progress: Any = None) -> tuple[dict[str, Any], Machines]:
    """The model file's content, and the machines its first half was made from."""
    tell = progress or (lambda _: None)
    scores = Scores.none(data.labels.shape)
    for number in range(FOLDS):
        inside, outside = np.flatnonzero(data.folds != number), np.flatnonzero(data.folds == number)
        machines = learn([data.rows[i] for i in inside], data.labels[inside])
        scores.take(machines, data, outside)
        tell(f"fold {number + 1} of {FOLDS}")
    second = _context(data, scores, taxonomy)
    machines = learn(data.rows, data.labels)
    tell("all documents")
    return {"names": list(data.names), **packed(machines, data.rows), **second}, machines


def write(content: dict[str, Any], path: Path) -> int:
    """Same content, same bytes. Returns the file's size."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    body = gzip.compress(text.encode(), 9, mtime=0)
    path.write_bytes(body)
    return len(body)


def learn(rows: Sequence[dict[str, Any]], labels: Array) -> Machines:
    """For each name a support-vector machine and a logistic regression, added up: both are linear, so is their sum."""
    made = columns(rows)
    values = matrix(rows, made)
    vectors = [
        LinearSVC(C=SOFTNESS, dual=True, max_iter=100, tol=0.03, random_state=0).fit(values, labels[:, lane])
        for lane in range(labels.shape[1])
    ]
    common = np.flatnonzero(np.asarray((values != 0).sum(0)).ravel() >= COMMON)
    slopes, logits = logistic.learn(values[:, common], labels)
    coefficients = (1 - LOGISTIC) * np.array([one.coef_[0] for one in vectors])
    coefficients[:, common] += LOGISTIC / STEEP * slopes
    offsets = np.array([one.intercept_[0] for one in vectors])
    return Machines(made, coefficients, (1 - LOGISTIC) * offsets + LOGISTIC * (logits / STEEP - SHIFT))


def packed(machines: Machines, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The heaviest weights as small whole numbers; ``rows`` tell how often each counts."""
    made = machines.columns
    factors = np.concatenate([made.factors[name] for name in made.features])
    weights = machines.coefficients * factors  # of a feature's bare count
    values = matrix(rows, made)
    often = np.sqrt(np.asarray((values != 0).sum(0)).ravel())
    telling = np.abs(weights) * often
    least = np.partition(telling.ravel(), -WEIGHTS_KEPT)[-WEIGHTS_KEPT] if telling.size > WEIGHTS_KEPT else 0.0
    kept_weights = np.where(telling >= least, weights, 0.0)
    unit = float(np.quantile(np.abs(kept_weights[kept_weights != 0]), CLIPPED)) / weight_of(MOST)
    levels = _levels(kept_weights / unit)
    # What is left out leans to one side on average; the offsets make up for it.
    kept_share = np.sign(levels) * np.array([weight_of(n) for n in range(MOST + 1)])[np.abs(levels)] * unit
    offsets = machines.offsets + ((weights - kept_share) / factors) @ np.asarray(values.mean(0)).ravel()
    tables: dict[str, list[tuple[str, str]]] = {}
    at = 0
    for name, kept in made.features.items():
        part = levels[:, at : at + len(kept)].T
        at += len(kept)
        tables[name] = [(feature, encoded(row.tolist())) for feature, row in zip(kept, part, strict=True) if row.any()]
    step = unit / linear.UNIT
    return {
        "step": float(f"{step:.6g}"),
        "bias": [round(float(offset) / step) for offset in offsets],
        "pairs": _pairs(tables.pop("b")),
        "tables": {name: _table(lines) for name, lines in tables.items()},
    }


def _table(lines: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {
        "features": "\n".join(feature for feature, _ in lines),
        "weights": "".join(letters for _, letters in lines),
    }


def _pairs(lines: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Pairs of words with those that begin alike on one line."""
    rows: dict[str, list[tuple[str, str]]] = {}
    for pair, letters in lines:
        first, second = pair.split(" ")
        rows.setdefault(first, []).append((second, letters))
    return {
        "features": "\n".join(" ".join([first, *(second for second, _ in row)]) for first, row in rows.items()),
        "weights": "".join(letters for row in rows.values() for _, letters in row),
    }


def _levels(weights: Array) -> Array:
    """The nearest levels of the file."""
    steps = np.array([weight_of(level) for level in range(MOST + 1)])
    between = (steps[1:] + steps[:-1]) / 2
    return (np.sign(weights) * np.searchsorted(between, np.abs(weights))).astype(int)


# -- the second half ---------------------------------------------------------------------------------------------------


def _context(data: Prepared, scores: Scores, taxonomy: Taxonomy) -> dict[str, Any]:
    rows = list(map(tuple, scores.margins.tolist()))
    starts = np.cumsum([0, *map(len, data.seen)]).tolist()
    parts = [slice(start, end) for start, end in pairwise(starts)]
    trusts = [Ruled(taxonomy, data.names, seen) for seen in data.seen]
    first = _first(data, rows, parts, trusts)
    headings = scores.headings.tolist()
    found = [
        (part.start + place, lane, values)
        for seen, part, trust in zip(data.seen, parts, trusts, strict=True)
        for place, candidates in enumerate(
            context.facts(seen, rows[part], headings[part].__getitem__, trust, first, range(len(seen)))
        )
        for lane, values in candidates
    ]
    places, lanes, values = (np.array(column) for column in zip(*found, strict=True))
    truth = data.labels[places, lanes]
    chances = np.zeros(data.labels.shape)
    for number in range(FOLDS):
        inside = data.folds[places] != number
        if inside.all():
            continue
        trees = tables.learn(values[inside], truth[inside])
        chances[places[~inside], lanes[~inside]] = trees.predict_proba(values[~inside])[:, 1]
    return {
        "first": first.weights,
        "along": first.along,
        "beside": first.beside,
        **tables.written(tables.learn(values, truth)),
        **_thresholds(chances[:, :-1], data.labels[:, :-1]),
    }


def _first(
    data: Prepared,
    rows: list[tuple[float, ...]],
    parts: Sequence[slice],
    trusts: Sequence[Mapping[tuple[int, int], float]],
) -> context.First:
    seen = [
        (context.logit_of(score), trust[place, lane], data.labels[part.start + place, lane])
        for part, trust in zip(parts, trusts, strict=True)
        for place, row in enumerate(rows[part])
        for lane, score in enumerate(row[:-1])
        if score > context.POSSIBLE
    ]
    own, trust, truth = (np.array(column) for column in zip(*seen, strict=True))
    line = LogisticRegression(C=10.0, max_iter=300).fit(np.column_stack([own, trust]), truth)
    by_own, by_trust = (float(f"{weight:.5g}") for weight in line.coef_[0])
    return context.First((by_own, by_trust, float(f"{line.intercept_[0]:.5g}")), *_company(data.labels[:, :-1]))


def _company(labels: Array) -> tuple[list[list[float]], list[list[float]]]:
    """How categories come together: logarithm of how much more often than by chance, and how often with a row's own."""
    given = labels.astype(float)
    alone = given.sum(0)
    both = given.T @ given
    lift = np.log((both + IMAGINED) / (np.outer(alone, alone) / len(given) + IMAGINED))
    share = (both + 1) / (alone[:, None] + IMAGINED_ALONE)
    np.fill_diagonal(lift, 0.0)
    np.fill_diagonal(share, 0.0)
    along, beside = ([[round(float(value), 3) for value in row] for row in found] for found in (lift, share))
    return along, beside


def _thresholds(chances: Array, labels: Array) -> dict[str, float]:
    """From when on a clause gets its likeliest category, and from when on others: the same for all, categories of their
    own did worse. Below the best, for a missed clause costs a reader more than a label too many, and because scores of
    documents that nothing was learnt from are less sure than those the best was found on."""
    ranked = (-chances).argsort(1, kind="stable").argsort(1, kind="stable")

    def f1(first: float, least: float) -> float:
        got = (ranked < MOST_LABELS) & (chances >= np.where(ranked == 0, min(first, least), least))
        return float(2 * (got & labels).sum() / max(1, got.sum() + labels.sum()))

    steps = np.arange(0.2, 0.6, 0.02)
    first, least = max(((first, least) for least in steps for first in steps if first <= least), key=lambda at: f1(*at))
    return {"first_least": round(float(LENIENT * first), 3), "least": round(float(LENIENT * least), 3)}
