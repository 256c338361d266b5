"""The archive's one writer.

    with archive.writing(wait=10) as writer:
        writer.keep_evidence(document, snapshot)
        version = writer.record(document, file_text, kind="change", time=snapshot.retrieved_at, ...)
        writer.set_status(StatusLine(...))

A version is two files changed as one (see files.write_journal): a run killed at any point leaves an archive that
verifies, and opening it for writing finishes what was begun. Status lines are gathered and written a few at a time,
at the latest when the context ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time as clock
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from policywatch.archive import evidence, files, owed, records
from policywatch.archive.records import StatusLine
from policywatch.archive.store import HISTORY_SUFFIX, STATUS, Archive
from policywatch.archive.undo import undo
from policywatch.errors import ArchiveBusy, ArchiveError
from policywatch.model import FAILURES, Severity, Snapshot, SnapshotRef, Version, VersionKind

LOCK = "lock"
HOLDER = "holder.json"
REBUILD = "rebuild"
IMPORT = "import"  # which import was begun, and which of its documents are whole
IGNORE = "*\n"
ATTRIBUTES = "# Hashes are over bytes: git must not touch line ends.\n* -text\n*.history.jsonl linguist-generated\n"

_STATUS_EVERY = 2.0  # seconds; what a killed run may lose of its statuses


class Writer:
    """Records versions, statuses and evidence. Made by `Archive.writing`; not for use in several threads at once."""

    def __init__(
        self,
        archive: Archive,
        keep: evidence.Keep = "local",
        durable: bool = True,
        succeeds: Mapping[str, str] | None = None,
        owes: bool = False,
    ) -> None:
        self.archive = archive
        self._owes = owes  # somebody is to be told of what is recorded, until `told`
        self._succeeds = succeeds or {}  # document -> hash of the old chain's last line, in a rebuild
        self._root = archive.root
        self._keep = keep
        self._durable = durable
        self._statuses: dict[str, StatusLine] | None = None
        self._stale = False
        self._written = clock.monotonic()
        self._recovered: dict[str, date] = {}  # since the last flush: documents that had failed since then
        self._failing: set[str] = set()  # likewise: documents whose failure is news today

    # -- versions ----------------------------------------------------------------------------------------------------

    def record(
        self,
        document: str,
        file_text: str,
        *,
        kind: VersionKind,
        time: datetime,
        snapshots: Sequence[SnapshotRef] = (),
        extractor: int,
        taxonomy: str,
        changes: Mapping[str, int] | None = None,
        categories: Sequence[str] = (),
        severity: Severity | None = None,
    ) -> Version:
        """Make ``file_text`` the document's newest version.

        Raises ArchiveError when the file on disk is not the one its history vouches for (someone edited it), or when
        ``first`` is asked for a document that has a history, or another kind for one that has none.
        """
        facts = Version(
            document=document,
            version=0,
            time=time,
            kind=kind,
            text_sha256="",
            snapshots=tuple(snapshots),
            extractor=extractor,
            taxonomy=taxonomy,
            changes=dict(changes or {}),
            categories=tuple(categories),
            severity=severity,
            undo=(),
            previous=None,
        )
        return self.add(facts, file_text)

    def add(self, facts: Version, file_text: str, evidence: Sequence[Snapshot] = ()) -> Version:
        """The same for a version whose facts are told; its number, hashes and undo are added here, its evidence kept.

        Raises ArchiveError as `record` does.
        """
        for snapshot in evidence:  # first: a version without its evidence is worse than the reverse
            self.keep_evidence(facts.document, snapshot)
        document = facts.document
        before = self.archive.head(document)
        if (before is None) != (facts.kind == "first"):
            raise ArchiveError(
                f"{document} already has a history" if before else f"{document} has no version to change",
                "an import rebuilds it with --rebuild" if before else None,
            )
        old = self._standing_text(document, before) if before else ""
        line_before = self.archive.head_line(document)
        version = replace(
            facts,
            version=before.version + 1 if before else 1,
            time=facts.time.astimezone(UTC).replace(microsecond=0),
            text_sha256=records.sha256(file_text.encode()),
            undo=undo(file_text, old) if before else (),
            previous=records.sha256(line_before) if line_before is not None else self._succeeds.get(document),
        )
        self._write(document, file_text, version)
        return version

    def _standing_text(self, document: str, head: Version) -> str:
        text = self.archive.current(document) or ""
        if records.sha256(text.encode()) != head.text_sha256:
            raise ArchiveError(
                f"{self.archive.path(document)} is not the text of version {head.version} that its history vouches for",
                "put it back (`git checkout -- FILE`); `policywatch verify` names all damage",
            )
        return text

    def _write(self, document: str, text: str, version: Version) -> None:
        history = self.archive.history_path(document)
        size = history.stat().st_size if history.exists() else 0
        line = records.version_line(version) + b"\n"
        steps = [files.Write(document + HISTORY_SUFFIX, line, size), files.Write(document + ".md", text.encode())]
        if self._owes:
            steps.insert(0, owed.step(self.archive.private, document, version.version))
        self._at_once(steps)

    def _at_once(self, steps: Sequence[files.Write]) -> None:
        """Several writes as one. One that fails takes back what was written before it."""
        self.recover()  # a step that could not even be taken back comes first: the journal holds one
        with files.told(self._root):
            files.write_journal(self.archive.private / files.JOURNAL, steps, self._durable)
        try:
            self._carry_out(steps)
        except ArchiveError:
            self._take_back(steps)
            raise

    def recover(self) -> None:
        """Finish the step that a killed run had begun, if there is one."""
        self._carry_out(files.read_journal(self.archive.private / files.JOURNAL).values())

    def _carry_out(self, steps: Iterable[files.Write]) -> None:
        for step in steps:
            with files.told(self._root / step.path):
                files.write(self._root, step, self._durable, self.archive.private)
        with files.told(self.archive.private / files.JOURNAL):
            (self.archive.private / files.JOURNAL).unlink(missing_ok=True)

    def _take_back(self, steps: Sequence[files.Write]) -> None:
        """Leave the files as they were before a step that cannot be done, so that the next run records it whole.

        Where a whole file has been replaced already there is no way back: the journal stays, to be finished.
        """
        if all(step.offset is not None for step in steps[:-1]):
            with contextlib.suppress(OSError):
                for step in reversed(steps):
                    files.take_back(self._root, step)
                (self.archive.private / files.JOURNAL).unlink(missing_ok=True)

    # -- what is to be told ------------------------------------------------------------------------------------------

    def owed(self) -> Mapping[str, int]:
        """For each document that a run recorded and nobody was told of: its first such version."""
        return owed.read(self.archive.private)

    def recovered(self) -> Mapping[str, date]:
        """The documents that work again and nobody was told: since when they had failed."""
        return owed.recovered(self.archive.private)

    def failing(self) -> Collection[str]:
        """The documents that failed and nobody was told."""
        return owed.failing(self.archive.private)

    def told(self, documents: Collection[str]) -> None:
        """Somebody has been told of what was recorded of these documents."""
        with files.told(self.archive.private / owed.NAME):
            owed.settle(self.archive.private, documents)

    @contextlib.contextmanager
    def rebuilding(self, document: str) -> Iterator[Writer]:
        """A writer that records the document's history anew, beside the old one, which it replaces in the end.

        The new chain's first line names the old one's last as the line before it. An error leaves the old history.
        """
        old = self.archive.head_line(document)
        folder = self.archive.private / REBUILD
        shutil.rmtree(folder, ignore_errors=True)
        fresh = Archive(folder)
        fresh.private.mkdir(parents=True)
        try:
            yield Writer(fresh, "off", False, {document: records.sha256(old)} if old is not None else None)
            history, text = files.read(fresh.history_path(document)), files.read(fresh.path(document))
            if history is not None and text is not None:
                self._at_once([files.Write(document + HISTORY_SUFFIX, history), files.Write(document + ".md", text)])
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    # -- status ------------------------------------------------------------------------------------------------------

    def set_status(self, status: StatusLine) -> None:
        """Remember what was seen of a document; a line that says nothing new is not written."""
        known = self._known()
        before = known.get(status.document)
        if self._owes and before and before.status in FAILURES and status.status not in FAILURES:
            self._recovered.setdefault(status.document, before.since)
        if self._owes and status.status in FAILURES and (before is None or before.reported != status.reported):
            self._failing.add(status.document)
        if before != status:
            known[status.document] = status
            self._stale = True
        if self._stale and clock.monotonic() - self._written > _STATUS_EVERY:
            self.flush()

    def forget_status(self, document: str) -> None:
        """Drop the line of a document that is no longer watched."""
        if self._known().pop(document, None) is not None:
            self._stale = True

    def flush(self) -> None:
        """Write the status lines gathered so far."""
        if self._stale and self._statuses is not None:
            data = records.status_file(self._statuses.values())
            if self._recovered or self._failing:
                note = owed.status_step(self.archive.private, self._recovered, self._failing)
                self._at_once([note, files.Write(STATUS, data)])
                self._recovered.clear()
                self._failing.clear()
            else:
                with files.told(self._root / STATUS):
                    files.replace(self._root / STATUS, data, self._durable, self.archive.private)
            self._stale = False
        self._written = clock.monotonic()

    def _known(self) -> dict[str, StatusLine]:
        if self._statuses is None:
            self._statuses = dict(self.archive.statuses())
        return self._statuses

    # -- evidence ----------------------------------------------------------------------------------------------------

    def keep_evidence(self, document: str, snapshot: Snapshot) -> Path | None:
        """Keep the bytes of a snapshot; its file if it is new and tracked or local, None otherwise."""
        with files.told(evidence.folder(self._root, document, self._keep)):
            return evidence.keep(self._root, document, snapshot, self._keep, self._durable)


# -- opening -----------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def open_writer(
    archive: Archive, *, wait: float, evidence: evidence.Keep, durable: bool, owes: bool = False
) -> Iterator[Writer]:
    """See `Archive.writing`."""
    _prepare(archive)
    lock = FileLock(archive.private / LOCK)
    try:
        with files.told(archive.root):
            lock.acquire(timeout=max(wait, 0), poll_interval=0.05)
    except Timeout:
        raise ArchiveBusy(
            f"{archive.root} is being written by another run{_holder(archive)}",
            "wait for it to end, or let this one wait longer: --wait SECONDS",
        ) from None
    try:
        with files.told(archive.private):
            _say_who(archive)
            files.sweep(archive.private)
        writer = Writer(archive, evidence, durable, owes=owes)
        writer.recover()
        try:
            yield writer
        finally:
            writer.recover()
            writer.flush()
    finally:
        (archive.private / HOLDER).unlink(missing_ok=True)
        lock.release()


def _prepare(archive: Archive) -> None:
    with files.told(archive.root):
        archive.private.mkdir(parents=True, exist_ok=True)
        for path, text in ((archive.private / ".gitignore", IGNORE), (archive.root / ".gitattributes", ATTRIBUTES)):
            if not path.exists():
                files.replace(path, text.encode(), False, archive.private)


def _say_who(archive: Archive) -> None:
    who = {"pid": os.getpid(), "since": records.stamp(datetime.now(UTC))}
    files.replace(archive.private / HOLDER, records.seal(who), durable=False)


def _holder(archive: Archive) -> str:
    try:
        who = json.loads((archive.private / HOLDER).read_bytes())
        return f" (process {int(who['pid'])}, since {records.moment(who['since']):%Y-%m-%d %H:%M:%S} UTC)"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
