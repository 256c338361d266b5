"""The words of a clause that decided: those that gave it its categories. For what is too long to be quoted whole."""

from __future__ import annotations

from collections.abc import Sequence

from policywatch.model import Clause
from policywatch.taxonomy import Taxonomy, classify

_LONG = 240  # letters from which on no report can be counted on to quote all


def deciding(
    classes: Taxonomy, clauses: Sequence[Clause], language: str | None, line: int, categories: Sequence[str]
) -> tuple[str, ...]:
    """What decided the categories of the clause that has a line of the file; nothing for a short one."""
    place = max((place for place, clause in enumerate(clauses) if clause.line <= line), default=None)
    if place is None or len(clauses[place].text) <= _LONG:
        return ()
    labels = classify(classes, clauses, language, {place})[place]
    return tuple(dict.fromkeys(word for label in labels if label.category in categories for word in label.words))
