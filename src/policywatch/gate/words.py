"""The words of a clause that decided: those that gave it its categories. For what is too long to be quoted whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policywatch.model import Clause
from policywatch.taxonomy import Taxonomy, classify
from policywatch.taxonomy.positions import QUESTIONS

_LONG = 240  # letters from which on no report can be counted on to quote all
_SOUGHT = 2  # of the words without which a clause answers no question


def deciding(
    classes: Taxonomy, clauses: Sequence[Clause], language: str | None, line: int, categories: Sequence[str]
) -> tuple[str, ...]:
    """What decided the categories of the clause that has a line of the file; nothing for a short one."""
    place = max((place for place, clause in enumerate(clauses) if clause.line <= line), default=None)
    if place is None or len(clauses[place].text) <= _LONG:
        return ()
    labels = classify(classes, clauses, language, {place})[place]
    return tuple(dict.fromkeys(word for label in labels if label.category in categories for word in label.words))


def answering(
    classes: Taxonomy, clauses: Sequence[Clause], language: str | None, line: int, quoted: str, question: str
) -> tuple[str, ...]:
    """The same of a sentence that answers a question; words that the question seeks, where nothing else decided."""
    if len(quoted) <= _LONG:
        return ()
    found = deciding(classes, clauses, language, line, (question,))
    said = quoted.casefold()
    inside = tuple(word for word in found if word.casefold() in said)
    sought = (re.search(rf"\b{re.escape(one.strip())}\w*", quoted, re.I) for one in QUESTIONS[question].trigger)
    return inside or tuple(dict.fromkeys(one[0] for one in sought if one))[:_SOUGHT]
