"""The kept blocks as clauses in the making: items with their numbers, rows put together from their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policywatch.extraction import dates
from policywatch.extraction.html.lines import ENUMERATOR
from policywatch.extraction.html.page import Block, Page, Run, opens_entry
from policywatch.extraction.html.tables import Cells, is_data, numbers_paragraphs
from policywatch.model import ClauseKind

_BULLETS = frozenset("•●▪■◦‣⁃∙·○◆◇►➢✓✔*–—-")
_BULLET = re.compile(r"[•●▪■◦‣⁃∙·○◆◇►➢✓✔]\s*|[*–—-]\s+")
_LONGEST_HEADING = 200  # letters; longer ones that end like a sentence are paragraphs in a heading's clothes
_OPEN_ENDS = frozenset(".;,،。；，、")


class Draft:
    """A clause before its heading path is known. The class has the defaults: most are plain paragraphs."""

    level = 0
    marker = ""
    bold = False
    toggle = False
    sole = False
    depth = 0  # of boxes around a toggle
    cells: list[list[Run]] | None = None  # a row's

    def __init__(self, kind: ClauseKind, text: str, runs: list[Run], linked: bool) -> None:
        self.kind: ClauseKind = kind
        self.text = text  # plain, to judge by
        self.runs = runs
        self.linked = linked  # a run has a link

    def prefix(self, words: str, runs: list[Run], linked: bool = False) -> None:
        """Put words in front of the text."""
        self.text = f"{words} {self.text}"
        self.runs = [*runs, (" ", "", 0), *self.runs]
        self.linked = self.linked or linked


def drafts_of(page: Page, keep: bytearray) -> Iterator[Draft]:
    """A draft for each kept block, and for each row of a data table."""
    blocks = page.blocks
    index = 0
    entries: list[int] = []  # where each entry ends that began with a bullet of its own and is open
    while index < len(blocks):
        block = blocks[index]
        if not keep[index]:
            index += 1
        elif len(block.text) == 1 and (entry := opens_entry(page, index)) and keep[index + 1]:
            entries = [end for end in entries if end > index] + [page.boxes[entry].last]
            draft = _draft(page, blocks[index + 1])
            if draft.kind == "paragraph":
                draft.kind, draft.level, draft.marker = "item", len(entries), "-"
            yield draft
            index += 2
        elif block.cell is not None and not page.tables[block.cell[0]].layout:
            # The cell's own table goes on to its last block; a table around it has been found to be layout.
            last = max(page.boxes[block.cell[0]].last, index + 1)
            kept = [block for block, kept in zip(blocks[index:last], keep[index:last], strict=True) if kept]
            yield from _table(page, block.cell[0], kept)
            index = last
        else:
            yield _draft(page, block)
            index += 1


def _draft(page: Page, block: Block) -> Draft:
    if block.heading:
        clothed = len(block.text) > _LONGEST_HEADING and block.text[-1] in _OPEN_ENDS
        told = clothed or dates.is_line(block.text)  # a date heads nothing, and would be in every path
        draft = Draft("paragraph" if told else "heading", block.text, block.runs, block.links > 0)
        draft.level = 0 if told else block.heading
        if counted := block.number or (block.marker if block.marker != "-" else ""):
            draft.prefix(counted, [(counted, "", 0)])
    elif block.level:
        draft = _item(block)
    elif block.text[0] in _BULLETS and (bullet := _BULLET.match(block.text)) and bullet.end() < len(block.text):
        draft = Draft("item", block.text[bullet.end() :], _cut(block.runs, bullet.end()), block.links > 0)
        draft.level, draft.marker = 1, "-"
        return draft
    else:
        draft = Draft("paragraph", block.text, block.runs, block.links > 0)
        if block.toggle:
            draft.depth = _depth(page, block.box)
    draft.bold, draft.toggle = block.bold, block.toggle
    return draft


def _item(block: Block) -> Draft:
    draft = Draft("item", block.text, block.runs, block.links > 0)
    draft.level, draft.marker, draft.sole = block.level, block.marker, block.sole
    if block.number:
        draft.prefix(block.number, [(block.number, "", 0)])
    elif block.marker != "-":
        if ENUMERATOR.match(block.text) and block.text != block.marker:
            draft.marker = "-"  # it brings a number of its own, so the list shows none
    elif (bullet := _BULLET.match(block.text)) and bullet.end() < len(block.text):
        draft.text, draft.runs = block.text[bullet.end() :], _cut(block.runs, bullet.end())
    return draft


def _depth(page: Page, box: int) -> int:
    depth = 0
    while box >= 0:
        box, depth = page.boxes[box].parent, depth + 1
    return depth


def _cut(runs: list[Run], count: int) -> list[Run]:
    """Runs without their first ``count`` letters; white space in front counts as none."""
    runs = list(runs)
    while runs and count > 0:
        text, href, bold = runs[0]
        bare = text.lstrip()
        if len(bare) <= count:
            runs.pop(0)
            count -= len(bare)
        else:
            runs[0] = (bare[count:], href, bold)
            break
    return runs


# -- tables ------------------------------------------------------------------------------------------------------------


def _table(page: Page, table: int, blocks: list[Block]) -> Iterator[Draft]:
    rows: dict[int, Cells] = {}
    for block in blocks:
        if block.cell is not None and block.cell[0] == table:
            rows.setdefault(block.cell[1], {}).setdefault(block.cell[2], []).append(block)
    if not is_data(page, table, rows):
        yield from (_draft(page, block) for block in blocks)
        return
    as_paragraphs = numbers_paragraphs(rows)
    done: set[int] = set()
    for block in blocks:
        if block.cell is None or block.cell[0] != table:
            yield _draft(page, block)
        elif block.cell[1] not in done:
            done.add(block.cell[1])
            yield _row(rows[block.cell[1]], as_paragraphs)


def _row(row: Cells, as_paragraph: bool) -> Draft:
    cells = [_cell(row.get(column, [])) for column in range(max(row) + 1)]
    if as_paragraph:
        draft = Draft("paragraph", _text(cells[-1]), cells[-1], linked=True)
        draft.prefix(_text(cells[0]), cells[0])
        return draft
    draft = Draft("row", " | ".join(_text(runs) for runs in cells), [], linked=True)
    draft.cells = cells
    return draft


def _cell(blocks: list[Block]) -> list[Run]:
    """All of a cell's blocks on one line; a list's items stay apart."""
    runs: list[Run] = []
    for place, block in enumerate(blocks):
        if place:
            listed = blocks[place - 1].level and blocks[place - 1].text[-1] not in ".;:,!?。；：，"
            runs.append(("; " if listed else " ", "", 0))
        runs.extend(block.runs)
    return runs


def _text(runs: list[Run]) -> str:
    return " ".join("".join([run[0] for run in runs]).split())
