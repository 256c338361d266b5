"""Both halves of the model, learnt from documents."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from policywatch.taxonomy import linear
from policywatch.taxonomy.categories import Taxonomy
from policywatch.taxonomy.context import FACTS, facts
from policywatch.taxonomy.features import Seen, see
from policywatch.taxonomy.model import ruled
from training.corpus import Document, fold
from training.matrix import Columns, columns, fields, matrix

Array = np.ndarray[Any, Any]
SOFTNESS = 0.5  # LinearSVC's C
FOLDS = 4  # for the first half's out-of-fold scores, which the second half learns from
WEIGHTS_KEPT = 330_000
CLIPPED = 0.9995  # quantile of the kept weights that becomes the largest one
MIXED = 0.5  # thresholds: this much of the category's own best, the rest of the best common one


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


def train(data: Prepared, taxonomy: Taxonomy, progress: Any = None) -> dict[str, Any]:
    """The model file's content."""
    tell = progress or (lambda _: None)
    scores = np.zeros(data.labels.shape)
    for number in range(FOLDS):
        inside, outside = np.flatnonzero(data.folds != number), np.flatnonzero(data.folds == number)
        made = columns([data.rows[i] for i in inside])
        coefficients, offsets = _linear(matrix([data.rows[i] for i in inside], made), data.labels[inside])
        scores[outside] = matrix([data.rows[i] for i in outside], made) @ coefficients.T + offsets
        tell(f"fold {number + 1} of {FOLDS}")
    second = _context(data, scores, taxonomy)
    made = columns(data.rows)
    coefficients, offsets = _linear(matrix(data.rows, made), data.labels)
    tell("all documents")
    return {"names": list(data.names), **_packed(made, coefficients, offsets, data.rows), **second}


def write(content: dict[str, Any], path: Path) -> int:
    """Same content, same bytes. Returns the file's size."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    body = gzip.compress(text.encode(), 9, mtime=0)
    path.write_bytes(body)
    return len(body)


def _linear(values: Any, labels: Array) -> tuple[Array, Array]:
    """One support-vector machine a category."""
    coefficients, offsets = [], []
    for lane in range(labels.shape[1]):
        machine = LinearSVC(C=SOFTNESS, dual=True, max_iter=100, tol=0.03, random_state=0)
        machine.fit(values, labels[:, lane])
        coefficients.append(machine.coef_[0])
        offsets.append(machine.intercept_[0])
    return np.array(coefficients), np.array(offsets)


def _packed(made: Columns, coefficients: Array, offsets: Array, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The heaviest weights as small whole numbers."""
    factors = np.concatenate([made.factors[name] for name in made.features])
    weights = coefficients * factors  # of a feature's bare count
    often = np.sqrt(np.asarray((matrix(rows, made) != 0).sum(0)).ravel())
    telling = np.abs(weights) * often
    least = np.partition(telling.ravel(), -WEIGHTS_KEPT)[-WEIGHTS_KEPT] if telling.size > WEIGHTS_KEPT else 0.0
    weights = np.where(telling >= least, weights, 0.0)
    unit = float(np.quantile(np.abs(weights[weights != 0]), CLIPPED)) / linear.MOST
    whole = np.clip(np.rint(weights / unit), -linear.MOST, linear.MOST).astype(int)
    tables: dict[str, dict[str, str]] = {}
    at = 0
    for name, kept in made.features.items():
        part = whole[:, at : at + len(kept)].T
        at += len(kept)
        lines = [
            (feature, linear.encoded([(int(lane), int(row[lane])) for lane in np.flatnonzero(row)]))
            for feature, row in zip(kept, part, strict=True)
            if row.any()
        ]
        tables[name] = {
            "features": "\n".join(feature for feature, _ in lines),
            "weights": "\n".join(letters for _, letters in lines),
        }
    step = unit / linear.UNIT
    return {"step": float(f"{step:.6g}"), "bias": [round(float(offset) / step) for offset in offsets], "tables": tables}


# -- the second half ---------------------------------------------------------------------------------------------------


def _context(data: Prepared, scores: Array, taxonomy: Taxonomy) -> dict[str, Any]:
    places, lanes, found = _candidates(data, scores, taxonomy)
    truth = data.labels[places, lanes]
    spread = found.std(0) + 1e-9
    shared = LogisticRegression(C=1.0, max_iter=300, tol=1e-5).fit(found / spread, truth)
    weights = [float(f"{weight:.5g}") for weight in shared.coef_[0] / spread]
    sums = found @ np.array(weights)
    lines: dict[str, tuple[float, float]] = {}
    chances = np.zeros(data.labels.shape)
    for lane, name in enumerate(data.names):
        mine = lanes == lane
        line = LogisticRegression(C=10.0, max_iter=300).fit(sums[mine, None], truth[mine])
        slope, offset = float(f"{line.coef_[0][0]:.5g}"), float(f"{line.intercept_[0]:.5g}")
        lines[name] = (slope, offset)
        chances[places[mine], lane] = 1 / (1 + np.exp(-(slope * sums[mine] + offset)))
    return {"context": weights, "lines": lines, "thresholds": _thresholds(chances, data.labels, data.names)}


def _candidates(data: Prepared, scores: Array, taxonomy: Taxonomy) -> tuple[Array, Array, Array]:
    places, lanes, found, start = [], [], [], 0
    for seen in data.seen:
        rows = [list(map(float, row)) for row in scores[start : start + len(seen)]]
        held = ruled(taxonomy, data.names, seen, rows)
        for place, candidates in enumerate(facts(seen, rows, {at: trust for at, (trust, _) in held.items()})):
            for lane, values in candidates:
                places.append(start + place)
                lanes.append(lane)
                found.append(values)
        start += len(seen)
    assert all(len(values) == len(FACTS) for values in found[:1])
    return np.array(places), np.array(lanes), np.array(found)


def _thresholds(chances: Array, labels: Array, names: Sequence[str]) -> dict[str, float]:
    """Between the threshold that is best for all labels together and the one that is best for the category."""
    grid = np.arange(0.16, 0.64, 0.02)
    common = max(grid, key=lambda least: _f1(chances[:, :-1] >= least, labels[:, :-1]))
    out = {}
    for lane, name in enumerate(names[:-1]):
        curve = np.array([_f1(chances[:, lane] >= least, labels[:, lane]) for least in grid])
        smooth = np.convolve(curve, np.ones(5) / 5, "valid")
        own = grid[2:-2][smooth.argmax()]
        out[name] = round(float((1 - MIXED) * common + MIXED * own), 3)
    return out


def _f1(got: Array, want: Array) -> float:
    return float(2 * (got & want).sum() / max(1, got.sum() + want.sum()))
