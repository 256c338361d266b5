"""Tables of contents: lines that only repeat the headings that follow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from policywatch.model import Clause
from policywatch.patterns import late

_LEAST = 3  # lines in a row: fewer may be words that happen to be a heading too
_AROUND = late(r"^(?:section |part |article )?[\W\d_]+|\W+$")


def contents(clauses: Sequence[Clause]) -> frozenset[int]:
    """The lines of the clauses that make up a table of contents: each names a heading further down."""
    last: dict[str, int] = {_name(clause): at for at, clause in enumerate(clauses) if clause.kind == "heading"}
    found: set[int] = set()
    places = enumerate(clauses)
    for points, run in groupby(places, lambda one: one[1].kind != "heading" and last.get(_name(one[1]), -1) > one[0]):
        lines = [clause.line for _, clause in run] if points else []
        if len(lines) >= _LEAST:
            found |= set(lines)
    return frozenset(found)


def _name(clause: Clause) -> str:
    """A heading's words without its number."""
    return _AROUND.sub("", clause.plain.casefold())
