"""The shipped model's first half: bags of features -> one whole-number score a category.

Each feature's weights for all categories are packed into one big integer, a lane of 32 bits each, so that adding up a
clause's features is a handful of additions. Everything is whole numbers: the same on every machine.
"""

from __future__ import annotations

import gzip
import json
import math
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

from policywatch.taxonomy.features import Seen, bags, grams, kind_of, stem

FILE = "model.json.gz"
LANE = 32  # bits
MIDDLE = 1 << (LANE - 1)
UNIT = 4096  # a bag of one feature counts this much; one of n features counts UNIT / sqrt(n)
ZERO = 75  # the letter that stands for weight 0 in the file
MOST = 40  # the largest weight


@dataclass(slots=True)
class Linear:
    """``names`` are the categories in lane order, "" last for "none of them"; ``step`` turns scores into margins."""

    names: tuple[str, ...]
    step: float
    bias: Sequence[int]
    tables: Mapping[str, Mapping[str, int]]
    _words: dict[tuple[str, str], int] = field(default_factory=dict)

    def scores(self, seen: Sequence[Seen]) -> list[list[float]]:
        """Each clause's margin for each name: above 0 leans to yes."""
        unpack = struct.Struct(f"<{len(self.names)}I").unpack
        size = LANE // 8 * len(self.names)
        start = packed(enumerate(offset + MIDDLE for offset in self.bias))
        step = self.step
        return [
            [(lane - MIDDLE) * step for lane in unpack(int.to_bytes(start + total, size, "little"))]
            for total in self._totals(seen)
        ]

    def _totals(self, seen: Sequence[Seen]) -> Iterator[int]:
        kind = kind_of(seen)
        tables, known = self.tables, self._words
        for clause, found in zip(seen, bags(seen), strict=True):
            own = 0
            for word in clause.words:
                weight = known.get((kind, word))
                if weight is None:
                    weight = known[kind, word] = self._word(kind, word)
                own += weight
            total = own * share(len(clause.words))
            for name, (features, among) in found.items():
                table = tables[name]
                part = sum([table[feature] for feature in features if feature in table])
                if part:
                    total += part * share(among)
            yield total

    def _word(self, kind: str, word: str) -> int:
        """All that a word of the clause itself adds."""
        stemmed, letters, typed = (self.tables[name] for name in ("u", "c", "d"))
        base = stem(word)
        return stemmed.get(base, 0) + typed.get(kind + base, 0) + sum(letters.get(gram, 0) for gram in grams(word))

    def reasons(self, clause: Seen, kind: str, name: str, most: int = 3) -> tuple[str, ...]:
        """The words of a clause that speak loudest for a name, as they stand in it."""
        at = self.names.index(name)
        weighed = [
            (self._weight(self._words.get((kind, word)) or self._word(kind, word), at), word) for word in clause.words
        ]
        return tuple(word for weight, word in sorted(weighed, key=lambda pair: -pair[0])[:most] if weight > 0)

    def _weight(self, vector: int, at: int) -> int:
        lanes = vector + sum(MIDDLE << (LANE * lane) for lane in range(len(self.names)))
        return (lanes >> (LANE * at) & ((1 << LANE) - 1)) - MIDDLE


@lru_cache(maxsize=1 << 12)
def share(features: int) -> int:
    """The weight of each of so many features."""
    return round(UNIT / math.sqrt(max(1, features)))


def packed(weights: Iterator[tuple[int, int]] | enumerate[int]) -> int:
    """(lane, weight) pairs as one integer."""
    total = 0
    for lane, weight in weights:
        total += weight << (LANE * lane)
    return total


def encoded(weights: Sequence[tuple[int, int]]) -> str:
    """(lane, weight) pairs as the file has them: two letters each."""
    return "".join(chr(ZERO + lane - MOST) + chr(ZERO + weight) for lane, weight in weights)


def decoded(letters: str) -> int:
    """``encoded`` weights, packed."""
    return packed((ord(letters[at]) - ZERO + MOST, ord(letters[at + 1]) - ZERO) for at in range(0, len(letters), 2))


def read(content: Mapping[str, Any]) -> Linear:
    """The first half of a model file."""
    tables = {
        name: dict(zip(table["features"].split("\n"), map(decoded, table["weights"].split("\n")), strict=True))
        for name, table in content["tables"].items()
    }
    return Linear(tuple(content["names"]), content["step"], content["bias"], tables)


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Any]:
    """The model file that comes with policywatch."""
    source = resources.files("policywatch.taxonomy").joinpath(FILE)
    content: dict[str, Any] = json.loads(gzip.decompress(source.read_bytes()))
    return content
