"""One document's recorded pages, judged in their order as runs would have judged them. Nothing is written here.

Guards, canonical form and settling are those of a fetch; a recorded snapshot stands until its successor. A document is
judged from its first page on, so that the same repository always gives the same history.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import merge
from pathlib import Path

from policywatch.archive import Archive
from policywatch.archive.records import StatusLine
from policywatch.importing.git_history import FileChange
from policywatch.importing.ota_snapshots import Place, read_snapshot
from policywatch.model import Document, Failure, Snapshot, Status, Version
from policywatch.observation import Observation, Part, joined
from policywatch.recording import Recorder
from policywatch.taxonomy import Taxonomy

_AT_ONCE = datetime.min.replace(tzinfo=UTC)
_NOWHERE = Path("/nonexistent/policywatch")  # an archive that holds nothing


@dataclass(frozen=True, slots=True)
class Task:
    """One document's pages, oldest first."""

    repository: Path
    document: Document
    pages: tuple[tuple[FileChange, Place], ...]
    until: datetime | None  # when the last page was known to stand
    settle: timedelta


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to be recorded; hashes and undo are the archive's to add."""

    file: str
    facts: Version
    evidence: tuple[Snapshot, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What one page, or the end of them, came to."""

    document: str
    day: datetime | None  # of the page; None: the document's pages are through
    statuses: tuple[Status, ...] = ()
    versions: tuple[NewVersion, ...] = ()
    status: StatusLine | None = None  # the last one, when the pages are through


@dataclass
class _Gathered:
    """Takes the place of the archive's writer."""

    versions: list[NewVersion] = field(default_factory=list)

    def add(self, facts: Version, file_text: str, evidence: Sequence[Snapshot]) -> Version:
        self.versions.append(NewVersion(file_text, facts, tuple(evidence)))
        return facts

    def set_status(self, status: StatusLine) -> None:
        """Only the last one counts."""

    def taken(self) -> tuple[NewVersion, ...]:
        taken = tuple(self.versions)
        self.versions.clear()
        return taken


def judge(task: Task, classes: Taxonomy) -> Generator[Judged, None, None]:
    """What each of the pages comes to, and in the end the document's status."""
    gathered = _Gathered()
    recorder = Recorder(Archive(_NOWHERE), gathered, classes, settle=task.settle)
    document, held = task.document, dict[int, Part]()
    for change, place in task.pages:
        found: list[Status] = []
        confirmed = recorder.confirm(document, change.time)
        if confirmed:
            found.append(confirmed.status)
        held[place.source] = _read(task, change, place)
        if len(held) == len(document.sources):  # else its other sources are not recorded yet
            found.append(recorder.take(document, _whole(document, held), change.time).status)
        yield Judged(document.id, change.time, tuple(found), gathered.taken())
    confirmed = recorder.confirm(document, task.until) if task.until else None
    last = (confirmed.status,) if confirmed else ()
    yield Judged(document.id, None, last, gathered.taken(), recorder.status(document.id))


def judge_together(own: Sequence[Task], classes: Taxonomy) -> Iterator[Judged]:
    """The same for several documents, their pages in the order of time.

    What the documents of one platform say they often say on one page; seen together it is read and compared once.
    """
    return merge(*[judge(task, classes) for task in own], key=lambda page: page.day or _AT_ONCE)


def _read(task: Task, change: FileChange, place: Place) -> Part:
    if change.blob is None:
        return Failure("missing", "its recorded page was removed", change.path)
    return read_snapshot(task.repository, change.blob, task.document.sources[place.source], place.kind, change.time)


def _whole(document: Document, held: Mapping[int, Part]) -> Observation | Failure:
    return joined(document, [held[index] for index in sorted(held)])


def tasks(
    repository: Path,
    pages: Sequence[tuple[FileChange, Place]],
    until: datetime | None,
    settle: timedelta,
) -> list[Task]:
    """A task a document, the longest histories first: they keep a worker busy longest."""
    by_document: dict[str, list[tuple[FileChange, Place]]] = {}
    for change, place in pages:
        by_document.setdefault(place.document.id, []).append((change, place))
    longest = sorted(by_document.values(), key=len, reverse=True)
    return [Task(repository, own[0][1].document, tuple(own), until, settle) for own in longest]


def by_platform(documents: Sequence[Task]) -> list[list[Task]]:
    """The tasks of each platform, again the longest histories first."""
    found: dict[str, list[Task]] = {}
    for task in documents:
        found.setdefault(task.document.platform, []).append(task)
    return sorted(found.values(), key=lambda own: sum(len(task.pages) for task in own), reverse=True)
