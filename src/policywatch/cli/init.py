"""``policywatch init``: a watchlist and an archive to start with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

STARTER = """\
# The platforms to watch. `policywatch schema` has every key; `policywatch fetch` takes the first snapshots.
defaults:
  user_agent: policywatch (+https://example.org/contact)  # put your own address here: sites will want to reach you

platforms:
  Character.AI:
    Privacy Policy: https://policies.character.ai/privacy
    Terms of Service: https://policies.character.ai/tos
"""


def init(
    folder: Annotated[Path, typer.Argument(help="Where to start.", show_default="here")] = Path(),
    git: Annotated[bool, typer.Option("--git/--no-git", help="Make the folder a git repository if it is none.")] = True,
) -> None:
    """Start a watchlist (platforms.yaml) and an archive under git."""
    from policywatch.archive import commits
    from policywatch.cli.locate import WATCHLIST
    from policywatch.errors import UsageError

    watchlist = folder / WATCHLIST
    if watchlist.exists():
        raise UsageError(f"{watchlist} exists already", "edit it, or name another folder: policywatch init FOLDER")
    try:
        (folder / "archive").mkdir(parents=True, exist_ok=True)
        watchlist.write_text(STARTER, "utf-8")
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}") from error
    started = git and commits.start_repository(folder)
    typer.echo(f"wrote {watchlist}" + (" and started a git repository" if started else ""))
    missing = commits.why_not(folder / "archive") if git else None
    if missing:
        typer.echo(f"versions will be kept as files, but nothing will be committed: {missing}")
    typer.echo("next: list your platforms in it, then run `policywatch fetch`")
