"""The main job on the bundled samples: real fetches over loopback, at two moments half a year apart.

The clock is set and the addresses are invented, so the archive comes out the same on every machine: the one under
examples/ is made by this.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from policywatch import pipeline, samples
from policywatch.archive import Archive
from policywatch.fetching import Fetcher, Settings
from policywatch.model import Run
from policywatch.observation import read
from policywatch.watchlist import Watchlist, load

MOMENTS = {"2026-03": datetime(2026, 3, 16, 9, tzinfo=UTC), "2026-09": datetime(2026, 9, 14, 9, tzinfo=UTC)}


def start(folder: Path) -> tuple[Watchlist, Archive]:
    """Write the samples' watchlist into a folder; the archive will be beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "platforms.yaml"
    path.write_text(samples.watchlist(), "utf-8")
    return load(path), Archive(folder / "archive")


def runs(watchlist: Watchlist, archive: Archive, *, commit: bool = True) -> Iterator[Run]:
    """Fetch each edition in turn, as a run of its own."""
    with samples.serve() as server:
        for edition in samples.EDITIONS:
            server.edition = edition
            moment = MOMENTS[edition]
            with Fetcher(Settings(delay=0), route=server.route, now=partial(_at, moment)) as client:
                yield pipeline.run(
                    watchlist,
                    archive,
                    options=pipeline.Options(commit=commit),
                    reader=partial(read, client=client),
                    clock=partial(_ticking, moment, time.monotonic()),
                )


def _at(moment: datetime) -> datetime:
    return moment


def _ticking(moment: datetime, started: float) -> datetime:
    """The set clock with the time a run really takes, which is shown but not archived."""
    return moment + timedelta(seconds=time.monotonic() - started)
