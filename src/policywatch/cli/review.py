"""``policywatch review``: sign off a version, or walk through what is open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from policywatch.cli.options import ArchiveDir, Config, Target

if TYPE_CHECKING:
    from pathlib import Path

    from policywatch.archive import Archive
    from policywatch.archive.reviews import Decision
    from policywatch.cli.locate import Located
    from policywatch.model import ChangeSet, Version

ANSWERS = "[a]ccept, [e]scalate, [i]gnore, [s]kip, [q]uit; a note may follow"


def review(
    target: Target = None,
    decision: Annotated[
        str | None,
        typer.Option("--decision", help="accepted, escalated or ignored. Without it, walk through what is open."),
    ] = None,
    version: Annotated[
        int | None, typer.Option("--version", min=1, help="The version to sign off. Default: the newest.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help="Why.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who. Default: git's user.name and user.email.")] = None,
    expires: Annotated[
        str | None, typer.Option("--expires", help="The last day it counts: a date, or an age from today: 90d.")
    ] = None,
    commit: Annotated[bool, typer.Option("--commit/--no-commit", help="Commit the sign-off to git.")] = False,
    config: Config = None,
    archive: ArchiveDir = None,
) -> None:
    """Sign off a version and all before it; a later version asks again.

    Each sign-off is a file of its own under the archive's reviews/, so that branches merge without conflict.
    """
    import os

    from policywatch.archive.reviews import DECISIONS
    from policywatch.archive.targets import match
    from policywatch.cli.asking import chosen
    from policywatch.cli.locate import locate
    from policywatch.errors import UsageError

    if decision is not None:
        chosen(decision, DECISIONS, "decision")
    found = locate(config, archive)
    signer = _Signer(found.archive, by or _git_user(found.archive), _last_day(expires))
    documents = match(target, found.archive.documents())
    if decision is None:
        if version is not None or note is not None:
            raise UsageError("--version and --note go with a decision", "say which: --decision accepted")
        _walk(found, documents, signer)
    else:
        if target is None:
            raise UsageError("a decision needs a document", "name it: policywatch review TARGET --decision accepted")
        if version is not None and len(documents) > 1:
            raise UsageError(f"--version goes with one document, {target} means {len(documents)}")
        for document in documents:
            asked = found.archive.resolve(document, str(version) if version else "latest")
            path = signer.sign(asked, next(one for one in DECISIONS if one == decision), note)
            typer.echo(f"{document}: version {asked.version} {decision} by {signer.by} ({os.path.relpath(path)})")
    if commit:
        signer.commit()


class _Signer:
    """Writes one person's sign-offs."""

    def __init__(self, archive: Archive, by: str, expires: date | None) -> None:
        self.by = by
        self._archive = archive
        self._expires = expires
        self._signed: dict[Path, str] = {}

    def sign(self, version: Version, decision: Decision, note: str | None) -> Path:
        from policywatch.archive import reviews
        from policywatch.model import Review

        path = reviews.write(
            self._archive.root,
            Review(
                document=version.document,
                version=version.version,
                text_sha256=version.text_sha256,
                decision=decision,
                by=self.by,
                time=datetime.now(UTC),
                note=note,
                expires=self._expires,
            ),
        )
        self._signed[path] = f"{version.document}: version {version.version} {decision}"
        return path

    def commit(self) -> None:
        from policywatch.archive.commits import Repository

        if not self._signed:
            return
        lines = list(self._signed.values())
        subject = lines[0] if len(lines) == 1 else f"{len(lines)} documents reviewed"
        with Repository.open(self._archive.root) as repository:
            if repository is None:
                typer.echo("the archive is not in a git work tree: nothing committed", err=True)
            else:
                repository.commit(self._signed, subject, "\n".join(lines) if len(lines) > 1 else "")

    def __len__(self) -> int:
        return len(self._signed)


def _git_user(archive: Archive) -> str:
    from policywatch.archive.commits import user_name
    from policywatch.errors import UsageError

    found = user_name(archive.root)
    if not found:
        raise UsageError("who signs off?", "say so with --by, or tell git: git config user.name NAME")
    return found


def _last_day(text: str | None) -> date | None:
    """A date, or an age counted from today.

    Raises UsageError for a day that is over.
    """
    from policywatch.archive import parse_when
    from policywatch.errors import UsageError

    if text is None:
        return None
    now = datetime.now(UTC)
    found = parse_when(text, now=now)
    is_age = text.strip()[-1:].lower() in "hdwmy"
    day = (now + (now - found) if is_age else found).date()
    if day < now.date():
        raise UsageError(f"--expires {text}: that day is over", "name the last day on which the sign-off counts")
    return day


# -- walking through what is open --------------------------------------------------------------------------------------


def _walk(found: Located, documents: Iterable[str], signer: _Signer) -> None:
    """Show what came since each document's last sign-off, and ask."""
    today = datetime.now(UTC).date()
    waiting = [(document, base) for document in documents if (base := _open_since(found.archive, document, today))]
    if not waiting:
        typer.echo("nothing is open", err=True)
        return
    show = _Redline(found)
    for place, (document, base) in enumerate(waiting, start=1):
        newest = found.archive.history(document)[-1]
        typer.echo(f"[{place} of {len(waiting)}]")
        show(document, base, newest)
        answer = _ask(document, newest)
        if answer is None:
            break
        decision, note = answer
        if decision is not None:
            signer.sign(newest, decision, note or None)
    left = len(waiting) - len(signer)
    typer.echo(f"{len(signer)} signed off, {left} left open", err=True)


def _open_since(archive: Archive, document: str, today: date) -> int | None:
    """The version up to which a document is signed off (its first counts as known); None when nothing is open."""
    head = archive.head(document)
    base = max(archive.reviewed_up_to(document, today), 1)
    return base if head is not None and head.version > base else None


def _ask(document: str, newest: Version) -> tuple[Decision | None, str] | None:
    """The decision (None to skip) and a note; None to stop.

    Raises UsageError when there is nobody to ask.
    """
    import sys

    from policywatch.errors import UsageError

    decisions: dict[str, Decision | None] = {"a": "accepted", "e": "escalated", "i": "ignored", "s": None}
    while True:
        typer.echo(f"{document}, version {newest.version}: {ANSWERS}: ", err=True, nl=False)
        answer = sys.stdin.readline()
        if not answer:
            typer.echo("", err=True)
            if not sys.stdin.isatty():
                raise UsageError("nobody is there to answer", "say what: --decision accepted")
            return None
        word, _, note = answer.strip().partition(" ")
        if "quit".startswith(word.lower()) and word:
            return None
        letter = next((key for key, full in _WORDS.items() if word and full.startswith(word.lower())), None)
        if letter is not None:
            return decisions[letter], note.strip()


_WORDS = {"a": "accepted", "e": "escalated", "i": "ignored", "s": "skip"}


class _Redline:
    """Shows what stands between two versions, as `diff` does."""

    def __init__(self, found: Located) -> None:
        from policywatch.findings import categories_of

        self._archive = found.archive
        self._classes = categories_of(found.watchlist())

    def __call__(self, document: str, base: int, newest: Version) -> None:
        from rich.console import Console

        from policywatch.reports import Options, terminal

        titles = {key: category.title for key, category in self._classes.categories.items()}
        changes = self._changes(document, base, newest)
        console = Console(soft_wrap=False)
        if changes.changes or changes.signals:
            terminal.show([changes], Options(titles=titles), console)
        else:
            console.print(f"{document}: no clause changed from version {base} to {newest.version}", markup=False)

    def _changes(self, document: str, base: int, newest: Version) -> ChangeSet:
        from policywatch.archive import reviews
        from policywatch.findings import change_set

        history: Sequence[Version] = self._archive.history(document)
        return change_set(
            document,
            self._archive.text(document, base),
            self._archive.text(document, newest.version),
            self._classes,
            from_version=base,
            to_version=newest.version,
            from_time=history[base - 1].time,
            to_time=newest.time,
            unattributed=reviews.unattributed(history, base, newest.version),
        )
