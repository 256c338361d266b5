"""What may, will, must or should be done, and what is said not to be."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from policywatch.comparison.signals.shift import LONG, Match, Shift
from policywatch.model import Signal
from policywatch.patterns import late

_MODAL = late(
    r"""
      \b(?:cannot|CANNOT)\b | \b(?:can|could|should|must|wo|sha|might)n?['’]t\b | (?<=\w)['’]ll\b
    | \b(?:may|MAY|might|MIGHT|can|CAN|could|COULD|will|WILL|shall|SHALL|must|MUST|should|SHOULD)
        (?:\s+(?:not|NOT|never|NEVER)\b)? \b (?!\s+\d)
    | \b(?:is|are|am|be)\s+(?:not\s+)?(?:required|obliged|obligated|allowed|permitted|entitled|(?<!be\s)able)\s+to\b
    | \b(?:has|have|need|needs)\s+to\b
    """,
    re.VERBOSE,
)
_SHORT = {"can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not", "'ll": "will"}
_NEGATION = late(
    r"""
      \b(?:(?:do|does|did|is|are|was|were|has|have|had)\s+)?(?<!\bor\s)(?:not|never)\b
        (?![\s-]+(?:only|limited|safe[\s-]for|for[\s-]profit)\b)
    | \b(?:no|none|neither|nor|nothing|nobody)\b (?!\.)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AND = late(r"[^.!?;]*(?:,|\b(?:and|or|but|nor))(?:\s+\w+){0,2}\s+\Z")  # "can read [and] can copy"
REACH = 30  # letters
_SO_THAT = late(r"\bso(?:\s+that)?\s+\w+(?:\s+\w+)?\s+\Z")  # "so that we can" tells what for
_SHORTENED = late(r"\b\w+n['’]t\b", re.IGNORECASE)


def signals(shift: Shift) -> Iterator[Signal]:
    if shift.paired:
        yield from shift.signals("modality", _modals, close=LONG)
        yield from shift.signals("negation", _negations, close=LONG)


def _modals(text: str) -> Iterator[Match]:
    last, norm = 0, ""
    for match in _MODAL.finditer(text):
        start, end = match.span()
        if text[max(0, start - 4) : start].lower() in (" at ", "at "):  # "at will"
            continue
        if _SO_THAT.search(text, max(0, start - REACH), start):
            continue
        again = norm == _norm(match[0]) and _AND.match(text, last, start)
        last, norm = end, _norm(match[0])
        if not again:
            yield Match(start, end, norm)


@lru_cache(maxsize=1 << 10)
def _norm(said: str) -> str:
    word = " ".join(said.lower().replace("’", "'").split())
    if word.endswith("able to"):
        return "can not" if "not" in word else "can"
    return _SHORT.get(word, word.replace("n't", " not"))


def _negations(text: str) -> Iterator[Match]:
    found = [*_NEGATION.finditer(text), *(_SHORTENED.finditer(text) if "'t" in text or "’t" in text else ())]
    modals = [match.span() for match in _MODAL.finditer(text)] if found else []
    starts = [start for start, _ in modals]
    for match in sorted(found, key=lambda match: match.start()):
        before = bisect_left(starts, match.end()) - 1  # the last that begins before it ends
        if before < 0 or modals[before][1] <= match.start():
            yield Match(match.start(), match.end(), "not")
