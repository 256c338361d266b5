"""Options that several verbs share, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        envvar="POLICYWATCH_CONFIG",
        help="The watchlist. Default: platforms.yaml here or in a parent folder.",
        show_default=False,
        show_envvar=True,
    ),
]
ArchiveDir = Annotated[
    Path | None,
    typer.Option("--archive", "-a", help="The archive. Default: archive beside the watchlist.", show_default=False),
]
Target = Annotated[
    str | None,
    typer.Argument(help="A document id, a platform or a glob of ids. Default: everything.", show_default=False),
]
Targets = Annotated[
    list[str] | None,
    typer.Argument(help="Document ids, platforms or globs of ids. Default: everything.", show_default=False),
]
Only = Annotated[
    list[str] | None,
    typer.Option("--only", metavar="GLOB", help="Only these: document ids, platforms or globs; may be repeated."),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write the report to a file.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing when nothing changed.")]
