"""Two versions' clauses in, changes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from policywatch.comparison import numbering
from policywatch.comparison.alignment import Link, align
from policywatch.comparison.sides import Side
from policywatch.comparison.words import mark
from policywatch.model import Change, ChangeKind, Clause


def compare(before: Sequence[Clause], after: Sequence[Clause]) -> tuple[Change, ...]:
    """What changed, in the new text's order; what was removed comes where it stood.

    Clauses whose canonical form and place are the same are no change, whatever headings are above them now.
    """
    old, new = Side(before), Side(after)
    if old.keys == new.keys:
        return ()
    links = align(old, new)
    renumbered = _renumbered(old, new, links)
    changes = [
        (_place(link), change)
        for link in links
        if (change := _change(old, new, link, renumbered)) is not None
    ]  # fmt: skip
    changes += _one_sided(old, new, links)
    return tuple(change for _, change in sorted(changes, key=lambda row: row[0]))


Place = tuple[int, int]  # index of a new clause; 0: at it, else after it, by the old clause's index


def _place(link: Link) -> Place:
    return link.after[0], 0


def _one_sided(old: Side, new: Side, links: Sequence[Link]) -> list[tuple[Place, Change]]:
    left = {i for link in links for i in link.before}
    right = {j for link in links for j in link.after}
    follows = {link.before[-1]: link.after[-1] for link in links if link.stays}
    out = [
        ((j, 0), Change("added", (), (clause,), (("+", clause.text),)))
        for j, clause in enumerate(new.clauses)
        if j not in right
    ]
    last = -1
    for i, clause in enumerate(old.clauses):
        last = follows.get(i, last)
        if i not in left:
            out.append(((last, i + 1), Change("removed", (clause,), (), (("-", clause.text),))))
    return out


def _change(old: Side, new: Side, link: Link, renumbered: Mapping[str, set[str]]) -> Change | None:
    if len(link.before) == len(link.after) == 1 and old.keys[link.before[0]] == new.keys[link.after[0]] and link.stays:
        return None
    before = tuple(old.clauses[i] for i in link.before)
    after = tuple(new.clauses[j] for j in link.after)
    kind = _kind(old, new, link, renumbered)
    words = mark(" ".join(clause.text for clause in before), " ".join(clause.text for clause in after))
    return Change(kind, before, after, words, moved=not link.stays and kind != "moved")


def _kind(old: Side, new: Side, link: Link, renumbered: Mapping[str, set[str]]) -> ChangeKind:
    if len(link.after) > 1:
        return "split"
    if len(link.before) > 1:
        return "merged"
    (i,), (j,) = link.before, link.after
    heading = old.heading(i) and new.heading(j)
    if old.keys[i] == new.keys[j]:
        return "moved"
    return "renumbered" if numbering.in_step(old.keys[i], new.keys[j], renumbered, heading) else "reworded"


def _renumbered(old: Side, new: Side, links: Sequence[Link]) -> dict[str, set[str]]:
    """The numbers that clauses had -> those they have now."""
    table: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        if len(link.before) == len(link.after) == 1:
            (i,), (j,) = link.before, link.after
            if old.keys[i] != new.keys[j]:
                heading = old.heading(i) and new.heading(j)
                was, now = numbering.label(old.keys[i], heading)[0], numbering.label(new.keys[j], heading)[0]
                if was and now:
                    table[was].add(now)
    return dict(table)
