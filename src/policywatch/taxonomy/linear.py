"""The shipped model's first half: bags of features -> one whole-number score a category.

Everything is whole numbers: the same on every machine.
"""

from __future__ import annotations

import gzip
import json
import math
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nlargest
from importlib import resources
from typing import Any

from policywatch.taxonomy.features import (
    REMEMBERED,
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
from policywatch.taxonomy.weights import LANE, Pairs, Table, packed

FILE = "model.json.gz"
MIDDLE = 1 << (LANE - 1)
_LANE_BITS = (1 << LANE) - 1
UNIT = 4096  # a bag of one feature counts this much; one of n features counts UNIT / sqrt(n)


@dataclass(slots=True)
class Linear:
    """``names`` are the categories in lane order, "" last for "none of them"; ``step`` turns scores into margins."""

    names: tuple[str, ...]
    step: float
    bias: Sequence[int]
    pairs: Pairs
    tables: Mapping[str, Table]
    _words: dict[str, _Words] = field(default_factory=dict)  # by kind of document
    _anywhere: dict[str, int] = field(default_factory=dict)
    _width: int = field(init=False)  # bits of all lanes together
    _middle: int = field(init=False)  # what lifts every lane of a sum above zero, so that lanes can be cut apart
    _unpack: Callable[[bytes], tuple[int, ...]] = field(init=False)
    _own: Callable[[Reading, str], tuple[int, int, int]] = field(init=False)
    _below: Callable[[str, Reading], int] = field(init=False)
    _under: Callable[[tuple[str, ...]], int] = field(init=False)
    _shaped: Callable[[tuple[str, ...]], int] = field(init=False)
    _margins: Callable[[int], tuple[float, ...]] = field(init=False)
    headed: Callable[[tuple[str, ...]], Sequence[float]] = field(init=False)  # margins of a heading path by itself

    def __post_init__(self) -> None:
        self._width = LANE * len(self.names)
        self._middle = packed([MIDDLE] * len(self.names))
        self._unpack = struct.Struct(f"<{len(self.names)}I").unpack
        remember = lru_cache(maxsize=REMEMBERED)
        self._own = remember(self._by_words)
        self._below = remember(lambda name, told: self._sum(name, bag_of(name, told)))
        self._under = remember(lambda path: sum([self._sum(name, bag) for name, bag in headings(path).items()]))
        self._shaped = remember(lambda looks: self._sum("x", (looks, len(looks))))
        self._margins = remember(self._apart)
        self.headed = remember(lambda path: self._apart(self._under(path)))

    def scores(self, seen: Sequence[Seen]) -> list[tuple[float, ...]]:
        """Each clause's margin for each name: above 0 leans to yes."""
        bias = packed(self.bias)
        return [self._margins(bias + total) for total in self._totals(seen)]

    def _apart(self, total: int) -> tuple[float, ...]:
        """The lanes of a sum apart."""
        step = self.step
        shift = MIDDLE * step
        lanes = self._unpack((total + self._middle).to_bytes(self._width // 8, "little"))
        return tuple([lane * step - shift for lane in lanes])

    def _totals(self, seen: Sequence[Seen]) -> Iterator[int]:
        kind = kind_of(seen)
        own, below = self._own, self._below
        told = [own(clause.reading, kind) for clause in seen]
        last = len(seen) - 1
        for place, clause in enumerate(seen):
            total = told[place][0] + self._under(clause.heading) + self._shaped(shape(clause, place, last + 1))
            if place:
                total += told[place - 1][1]
            if place < last:
                total += told[place + 1][2]
            for name, other in around(clause, place):
                total += below(name, seen[other].reading)
            yield total

    def _by_words(self, clause: Reading, kind: str) -> tuple[int, int, int]:
        """What a clause's words tell about itself, about the clause after it and about the one before it."""
        known = self._words.get(kind)
        if known is None:
            known = self._words[kind] = _Words(self._word, kind)
        width, middle = self._width, self._middle
        lanes = (1 << width) - 1
        weight = share(len(clause.words))
        # One sum for all three: a middle in every lane keeps it from borrowing from the next.
        total = sum(map(known.__getitem__, clause.words)) * weight + (middle << 2 * width | middle << width | middle)
        own = self.pairs.sum(clause.stems) * weight + self._sum("f", ends(clause))
        return own + (total & lanes) - middle, (total >> width & lanes) - middle, (total >> 2 * width) - middle

    def _sum(self, name: str, bag: Bag) -> int:
        features, among = bag
        return self.tables[name].sum(features) * share(among)

    def _word(self, kind: str, word: str) -> int:
        """All that a word tells: about its own clause, and in the lanes above about the clauses after and before."""
        base = stem(word)
        anywhere = self._anywhere.get(word)
        if anywhere is None:
            stemmed, letters, previous, following = (self.tables[name] for name in ("u", "c", "p", "n"))
            width = self._width
            anywhere = stemmed.sum((base,)) + letters.sum(grams(word))
            anywhere += (previous.sum((base,)) << width) + (following.sum((base,)) << (2 * width))
            self._anywhere[word] = anywhere
        return anywhere + self.tables["d"].sum((kind + base,))

    def reasons(self, clause: Reading, kind: str, name: str, most: int = 3) -> tuple[str, ...]:
        """The words of a clause that speak loudest for a name, as they stand in it. Scores must have been asked for."""
        loud = self._words[kind].loudness(self.names.index(name), self._middle)
        weighed = [(loud[word], word) for word in clause.words]
        return tuple(word for weight, word in nlargest(most, weighed) if weight > MIDDLE)


class _Words(dict[str, int]):
    """Word -> all that it tells in a kind of document, put together when it is first met."""

    def __init__(self, told: Callable[[str, str], int], kind: str) -> None:
        super().__init__()
        self._told, self._kind = told, kind
        self._loudness: dict[int, _Loudness] = {}

    def __missing__(self, word: str) -> int:
        found = self[word] = self._told(self._kind, word)
        return found

    def loudness(self, lane: int, middle: int) -> _Loudness:
        """Word -> how loudly it speaks for the name of a lane, lifted by MIDDLE."""
        if lane not in self._loudness:
            self._loudness[lane] = _Loudness(self, lane, middle)
        return self._loudness[lane]


class _Loudness(dict[str, int]):
    def __init__(self, words: _Words, lane: int, middle: int) -> None:
        super().__init__()
        self._words, self._at, self._middle = words, LANE * lane, middle

    def __missing__(self, word: str) -> int:
        found = self[word] = self._words[word] + self._middle >> self._at & _LANE_BITS
        return found


@lru_cache(maxsize=1 << 12)
def share(features: int) -> int:
    """The weight of each of so many features."""
    return round(UNIT / math.sqrt(max(1, features)))


def read(content: Mapping[str, Any]) -> Linear:
    """The first half of a model file."""
    tables = {name: Table(table["features"].split("\n"), table["weights"]) for name, table in content["tables"].items()}
    pairs = Pairs(content["pairs"]["features"].split("\n"), content["pairs"]["weights"])
    return Linear(tuple(content["names"]), content["step"], content["bias"], pairs, tables)


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Any]:
    """The model file that comes with policywatch."""
    source = resources.files("policywatch.taxonomy").joinpath(FILE)
    content: dict[str, Any] = json.loads(gzip.decompress(source.read_bytes()))
    return content
