"""How a run ended: counts, then what did not work, why, since when, and what to do. One line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from policywatch.model import FAILURES, RECORDED, ChangeSet, Outcome, Run, Status
from policywatch.reports import wording
from policywatch.reports.text import clean

LISTED = 12  # rows of one group before the rest is only counted

_ORDER: tuple[Status, ...] = (
    "new",
    "changed",
    "upgraded",
    "unchanged",
    "pending",
    "flapping",
    "skipped",
    *sorted(FAILURES),
)
_SPOKEN: tuple[Status, ...] = ("failed", "blocked", "missing", "invalid", "pending", "flapping", "skipped")
_TODO: dict[Status, str] = {
    "blocked": "The site turns programs away; the last good text is kept. `render: browser` in the watchlist may help.",
    "missing": "The page is gone. Find its new address and change `url` in the watchlist.",
    "invalid": "The page shows no policy. If it needs scripts, set `render: browser` for it in the watchlist.",
    "failed": "The server could not be reached. The next run tries again; if it lasts, check `url` in the watchlist.",
    "pending": "Nothing to do: it counts once it has stood long enough.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that ended the same way, and what to do about them."""

    status: str
    rows: tuple[Row, ...]
    todo: str = ""
    failure: bool = False
    total: int = 0  # documents, with those that are only counted

    @property
    def more(self) -> str:
        left = self.total - len(self.rows)
        return f"… and {left} more; see policywatch status" if left > 0 else ""


def change_sets(run: Run) -> tuple[ChangeSet, ...]:
    """What the run's report shows: the platforms' changes, and differences that nobody can attribute."""
    return tuple(
        outcome.changes
        for outcome in run.outcomes
        if outcome.changes is not None and (outcome.status == "changed" or outcome.changes.unattributed)
    )


def headline(run: Run) -> str:
    """ "238 documents in 42 s: 3 changed, 231 unchanged, 4 blocked"."""
    totals = run.totals
    size = f"{wording.count(len(run.outcomes), 'document')} in {_duration(run.finished - run.started)}"
    if set(totals) <= {"unchanged"}:
        return f"Nothing changed: {size}."
    counts = ", ".join(f"{totals[status]} {status}" for status in _ORDER if status in totals)
    return f"{size}: {counts}."


def groups(run: Run, quiet: bool = False) -> tuple[Group, ...]:
    """Everything that a person should know beside the changes; with ``quiet`` only what is news."""
    told = [one for one in run.outcomes if one.news or not quiet]
    listed = None if run.dry else LISTED  # what a dry run does not list, nothing else can tell
    found = [_recovered(told, listed), _notes(told, listed)]
    ordered = sorted((one for one in told if one.status in _SPOKEN), key=_grouping)
    for (rank, todo), members in groupby(ordered, key=_grouping):
        status = _SPOKEN[rank]
        if not (quiet and status in ("skipped", "pending")):
            found.append(_group(status, list(members), todo, listed))
    return tuple(group for group in found if group.total)


def _grouping(outcome: Outcome) -> tuple[int, str]:
    return _SPOKEN.index(outcome.status), clean(outcome.hint or _TODO.get(outcome.status, ""))


def _group(status: Status, members: Sequence[Outcome], todo: str, listed: int | None) -> Group:
    if status == "skipped":
        return _skipped(members, todo)
    rows = tuple(Row(clean(one.document), _why(one)) for one in members[:listed])
    return Group(status, rows, todo, status in FAILURES, len(members))


def _skipped(members: Sequence[Outcome], todo: str) -> Group:
    """One line for all that were left out for one reason."""
    reasons = ", ".join(dict.fromkeys(clean(one.reason) for one in members if one.reason))
    names = ", ".join(clean(one.document) for one in members[:3]) + (", …" if len(members) > 3 else "")
    text = f"{reasons or 'left out'}" + (f": {names}" if len(members) > 1 else "")
    name = clean(members[0].document) if len(members) == 1 else wording.count(len(members), "document")
    return Group("skipped", (Row(name, text),), todo, total=1)


def _why(outcome: Outcome) -> str:
    told = outcome.status == "flapping"  # its reason says since when it alternates; its status comes and goes
    since = f", since {wording.day(outcome.since)}" if outcome.since and not told else ""
    return clean(outcome.reason or outcome.status) + since


def _recovered(outcomes: Sequence[Outcome], listed: int | None) -> Group:
    rows = tuple(
        Row(clean(one.document), f"works again; it had failed since {wording.day(one.recovered)}")
        for one in outcomes
        if one.recovered and one.status not in FAILURES
    )
    return Group("recovered", rows[:listed], total=len(rows))


def _notes(outcomes: Sequence[Outcome], listed: int | None) -> Group:
    rows = tuple(
        Row(clean(one.document), "; ".join(clean(note) for note in one.notes))
        for one in outcomes
        if one.notes and one.status in RECORDED
    )
    return Group("note", rows[:listed], total=len(rows))


def summary(run: Run, quiet: bool = False) -> str:
    """The end summary as plain text; "" where a quiet run has nothing to say."""
    found = groups(run, quiet)
    if quiet and not found and not change_sets(run):
        return ""
    return "".join(f"{line}\n" for line in _lines(headline(run), found))


def _lines(first: str, found: Sequence[Group]) -> Iterator[str]:
    yield first
    for group in found:
        label = max(9, len(group.status))
        for row in group.rows:
            yield f"  {group.status:<{label}}  {row.document}: {row.text}"
        if group.more:
            yield f"  {'':<{label}}  {group.more}"
        if group.todo:
            yield f"  {'':<{label}}  -> {group.todo}"


def _duration(elapsed: timedelta) -> str:
    seconds = elapsed.total_seconds()
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{int(seconds // 60)} min {int(seconds % 60)} s"
