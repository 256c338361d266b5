"""A run as the terminal sees it: progress, the report, the end summary, the exit code. Shared by fetch and demo."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from policywatch import pipeline, reports
from policywatch.archive import Archive
from policywatch.archive.targets import match_all
from policywatch.cli.app import EXIT_CHANGES, EXIT_DONE, EXIT_FAILURES
from policywatch.cli.output import emit
from policywatch.errors import UsageError
from policywatch.findings import categories_of
from policywatch.model import Document, Outcome, Run
from policywatch.pipeline import Reader
from policywatch.reports import RUNS, Options
from policywatch.reports import run as ending
from policywatch.reports.progress import progress
from policywatch.watchlist import Watchlist


@dataclass(frozen=True, slots=True)
class Choices:
    """What the command line asked of the run."""

    dry_run: bool = False
    commit: bool = True
    wait: float = 10.0
    quiet: bool = False
    log_format: str = "text"


@dataclass(frozen=True, slots=True)
class View:
    """What the command line asked of the report."""

    format: str = "terminal"
    output: Path | None = None
    side_by_side: bool = False
    stat: bool = False
    every: bool = False
    quiet: bool = False


def chosen(watchlist: Watchlist, targets: Sequence[str] | None, only: Sequence[str] | None) -> tuple[Document, ...]:
    """The watched documents that targets and globs name.

    Raises UsageError for one that names none.
    """
    documents = {document.id: document for document in watchlist.documents}
    found = match_all(targets, tuple(documents))
    if only:
        found = tuple(one for one in found if any(fnmatchcase(one, pattern) for pattern in only))
        if not found:
            raise UsageError(f"--only {' '.join(only)}: no document of the watchlist matches")
    return tuple(documents[one] for one in found)


def run_shown(
    archive: Archive,
    watchlist: Watchlist,
    documents: Sequence[Document],
    choices: Choices,
    reader: Reader | None = None,
) -> Run:
    """Run, with a progress line on a terminal, or a JSON line a document where logs are wanted."""
    if choices.log_format not in ("text", "json"):
        raise UsageError(f"no such log format: {choices.log_format}", "text or json")
    logs = choices.log_format == "json"
    done = 0
    with progress(sys.stderr, "fetching", silent=choices.quiet or logs) as moved:
        moved(0, len(documents), "")

        def watch(outcome: Outcome) -> None:
            nonlocal done
            done += 1
            moved(done, len(documents), outcome.document)
            if logs and (outcome.news or not choices.quiet):
                sys.stderr.write(_log_line(outcome) + "\n")

        options = pipeline.Options(commit=choices.commit, dry_run=choices.dry_run, wait=choices.wait)
        return pipeline.run(watchlist, archive, documents, options, reader=reader, watch=watch)


def show(run: Run, watchlist: Watchlist, view: View) -> None:
    """The report on stdout (or in a file), the end summary on stderr; nothing of a quiet run without news."""
    from rich.console import Console

    from policywatch.reports import terminal

    if view.format not in RUNS:
        raise UsageError(f"no such format: {view.format}", f"one of {', '.join(RUNS)}")
    categories = categories_of(watchlist).categories
    options = Options(
        titles={key: category.title for key, category in categories.items()},
        side_by_side=view.side_by_side,
        stat=view.stat,
        full=view.every,
    )
    sys.stdout.flush()
    if view.format == "terminal" and view.output is None:
        terminal.show(ending.change_sets(run), options, Console(soft_wrap=False))
    elif not (view.quiet and not _news(run)):
        text = reports.render_run(view.format, run, options)
        emit(text, view.output)
    sys.stdout.flush()
    terminal.summary(run, Console(stderr=True), quiet=view.quiet)


def exit_code(run: Run, changes_count: bool) -> int:
    """Failures win over changes."""
    if run.failed:
        return EXIT_FAILURES
    return EXIT_CHANGES if changes_count and ending.change_sets(run) else EXIT_DONE


def _news(run: Run) -> bool:
    return bool(ending.change_sets(run)) or any(
        one.news and one.status not in ("unchanged", "skipped", "pending") for one in run.outcomes
    )


def _log_line(outcome: Outcome) -> str:
    facts = {
        "document": outcome.document,
        "status": outcome.status,
        "reason": outcome.reason,
        "since": outcome.since.isoformat() if outcome.since else None,
        "version": outcome.version,
        "changes": len(outcome.changes.changes) if outcome.changes else 0,
        "severity": outcome.changes.severity if outcome.changes else None,
    }
    return json.dumps(facts, ensure_ascii=False)
