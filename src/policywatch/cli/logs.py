"""``--log-format json``: the course of a run as JSON lines on stderr, for journals and log collectors.

One line at the start, one for each document, one at the end, and one for what stopped the run. Each has ``time``,
``level`` (info, warning, error) and ``event`` (start, document, end, error, interrupted).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from policywatch.cli.app import EXIT_INTERRUPTED, Interrupted
from policywatch.errors import ConfigError, PolicywatchError, UsageError
from policywatch.model import FAILURES, Outcome, Run

FORMATS = ("text", "json")


class Log:
    """Writes the lines. A quiet one begins with the first document that is news, and is silent without any."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._start: dict[str, Any] | None = None  # held back until there is news

    def start(self, documents: int) -> None:
        self._start = _line("start", "info", documents=documents)
        if not self._quiet:
            self._begin()

    def outcome(self, outcome: Outcome, news: bool) -> None:
        if self._quiet and not news:
            return
        self._begin()
        changes = outcome.changes
        _write(
            _line(
                "document",
                "warning" if outcome.status in FAILURES else "info",
                document=outcome.document,
                status=outcome.status,
                reason=outcome.reason,
                since=outcome.since.isoformat() if outcome.since else None,
                recovered=outcome.recovered.isoformat() if outcome.recovered else None,
                version=outcome.version,
                changes=len(changes.changes) if changes else 0,
                categories=list(changes.categories) if changes else [],
                severity=changes.severity if changes else None,
            )
        )

    def end(self, run: Run) -> None:
        if run.left_out:
            self._begin()
        if self._start is None:
            seconds = round((run.finished - run.started).total_seconds(), 1)
            counts = {"documents": len(run.outcomes), "seconds": seconds, "totals": dict(run.totals)}
            altered = {"not_committed": list(run.left_out)} if run.left_out else {}
            _write(_line("end", "warning" if altered else "info", **counts, **altered))

    def error(self, error: PolicywatchError) -> None:
        problems = list(error.problems) if isinstance(error, ConfigError) else []
        _write(_line("error", "error", message=error.message, problems=problems, hint=error.hint))

    def interrupted(self) -> None:
        _write(_line("interrupted", "warning", message="what was recorded is complete, the next run reports it"))

    def _begin(self) -> None:
        if self._start is not None:
            _write(self._start)
            self._start = None


def log_for(format: str, quiet: bool) -> Log | None:
    """The log that was asked for; None for plain text, which the end summary gives.

    Raises UsageError for a format that does not exist.
    """
    if format not in FORMATS:
        raise UsageError(f"no such log format: {format}", "text or json")
    return Log(quiet) if format == "json" else None


@contextmanager
def told(log: Log | None) -> Iterator[None]:
    """What stops the run is told in the log as well, and ends with the same exit code as ever."""
    import typer

    try:
        yield
    except PolicywatchError as error:
        if log is None:
            raise
        log.error(error)
        raise typer.Exit(error.exit_code) from None
    except (Interrupted, KeyboardInterrupt):
        if log is None:
            raise
        log.interrupted()
        raise typer.Exit(EXIT_INTERRUPTED) from None


def _line(event: str, level: str, **facts: Any) -> dict[str, Any]:
    time = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"time": time, "level": level, "event": event, **facts}


def _write(line: dict[str, Any]) -> None:
    from policywatch.reports.jsons import dump

    sys.stderr.write(dump(line))
    sys.stderr.flush()
