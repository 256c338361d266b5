"""Where the watchlist and the archive are: the flags, the environment, this folder, its parents."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policywatch.errors import UsageError

if TYPE_CHECKING:
    from policywatch.archive import Archive
    from policywatch.watchlist import Watchlist

WATCHLIST = "platforms.yaml"


@dataclass(frozen=True, slots=True)
class Located:
    """What a verb works on. ``watchlist_path`` is None where an archive alone was named."""

    watchlist_path: Path | None
    archive: Archive

    def watchlist(self) -> Watchlist | None:
        """The watchlist, read; None where there is none.

        Raises ConfigError with every mistake in it.
        """
        from policywatch.watchlist import load

        return load(self.watchlist_path) if self.watchlist_path else None


def locate(config: Path | None, archive: Path | None, *, create: bool = False) -> Located:
    """Find watchlist and archive for a verb that can do without a watchlist.

    Without a watchlist it is the archive in this folder, as an import may have made it.
    Raises UsageError when neither is to be found, for an archive that is no folder, and for one that was named and does
    not exist, unless the verb would ``create`` it.
    """
    from policywatch.archive import Archive

    path = find_watchlist(config)
    if archive is not None:
        if not create and not archive.exists():
            raise UsageError(f"{archive}: no such archive", "name its folder; `policywatch fetch` starts one")
        return Located(path, Archive(_folder(archive)))
    if path is None:
        here = Archive(Path("archive"))
        if not create and here.documents():
            return Located(None, here)
        raise UsageError(
            f"no {WATCHLIST} here or in a parent folder",
            "start one with `policywatch init`, or name an archive: --archive DIR",
        )
    return Located(path, Archive(_folder(path.parent / "archive")))


def _folder(archive: Path) -> Path:
    if archive.exists() and not archive.is_dir():
        raise UsageError(f"{archive} is a file, and no archive", "name its folder: --archive DIR")
    return archive


def need_watchlist(located: Located) -> Watchlist:
    """The watchlist, for a verb that can't do without.

    Raises UsageError when there is none, ConfigError with every mistake in it.
    """
    found = located.watchlist()
    if found is None:
        raise UsageError(f"no {WATCHLIST} here or in a parent folder", "start one with `policywatch init`")
    return found


def find_watchlist(config: Path | None) -> Path | None:
    """The watchlist's path: as asked for, or the nearest one upwards; None if there is none.

    Raises UsageError when the one asked for does not exist.
    """
    asked = config or (Path(os.environ["POLICYWATCH_CONFIG"]) if os.environ.get("POLICYWATCH_CONFIG") else None)
    if asked is not None:
        if not asked.is_file():
            raise UsageError(f"{asked}: no such watchlist", "start one with `policywatch init`")
        return asked
    here = Path.cwd()
    return next((folder / WATCHLIST for folder in (here, *here.parents) if (folder / WATCHLIST).is_file()), None)
