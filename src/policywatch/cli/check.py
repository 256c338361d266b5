"""``policywatch check``: the gate for CI."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policywatch.cli.options import ArchiveDir, Config, Output, Target

if TYPE_CHECKING:
    from policywatch.model import Check
    from policywatch.reports import Options

# Formats that other programs place in a repository; the others are read by people where they stand.
FROM_THE_TOP = ("json", "markdown", "github", "sarif", "junit")


def check(
    target: Target = None,
    base: Annotated[
        str | None,
        typer.Option("--base", help="Only what came since this git revision: origin/main.", show_default=False),
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="terminal, plain, json, markdown, github, sarif or junit.")
    ] = "terminal",
    output: Output = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing when the gate is open.")] = False,
    config: Config = None,
    archive: ArchiveDir = None,
) -> None:
    """Close the gate (exit 1) while unreviewed changes match it; reads archive and reviews, not the network.

    The watchlist's `gate:` says what matters: categories, severity, max_age, positions.
    """
    from datetime import UTC, datetime

    from policywatch import findings, gate, reports
    from policywatch.archive.targets import match
    from policywatch.cli.app import EXIT_CHANGES, EXIT_DONE
    from policywatch.cli.locate import locate
    from policywatch.cli.output import emit
    from policywatch.errors import UsageError
    from policywatch.watchlist import Gate

    if format not in reports.CHECKS:
        raise UsageError(f"no such format: {format}", f"one of {', '.join(reports.CHECKS)}")
    if archive is not None and not archive.is_dir():
        raise UsageError(f"{archive}: no such archive", "a gate that looks at nothing would always be open")
    located = locate(config, archive)
    watchlist = located.watchlist()
    asked = watchlist.gate if watchlist and watchlist.gate else Gate()
    if asked.max_age is not None and watchlist and not watchlist.defaults.record_quiet:
        raise UsageError(
            "the gate has a max_age, but `record_quiet: false` keeps nothing of the days on which nothing changed",
            "take one of the two out of the watchlist",
        )
    classes = findings.categories_of(watchlist)
    titles = {key: category.title for key, category in classes.categories.items()}
    root = located.archive.root
    watched = frozenset(document.id for document in watchlist.documents) if watchlist else None
    found = gate.check(
        located.archive,
        classes,
        gate.Question(
            gate=asked,
            documents=match(target, sorted({*located.archive.documents(), *located.archive.statuses()})),
            now=datetime.now(UTC),
            shown=_relative(root, _top(root) if format in FROM_THE_TOP else Path.cwd()),
            flags=_flags(config, archive),
            watched=watched,
            expected=watched if watched and not target else frozenset(),
            base=gate.settled_at(located.archive, base) if base else None,
            watchlist=watchlist.path if watchlist else None,
            titles=titles,
        ),
    )
    options = reports.Options(titles=titles)
    if format == "github":
        _step_summary(found, options)
    if not (quiet and found.open):
        emit(reports.render_check(format, found, options), output)
    raise typer.Exit(EXIT_DONE if found.open else EXIT_CHANGES)


def _flags(config: Path | None, archive: Path | None) -> tuple[str, ...]:
    """What the commands that are printed need as well, to work where this one did."""
    given = (("--config", config), ("--archive", archive))
    return tuple(part for name, path in given if path is not None for part in (name, str(path)))


def _top(root: Path) -> Path:
    """The repository's top, as annotations count paths from there; this folder without a repository."""
    here = root.resolve()
    return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), Path.cwd())


def _relative(root: Path, base: Path) -> str:
    """The archive's folder as seen from another."""
    import os

    return Path(os.path.relpath(root.resolve(), base.resolve())).as_posix()


def _step_summary(found: Check, options: Options) -> None:
    """On GitHub, the summary page of the job gets the findings as well."""
    import os

    from policywatch import reports
    from policywatch.errors import UsageError

    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if not summary:
        return
    try:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(reports.render_check("markdown", found, options) + "\n")
    except OSError as error:
        raise UsageError(f"{summary}: {error.strerror}", "GITHUB_STEP_SUMMARY names a file to add to") from None
