"""What clauses are told apart by: their canonical form, made only where it can matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from policywatch.extraction import ages
from policywatch.extraction.canonical import canonical, respelled
from policywatch.model import Clause, plain

_NO_LETTERS = bytes(sign for sign in range(256) if not (sign < 128 and chr(sign).isalpha()))
_CHANGING = ("19", "20", *ages.HINTS)  # texts without dates and ages keep their letters, unless they are counters

# Few texts begin alike, so that the whole of one is seldom looked at.
HEAD = 24  # signs of a text
BEGIN = 8  # the first letters of them


def keys(before: Sequence[Clause], after: Sequence[Clause]) -> tuple[list[str], list[str]]:
    """A key for each clause of both sides: the same for two clauses exactly if their canonical forms are the same.

    Two texts that both stand as often before as after may have different keys all the same: neither came or went.

    Most clauses of two versions stand in both, letter by letter. Their text is their key, and no canonical form is
    made, unless one of the others might have the same: a form keeps a text's letters, but for dates and the like.
    """
    old, new = Counter(clause.text for clause in before), Counter(clause.text for clause in after)
    known = {text: canonical(text) for text in old.keys() | new.keys() if old[text] != new[text]}
    if known:
        forms = {_letters(form) for form in known.values()}
        begins, empty = {letters[:BEGIN] for letters in forms}, "" in known.values()
        rest = old.keys() - known.keys()
        unsure = {text for text in respelled(rest, known) if empty or _changing(plain(text))}
        for text in rest:
            begin = _letters(text[:HEAD].partition("](")[0])[:BEGIN]
            if (begin in begins or len(begin) < BEGIN) and _letters(plain(text)) in forms:
                unsure.add(text)
        known |= {text: canonical(text) for text in unsure}
    return (
        [known.get(clause.text, clause.text) for clause in before],
        [known.get(clause.text, clause.text) for clause in after],
    )


def _changing(text: str) -> bool:
    return not text.isascii() or any(sign in f"{text} " for sign in _CHANGING)


def _letters(text: str) -> bytes:
    return text.encode(errors="replace").translate(None, _NO_LETTERS)
