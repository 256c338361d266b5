"""Two versions' clauses in, changes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from policywatch.comparison import numbering, signals
from policywatch.comparison.alignment import Link, align
from policywatch.comparison.sides import Side, sides
from policywatch.comparison.signals import Context
from policywatch.comparison.words import mark
from policywatch.model import Change, ChangeKind, Clause
from policywatch.recent import Recent

Place = tuple[int, int]  # a new clause's index and 0; for what was removed the index it stood after, and a rank


def compare(before: Sequence[Clause], after: Sequence[Clause]) -> tuple[Change, ...]:
    """What changed, in the new text's order; what was removed comes where it stood.

    A clause whose canonical form and place among the others are the same is no change, whatever headings are above it
    now; nor is one that has no canonical form (a lone bullet). Each change has its word marks and signals; categories
    and severity are added by ``assess``.
    """
    sides = tuple(before), tuple(after)
    return _recent.of(sides, lambda: compare_anew(*sides))


_recent: Recent[tuple[tuple[Clause, ...], tuple[Clause, ...]], tuple[Change, ...]] = Recent(4)


def compare_anew(before: Sequence[Clause], after: Sequence[Clause]) -> tuple[Change, ...]:
    """The same, whether or not the two were just compared."""
    old, new = sides(before, after)
    if old.keys == new.keys:
        return ()
    links = align(old, new)
    renumbered = _renumbered(old, new, links)
    context = Context(
        follows=lambda was, now: numbering.follows(was, now, renumbered),
        elsewhere=lambda name, after: (new if after else old).names(name),
    )
    placed = [
        *_linked(old, new, links, renumbered, context),
        *_added(new, links, context),
        *_removed(old, links, context),
    ]
    return tuple(change for _, change in sorted(placed, key=lambda row: row[0]))


def _linked(
    old: Side, new: Side, links: Sequence[Link], renumbered: Mapping[str, set[str]], context: Context
) -> Iterator[tuple[Place, Change]]:
    for link in links:
        kind = _kind(old, new, link, renumbered)
        if kind is None:
            continue
        before = tuple(old.clauses[i] for i in link.before)
        after = tuple(new.clauses[j] for j in link.after)
        texts = " ".join(clause.text for clause in before), " ".join(clause.text for clause in after)
        found = signals.read(*texts, context) if kind not in ("moved", "renumbered") else ()
        moved = not link.stays and kind != "moved"
        yield (link.after[0], 0), Change(kind, before, after, mark(*texts), found, moved)


def _kind(old: Side, new: Side, link: Link, renumbered: Mapping[str, set[str]]) -> ChangeKind | None:
    if len(link.after) > 1:
        return "split"
    if len(link.before) > 1:
        return "merged"
    (i,), (j,) = link.before, link.after
    if old.keys[i] == new.keys[j]:
        return None if link.stays else "moved"
    heading = old.heading(i) and new.heading(j)
    return "renumbered" if numbering.in_step(old.said(i), new.said(j), renumbered, heading) else "reworded"


def _renumbered(old: Side, new: Side, links: Sequence[Link]) -> dict[str, set[str]]:
    """The numbers that clauses had -> those they have now."""
    table: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        i, j = link.before[0], link.after[0]
        if old.keys[i] != new.keys[j]:
            heading = old.heading(i) and new.heading(j)
            was, now = numbering.label(old.said(i), heading)[0], numbering.label(new.said(j), heading)[0]
            if was and now:
                table[was].add(now)
    return dict(table)


def _added(new: Side, links: Sequence[Link], context: Context) -> Iterator[tuple[Place, Change]]:
    known = {j for link in links for j in link.after}
    for j, clause in enumerate(new.clauses):
        if j not in known and new.said(j):
            found = signals.read("", clause.text, context._replace(lead=new.leads[j]))
            yield (j, 0), Change("added", (), (clause,), (("+", clause.text),), found)


def _removed(old: Side, links: Sequence[Link], context: Context) -> Iterator[tuple[Place, Change]]:
    known = {i for link in links for i in link.before}
    follows = {link.before[-1]: link.after[-1] for link in links if link.stays}
    last = -1
    for i, clause in enumerate(old.clauses):
        last = follows.get(i, last)
        if i not in known and old.said(i):
            found = signals.read(clause.text, "", context._replace(lead=old.leads[i]))
            yield (last, i + 1), Change("removed", (clause,), (), (("-", clause.text),), found)
