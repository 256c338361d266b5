"""Which clauses of two versions belong together: equal ones first, then moved, split, merged and reworded ones."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from typing import NamedTuple

from policywatch.comparison import headings, joins, rewording
from policywatch.comparison.sides import Rest, Side
from policywatch.comparison.subsequence import heaviest_chain

CROWD = 64  # pairs of one text; where there are more, they wait for surer ones to part them
MANY = 4096  # pairs of one text in one gap; where there are more, the texts pair in turn
FEW = 4  # words; shorter texts that stand more than once do not move
HEADING = 20  # words a heading counts for, besides its own: clauses move between sections, not sections past clauses

Pair = tuple[int, int]
Group = tuple[tuple[int, ...], tuple[int, ...]]  # old clauses and the new ones they became, by index


class Link(NamedTuple):
    """Clauses that belong together, by index; one side has several where a clause was split or merged."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    stays: bool  # in order with all others that stay


def align(before: Side, after: Side) -> list[Link]:
    """Links of all clauses that have a partner."""
    # Always seen from the same side, so that swapping the sides swaps the answer.
    if list(before.keys) > list(after.keys):
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
    found += headings.find(rest, found)
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
    pairs, crowds = _equal(before, range(start, m), after, range(start, n))
    chain = heaviest_chain(pairs, partial(_weight, before, after))
    if crowds:
        chain += [pair for gap in _gaps(chain, (start, start), (m, n)) for pair in _among(before, after, crowds, *gap)]
    return sorted([*((k, k) for k in range(start)), *chain, *((m + k, n + k) for k in range(end))])


def _weight(before: Side, after: Side, i: int, j: int) -> float:
    words = before.size(i) + (HEADING if before.heading(i) else 0)
    exact = 4 if before.keys[i] == after.keys[j] else 3
    return exact * words + (before.where(i) == after.where(j))


def _equal(before: Side, olds: Sequence[int], after: Side, news: Sequence[int]) -> tuple[list[Pair], list[Group]]:
    """All pairs of equal clauses, and groups of equal clauses which are too many for all their pairs.

    Clauses without an equal are compared without their numbers and references.
    """
    left, right = _places(before.keys, olds), _places(after.keys, news)
    pairs: list[Pair] = []
    crowds: list[Group] = []
    for mine, others in (left, right), (_loose(before, left, right), _loose(after, right, left)):
        for key, there in others.items():
            here = mine.get(key, ())
            if len(here) * len(there) <= CROWD:
                pairs += ((i, j) for i in here for j in there)
            else:
                crowds.append((tuple(here), tuple(there)))
    return pairs, crowds


def _places(keys: Sequence[str], indices: Iterable[int]) -> dict[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index in indices:
        places[keys[index]].append(index)
    return places


def _loose(side: Side, mine: Mapping[str, Sequence[int]], others: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for key, indices in mine.items():
        if key not in others:
            for index in indices:
                places[side.loose(index)].append(index)
    return places


def _gaps(chain: Sequence[Pair], first: Pair, last: Pair) -> Iterator[tuple[Pair, Pair]]:
    """Between what follows a pair and the next pair, on both sides."""
    for i, j in [*chain, last]:
        if first[0] < i and first[1] < j:
            yield first, (i, j)
        first = i + 1, j + 1


def _among(before: Side, after: Side, crowds: Sequence[Group], first: Pair, last: Pair) -> list[Pair]:
    """Pairs of clauses that stand often, in a gap between surer ones."""
    pairs: list[Pair] = []
    for olds, news in crowds:
        left = olds[bisect_left(olds, first[0]) : bisect_left(olds, last[0])]
        right = news[bisect_left(news, first[1]) : bisect_left(news, last[1])]
        few = len(left) * len(right) <= MANY
        pairs += product(left, right) if few else zip(left, right, strict=False)
    return heaviest_chain(pairs, partial(_weight, before, after))


def _moved(rest: Rest) -> Iterator[Group]:
    """Equal clauses anywhere; where there are several, those below the same headings first, then in order."""
    before, after = rest.before, rest.after
    pairs, crowds = _equal(before, rest.olds, after, rest.news)
    for left, right in crowds:
        pairs += zip(left, right, strict=False)

    def telling(i: int, j: int) -> bool:
        """Few words are equal by chance, unless they stand once."""
        size = before.size(i)
        return size >= FEW or (before.keys[i] == after.keys[j] and before.once(i) and after.once(j))

    def elsewhere(pair: Pair) -> bool:
        return before.where(pair[0]) != after.where(pair[1])

    olds, news = set(rest.olds), set(rest.news)
    for i, j in sorted(pairs, key=lambda pair: (elsewhere(pair), pair)):
        if i in olds and j in news and (telling(i, j) or rest.old_gap(i) == rest.new_gap(j)):
            olds.discard(i)
            news.discard(j)
            yield (i,), (j,)


def _staying(before: Side, after: Side, found: Sequence[Group]) -> list[Link]:
    groups = {(olds[0], news[0]): (olds, news) for olds, news in found}

    def weight(i: int, j: int) -> float:
        olds, news = groups[i, j]
        words = sum(map(before.size, olds)) + sum(map(after.size, news))
        same = len(olds) == len(news) == 1 and before.keys[olds[0]] == after.keys[news[0]]
        return words + (2 * HEADING if before.heading(olds[0]) else 0) + (0.5 if same else 0)

    chain = set(heaviest_chain(groups, weight))
    return [Link(olds, news, (olds[0], news[0]) in chain) for olds, news in found]
