"""PDFs with a text layer: pages to lines, lines to clauses."""

from __future__ import annotations

import io
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from policywatch.errors import ExtractionError
from policywatch.extraction.characters import clean
from policywatch.extraction.inline import escape_inline
from policywatch.model import Clause, Text

_MOST_PAGES = 500
_MOST_INSTRUCTIONS = 4_000_000  # bytes of one page's drawing instructions
_SECONDS = 30.0  # looked at between pages
_CLOSE = 1.6  # times the letters' size: lines further apart are seldom of one paragraph
_CAPITAL = 0.35  # of a small letter's width that a capital has more
_ROOMY = 0.7  # of the usual width: letters differ in width, and some lines end before a long word
_BULLET = re.compile(r"[•●○◦▪■‣⁃–\uf0b7\uf0a7]\s*|[-*o]\s+(?=\S)")
_ENUMERATOR = re.compile(r"(?:\d{1,2}(?:\.\d{1,3}){0,4}[.)]?|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,6})[.)])\s+\S")
_SECTION = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,5}\.|(?:Section|Article|Artikel|Abschnitt) \d+\S*)\s+\S")
_LISTING = re.compile(r"[:;](?: and| or| and/or)?$")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\.){2,}$")
# Fonts name glyphs that look alike by the rarer character: ligatures, and radicals in place of the ideographs.
_GLYPHS = {code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0xFB00, 0xFB07), *range(0x2F00, 0x2FD6))}
_RADICALS = "⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻘青⻙韦⻚页"
_RADICALS += "⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
_GLYPHS |= {ord(radical): ideograph for radical, ideograph in zip(_RADICALS[::2], _RADICALS[1::2], strict=True)}
_CJK = "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uff60"
_SPACED_CJK = re.compile(rf"(?<=[{_CJK}“”‘’]) (?=[{_CJK}“”‘’])")
_CJK_END, _CJK_START = re.compile(rf"[{_CJK}”’]$"), re.compile(rf"[{_CJK}“‘]")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|página|pagina|strona|sida|side|стр\.?|第)\s*)?\d{1,4}(?:\s*(?:of|/|von|de|sur|di|van|z|av|из)\s*\d{1,4})?(?:\s*[页頁])?\W*",
    re.IGNORECASE,
)
# What browsers put above and below a page that they print: when and what, where from and which page.
_PRINTED = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}(?: ?[AP]M)?\b.{0,160}|(?:https?|file)://\S+ +\d+ ?/ ?\d+",
    re.IGNORECASE,
)
_DASHES = "-–*o"  # a line in the middle of a paragraph may begin with one, too


def extract_pdf(body: bytes) -> Text:
    """The clauses of a text PDF.

    Raises ExtractionError for one that is encrypted, damaged, too large, or has no text layer (a scan).
    """
    title, pages = _read(body)
    if sum(len(line.text) for page in pages for line in page) < 20:
        raise ExtractionError("the PDF has no text layer; it may be a scan", hint="ask the publisher for one with text")
    clauses = tuple(_clauses(_without_running_lines(pages)))
    heading = next((clause.plain for clause in clauses if clause.kind == "heading"), "")
    return Text(heading or title, clauses)


# -- reading -----------------------------------------------------------------------------------------------------------


_Run = tuple[str, float, bool, float, float]  # text, size, bold, x, y


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float  # of most of its letters, in points; 0 where unknown
    bold: bool
    x: float  # of its first letter
    y: float  # of its base line, upwards
    page: int


def _read(body: bytes) -> tuple[str, list[list[_Line]]]:
    """The document's own title and the lines of each page."""
    import pypdf
    from pypdf.errors import PyPdfError

    deadline = time.monotonic() + _SECONDS
    try:
        reader = pypdf.PdfReader(io.BytesIO(body), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ExtractionError("the PDF is encrypted", hint="watch another source of this document")
        if len(reader.pages) > _MOST_PAGES:
            raise ExtractionError(f"the PDF has {len(reader.pages)} pages; at most {_MOST_PAGES} are read")
        pages = []
        for number, page in enumerate(reader.pages):
            if time.monotonic() > deadline:
                raise ExtractionError(f"the PDF takes longer than {_SECONDS:.0f} seconds to read")
            pages.append(_page_lines(page, number))
        return clean((reader.metadata and reader.metadata.title) or ""), pages
    except ExtractionError:
        raise
    except (PyPdfError, ArithmeticError, AttributeError, ImportError, LookupError, MemoryError, OSError) as error:
        raise _damaged(error) from error
    except (AssertionError, NotImplementedError, RecursionError, TypeError, ValueError) as error:
        raise _damaged(error) from error


def _damaged(error: BaseException) -> ExtractionError:
    """pypdf raises whatever a damaged file leads it into."""
    return ExtractionError(f"the PDF cannot be read: {clean(str(error))[:120] or type(error).__name__}")


def _page_lines(page: Any, number: int) -> list[_Line]:
    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > _MOST_INSTRUCTIONS:
        raise ExtractionError(f"page {number + 1} of the PDF is too large to read")
    runs: list[_Run] = []

    def visit(text: str, matrix: Any, place: Any, font: Any, size: float) -> None:
        name = str((font or {}).get("/BaseFont", "")).lower()
        scale = abs(place[3] or place[1]) * abs(matrix[3] or matrix[1])
        bold = any(word in name for word in ("bold", "black", "heavy", "semibold"))
        x, y = round(place[4] * matrix[0] + matrix[4], 1), place[5] * matrix[3] + matrix[5]
        runs.append((text, round(size * scale, 1), bold, x, y))

    page.extract_text(visitor_text=visit)
    lines: list[_Line] = []
    open_runs: list[_Run] = []
    for text, size, bold, x, y in runs:
        first, *others = text.split("\n")
        open_runs.append((first, size, bold, x, y))
        for other in others:
            lines += _line(open_runs, number)
            open_runs = [(other, size, bold, x, y)]
    return lines + _line(open_runs, number)


def _line(runs: Sequence[_Run], page: int) -> list[_Line]:
    raw = "".join(run[0] for run in runs)
    text = clean(raw.replace("\u00ad", "\u2027") if raw.rstrip().endswith("\u00ad") else raw).translate(_GLYPHS)
    text = _SPACED_CJK.sub("", text).replace("”“", "” “")
    if not text:
        return []
    sizes: Counter[float] = Counter()
    for said, size, *_ in runs:
        sizes[size] += len(said.strip())
    bold = all(run[2] for run in runs if run[0].strip())
    *_, x, y = next(run for run in runs if run[0].strip())
    return [_Line(text, sizes.most_common(1)[0][0], bold, x, y, page)]


# -- furniture ---------------------------------------------------------------------------------------------------------


def _without_running_lines(pages: Sequence[Sequence[_Line]]) -> list[_Line]:
    """All lines but headers, footers and page numbers: what stands at the edge of many pages, but for its digits."""
    edges = Counter(_shape(line) for page in pages for line in {_shape(line): line for line in _edge(page)}.values())
    often = max(2, min(len(pages) // 2, 5))
    kept: list[_Line] = []
    for page in pages:
        edge = set(map(id, _edge(page)))
        for line in page:
            running = len(pages) > 1 and edges[_shape(line)] >= often and len(line.text) < 200
            if id(line) in edge and (running or _PAGE_NUMBER.fullmatch(line.text) or _PRINTED.fullmatch(line.text)):
                continue
            kept.append(line)
    return kept


def _edge(page: Sequence[_Line]) -> list[_Line]:
    return [*page[:3], *page[max(3, len(page) - 3) :]]


def _shape(line: _Line) -> str:
    return re.sub(r"\d+", "#", line.text)


# -- lines to clauses --------------------------------------------------------------------------------------------------


def _clauses(lines: Sequence[_Line]) -> Iterator[Clause]:
    style = _Style(lines)
    block: list[_Line] = []
    for line in lines:
        if block and style.begins(line, block[-1]):
            yield style.clause(block)
            block = []
        block.append(line)
    if block:
        yield style.clause(block)


def _leading(lines: Sequence[_Line], size: float) -> float:
    """From one line of a paragraph to its next, in points: the commonest step that is close enough for the letters.

    The commonest of all may be the one between paragraphs, where most of them have one line.
    """
    steps = Counter(
        round(before.y - line.y) for before, line in pairwise(lines) if before.page == line.page and before.y > line.y
    )
    close = Counter({step: count for step, count in steps.items() if step <= _CLOSE * size})
    if close.total() * 20 < steps.total():
        close = steps  # lines are set far apart
    return close.most_common(1)[0][0] if close else 0


def _breadth(text: str) -> float:
    """How much of a line a text takes, in small letters."""
    return len(text) + _CAPITAL * sum(map(str.isupper, text))


class _Style:
    """What is usual in the document, and so what stands out."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[line.size] += len(line.text)
        self._size = sizes.most_common(1)[0][0] if sizes else 0.0
        self._gap = _leading(lines, self._size)
        edges = Counter(line.x for line in lines)
        self._edge = edges.most_common(1)[0][0] if edges else 0.0
        self._width = sorted(_breadth(line.text) for line in lines)[int(len(lines) * 0.9)] if lines else 0.0
        larger = sorted({line.size for line in lines if line.size > 1.1 * self._size}, reverse=True)
        self._levels = {size: min(level, 4) for level, size in enumerate(larger, 1)}
        self._words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line.text for line in lines).lower()))

    def begins(self, line: _Line, before: _Line) -> bool:
        """Whether a line begins a clause, rather than going on with the one before."""
        if self._stands_out(line) or self._stands_out(before):
            return (line.size, line.bold) != (before.size, before.bold) or before.y - line.y > 1.8 * line.size
        short = _breadth(before.text) < 0.75 * self._width
        ended = before.text[-1] in ".:;!?。"
        if _BULLET.match(line.text) and (ended or short or line.x != before.x or line.text[0] not in _DASHES):
            return True
        if _ENUMERATOR.match(line.text) and (ended or short):
            return True
        if _LISTING.search(before.text) and (line.text[0].isupper() or self._is_listed(line, before)):
            return True
        if line.page != before.page:
            return (ended or self._had_room(line, before)) and not line.text[0].islower()
        if before.y - line.y > 1.35 * self._gap + 1:
            return True
        return (ended or self._had_room(line, before)) and short and not line.text[0].islower()

    def _is_listed(self, line: _Line, before: _Line) -> bool:
        """Whether a line stands further in than the text or than the "…:" above it: an item, its bullet a drawing."""
        edge = before.x if before.text[-1] == ":" else self._edge
        return line.x > edge + line.size / 2

    def _had_room(self, line: _Line, before: _Line) -> bool:
        """Whether a line's first word had room in the line before: that was ended on purpose."""
        first = line.text.partition(" ")[0]
        return _breadth(before.text) + _breadth(first) < _ROOMY * self._width

    def _stands_out(self, line: _Line) -> bool:
        """Whether a line looks like (a part of) a heading."""
        return line.size > 1.1 * self._size or (line.bold and len(line.text.split()) <= 14)

    def clause(self, block: Sequence[_Line]) -> Clause:
        said = self._joined([line.text for line in block])
        first = block[0]
        if self._is_heading(block, said):
            return Clause("heading", escape_inline(said), self._levels.get(first.size, len(self._levels) + 1))
        bullet = _BULLET.match(said)
        if bullet and said[bullet.end() :]:
            return Clause("item", escape_inline(said[bullet.end() :]), 1, "-")
        return Clause("paragraph", escape_inline(said))

    def _is_heading(self, block: Sequence[_Line], said: str) -> bool:
        words = len(said.split())
        if all(map(self._stands_out, block)):
            unended = not said.endswith((".", ";", ",")) or _ABBREVIATED.search(said) is not None
            return (words <= 25 and unended) or (words <= 6 and _SECTION.match(said) is not None)
        section = _SECTION.match(said)
        titled = section is not None and not said[section.end() - 1].islower()  # "2 Scope", but not "2 years"
        return len(block) == 1 and words <= 10 and said[-1] not in ".;:,!?" and titled

    def _joined(self, lines: Sequence[str]) -> str:
        """The lines as one, words cut at a line's end put together again."""
        said = lines[0]
        for line in lines[1:]:
            cut = re.search(r"([^\W\d_]+)[-\u2010\u2027]$", said)
            rest = re.match(r"[^\W\d_]+", line)
            if _CJK_END.search(said) and _CJK_START.match(line):
                said += line
            elif not cut or not rest or not rest[0][0].islower():
                said = f"{said}{'' if said.endswith('-') and cut else ' '}{line}"
            elif self._is_compound(cut[1].lower(), rest[0].lower(), said[-1]):
                said += line
            else:
                said = said[:-1] + line
        return said

    def _is_compound(self, left: str, right: str, hyphen: str) -> bool:
        """Whether the hyphen at a line's end belongs to the word ("third-party"), by the rest of the document."""
        if hyphen == "\u2027" or left + right in self._words:
            return False
        return f"{left}-{right}" in self._words or (left in self._words and right in self._words)
