"""``policywatch check``: the gate for CI."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policywatch.cli.options import ArchiveDir, Config, Target


def check(
    target: Target = None,
    base: Annotated[
        str | None,
        typer.Option("--base", help="Only what came since this git revision: origin/main.", show_default=False),
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="terminal, plain, json, markdown, github, sarif or junit.")
    ] = "terminal",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the report to a file.")] = None,
    config: Config = None,
    archive: ArchiveDir = None,
) -> None:
    """Close the gate (exit 1) while unreviewed changes match it; reads archive and reviews, not the network.

    The watchlist's `gate:` says what matters: categories, severity, max_age, positions.
    """
    import sys
    from datetime import UTC, datetime

    from policywatch import findings, gate, reports
    from policywatch.archive.targets import match
    from policywatch.cli.app import EXIT_CHANGES, EXIT_DONE
    from policywatch.cli.locate import locate
    from policywatch.errors import UsageError
    from policywatch.watchlist import Gate

    if format not in reports.CHECKS:
        raise UsageError(f"no such format: {format}", f"one of {', '.join(reports.CHECKS)}")
    located = locate(config, archive)
    watchlist = located.watchlist()
    classes = findings.categories_of(watchlist)
    known = sorted({*located.archive.documents(), *located.archive.statuses()})
    titles = {key: category.title for key, category in classes.categories.items()}
    found = gate.check(
        located.archive,
        classes,
        gate.Question(
            gate=watchlist.gate if watchlist and watchlist.gate else Gate(),
            documents=match(target, known),
            now=datetime.now(UTC),
            shown=gate.shown_root(located.archive, Path.cwd()),
            base=gate.versions_at(located.archive, base) if base else None,
            titles=titles,
        ),
    )
    text = reports.render_check(format, found, reports.Options(titles=titles))
    if output:
        output.write_text(text, "utf-8")
    else:
        sys.stdout.write(text)
    raise typer.Exit(EXIT_DONE if found.open else EXIT_CHANGES)
