"""What a version says as a whole: only its date moved, or its words and not its date; how long the notice is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from policywatch.extraction import dates
from policywatch.extraction.canonical import canonical
from policywatch.model import Change, Clause, Signal
from policywatch.patterns import late

_MONTH = "(?:" + "|".join(sorted(map(re.escape, dates.MONTHS), key=len, reverse=True)) + r")\b\.?"
_ANY_DATE = late(
    rf"\d{{4}}-\d\d-\d\d|\b\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d\d)?\d\d\b|\b{_MONTH}\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?\d{{4}}\b"
    rf"|\b\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}}\b)?|\b{_MONTH}\s+\d{{1,2}}\b",
    re.IGNORECASE,
)
_DATE_LINE = late(r"\b(?:updated?|effective|revis(?:ed|ion)|modified|version|posted|in force|as of)\b", re.IGNORECASE)
_LONGEST_DATE_LINE = 200  # letters; it has six words at most


def version_signals(
    before: Sequence[Clause],
    after: Sequence[Clause],
    changes: Sequence[Change],
    *,
    effective_before: date | None,
    effective_after: date | None,
    fetched: date | None,
) -> tuple[tuple[Signal, ...], int | None]:
    """Signals of the version as a whole, and the days from the fetch to a new effective date (None without one).

    ``date-only``: nothing but dates changed. ``silent-edit``: words changed, the stated date did not.
    ``effective-date``: the stated date changed.
    """
    signals = []
    was, now = _stated(effective_before, before), _stated(effective_after, after)
    moved = effective_before != effective_after
    dated = [change for change in changes if _only_dates(change)]
    if changes and len(dated) == len(changes):
        signals.append(Signal("date-only", *_words(dated[0], was, now)))
    elif effective_after and not moved and not dated and any(map(_says_something_else, changes)):
        signals.append(Signal("silent-edit", was, now))
    if moved:
        signals.append(Signal("effective-date", was, now))
    notice = (effective_after - fetched).days if moved and effective_after and fetched else None
    return tuple(signals), notice


def _stated(day: date | None, clauses: Iterable[Clause]) -> str:
    """The date as the text writes it."""
    if day is None:
        return ""
    for clause in clauses:
        for found in dates.find(clause.plain):
            if found.day == day:
                return clause.plain[found.start : found.end]
    return day.isoformat()


def _masked(said: str) -> str:
    return _ANY_DATE.sub("#", said)


def _said(clauses: Iterable[Clause]) -> str:
    return " ".join(map(canonical, clauses))


def _only_dates(change: Change) -> bool:
    """A clause reworded in its date only, or a line that was put in or taken out and says a date only."""
    if change.before and change.after:
        if change.kind != "reworded":
            return False
        before, after = _said(change.before), _said(change.after)
        return _has_digit(before) and _has_digit(after) and _masked(before) == _masked(after)
    said = _said((*change.before, *change.after))
    if len(said) > _LONGEST_DATE_LINE or not _has_digit(said):
        return False
    masked = _masked(said)
    return "#" in masked and _DATE_LINE.search(masked) is not None and masked.count(" ") < 6


def _has_digit(said: str) -> bool:
    """Whether there may be a date at all: a quick look, where most clauses have none."""
    return any(map(said.__contains__, "0123456789"))


def _says_something_else(change: Change) -> bool:
    return change.kind not in ("moved", "renumbered") and any(op != "=" for op, _ in change.words)


def _words(change: Change, was: str, now: str) -> tuple[str, str]:
    def first(clauses: Sequence[Clause], default: str) -> str:
        found = _ANY_DATE.search(" ".join(clause.plain for clause in clauses))
        return found[0] if found else default

    return first(change.before, was if not change.after else ""), first(change.after, now if not change.before else "")
