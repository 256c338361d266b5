"""Values in, words out: one format a file, each with ``render(change_sets, options) -> str``.

    render("markdown", change_sets, Options(titles=titles))
    render_run("json", run, options)
    render_check("sarif", check, options)

``terminal`` can also write on a rich Console (``reports.terminal.show``); formats are imported when they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from policywatch.reports.options import NOTICE as NOTICE
from policywatch.reports.options import Options as Options

if TYPE_CHECKING:
    from policywatch.model import ChangeSet, Check, Run

# format -> module and function
CHANGES: dict[str, tuple[str, str]] = {
    "terminal": ("terminal", "render"),
    "plain": ("plain", "render"),
    "json": ("jsons", "render"),
    "jsonl": ("jsons", "render_lines"),
    "markdown": ("markdown", "render"),
    "html": ("html", "render"),
    "patch": ("patch", "render"),
}
RUNS: dict[str, tuple[str, str]] = {
    "terminal": ("terminal", "render_run"),
    "plain": ("plain", "render_run"),
    "json": ("jsons", "render_run"),
    "jsonl": ("jsons", "render_run_lines"),
    "markdown": ("markdown", "render_run"),
    "html": ("html", "render_run"),
}
CHECKS: dict[str, tuple[str, str]] = {
    "terminal": ("findings", "render"),
    "plain": ("findings", "render"),
    "json": ("jsons", "render_check"),
    "markdown": ("markdown", "render_check"),
    "github": ("github", "render_check"),
    "sarif": ("sarif", "render_check"),
    "junit": ("junit", "render_check"),
}


def render(format: str, change_sets: Sequence[ChangeSet], options: Options = Options()) -> str:
    """What changed, in a format of CHANGES. Ends with a newline; "" where the format has nothing to say."""
    return _function(CHANGES, format)(change_sets, options)


def render_run(format: str, run: Run, options: Options = Options()) -> str:
    """A run's results, in a format of RUNS: for people what changed, for programs every document."""
    return _function(RUNS, format)(run, options)


def render_check(format: str, check: Check, options: Options = Options()) -> str:
    """What closes the gate, in a format of CHECKS."""
    return _function(CHECKS, format)(check, options)


def _function(table: dict[str, tuple[str, str]], format: str) -> Callable[[Any, Options], str]:
    module, name = table[format]
    found: Callable[[Any, Options], str] = getattr(import_module(f"policywatch.reports.{module}"), name)
    return found
