"""Numbers with units: times, money, percentages, ages, counts. "thirty (30) days" is "30 days"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from policywatch.comparison.signals.shift import Match, Shift
from policywatch.model import Signal

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: value for value, word in enumerate(_ONES)} | {word: 20 + 10 * n for n, word in enumerate(_TENS)}
_WORDS |= {f"{ten}-{one}": _WORDS[ten] + _WORDS[one] for ten in _TENS for one in _ONES[1:10]}
_WORDS |= {"hundred": 100, "one hundred": 100, "thousand": 1000, "one thousand": 1000}

_DIGITS = r"\d+(?:[.,]\d+)*"
_WORD = "(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
_NUMBER = rf"(?:{_WORD}(?:\s*\(\s*(?P<in>{_DIGITS})\s*\))?|{_DIGITS})"
_SCALE = r"(?:\s*(?:thousand|million|billion|[kKmM]\b))?"
_TIME = (
    r"(?:(?:business|calendar|working|consecutive|full)\s+)?(?:second|minute|hour|day|night|week|month|quarter|year)s?"
)
_COUNT = (
    r"(?:(?:active|free|paid|monthly|concurrent|authori[sz]ed|unique)\s+)?(?:user|account|device|seat|licen[cs]e|credit|image|request|message|character|word|token"
    r"|file|page|time|people|person|employee|member|participant|copie|download|upload|project|[KMGT]B|gigabyte|megabyte)s?"
)
_QUANTITY = regex.compile(
    rf"""
      (?P<money>(?:US|A|C|CA|AU)?[$€£¥₹]\s?(?P<n>{_DIGITS}){_SCALE}
        | \b(?:USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|AUD|CAD)\s?(?P<n>{_DIGITS}){_SCALE}
        | (?<![\w.,])(?P<n>{_NUMBER}){_SCALE}\s+(?:(?:U\.?S\.?\s+)?dollars?|euros?|pounds?|USD|EUR|GBP|CHF|yuan|yen)\b)
    | (?P<percent>(?<![\w.,])(?P<n>{_NUMBER})\s*(?:%|per\s?cent\b|percent\b))
    | (?P<time>(?<![\w.,])(?P<n>{_NUMBER})[\s-]+(?P<unit>{_TIME})\b (?!\s+ago\b))
    | (?P<age>\b(?:(?:under|over|below|above)(?:\s+the\s+age\s+of)?|age[ds]?(?:\s+of)?|(?:older|younger)\s+than)
        \s+(?P<n>{_NUMBER})(?![\w.,]?\d|\s*%))
    | (?P<count>(?<![\w.,])(?P<n>{_NUMBER})\s+(?P<unit>(?-i:{_COUNT}))\b)
    """,
    regex.VERBOSE | regex.IGNORECASE,
)


def signals(shift: Shift) -> Iterator[Signal]:
    if shift.paired:
        yield from shift.signals("number", quantities)


def quantities(text: str) -> Iterator[Match]:
    for match in _QUANTITY.finditer(text):
        kind = match.lastgroup if match.lastgroup not in ("n", "in", "unit") else ""
        kind = next(name for name in ("money", "percent", "time", "age", "count") if match[name]) or kind
        unit = " ".join((match["unit"] or "").lower().rstrip("s").split())
        yield Match(match.start(), match.end(), f"{kind} {_value(match)} {unit}")


def _value(match: regex.Match[str]) -> str:
    said = match["in"] or match["n"].lower()
    rest = match[0].lower()
    scale = "k" if regex.search(r"\d\s*k\b|thousand", rest) else "m" if regex.search(r"\d\s*m\b|million", rest) else ""
    return f"{_WORDS.get(said, said.replace(',', ''))}{scale}"
