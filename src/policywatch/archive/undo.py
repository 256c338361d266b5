"""The way back: the line steps that turn a new text into the one before it.

Lines are what stands between line feeds; the part after the last one counts as a line too (it is empty in a file that
ends with a line feed), so that every text is rebuilt to the byte. A step's line counts in the new text, and steps come
bottom up: each can be applied without moving the ones that follow.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from policywatch.model import Undo

Block = tuple[int, int, int]  # start in the first sequence, start in the second, length: equal lines

_EFFORT = 400  # differences looked for within one gap between anchors; beyond, the gap is replaced whole


def undo(new: str, old: str) -> tuple[Undo, ...]:
    """The steps from ``new`` back to ``old``; none for equal texts."""
    after, before = new.split("\n"), old.split("\n")
    steps = []
    at_new = at_old = 0
    for start_new, start_old, length in [*equal_blocks(after, before), (len(after), len(before), 0)]:
        if start_new > at_new or start_old > at_old:
            steps.append(Undo(at_new + 1, start_new - at_new, tuple(before[at_old:start_old])))
        at_new, at_old = start_new + length, start_old + length
    return tuple(reversed(steps))


def rewind(new: str, steps: Iterable[Undo]) -> str:
    """Apply the steps of `undo`.

    Raises ValueError where a step lies outside of the text or above one before it.
    """
    lines = new.split("\n")
    bound = len(lines)
    for step in steps:
        start, end = step.line - 1, step.line - 1 + step.count
        if start < 0 or step.count < 0 or end > bound:
            raise ValueError(f"the step at line {step.line} does not fit")
        lines[start:end] = step.lines
        bound = start
    return "\n".join(lines)


def equal_blocks(a: Sequence[str], b: Sequence[str]) -> list[Block]:
    """Blocks of equal lines, in order, as long as they get; nearly linear for texts that resemble each other."""
    return _joined(_match(a, 0, len(a), b, 0, len(b)))


def _joined(blocks: Iterable[Block]) -> list[Block]:
    joined: list[Block] = []
    for block in blocks:
        if joined and joined[-1][0] + joined[-1][2] == block[0] and joined[-1][1] + joined[-1][2] == block[1]:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + block[2])
        elif block[2]:
            joined.append(block)
    return joined


def _match(a: Sequence[str], a0: int, a1: int, b: Sequence[str], b0: int, b1: int) -> Iterator[Block]:
    """Equal ends, then lines that are unique on both sides as anchors, then the gaps between them."""
    head = 0
    while a0 + head < a1 and b0 + head < b1 and a[a0 + head] == b[b0 + head]:
        head += 1
    if head:
        yield (a0, b0, head)
        a0, b0 = a0 + head, b0 + head
    tail = 0
    while a1 - tail > a0 and b1 - tail > b0 and a[a1 - tail - 1] == b[b1 - tail - 1]:
        tail += 1
    a1, b1 = a1 - tail, b1 - tail
    if a0 < a1 and b0 < b1:
        anchors = _anchors(a, a0, a1, b, b0, b1)
        if anchors:
            for at_a, at_b in anchors:
                if a0 < at_a and b0 < at_b:
                    yield from _match(a, a0, at_a, b, b0, at_b)
                yield (at_a, at_b, 1)
                a0, b0 = at_a + 1, at_b + 1
            yield from _match(a, a0, a1, b, b0, b1)
        else:
            yield from _shortest(a, a0, a1, b, b0, b1)
    if tail:
        yield (a1, b1, tail)


def _anchors(a: Sequence[str], a0: int, a1: int, b: Sequence[str], b0: int, b1: int) -> list[tuple[int, int]]:
    """Lines that stand once on either side, in the longest order both share."""
    count_a, count_b = Counter(a[a0:a1]), Counter(b[b0:b1])
    place = {b[j]: j for j in range(b0, b1) if count_b[b[j]] == 1}
    pairs = [(i, place[a[i]]) for i in range(a0, a1) if count_a[a[i]] == 1 and a[i] in place]
    ends: list[int] = []  # b-places that end the best run of each length
    chain: list[int] = []  # the pair at each of these ends
    before: list[int] = []  # for each pair the one it follows
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(chain[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        chain[length : length + 1] = [number]
    found = []
    number = chain[-1] if chain else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _shortest(a: Sequence[str], a0: int, a1: int, b: Sequence[str], b0: int, b1: int) -> Iterator[Block]:
    """Myers' shortest edit within a gap, given up (as one replacement) beyond a bound on its differences."""
    n, m = a1 - a0, b1 - b0
    reach = {1: 0}
    trace: list[dict[int, int]] = []
    for steps in range(min(n + m, _EFFORT) + 1):
        trace.append(dict(reach))
        for k in range(-steps, steps + 1, 2):
            down = k == -steps or (k != steps and reach[k - 1] < reach[k + 1])
            x = reach[k + 1] if down else reach[k - 1] + 1
            while x < n and x - k < m and a[a0 + x] == b[b0 + x - k]:
                x += 1
            reach[k] = x
            if x >= n and x - k >= m:
                yield from _walk_back(trace, n, m, a0, b0)
                return


def _walk_back(trace: list[dict[int, int]], n: int, m: int, a0: int, b0: int) -> Iterator[Block]:
    blocks: list[Block] = []
    x, y = n, m
    for steps in range(len(trace) - 1, -1, -1):
        reach, k = trace[steps], x - y
        down = k == -steps or (k != steps and reach[k - 1] < reach[k + 1])
        origin = k + 1 if down else k - 1
        from_x = reach[origin] if steps else 0
        from_y = from_x - origin if steps else 0
        start_x = (from_x if down else from_x + 1) if steps else 0
        start_y = start_x - k
        if x > start_x:
            blocks.append((a0 + start_x, b0 + start_y, x - start_x))
        x, y = from_x, from_y
    yield from reversed(blocks)
