"""Logistic regressions for all names at once, learnt with a share of the features hidden at every step.

Hiding features makes a machine spread its trust over many words instead of leaning on a few: it ranks categories better
than a support-vector machine where a document says things in its own way, and the two together do better than either.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp

Array = np.ndarray[Any, Any]
ROUNDS = 6
BATCH = 128
HIDDEN = 0.3  # share of a clause's features left out at a step
RATE = 0.1
RARE = -3.0  # first offset: most clauses are not of a given category


def learn(values: sp.csr_matrix, labels: Array) -> tuple[Array, Array]:
    """Coefficients (name x column) and offsets, by stochastic descent with a rate of its own for each weight."""
    dice = np.random.default_rng(0)
    clauses, width = values.shape
    wanted = labels.astype(np.float32)
    weights = np.zeros((width, labels.shape[1]), np.float32)
    moved = np.full_like(weights, 1e-8)
    offsets = np.full(labels.shape[1], RARE, np.float32)
    offsets_moved = np.full_like(offsets, 1e-8)
    starts = range(0, clauses, BATCH)
    steps, step = ROUNDS * len(starts), 0
    for _ in range(ROUNDS):
        order = dice.permutation(clauses)
        for start in starts:
            chosen = order[start : start + BATCH]
            part = values[chosen]
            shown = part.data * (dice.random(part.nnz, np.float32) > HIDDEN) / (1 - HIDDEN)
            touched, places = np.unique(part.indices, return_inverse=True)
            part = sp.csr_matrix((shown.astype(np.float32), places, part.indptr), (len(chosen), len(touched)))
            error = 1 / (1 + np.exp(-(part @ weights[touched] + offsets))) - wanted[chosen]
            rate = RATE * max(0.02, 1 - step / steps)
            slope = part.T @ error
            moved[touched] += slope**2
            weights[touched] -= rate * slope / np.sqrt(moved[touched])
            slope = error.sum(0)
            offsets_moved += slope**2
            offsets -= rate * slope / np.sqrt(offsets_moved)
            step += 1
    return weights.T, offsets
