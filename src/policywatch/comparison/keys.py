"""What clauses are told apart by: their canonical form, made only where it can matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from policywatch.extraction.canonical import canonical
from policywatch.model import Clause
from policywatch.patterns import late

_WORD = late("[A-Za-z]+")
# Letters that a form writes in another way, and that meet only when link syntax is gone.
_UNLIKE = late("[\u00ad\u200b-\u200d\u2060\ufb00-\ufb06\uff01-\uff5e\\\\]")
_MEETING = late(r"\w\[|\]\([^)]*\)\w")
_TELLING = 3  # longest words of a form


def keys(before: Sequence[Clause], after: Sequence[Clause]) -> tuple[list[str], list[str]]:
    """A key for each clause of both sides: the same for two clauses exactly if their canonical forms are the same.

    Most clauses of two versions stand in both, letter by letter. Their text is their key, and no canonical form is
    made, unless one of the others might have the same: the form keeps all words, so only those with its words might.
    """
    old, new = Counter(clause.text for clause in before), Counter(clause.text for clause in after)
    known = {text: canonical(text) for text in old.keys() | new.keys() if old[text] != new[text]}
    telling = [sorted(set(_WORD.findall(form)), key=len)[-_TELLING:] or [""] for form in set(known.values())]
    for text in old.keys() - known.keys() if known else ():
        for *others, longest in telling:
            if longest in text and all(word in text for word in others):
                known[text] = canonical(text)
                break
        else:
            if _UNLIKE.search(text) or ("](" in text and _MEETING.search(text)):
                known[text] = canonical(text)
    return (
        [known.get(clause.text, clause.text) for clause in before],
        [known.get(clause.text, clause.text) for clause in after],
    )
