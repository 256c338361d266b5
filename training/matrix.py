"""Documents -> a sparse matrix of the very features that classification uses."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import scipy.sparse as sp

from policywatch.taxonomy.features import Seen, around, bag_of, ends, grams, headings, kind_of, shape, stem

# How much each field counts before anything is learnt.
WEIGHTS = {
    "u": 0.2, "c": 0.07, "d": 0.1, "b": 0.13, "f": 0.1, "h": 0.12, "H": 0.08, "p": 0.08, "n": 0.08,
    "l": 0.08, "s": 0.1, "o": 0.06, "x": 0.1,
}  # fmt: skip
LEAST = {"c": 3}  # occurrences below which a feature is left out; else 2


@dataclass(frozen=True, slots=True)
class Columns:
    """Field -> its features in order, and what each value is multiplied by (rarity times the field's weight)."""

    features: dict[str, list[str]]
    factors: dict[str, np.ndarray[Any, Any]]

    @property
    def width(self) -> int:
        return sum(map(len, self.features.values()))


def fields(seen: Sequence[Seen]) -> Iterator[dict[str, tuple[Counter[str], int]]]:
    """Each clause's features with their counts, and what they share their weight among."""
    kind = kind_of(seen)
    nobody: tuple[Counter[str], int] = (Counter(), 1)
    read = [clause.reading for clause in seen]
    stems = [(Counter(stem(word) for word in told.words), max(1, len(told.words))) for told in read]
    for place, clause in enumerate(seen):
        own, among = stems[place]
        row = {
            "u": (own, among),
            "c": (Counter(gram for word in read[place].words for gram in grams(word)), among),
            "d": (Counter({kind + word: count for word, count in own.items()}), among),
            "b": (Counter(f"{a} {b}" for a, b in pairwise(read[place].stems)), among),
            "p": stems[place - 1] if place else nobody,
            "n": stems[place + 1] if place + 1 < len(seen) else nobody,
            **dict.fromkeys(("l", "s", "o"), nobody),
        }
        looks = shape(clause, place, len(seen))
        bags = headings(clause.heading) | {"f": ends(read[place]), "x": (looks, len(looks))}
        bags |= {name: bag_of(name, read[other]) for name, other in around(clause, place)}
        yield row | {name: (Counter(features), size) for name, (features, size) in bags.items()}


def columns(rows: Sequence[dict[str, tuple[Counter[str], int]]]) -> Columns:
    features: dict[str, list[str]] = {}
    factors: dict[str, np.ndarray[Any, Any]] = {}
    for name, weight in WEIGHTS.items():
        held: Counter[str] = Counter(feature for row in rows for feature in row[name][0])
        kept = sorted(feature for feature, count in held.items() if count >= LEAST.get(name, 2))
        features[name] = kept
        factors[name] = np.array([weight * (1 + math.log((1 + len(rows)) / (1 + held[f]))) for f in kept], np.float64)
    return Columns(features, factors)


def matrix(rows: Sequence[dict[str, tuple[Counter[str], int]]], made: Columns) -> sp.csr_matrix:
    """One row each; fields that a row hasn't are empty."""
    parts = []
    for name, kept in made.features.items():
        at = {feature: place for place, feature in enumerate(kept)}
        nothing: tuple[Counter[str], int] = (Counter(), 1)
        pointers, places, values = [0], [], []
        for row in rows:
            counts, among = row.get(name, nothing)
            scale = 1 / math.sqrt(among)
            for place, count in sorted((at[feature], count) for feature, count in counts.items() if feature in at):
                places.append(place)
                values.append(count * scale)
            pointers.append(len(places))
        part = sp.csr_matrix((values, places, pointers), shape=(len(rows), len(kept)))
        parts.append(part @ sp.diags(made.factors[name]))
    return sp.hstack(parts).tocsr().astype(np.float32)
