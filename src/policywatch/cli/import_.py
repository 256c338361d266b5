"""``policywatch import``: histories of others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policywatch.cli.options import ArchiveDir, Config, Only

if TYPE_CHECKING:
    from policywatch.importing.replaying import Totals

app = typer.Typer(no_args_is_help=True, help="Bring in histories that others recorded.", pretty_exceptions_enable=False)


@app.callback()
def _root() -> None:
    """Bring in histories that others recorded."""


@app.command("ota-snapshots")
def ota_snapshots(
    repository: Annotated[
        Path, typer.Argument(help="A git repository: PLATFORM/DOCUMENT.html, one commit a snapshot.")
    ],
    only: Only = None,
    since: Annotated[str | None, typer.Option("--since", help="Leave out snapshots before this date.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Leave out snapshots after this date.")] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Replace histories that exist by new chains that name the old heads.")
    ] = False,
    commit: Annotated[bool, typer.Option("--commit/--no-commit", help="Commit the result to git.")] = True,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", help="Worker processes.", show_default="all cores")
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="terminal or json.")] = "terminal",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
    config: Config = None,
    archive: ArchiveDir = None,
) -> None:
    """Replay a repository of recorded pages, as Open Terms Archive keeps them, as if each had been fetched then.

    Needs no watchlist. An import that was stopped continues where it was.
    """
    import shlex
    import sys
    from datetime import datetime

    from policywatch.archive import Archive, parse_when
    from policywatch.cli.locate import WATCHLIST, Located, find_watchlist, locate
    from policywatch.errors import UsageError
    from policywatch.importing.replaying import Wanted, import_snapshots
    from policywatch.reports.progress import progress

    if not repository.is_dir():
        raise UsageError(f"{repository}: no such folder", "name a clone of the repository: git clone ADDRESS")
    path = find_watchlist(config)
    found = locate(config, archive, create=True) if path or archive else Located(None, Archive(Path("archive")))
    watched = found.watchlist() if config or (path and path.name == WATCHLIST) else None
    bounds: list[datetime | None] = [
        parse_when(since) if since else None,
        parse_when(until, end=True) if until else None,
    ]
    with progress(sys.stderr, "replaying", silent=quiet) as moved:
        totals = import_snapshots(
            found.archive,
            Wanted(repository, tuple(only or ()), bounds[0], bounds[1], rebuild=rebuild, commit=commit, jobs=jobs),
            watched,
            moved,
        )
    if not quiet:
        _print(totals, format)
    if totals.left_out:
        from policywatch.cli.running import say_left_out

        say_left_out(found.archive, totals.left_out)
    if not quiet and format != "json":
        given = (("--config", config), ("--archive", archive))
        flags = "".join(f" {name} {shlex.quote(str(value))}" for name, value in given if value)
        said = f"Next: `policywatch log{flags}` shows what changed when, `policywatch report{flags}` what holds now."
        typer.echo(said, err=True)


def _print(totals: Totals, format: str) -> None:
    import json

    from policywatch.reports.wording import count

    if format == "json":
        facts = {
            "schema": "policywatch/import/1",
            "snapshots": totals.snapshots,
            "documents": totals.documents,
            "versions": totals.versions,
            "statuses": dict(sorted(totals.statuses.items())),
        }
        typer.echo(json.dumps(facts))
        return
    statuses = ", ".join(f"{number} {status}" for status, number in totals.statuses.most_common())
    counts = [
        count(totals.documents, "document"),
        count(totals.snapshots, "snapshot"),
        count(totals.versions, "version"),
    ]
    typer.echo(f"{', '.join(counts)} ({statuses})")
