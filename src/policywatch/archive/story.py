"""One provision's whole story: the versions that brought, moved, reworded or removed a clause.

The clause is looked for in the newest version that has it, and followed from there both ways: back to the version that
brought it, and on to the one that took it away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from policywatch.archive.descent import Compare, Step, words
from policywatch.archive.store import Archive
from policywatch.archive.undo import rewind
from policywatch.errors import UsageError
from policywatch.extraction.canonical import canonical
from policywatch.extraction.markdown import clauses_of
from policywatch.model import Change, ChangeKind, Clause, Undo, Version

_ALIKE = 0.55  # share of words in common for a clause to be meant that does not hold the text asked for


class NoSuchClause(UsageError):
    """No version of the document has a clause with that text."""


@dataclass(frozen=True, slots=True)
class Event:
    """What one version did to the clause."""

    version: Version
    kind: ChangeKind | Literal["first"]
    change: Change  # the clause before and after, with the words marked


@dataclass(frozen=True, slots=True)
class Story:
    """A clause and what became of it, oldest event first."""

    document: str
    clause: Clause  # as last seen
    version: Version  # the newest one that has it
    stands: bool  # whether that is the document's newest
    events: tuple[Event, ...]


def story(archive: Archive, document: str, text: str, compare: Compare) -> Story:
    """Tell the story of the clause that holds ``text``; case and typography do not matter.

    Raises NoSuchClause when no version has it, UsageError when several clauses of one hold the text.
    """
    later: list[
        tuple[Version, tuple[Undo, ...]]
    ] = []  # the steps from the version looked at to the newest, nearest last
    history = archive.texts(document)
    for version, file in history:
        found = _find(file, text)
        if found is not None:
            back = list(_backwards(file, found, version, history, compare))
            forth = _Forwards(file, found, version, compare)
            for newer, redo in reversed(later):
                if not forth.follow(newer, redo):
                    break
            return Story(document, forth.clause, forth.version, forth.stands, (*reversed(back), *forth.events))
        later.append((version, _forward(file, version.undo)))
    raise NoSuchClause(
        f"no version of {document} has a clause like that", _nearest(archive.current(document) or "", text)
    )


# -- finding the clause ------------------------------------------------------------------------------------------------


def _find(file: str, text: str) -> Clause | None:
    """The clause that holds the text; of several, the one that is nothing else.

    Raises UsageError when several hold it.
    """
    wanted = canonical(text).casefold()
    holding = [clause for clause in clauses_of(file) if wanted in canonical(clause).casefold()]
    exact = [clause for clause in holding if canonical(clause).casefold() == wanted]
    chosen = exact[:1] or holding
    if len(chosen) > 1:
        shown = "; ".join(f"line {clause.line}: {clause.plain[:60]}…" for clause in chosen[:4])
        raise UsageError(f"{len(chosen)} clauses hold that text", f"give more of the one you mean: {shown}")
    return chosen[0] if chosen else None


def _nearest(file: str, text: str) -> str | None:
    wanted = canonical(text).casefold().split()
    rated = [
        (SequenceMatcher(None, wanted, canonical(clause).casefold().split(), autojunk=False).ratio(), clause)
        for clause in clauses_of(file)
    ]
    likeness, clause = max(rated, key=lambda row: row[0], default=(0.0, None))
    return f"the nearest is line {clause.line}: {clause.plain[:100]}" if clause and likeness >= _ALIKE / 2 else None


# -- following it ------------------------------------------------------------------------------------------------------


def _backwards(
    file: str, clause: Clause, version: Version, older: Iterator[tuple[Version, str]], compare: Compare
) -> Iterator[Event]:
    """Events from the version that has the clause down to the one that brought it."""
    while version.version > 1:
        step = Step(file.split("\n"), version.undo, compare)
        former = step.untouched_before(clause)
        if former is None:
            change = _change(step, clause, "after")
            if change is not None:
                yield Event(version, change.kind, change)
            former = _most_like(clause, change.before) if change else _same(clause, step.old)
            if former is None:
                return
        version, file = next(older)
        clause = former
    yield Event(version, "first", Change("added", (), (clause,), (("+", clause.text),)))


class _Forwards:
    """Follows a clause from the version that has it to the newest, or to the one that took it away."""

    def __init__(self, file: str, clause: Clause, version: Version, compare: Compare) -> None:
        self.clause = clause
        self.version = version  # the newest so far that has it
        self.stands = True
        self.events: list[Event] = []
        self._file = file
        self._compare = compare

    def follow(self, version: Version, redo: Sequence[Undo]) -> bool:
        """Go on into the next version; whether it still has the clause."""
        after = rewind(self._file, redo)
        step = Step(after.split("\n"), version.undo, self._compare)
        following = step.untouched_after(self.clause)
        if following is None:
            change = _change(step, self.clause, "before")
            if change is not None:
                self.events.append(Event(version, change.kind, change))
            following = _most_like(self.clause, change.after) if change else _same(self.clause, step.new)
        if following is None:
            self.stands = False
            return False
        self.clause, self.version, self._file = following, version, after
        return True


def _same(clause: Clause, lines: Sequence[str]) -> Clause | None:
    """The clause that says the same in a text where comparison saw no change of it; the nearest of several."""
    same = [one for one in clauses_of("\n".join(lines)) if words(one.text) == words(clause.text)]
    return min(same, key=lambda one: abs(one.line - clause.line), default=None)


def _change(step: Step, clause: Clause, side: Literal["before", "after"]) -> Change | None:
    """The change that has the clause on one side."""
    for change in step.changes:
        held = change.before if side == "before" else change.after
        if any(one.line == clause.line for one in held):
            return _placed(change, step)
    return None


def _placed(change: Change, step: Step) -> Change:
    """The change with its clauses' heading paths, which a look at the touched blocks alone does not give."""
    sides = []
    for lines, clauses in ((step.old, change.before), (step.new, change.after)):
        whole = {one.line: one for one in clauses_of("\n".join(lines))} if clauses else {}
        sides.append(tuple(whole.get(one.line, one) for one in clauses))
    return replace(change, before=sides[0], after=sides[1])


def _most_like(clause: Clause, others: Sequence[Clause]) -> Clause | None:
    mine = words(clause.text).split()
    return max(
        others,
        key=lambda one: SequenceMatcher(None, mine, words(one.text).split(), autojunk=False).ratio(),
        default=None,
    )


def _forward(new: str, back: Sequence[Undo]) -> tuple[Undo, ...]:
    """The steps from the version before to ``new``: the way back, turned round."""
    lines = new.split("\n")
    grown = 0  # how much longer the old text is, above the step
    steps = []
    for step in reversed(back):
        steps.append(Undo(step.line + grown, len(step.lines), tuple(lines[step.line - 1 : step.line - 1 + step.count])))
        grown += len(step.lines) - step.count
    return tuple(reversed(steps))
