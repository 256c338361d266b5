"""Rows of a listing that fit a terminal: aligned where there is room, else wrapped below their first cell."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TextIO

from policywatch.reports.text import width, wrap

_LEAST = 32  # columns in which a last cell is worth reading
_INDENT = " " * 4


def columns_of(stream: TextIO) -> int | None:
    """How wide the terminal is; None for a pipe, whose rows may be as long as they are."""
    return shutil.get_terminal_size((100, 24)).columns if stream.isatty() else None


def row(cells: tuple[str, ...], said: str, columns: int | None) -> Iterator[str]:
    """The lines of one row: padded ``cells``, two spaces apart, then what is ``said`` of it.

    Where the last cell would have no room, everything but the first cell is wrapped on lines of its own.
    """
    head = "  ".join(cells)
    whole = f"{head}  {said}".rstrip()
    if columns is None or width(whole) <= columns:
        yield whole
        return
    room = columns - width(head) - 2
    if said and room >= _LEAST:
        first, *others = wrap(said, room)
        yield f"{head}  {first}"
        yield from (" " * (width(head) + 2) + one for one in others)
        return
    yield cells[0].rstrip()
    rest = "  ".join(filter(None, (*(one.strip() for one in cells[1:]), said)))
    yield from wrap(rest, columns, _INDENT)
