"""One clause that became several, or several that became one."""

from __future__ import annotations

from collections.abc import Iterator

from policywatch.comparison.sides import Rest

Found = Iterator[tuple[tuple[int, ...], tuple[int, ...]]]


def find(rest: Rest) -> Found:
    yield from ()
