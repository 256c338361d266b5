"""What a change set looks like to a person, before any format: ordered, capped, cleaned, in words.

The formats for people (terminal, plain, markdown, html) lay these values out and decide nothing else.
All text here is clean (see ``text.clean``) but not escaped for any format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from policywatch.model import CHANGE_KINDS, SEVERITIES, Change, ChangeSet, Clause, Severity
from policywatch.reports import wording
from policywatch.reports.options import Options
from policywatch.reports.runs import pair_runs, parted
from policywatch.reports.text import CONTEXT, Run, clean, elide, shorten

QUOTED = 240  # letters shown of a clause whose words did not change
_RUN = 3  # renumbered clauses in a row from which on they are told together
_AGAIN = 3  # changes that a second document shares with one above, from which on they are not told again
_GLIMPSE = 60  # letters shown of each of them
UNCATEGORISED = "Not categorised"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a redline. ``marker`` is what a list puts before it: "-", "1."."""

    runs: tuple[Run, ...]
    marker: str = ""
    heading: bool = False

    def side(self, op: str) -> tuple[Run, ...]:
        """The old ("-") or the new ("+") reading: the unchanged words and that side's."""
        return tuple(run for run in self.runs if run[0] in ("=", op))


@dataclass(frozen=True, slots=True)
class Entry:
    """One change, or a run of clauses that only count on: ``changes`` says how many."""

    changes: int
    severity: Severity
    kind: str
    categories: tuple[str, ...]  # titles
    place: str
    lines: str
    signals: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    document: str
    title: str  # with the platform's name before it; "" where only the id is known
    versions: str  # "version 3 → 4"
    days: str  # when they were seen
    counts: str  # "1 added, 2 reworded"
    severities: str  # "2 high, 1 low"
    severity: Severity | None
    signals: tuple[str, ...]
    categories: tuple[str, ...]  # titles
    entries: tuple[Entry, ...]
    hidden: int  # changes that the cap left out
    same_as: str = ""  # a document above with the very same changes: they are not told again

    @property
    def more(self) -> str:
        """The notice for what is not told here."""
        if self.same_as:
            return f"The same changes as {self.same_as}, above."
        return (
            f"… {wording.count(self.hidden, 'more change')}; see policywatch diff {self.document} --all"
            if self.hidden
            else ""
        )


@dataclass(frozen=True, slots=True)
class CategoryRow:
    title: str
    counts: Mapping[str, int]  # change kind -> number
    severity: Severity
    documents: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def documents(change_sets: Iterable[ChangeSet], options: Options) -> tuple[DocumentView, ...]:
    """The documents that have something to show, the important first; equals keep the order they came in."""
    found = [one for one in change_sets if one.changes or one.signals]
    told: dict[Hashable, str] = {}
    views = []
    for one in sorted(found, key=lambda one: _rank(one.severity)):
        first = told.setdefault(_words(one), one.document)
        again = first != one.document and len(one.changes) >= _AGAIN and not options.full
        views.append((one, document(one, options, same_as=first if again else "")))
    titles = Counter(view.title for _, view in views)
    return tuple(replace(view, title=wording.name(one, titles[view.title] > 1)) for one, view in views)


def _words(change_set: ChangeSet) -> Hashable:
    """What a platform's document says now and did before: one page may be watched under many names."""
    platform = change_set.document.partition("/")[0]
    sides = (
        (one.kind, *(tuple(each.text for each in side) for side in (one.before, one.after)))
        for one in change_set.changes
    )
    return platform, tuple(sides)


def document(change_set: ChangeSet, options: Options, same_as: str = "") -> DocumentView:
    """``same_as`` names a document above that has the very same changes."""
    ordered = sorted(change_set.changes, key=lambda change: _rank(change.severity))
    groups = _runs(ordered)
    shown = groups if options.full else groups[: options.cap]
    title = clean(change_set.title).strip()
    return DocumentView(
        document=clean(change_set.document),
        title=wording.name(change_set),
        versions=wording.versions(change_set),
        days=wording.days(change_set),
        counts=wording.kinds(change_set.kinds),
        severities=wording.severities(change_set),
        severity=change_set.severity,
        signals=wording.version_signals(change_set),
        categories=tuple(clean(options.title(category)) for category in change_set.categories),
        entries=() if same_as else tuple(entry(changes, options, title) for changes in shown),
        hidden=len(ordered) - sum(map(len, shown)),
        same_as=clean(same_as),
    )


def _runs(changes: Iterable[Change]) -> list[tuple[Change, ...]]:
    """Each change by itself, but for those in a row that only count on: a new section 3 renumbers all behind it."""
    runs: list[tuple[Change, ...]] = []
    for alike, members in groupby(changes, key=lambda change: _counts_on(change) and change.severity):
        run = tuple(members)
        runs += [run] if alike and len(run) >= _RUN else [(change,) for change in run]
    return runs


def _counts_on(change: Change) -> bool:
    """Whether only the number that a clause begins with is another, and none of those that it refers to."""
    if change.kind != "renumbered" or change.moved or change.signals or len(change.after) != 1:
        return False
    if change.after[0].kind == "heading":
        return True
    said = False
    for op, text in change.words:
        if op != "=" and said:
            return False
        said = said or (op == "=" and any(map(str.isalpha, text)))
    return said


def entry(changes: Sequence[Change], options: Options, title: str = "") -> Entry:
    """One change, or a run of them; its place leaves out the document's ``title``, which stands above all of them."""
    first, alone = changes[0], len(changes) == 1
    places = {wording.place(change, title) for change in changes}
    categories = {change.categories for change in changes}
    context = CONTEXT if alone else _GLIMPSE
    return Entry(
        changes=len(changes),
        severity=first.severity,
        kind=wording.kind(first) if alone else wording.renumbered(changes),
        categories=tuple(map(clean, map(options.title, first.categories))) if len(categories) == 1 else (),
        place=places.pop() if len(places) == 1 else "",
        lines=wording.lines(*changes),
        signals=wording.shifts(first),
        blocks=tuple(block for change in changes for block in _blocks(change, options.full, context)),
    )


def _blocks(change: Change, full: bool, context: int) -> list[Block]:
    """The redline of one change, as paragraphs."""
    if change.words and max(len(change.before), len(change.after)) == 1:
        runs = pair_runs(change)
        if all(op == "=" for op, _ in runs):
            return [_quote(change.after[0], full)]
        return [_block(runs if full else elide(runs, context), (change.after or change.before)[0])]
    if change.words:  # a split or merged, whose words were compared as one text
        parts = parted(pair_runs(change), [clean(clause.plain) for clause in change.after])
        clauses = change.after if len(parts) == len(change.after) else change.after[:1]
        return [
            _block(runs if full else elide(runs, context), clause) for runs, clause in zip(parts, clauses, strict=True)
        ]
    if change.before and change.after and _same_words(change):
        return [_quote(clause, full) for clause in change.after]
    return [_whole("-", clause) for clause in change.before] + [_whole("+", clause) for clause in change.after]


def _same_words(change: Change) -> bool:
    before, after = (" ".join(clause.plain for clause in side).split() for side in (change.before, change.after))
    return before == after


def _whole(op: str, clause: Clause) -> Block:
    return _block((("-" if op == "-" else "+", clean(clause.plain).strip()),), clause)


def _quote(clause: Clause, full: bool) -> Block:
    text = clean(clause.plain).strip()
    return _block((("=", text if full else shorten(text, QUOTED)),), clause)


def _block(runs: Sequence[Run], clause: Clause) -> Block:
    marker = clean(clause.marker) if clause.kind == "item" else ""
    return Block(tuple(runs), marker, heading=clause.kind == "heading")


def narrow(change_set: ChangeSet, categories: Sequence[str]) -> ChangeSet:
    """Only the changes that touch one of the categories."""
    wanted = set(categories)
    return replace(
        change_set, changes=tuple(change for change in change_set.changes if wanted & set(change.categories))
    )


def category_table(change_sets: Sequence[ChangeSet], options: Options) -> tuple[CategoryRow, ...]:
    """One row a category: the worst first, then the most frequent; changes without one stand in a row at the end."""
    counts: dict[str, Counter[str]] = {}
    worst: dict[str, set[Severity]] = {}
    places: dict[str, set[str]] = {}
    for change_set in change_sets:
        for change in change_set.changes:
            for category in change.categories or ("",):
                counts.setdefault(category, Counter())[change.kind] += 1
                worst.setdefault(category, set()).add(change.severity)
                places.setdefault(category, set()).add(change_set.document)
    rows = {
        category: CategoryRow(
            title=clean(options.title(category)) if category else UNCATEGORISED,
            counts={kind: number[kind] for kind in CHANGE_KINDS if number[kind]},
            severity=wording.worst(worst[category]) or "low",
            documents=len(places[category]),
        )
        for category, number in counts.items()
    }
    order = sorted(
        rows, key=lambda category: (not category, _rank(rows[category].severity), -rows[category].total, category)
    )
    return tuple(rows[category] for category in order)


def table_kinds(rows: Sequence[CategoryRow]) -> tuple[str, ...]:
    """The change kinds that any row has: the table's columns."""
    return tuple(kind for kind in CHANGE_KINDS if any(kind in row.counts for row in rows))


def _rank(severity: Severity | None) -> int:
    return SEVERITIES.index(severity) if severity else len(SEVERITIES)
