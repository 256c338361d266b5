"""``policywatch status``: what fails, waits or was last seen when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policywatch.cli.options import ArchiveDir, Config, Target

if TYPE_CHECKING:
    from policywatch.archive import StatusLine
    from policywatch.model import Version


def status(
    target: Target = None,
    every: Annotated[bool, typer.Option("--all", help="Also the documents that are well.")] = False,
    format: Annotated[str, typer.Option("--format", "-f", help="terminal, plain, json or jsonl.")] = "terminal",
    config: Config = None,
    archive: ArchiveDir = None,
) -> None:
    """What fails, waits or was last seen when."""
    import json

    from policywatch.archive.targets import match
    from policywatch.cli.locate import locate
    from policywatch.errors import UsageError

    if format not in ("terminal", "plain", "json", "jsonl"):
        raise UsageError(f"no such format: {format}", "terminal, plain, json or jsonl")
    found = locate(config, archive).archive
    lines = found.statuses()
    known = sorted({*lines, *found.documents()})
    chosen = match(target, known)
    rows = [_row(document, lines.get(document), found.head(document)) for document in chosen]
    if format == "json":
        typer.echo(json.dumps({"schema": "policywatch/status/1", "documents": rows}, ensure_ascii=False, indent=2))
    elif format == "jsonl":
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        for text in _table(rows, every, target, format):
            typer.echo(text)


def _row(document: str, line: StatusLine | None, head: Version | None) -> dict[str, Any]:
    return {
        "document": document,
        "status": line.status if line else "unknown",
        "since": line.since.isoformat() if line else None,
        "last_seen": line.last_seen.isoformat() if line and line.last_seen else None,
        "reason": line.reason if line else None,
        "pending_since": line.pending.first_seen.isoformat() if line and line.pending else None,
        "version": head.version if head else None,
        "version_time": head.time.isoformat() if head else None,
    }


def _table(rows: list[dict[str, Any]], every: bool, target: str | None, form: str) -> Iterator[str]:
    import sys

    from policywatch.model import SETTLED
    from policywatch.reports.rows import columns_of, row
    from policywatch.reports.spans import text_of
    from policywatch.reports.text import clean, wrap

    shown = [row for row in rows if every or target or row["status"] not in SETTLED]
    width = max((len(row["document"]) for row in shown), default=0)
    columns = columns_of(sys.stdout) if form == "terminal" else None
    for one in sorted(shown, key=lambda one: (one["status"] in SETTLED, one["status"], one["document"])):
        seen = f"last seen {one['last_seen']}" if one["last_seen"] else "never seen"
        if one["status"] == "unknown":
            seen = "no run ended with it yet; the next one tells"
        version = f"version {one['version']} of {one['version_time'][:10]}" if one["version"] else "no version yet"
        # Since when a text stands is its version's day; the other one says how long something has been amiss.
        amiss = (f"since {one['since']}",) if one["since"] and one["status"] not in SETTLED else ()
        said = "  ".join((f"{one['status']:<9}", *amiss, version, seen))
        yield from map(text_of, row(((("", f"{one['document']:<{width}}"),),), said, columns))
        if one["reason"]:
            reason, indent = clean(one["reason"]), " " * (width + 2)
            yield from (
                wrap(reason, columns, indent if columns > 2 * len(indent) else " " * 4)
                if columns
                else [indent + reason]
            )
    well = len(rows) - len(shown)
    if well:
        last = max((row["last_seen"] or "" for row in rows), default="") or "never"
        yield f"{well} {'document is' if well == 1 else 'documents are'} well; last seen {last}"
    if not rows:
        yield "nothing recorded yet; `policywatch fetch` takes the first snapshots"
