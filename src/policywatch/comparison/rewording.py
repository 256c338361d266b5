"""Clauses that say the same in other words: the best pairs first, between the same neighbours before anywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from policywatch.comparison.sides import Rest
from policywatch.comparison.similarity import alike, candidates

IN_GAP = 0.36  # alike enough to be a rewording, between the same neighbours
ANYWHERE = 0.6  # alike enough at another place
FEWEST = 5  # words; shorter texts are alike by chance, elsewhere
SMALL = 64  # pairs of a gap that are all looked at

Found = Iterator[tuple[tuple[int, ...], tuple[int, ...]]]


def find(rest: Rest) -> Found:
    scored = sorted(
        ((_score(rest, i, j), i, j) for i, j in _worth_asking(rest)),
        key=lambda row: (-row[0], abs(row[1] - row[2]), row[1:]),
    )
    olds, news = set(rest.olds), set(rest.news)
    for score, i, j in scored:
        if score > 0 and i in olds and j in news:
            olds.discard(i)
            news.discard(j)
            yield (i,), (j,)


def _worth_asking(rest: Rest) -> set[tuple[int, int]]:
    before = [rest.before.profile(i) for i in rest.olds]
    after = [rest.after.profile(j) for j in rest.news]
    pairs = {(rest.olds[a], rest.news[b]) for a, b in candidates(before, after)}
    gaps: defaultdict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for i in rest.olds:
        gaps[rest.old_gap(i)][0].append(i)
    for j in rest.news:
        gaps[rest.new_gap(j)][1].append(j)
    for olds, news in gaps.values():
        if len(olds) * len(news) <= SMALL:
            pairs.update((i, j) for i in olds for j in news)
    return pairs


def _score(rest: Rest, i: int, j: int) -> float:
    """Above 0 where the two belong together; the higher the better."""
    before, after = rest.before, rest.after
    score = alike(before.profile(i), after.profile(j))
    near = rest.old_gap(i) == rest.new_gap(j)
    least = IN_GAP if near else ANYWHERE
    if before.clauses[i].kind != after.clauses[j].kind:
        least = max(least, 0.5 if "heading" not in (before.clauses[i].kind, after.clauses[j].kind) else 0.75)
    if not near and min(before.profile(i).length, after.profile(j).length) < FEWEST:
        return 0.0
    if score < least:
        return 0.0
    return score + 0.1 * near + 0.05 * (before.where(i) == after.where(j))
