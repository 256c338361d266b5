"""The date a text gives itself, and the sections it refers to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from policywatch.comparison import numbering
from policywatch.comparison.signals.shift import LONG, Match, Shift
from policywatch.extraction import dates
from policywatch.extraction.canonical import canonical
from policywatch.model import Signal
from policywatch.patterns import late

_LOOSE = late(
    r"\b(?P<month>[^\W\d_]{3,})\.?\s+(?:19|20)\d\d\b|\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d\b", re.IGNORECASE
)
BARE = 60  # letters: a clause that says a date only has fewer
_DIGITS = late(r"\d\d")
_OWN = late(
    r"\b(?:(?:last|first)\s+)?(?:updated?|effective|revis(?:ed|ion)|modified|amended|version|in\s+force|enter\w*\s+into\s+force|posted|published"
    r"|dated|as\s+of|applies\s+from)\b",
    re.IGNORECASE,
)


def signals(shift: Shift, follows: Callable[[str, str], bool]) -> Iterator[Signal]:
    """``follows`` tells whether a reference's number went with the section it names."""
    if shift.paired:
        yield from shift.signals("effective-date", _own_dates)
        yield from _references(shift, follows)


def any_date(text: str) -> Iterator[Match]:
    """Dates, also those of a month only or that can be read in two ways."""
    certain = [(one.start, one.end, one.day.isoformat()) for one in dates.find(text) if one.day]
    for start, end, day in certain:
        yield Match(start, end, day)
    taken = {at for start, end, _ in certain for at in range(start, end)}
    for match in _LOOSE.finditer(text):
        month = match["month"]
        if taken.isdisjoint(range(match.start(), match.end())) and (not month or month.lower() in dates.MONTHS):
            yield Match(match.start(), match.end(), match[0].lower())


def _own_dates(text: str) -> Iterator[Match]:
    """Dates in a sentence that speaks of the text's own date, or in a clause that says nothing else."""
    if not _DIGITS.search(text) or not (len(text) < BARE or _OWN.search(text)):
        return
    for match in any_date(text):
        begin = max(text.rfind(". ", 0, match.start) + 1, match.start - 80)
        rest = text[: match.start] + text[match.end :]
        if _OWN.search(text, begin, match.start) or not any(map(str.isalnum, rest)):
            yield match


def _references(shift: Shift, follows: Callable[[str, str], bool]) -> Iterator[Signal]:
    def found(text: str) -> Iterator[Match]:
        yield from (Match(start, end, canonical(said)) for start, end, said in numbering.find(text))

    def number(reference: str) -> tuple[str, ...]:
        return numbering.references(reference)[1]

    for signal in shift.signals("reference", found, close=LONG):
        olds, news = number(signal.before), number(signal.after)
        if len(olds) != len(news) or not all(map(follows, olds, news)):
            yield signal
