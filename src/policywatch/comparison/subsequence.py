"""Longest common subsequences: a sparse weighted one for clauses, a dense bit-parallel one for words."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate


def heaviest_chain(
    pairs: Iterable[tuple[int, int]], weight: Callable[[int, int], float] = lambda i, j: 1
) -> list[tuple[int, int]]:
    """The chain of (i, j) pairs, rising in both i and j, with the greatest sum of weights (all above 0).

    Pairs that all others agree with are in it; only what stands between them is weighed.
    """
    rows = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    lows = [*accumulate((j for _, j in reversed(rows)), min)][::-1]  # the lowest j from each row on
    chain: list[tuple[int, int]] = []
    start, high, last = 0, -1, len(rows) - 1
    for at, (i, j) in enumerate(rows):
        if high < j and (at == last or (j < lows[at + 1] and i < rows[at + 1][0])):
            if start < at:
                chain += _heaviest(rows[start:at], weight)
            chain.append((i, j))
            start = at + 1
        high = max(high, j)
    return chain + _heaviest(rows[start:], weight)


def _heaviest(rows: Sequence[tuple[int, int]], weight: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """O(r log r) for r pairs in order: the frontier keeps, for each end j, the heaviest chain that ends there.

    It drops every chain that ends later without weighing more.
    """
    ends: list[int] = []
    weights: list[float] = []
    nodes: list[int] = []
    seen: list[tuple[int, int, int]] = []  # i, j, the node before (-1: none)
    for i, j in rows:
        at = bisect_left(ends, j)
        total = weight(i, j) + (weights[at - 1] if at else 0)
        if at < len(ends) and ends[at] == j and weights[at] >= total:
            continue
        stop = at
        while stop < len(ends) and weights[stop] <= total:
            stop += 1
        seen.append((i, j, nodes[at - 1] if at else -1))
        ends[at:stop] = [j]
        weights[at:stop] = [total]
        nodes[at:stop] = [len(seen) - 1]
    chain = []
    node = nodes[-1] if nodes else -1
    while node >= 0:
        i, j, node = seen[node]
        chain.append((i, j))
    return chain[::-1]


LARGEST = 1 << 26  # bits of a table; beyond, texts are parted at what stands once in both


def common(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Index pairs of a longest common subsequence; for very long sequences, of a long one."""
    start, shortest = 0, min(len(before), len(after))
    while start < shortest and before[start] == after[start]:
        start += 1
    end = 0
    while end < shortest - start and before[-1 - end] == after[-1 - end]:
        end += 1
    m, n = len(before) - end, len(after) - end
    between = _table if (m - start) * (n - start) <= LARGEST else _parted
    middle = between(before[start:m], after[start:n])
    return [
        *((k, k) for k in range(start)),
        *((i + start, j + start) for i, j in middle),
        *((m + k, n + k) for k in range(end)),
    ]


def _parted(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    counts = Counter(before), Counter(after)
    place = {word: j for j, word in enumerate(after) if counts[0][word] == counts[1][word] == 1}
    anchors = heaviest_chain((i, place[word]) for i, word in enumerate(before) if word in place)
    pairs: list[tuple[int, int]] = []
    i = j = 0
    for p, q in [*anchors, (len(before), len(after))] if anchors else ():
        pairs += ((i + m, j + n) for m, n in common(before[i:p], after[j:q]))
        pairs.append((p, q))
        i, j = p + 1, q + 1
    return pairs[:-1]


def _table(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Whole rows of the classical table are one integer each: a pair of long clauses takes milliseconds."""
    if not before or not after:
        return []
    places: dict[str, int] = {}
    for i, word in enumerate(before):
        places[word] = places.get(word, 0) | 1 << i
    full = (1 << len(before)) - 1
    row, rows = full, []
    for word in after:
        hits = row & places.get(word, 0)
        row = ((row + hits) | (row - hits)) & full
        rows.append(row)
    # A zero bit marks where the length grows along the row: walk back from the corner over them.
    i, j, found = len(before), len(after), []
    while i and j:
        if rows[j - 1] >> (i - 1) & 1:
            i -= 1
        elif j > 1 and not rows[j - 2] >> (i - 1) & 1:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found.append((i, j))
    return found[::-1]
