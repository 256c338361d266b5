"""What a run's results look like as commits: one a change, one for all firsts, one for the statuses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from policywatch.archive import Archive, evidence
from policywatch.archive.commits import Repository
from policywatch.archive.records import lines as lines_of
from policywatch.archive.records import read_version
from policywatch.archive.store import HISTORY_SUFFIX
from policywatch.archive.vouching import vouched
from policywatch.errors import PolicywatchError
from policywatch.model import FAILURES, RECORDED, ChangeSet, Outcome, Run, Version

_NAMED = 4  # categories in a subject
_EXCERPT = 100  # characters of a clause in a commit's body


Since = Callable[[str, int], Outcome | None]  # what was recorded of a document after a version
Ranked = Callable[[ChangeSet], Sequence[str]]  # the changes' categories, the worst first


def commit_run(archive: Archive, run: Run, since: Since, ranked: Ranked) -> tuple[str, ...]:
    """Commit what a run recorded, and what earlier ones could not commit: all that git does not have, as what it is.

    Files that are not as policywatch wrote them are left out; their names in the archive are returned.
    Raises CommitError; the files are written all the same, and the next run tries again.
    """
    with Repository.open(archive.root) as repository:
        if repository is None:
            return ()
        left = _left(repository, archive)
        own = {outcome.document: outcome for outcome in run.outcomes if outcome.status in RECORDED}
        grown = {one for path in left.paths if path.name.endswith(HISTORY_SUFFIX) and (one := _owner(archive, path))}
        found = [
            _missing(archive, document, left.committed[document] or b"", own.get(document), since)
            for document in dict.fromkeys((*own, *left.committed))
            if document in grown
        ]
        firsts = [outcome for outcome in found if outcome and outcome.status == "new"]
        changed = [outcome for outcome in found if outcome and outcome.status != "new"]
        if firsts:
            _commit_firsts(repository, archive, firsts)
        for outcome in changed:
            _commit_change(repository, archive, outcome, ranked)
        done = {path for outcome in (*firsts, *changed) for path in _paths(archive, outcome.document)}
        if not done.issuperset(left.paths):
            repository.commit([path for path in left.paths if path not in done], _seen(run), when=run.finished)
        return left.altered


def _seen(run: Run) -> str:
    """ "status: 33 seen, 31 failed on 2026-11-24": the subject of a commit that holds no version."""
    failed = {outcome.document for outcome in run.outcomes if outcome.status in FAILURES}
    seen = {outcome.document for outcome in run.outcomes if outcome.status != "skipped"} - failed
    counts = f"{len(seen)} seen, {len(failed)} failed" if failed else f"{_count(len(seen), 'document')} seen"
    return f"status: {counts} on {run.finished.date()}"


@dataclass(frozen=True, slots=True)
class _Left:
    """What git lacks of the archive: ``paths`` to be committed, the names of those ``altered`` since they were written,
    and of each document among either what git has of its history."""

    paths: tuple[Path, ...]
    altered: tuple[str, ...]
    committed: Mapping[str, bytes | None]


def _left(repository: Repository, archive: Archive) -> _Left:
    paths = repository.leftovers()
    owners = {path: owner for path in paths if (owner := _owner(archive, path))}
    documents = tuple(dict.fromkeys(owners.values()))
    histories = repository.committed([archive.history_path(document) for document in documents])
    committed = dict(zip(documents, histories, strict=True))
    sound = {document for document, history in committed.items() if vouched(archive, document, history)}
    altered = {path for path, owner in owners.items() if owner not in sound}
    altered |= {path for path in paths if path.name.endswith(evidence.SUFFIX) and _damaged(path)}
    names = tuple(path.relative_to(archive.root).as_posix() for path in paths if path in altered)
    return _Left(tuple(path for path in paths if path not in altered), names, committed)


def _damaged(path: Path) -> bool:
    try:
        return evidence.damage(path) is not None
    except (PolicywatchError, OSError):
        return True


def _owner(archive: Archive, path: Path) -> str | None:
    """The document whose text or history a path is."""
    name = path.relative_to(archive.root).as_posix()
    document = next((name.removesuffix(end) for end in (HISTORY_SUFFIX, ".md") if name.endswith(end)), None)
    return document if document and document.count("/") == 1 else None


def _missing(archive: Archive, document: str, committed: bytes, own: Outcome | None, since: Since) -> Outcome | None:
    """What a ``committed`` history lacks, which may be what the run has found; None where no version is missing.

    A history that does not go on from the committed one was rebuilt: that is no change of the document's.
    """
    try:
        known = [read_version(document, line) for line in lines_of(committed)[-1:]]
        version = known[0].version if known else 0
        standing = archive.history(document)[max(version - 1, 0) :]
        if known and [one.text_sha256 for one in standing[:1]] != [known[0].text_sha256]:
            return None
        begun = own.changes.from_version if own and own.changes else 0
        return own if own and begun == version else since(document, version)
    except (PolicywatchError, ValueError):
        return None  # damaged there, or on the way back: the files are committed as they are


def commit_all(archive: Archive, subject: str, body: str, when: datetime) -> tuple[str, ...]:
    """Commit all that the archive's files hold beyond the last commit, as one; gives the names of those left out.

    Raises CommitError.
    """
    with Repository.open(archive.root) as repository:
        if repository is None:
            return ()
        left = _left(repository, archive)
        if left.paths:
            repository.commit(left.paths, subject, body, when=when)
        return left.altered


def _commit_firsts(repository: Repository, archive: Archive, firsts: Sequence[Outcome]) -> None:
    versions = [found for found in (archive.head(outcome.document) for outcome in firsts) if found]
    subject = f"{firsts[0].document}: first version" if len(firsts) == 1 else f"{len(firsts)} documents: first versions"
    repository.commit(
        [path for outcome in firsts for path in _paths(archive, outcome.document)],
        subject,
        "\n".join(outcome.document for outcome in firsts) if len(firsts) > 1 else "",
        list(_facts(versions[0])) if len(versions) == 1 else (),
        max((version.time for version in versions), default=None),
    )


def _commit_change(repository: Repository, archive: Archive, outcome: Outcome, ranked: Ranked) -> None:
    head = archive.head(outcome.document)
    if head is None or outcome.changes is None:
        return
    repository.commit(
        _paths(archive, outcome.document),
        f"{outcome.document}: {_headline(outcome, ranked)}",
        "\n".join(_summary(outcome.changes)),
        list(_facts(head)),
        head.time,
    )


def _headline(outcome: Outcome, ranked: Ranked) -> str:
    changes = outcome.changes
    assert changes is not None
    number = len(changes.changes)
    named = ranked(changes)
    more = ", …" if len(named) > _NAMED else ""
    categories = f" ({', '.join(named[:_NAMED])}{more})" if named else ""
    if outcome.status == "upgraded":
        whose = " unattributed" if changes.unattributed else ""
        return f"read anew, {_count(number, 'difference')}{whose}{categories}"
    return f"{_count(number, 'clause')} changed{categories}" if number else "text changed, no clause"


def _summary(changes: ChangeSet) -> Iterator[str]:
    for change in changes.changes:
        clause = (change.after or change.before)[0]
        words = clause.plain if len(clause.plain) <= _EXCERPT else clause.plain[: _EXCERPT - 1].rstrip() + "…"
        categories = f" [{', '.join(change.categories)}]" if change.categories else ""
        yield f"{change.severity} {change.kind}{categories}: {words}"
        for signal in change.signals:
            yield f"    {signal.kind}: {signal.before or '-'} -> {signal.after or '-'}"


def _facts(version: Version) -> Iterable[tuple[str, str]]:
    yield "Policywatch-Version", str(version.version)
    yield "Policywatch-Text", version.text_sha256
    for snapshot in version.snapshots:
        yield "Policywatch-Source", snapshot.url


def _paths(archive: Archive, document: str) -> list[Path]:
    return [archive.path(document), archive.history_path(document)]


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
