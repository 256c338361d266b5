"""A page as two flat lists: its boxes (block elements, in document order) and its blocks (the texts in them).

A box's blocks are neighbours, so that everything about a part of the page is arithmetic on ranges of blocks.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from policywatch.extraction.html.names import Part

BREAK = "\x1e"  # a forced line break within a run; white space to str.split

Run = tuple[str, str, bool]  # text as on the page, link's href or "", bold


class Box:
    """A block element; ``first`` to ``last`` (exclusive) are its blocks, ``parent`` and ``end`` are indexes of boxes."""

    __slots__ = ("element", "end", "first", "hidden", "last", "parent", "part", "tag")

    def __init__(self, element: etree._Element, tag: str, parent: int, first: int, part: Part, hidden: bool) -> None:
        self.element = element
        self.tag = tag
        self.parent = parent
        self.first = first
        self.last = first
        self.end = 0
        self.part = part
        self.hidden = hidden


@dataclass(slots=True)
class Block:
    """A text between two block boundaries."""

    text: str  # plain, white space collapsed
    runs: list[Run]
    box: int
    links: int  # letters of ``text`` in links
    bold: bool  # all of it
    heading: int = 0  # h1..h6
    level: int = 0  # nesting of the list whose item this opens; 0: opens none
    marker: str = ""
    number: str = ""  # a generated number that belongs into the text
    sole: bool = False  # its list has no other item
    toggle: bool = False  # opens an accordion's panel, or is a tab's label
    cell: tuple[int, int, int] | None = None  # box of the table, row, column


@dataclass(slots=True)
class Table:
    rows: int = -1
    column: int = -1
    layout: bool = False  # said so itself, or has another table in it


@dataclass(slots=True)
class Page:
    boxes: list[Box] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tables: dict[int, Table] = field(default_factory=dict)
    base: str = ""
    title: str = ""  # of the <title> element
