"""What clauses are told apart by: their canonical form, made only where it can matter."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from policywatch.extraction.canonical import canonical
from policywatch.model import Clause
from policywatch.patterns import late

# Letters that a form writes in another way, and that meet only when link syntax is gone.
_UNLIKE = late("[\u00ad\u0300-\u036f\u200b-\u200d\u2060\u212a\ufb00-\ufb06\uff01-\uff5e]")
_MEETING = late(r"\w\[|\]\([^)]*\)\w")


def keys(before: Sequence[Clause], after: Sequence[Clause]) -> tuple[list[str], list[str]]:
    """A key for each clause of both sides: the same for two clauses exactly if their canonical forms are the same.

    Most clauses of two versions stand in both, letter by letter. Their text is their key, and no canonical form is
    made, unless one of the others might have the same: the form keeps all words, so only those with its words might.
    """
    old, new = Counter(clause.text for clause in before), Counter(clause.text for clause in after)
    known = {text: canonical(text) for text in old.keys() | new.keys() if old[text] != new[text]}
    if known:
        alike = _Alike(set(known.values()))
        known |= {text: canonical(text) for text in old.keys() - known.keys() if alike(text)}
    return (
        [known.get(clause.text, clause.text) for clause in before],
        [known.get(clause.text, clause.text) for clause in after],
    )


class _Alike:
    """Tells whether a text might have one of some canonical forms, by each one's longest words."""

    def __init__(self, forms: Iterable[str]) -> None:
        words = [frozenset(re.findall("[A-Za-z]+", form)) for form in forms]
        self._wordless = not all(words)
        least = min((max(map(len, some)) for some in words if some), default=1)
        self._long = re.compile(f"[A-Za-z]{{{least},}}")  # the words that are looked at
        self._forms: defaultdict[str, list[frozenset[str]]] = defaultdict(list)  # by their longest word
        for some in filter(None, words):
            self._forms[max(some, key=lambda word: (len(word), word))].append(
                frozenset(word for word in some if len(word) >= least)
            )

    def __call__(self, text: str) -> bool:
        if self._wordless or "\\" in text or (not text.isascii() and _UNLIKE.search(text)):
            return True
        if "](" in text and _MEETING.search(text):
            return True
        words = set(self._long.findall(text))
        return any(form <= words for word in words & self._forms.keys() for form in self._forms[word])
