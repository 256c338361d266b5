"""Markdown that others wrote: the subset of CommonMark and GitHub's tables that documents use.

Emphasis and HTML tags are dropped, code and quotations are text. Not to be confused with ``markdown``, which reads
and writes the archive's own files.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

from policywatch.extraction.decode import decode
from policywatch.extraction.inline import escape_inline, link
from policywatch.model import Clause, Text

_ATX = re.compile(r" {0,3}(#{1,6})(?:\s+(.*?))??(?:\s+#+)?\s*")
_SETEXT = re.compile(r" {0,3}(=+|-+)\s*")
_RULE = re.compile(r" {0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})")
_ITEM = re.compile(r"(\s*)([-*+]|\d{1,9}[.)])(?:\s+(.*)|$)")
_INTERRUPTING = ("-", "*", "+", "1.", "1)")  # markers that end a paragraph
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_REFERENCE = re.compile(r" {0,3}\[([^\]^][^\]]*)\]:\s*<?([^\s<>]+)>?(?:\s+[\"'(].*[\"')])?\s*")


def extract_markdown(body: bytes, *, content_type: str = "") -> Text:
    """The clauses of a Markdown source."""
    text = decode(body, content_type, markup=False).replace("\r\n", "\n").replace("\r", "\n")
    lines = _without_front_matter([line.expandtabs(4) for line in _COMMENT.sub("", text).split("\n")])
    clauses = _Reader(lines).read()
    return Text(next((clause.plain for clause in clauses if clause.kind == "heading"), ""), clauses)


def _without_front_matter(lines: list[str]) -> list[str]:
    if lines[0].rstrip() != "---":
        return lines
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    return lines if end is None else lines[end + 1 :]


class _Reader:
    """Reads line by line; what is open is a paragraph or an item whose next line may still come."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._references = {found[1].casefold(): found[2] for line in lines if (found := _REFERENCE.fullmatch(line))}
        self._clauses: list[Clause] = []
        self._open: list[str] = []
        self._item: tuple[int, str] | None = None  # level and marker of the open item
        self._indents: list[int] = []  # of the open list's levels
        self._table = False
        self._fenced = False

    def read(self) -> tuple[Clause, ...]:
        for number, line in enumerate(self._lines):
            quote = _QUOTE.match(line)
            self._line(line[quote.end() :] if quote else line, number)
        self._close()
        return tuple(self._clauses)

    def _line(self, line: str, number: int) -> None:
        if _FENCE.match(line):
            self._close()
            self._fenced = not self._fenced
        elif self._fenced:
            self._open.append(line)
        elif not line.strip() or _REFERENCE.fullmatch(line):
            self._close()
            self._table = False
        elif not self._structure(line, number):
            if not self._open and not line.startswith("  "):
                self._indents = []
            self._open.append(line)

    def _structure(self, line: str, number: int) -> bool:
        """Take a line that is more than text; False for one that isn't."""
        if heading := _ATX.fullmatch(line):
            self._heading(heading[2] or "", len(heading[1]))
        elif self._open and not self._item and (underline := _SETEXT.fullmatch(line)):
            said, self._open = " ".join(map(str.strip, self._open)), []
            self._heading(said, 1 if underline[1][0] == "=" else 2)
        elif _RULE.fullmatch(line):
            self._close()
            self._indents = []
        elif self._is_row(line, number):
            self._row(line)
        elif (item := _ITEM.fullmatch(line)) and (
            not self._open or self._item or item[2] in ("-", "*", "+", "1.", "1)")
        ):
            self._begin_item(len(item[1]), item[2], item[3] or "")
        else:
            return False
        return True

    def _heading(self, said: str, level: int) -> None:
        self._close()
        self._indents = []
        self._clauses.append(Clause("heading", inline(said, self._references), level))

    def _is_row(self, line: str, number: int) -> bool:
        following = self._lines[number + 1 : number + 2]
        begins = bool(following) and "|" in following[0] and _DELIMITER.fullmatch(following[0]) is not None
        self._table = "|" in line and (self._table or begins)
        return self._table

    def _row(self, line: str) -> None:
        self._close()
        if not _DELIMITER.fullmatch(line):
            cells = _PIPE.split(line.strip().removeprefix("|").removesuffix("|"))
            said = (inline(cell.strip().replace("\\|", "|"), self._references) for cell in cells)
            self._clauses.append(Clause("row", " | ".join(said)))

    def _begin_item(self, indent: int, marker: str, said: str) -> None:
        self._close()
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or indent > self._indents[-1] + 1:
            self._indents.append(indent)
        self._item = (len(self._indents), "-" if marker in "-*+" else marker)
        self._open = [said]

    def _close(self) -> None:
        joined = " ".join(map(str.strip, self._open))
        said = escape_inline(joined) if self._fenced else inline(joined, self._references)
        level, marker = self._item or (0, "")
        if said.strip():
            self._clauses.append(Clause("item" if self._item else "paragraph", said, level, marker))
        self._open, self._item = [], None


# -- inline ------------------------------------------------------------------------------------------------------------

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INLINE = re.compile(
    r"""
      \\(?P<escaped>[!-/:-@\[-`{-~])
    | (?P<ticks>`+)(?P<code>[^`]+)(?P=ticks)
    | (?P<image>!)?\[(?P<label>(?:[^\[\]\\]|\\.)*)\]
      (?:
        \(\s*<?(?P<target>(?:[^()\s<>\\]|\\.|\([^()\s]*\))*)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)
      | \[(?P<reference>[^\[\]]*)\]
      )?
    | <(?P<address>[a-z][a-z0-9+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>
    | (?P<tag></?[a-zA-Z][^<>]*>)
    | (?P<entity>&\#?\w+;)
    | (?<!\w)(?P<open>\*{1,3}|_{1,3}|~~)(?=\S) | (?<=\S)(?P<close>\*{1,3}|_{1,3}|~~)(?!\w)
    | (?P<strong>\*\*)
    """,
    re.VERBOSE,
)


def inline(text: str, references: Mapping[str, str]) -> str:
    """A line's inline markup as the archive's: links stay, all other markup goes."""
    begin, pieces = 0, []
    lone = {sign for sign in ("*", "**", "***", "_", "__", "___", "~~") if text.count(sign) < 2}
    for found in _INLINE.finditer(text):
        if found.lastgroup in ("open", "close", "strong") and found[0] in lone:
            continue  # nothing to pair with: a note's asterisk
        pieces += [escape_inline(text[begin : found.start()]), _piece(found, references)]
        begin = found.end()
    return "".join([*pieces, escape_inline(text[begin:])]) if pieces else escape_inline(text)


def _piece(found: re.Match[str], references: Mapping[str, str]) -> str:
    kind = found.lastgroup
    if found["escaped"] or found["code"] or found["address"]:
        return escape_inline(found["escaped"] or found["code"] or found["address"])
    if found["label"] is not None:
        return _link(found, references)
    if kind == "entity":
        return escape_inline(html.unescape(found[0]))
    return " " if found[0].lower().startswith(("<br", "</td", "</p", "</li", "</div")) else ""


def _link(found: re.Match[str], references: Mapping[str, str]) -> str:
    """A link, or its text where it leads nowhere; nothing for an image."""
    if found["image"]:
        return ""
    label = inline(found["label"], references)
    if found["target"] is not None:
        return link(label, found["target"])
    reference = found["reference"] or found["label"]
    if reference.casefold() in references:
        return link(label, references[reference.casefold()])
    rest = f"[{found['reference']}]" if found["reference"] is not None else ""
    return escape_inline("[") + label + escape_inline("]" + rest)
