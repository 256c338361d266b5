"""Clauses that say the same in other words: the best pairs first, between the same neighbours before anywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from policywatch.comparison.sides import Rest
from policywatch.comparison.similarity import alike, candidates

NEARBY = 0.36  # alike enough to be a rewording, between the same neighbours
SHORT = 0.5  # the same for headings and other texts of few words
ANYWHERE = 0.6  # alike enough at another place
OTHER_KIND = 0.5  # a paragraph and an item, say
HEADING = 0.75  # a heading and something else
FEW, FEWEST = 4, 5  # words: texts below FEWEST are alike by chance, elsewhere
SMALL = 64  # pairs of a gap that are all looked at
NARROW = 8  # clauses; in a wider gap neighbours are those at about the same part of it
PART = 0.25

Found = Iterator[tuple[tuple[int, ...], tuple[int, ...]]]


def find(rest: Rest) -> Found:
    gaps = _Gaps(rest)
    scored = [(_score(rest, gaps, i, j), i, j) for i, j in _worth_asking(rest, gaps)]
    scored.sort(key=lambda row: (-row[0], abs(row[1] - row[2]), row[1:]))
    olds, news = set(rest.olds), set(rest.news)
    for score, i, j in scored:
        if score > 0 and i in olds and j in news:
            olds.discard(i)
            news.discard(j)
            yield (i,), (j,)


class _Gaps:
    """Where clauses without a partner stand between those that have one."""

    def __init__(self, rest: Rest) -> None:
        self.members: defaultdict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for i in rest.olds:
            self.members[rest.old_gap(i)][0].append(i)
        for j in rest.news:
            self.members[rest.new_gap(j)][1].append(j)
        self._old = {i: self._place(g, 0, n) for g, (olds, _) in self.members.items() for n, i in enumerate(olds)}
        self._new = {j: self._place(g, 1, n) for g, (_, news) in self.members.items() for n, j in enumerate(news)}

    def _place(self, gap: int, side: int, rank: int) -> tuple[int, float]:
        count = len(self.members[gap][side])
        return gap, (rank + 0.5) / count

    def near(self, i: int, j: int) -> bool:
        (gap, at), (other, there) = self._old[i], self._new[j]
        return gap == other and (max(map(len, self.members[gap])) <= NARROW or abs(at - there) <= PART)


def _worth_asking(rest: Rest, gaps: _Gaps) -> set[tuple[int, int]]:
    before = [rest.before.profile(i) for i in rest.olds]
    after = [rest.after.profile(j) for j in rest.news]
    pairs = {(rest.olds[a], rest.news[b]) for a, b in candidates(before, after)}
    for olds, news in gaps.members.values():
        if len(olds) * len(news) <= SMALL:
            pairs.update((i, j) for i in olds for j in news)
    return pairs


def _score(rest: Rest, gaps: _Gaps, i: int, j: int) -> float:
    """Above 0 where the two belong together; the higher the better."""
    before, after = rest.before, rest.after
    near = gaps.near(i, j)
    shorter = min(before.profile(i).length, after.profile(j).length)
    if not near and shorter < FEWEST:
        return 0.0
    short = shorter < FEW or before.heading(i) or after.heading(j)
    least = ANYWHERE if not near else SHORT if short else NEARBY
    if before.clauses[i].kind != after.clauses[j].kind:
        least = max(least, HEADING if before.heading(i) or after.heading(j) else OTHER_KIND)
    score = alike(before.profile(i), after.profile(j), least)
    return score + 0.1 * near + 0.05 * (before.where(i) == after.where(j)) if score else 0.0
