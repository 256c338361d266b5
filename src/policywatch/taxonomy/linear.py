"""The shipped model's first half: bags of features -> one whole-number score a category.

Each feature's weights for all categories are packed into one big integer, a lane of 32 bits each, so that adding up a
clause's features is a handful of additions. Everything is whole numbers: the same on every machine.
"""

from __future__ import annotations

import gzip
import json
import math
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nlargest
from importlib import resources
from itertools import pairwise
from typing import Any

from policywatch.taxonomy.features import (
    Bag,
    Reading,
    Seen,
    around,
    bag_of,
    ends,
    grams,
    headings,
    kind_of,
    shape,
    stem,
)

FILE = "model.json.gz"
LANE = 32  # bits
MIDDLE = 1 << (LANE - 1)
_LANE_BITS = (1 << LANE) - 1
UNIT = 4096  # a bag of one feature counts this much; one of n features counts UNIT / sqrt(n)
ZERO = 75  # the letter that stands for level 0 in the file
MOST = 40  # steps from 0 to the largest weight
REMEMBERED = 1 << 12  # clauses, and headings, whose sums are kept: a document's next version has most of them again


class Table(dict[str, int]):
    """Feature -> weights, read from their letters when they are first asked for."""

    __slots__ = ("letters",)

    def __init__(self, letters: Mapping[str, str]) -> None:
        super().__init__()
        self.letters = letters

    def __missing__(self, feature: str) -> int:
        found = self[feature] = decoded(self.letters[feature])
        return found

    def sum(self, features: Iterable[str]) -> int:
        """Of all of them, each as often as it comes; unknown ones count nothing."""
        letters = self.letters
        return sum([self[feature] for feature in features if feature in letters])


@dataclass(frozen=True, slots=True)
class Pairs:
    """Weights of two words in a row, by the first and then the second: no pair is ever put together."""

    rows: Mapping[str, Table]

    def sum(self, stems: Sequence[str]) -> int:
        """Of all pairs of neighbours."""
        row_of = self.rows.get
        return sum([row[b] for a, b in pairwise(stems) if (row := row_of(a)) is not None and b in row.letters])


@dataclass(slots=True)
class Linear:
    """``names`` are the categories in lane order, "" last for "none of them"; ``step`` turns scores into margins."""

    names: tuple[str, ...]
    step: float
    bias: Sequence[int]
    pairs: Pairs
    tables: Mapping[str, Table]
    _words: dict[str, dict[str, int]] = field(default_factory=dict)  # by kind of document
    _anywhere: dict[str, int] = field(default_factory=dict)
    _own: Callable[[Reading, str], tuple[int, int, int]] = field(init=False)
    _below: Callable[[str, Reading], int] = field(init=False)
    _under: Callable[[tuple[str, ...]], int] = field(init=False)
    _shaped: Callable[[tuple[str, ...]], int] = field(init=False)

    def __post_init__(self) -> None:
        remember = lru_cache(maxsize=REMEMBERED)
        self._own = remember(self._by_words)
        self._below = remember(lambda name, told: self._sum({name: bag_of(name, told)}))
        self._under = remember(lambda path: self._sum(headings(path)))
        self._shaped = remember(lambda looks: self._sum({"x": (looks, len(looks))}))

    def scores(self, seen: Sequence[Seen]) -> list[list[float]]:
        """Each clause's margin for each name: above 0 leans to yes."""
        unpack = struct.Struct(f"<{len(self.names)}I").unpack
        size = LANE // 8 * len(self.names)
        start = packed(enumerate(offset + MIDDLE for offset in self.bias))
        step = self.step
        shift = MIDDLE * step
        return [
            [lane * step - shift for lane in unpack((start + total).to_bytes(size, "little"))]
            for total in self._totals(seen)
        ]

    def _totals(self, seen: Sequence[Seen]) -> Iterator[int]:
        kind = kind_of(seen)
        told = [self._own(clause.reading, kind) for clause in seen]
        last = len(seen) - 1
        for place, clause in enumerate(seen):
            total = told[place][0] + self._under(clause.heading) + self._shaped(shape(clause, place, last + 1))
            if place:
                total += told[place - 1][1]
            if place < last:
                total += told[place + 1][2]
            for name, other in around(seen, place):
                total += self._below(name, seen[other].reading)
            yield total

    def _by_words(self, clause: Reading, kind: str) -> tuple[int, int, int]:
        """What a clause's words tell about itself, about the clause after it and about the one before it."""
        known = self._words.setdefault(kind, {})
        width = LANE * len(self.names)
        lanes = (1 << width) - 1
        middle = _middles(len(self.names))
        for word in clause.words:
            if word not in known:
                known[word] = self._word(kind, word)
        weight = share(len(clause.words))
        # One sum for all three: a middle in every lane keeps it from borrowing from the next.
        total = sum([known[word] for word in clause.words]) * weight + _middles(3 * len(self.names))
        own = self.pairs.sum(clause.stems) * weight
        own += self._sum({"f": ends(clause)})
        return own + (total & lanes) - middle, (total >> width & lanes) - middle, (total >> (2 * width)) - middle

    def _sum(self, bags: Mapping[str, Bag]) -> int:
        total = 0
        for name, (features, among) in bags.items():
            total += self.tables[name].sum(features) * share(among)
        return total

    def _word(self, kind: str, word: str) -> int:
        """All that a word tells: about its own clause, and in the lanes above about the clauses after and before."""
        base = stem(word)
        anywhere = self._anywhere.get(word)
        if anywhere is None:
            stemmed, letters, previous, following = (self.tables[name] for name in ("u", "c", "p", "n"))
            width = LANE * len(self.names)
            anywhere = stemmed.sum((base,)) + letters.sum(grams(word))
            anywhere += (previous.sum((base,)) << width) + (following.sum((base,)) << (2 * width))
            self._anywhere[word] = anywhere
        return anywhere + self.tables["d"].sum((kind + base,))

    def reasons(self, clause: Reading, kind: str, name: str, most: int = 3) -> tuple[str, ...]:
        """The words of a clause that speak loudest for a name, as they stand in it. Scores must have been asked for."""
        known = self._words[kind]
        at = LANE * self.names.index(name)
        middles = _middles(len(self.names))
        weighed = [((known[word] + middles >> at) & _LANE_BITS, word) for word in clause.words]
        return tuple(word for weight, word in nlargest(most, weighed) if weight > MIDDLE)


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


def weight_of(level: int) -> int:
    """The weight that a level from -MOST to MOST stands for: fine steps near zero, coarse ones far from it."""
    return level + level * abs(level) // 20 if level >= 0 else -weight_of(-level)


def encoded(levels: Sequence[tuple[int, int]]) -> str:
    """(lane, level) pairs as the file has them: two letters each."""
    return "".join(chr(ZERO + lane - MOST) + chr(ZERO + level) for lane, level in levels)


def decoded(letters: str) -> int:
    """``encoded`` weights, packed."""
    return sum([_CODES[letters[at : at + 2]] for at in range(0, len(letters), 2)])


class _Codes(dict[str, int]):
    def __missing__(self, code: str) -> int:
        found = self[code] = weight_of(ord(code[1]) - ZERO) << (LANE * (ord(code[0]) - ZERO + MOST))
        return found


_CODES = _Codes()


@lru_cache(maxsize=4)
def _middles(lanes: int) -> int:
    """What lifts every lane of a sum above zero, so that lanes can be cut apart."""
    return packed(enumerate([MIDDLE] * lanes))


def read(content: Mapping[str, Any]) -> Linear:
    """The first half of a model file."""
    tables = {
        name: Table(dict(zip(table["features"].split("\n"), table["weights"].split("\n"), strict=True)))
        for name, table in content["tables"].items()
    }
    return Linear(tuple(content["names"]), content["step"], content["bias"], _pairs(content["pairs"]), tables)


def _pairs(table: Mapping[str, str]) -> Pairs:
    """Each line has a first word and the words after it, in the order of their weights' lines."""
    weights = iter(table["weights"].split("\n"))
    rows = {}
    for line in table["features"].split("\n"):
        first, *seconds = line.split(" ")
        rows[first] = Table(dict(zip(seconds, weights, strict=False)))
    return Pairs(rows)


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Any]:
    """The model file that comes with policywatch."""
    source = resources.files("policywatch.taxonomy").joinpath(FILE)
    content: dict[str, Any] = json.loads(gzip.decompress(source.read_bytes()))
    return content
