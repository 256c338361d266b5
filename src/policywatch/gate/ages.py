"""Documents that nobody has seen for too long: silence is not the same as no change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from policywatch.archive import Archive, StatusLine
from policywatch.gate.asking import Question
from policywatch.model import FAILURES, Finding

_DAY = timedelta(days=1)


def ages(archive: Archive, line: StatusLine | None, document: str, asked: Question) -> Iterator[Finding]:
    """One finding, or none. Time passes without anybody's pull request, so with a base nothing is too old.

    A document that no run has tried yet is not late; one that has failed ever since it was added is.
    """
    limit = asked.gate.max_age
    if limit is None or asked.base is not None or not (asked.watched is None or document in asked.watched):
        return
    head = archive.head(document)
    seen = line.last_seen if line and line.last_seen else head.time.date() if head else None
    if (line is None and head is None) or (seen is not None and asked.now - _end_of(seen) <= limit):
        return
    why = f": {line.reason}" if line and line.reason and line.status in (*FAILURES, "skipped") else ""
    since = f"since {seen}, longer than {_told(limit)}" if seen else "ever"
    yield Finding(
        document=document,
        version=head.version if head else None,
        kind="age",
        categories=(),
        severity="high",
        reason=f"not seen successfully {since}{why}",
        path=asked.path(document) if head else "",
        line=1 if head else 0,
        sign_off=asked.command("fetch", document),
    )


def _end_of(day: date) -> datetime:
    """Status lines know days only: the document may have been seen in the last second of it."""
    return datetime.combine(day + _DAY, time.min, UTC)


def _told(limit: timedelta) -> str:
    number, unit = (limit / _DAY, "day") if limit >= _DAY else (limit / timedelta(hours=1), "hour")
    return f"{number:g} {unit}{'' if number == 1 else 's'}"
