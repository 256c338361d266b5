"""One version's clauses with what they are compared by, and what of two versions has no partner yet."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from policywatch.comparison import numbering
from policywatch.comparison.keys import keys
from policywatch.comparison.similarity import Profile
from policywatch.extraction.canonical import canonical
from policywatch.model import Clause


class Side:
    """One version's clauses. Everything about a clause is computed once, and only when asked for."""

    def __init__(self, clauses: Sequence[Clause], keys: Sequence[str]) -> None:
        self.clauses = clauses
        self.keys = keys  # the same for clauses that are the same
        self._named: dict[str, bool] = {}
        self._counts: Counter[str] = Counter()
        self._loose: dict[int, str] = {}
        self._profiles: dict[int, Profile] = {}

    def said(self, index: int) -> str:
        """A clause's canonical form."""
        return canonical(self.clauses[index])

    def heading(self, index: int) -> bool:
        return self.clauses[index].kind == "heading"

    def where(self, index: int) -> tuple[str, ...]:
        return self.clauses[index].heading

    @cached_property
    def sizes(self) -> list[int]:
        """Words of each clause, more or less."""
        return [clause.text.count(" ") + 1 for clause in self.clauses]

    def size(self, index: int) -> int:
        return self.sizes[index]

    @cached_property
    def leads(self) -> list[str]:
        """What introduces each item: the item it is below, or the sentence, else the heading, before its list."""
        out: list[str] = []
        above: list[str] = [""]  # by level
        for clause in self.clauses:
            level = clause.level if clause.kind == "item" else 0
            above += [above[-1]] * (level - len(above))
            out.append(above[level - 1] if level else "")
            above[level:] = [clause.text]
        return out

    def names(self, name: str) -> bool:
        """Whether any clause has this name."""
        if name not in self._named:
            self._named[name] = any(name in clause.text for clause in self.clauses)
        return self._named[name]

    def once(self, index: int) -> bool:
        """Whether no other clause has the same text."""
        if not self._counts:
            self._counts.update(self.keys)
        return self._counts[self.keys[index]] == 1

    def loose(self, index: int) -> str:
        """The canonical form without its leading number and the numbers of its cross-references."""
        if index not in self._loose:
            self._loose[index] = numbering.loose(self.said(index), self.heading(index))
        return self._loose[index]

    def profile(self, index: int) -> Profile:
        if index not in self._profiles:
            self._profiles[index] = Profile.of(numbering.label(self.said(index), self.heading(index))[1])
        return self._profiles[index]


def sides(before: Sequence[Clause], after: Sequence[Clause]) -> tuple[Side, Side]:
    old, new = keys(before, after)
    return Side(before, old), Side(after, new)


class Rest(NamedTuple):
    """What has no partner yet, by index, and between which partners it stands."""

    before: Side
    after: Side
    pairs: Sequence[tuple[int, int]]  # equal and in order
    olds: tuple[int, ...]
    news: tuple[int, ...]

    @classmethod
    def of(cls, before: Side, after: Side, pairs: Sequence[tuple[int, int]]) -> Rest:
        left, right = {i for i, _ in pairs}, {j for _, j in pairs}
        return cls(
            before,
            after,
            pairs,
            tuple(i for i in range(len(before.keys)) if i not in left),
            tuple(j for j in range(len(after.keys)) if j not in right),
        )

    def without(self, found: Iterable[tuple[tuple[int, ...], tuple[int, ...]]]) -> Rest:
        left = {i for olds, _ in found for i in olds}
        right = {j for _, news in found for j in news}
        return Rest(
            self.before,
            self.after,
            self.pairs,
            tuple(i for i in self.olds if i not in left),
            tuple(j for j in self.news if j not in right),
        )

    def old_gap(self, i: int) -> int:
        """The number of the gap between equal clauses that an old clause stands in."""
        return bisect_left(self.pairs, i, key=lambda pair: pair[0])

    def new_gap(self, j: int) -> int:
        return bisect_left(self.pairs, j, key=lambda pair: pair[1])
