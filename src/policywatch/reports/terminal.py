"""The redline on a terminal. The only report that knows rich.

Colour is never the only mark: insertions are underlined, deletions struck; where a terminal cannot show that (NO_COLOR,
TERM=dumb, a pipe) they stand in ``{+…+}`` and ``[-…-]``. Page text only ever enters a ``Text``, so rich reads no markup
in it.

    show(change_sets, options, console)       # redlines, then the table of categories
    summary(run, console)                     # how the run ended
    picture(change_sets, options, title)      # the same as an SVG
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from itertools import chain, groupby, repeat

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.segment import Segment
from rich.style import Style
from rich.table import Column, Table
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from policywatch.model import ChangeSet, Run
from policywatch.reports import plain, wording
from policywatch.reports import run as runs
from policywatch.reports.options import NOTICE, Options
from policywatch.reports.runs import INSERTED, STRUCK, edges
from policywatch.reports.text import Run as Words
from policywatch.reports.text import width
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
_STAT_CATEGORIES = 12  # columns of a row of --stat left for the categories
_BEFORE_ID = 2 + 9 + 2  # columns of a summary's row before its document's id
_LEAST_WHY = 30  # columns in which a reason beside the id is worth reading
BESIDE_LEAST = 100  # narrower than this, old beside new is unreadable

SEVERITY = {"high": "bold red", "medium": "yellow", "low": "dim"}
STYLES = {"=": "", "-": "red strike", "+": "green underline"}
MARKS = {"-": STRUCK, "+": INSERTED}


def show(change_sets: Sequence[ChangeSet], options: Options, console: Console) -> None:
    """Print what changed; prints nothing where nothing did."""
    views = documents(change_sets, options)
    if not views:
        return
    page = _Page(console, options)
    if options.stat:
        _stat(views, page)
        return
    for view in views:
        page.print(_document(view, page))
    rows = category_table(change_sets, options)
    if rows:
        page.print(Padding(_table(rows, page), (1, 0, 0, 0)))
    page.print(Padding(Text(NOTICE, "dim"), (1, 0, 0, 0)))


def summary(run: Run, console: Console, quiet: bool = False) -> None:
    """Print how the run ended: counts, then what asks for attention."""
    found = runs.groups(run, quiet)
    if quiet and not found and not runs.change_sets(run):
        return
    page = _Page(console, Options())
    page.print(Padding(Text(runs.headline(run), "bold"), (1, 0, 0, 0)))
    for group in found:
        page.print(_group(group, page.width))


def render(change_sets: Sequence[ChangeSet], options: Options) -> str:
    """The same layout as text, with marks instead of colour: what a pipe gets."""
    out = io.StringIO()
    show(change_sets, options, Console(file=out, width=options.width, color_system=None, force_terminal=False))
    return out.getvalue()


def render_run(run: Run, options: Options) -> str:
    """What the run changed, as ``render`` has it."""
    return render(runs.change_sets(run), options)


# For pictures: calm, and every colour readable on its ground.
_GROUND, _INK = (28, 27, 26), (226, 222, 214)
_RED, _GREEN, _YELLOW = (232, 124, 112), (128, 196, 142), (222, 180, 104)
_BLUE, _MAGENTA, _CYAN = (128, 168, 220), (200, 150, 210), (120, 192, 200)
THEME = TerminalTheme(_GROUND, _INK, [_GROUND, _RED, _GREEN, _YELLOW, _BLUE, _MAGENTA, _CYAN, _INK])


def picture(change_sets: Sequence[ChangeSet], options: Options, title: str, run: Run | None = None) -> str:
    """What a terminal of ``options.width`` columns shows, as an SVG that loads nothing.

    Wide letters (Chinese, Japanese, Korean) come out too narrow: rich gives each one column.
    """
    console = Console(
        record=True,
        width=options.width,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        no_color=False,
    )
    show(change_sets, options, console)
    if run is not None:
        summary(run, console)
    svg = console.export_svg(title=title, theme=THEME, unique_id="policywatch")
    svg = re.sub(r"@font-face \{.*?\n    \}\n", "", svg, flags=re.DOTALL)
    return svg.replace("Fira Code, monospace", "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace")


class _Page:
    """A console, and how this report uses it."""

    def __init__(self, console: Console, options: Options) -> None:
        self.console = console
        self.marks = not console.is_terminal or console.is_dumb_terminal or console.no_color or not console.color_system
        self.bar = "| " if console.options.ascii_only else "▎ "
        self.beside = options.side_by_side and console.width >= BESIDE_LEAST
        self.width = min(console.width, MEASURE_BESIDE if self.beside else MEASURE)

    def print(self, renderable: RenderableType) -> None:
        self.console.print(_Lines(renderable), width=self.width, markup=False, highlight=False, emoji=False, end="")

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


class _Lines:
    """A renderable with something before each line and no spaces at its end."""

    def __init__(self, inner: RenderableType, bar: str = "", style: str = "") -> None:
        self.inner = inner
        self.bar = bar
        self.style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        style = Style.parse(self.style)
        inner = options.update(width=options.max_width - len(self.bar))
        for line in console.render_lines(self.inner, inner, pad=False):
            if self.bar:
                yield Segment(self.bar, style)
            yield from _trimmed(line)
            yield Segment.line()


def _trimmed(line: Sequence[Segment]) -> list[Segment]:
    """The line without spaces at its end: underlined, they would stick out."""
    rest = list(line)
    while rest and not rest[-1].text.strip():
        rest.pop()
    return [*rest[:-1], Segment(rest[-1].text.rstrip(), rest[-1].style)] if rest else []


def _document(view: DocumentView, page: _Page) -> RenderableType:
    title = Text(view.title or view.document, "bold")
    head = Table.grid(Column(ratio=1), Column(justify="right", no_wrap=True), padding=(0, 0, 0, 2), expand=True)
    head.add_row(title, Text(view.versions, "bold"))
    if view.title or view.days:
        head.add_row(Text(view.document if view.title else "", "cyan"), Text(view.days, "dim"))
    counts = Text.assemble((view.severities, SEVERITY[view.severity] if view.severity else ""))
    counts.append(f"  ·  {view.counts}" if view.counts else "", "dim")
    parts: list[RenderableType] = [Rule(style="dim"), head, counts]
    parts += [Text(f"! {said}", "yellow") for said in view.signals]
    for entry in view.entries:
        parts += [Text(), _Lines(_entry(entry, page), page.bar, SEVERITY[entry.severity])]
    if view.more:
        parts += [Text(), Text(view.more, "bold")]
    return Padding(Group(*parts), (1, 0, 0, 0))


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
    sides.add_row(
        *(_marked(block, page.words(side)) if side else Text() for side in (block.side("-"), block.side("+")))
    )
    return Padding(sides, (0, 0, 0, 2))


def _marked(block: Block, text: Text) -> RenderableType:
    """The text with its list marker hanging before it."""
    if block.heading:
        text.stylize("bold")
    if not block.marker:
        return text
    item = Table.grid(Column(no_wrap=True), Column(ratio=1), padding=(0, 1, 0, 0))
    item.add_row(Text("•" if block.marker in "-*+" else block.marker, "dim"), text)
    return item


def _stat(views: Sequence[DocumentView], page: _Page) -> None:
    """One line a document, in a pipe as long as it is; on a terminal the categories give way."""
    if not page.console.is_terminal:
        page.console.print(Text("\n".join(plain.stat(views))), soft_wrap=True)
        return
    table = Table.grid(*(Column(no_wrap=True) for _ in range(4)), padding=(0, 3, 0, 0))
    for view in views:
        severity = Text(view.severities, SEVERITY[view.severity] if view.severity else "")
        categories = Text(", ".join(view.categories), "cyan")
        table.add_row(Text(view.document, "bold"), Text(view.counts or "no clauses"), severity, categories)
    for column in table.columns[:3]:
        column.min_width = max(cell.cell_len for cell in column.cells if isinstance(cell, Text))
    if sum((column.min_width or 0) + 3 for column in table.columns[:3]) + _STAT_CATEGORIES > page.console.width:
        page.console.print(_Lines(Group(*(_stacked(view) for view in views))), end="")
        return
    page.console.print(_Lines(table), end="")


def _stacked(view: DocumentView) -> RenderableType:
    """The same where there is no room for rows: each document's facts below its name."""
    facts = ", ".join(filter(None, (view.counts or "no clauses", view.severities)))
    listed = Text(", ".join(view.categories), "cyan", no_wrap=True, overflow="ellipsis")
    categories = [Padding(listed, (0, 0, 0, 2))] if view.categories else []
    return Group(Text(view.document, "bold"), Padding(Text(facts), (0, 0, 0, 2)), *categories)


def _table(rows: Sequence[CategoryRow], page: _Page) -> RenderableType:
    """Categories by kinds of change; where that is too wide, the kinds of each in words."""
    kinds = table_kinds(rows)
    table = _bare_table()
    table.add_column("category", no_wrap=True)
    for kind in kinds:
        table.add_column(kind, justify="right", no_wrap=True)
    table.add_column("worst", no_wrap=True)
    table.add_column("documents", justify="right", no_wrap=True)
    for row in rows:
        numbers = (Text(str(row.counts.get(kind, "·")), "" if kind in row.counts else "dim") for kind in kinds)
        table.add_row(Text(row.title), *numbers, Text(row.severity, SEVERITY[row.severity]), Text(str(row.documents)))
    if page.console.measure(table, options=page.console.options.update(width=500)).maximum <= page.width:
        return table
    narrow = _bare_table()
    for name in ("category", "worst", "changes"):
        narrow.add_column(name)
    for row in rows:
        narrow.add_row(Text(row.title), Text(row.severity, SEVERITY[row.severity]), Text(wording.kinds(row.counts)))
    return narrow


def _bare_table() -> Table:
    return Table(
        box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim", border_style="dim"
    )


def _group(group: runs.Group, columns: int) -> RenderableType:
    """A row a document; where that leaves no room to say why, ids whole above what is said of them."""
    style = "bold red" if group.failure else "yellow"
    ids = max(width(row.document) for row in group.rows)
    beside = columns - ids - _BEFORE_ID - 2 >= _LEAST_WHY
    table = Table.grid(
        Column(no_wrap=True, min_width=9), *[Column(no_wrap=True)] * beside, Column(ratio=1), padding=(0, 2, 0, 0)
    )
    statuses = chain([Text(group.status, style)], repeat(Text()))
    for said, rows in groupby(group.rows, key=lambda row: row.text):
        why = Text(said, "dim")
        for row in rows:
            table.add_row(next(statuses), Text(row.document, overflow="fold"), *[why] * beside)
        if not beside:
            table.add_row(Text(), Padding(why, (0, 0, 0, 2)))
    parts: list[RenderableType] = [table]
    parts += [Padding(Text(line), (0, 0, 0, 11)) for line in (group.more, group.todo and f"→ {group.todo}") if line]
    return Padding(Group(*parts), (0, 0, 0, 2))
