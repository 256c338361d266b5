"""Plain text: paragraphs, headings and lists by the conventions people type by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policywatch.extraction.decode import decode
from policywatch.extraction.inline import escape_inline
from policywatch.model import Clause, Text

_BULLET = re.compile(r"([-*+•●○◦▪■‣⁃–—])\s+(?=\S)")
_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,4}[.)]?|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,6})[.)])\s+(?=\S)")
_HEADING_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,5}\.|(?:Section|Article) \d+\S*)\s+\S")
_RULE = re.compile(r"\s*(?:[-=_*~#]\s*){3,}")
_UNDERLINE = re.compile(r"\s*(=+|-+|~+|\*+)\s*")
_PAGE_BREAK = "\f"


def extract_plain(body: bytes, *, content_type: str = "") -> Text:
    """The clauses of a plain text: blank lines part paragraphs, hard-wrapped lines are joined."""
    lines = decode(body, content_type, markup=False).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = [line.replace(_PAGE_BREAK, "").expandtabs(4).rstrip() for line in lines]
    clauses = tuple(_Reader(lines).clauses())
    return Text(next((clause.plain for clause in clauses if clause.kind == "heading"), ""), clauses)


@dataclass(slots=True)
class _Reader:
    """A plain text, read block by block. ``width`` is where its lines are wrapped; 0 where they aren't."""

    lines: Sequence[str]
    width: int = field(init=False)
    levels: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.width = _wrap_width(self.lines)

    def clauses(self) -> Iterator[Clause]:
        block: list[str] = []
        for line in [*self.lines, ""]:
            if line.strip() and not (_RULE.fullmatch(line) and not block):
                block.append(line)
                continue
            yield from self._block(block)
            block = []

    def _block(self, block: list[str]) -> Iterator[Clause]:
        """The clauses of lines between blank ones."""
        if len(block) > 1 and _UNDERLINE.fullmatch(block[1]) and len(block[0].split()) <= 16:
            yield self._heading(block[0], "underlined" + block[1].strip()[0])
            block = block[2:]
        elif block and self._is_heading(block[0], alone=len(block) == 1):
            yield self._heading(block[0], "capitals" if block[0].isupper() else "numbered")
            block = block[1:]
        paragraph: list[str] = []
        for line in block:
            if paragraph and self._begins(line, paragraph[-1]):
                yield _clause(paragraph)
                paragraph = []
            paragraph.append(line)
        if paragraph:
            yield _clause(paragraph)

    def _begins(self, line: str, before: str) -> bool:
        """Whether a line begins a clause of its own, rather than going on with the one before."""
        said, last = line.lstrip(), before.rstrip()[-1:]
        if _BULLET.match(said) or not self.width:
            return True
        if _NUMBERED.match(said):
            # A wrapped line may begin with the "2." of "Section 2."; an item follows what is finished.
            return last in ".;:,!?" or len(before) < 0.6 * self.width
        if _BULLET.match(before.lstrip()) and len(line) - len(said) > len(before) - len(before.lstrip()):
            return False
        room = self.width - len(before) - 1
        return last in ".:;!?" and len(said.split()[0]) < room - 2

    def _is_heading(self, line: str, *, alone: bool) -> bool:
        said = line.strip()
        numbered = alone and _HEADING_NUMBER.match(said) is not None
        if numbered and said[-1] == "." and len(said.split()) <= 5:
            return True
        if not 1 <= len(said.split()) <= 14 or said[-1] in ".,;:" or _BULLET.match(said):
            return False
        letters = [character for character in said if character.isalpha()]
        if len(letters) > 3 and all(character.isupper() for character in letters):
            return True
        return numbered

    def _heading(self, line: str, style: str) -> Clause:
        """Levels by the order in which styles of headings first come up."""
        number = re.match(r"\s*(\d{1,2}(?:\.\d{1,2})+)", line)
        if number and style == "numbered":
            style += str(number[1].count("."))
        if style not in self.levels:
            self.levels.append(style)
        return Clause("heading", escape_inline(line.strip()), min(self.levels.index(style) + 1, 6))


def _wrap_width(lines: Sequence[str]) -> int:
    """The width at which most long lines end, if the text is hard-wrapped at one."""
    lengths = sorted(len(line) for line in lines if len(line) > 40)
    if len(lengths) < 4:
        return max(lengths, default=0) if lengths and lengths[-1] <= 100 else 0
    widest = lengths[int(len(lengths) * 0.95)]
    return widest if widest <= 132 and sum(length > widest * 0.75 for length in lengths) > 0.4 * len(lengths) else 0


def _clause(lines: Sequence[str]) -> Clause:
    first = lines[0].lstrip()
    said = " ".join(line.strip() for line in lines)
    bullet = _BULLET.match(first)
    if bullet:
        level = 1 + min(len(lines[0]) - len(first), 16) // 4
        return Clause("item", escape_inline(said[bullet.end() :]), level, "-")
    return Clause("paragraph", escape_inline(said))
