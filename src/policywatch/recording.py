"""What becomes of an observation: nothing, a wait, a version. Used by runs and by imports alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from policywatch.archive import Archive
from policywatch.archive.records import StatusLine
from policywatch.archive.settling import Memory, Verdict, confirmed, judge, stood_until, waiting_words
from policywatch.errors import ArchiveError, ExtractionError
from policywatch.extraction import EXTRACTOR
from policywatch.extraction.canonical import form
from policywatch.extraction.guards import doubt
from policywatch.extraction.markdown import parse
from policywatch.findings import change_set, worst_first
from policywatch.model import (
    FAILURES,
    RECORDED,
    ChangeSet,
    Clause,
    Document,
    Failure,
    Outcome,
    Snapshot,
    SnapshotRef,
    Status,
    Version,
    VersionKind,
)
from policywatch.observation import Observation, extract_source, observation
from policywatch.taxonomy import Taxonomy


class Records(Protocol):
    """Where versions and statuses go: the archive's writer, or what stands in for it."""

    def add(self, facts: Version, file_text: str, evidence: Sequence[Snapshot]) -> Version: ...

    def set_status(self, status: StatusLine) -> None: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """A document as the archive has it."""

    version: Version
    file: str
    form: str
    clauses: tuple[Clause, ...]
    language: str | None
    read_now: bool = False  # by today's extraction and options: in this very run


class Recorder:
    """Judges observations one by one and writes what they come to. One for a run; not for several threads.

    Without a writer it judges only (``--dry-run``). ``settle`` is how long a doubtful text must stand;
    ``record_quiet`` lets a status line's day move though nothing changed.
    """

    def __init__(
        self,
        archive: Archive,
        writer: Records | None,
        classes: Taxonomy,
        *,
        settle: timedelta,
        record_quiet: bool = True,
    ) -> None:
        self._archive = archive
        self._writer = writer
        self._classes = classes
        self._settle = settle
        self._record_quiet = record_quiet
        self._statuses: dict[str, StatusLine] = dict(archive.statuses())
        self._standing: dict[str, Standing | None] = {}
        self._waiting: dict[str, Observation] = {}  # pending texts of this run, so that an import can confirm them

    # -- what is known -------------------------------------------------------------------------------------------------

    def status(self, document: str) -> StatusLine | None:
        return self._statuses.get(document)

    def standing(self, document: str) -> Standing | None:
        """The recorded text; None before the first.

        Raises ArchiveError when the file is not the one that the history vouches for.
        """
        if document not in self._standing:
            head = self._archive.head(document)
            self._standing[document] = (
                None if head is None else self._read(head, self._archive.text(document, head.version))
            )
        return self._standing[document]

    def _read(self, version: Version, file: str) -> Standing:
        front, clauses = parse(file)
        return Standing(version, file, form(clauses), clauses, front.language)

    # -- what becomes of it --------------------------------------------------------------------------------------------

    def take(self, document: Document, seen: Observation | Failure, now: datetime) -> Outcome:
        """Judge what was seen of a document ``now``, record it if it counts, and note its status."""
        now = now.astimezone(UTC).replace(microsecond=0)
        try:
            if isinstance(seen, Failure):
                return self._failed(document, seen, now)
            return self._seen(document, seen, now)
        except ArchiveError as error:
            failure = Failure("failed", self._here(error.message), hint=self._here(error.hint) or None)
            return self._failed(document, failure, now)
        except OSError:
            raise  # a full disk is everybody's trouble
        except Exception as error:
            # A text that we stumble over must not take the other documents along.
            self._standing.pop(document.id, None)
            failure = Failure(
                "failed", f"a bug of policywatch: {error!r}", hint="please report it, with the page's address"
            )
            return self._failed(document, failure, now)

    def _here(self, said: str | None) -> str:
        """What is said of a file in the archive, from there on: a whole path would fill the line."""
        return (said or "").replace(f"{self._archive.root.parent}/", "")

    def confirm(self, document: Document, until: datetime) -> Outcome | None:
        """Record the document's pending text if it stood ``until`` then, as a recorded snapshot does in an import."""
        line, standing = self._statuses.get(document.id), self.standing(document.id)
        waiting = self._waiting.get(document.id)
        if line is None or standing is None or waiting is None or waiting.form == standing.form:
            return None
        first_seen = stood_until(standing.form, line.memory, until, self._settle)
        if first_seen is None:
            return None
        memory = confirmed(line.memory, standing.form, first_seen.date())
        changes, version = self._record(document, waiting, standing, "change", first_seen)
        return self._note(document, Verdict("changed", memory), first_seen, version, changes, waiting)

    def _failed(self, document: Document, failure: Failure, now: datetime) -> Outcome:
        today = now.date()
        line = self._statuses.get(document.id) or StatusLine(document.id, failure.status, today)
        since = line.since if line.status == failure.status else today
        begun = line.status != failure.status
        news = begun or line.reported != today
        self._set_status(replace(line, status=failure.status, since=since, reason=failure.reason, reported=today))
        head = self._archive.head(document.id)
        return Outcome(
            document.id,
            failure.status,
            failure.reason,
            failure.hint,
            since,
            head.version if head else None,
            news=news,
        )

    def _seen(self, document: Document, seen: Observation, now: datetime) -> Outcome:
        standing = self.standing(document.id)
        upgrade: ChangeSet | None = None
        if standing and not standing.read_now and seen.file is not None and seen.form != standing.form:
            standing, upgrade = self._upgraded(document, standing, seen, now)
        verdict = self._verdict(document, seen, standing, now)
        if not verdict.record:
            if verdict.status in ("pending", "flapping"):
                self._waiting[document.id] = seen
            version = standing.version.version if standing else None
            return self._note(document, verdict, now, version, upgrade, seen, "upgraded" if upgrade else None)
        kind: VersionKind = "first" if standing is None else "change"
        if standing and standing.version.extractor < EXTRACTOR:
            kind = "upgrade"  # the evidence is gone: whose difference this is can't be told
        changes, number = self._record(document, seen, standing, kind, verdict.first_seen or now)
        return self._note(document, verdict, now, number, changes, seen, "upgraded" if kind == "upgrade" else None)

    def _verdict(self, document: Document, seen: Observation, standing: Standing | None, now: datetime) -> Verdict:
        line = self._statuses.get(document.id)
        memory = line.memory if line else Memory()
        if standing is None:
            return judge(seen.form, None, seen.doubt, memory, now, self._settle)
        if seen.file is None:
            return judge(standing.form, standing.form, None, memory, now, self._settle)
        unsure = seen.doubt
        if not unsure and seen.form != standing.form:
            unsure = doubt(standing.clauses, seen.clauses, standing.language, seen.language)
        return judge(seen.form, standing.form, unsure, memory, now, self._settle)

    def _record(
        self, document: Document, seen: Observation, standing: Standing | None, kind: VersionKind, when: datetime
    ) -> tuple[ChangeSet | None, int]:
        """Record a version. Returns what changed (None for a first one) and its number."""
        assert seen.file is not None
        number = standing.version.version + 1 if standing else 1
        same_bytes = standing is not None and _hashes(standing.version.snapshots) == _hashes(seen.snapshots)
        if standing and when < standing.version.time:
            when = standing.version.time  # a history's times never run backwards
        changes = (
            change_set(
                document.id,
                standing.file,
                seen.file,
                self._classes,
                from_version=number - 1,
                to_version=number,
                from_time=standing.version.time,
                to_time=when,
                unattributed=kind == "upgrade" and not same_bytes,
            )
            if standing
            else None
        )
        facts = Version(
            document=document.id,
            version=number,
            time=when,
            kind=kind,
            text_sha256="",
            snapshots=tuple(SnapshotRef(one.url, one.sha256, one.retrieved_at) for one in seen.snapshots),
            extractor=EXTRACTOR,
            taxonomy=self._classes.version,
            changes=changes.kinds if changes else {},
            categories=worst_first(changes, self._classes) if changes else (),
            severity=changes.severity if changes else None,
            undo=(),
            previous=None,
        )
        version = self._writer.add(facts, seen.file, seen.snapshots) if self._writer else facts
        self._standing[document.id] = Standing(
            version, seen.file, seen.form, seen.clauses, seen.language, read_now=True
        )
        self._waiting.pop(document.id, None)
        return changes, number

    # -- upgrades of our own extraction --------------------------------------------------------------------------------

    def _upgraded(
        self, document: Document, standing: Standing, seen: Observation, now: datetime
    ) -> tuple[Standing, ChangeSet | None]:
        """The recorded text as it reads today from the same bytes, recorded as an upgrade where it differs.

        So neither a better extraction nor another selector in the watchlist ever looks like the platform's edit.
        """
        again = self._read_again(document, standing.version, seen)
        if again is None or again.form == standing.form:
            return standing, None
        changes, _ = self._record(document, again, standing, "upgrade", now)
        return self._standing[document.id] or standing, changes

    def _read_again(self, document: Document, version: Version, seen: Observation) -> Observation | None:
        """The recorded version's bytes as they read today: from the evidence, or because they came once more."""
        sources = {source.url: source for source in document.sources}
        arrived = {one.sha256: one for one in seen.snapshots}
        snapshots: list[Snapshot] = []
        for one in version.snapshots:
            found = arrived.get(one.sha256) or self._archive.snapshot(document.id, one.sha256)
            if found is None or one.url not in sources:
                return None
            snapshots.append(found)
        try:
            texts = [extract_source(sources[one.url], one) for one in snapshots]
        except ExtractionError:
            return None
        return observation(document, texts, tuple(snapshots)) if texts else None

    # -- status --------------------------------------------------------------------------------------------------------

    def _note(
        self,
        document: Document,
        verdict: Verdict,
        now: datetime,
        version: int | None,
        changes: ChangeSet | None,
        seen: Observation,
        status: Status | None = None,
    ) -> Outcome:
        before = self._statuses.get(document.id)
        found: Status = status or verdict.status
        steady: Status = "unchanged" if found in RECORDED else found
        same = before is not None and (before.status == found or before.status == steady)
        since = before.since if before is not None and same and not verdict.record else now.date()
        recovered = before.since if before and before.status in FAILURES else None
        self._set_status(
            StatusLine(
                document.id,
                found,
                since,
                now.date(),
                verdict.reason,
                verdict.memory.pending,
                verdict.memory.forms,
                verdict.memory.flapping_since,
            )
        )
        return Outcome(
            document.id,
            found,
            verdict.reason,
            waiting_words(self._settle) if found == "pending" else None,
            since,
            version,
            changes,
            seen.confidence if seen.file is not None else None,
            seen.notes,
            news=verdict.news or recovered is not None,
            recovered=recovered,
        )

    def _set_status(self, line: StatusLine) -> None:
        before = self._statuses.get(line.document)
        if before is not None and not self._record_quiet and replace(line, last_seen=before.last_seen) == before:
            return
        self._statuses[line.document] = line
        if self._writer:
            self._writer.set_status(line)


def _hashes(snapshots: Iterable[Snapshot | SnapshotRef]) -> frozenset[str]:
    return frozenset(one.sha256 for one in snapshots)
