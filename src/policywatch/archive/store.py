"""Reading an archive: documents, their histories, and every text that ever stood, from the files of one checkout.

    archive = Archive(Path("archive"))
    archive.documents()                          # ("character-ai/privacy-policy", ...)
    archive.history(document)                    # Versions, oldest first
    archive.text(document, 3)                    # rebuilt from the current file, checked against its hash
    with archive.writing(wait=10) as writer:     # see writing.Writer
        writer.record(...)

Reading creates nothing and needs no lock. What a killed run left half-written is read as if it had been finished.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from policywatch.archive import files, records
from policywatch.archive.records import StatusLine
from policywatch.archive.undo import rewind
from policywatch.errors import ArchiveError, UsageError
from policywatch.model import Version

if TYPE_CHECKING:
    from policywatch.archive.evidence import Keep
    from policywatch.archive.writing import Writer
    from policywatch.model import Snapshot

PRIVATE = ".policywatch"  # never tracked: lock, journal, cache, local evidence
STATUS = "status.jsonl"
HISTORY_SUFFIX = ".history.jsonl"

_ID_PART = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")
_TAIL = 1 << 16
_SEE = "`policywatch verify` names all damage; git has the file as it was recorded"


class Archive:
    """One folder of policies' texts and histories. Cheap to make; holds no state but its place."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)

    def __repr__(self) -> str:
        return f"Archive({str(self.root)!r})"

    # -- places ------------------------------------------------------------------------------------------------------

    @property
    def private(self) -> Path:
        """The folder that git ignores."""
        return self.root / PRIVATE

    def path(self, document: str) -> Path:
        """Where the document's current text lies.

        Raises UsageError for an id that could lead out of the archive.
        """
        return self.root / (checked_id(document) + ".md")

    def history_path(self, document: str) -> Path:
        return self.root / (checked_id(document) + HISTORY_SUFFIX)

    # -- documents ---------------------------------------------------------------------------------------------------

    def documents(self) -> tuple[str, ...]:
        """The ids of all documents with a history, sorted."""
        found = {
            path.relative_to(self.root).as_posix().removesuffix(HISTORY_SUFFIX)
            for path in self.root.glob(f"*/*{HISTORY_SUFFIX}")
            if not path.parent.name.startswith(".")
        }
        found |= {path.removesuffix(HISTORY_SUFFIX) for path in self._journal() if path.endswith(HISTORY_SUFFIX)}
        return tuple(sorted(found))

    def current(self, document: str) -> str | None:
        """The document's file as it stands, front matter and all; None before its first version.

        Raises ArchiveError when it is no text.
        """
        path = self.path(document)
        data = self._read(path)
        try:
            return None if data is None else data.decode()
        except UnicodeDecodeError:
            raise ArchiveError(f"{path} is damaged: it is not UTF-8", _SEE) from None

    def history(self, document: str) -> tuple[Version, ...]:
        """All versions, oldest first; none for a document that was never recorded.

        Raises ArchiveError where the file is damaged or holds two branches' lines.
        """
        path = self.history_path(document)
        data = self._read(path) or b""
        if not data.endswith(b"\n"):
            data = self._read(path) or b""  # a run was just adding a line
        found = tuple(_versions(path, document, data))
        for place, version in enumerate(found, start=1):
            if version.version != place:
                raise records.fork_error(path) if version.version < place else _damaged(path, place)
        return found

    def head(self, document: str) -> Version | None:
        """The newest version, read from the end of the history without the rest."""
        line = self.head_line(document)
        try:
            return None if line is None else records.read_version(document, line)
        except ValueError:
            raise _damaged(self.history_path(document), None, line or b"") from None

    def head_line(self, document: str) -> bytes | None:
        """The newest history line, without its line break."""
        path = self.history_path(document)
        step = self._journal().get(self._name(path))
        data = step.data if step else _last_line(path)
        if data and not data.endswith(b"\n"):
            data = _last_line(path)  # a run was just adding a line
        found = records.lines(data or b"")
        return found[-1] if found else None

    # -- texts -------------------------------------------------------------------------------------------------------

    def text(self, document: str, version: int) -> str:
        """The file as it was at a version.

        Raises UsageError for a version that does not exist, ArchiveError when the text cannot be rebuilt to its hash.
        """
        for found, text in self.texts(document):
            if found.version == version:
                return text
        raise UsageError(f"{document} has no version {version}", _versions_hint(self.history(document)))

    def texts(self, document: str) -> Iterator[tuple[Version, str]]:
        """Every version with its text, newest first; one step back each, so a part of the history costs a part.

        Raises ArchiveError when a text does not match its hash.
        """
        history, text = self._consistent(document)
        for version in reversed(history):
            if records.sha256(text.encode()) != version.text_sha256:
                raise ArchiveError(
                    f"{self.path(document)} is not the text of version {version.version} that its history vouches for"
                    if version is history[-1]
                    else f"{document}: version {version.version} cannot be rebuilt to its recorded hash",
                    _SEE,
                )
            yield version, text
            try:
                text = rewind(text, version.undo)
            except ValueError as error:
                raise ArchiveError(
                    f"{document}: the way back from version {version.version} is damaged: {error}"
                ) from None

    def _consistent(self, document: str) -> tuple[tuple[Version, ...], str]:
        """History and current file of one moment, though a run may be writing them right now."""
        for _ in range(3):
            # In this order: the history is never behind the text.
            text = self.current(document) or ""
            history = self.history(document)
            digest = records.sha256(text.encode())
            standing = next((one.version for one in reversed(history) if one.text_sha256 == digest), 0)
            if standing == len(history) or (standing and self.current(document) != text):
                return history[:standing], text
        return history, text

    def version_at(self, document: str, when: date | datetime) -> Version | None:
        """The version that stood at a moment, or at the end of a day (UTC); None before the first."""
        limit = when if isinstance(when, datetime) else datetime.combine(when, time.max, UTC)
        return next((one for one in reversed(self.history(document)) if one.time <= limit), None)

    def resolve(self, document: str, asked: str) -> Version:
        """The version that ``3``, ``v3``, ``latest``, ``first``, a date or a time names.

        Raises UsageError when there is none.
        """
        history = self.history(document)
        if not history:
            raise UsageError(f"{document} has no versions yet", "`policywatch fetch` records the first")
        named = {"latest": history[-1], "last": history[-1], "first": history[0]}.get(asked)
        if named is not None:
            return named
        number = re.fullmatch(r"v?(\d{1,7})", asked)
        if number is not None:
            if not 1 <= int(number[1]) <= len(history):
                raise UsageError(f"{document} has no version {number[1]}", _versions_hint(history))
            return history[int(number[1]) - 1]
        limit = parse_when(asked, end=True)
        found = next((one for one in reversed(history) if one.time <= limit), None)
        if found is None:
            raise UsageError(
                f"{document} was first recorded on {history[0].time.date()}, after {asked}", _versions_hint(history)
            )
        return found

    # -- status ------------------------------------------------------------------------------------------------------

    def statuses(self) -> Mapping[str, StatusLine]:
        """What the last runs saw, by document, sorted.

        Raises ArchiveError where the file is damaged or holds two branches' lines.
        """
        path = self.root / STATUS
        data = self._read(path) or b""
        found = []
        for number, line in enumerate(records.lines(data), start=1):
            try:
                found.append(records.read_status(line))
            except ValueError:
                raise _damaged(path, number, data) from None
        return {one.document: one for one in sorted(found, key=lambda one: one.document)}

    def status(self, document: str) -> StatusLine | None:
        return self.statuses().get(document)

    def reviewed_up_to(self, document: str, today: date) -> int:
        """The newest version that a sign-off covers on a day; 0 for none. See reviews.py."""
        from policywatch.archive.reviews import reviewed_up_to

        return reviewed_up_to(self.root, document, today)

    # -- evidence ----------------------------------------------------------------------------------------------------

    def evidence(self, document: str, sha256: str) -> bytes | None:
        """The bytes a version was made from, None where they were not kept."""
        found = self.snapshot(document, sha256)
        return found.body if found else None

    def snapshot(self, document: str, sha256: str) -> Snapshot | None:
        """The recorded answer whose body has this hash, None where it was not kept."""
        from policywatch.archive.evidence import load

        return load(self.root, checked_id(document), sha256)

    # -- writing -----------------------------------------------------------------------------------------------------

    def writing(
        self, *, wait: float = 0.0, evidence: Keep = "local", durable: bool = True, owes: bool = False
    ) -> AbstractContextManager[Writer]:
        """The one writer, for as long as the context lasts. Creates the archive where there is none.

        ``wait`` is in seconds. ``durable`` syncs each version to the disk; an import may do without.
        ``owes``: what is recorded is news until `Writer.told`; see owed.py.
        Raises ArchiveBusy when another run holds the archive for longer than that.
        """
        from policywatch.archive.writing import open_writer

        return open_writer(self, wait=wait, evidence=evidence, durable=durable, owes=owes)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _journal(self) -> Mapping[str, files.Write]:
        return files.read_journal(self.private / files.JOURNAL)

    def _read(self, path: Path) -> bytes | None:
        step = self._journal().get(self._name(path))  # first: files only grow, so what it adds to is there
        return files.overlaid(files.read(path), step)


def checked_id(document: str) -> str:
    """The id itself, if it is one.

    Raises UsageError for anything that is not ``platform/document``.
    """
    parts = document.split("/")
    if len(parts) != 2 or not all(_ID_PART.fullmatch(part) for part in parts):
        raise UsageError(
            f"{document!r} is not a document id", "an id is platform/document: character-ai/privacy-policy"
        )
    return document


def parse_when(text: str, *, end: bool = False, now: datetime | None = None) -> datetime:
    """A moment from a date, a month, a time or an age (``7d``, ``12h``, ``2w``); ``end`` takes a day's last instant.

    Raises UsageError for anything else.
    """
    age = re.fullmatch(r"(\d{1,5})\s*([hdwmy])", text.strip().lower())
    if age is not None:
        hours = {"h": 1, "d": 24, "w": 24 * 7, "m": 24 * 30, "y": 24 * 365}[age[2]]
        return (now or datetime.now(UTC)) - timedelta(hours=hours * int(age[1]))
    try:
        if re.fullmatch(r"\d{4}-\d{2}", text):
            return _month(text, end)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return datetime.combine(date.fromisoformat(text), time.max if end else time.min, UTC)
        return records.moment(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is no date or version", "dates look like 2026-11-23, ages like 7d, versions like 4"
        ) from None


def _month(text: str, end: bool) -> datetime:
    first = datetime.combine(date.fromisoformat(f"{text}-01"), time.min, UTC)
    return (first + timedelta(days=32)).replace(day=1) - timedelta(microseconds=1) if end else first


def _versions(path: Path, document: str, data: bytes) -> Iterator[Version]:
    for number, line in enumerate(records.lines(data), start=1):
        try:
            yield records.read_version(document, line)
        except ValueError:
            raise _damaged(path, number, data) from None


def _damaged(path: Path, line: int | None, data: bytes = b"") -> ArchiveError:
    if records.conflicted(data):
        if path.name == STATUS:
            return ArchiveError(f"{path} holds the lines of two branches", f"keep one: git checkout --ours -- {STATUS}")
        return records.fork_error(path)
    return ArchiveError(
        f"{path}{f':{line}' if line else ''} is damaged",
        "`policywatch verify` names all damage; git has the file as it was",
    )


def _last_line(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            end = file.seek(0, 2)
            size = _TAIL
            while True:
                file.seek(max(0, end - size))
                tail = file.read()
                if size >= end or b"\n" in tail[:-1]:
                    return tail[tail[:-1].rfind(b"\n") + 1 :]
                size *= 4
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise files.unreadable(path, error) from error


def _versions_hint(history: Sequence[Version]) -> str | None:
    if not history:
        return None
    return f"it has versions 1 to {len(history)}, {history[0].time.date()} to {history[-1].time.date()}"
