"""A calm progress line on stderr, for a terminal only."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

Moved = Callable[[int, int, str], None]  # done, of how many, what


@contextmanager
def progress(stream: TextIO, verb: str, silent: bool = False) -> Iterator[Moved]:
    """A line that says how far things are; nothing where nobody watches (a pipe, cron, TERM=dumb)."""
    if silent or not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda done, total, what: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn(verb), BarColumn(24), MofNCompleteColumn(), TextColumn("[dim]{task.fields[what]}"))
    with Progress(*columns, console=Console(file=stream), transient=True) as shown:
        task = shown.add_task(verb, total=None, what="")

        def moved(done: int, total: int, what: str) -> None:
            shown.update(task, completed=done, total=total, what=escape(what))

        yield moved
