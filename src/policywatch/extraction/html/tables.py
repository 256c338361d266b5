"""Tables: which hold data, and their rows as clauses."""

from __future__ import annotations

from policywatch.extraction.html.lines import ENUMERATOR
from policywatch.extraction.html.page import Block, Page

Cells = dict[int, list[Block]]

_ENTRY = 400  # letters; what a grid's cell has at most


def is_data(page: Page, table: int, rows: dict[int, Cells]) -> bool:
    """Whether a table says something by its columns; otherwise it only places texts."""
    if page.tables[table].layout or (page.tables[table].placing and not _is_grid(rows)):
        return False
    several = sum(len(cells) > 1 for cells in rows.values())
    if several * 2 < len(rows) or not several:
        return False
    if (
        several == 1
        and len(rows) == 1
        and not any(box.tag == "th" for box in page.boxes[table : page.boxes[table].end])
    ):
        return False
    blocks = [block for cells in rows.values() for blocks in cells.values() for block in blocks]
    if sum(block.heading > 0 for block in blocks) > len(rows):
        return False
    # A column of a page's layout holds an article, not an entry.
    return max(sum(len(block.text) for block in cell) for cells in rows.values() for cell in cells.values()) < 6000


def holds_entries(page: Page, table: int) -> bool:
    """Whether a table is a grid of short entries under heads of columns: data before anything of it is left out."""
    box = page.boxes[table]
    rows: dict[int, Cells] = {}
    for block in page.blocks[box.first : box.last]:
        if block.cell is None or block.cell[0] != table:
            return False  # a table around another one
        rows.setdefault(block.cell[1], {}).setdefault(block.cell[2], []).append(block)
    headed = any(inner.tag == "th" for inner in page.boxes[table : box.end])
    return len(rows) > 1 and (headed or _is_grid(rows)) and is_data(page, table, rows)


def _is_grid(rows: dict[int, Cells]) -> bool:
    """Whether rows of short entries stand over each other: writers' tables are called presentation by some editors."""
    widths = {len(cells) for cells in rows.values()}
    if len(rows) < 2 or len(widths) > 1 or widths == {1}:
        return False
    entries = [cell for cells in rows.values() for cell in cells.values()]
    return all(sum(len(block.text) for block in cell) < _ENTRY and not any(b.heading for b in cell) for cell in entries)


def numbers_paragraphs(rows: dict[int, Cells]) -> bool:
    """Whether the first of two columns has nothing but the numbers of the paragraphs in the second."""
    return all(
        len(cells) == 2
        and (number := "".join(b.text for b in min(cells.items())[1]))
        and len(number) < 8
        and ENUMERATOR.fullmatch(number)
        for cells in rows.values()
    )
