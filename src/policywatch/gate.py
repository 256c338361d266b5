"""What closes the gate: unreviewed changes that match it, documents not seen for too long, positions not allowed.

Reads the archive and the reviews; no network.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from policywatch.archive import Archive, StatusLine, commits, reviews
from policywatch.archive.records import read_version
from policywatch.archive.store import HISTORY_SUFFIX
from policywatch.errors import UsageError
from policywatch.findings import change_set
from policywatch.model import SEVERITIES, Change, Check, Clause, Finding, Position, Version
from policywatch.survey import Standing, Survey
from policywatch.taxonomy import Taxonomy
from policywatch.watchlist import Gate

_WAITED = {"blocked", "missing", "invalid", "failed"}


@dataclass(frozen=True, slots=True)
class Question:
    """What is checked, and from where it is asked."""

    gate: Gate
    documents: tuple[str, ...]  # to look at
    now: datetime
    shown: str = "archive"  # the archive's folder as findings name it
    base: Mapping[str, int] | None = None  # document -> version at a base revision; None: no base was asked for
    titles: Mapping[str, str] = field(default_factory=dict)  # category -> title

    @property
    def today(self) -> date:
        return self.now.date()


def check(archive: Archive, classes: Taxonomy, asked: Question) -> Check:
    """Look at every document; findings come by document, the grave ones first.

    Raises UsageError for a gate that names a category or a question that does not exist.
    """
    _known_names(classes, asked.gate)
    found: list[Finding] = []
    statuses = archive.statuses()
    for document in asked.documents:
        age = _age(statuses.get(document), archive.head(document), document, asked)
        here = [*_changes(archive, classes, document, asked), *age]
        found += sorted(here, key=lambda one: (SEVERITIES.index(one.severity), one.line))
    found += _positions(archive, classes, asked)
    return Check(tuple(found), len(asked.documents))


def versions_at(archive: Archive, revision: str) -> Mapping[str, int]:
    """Document -> its version in a git revision of the archive.

    Raises CommitError for a revision that this clone does not have.
    """
    found = {}
    for name, data in commits.read_at(archive.root, revision, HISTORY_SUFFIX).items():
        document = name.removesuffix(HISTORY_SUFFIX)
        lines = data.splitlines()
        found[document] = read_version(document, lines[-1]).version if lines else 0
    return found


# -- changes -----------------------------------------------------------------------------------------------------------


def _changes(archive: Archive, classes: Taxonomy, document: str, asked: Question) -> Iterator[Finding]:
    history = archive.history(document)
    if not history:
        return
    start = max(_reviewed(archive, document, asked), _brought_before(document, asked), 1)
    waiting = history[start:]
    if not waiting or not _may_match(waiting, asked.gate):
        return
    head = history[-1]
    changes = change_set(
        document,
        archive.text(document, start),
        archive.text(document, head.version),
        classes,
        from_version=start,
        to_version=head.version,
        from_time=history[start - 1].time,
        to_time=head.time,
        unattributed=all(version.kind == "upgrade" for version in waiting),
    )
    for change in changes.changes:
        if _matches(change, asked.gate):
            yield _change_finding(change, head, changes.unattributed, asked)


def _reviewed(archive: Archive, document: str, asked: Question) -> int:
    return reviews.reviewed_up_to(archive.root, document, asked.today)


def _brought_before(document: str, asked: Question) -> int:
    """With a base revision, what the base has already is not this change's doing."""
    return asked.base.get(document, 0) if asked.base is not None else 0


def _may_match(waiting: Sequence[Version], gate: Gate) -> bool:
    """Whether the history lines leave it possible; most documents are done without reading a text.

    Several versions together may read otherwise than each alone, so only one version's line is proof.
    """
    if len(waiting) > 1 or waiting[0].severity is None:
        return True
    severe = SEVERITIES.index(waiting[0].severity) <= SEVERITIES.index(gate.severity)
    return severe and (not gate.categories or bool(set(gate.categories) & set(waiting[0].categories)))


def _matches(change: Change, gate: Gate) -> bool:
    severe = SEVERITIES.index(change.severity) <= SEVERITIES.index(gate.severity)
    return severe and (not gate.categories or bool(set(gate.categories) & set(change.categories)))


def _change_finding(change: Change, head: Version, unattributed: bool, asked: Question) -> Finding:
    clause = (change.after or change.before)[0]
    subject = ", ".join(asked.titles.get(one, one) for one in change.categories) or "no category"
    signals = "; ".join(f"{one.before or 'nothing'} → {one.after or 'nothing'}" for one in change.signals[:3])
    return Finding(
        document=head.document,
        version=head.version,
        kind="unattributed" if unattributed else "change",
        categories=change.categories,
        severity=change.severity,
        reason=f"{change.kind} clause not reviewed: {subject}" + (f" ({signals})" if signals else ""),
        text=clause.plain,
        path=f"{asked.shown}/{head.document}.md",
        line=_line(change, clause),
        sign_off=_sign_off(head.document, head.version),
    )


def _line(change: Change, clause: Clause) -> int:
    """A removed clause stands in no line of the file any more; the file's first will have to do."""
    return clause.line if change.after else 1


def _sign_off(document: str, version: int) -> str:
    return f"policywatch review {shlex.quote(document)} --version {version} --decision accepted"


# -- age ---------------------------------------------------------------------------------------------------------------


def _age(line: StatusLine | None, head: Version | None, document: str, asked: Question) -> Iterator[Finding]:
    limit = asked.gate.max_age
    if limit is None or asked.base is not None or (head is None and (line is None or line.status == "skipped")):
        return
    seen = line.last_seen if line and line.last_seen else head.time.date() if head else None
    if seen is not None and asked.today - seen <= limit:
        return
    why = f" ({line.reason})" if line and line.status in _WAITED and line.reason else ""
    since = f"since {seen}" if seen else "ever"
    yield Finding(
        document=document,
        version=head.version if head else None,
        kind="age",
        categories=(),
        severity="high",
        reason=f"not seen successfully {since}, longer than {_days(limit)}{why}",
        path=f"{asked.shown}/{document}.md",
        line=1,
        sign_off=f"policywatch fetch {shlex.quote(document)}",
    )


def _days(limit: timedelta) -> str:
    days = limit / timedelta(days=1)
    return f"{days:g} {'day' if days == 1 else 'days'}"


# -- positions ---------------------------------------------------------------------------------------------------------


def _positions(archive: Archive, classes: Taxonomy, asked: Question) -> Iterator[Finding]:
    allowed = asked.gate.positions
    if not allowed:
        return
    with Survey(archive, classes) as survey:
        for documents in survey.platforms(asked.documents).values():
            for position in survey.positions(documents):
                if position.question in allowed and position.position not in (
                    *allowed[position.question],
                    "not-stated",
                ):
                    named = position.quotes[0].document if position.quotes else None
                    standing = next((one for one in documents if one.id == named), documents[0])
                    if _position_open(archive, standing, asked):
                        yield _position_finding(position, standing, asked)


def _position_open(archive: Archive, standing: Standing, asked: Question) -> bool:
    covered = max(_reviewed(archive, standing.id, asked), _brought_before(standing.id, asked))
    return covered < standing.head.version


def _position_finding(position: Position, standing: Standing, asked: Question) -> Finding:
    question, quote = position.question, position.quotes[0] if position.quotes else None
    return Finding(
        document=standing.id,
        version=standing.head.version,
        kind="position",
        categories=(question,),
        severity="high",
        reason=f"{standing.platform} on {asked.titles.get(question, question)}: {position.position}, "
        f"not {' or '.join(asked.gate.positions[question])}",
        text=quote.text if quote else "",
        path=f"{asked.shown}/{standing.id}.md",
        line=quote.line if quote else 1,
        sign_off=_sign_off(standing.id, standing.head.version),
    )


def _known_names(classes: Taxonomy, gate: Gate) -> None:
    unknown = sorted({*gate.categories, *gate.positions} - set(classes.categories))
    if unknown:
        raise UsageError(f"the gate names {', '.join(unknown)}, which is no category", "see `policywatch categories`")


def shown_root(archive: Archive, here: Path) -> str:
    """The archive's folder as a finding names it: relative to where the command runs, where it can be."""
    root, base = archive.root.resolve(), here.resolve()
    return root.relative_to(base).as_posix() if root.is_relative_to(base) else root.as_posix()
