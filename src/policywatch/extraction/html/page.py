"""A page as two flat lists: its boxes (block elements, in document order) and its blocks (the texts in them).

A box's blocks are neighbours, so that everything about a part of the page is arithmetic on ranges of blocks.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field

from lxml import etree

from policywatch.extraction.html.counters import Sheet

BREAK = "\x1e"  # a forced line break within a run; white space to str.split
# Nothing to see: white space of any width, and marks of none.
BLANK = (
    f"{string.whitespace}{BREAK}\x85\xa0\u2000\u2001\u2002\u2003\u2009\u200a\u202f\u3000\u200b\u200c\u200d\u2060\ufeff"
)

_FOREIGN = re.compile(r"[\u0370-\u1dff\u3040-\u9fff\uac00-\ud7af]")
# Marks without width, which come and go between two fetches of one page.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# Anything but Latin letters and the usual punctuation: most texts have none, and need no closer look.
_UNUSUAL = re.compile("[^\0-\u00ac\u00ae-\u036f\u2010-\u2027\u2030-\u205e]")

Run = tuple[str, str, int]  # text as on the page, link's href or "", bold if not 0


class Box:
    """A block element; ``first`` to before ``last`` are its blocks, ``parent`` and ``end`` are indexes of boxes."""

    __slots__ = ("element", "end", "first", "hidden", "last", "parent", "part", "tag")

    def __init__(self, element: etree._Element, tag: str, parent: int, first: int, part: int, hidden: bool) -> None:
        self.element = element
        self.tag = tag
        self.parent = parent
        self.first = first
        self.last = first
        self.end = 0
        self.part = part
        self.hidden = hidden


class Block:
    """A text between two block boundaries. The class has the defaults: most blocks are plain paragraphs."""

    heading = 0  # 1 to 6 in h1..h6
    level = 0  # nesting of the list whose item this opens; 0: opens none
    marker = ""
    number = ""  # a generated number that belongs into the text
    sole = False  # its list has no other item
    toggle = False  # opens an accordion's panel, or is a tab's label
    cell: tuple[int, int, int] | None = None  # box of the table, row, column

    def __init__(self, text: str, runs: list[Run], box: int, links: int, bold: bool, foreign: int) -> None:
        self.text = text  # plain, white space collapsed
        self.runs = runs
        self.box = box
        self.links = links  # letters of it in links
        self.bold = bold  # all of it
        self.foreign = foreign  # how many letters of scripts other than Latin


_BULLETS = frozenset("•●▪■◦‣⁃○◆◇►➢")
_ENTRY_BOXES = 3  # boxes between a bullet and the one that has its text, too


def opens_entry(page: Page, index: int) -> int:
    """The box of an entry that begins with a bullet in a box of its own, at this block; 0 where none does."""
    if page.blocks[index].text not in _BULLETS:
        return 0
    box = page.blocks[index].box
    for _ in range(_ENTRY_BOXES):
        if box <= 0 or page.boxes[box].first != index:
            return 0
        if page.boxes[box].last > index + 1:
            return box
        box = page.boxes[box].parent
    return 0


_ENDED = re.compile(r"[^\W\d_A-Z]{2}[.!?]")


def _is_number_apart(runs: list[Run]) -> bool:
    """Whether the first run is a number, and the second begins what it numbers: "01", "Your rights"."""
    number, named = runs[0][0], runs[1][0] if len(runs) > 1 else ""
    return len(number) < 4 and number.isdecimal() and named[:1].isupper() and named[1:3].isalpha() and len(named) > 5


def sentences_apart(runs: list[Run]) -> list[Run]:
    """Runs with a space where one ends a sentence and the next begins one: elements that are shown apart.

    So are a number at the start and what it numbers.
    """
    found = runs[:1]
    if _is_number_apart(runs):
        found.append((" ", runs[0][1] if runs[0][1] == runs[1][1] else "", 0))
    for run in runs[1:]:
        before = found[-1][0]
        if run[0][:1].isupper() and _ENDED.fullmatch(before[-3:]) and not before.endswith("www."):
            found.append((" ", "", 0))
        found.append(run)
    return found


def seen(runs: list[Run]) -> tuple[str, int]:
    """What a reader sees of runs: their text on one line; and how many letters of it are not Latin."""
    text = runs[0][0] if len(runs) == 1 else "".join([run[0] for run in runs])
    single = "  " not in text and text.isprintable()  # no white space but single spaces: most are so
    text = text.strip(" ") if single else " ".join(text.split())
    if text.isascii() or not _UNUSUAL.search(text):
        return text, 0
    text = _INVISIBLE.sub("", text).strip("\u200c\u200d ")
    return text, len(_FOREIGN.findall(text))


@dataclass(slots=True)
class Table:
    """Where a table's next cell goes.

    ``layout``: it has another table in it; ``placing``: it says that it only places texts.
    """

    layout: bool = False
    placing: bool = False
    row: int = -1
    column: int = 0
    covered: dict[int, int] = field(default_factory=dict)  # column -> rows that a cell from above still covers

    def next_row(self) -> None:
        self.row += 1
        self.column = 0
        self.covered = {column: rows - 1 for column, rows in self.covered.items() if rows > 1}

    def place(self, columns: int, rows: int) -> tuple[int, int]:
        """Row and column of the next cell, which spans so many columns and rows."""
        self.row = max(self.row, 0)
        while self.column in self.covered:
            self.column += 1
        column = self.column
        self.column += columns
        if rows > 1:
            self.covered.update((covered, rows) for covered in range(column, self.column))
        return self.row, column


@dataclass(slots=True)
class Page:
    boxes: list[Box] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tables: dict[int, Table] = field(default_factory=dict)
    prose: list[float] = field(default_factory=list)  # of each block, how much of it is running text
    choices: list[int] = field(default_factory=list)  # boxes with a button that accepts or rejects cookies
    settled: set[int] = field(default_factory=set)  # blocks left out for sure: doubles, consent dialogs
    top_heading: int = 1  # the highest level of a heading that the page has
    sheet: Sheet | None = None
    base: str = ""
    title: str = ""  # of the <title> element
