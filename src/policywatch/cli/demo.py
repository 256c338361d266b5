"""``policywatch demo``: the main job on bundled samples."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    folder: Annotated[
        Path | None, typer.Argument(help="Where to put watchlist and archive.", show_default="a new temporary folder")
    ] = None,
    side_by_side: Annotated[
        bool, typer.Option("--side-by-side", help="Old beside new, where the terminal is wide.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Every change of a document, however many.")] = False,
) -> None:
    """Fetch two editions of the policies of three invented platforms over loopback, and show what changed."""
    import shlex
    import tempfile

    from policywatch import demonstration
    from policywatch.archive import commits
    from policywatch.cli import running
    from policywatch.errors import UsageError

    if folder and folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty", "name a new folder")
    place = folder or Path(tempfile.mkdtemp(prefix="policywatch-demo-"))
    watchlist, archive = demonstration.start(place)
    commits.start_repository(place)
    us, there = _command(), shlex.quote(str(place))
    history = "" if commits.why_not(archive.root.parent) else "; git log"
    view = running.View(side_by_side=side_by_side, every=every)
    typer.echo(f"Three invented platforms, fetched over loopback into {place}", err=True)
    for number, run in enumerate(demonstration.runs(watchlist, archive)):
        typer.echo(("\nMarch 2026: the first snapshots", "\nSeptember 2026: half a year later\n")[number], err=True)
        running.show(run, watchlist, view)
    typer.echo(f"\nLook around: cd {there} && {us} log; {us} report mirelune{history}", err=True)


def _command() -> str:
    """How to call this policywatch from another folder: by its name only where that finds it."""
    import shlex
    import shutil
    import sys

    own = Path(sys.argv[0]).absolute()
    if own.name == "__main__.py":
        return shlex.join([sys.executable, "-m", "policywatch"])
    found = shutil.which("policywatch")
    return "policywatch" if found and Path(found).resolve() == own.resolve() else shlex.quote(str(own))
