"""What clauses are told apart by: their canonical form, made only where it can matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from string import ascii_letters

from policywatch.extraction.canonical import canonical, respelled
from policywatch.model import Clause, plain

_NO_LETTERS = bytes(set(range(256)) - set(ascii_letters.encode()))


def keys(before: Sequence[Clause], after: Sequence[Clause]) -> tuple[list[str], list[str]]:
    """A key for each clause of both sides: the same for two clauses exactly if their canonical forms are the same.

    Most clauses of two versions stand in both, letter by letter. Their text is their key, and no canonical form is
    made, unless one of the others might have the same: a form keeps a text's letters, but for dates and the like.
    """
    old, new = Counter(clause.text for clause in before), Counter(clause.text for clause in after)
    known = {text: canonical(text) for text in old.keys() | new.keys() if old[text] != new[text]}
    if known:
        said = {text: plain(text) for text in old.keys() - known.keys()}
        spelled, unsure = {_letters(form) for form in known.values()}, set(respelled(said.values(), known))
        known |= {text: canonical(text) for text, one in said.items() if one in unsure or _letters(one) in spelled}
    return (
        [known.get(clause.text, clause.text) for clause in before],
        [known.get(clause.text, clause.text) for clause in after],
    )


def _letters(text: str) -> bytes:
    return text.encode(errors="replace").translate(None, _NO_LETTERS)
