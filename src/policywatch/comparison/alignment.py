"""Which clauses of two versions belong together: equal ones first, then moved, split, merged and reworded ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policywatch.comparison import joins, rewording
from policywatch.comparison.sides import Rest, Side
from policywatch.comparison.subsequence import heaviest_chain

CROWD = 12  # a clause that stands more often than this on a side pairs by its rank among its likes
HEADING = 20  # words a heading counts for, besides its own: clauses move between sections, not sections past clauses

Pair = tuple[int, int]
Group = tuple[tuple[int, ...], tuple[int, ...]]  # old clauses and the new ones they became, by index


@dataclass(frozen=True, slots=True)
class Link:
    """Clauses that belong together, by index; one side has several where a clause was split or merged."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    stays: bool  # in order with all others that stay


def align(before: Side, after: Side) -> list[Link]:
    """Links of all clauses that have a partner."""
    if before.keys > after.keys:  # always seen from the same side, so that swapping the sides swaps the answer
        return [Link(link.after, link.before, link.stays) for link in _align(after, before)]
    return _align(before, after)


def _align(before: Side, after: Side) -> list[Link]:
    pairs = _in_order(before, after)
    rest = Rest.of(before, after, pairs)
    found: list[Group] = [((i,), (j,)) for i, j in pairs]
    for step in (_moved, joins.find, rewording.find):
        new = list(step(rest))
        rest = rest.without(new)
        found += new
    return _staying(before, after, found)


def _in_order(before: Side, after: Side) -> list[Pair]:
    """Equal clauses, and equal but for renumbering, in the longest run by words that keeps their order."""
    start, shortest = 0, min(len(before.keys), len(after.keys))
    while start < shortest and before.keys[start] == after.keys[start]:
        start += 1
    end = 0
    while end < shortest - start and before.keys[-1 - end] == after.keys[-1 - end]:
        end += 1
    m, n = len(before.keys) - end, len(after.keys) - end
    candidates = (
        (i, j, _weight(before, i, after, j)) for i, j in _equal(before, range(start, m), after, range(start, n))
    )
    tail = [(m + k, n + k) for k in range(end)]
    return [*((k, k) for k in range(start)), *heaviest_chain(candidates), *tail]


def _weight(before: Side, i: int, after: Side, j: int) -> float:
    words = before.size(i) + (HEADING if before.heading(i) else 0)
    exact = 4 if before.keys[i] == after.keys[j] else 3
    return exact * words + (before.where(i) == after.where(j))


def _equal(before: Side, olds: Iterable[int], after: Side, news: Iterable[int]) -> Iterator[Pair]:
    """All pairs of equal clauses; clauses without an equal are compared without their numbers and references."""
    olds, news = list(olds), list(news)
    common = {before.keys[i] for i in olds} & {after.keys[j] for j in news}
    yield from _pairs(
        (before.keys[i] if before.keys[i] in common else "\0" + before.loose(i) for i in olds), olds,
        (after.keys[j] if after.keys[j] in common else "\0" + after.loose(j) for j in news), news,
    )  # fmt: skip


def _pairs(
    old_keys: Iterable[str], olds: Sequence[int], new_keys: Iterable[str], news: Sequence[int]
) -> Iterator[Pair]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for key, j in zip(new_keys, news, strict=True):
        places[key].append(j)
    mine: defaultdict[str, list[int]] = defaultdict(list)
    for key, i in zip(old_keys, olds, strict=True):
        if key in places:
            mine[key].append(i)
    for key, left in mine.items():
        right = places[key]
        if max(len(left), len(right)) <= CROWD:
            yield from ((i, j) for i in left for j in right)
        else:
            forward = set(zip(left, right, strict=False))
            yield from forward | set(zip(reversed(left), reversed(right), strict=False))


def _moved(rest: Rest) -> Iterator[Group]:
    """Equal clauses anywhere; where there are several, those below the same headings first, then in order."""
    before, after = rest.before, rest.after

    def same(i: int, j: int) -> bool:
        return before.keys[i] == after.keys[j] or before.size(i) >= 3 or rest.old_gap(i) == rest.new_gap(j)

    def elsewhere(pair: Pair) -> bool:
        return before.where(pair[0]) != after.where(pair[1])

    olds, news = set(rest.olds), set(rest.news)
    for i, j in sorted(_equal(before, rest.olds, after, rest.news), key=lambda pair: (elsewhere(pair), pair)):
        if i in olds and j in news and same(i, j):
            olds.discard(i)
            news.discard(j)
            yield (i,), (j,)


def _staying(before: Side, after: Side, found: Sequence[Group]) -> list[Link]:
    def weight(olds: Sequence[int], news: Sequence[int]) -> float:
        words = sum(map(before.size, olds)) + sum(map(after.size, news))
        same = len(olds) == len(news) == 1 and before.keys[olds[0]] == after.keys[news[0]]
        return words + (2 * HEADING if before.heading(olds[0]) else 0) + (0.5 if same else 0)

    chain = set(heaviest_chain((olds[0], news[0], weight(olds, news)) for olds, news in found))
    return [Link(olds, news, (olds[0], news[0]) in chain) for olds, news in found]
