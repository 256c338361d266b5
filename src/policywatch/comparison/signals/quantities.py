"""Numbers with units: times, money, percentages, ages, counts. "thirty (30) days" is "30 days"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policywatch.comparison.signals.shift import Match, Shift
from policywatch.model import Signal
from policywatch.patterns import late

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: value for value, word in enumerate(_ONES)} | {word: 20 + 10 * n for n, word in enumerate(_TENS)}
_WORDS |= {f"{ten}-{one}": _WORDS[ten] + _WORDS[one] for ten in _TENS for one in _ONES[1:10]}
_WORDS |= {"hundred": 100, "one hundred": 100, "thousand": 1000, "one thousand": 1000}

_UNITS = "(?:one|two|three|four|five|six|seven|eight|nine)"
_DIGITS = r"\d+(?:[.,]\d+)*"
_WORD = (
    rf"(?:(?:one )?(?:hundred|thousand)|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-{_UNITS})?"
    rf"|(?:thir|four|fif|six|seven|eigh|nine)teen|eleven|twelve|ten|zero|{_UNITS})"
)
_NUMBER = late(
    r"(?<![\w.,])(?=[\dzotfsenh])"
    rf"(?:(?P<word>{_WORD})\b(?:\s*\(\s*(?P<in>{_DIGITS})\s*\))?|(?P<digits>{_DIGITS}))",
    re.IGNORECASE,
)
_SCALE = r"(?P<scale>\s*(?:thousand|million|billion)\b|[kKmM]\b)?"
_TIME = (
    r"(?:(?:business|calendar|working|consecutive|full)\s+)?(?:second|minute|hour|day|night|week|month|quarter|year)s?"
)
_COUNT = (
    r"(?:(?:active|free|paid|monthly|concurrent|authori[sz]ed|unique)\s+)?"
    r"(?:users?|accounts?|devices?|seats?|licen[cs]es?|credits?|images?|requests?|messages?|characters?|words?|tokens?|files?|pages?|times|people|persons?|employees?"
    r"|members?|participants?|copies|downloads?|uploads?|projects?|[KMGT]B|gigabytes?|megabytes?)"
)
_CURRENCY = r"(?:(?:U\.?S\.?\s+)?dollars?|euros?|pounds?|USD|EUR|GBP|CHF|yuan|yen)"
_AFTER = late(
    rf"""
      {_SCALE} (?: \s*(?P<percent>%|per\s?cent\b|percent\b) | \s+(?P<money>{_CURRENCY})\b
                 | [\s-]+(?P<time>{_TIME})\b(?!\s+ago\b) | \s+(?P<count>(?-i:{_COUNT}))\b )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE = late(
    r"""
      (?P<money>(?:\b(?:US|A|C|CA|AU))?[$€£¥₹]\s?|\b(?:USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|AUD|CAD)\s?)$
    | (?P<age>\b(?:(?:under|over|below|above)(?:\s+the\s+age\s+of)?|age[ds]?(?:\s+of)?|(?:older|younger)\s+than)\s+)$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PRICE = late(_SCALE)
# What patterns find beside a number has one of these: quicker to see than what it is.
_CURRENCIES = frozenset("$€£¥₹")
_AHEAD = frozenset("usd eur gbp chf jpy cny rmb inr aud cad under over below above age aged ages of than".split())
_BEHIND = frozenset(
    "% k m thousand million billion per percent u.s us dollar euro pound usd eur gbp chf yuan yen business calendar"
    " working consecutive full second minute hour day night week month quarter year active free paid monthly concurrent"
    " authorised authorized unique user account device seat licence license credit image request message character word"
    " token file page time people person employee member participant copies download upload project kb mb gb tb"
    " gigabyte megabyte".split()
)
_REACH = 24  # letters before a number that can make it a quantity


def signals(shift: Shift) -> Iterator[Signal]:
    if shift.paired:
        yield from shift.signals("number", quantities, once=True)


def quantities(text: str) -> Iterator[Match]:
    """Numbers with what is before and after them, where that makes them a quantity."""
    for number in _NUMBER.finditer(text):
        value = _WORDS.get((number["word"] or "").lower(), (number["in"] or number["digits"] or "").replace(",", ""))
        ahead, behind = (
            text[max(0, number.start() - _REACH) : number.start()],
            text[number.end() : number.end() + _REACH],
        )
        before = _BEFORE.search(ahead) if _may_lead(ahead) else None
        after = _AFTER.match(text, number.end()) if _may_follow(behind) else None
        start = number.start() - len(before[0]) if before else number.start()
        if before and before["money"]:
            scale = _PRICE.match(text, number.end())
            said = scale[0] if scale else ""
            yield Match(start, number.end() + len(said), f"money {value}{said.strip().lower()}")
        elif after:
            kind, unit = next((kind, after[kind]) for kind in ("percent", "money", "time", "count") if after[kind])
            unit = " ".join(unit.lower().rstrip("s").split()) if kind in ("time", "count") else ""
            yield Match(number.start(), after.end(), f"{kind} {value}{(after['scale'] or '').strip().lower()} {unit}")
        elif before:
            yield Match(start, number.end(), f"age {value}")


def _may_lead(ahead: str) -> bool:
    words = ahead.lower().split()
    return bool(words) and (words[-1][-1] in _CURRENCIES or words[-1].strip("(\"“'") in _AHEAD)


def _may_follow(behind: str) -> bool:
    words = "".join(sign if sign.isalnum() or sign == "." else f" {sign} " for sign in behind.lower()).split()
    first = [word.strip(".") for word in words if word == "%" or word[0].isalnum()][:2]
    return any(word in _BEHIND or word.rstrip("s") in _BEHIND for word in first)
