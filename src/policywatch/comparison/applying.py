"""Changes applied to the old clauses give the new ones: the proof that a change set tells all."""

from __future__ import annotations

from collections.abc import Sequence

from policywatch.extraction.canonical import canonical
from policywatch.model import Change, Clause


def apply(
    before: Sequence[Clause], changes: Sequence[Change], lines: Sequence[int] | None = None
) -> tuple[Clause, ...]:
    """The new clauses, up to their canonical form.

    ``lines`` are the lines that clauses stand at in the new version, without which the places of new clauses among
    unchanged ones cannot be told; by default clauses are taken to be numbered from 1 on. Clauses that have no canonical
    form (a lone bullet) are neither changes nor applied; ``lines`` goes without theirs. Raises ValueError where the
    changes are not about these clauses.
    """
    gone = [clause.line for change in changes for clause in change.before]
    come = {clause.line: clause for change in changes for clause in change.after}
    known = {clause.line: clause for clause in before}
    if any(known.get(clause.line) != clause for change in changes for clause in change.before):
        raise ValueError("a change is about a clause that the old version does not have")
    staying = [clause for clause in before if clause.line not in set(gone) and canonical(clause)]
    total = len(staying) + len(come)
    places = range(1, total + 1) if lines is None else lines
    if len(places) != total or len(gone) != len(set(gone)) or not come.keys() <= set(places):
        raise ValueError("the changes do not fit the places of the new version")
    rest = iter(staying)
    return tuple(come[line] if line in come else next(rest) for line in places)
