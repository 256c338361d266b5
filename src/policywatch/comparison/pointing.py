"""Texts that say the same words: whatever their commas, dashes, quotation marks and capitals, as far as none can count.

Commas, semicolons, colons, quotation marks and hyphens come and go with a house's style. Those that can turn a meaning
round stay: a comma before "which", "except" and their likes, or after "no", and what stands in or before a number. So
do all other marks: full stops within a text, question marks, brackets, signs of currencies, slashes.
"""

from __future__ import annotations

import re

from policywatch.extraction.canonical import canonical
from policywatch.model import Clause
from policywatch.patterns import late

_LIMITING = "which|who|whom|whose|that|where|except|excluding|unless|only"
_TOKENS = late(
    r"\d+(?:[.,:]\d+)*"  # 30, 1,000.50, 4.2
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"  # user's
    rf"|,(?= ?(?:{_LIMITING})\b)|(?<=\bno),|(?<=\bnot),"
    r"|-(?=[\d$€£¥])"  # a minus, or a range
    r"|[^\s,;:'\-、]",
    re.IGNORECASE,
)


def same_words(before: Clause, after: Clause) -> bool:
    """Whether two clauses differ in light punctuation and in capitals that make no word a term, or in nothing."""
    old, new = _tokens(before), _tokens(after)
    if len(old) != len(new):
        return False
    heading = before.kind == after.kind == "heading"
    first = next((place for place, token in enumerate(old) if token.isalnum()), 0)
    return all(
        a == b or (a.lower() == b.lower() and (heading or place == first or a.isupper() or b.isupper()))
        for place, (a, b) in enumerate(zip(old, new, strict=True))
    )


def _tokens(clause: Clause) -> list[str]:
    found: list[str] = _TOKENS.findall(canonical(clause).replace("!", "."))
    while found and found[-1] == ".":
        found.pop()
    return found
