"""Plain text, for pipes, mail and terminals without colour: ``[-struck-]`` and ``{+inserted+}``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policywatch.model import ChangeSet, Run
from policywatch.reports import run
from policywatch.reports.options import NOTICE, Options
from policywatch.reports.runs import INSERTED, STRUCK, marked
from policywatch.reports.text import width, wrap
from policywatch.reports.view import Block, CategoryRow, DocumentView, Entry, category_table, documents, table_kinds


def render(change_sets: Sequence[ChangeSet], options: Options) -> str:
    views = documents(change_sets, options)
    if not views:
        return ""
    if options.stat:
        return "\n".join(stat(views)) + "\n"
    parts = ["\n".join(_document(view, options)) for view in views]
    rows = category_table(change_sets, options)
    if rows:
        parts.append("\n".join(_table(rows)))
    return "\n\n\n".join([*parts, NOTICE]) + "\n"


def render_run(value: Run, options: Options) -> str:
    """What the run changed; how it ended is ``run.summary``."""
    return render(run.change_sets(value), options)


def stat(views: Sequence[DocumentView]) -> Iterator[str]:
    """One line a document: what changed, how badly, where."""
    names = [view.document for view in views]
    counts = [view.counts or "no clauses" for view in views]
    for view, name, what in zip(views, _column(names), _column(counts), strict=True):
        yield "  ".join(filter(None, (name, what, view.severities, ", ".join(view.categories)))).rstrip()


def _document(view: DocumentView, options: Options) -> Iterator[str]:
    yield f"== {view.title + '  ' if view.title else ''}{view.document} =="
    for facts in ((view.versions, view.days), (view.severities, view.counts)):
        if any(facts):
            yield from wrap(" · ".join(filter(None, facts)), options.width)
    for said in view.signals:
        yield from wrap(f"! {said}", options.width)
    for entry in view.entries:
        yield ""
        yield from _entry(entry, options.width)
    if view.more:
        yield ""
        yield view.more


def _entry(entry: Entry, columns: int) -> Iterator[str]:
    head = (f"[{entry.severity.upper()}] {entry.kind}", ", ".join(entry.categories), entry.lines)
    yield from wrap(" · ".join(filter(None, head)), columns)
    if entry.place:
        yield from wrap(entry.place, columns, "  ")
    for block in entry.blocks:
        yield from _block(block, columns)
    for signal in entry.signals:
        yield from wrap(f"* {signal}", columns, "    ")


def _block(block: Block, columns: int) -> list[str]:
    marker = block.marker + " " if block.marker else ""
    return wrap(marker + marked(block.runs, STRUCK, INSERTED), columns, "    ")


def _table(rows: Sequence[CategoryRow]) -> Iterator[str]:
    kinds = table_kinds(rows)
    cells = [["Category", *kinds, "worst", "documents"]]
    cells += [
        [row.title, *(str(row.counts.get(kind, "-")) for kind in kinds), row.severity, str(row.documents)]
        for row in rows
    ]
    columns = [_column(column, right=index > 0) for index, column in enumerate(zip(*cells, strict=True))]
    for number, line in enumerate(zip(*columns, strict=True)):
        yield "  ".join(line).rstrip()
        if number == 0:
            yield "  ".join("-" * width(cell) for cell in line)


def _column(cells: Sequence[str], right: bool = False) -> list[str]:
    size = max(map(width, cells), default=0)
    return [(" " * (size - width(cell)) + cell) if right else cell + " " * (size - width(cell)) for cell in cells]
