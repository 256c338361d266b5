"""Clauses to archive text and back, exactly.

The archive's Markdown is a small subset: front matter, headings, paragraphs, items, rows; inline only links and
backslash escapes. ``layout`` writes it one sentence a line; ``parse`` gives back the very clauses, provided they are in
normal form, which is what ``normal`` makes and what ``extract`` returns:

- white space is single spaces, invisible characters are gone, a space follows a CJK full stop (so that a paragraph
  without spaces can still be laid out one sentence a line, and lines joined with a space are the clause's text);
- escapes stand only where GitHub or ``parse`` would otherwise take the text for markup, also at the start of each line.

Every text has one normal form, a function of what it says (characters and links) and of nothing else, so that
``parse(layout(front, clauses))`` has the normalised clauses, and laying those out again gives the same file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from policywatch.errors import ArchiveError
from policywatch.extraction.characters import clean
from policywatch.extraction.inline import escape_inline as escape_inline
from policywatch.extraction.inline import lines
from policywatch.extraction.inline import link as link
from policywatch.model import Clause, ClauseKind, plain


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What an archive file says about its document; changes only with the text."""

    title: str = ""
    platform: str = ""
    document: str = ""
    sources: tuple[str, ...] = ()
    effective_date: date | None = None
    language: str | None = None


# -- normal form -------------------------------------------------------------------------------------------------------

_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")
_NUMBER_MARKER = re.compile(r"[0-9]{1,9}[.)]")
_BULLETS = frozenset("-*+•●○◦▪▫■□‣⁃·–—➢➤✓✔►▶")


def normal(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """The clauses as ``parse`` would give them, but for line numbers; those without text are dropped."""
    path = _Path()
    return tuple(path.place(clause) for clause, _ in _laid_out(clauses))


def _laid_out(clauses: Iterable[Clause]) -> Iterable[tuple[Clause, Sequence[str]]]:
    """Each clause in normal form, but for its heading path, with the lines of its text."""
    for clause in clauses:
        marker, text, level = "", clause.text, 0
        if clause.kind == "heading":
            level = min(max(clause.level, 1), 6)
        elif clause.kind == "item":
            level = max(clause.level, 1)
            marker = clause.marker if _NUMBER_MARKER.fullmatch(clause.marker) else "-"
            if marker == "-" and clause.marker and clause.marker not in _BULLETS:
                text = f"{clause.marker} {text}"
        shown = lines(text, clause.kind)
        if shown:
            text = " ".join(shown) if len(shown) > 1 else shown[0]
            if (text, level, marker) != (clause.text, clause.level, clause.marker):
                clause = Clause(clause.kind, text, level, marker)
            yield clause, shown


class _Path:
    """The headings above the place reached so far."""

    def __init__(self) -> None:
        self._above: list[tuple[int, str]] = []
        self._path: tuple[str, ...] = ()

    def place(self, clause: Clause, line: int = 0) -> Clause:
        heading = clause.kind == "heading"
        if heading:
            while self._above and self._above[-1][0] >= clause.level:
                self._above.pop()
            self._path = tuple(text for _, text in self._above)
        path = self._path
        if heading:
            self._above.append((clause.level, plain(clause.text)))
            self._path = (*path, self._above[-1][1])
        if clause.line == line and clause.heading == path:
            return clause  # most are in their place already, and making one costs more than all of this
        return Clause(clause.kind, clause.text, clause.level, clause.marker, path, line)


# -- layout ------------------------------------------------------------------------------------------------------------


def layout(front: FrontMatter, clauses: Sequence[Clause]) -> str:
    """The whole archive file, ending with a line feed; empty if there is nothing to say."""
    written = _front_lines(front)
    before: ClauseKind | None = None
    widths: list[int] = []
    columns = 0
    for clause, shown in _laid_out(clauses):
        kind = clause.kind
        cells = _cells(clause.text) if kind == "row" else 0
        # GitHub hides the cells a row has beyond its table's first: a wider row begins a new table.
        opens = kind != before or kind not in ("item", "row") or cells > columns
        if written and opens:
            written.append("")
        if kind == "heading":
            written.append(f"{'#' * clause.level} {clause.text}")
        elif kind == "row":
            written.append(f"| {clause.text} |")
            if opens:
                written.append("|" + " --- |" * cells)  # makes it a table for GitHub
                columns = cells
        elif kind == "item":
            if opens:
                widths.clear()
            indent = _indent(widths, clause.level, clause.marker)
            written.append(f"{' ' * indent}{clause.marker} {shown[0]}")
            hanging = " " * (indent + widths[-1])
            written += [hanging + line for line in shown[1:]]
        else:
            written += shown
        before = kind
    return "\n".join(written) + "\n" if written else ""


def _indent(widths: list[int], level: int, marker: str) -> int:
    """The spaces before an item's marker: one step for each level above, as wide as the marker of the item there.

    ``widths`` has those steps, outermost first, and is brought up to date with this item. A level without an item
    counts two, so that any sequence of levels can be read back.
    """
    widths += [2] * (level - 1 - len(widths))
    del widths[level - 1 :]
    indent = sum(widths)
    widths.append(len(marker) + 1)
    return indent


def _cells(row: str) -> int:
    return len(_PIPE.findall(row)) + 1


# -- parse -------------------------------------------------------------------------------------------------------------

_HEADING = re.compile(r"(#{1,6}) +(.*)")
_ITEM = re.compile(r"( *)(-|[0-9]{1,9}[.)]) (.*)")
_DELIMITER = re.compile(r"\|(?: *:?-+:? *\|)+")


def parse(file: str) -> tuple[FrontMatter, tuple[Clause, ...]]:
    """What an archive file holds: its front matter, and its clauses with heading path and line.

    Reads any text leniently (a file may have been edited by hand); raises ArchiveError only for front matter that is
    not YAML.
    """
    read = file.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    front, start = _read_front(read)
    path, clauses, number = _Path(), [], start
    while number < len(read):
        end = number
        while end < len(read) and read[end].strip() and (end == number or not _alone(read, end)):
            end += 1
        if end == number:
            number += 1
            continue
        clauses += [path.place(clause, line + 1) for clause, line in _read_block(read, number, end)]
        number = end
    return front, tuple(clauses)


def clauses_of(file: str) -> tuple[Clause, ...]:
    """The clauses of an archive file."""
    return parse(file)[1]


def _alone(read: Sequence[str], number: int) -> bool:
    """Whether this line begins a block although no blank line stands before it, or the line before was a heading."""
    return _HEADING.match(read[number]) is not None or _HEADING.match(read[number - 1]) is not None


def _read_block(read: Sequence[str], begin: int, end: int) -> Iterable[tuple[Clause, int]]:
    """The clauses of lines between blank ones, each with the index of the line its text begins on."""
    first = read[begin]
    heading = _HEADING.match(first)
    if heading:
        if heading[2].strip():
            yield Clause("heading", heading[2].strip(), len(heading[1])), begin
    elif first.startswith("|"):
        for number in range(begin, end):
            text = read[number].strip().removeprefix("|").removesuffix("|").strip()
            if text and not _DELIMITER.fullmatch(read[number].strip()):
                yield Clause("row", text), number
    else:
        yield from _read_lines(read, begin, end)


def _read_lines(read: Sequence[str], begin: int, end: int) -> Iterable[tuple[Clause, int]]:
    """A paragraph or a list."""
    opened: tuple[ClauseKind, int, str, int] = ("paragraph", 0, "", begin)
    texts: list[str] = []
    widths: list[int] = []
    for number in range(begin, end):
        found = _ITEM.fullmatch(read[number])
        if found:
            if texts:
                yield Clause(opened[0], " ".join(texts), opened[1], opened[2]), opened[3]
            level = _level(widths, len(found[1]))
            _indent(widths, level, found[2])
            opened, texts = ("item", level, found[2], number), [found[3].strip()]
        else:
            texts.append(read[number].strip())
    yield Clause(opened[0], " ".join(texts), opened[1], opened[2]), opened[3]


def _level(widths: Sequence[int], indent: int) -> int:
    """The level of an item that stands ``indent`` spaces in; ``_indent`` the other way round."""
    level, reached = 1, 0
    while reached < indent:
        reached += widths[level - 1] if level <= len(widths) else 2
        level += 1
    return level


# -- front matter ------------------------------------------------------------------------------------------------------

_BARE = re.compile(r"[A-Za-z][A-Za-z0-9 ,.()/+'’-]*[A-Za-z0-9.)+]|https?://[A-Za-z0-9/._~%?=&+#-]*[A-Za-z0-9/]")
_YAML_WORDS = frozenset("y n yes no true false on off null".split())


def _front_lines(front: FrontMatter) -> list[str]:
    named = (("title", front.title), ("platform", front.platform), ("document", front.document))
    fields = [f"{key}: {_scalar(value)}" for key, text in named if (value := clean(text))]
    sources = [f"  - {_scalar(value)}" for text in front.sources if (value := clean(text))]
    if sources:
        fields += ["sources:", *sources]
    if front.effective_date:
        fields.append(f"effective_date: {front.effective_date.isoformat()}")
    if front.language:
        fields.append(f"language: {_scalar(front.language)}")
    return ["---", *fields, "---"] if fields else []


def _scalar(value: str) -> str:
    """A YAML scalar on one line: bare where no reader could take it for anything but a string."""
    if _BARE.fullmatch(value) and value.lower() not in _YAML_WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)


def _read_front(read: Sequence[str]) -> tuple[FrontMatter, int]:
    """The front matter, and the index of the first line after it."""
    if read[0].rstrip() != "---":
        return FrontMatter(), 0
    end = next((number for number in range(1, len(read)) if read[number].rstrip() == "---"), None)
    if end is None:
        return FrontMatter(), 0
    fields = _load_yaml("\n".join(read[1:end]))
    sources = fields.get("sources") or []
    return (
        FrontMatter(
            title=_text(fields.get("title")),
            platform=_text(fields.get("platform")),
            document=_text(fields.get("document")),
            sources=tuple(_text(source) for source in (sources if isinstance(sources, list) else [sources])),
            effective_date=fields.get("effective_date") if isinstance(fields.get("effective_date"), date) else None,
            language=_text(fields.get("language")) or None,
        ),
        end + 1,
    )


def _load_yaml(text: str) -> dict[str, Any]:
    import yaml

    try:
        fields = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    except yaml.YAMLError as error:
        raise ArchiveError(f"the front matter is not YAML: {str(error).splitlines()[0]}") from error
    return fields if isinstance(fields, dict) else {}


def _text(value: object) -> str:
    return "" if value is None else str(value)
