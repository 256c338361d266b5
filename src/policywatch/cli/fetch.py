"""``policywatch fetch``: snapshot, archive, diff, summary."""

from __future__ import annotations

from typing import Annotated

import typer

from policywatch.cli.options import ArchiveDir, Config, Only, Output, Quiet, Targets


def fetch(
    targets: Targets = None,
    only: Only = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be recorded; write nothing.")] = False,
    commit: Annotated[bool, typer.Option("--commit/--no-commit", help="Commit to git what was recorded.")] = True,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 when something changed.")] = False,
    format: Annotated[
        str, typer.Option("--format", "-f", help="terminal, plain, json, jsonl, markdown or html.")
    ] = "terminal",
    output: Output = None,
    side_by_side: Annotated[
        bool, typer.Option("--side-by-side", help="Old beside new, where the terminal is wide.")
    ] = False,
    stat: Annotated[bool, typer.Option("--stat", help="One line a document.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Every change of a document, however many.")] = False,
    wait: Annotated[float, typer.Option("--wait", help="Seconds to wait for another run to end.")] = 10.0,
    log_format: Annotated[
        str, typer.Option("--log-format", help="text, or json: lines on stderr as things happen.")
    ] = "text",
    quiet: Quiet = False,
    config: Config = None,
    archive: ArchiveDir = None,
) -> None:
    """Fetch the documents, record what changed, show it clause by clause.

    Exit codes: 0 done, 1 changes found (with --exit-code), 2 wrong usage or watchlist, 3 some documents failed, or
    another run holds the archive, or git refused the commit.
    """
    from policywatch.cli import running
    from policywatch.cli.locate import locate, need_watchlist
    from policywatch.cli.logs import log_for, told

    log = log_for(log_format, quiet)
    view = running.View(format, output, side_by_side, stat, every, quiet, summary=log is None)
    with told(log):
        running.check_view(view)
        located = locate(config, archive, create=True)
        watchlist = need_watchlist(located)
        running.check_gate(watchlist)
        run = running.run_shown(
            located.archive,
            watchlist,
            running.chosen(watchlist, targets, only),
            running.Choices(dry_run=dry_run, commit=commit, wait=wait, quiet=quiet),
            view,
            log,
        )
    raise typer.Exit(running.exit_code(run, exit_code))
