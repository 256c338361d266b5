"""One step of history, line by line and clause by clause: which line was which in the version before.

Only the blocks that a step touches are read, so following a text through its history costs what changed in it. Pairing
clauses is comparison's business: callers pass its ``compare``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from policywatch.extraction.canonical import canonical
from policywatch.extraction.markdown import clauses_of
from policywatch.model import Change, Clause, Undo

Compare = Callable[[Sequence[Clause], Sequence[Clause]], Sequence[Change]]
Hunk = tuple[int, int, int, int]  # lines of the new text from, to; of the old text from, to; 0-based, half open


class Step:
    """From a version's lines back to those of the version before. Lines are 0-based here."""

    def __init__(self, new: Sequence[str], steps: Sequence[Undo], compare: Compare) -> None:
        self.new = new
        self._compare = compare
        self.hunks: list[Hunk] = []
        old: list[str] = []
        at = 0
        for step in reversed(steps):
            start, end = step.line - 1, step.line - 1 + step.count
            old += new[at:start]
            self.hunks.append((start, end, len(old), len(old) + len(step.lines)))
            old += step.lines
            at = end
        self.old: Sequence[str] = [*old, *new[at:]]
        self._back = _Map(self.hunks)
        self._forth = _Map([(c, d, a, b) for a, b, c, d in self.hunks])

    def before(self, line: int) -> int | None:
        """Where a line of the new text stood before; None inside a hunk."""
        return self._back.across(line)

    def untouched_before(self, clause: Clause) -> Clause | None:
        """A clause of the new text as it stood before; None if the step touches it."""
        return self._back.carried(clause, self.new)

    def untouched_after(self, clause: Clause) -> Clause | None:
        """A clause of the old text as it stands after; None if the step touches it."""
        return self._forth.carried(clause, self.old)

    @cached_property
    def changes(self) -> Sequence[Change]:
        """What comparison says of the touched blocks; the clauses' lines count in the whole texts, 1-based."""
        return self._compare(*self._touched)

    @cached_property
    def kept(self) -> Sequence[tuple[Clause, Clause]]:
        """Touched clauses that say what they said, old and new: at most moved, renumbered or laid out anew."""
        before, after = self._touched
        gone = {clause.line for change in self.changes for clause in change.before}
        new = {clause.line for change in self.changes for clause in change.after}
        # What no change speaks of stands in both, in the same order.
        rest = (
            [one for one in before if one.line not in gone and words(one.text)],
            [one for one in after if one.line not in new and words(one.text)],
        )
        return (*zip(*rest, strict=False), *_kept(self.changes))

    @cached_property
    def kept_sentences(self) -> Sequence[tuple[Clause, Clause]]:
        """The same of single sentences, each as a clause: those of a reworded clause that others stand beside."""
        before, after = self._touched
        return _kept(self._compare(_sentences(self.old, before), _sentences(self.new, after)))

    @cached_property
    def _touched(self) -> tuple[list[Clause], list[Clause]]:
        return (
            _clauses(self.old, [(hunk[2], hunk[3]) for hunk in self.hunks]),
            _clauses(self.new, [(hunk[0], hunk[1]) for hunk in self.hunks]),
        )


class _Map:
    """Lines of one text -> lines of the other, where both have them."""

    def __init__(self, hunks: Sequence[Hunk]) -> None:
        self._hunks = hunks
        self._starts = [hunk[0] for hunk in hunks]

    def across(self, line: int) -> int | None:
        place = bisect_right(self._starts, line)
        if not place:
            return line
        _, end, _, other_end = self._hunks[place - 1]
        return line - end + other_end if line >= end else None

    def carried(self, clause: Clause, lines: Sequence[str]) -> Clause | None:
        places = [self.across(line) for line in lines_of(lines, clause)]
        first = places[0] if places else None
        if first is None or places != list(range(first, first + len(places))):
            return None
        return replace(clause, line=first + 1)


def words(line: str) -> str:
    """What a sentence says, whatever list or heading mark stands before it."""
    return canonical(line.lstrip(" #").removeprefix("- "))


def lines_of(lines: Sequence[str], clause: Clause) -> range:
    """The lines a clause takes, 0-based: from its first as far as its words reach."""
    start = end = clause.line - 1
    rest = len(clause.text)
    while end < len(lines) and lines[end].strip() and rest > 0:
        rest -= len(lines[end].strip()) + 1
        end += 1
    return range(start, end)


def _kept(changes: Iterable[Change]) -> tuple[tuple[Clause, Clause], ...]:
    return tuple((one.before[0], one.after[0]) for one in changes if one.kind in ("moved", "renumbered"))


def _sentences(lines: Sequence[str], clauses: Iterable[Clause]) -> list[Clause]:
    """The clauses' lines, each as a clause."""
    found: list[Clause] = []
    for clause in clauses:
        first, *others = lines_of(lines, clause)
        found.append(replace(clause, text=lines[first].lstrip(" #").removeprefix(f"{clause.marker} ")))
        found += [Clause("paragraph", lines[line].strip(), heading=clause.heading, line=line + 1) for line in others]
    return found


def _clauses(lines: Sequence[str], ranges: Sequence[tuple[int, int]]) -> list[Clause]:
    """The clauses of the blocks that the ranges touch."""
    found: list[Clause] = []
    reached = _front(lines)
    for start, end in ranges:
        start, end = max(_block_start(lines, start), reached), _block_end(lines, end)
        if end > start:
            # The leading line feed keeps a rule in the text from being read as front matter.
            block = "\n" + "\n".join(lines[start:end])
            found += [replace(clause, line=clause.line - 1 + start) for clause in clauses_of(block)]
            reached = end
    return found


def _front(lines: Sequence[str]) -> int:
    """The first line after the front matter, 0-based."""
    if not lines or lines[0] != "---":
        return 0
    return next((number + 1 for number in range(1, len(lines)) if lines[number] == "---"), 0)


def _block_start(lines: Sequence[str], at: int) -> int:
    while at > 0 and lines[at - 1].strip():
        at -= 1
    return at


def _block_end(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and lines[at].strip():
        at += 1
    return at
