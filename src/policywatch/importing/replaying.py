"""An import as a whole: what may be imported, the archive's lock, what is written, resumption, the commit."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from policywatch.archive import Archive
from policywatch.archive.files import read
from policywatch.archive.files import replace as replace_file
from policywatch.archive.records import seal, sealed, sha256
from policywatch.archive.writing import IMPORT, Writer
from policywatch.committing import commit_all
from policywatch.errors import ArchiveError, UsageError
from policywatch.importing.judging import Judged, NewVersion, tasks
from policywatch.importing.ota_snapshots import Plan, plan
from policywatch.importing.workers import Classes, judged
from policywatch.model import Status
from policywatch.watchlist import Defaults, Watchlist

Moved = Callable[[int, int, str], None]  # done, of how many, what


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to import, and how."""

    repository: Path
    only: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    rebuild: bool = False
    commit: bool = True
    jobs: int | None = None


@dataclass
class Totals:
    """What an import came to."""

    snapshots: int = 0
    documents: int = 0
    statuses: Counter[Status] = field(default_factory=Counter)  # one a snapshot
    versions: int = 0  # recorded in this run
    left_out: tuple[str, ...] = ()  # of the commit: the archive's files that are not as they were recorded


def import_snapshots(archive: Archive, wanted: Wanted, watchlist: Watchlist | None, moved: Moved) -> Totals:
    """Replay a repository of recorded pages into the archive.

    Raises UsageError when there is nothing to import, ArchiveError when a document has a history that this import did
    not begin and ``rebuild`` was not asked for.
    """
    watched = watchlist.documents if watchlist else ()
    replayed = plan(wanted.repository, watched, wanted.only, wanted.since, wanted.until)
    if not replayed.changes:
        raise UsageError(
            f"{wanted.repository}: no snapshots to import",
            "expected files like PLATFORM/DOCUMENT.html; see also --since and --until",
        )
    settle = watchlist.defaults.settle if watchlist else Defaults().settle
    classes = Classes.of(watchlist)
    with archive.writing(wait=10, durable=False) as writer:
        mark = _Mark.of(archive, wanted)
        if not wanted.rebuild:
            _refuse_others(archive, replayed, mark)
        found = [(change, replayed.places[change.path]) for change in replayed.changes]
        left = [(change, place) for change, place in found if place.document.id not in mark.whole]
        work = tasks(wanted.repository, left, replayed.until, settle)
        progress = _counting(len(left), moved)
        with closing(judged(work, classes, wanted.jobs)) as pages:
            totals = _rebuilt(writer, pages, progress) if wanted.rebuild else _written(writer, pages, mark, progress)
        writer.flush()
        mark.remove()
        if wanted.commit:
            name = wanted.repository.resolve().name
            body = f"{totals.snapshots} snapshots of {totals.documents} documents, {totals.versions} versions"
            totals.left_out = commit_all(archive, f"import: {name}", body, datetime.now(UTC))
    return totals


_Progress = Callable[[Judged], None]


def _counting(pages: int, moved: Moved) -> _Progress:
    done = Counter[str]()

    def count(page: Judged) -> None:
        if page.day is not None:
            done["pages"] += 1
            moved(done["pages"], pages, f"{page.day.date()} {page.document}")

    return count


def _count(totals: Totals, page: Judged) -> None:
    totals.snapshots += page.day is not None
    totals.documents += page.day is None
    totals.statuses.update(page.statuses)


# -- writing -----------------------------------------------------------------------------------------------------------


def _written(writer: Writer, pages: Iterable[Judged], mark: _Mark, progress: _Progress) -> Totals:
    """Record the versions as they come, each document's after those that an interrupted import has left."""
    totals = Totals()
    mark.write()
    for page in pages:
        for new in page.versions:
            totals.versions += _recorded(writer, new)
        if page.status:
            writer.set_status(page.status)
            writer.flush()
            mark.whole.add(page.document)
            mark.write()
        _count(totals, page)
        progress(page)
    return totals


def _recorded(writer: Writer, new: NewVersion) -> bool:
    """Record a version, unless an interrupted import has been here."""
    document, number = new.facts.document, new.facts.version
    head = writer.archive.head(document)
    if head is None or head.version < number:
        writer.add(new.facts, new.file, new.evidence)
        return True
    if writer.archive.history(document)[number - 1].text_sha256 != sha256(new.file.encode()):
        raise ArchiveError(
            f"{document} has another version {number} than this import finds",
            "it was begun with other options or by another policywatch: replace its history with --rebuild",
        )
    return False


def _rebuilt(writer: Writer, pages: Iterable[Judged], progress: _Progress) -> Totals:
    """Each document in a new chain that takes the old one's place when it is whole."""
    totals = Totals()
    gathered: dict[str, list[NewVersion]] = {}
    for page in pages:
        versions = gathered.setdefault(page.document, [])
        versions.extend(replace(new, evidence=()) for new in page.versions)  # a rebuilding writer keeps none
        totals.versions += len(page.versions)
        if page.status:
            with writer.rebuilding(page.document) as fresh:
                for new in gathered.pop(page.document):
                    fresh.add(new.facts, new.file)
            writer.set_status(page.status)
        _count(totals, page)
        progress(page)
    return totals


# -- resumption --------------------------------------------------------------------------------------------------------


@dataclass
class _Mark:
    """What an interrupted import leaves behind, so that the next one of the same kind goes on where it was.

    One that is not as it was written says only that some import was begun. The next one looks at every document again:
    versions that are there already are compared, never replaced.
    """

    place: Path
    repository: str
    bounds: list[str]
    whole: set[str] = field(default_factory=set)  # documents
    begun: bool = False

    @classmethod
    def of(cls, archive: Archive, wanted: Wanted) -> _Mark:
        bounds = [str(wanted.since), str(wanted.until)]
        mark = cls(archive.private / IMPORT, str(wanted.repository.resolve()), bounds)
        found = read(mark.place)
        if found is not None and not wanted.rebuild:
            before = json.loads(found) if sealed(found) else None
            mark.begun = before is None or before["repository"] == mark.repository
            if before and mark.begun and before["bounds"] == mark.bounds:
                mark.whole = set(before["whole"])
        return mark

    def write(self) -> None:
        facts = {"repository": self.repository, "bounds": self.bounds, "whole": sorted(self.whole)}
        replace_file(self.place, seal(facts))

    def remove(self) -> None:
        self.place.unlink(missing_ok=True)


def _refuse_others(archive: Archive, replayed: Plan, mark: _Mark) -> None:
    known = set(archive.documents()) & {document.id for document in replayed.documents}
    if known and not mark.begun:
        shown = ", ".join(sorted(known)[:3]) + (", …" if len(known) > 3 else "")
        raise ArchiveError(
            f"{len(known)} of these documents have a history already ({shown})",
            "import into another archive, leave them out with --only, or replace their histories with --rebuild",
        )
