"""Rows of a listing that fit a terminal: aligned where there is room, else wrapped below their first cell."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from typing import TextIO

from policywatch.reports.spans import Spans, cut, stripped, text_of, wrapped
from policywatch.reports.text import width, wrap

_LEAST = 32  # columns in which a last cell is worth reading
_INDENT = " " * 4


def columns_of(stream: TextIO) -> int | None:
    """How wide the terminal is; None for a pipe, whose rows may be as long as they are."""
    return shutil.get_terminal_size((100, 24)).columns if stream.isatty() else None


def row(cells: Sequence[Spans], said: str, columns: int | None) -> Iterator[Spans]:
    """The lines of one row: padded ``cells``, two spaces apart, then what is ``said`` of it.

    Where the last cell would have no room, everything but the first cell is wrapped on lines of its own.
    """
    head = _joined(cells)
    whole = (*head, ("", f"  {said}"))
    taken = width(text_of(head)) + 2
    if columns is None or width(text_of(whole).rstrip()) <= columns:
        yield cut(whole, 0, len(text_of(whole).rstrip()))
    elif said and columns - taken >= _LEAST:
        first, *others = wrap(said, columns - taken)
        yield (*head, ("", f"  {first}"))
        yield from ((("", " " * taken + one),) for one in others)
    else:
        first_cell = text_of(cells[0])
        yield cut(cells[0], 0, len(first_cell.rstrip()))
        rest = [*map(stripped, cells[1:]), (("", said),)]
        yield from wrapped(_joined([one for one in rest if text_of(one)]), columns, _INDENT)


def _joined(cells: Sequence[Spans]) -> Spans:
    gap = ("", "  ")
    return tuple(span for place, cell in enumerate(cells) for span in ((gap, *cell) if place else cell))
