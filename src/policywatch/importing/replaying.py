"""An import as a whole: what may be imported, the workers, the archive's lock, resumption, the commit."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

from policywatch.archive import Archive
from policywatch.archive.files import read
from policywatch.archive.files import replace as replace_file
from policywatch.archive.writing import Writer
from policywatch.committing import commit_all
from policywatch.errors import ArchiveError, UsageError
from policywatch.findings import categories_of
from policywatch.importing.git_history import FileChange
from policywatch.importing.ota_snapshots import Plan, Totals, plan, replay
from policywatch.model import Document
from policywatch.recording import Recorder
from policywatch.taxonomy import Taxonomy
from policywatch.watchlist import Defaults, Watchlist

MARK = "import"  # names, in the archive's private folder, the repositories whose import was begun
Moved = Callable[[int, int, str], None]  # done, of how many, what


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to import, and how."""

    repository: Path
    only: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    rebuild: bool = False
    commit: bool = True
    jobs: int | None = None


def import_snapshots(archive: Archive, wanted: Wanted, watchlist: Watchlist | None, moved: Moved) -> Totals:
    """Replay a repository of recorded pages into the archive.

    Raises UsageError when there is nothing to import, ArchiveError when a document has a history that this import did
    not begin and ``rebuild`` was not asked for.
    """
    replayed = plan(
        wanted.repository,
        watchlist.documents if watchlist else (),
        wanted.only,
        wanted.since,
        wanted.until,
    )
    if not replayed.changes:
        raise UsageError(
            f"{wanted.repository}: no snapshots to import",
            "expected files like PLATFORM/DOCUMENT.html; see also --only, --since and --until",
        )
    classes = categories_of(watchlist)
    settle = watchlist.defaults.settle if watchlist else Defaults().settle
    with archive.writing(wait=10, durable=False) as writer, _workers(wanted.jobs) as pool:
        if wanted.rebuild:
            totals = _rebuild(archive, writer, replayed, classes, settle, pool, moved)
        else:
            _refuse_others(archive, replayed)
            _mark(archive, replayed)
            recorder = Recorder(archive, writer, classes, settle=settle)
            totals = replay(replayed, replayed.changes, recorder, pool, _counting(replayed, moved))
        writer.flush()
        _unmark(archive)
        if wanted.commit:
            name = wanted.repository.resolve().name
            body = f"{totals.snapshots} snapshots of {totals.documents} documents, {totals.versions} versions"
            commit_all(archive, f"import: {name}", body, datetime.now(UTC))
    return totals


def _rebuild(
    archive: Archive,
    writer: Writer,
    replayed: Plan,
    classes: Taxonomy,
    settle: timedelta,
    pool: ProcessPoolExecutor,
    moved: Moved,
) -> Totals:
    """One document after the other, each in a new chain that takes the old one's place when it is whole."""
    totals = Totals()
    watch = _counting(replayed, moved)
    for document in replayed.documents:
        changes = [one for one in replayed.changes if replayed.places[one.path].document.id == document.id]
        alone = replace(replayed, places={one.path: replayed.places[one.path] for one in changes})
        with writer.rebuilding(document.id) as fresh:
            recorder = Recorder(fresh.archive, fresh, classes, settle=settle)
            part = replay(alone, changes, recorder, pool, watch)
        status = recorder.status(document.id)
        if status:
            writer.set_status(status)
        totals = Totals(
            totals.snapshots + part.snapshots,
            totals.documents + part.documents,
            totals.statuses + part.statuses,
            totals.versions + part.versions,
        )
    return totals


def _refuse_others(archive: Archive, replayed: Plan) -> None:
    known = set(archive.documents()) & {document.id for document in replayed.documents}
    if known and _marked(archive) != str(replayed.repository.resolve()):
        shown = ", ".join(sorted(known)[:3]) + (", …" if len(known) > 3 else "")
        raise ArchiveError(
            f"{len(known)} of these documents have a history already ({shown})",
            "import into another archive, leave them out with --only, or replace their histories with --rebuild",
        )


def _mark(archive: Archive, replayed: Plan) -> None:
    replace_file(archive.private / MARK, str(replayed.repository.resolve()).encode())


def _marked(archive: Archive) -> str | None:
    found = read(archive.private / MARK)
    return found.decode() if found else None


def _unmark(archive: Archive) -> None:
    (archive.private / MARK).unlink(missing_ok=True)


@contextmanager
def _workers(jobs: int | None) -> Iterator[ProcessPoolExecutor]:
    """Worker processes, started afresh: a fork would carry the lock and git's pipes along."""
    pool = ProcessPoolExecutor(jobs or os.cpu_count() or 1, mp_context=get_context("spawn"))
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def _counting(replayed: Plan, moved: Moved) -> Callable[[FileChange, object], None]:
    done = Counter[str]()

    def count(change: FileChange, _outcome: object) -> None:
        done["all"] += 1
        document: Document = replayed.places[change.path].document
        moved(done["all"], len(replayed.changes), f"{change.time.date()} {document.id}")

    return count
