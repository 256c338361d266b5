"""The words of a clause that decided: those that gave it its categories. For what is too long to be quoted whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from policywatch.model import Clause, Label
from policywatch.taxonomy import Taxonomy, classify
from policywatch.taxonomy.positions import QUESTIONS

_LONG = 240  # letters from which on no report can be counted on to quote all
_SOUGHT = 2  # of the words without which a clause answers no question


def deciding(
    classes: Taxonomy, clauses: Sequence[Clause], language: str | None, wanted: Mapping[int, Sequence[str]]
) -> Mapping[int, tuple[str, ...]]:
    """What decided the ``wanted`` categories of clauses, both by a line that a clause has; short ones are left out."""
    starts = [clause.line for clause in clauses]
    places = {line: bisect_right(starts, line) - 1 for line in wanted}
    long = {place for place in places.values() if place >= 0 and len(clauses[place].text) > _LONG}
    if not long:
        return {}
    labels = classify(classes, clauses, language, long)
    return {line: tuple(_words(labels[place], wanted[line])) for line, place in places.items() if place in long}


def _words(labels: Sequence[Label], categories: Sequence[str]) -> dict[str, None]:
    return dict.fromkeys(word for label in labels if label.category in categories for word in label.words)


def answering(
    classes: Taxonomy, clauses: Sequence[Clause], language: str | None, line: int, quoted: str, question: str
) -> tuple[str, ...]:
    """The same of a sentence that answers a question; words that the question seeks, where nothing else decided."""
    if len(quoted) <= _LONG:
        return ()
    found = deciding(classes, clauses, language, {line: (question,)}).get(line, ())
    said = quoted.casefold()
    inside = tuple(word for word in found if word.casefold() in said)
    sought = (re.search(rf"\b{re.escape(one.strip())}\w*", quoted, re.I) for one in QUESTIONS[question].trigger)
    return inside or tuple(dict.fromkeys(one[0] for one in sought if one))[:_SOUGHT]
