"""The redline on a terminal. The only report that knows rich.

Colour is never the only mark: insertions are underlined, deletions struck; where a terminal cannot show that (NO_COLOR,
TERM=dumb, a pipe) they stand in ``{+…+}`` and ``[-…-]``. Page text only ever enters a ``Text``, so rich reads no markup
in it.

    show(change_sets, options, console)       # redlines, then the table of categories
    summary(run, console)                     # how the run ended

Both write on any Console, so a recording one gives a picture: ``Console(record=True, width=100)``, ``export_svg()``.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.table import Column, Table
from rich.text import Text

from policywatch.model import ChangeSet, Run
from policywatch.reports import plain
from policywatch.reports import run as runs
from policywatch.reports.options import NOTICE, Options
from policywatch.reports.runs import edges
from policywatch.reports.text import Run as Words
from policywatch.reports.view import (
    Block,
    CategoryRow,
    DocumentView,
    Entry,
    category_table,
    documents,
    table_kinds,
)

MEASURE = 100  # columns of a page: longer lines are hard to read
MEASURE_BESIDE = 180
BESIDE_LEAST = 100  # narrower than this, old beside new is unreadable

SEVERITY = {"high": "bold red", "medium": "yellow", "low": "dim"}
STYLES = {"=": "", "-": "red strike", "+": "green underline"}
MARKS = {"-": plain.STRUCK, "+": plain.INSERTED}


def show(change_sets: Sequence[ChangeSet], options: Options, console: Console) -> None:
    """Print what changed; prints nothing where nothing did."""
    views = documents(change_sets, options)
    if not views:
        return
    page = _Page(console, options)
    if options.stat:
        page.print(_stat(views))
        return
    for view in views:
        page.print(_document(view, page))
    rows = category_table(change_sets, options)
    if rows:
        page.print(Padding(_table(rows), (1, 0, 0, 0)))
    page.print(Padding(Text(NOTICE, "dim"), (1, 0, 0, 0)))


def summary(run: Run, console: Console, quiet: bool = False) -> None:
    """Print how the run ended: counts, then what asks for attention."""
    found = runs.groups(run, quiet)
    if quiet and not found and not runs.change_sets(run):
        return
    page = _Page(console, Options())
    page.print(Text(runs.headline(run), "bold"))
    for group in found:
        page.print(_group(group))


def render(change_sets: Sequence[ChangeSet], options: Options) -> str:
    """The same layout as text, with marks instead of colour: what a pipe gets."""
    out = io.StringIO()
    show(change_sets, options, Console(file=out, width=options.width, color_system=None, force_terminal=False))
    return out.getvalue()


class _Page:
    """A console, and how this report uses it."""

    def __init__(self, console: Console, options: Options) -> None:
        self.console = console
        self.marks = not console.is_terminal or console.is_dumb_terminal or console.no_color or not console.color_system
        self.beside = options.side_by_side and console.width >= BESIDE_LEAST
        self.width = min(console.width, MEASURE_BESIDE if self.beside else MEASURE)

    def print(self, renderable: RenderableType) -> None:
        self.console.print(renderable, width=self.width, markup=False, highlight=False, emoji=False)

    def words(self, words: Iterable[Words]) -> Text:
        text = Text()
        previous = "="
        for op, run in words:
            if previous == "-" and op == "+" and not self.marks and not run[:1].isspace():
                text.append(" ")  # struck and inserted words must not read as one
            self._append(text, op, run)
            previous = op
        return text

    def _append(self, text: Text, op: str, run: str) -> None:
        if op == "=" or not run.strip():
            text.append(run)
            return
        lead, core, trail = edges(run)
        opening, closing = MARKS[op] if self.marks else ("", "")
        text.append(lead)
        text.append(f"{opening}{core}{closing}", "" if self.marks else STYLES[op])
        text.append(trail)


class _Barred:
    """A renderable with a bar down its left side."""

    def __init__(self, inner: RenderableType, style: str) -> None:
        self.inner = inner
        self.style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        bar = "|" if options.ascii_only else "▎"
        style = Style.parse(self.style)
        for line in console.render_lines(self.inner, options.update(width=options.max_width - 2), pad=False):
            yield Segment(f"{bar} ", style)
            yield from line
            yield Segment.line()


def _document(view: DocumentView, page: _Page) -> RenderableType:
    title = Text(view.title or view.document, "bold")
    if view.title:
        title.append(f"   {view.document}", "not bold cyan")
    parts: list[RenderableType] = [title]
    facts = [fact for fact in (view.versions, view.counts, view.severities) if fact]
    if facts:
        parts.append(Text("  ·  ".join(facts), "dim"))
    parts += [Text(f"! {said}", "yellow") for said in view.signals]
    for entry in view.entries:
        parts += [Text(), _Barred(_entry(entry, page), SEVERITY[entry.severity])]
    if view.more:
        parts += [Text(), Text(view.more, "bold")]
    return Padding(Group(*parts), (1, 0, 1, 0))


def _entry(entry: Entry, page: _Page) -> RenderableType:
    head = Text.assemble((entry.severity.upper(), SEVERITY[entry.severity]), "  ", (entry.kind, "bold"))
    if entry.categories:
        head.append("  ").append(", ".join(entry.categories), "cyan")
    first = Table.grid(Column(ratio=1), Column(justify="right", no_wrap=True), padding=(0, 0, 0, 2), expand=True)
    first.add_row(head, Text(entry.lines, "dim"))
    parts: list[RenderableType] = [first]
    if entry.place:
        parts.append(Text(entry.place, "dim"))
    parts += [_block(block, page) for block in entry.blocks]
    if entry.signals:
        parts.append(Padding(Text("   ".join(f"◆ {signal}" for signal in entry.signals), "magenta"), (0, 0, 0, 2)))
    return Group(*parts)


def _block(block: Block, page: _Page) -> RenderableType:
    if not page.beside:
        return Padding(_marked(block, page.words(block.runs)), (0, 0, 0, 2))
    sides = Table.grid(Column(ratio=1), Column(ratio=1), padding=(0, 4, 0, 0), expand=True)
    sides.add_row(*(_marked(block, page.words(side)) if side else Text() for side in (block.side("-"), block.side("+"))))
    return Padding(sides, (0, 0, 0, 2))


def _marked(block: Block, text: Text) -> RenderableType:
    """The text with its list marker hanging before it."""
    if not block.marker:
        return text
    item = Table.grid(Column(no_wrap=True), Column(ratio=1), padding=(0, 1, 0, 0))
    item.add_row(Text("•" if block.marker in "-*+" else block.marker, "dim"), text)
    return item


def _stat(views: Sequence[DocumentView]) -> RenderableType:
    table = Table.grid(Column(no_wrap=True), Column(no_wrap=True), Column(no_wrap=True), Column(), padding=(0, 3, 0, 0))
    for view in views:
        severity = Text(view.severities, SEVERITY[view.severity] if view.severity else "")
        table.add_row(
            Text(view.document, "bold"), Text(view.counts or "no clauses"), severity, Text(", ".join(view.categories), "cyan")
        )
    return table


def _table(rows: Sequence[CategoryRow]) -> RenderableType:
    kinds = table_kinds(rows)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="dim", border_style="dim", padding=(0, 1))
    table.add_column("category")
    for kind in kinds:
        table.add_column(kind, justify="right")
    table.add_column("worst")
    table.add_column("documents", justify="right")
    for row in rows:
        numbers = (Text(str(row.counts.get(kind, "")) or "·", "" if kind in row.counts else "dim") for kind in kinds)
        table.add_row(Text(row.title), *numbers, Text(row.severity, SEVERITY[row.severity]), Text(str(row.documents)))
    return table


def _group(group: runs.Group) -> RenderableType:
    table = Table.grid(Column(no_wrap=True, min_width=9), Column(), Column(ratio=1), padding=(0, 2, 0, 0))
    style = "bold red" if group.failure else "yellow"
    for number, row in enumerate(group.rows):
        table.add_row(Text(group.status if number == 0 else "", style), Text(row.document), Text(row.text, "dim"))
    parts: list[RenderableType] = [table]
    parts += [Padding(Text(line), (0, 0, 0, 11)) for line in (group.more, group.todo and f"→ {group.todo}") if line]
    return Padding(Group(*parts), (0, 0, 0, 2))
