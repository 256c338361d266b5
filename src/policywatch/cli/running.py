"""A run as the terminal sees it: progress, the report, the end summary, the exit code. Shared by fetch and demo."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from policywatch import pipeline, reports
from policywatch.archive import Archive
from policywatch.archive.targets import match_all
from policywatch.cli import streams
from policywatch.cli.app import EXIT_CHANGES, EXIT_DONE, EXIT_FAILURES
from policywatch.cli.logs import Log
from policywatch.cli.output import emit
from policywatch.errors import UsageError
from policywatch.findings import categories_of
from policywatch.model import RECORDED, Document, Outcome, Run
from policywatch.reports import RUNS, Options
from policywatch.reports import run as ending
from policywatch.reports.progress import progress
from policywatch.reports.text import clean
from policywatch.watchlist import Watchlist

_NAMED = 6  # files in one line


@dataclass(frozen=True, slots=True)
class Choices:
    """What the command line asked of the run."""

    dry_run: bool = False
    commit: bool = True
    wait: float = 10.0
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """What the command line asked of the report."""

    format: str = "terminal"
    output: Path | None = None
    side_by_side: bool = False
    stat: bool = False
    every: bool = False
    quiet: bool = False
    summary: bool = True  # on stderr; a log says the same


class _Unread(Exception):
    """Nobody has read the report to its end: the next run gives it again."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run


def chosen(watchlist: Watchlist, targets: Sequence[str] | None, only: Sequence[str] | None) -> tuple[Document, ...]:
    """The watched documents that targets and globs name.

    Raises UsageError for one that names none.
    """
    documents = {document.id: document for document in watchlist.documents}
    found = match_all(targets, tuple(documents))
    if only:
        named = match_all(only, tuple(documents))
        found = tuple(one for one in found if one in named)
        if not found:
            raise UsageError(f"--only {' '.join(only)}: no document of the watchlist matches")
    return tuple(documents[one] for one in found)


def check_gate(watchlist: Watchlist) -> None:
    """Raises ConfigError for names in the gate that mean nothing: `check` would refuse them, on another day."""
    if watchlist.gate:
        from policywatch.gate.naming import check_names

        check_names(categories_of(watchlist), watchlist.gate, watchlist.path)


def check_view(view: View) -> None:
    """Raises UsageError, before anything is fetched, for a report that could not be given."""
    if view.format not in RUNS:
        raise UsageError(f"no such format: {view.format}", f"one of {', '.join(RUNS)}")
    if view.output and not view.output.parent.is_dir():
        raise UsageError(f"{view.output.parent}: no such folder", "name a file that can be written")


def run_shown(
    archive: Archive,
    watchlist: Watchlist,
    documents: Sequence[Document],
    choices: Choices,
    view: View,
    log: Log | None = None,
) -> Run:
    """Run, with a progress line on a terminal, or a log where one is wanted, and show what came of it.

    Raises CommitError when git refused; what was recorded has been shown all the same.
    """
    started = datetime.now(UTC)
    with ExitStack() as stack:
        moved = stack.enter_context(progress(sys.stderr, "fetching", silent=choices.quiet or log is not None))
        moved(0, len(documents), "")
        if log:
            log.start(len(documents))
        seen: set[str] = set()

        def watch(outcome: Outcome) -> None:
            seen.add(outcome.document)
            moved(len(seen), len(documents), outcome.document)
            if log:
                log.outcome(outcome, _news(Run(started, started, (outcome,))))

        def report(run: Run) -> None:
            stack.close()  # the progress line makes room
            if log:
                log.end(run)
            show(run, watchlist, view)
            if choices.commit and not (choices.dry_run or choices.quiet or log):
                _say_uncommitted(archive, run)
            if run.left_out and not log:
                say_left_out(archive, run.left_out)
            if streams.lost():
                raise _Unread(run)

        options = pipeline.Options(commit=choices.commit, dry_run=choices.dry_run, wait=choices.wait)
        try:
            return pipeline.run(watchlist, archive, documents, options, watch=watch, report=report)
        except _Unread as unread:
            return unread.run


def show(run: Run, watchlist: Watchlist, view: View) -> None:
    """The report on stdout (or in a file), the end summary on stderr; nothing of a quiet run without news."""
    from rich.console import Console

    from policywatch.reports import terminal

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
    if view.summary:
        terminal.summary(run, Console(stderr=True), quiet=view.quiet)


def _say_uncommitted(archive: Archive, run: Run) -> None:
    """A line for a run that recorded something which git does not get to see."""
    from policywatch.archive.commits import why_not

    recorded = any(outcome.status in RECORDED for outcome in run.outcomes)
    missing = why_not(archive.root) if recorded else None
    if missing:
        sys.stderr.write(f"Kept as files, but not committed: {missing}.\n")


def say_left_out(archive: Archive, names: Sequence[str]) -> None:
    """A line for files that somebody altered: they stay as they are, and git keeps what it has."""
    paths = [clean(os.path.relpath(archive.root / name)) for name in names]
    shown = ", ".join(paths[:_NAMED]) + (f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else "")
    sys.stderr.write(
        f"Not committed, since not as recorded: {shown}.\n"
        "  -> `policywatch verify` says what is wrong; `git checkout -- FILE` gets back what was committed.\n"
    )


def exit_code(run: Run, changes_count: bool) -> int:
    """Failures win over changes."""
    if run.failed:
        return EXIT_FAILURES
    return EXIT_CHANGES if changes_count and ending.change_sets(run) else EXIT_DONE


def _news(run: Run) -> bool:
    """Whether a quiet run has anything to say."""
    return bool(ending.change_sets(run)) or bool(ending.groups(run, quiet=True))
