"""Two token sequences cut into what stays and what changes, in the cut that a reader would make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from policywatch.comparison.tokens import Tokens, aligned

ROUNDS = 3  # moving one edit can let its neighbour move


class Block(NamedTuple):
    """Old tokens ``i0:i1`` against new tokens ``j0:j1``."""

    i0: int
    i1: int
    j0: int
    j1: int
    same: bool


@lru_cache(maxsize=4)
def cut(old: Tokens, new: Tokens) -> tuple[Block, ...]:
    """Blocks that stay and blocks that change, in turns, covering both sides."""
    old_keys, new_keys = old.keys, new.keys
    blocks = list(_runs(aligned(old_keys, new_keys), len(old_keys), len(new_keys)))
    for _ in range(ROUNDS):
        before = list(blocks)
        _slide(blocks, old_keys, new_keys)
        blocks = _joined(_tidy(_joined(blocks), old_keys, new_keys))
        if blocks == before:
            break
    return tuple(blocks)


def _runs(pairs: Iterable[tuple[int, int]], m: int, n: int) -> Iterator[Block]:
    i = j = 0
    start = (0, 0)
    for p, q in [*pairs, (m, n)]:
        if (p, q) == (i, j) and p < m and q < n:
            i, j = i + 1, j + 1
            continue
        if start != (i, j):
            yield Block(start[0], i, start[1], j, True)
        if (p, q) != (i, j):
            yield Block(i, p, j, q, False)
        start = (p, q)
        i, j = p + 1, q + 1


def _slide(blocks: list[Block], old: Sequence[str], new: Sequence[str]) -> None:
    """Insertions and deletions that could stand in several places go where a sentence or a phrase begins.

    "a b. [c d. ]e" rather than "a b[. c d]. e"; and where two edits can meet, they do.
    """
    for k in range(1, len(blocks) - 1):
        edit, left, right = blocks[k], blocks[k - 1], blocks[k + 1]
        if edit.same or (edit.i0 < edit.i1 and edit.j0 < edit.j1):
            continue
        keys, start, end = (old, edit.i0, edit.i1) if edit.i0 < edit.i1 else (new, edit.j0, edit.j1)
        low = high = 0
        while low < left.i1 - left.i0 and keys[start - low - 1] == keys[end - low - 1]:
            low += 1
        while high < right.i1 - right.i0 and keys[start + high] == keys[end + high]:
            high += 1
        meets = {-(left.i1 - left.i0)} if k > 1 else set()
        meets |= {right.i1 - right.i0} if k + 2 < len(blocks) else set()
        by = max(
            range(-low, high + 1),
            key=lambda by: (by in meets, _rank(keys, start + by) + _rank(keys, end + by), -abs(by)),
        )
        blocks[k - 1] = Block(left.i0, left.i1 + by, left.j0, left.j1 + by, True)
        blocks[k] = Block(edit.i0 + by, edit.i1 + by, edit.j0 + by, edit.j1 + by, False)
        blocks[k + 1] = Block(right.i0 + by, right.i1, right.j0 + by, right.j1, True)


def _rank(keys: Sequence[str], at: int) -> int:
    """How good a place between two tokens is to begin or end a mark."""
    if at in (0, len(keys)) or keys[at - 1] in (".", "!", "?", "。"):
        return 4
    if keys[at - 1] in (";", ":"):
        return 3
    if keys[at - 1] in (",", ")") or keys[at] == "(":
        return 2
    return 0 if keys[at] in (".", ",", ";", ":", ")") else 1


def _tidy(blocks: Iterable[Block], old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """What edits that met have in common at their ends is kept."""
    for block in blocks:
        if block.same:
            yield block
            continue
        i0, i1, j0, j1 = block.i0, block.i1, block.j0, block.j1
        while i0 < i1 and j0 < j1 and old[i0] == new[j0]:
            i0, j0 = i0 + 1, j0 + 1
        while i0 < i1 and j0 < j1 and old[i1 - 1] == new[j1 - 1]:
            i1, j1 = i1 - 1, j1 - 1
        parts = (
            Block(block.i0, i0, block.j0, j0, True),
            Block(i0, i1, j0, j1, False),
            Block(i1, block.i1, j1, block.j1, True),
        )
        yield from (part for part in parts if part.i0 < part.i1 or part.j0 < part.j1)


def _joined(blocks: Iterable[Block]) -> list[Block]:
    """Without empty blocks; neighbours of one sort are one."""
    out: list[Block] = []
    for block in blocks:
        if block.i0 == block.i1 and block.j0 == block.j1:
            continue
        if out and out[-1].same == block.same:
            block = Block(out[-1].i0, block.i1, out[-1].j0, block.j1, block.same)
            out.pop()
        out.append(block)
    return out
