"""The archive's integrity, offline: every chain, hash, way back, status line, sign-off and evidence file.

Every byte that policywatch wrote is vouched for by some hash, so whatever was altered is found and named. So is every
file and folder that cannot be read; the rest is looked at all the same. What is merely absent (evidence that was not
kept or not fetched with the repository) is reported and no problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from policywatch.archive import cache, evidence, files, owed, records, reviews
from policywatch.archive.ground import Ground
from policywatch.archive.store import HISTORY_SUFFIX, PRIVATE, STATUS, Archive
from policywatch.archive.undo import rewind
from policywatch.archive.writing import ATTRIBUTES, HOLDER, IGNORE, IMPORT, LOCK
from policywatch.errors import PolicywatchError
from policywatch.model import Review, Version

FORK = (
    "two branches each recorded versions; keep one side of the document (`git checkout --ours` or `--theirs` on its "
    ".md and .history.jsonl), the next fetch records what the other one saw"
)
AWAY = "move it away: the next run writes what it needs anew"
RESTORE = "put the file back as it was recorded: git checkout COMMIT -- FILE"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was written."""

    path: str  # in the archive
    message: str
    line: int | None = None
    hint: str | None = None

    def __str__(self) -> str:
        return f"{self.path}{f':{self.line}' if self.line else ''}: {self.message}"


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and what was found."""

    problems: tuple[Problem, ...]
    notes: tuple[str, ...]  # absent evidence, files that are not the archive's
    documents: int
    versions: int
    evidence: int  # snapshots present and sound
    evidence_absent: int
    reviews: int

    @property
    def sound(self) -> bool:
        return not self.problems


def verify(archive: Archive, progress: Callable[[str], None] | None = None) -> Report:
    """Look at everything. ``progress`` is told each document as it is begun.

    A step that a killed run left unfinished is looked at as the next run will finish it.
    """
    check = _Check(archive)
    for document in check.documents():
        if progress:
            progress(document)
        check.document(document)
    check.status()
    check.reviews()
    check.evidence()
    check.small_files()
    return check.report()


class _Check:
    """One pass over an archive, gathering as it goes."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.root = archive.root
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.ground = Ground(self.root, self.unreadable)
        journal = f"{PRIVATE}/{files.JOURNAL}"
        self.journal = files.read_journal(self.root / journal) if self.ground.readable(journal) else {}
        self.histories: dict[str, tuple[Version, ...]] = {}
        self.damaged: set[str] = set()
        self.sound_evidence: set[tuple[str, str]] = set()
        self.absent = 0
        self.reviewed = 0

    def report(self) -> Report:
        return Report(
            problems=tuple(self.problems),
            notes=tuple(self.notes),
            documents=len(self.histories),
            versions=sum(map(len, self.histories.values())),
            evidence=len(self.sound_evidence),
            evidence_absent=self.absent,
            reviews=self.reviewed,
        )

    def problem(self, path: Path | str, message: str, line: int | None = None, hint: str | None = RESTORE) -> None:
        name = path if isinstance(path, str) else path.relative_to(self.root).as_posix()
        self.problems.append(Problem(name, message, line, hint))

    def unreadable(self, name: str, message: str, hint: str | None) -> None:
        self.problem(name, message, hint=hint or (AWAY if name.startswith(f"{PRIVATE}/") else RESTORE))

    def read(self, name: str) -> bytes | None:
        """A file as it is when the step that a killed run left is done."""
        return files.overlaid(self.ground.read(name), self.journal.get(name))

    def documents(self) -> list[str]:
        """Everything that has a text or a history."""
        apart = {PRIVATE, reviews.FOLDER, evidence.TRACKED}
        found = set()
        for name in {*self.ground.files, *self.ground.folders, *self.journal}:
            folder, _, file = name.partition("/")
            if file and "/" not in file and folder not in apart and not folder.startswith("."):
                found |= {name.removesuffix(end) for end in (HISTORY_SUFFIX, ".md") if name.endswith(end)}
        return sorted(found)

    # -- a document ----------------------------------------------------------------------------------------------------

    def document(self, document: str) -> None:
        found = len(self.problems)
        history = self.history(document)
        whole = len(self.problems) == found
        self.histories[document] = history
        if not whole:
            self.damaged.add(document)
        name = f"{document}.md"
        data = self.read(name)
        if name in self.ground.unreadable:
            return
        if data is None:
            self.problem(name, "the document's text is missing")
        elif records.conflicted(data):
            self.problem(name, "git's conflict markers stand in it", hint=FORK)
        elif whole and not history:
            self.problem(name, "a text without a history", hint="remove it, or put its .history.jsonl back from git")
        elif history and records.sha256(data) not in {version.text_sha256 for version in history[-1 if whole else 0 :]}:
            self.problem(name, f"altered: it is not the text of version {history[-1].version}")
        elif whole:
            try:
                self.texts(document, data.decode(), history)
            except UnicodeDecodeError:
                self.problem(name, "not an archive text: it is not UTF-8")

    def history(self, document: str) -> tuple[Version, ...]:
        """The versions as far as they can be read; their chain is checked on the way."""
        name = document + HISTORY_SUFFIX
        data = self.read(name)
        if data is None:
            return ()
        if records.conflicted(data):
            self.problem(name, "git's conflict markers stand in it: a fork of the history", hint=FORK)
            return ()
        if not data.endswith(b"\n"):
            self.problem(name, "altered: its last line is not complete")
        return tuple(self.chain(name, document, records.lines(data)))

    def chain(self, name: str, document: str, lines: list[bytes]) -> Iterator[Version]:
        previous: bytes | None = None
        expected = 1
        for number, line in enumerate(lines, start=1):
            try:
                version = records.read_version(document, line)
            except ValueError:
                self.problem(name, "altered: not a history line", number)
                return
            if not records.sealed(line):
                self.problem(name, f"altered: version {version.version} is not as it was written", number)
            elif version.version < expected:
                self.problem(name, f"a fork: a second version {version.version}", number, FORK)
            elif version.version > expected:
                self.problem(name, f"version {expected} is missing", number)
            elif previous is not None and version.previous != records.sha256(previous):
                message = f"the chain is broken: version {expected} does not follow version {expected - 1}"
                self.problem(name, message, number, FORK)
            expected = version.version + 1
            yield version
            previous = line

    def texts(self, document: str, text: str, history: tuple[Version, ...]) -> None:
        """The current text must parse; every earlier one must come out of the one after it."""
        self.parses(document, text)
        for version, before in zip(reversed(history), reversed(history[:-1]), strict=False):
            try:
                text = rewind(text, version.undo)
            except (ValueError, TypeError) as error:
                self.problem(document + HISTORY_SUFFIX, f"the way back is damaged: {error}", version.version)
                return
            if records.sha256(text.encode()) != before.text_sha256:
                message = f"the way back from version {version.version} does not lead to the text of {before.version}"
                self.problem(document + HISTORY_SUFFIX, message, version.version)
                return

    def parses(self, document: str, text: str) -> None:
        from policywatch.extraction.markdown import parse

        try:
            parse(text)
        except (PolicywatchError, ValueError) as error:
            self.problem(f"{document}.md", f"not an archive text: {error}")

    # -- the rest ------------------------------------------------------------------------------------------------------

    def status(self) -> None:
        data = self.read(STATUS)
        if data is None:
            return
        if records.conflicted(data):
            self.problem(
                STATUS, "git's conflict markers stand in it", hint="keep either side: git checkout --ours -- FILE"
            )
            return
        if data and not data.endswith(b"\n"):
            self.problem(STATUS, "altered: its last line is not complete")
        seen: set[str] = set()
        for number, line in enumerate(records.lines(data), start=1):
            try:
                status = records.read_status(line)
            except ValueError:
                self.problem(STATUS, "altered: not a status line", number)
                continue
            if not records.sealed(line):
                self.problem(STATUS, f"altered: the line of {status.document} is not as it was written", number)
            elif status.document in seen:
                self.problem(STATUS, f"a second line of {status.document}", number, "keep the newer one")
            seen.add(status.document)

    def reviews(self) -> None:
        for name in self.ground.below(reviews.FOLDER):
            path = self.root / name
            review = None
            if path.suffix != files.SCRAP and self.ground.readable(name):
                with self.ground.naming(name):
                    review = self.review(name, path)
            if review is None:
                continue
            self.reviewed += 1
            history = self.histories.get(review.document, ())
            hashes = {version.text_sha256 for version in history}  # a rebuilt history may number them otherwise
            if review.text_sha256 not in hashes and review.document not in self.damaged:
                self.problem(
                    name,
                    f"signs off a version {review.version} of {review.document} that the archive does not have",
                    hint="remove it and review the version that is there",
                )

    def review(self, name: str, path: Path) -> Review | None:
        try:
            return reviews.read_file(self.root, path)
        except PolicywatchError as error:
            self.problem(name, f"altered: {error.message.removeprefix(f'{path} ')}", hint=error.hint)
            return None

    def evidence(self) -> None:
        """Evidence that is there must be sound; what is not there is counted."""
        for name in (*self.ground.below(evidence.TRACKED), *self.ground.below(evidence.LOCAL)):
            path = self.root / name
            if self.ground.readable(name):
                with self.ground.naming(name):
                    self.piece(path)
        wanted = {
            (document, snapshot.sha256)
            for document, history in self.histories.items()
            for version in history
            for snapshot in version.snapshots
        }
        self.absent = len(wanted - self.sound_evidence)
        if self.absent:
            self.notes.append(f"evidence of {self.absent} of {len(wanted)} snapshots is not here")

    def piece(self, path: Path) -> None:
        try:
            problem = evidence.damage(path)
        except PolicywatchError as error:
            problem = error.message
        if problem:
            self.problem(path, problem, hint="remove it: absent evidence is no error, altered evidence is")
        else:
            self.sound_evidence.add(("/".join(path.parent.parts[-2:]), path.name.partition("-")[0]))

    def small_files(self) -> None:
        attributes = self.ground.read(".gitattributes")
        if attributes is not None and not attributes.startswith(ATTRIBUTES.encode()):  # people may add to it
            self.problem(".gitattributes", "altered", hint="remove it: the next run writes it anew")
        if self.ground.read(f"{PRIVATE}/.gitignore") not in (None, IGNORE.encode()):
            self.problem(f"{PRIVATE}/.gitignore", "altered", hint="remove it: the next run writes it anew")
        holder = self.ground.read(f"{PRIVATE}/{HOLDER}")  # a killed run leaves it
        if holder is not None and not records.sealed(holder):
            self.problem(f"{PRIVATE}/{HOLDER}", "altered", hint="remove it: the next run writes it anew")
        whole = [self.ground.readable(f"{PRIVATE}/{name}") for name in (cache.NAME, cache.SEAL)]
        altered = cache.altered(self.archive.private) if all(whole) else None
        if altered is not None:
            self.problem(f"{PRIVATE}/{altered}", "altered", hint="remove the cache: losing it costs time only")
        if owed.altered(self.read(f"{PRIVATE}/{owed.NAME}") or b""):
            self.problem(f"{PRIVATE}/{owed.NAME}", "altered", hint="remove it: it is what no run has reported yet")
        begun = self.ground.read(f"{PRIVATE}/{IMPORT}")
        if begun is not None and not records.sealed(begun):
            self.problem(f"{PRIVATE}/{IMPORT}", "altered", hint="run the import again: it looks at every document anew")
        elif begun is not None:
            self.notes.append("an import was interrupted; run it again and it goes on where it was")
        private = {cache.NAME, cache.SEAL, f"{cache.NAME}-journal", HOLDER, IMPORT, LOCK, files.JOURNAL, owed.NAME}
        journal = self.ground.read(f"{PRIVATE}/{files.JOURNAL}")
        if journal is not None and not self.journal:
            self.problem(
                f"{PRIVATE}/{files.JOURNAL}", "altered", hint="remove it: it is what an interrupted run was at"
            )
        elif journal is not None:
            self.notes.append("a run was interrupted while writing; the next one finishes its last step")
        strangers = [name for name in self.ground.files if name.count("/") < 2 and not self.known(name, private)]
        if strangers:
            self.notes.append(f"not the archive's own and not checked: {', '.join(strangers[:8])}")

    def known(self, name: str, private: set[str]) -> bool:
        folder, _, own = name.rpartition("/")
        if folder == PRIVATE:
            return own in private or own == ".gitignore" or own.endswith(files.SCRAP)
        document = name.removesuffix(".md").removesuffix(HISTORY_SUFFIX)
        return name in (".gitattributes", STATUS) or document in self.histories
