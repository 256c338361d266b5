"""Headings in other words: what stands below them tells that they are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from policywatch.comparison.sides import Rest, Side

SHARE = 0.5  # of the words below both headings that belong together

Group = tuple[tuple[int, ...], tuple[int, ...]]


def find(rest: Rest, found: Sequence[Group]) -> Iterator[Group]:
    """Headings without a partner whose sections' clauses are partners, ``found`` so far."""
    olds = [i for i in rest.olds if rest.before.heading(i)]
    news = [j for j in rest.news if rest.after.heading(j)]
    if not olds or not news:
        return
    above_old, above_new = _sections(rest.before), _sections(rest.after)
    common: Counter[tuple[int, int]] = Counter()
    for left, right in found:
        i, j = above_old[left[0]], above_new[right[0]]
        if i in olds and j in news and i != left[0] and j != right[0]:
            common[i, j] += sum(map(rest.before.size, left))
    total_old, total_new = _sizes(rest.before, above_old), _sizes(rest.after, above_new)
    for (i, j), words in sorted(common.items(), key=lambda row: (-row[1], row[0])):
        if i in olds and j in news and words >= SHARE * min(total_old[i], total_new[j]):
            olds.remove(i)
            news.remove(j)
            yield (i,), (j,)


def _sections(side: Side) -> list[int]:
    """The heading right above each clause (of a heading: itself); -1 for none."""
    out, last = [], -1
    for index in range(len(side.keys)):
        last = index if side.heading(index) else last
        out.append(last)
    return out


def _sizes(side: Side, above: Sequence[int]) -> Counter[int]:
    sizes: Counter[int] = Counter()
    for index, heading in enumerate(above):
        if heading != index:
            sizes[heading] += side.size(index)
    return sizes
