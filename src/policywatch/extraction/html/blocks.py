"""The kept blocks as clauses: headings found, numbers joined to what they number, rows put together, nothing twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from policywatch.extraction.html.inline import literal, markdown
from policywatch.extraction.html.lines import ENUMERATOR
from policywatch.extraction.html.page import Block, Page, Run
from policywatch.extraction.html.tables import Cells, is_data, numbers_paragraphs
from policywatch.model import Clause, ClauseKind, plain

_BULLET = re.compile(r"\s*[•●▪■◦‣⁃∙·○◆◇►➢✓✔]\s*|\s*[*–—-]\s+")
_ENDS_OPEN = re.compile(r"[.;,،。；，、]$")
_NUMBERED = re.compile(
    r"(?:(?:article|section|part|artikel|abschnitt|artículo|articolo|artigo|teil|§)\s*)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-Z])[.):]?\s+\S"
    r"|第[一二三四五六七八九十百\d]+[条章节條節]|[一二三四五六七八九十]{1,3}[、.．]|(?P<deeper>[(（][一二三四五六七八九十]{1,3}[)）])",
    re.IGNORECASE,
)
_LONGEST_HEADING = 200


@dataclass(slots=True)
class _Draft:
    """A clause before its heading path is known."""

    kind: ClauseKind
    text: str  # plain, to judge by
    runs: list[Run]
    level: int = 0
    marker: str = ""
    bold: bool = False
    toggle: bool = False
    cells: list[list[Run]] = field(default_factory=list)
    sole: bool = False
    depth: int = 0  # of boxes around a toggle


def clauses_of(page: Page, keep: bytearray) -> tuple[Clause, ...]:
    """The page's kept blocks as clauses, in the page's order."""
    drafts = _without_repeats(_joined(list(_drafts(page, keep))))
    _find_headings(drafts)
    return tuple(_clauses(drafts, page.base))


# -- from blocks to drafts ---------------------------------------------------------------------------------------------


def _drafts(page: Page, keep: bytearray) -> Iterator[_Draft]:
    blocks = page.blocks
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if not keep[index]:
            index += 1
        elif block.cell is not None:
            last = _end_of_table(page, index)
            yield from _table(
                page, block.cell[0], [b for b, k in zip(blocks[index:last], keep[index:last], strict=True) if k]
            )
            index = last
        else:
            yield _draft(page, block)
            index += 1


def _end_of_table(page: Page, index: int) -> int:
    """Where the outermost table around the block ends that is not there for layout."""
    cell = page.blocks[index].cell
    assert cell is not None
    return max(page.boxes[cell[0]].last, index + 1)


def _table(page: Page, table: int, blocks: list[Block]) -> Iterator[_Draft]:
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
            continue
        row = block.cell[1]
        if row in done:
            continue
        done.add(row)
        width = max(rows[row]) + 1
        cells = [_cell(rows[row].get(column, [])) for column in range(width)]
        if as_paragraphs:
            runs = [*cells[0], (" ", "", 0), *cells[-1]]
            yield _Draft("paragraph", _text(runs), runs)
        else:
            yield _Draft("row", " | ".join(_text(runs) for runs in cells), [], cells=cells)


def _cell(blocks: list[Block]) -> list[Run]:
    """All of a cell's blocks on one line; a list's items stay apart."""
    runs: list[Run] = []
    for place, block in enumerate(blocks):
        if place:
            listed = block.level and blocks[place - 1].level and blocks[place - 1].text[-1] not in ".;:,!?。；：，"
            runs.append(("; " if listed else " ", "", 0))
        runs.extend(block.runs)
    return runs


def _draft(page: Page, block: Block) -> _Draft:
    if block.heading:
        runs = [(f"{_counted(block)} ", "", 0), *block.runs] if _counted(block) else block.runs
        text = f"{_counted(block)} {block.text}".strip()
        if len(text) > _LONGEST_HEADING and _ENDS_OPEN.search(text):
            return _Draft("paragraph", text, runs, bold=block.bold)
        return _Draft("heading", text, runs, level=block.heading)
    if block.level:
        bullet = _BULLET.match(block.text) if block.marker == "-" and not block.number else None
        if bullet and bullet.end() < len(block.text):
            return _Draft(
                "item", block.text[bullet.end() :], _cut(block.runs, bullet.end()), block.level, "-", block.bold
            )
        if block.number:
            runs = [(f"{block.number} ", "", 0), *block.runs]
            return _Draft("item", f"{block.number} {block.text}", runs, block.level, "-", block.bold, sole=block.sole)
        own = block.marker != "-" and ENUMERATOR.match(block.text) is not None
        return _Draft(
            "item",
            block.text,
            block.runs,
            block.level,
            "-" if own else block.marker,
            block.bold,
            block.toggle,
            sole=block.sole,
        )
    bullet = _BULLET.match(block.text)
    if bullet and bullet.end() < len(block.text):
        return _Draft("item", block.text[bullet.end() :], _cut(block.runs, bullet.end()), 1, "-", False)
    draft = _Draft("paragraph", block.text, block.runs, bold=block.bold, toggle=block.toggle)
    if block.toggle:
        draft.depth = _depth(page, block.box)
    return draft


def _depth(page: Page, box: int) -> int:
    depth = 0
    while box >= 0:
        box, depth = page.boxes[box].parent, depth + 1
    return depth


def _counted(block: Block) -> str:
    """The number that a list generates for a heading in its item."""
    return block.number or (block.marker if block.marker != "-" else "")


def _cut(runs: list[Run], count: int) -> list[Run]:
    """Runs without their first ``count`` visible letters (white space before them goes too)."""
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


def _text(runs: list[Run]) -> str:
    return " ".join("".join(run[0] for run in runs).split())


def _joined(drafts: list[_Draft]) -> list[_Draft]:
    """A number in a box of its own joins the heading, paragraph or item that it numbers."""
    found: list[_Draft] = []
    for draft in drafts:
        before = found[-1] if found else None
        if (
            before is not None
            and before.kind in ("paragraph", "item")
            and not before.cells
            and draft.kind != "row"
            and _only_number(before.text)
        ):
            found.pop()
            draft.runs = [*before.runs, (" ", "", 0), *draft.runs]
            draft.text = f"{before.text} {draft.text}"
            if draft.kind == "paragraph" and before.kind == "item":
                draft.kind, draft.level, draft.marker = "item", before.level, before.marker
        found.append(draft)
    return found


def _only_number(text: str) -> bool:
    return (
        len(text) < 10
        and (found := ENUMERATOR.fullmatch(text)) is not None
        and (text[-1:] in ".)、" or "." in found[0])
    )


def _without_repeats(drafts: list[_Draft]) -> list[_Draft]:
    """The same words right after themselves are two renderings of one."""
    found: list[_Draft] = []
    for draft in drafts:
        if not found or found[-1].text != draft.text or draft.kind == "row":
            found.append(draft)
        elif draft.kind == "heading" and found[-1].kind != "heading":
            found[-1] = draft
    return found


# -- headings that are not marked up as such ---------------------------------------------------------------------------


def _find_headings(drafts: list[_Draft]) -> None:
    """Give short lines that introduce text the place that they have on the page, in the headings' tree.

    Only how a line is shown and what follows decides; its words stay whatever is decided. Lines that are shown alike
    get the same level.
    """
    base = 1
    levels: dict[tuple[bool, int, int], int] = {}
    for place, draft in enumerate(drafts):
        if draft.kind == "heading":
            base = draft.level
            levels = {look: level for look, level in levels.items() if level < base}
            continue
        following = drafts[place + 1] if place + 1 < len(drafts) else None
        if following is None or not _may_head(draft, following):
            continue
        numbered = _NUMBERED.match(draft.text)
        depth = 0 if numbered is None else (numbered["number"] or "").count(".") + (numbered["deeper"] is not None)
        if draft.kind == "item" and draft.marker != "-":
            draft.runs = [(f"{draft.marker} ", "", 0), *draft.runs]
            draft.text = f"{draft.marker} {draft.text}"
        title = place == 0 and all(other.level != 1 for other in drafts if other.kind == "heading")
        level = (
            1
            if title
            else levels.setdefault((draft.toggle, draft.depth if draft.toggle else 0, depth), min(base + 1 + depth, 6))
        )
        draft.kind, draft.level, draft.marker = "heading", level, ""


def _may_head(draft: _Draft, following: _Draft) -> bool:
    text = draft.text
    if draft.kind not in ("paragraph", "item") or len(text) > 120 or len(text.split()) > 15 or _ENDS_OPEN.search(text):
        return False
    if draft.kind == "item" and not (draft.sole and draft.bold and following.kind != "item"):
        return False
    if following.kind == "heading":
        return draft.toggle
    if draft.toggle or draft.bold:
        return any(letter.isalpha() for letter in text)
    shouts = text.isupper() and len(text) > 6
    if not shouts and not (_NUMBERED.match(text) and text[-1:] not in ":："):
        return False
    return (
        len(text) < 80
        and len(following.text) > max(50 if following.text.isascii() else 20, len(text))
        and not _is_label(following)
    )


def _is_label(draft: _Draft) -> bool:
    return len(draft.text) < 80 and _NUMBERED.match(draft.text) is not None and not _ENDS_OPEN.search(draft.text)


# -- from drafts to clauses --------------------------------------------------------------------------------------------


def _clauses(drafts: list[_Draft], base: str) -> Iterator[Clause]:
    path: list[tuple[int, str]] = []
    for draft in drafts:
        if draft.kind == "row":
            text = " | ".join(markdown(cell, base) for cell in draft.cells).strip()
        else:
            text = markdown(draft.runs, base) if any(run[1] for run in draft.runs) else literal(draft.text)
        if not text:
            continue
        if draft.kind == "heading":
            while path and path[-1][0] >= draft.level:
                path.pop()
        yield Clause(draft.kind, text, draft.level, draft.marker, tuple(words for _, words in path))
        if draft.kind == "heading":
            path.append((draft.level, plain(text)))
