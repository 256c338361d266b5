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

_ALIKE = 0.7  # share of words in common for a clause to be meant that does not hold the text asked for
_MANY = 5  # clauses with the text asked for: more than these, and it is no provision's
_SHOWN = 12  # of them
_WORDS = 60  # letters of each


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


def stories(archive: Archive, document: str, text: str, compare: Compare) -> tuple[Story, ...]:
    """Tell the story of each clause that holds ``text`` in the newest version where one does.

    Case and typography do not matter. Where no version has the text, the clause of the newest one that is most like it
    is meant. Raises NoSuchClause when none is, UsageError when too many clauses hold the text.
    """
    later: list[tuple[Version, tuple[Undo, ...]]] = []  # steps from the version looked at to the newest, nearest last
    for version, file in archive.texts(document):
        found = _holding(document, file, text)
        if found:
            return tuple(_story(archive, document, clause, version, file, later, compare) for clause in found)
        later.append((version, _forward(file, version.undo)))
    alike, nearest = _nearest(archive.current(document) or "", text)
    if nearest is None or alike < _ALIKE:
        hint = f"the nearest is line {nearest.line}: {nearest.plain[:100]}" if nearest else None
        raise NoSuchClause(f"no version of {document} has a clause like that", hint)
    return stories(archive, document, nearest.text, compare)


def _story(
    archive: Archive,
    document: str,
    clause: Clause,
    version: Version,
    file: str,
    later: Sequence[tuple[Version, tuple[Undo, ...]]],
    compare: Compare,
) -> Story:
    older = ((one, text) for one, text in archive.texts(document) if one.version < version.version)
    back = list(_backwards(file, clause, version, older, compare))
    forth = _Forwards(file, clause, version, compare)
    for newer, redo in reversed(later):
        if not forth.follow(newer, redo):
            break
    return Story(document, forth.clause, forth.version, forth.stands, (*reversed(back), *forth.events))


# -- finding the clause ------------------------------------------------------------------------------------------------


def _holding(document: str, file: str, text: str) -> list[Clause]:
    """The clauses that hold the text; if one is nothing else, that one alone.

    Raises UsageError when there are many.
    """
    wanted = canonical(text).casefold()
    holding = [clause for clause in clauses_of(file) if wanted and wanted in canonical(clause).casefold()]
    exact = [clause for clause in holding if canonical(clause).casefold() == wanted]
    if len(exact or holding) > _MANY:
        meant = exact or holding
        shown = [f"{document}:{clause.line}: {_begun(clause.plain)}" for clause in meant[:_SHOWN]]
        shown += [f"and {len(meant) - _SHOWN} more"] if len(meant) > _SHOWN else []
        said = "\n  ".join(("give more of the one you mean:", *shown))
        raise UsageError(f"{len(meant)} clauses of {document} hold that text", said)
    return exact or holding


def _begun(text: str) -> str:
    return text if len(text) <= _WORDS else text[:_WORDS].rsplit(" ", 1)[0] + " …"


def _nearest(file: str, text: str) -> tuple[float, Clause | None]:
    """The clause that shares most words with the text, and what share that is."""
    wanted = canonical(text).casefold().split()
    rated = (
        (SequenceMatcher(None, wanted, canonical(clause).casefold().split(), autojunk=False).ratio(), clause)
        for clause in clauses_of(file)
    )
    return max(rated, key=lambda row: row[0], default=(0.0, None))


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
