"""Dates in text, and whether their reading is certain.

"28 August 2025", "August 28th, 2025", "28. August 2025", "2025年8月28日" and "2025-08-28" can be read one way only;
"03/04/2025" cannot, "28/08/2025" can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

# Month names and their usual abbreviations, lower case: en de fr es it pt nl, then sv da nb pl tr ru uk cs.
_NAMES = (
    "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari januari januar stycznia ocak "
    "января янв січня ledna",
    "february feb februar feber février févr fév febrero febbraio febb fevereiro fev februari lutego şubat "
    "февраля фев лютого února",
    "march mar märz mrz mars marzo março maart mrt marca mart марта мар березня března",
    "april apr avril avr abril abr aprile kwietnia nisan апреля апр квітня dubna",
    "may mai mayo maggio mag maio mei maj maja mayıs мая травня května",
    "june jun juni juin junio giugno giu junho czerwca haziran июня июн червня června",
    "july jul juli juillet juil julio luglio lug julho lipca temmuz июля июл липня července",
    "august aug août agosto ago augustus augusti sierpnia ağustos августа авг серпня srpna",
    "september sep sept septembre septiembre settembre sett set setembro września eylül сентября сен сент вересня září",
    "october oct oktober okt octobre octubre ottobre ott outubro out października ekim октября окт жовтня října",
    "november nov novembre noviembre novembro listopada kasım ноября ноя листопада listopadu",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember grudnia aralık декабря дек грудня "
    "prosince",
)
MONTHS: dict[str, int] = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}

_MONTH = "(?:" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + ")"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_DATE = re.compile(
    rf"(?<![\w.,/-])(?:"
    rf"(?P<d1>{_DAY})(?:st|nd|rd|th|er|[.º°ª])?(?:\s*[-/]\s*|\s+)(?:of\s+|de\s+)?(?P<m1>{_MONTH})\.?,?"
    rf"(?:\s*[-/]\s*|\s+)(?:de\s+|del\s+)?(?P<y1>{_YEAR})(?!\d)"
    rf"|(?P<m2>{_MONTH})\.?\s+(?P<d2>{_DAY})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(?P<y2>{_YEAR})(?!\d)"
    rf"|(?P<y3>{_YEAR})(?P<s3>[-/.])(?P<m3>1[0-2]|0?[1-9])(?P=s3)(?P<d3>{_DAY})(?![\d])(?![-/.]\d)"
    rf"|(?P<y4>{_YEAR})\s*[年년]\s*(?P<m4>1[0-2]|0?[1-9])\s*[月월]\s*(?P<d4>{_DAY})\s*[日号일]"
    rf"|(?P<a5>3[01]|[12]\d|0?[1-9])(?P<s5>[-/.])(?P<b5>3[01]|[12]\d|0?[1-9])(?P=s5)(?P<y5>{_YEAR})(?![\d])(?![-/.]\d)"
    rf")",
    re.IGNORECASE,
)
_MAYBE = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text, from ``start`` to ``end``. ``day`` is None where it can be read in two ways."""

    start: int
    end: int
    day: date | None


def find(text: str) -> Iterator[Found]:
    """The dates with day, month and year, in order."""
    if not _MAYBE.search(text):
        return
    for found in _DATE.finditer(text):
        parts = found.groupdict()
        if parts["y5"]:
            yield Found(found.start(), found.end(), _numeric(int(parts["a5"]), int(parts["b5"]), int(parts["y5"])))
            continue
        number = next(number for number in "1234" if parts[f"y{number}"])
        month = parts[f"m{number}"]
        named = int(month) if month.isdigit() else MONTHS[month.lower()]
        read = _day(int(parts[f"y{number}"]), named, int(parts[f"d{number}"]))
        if read:
            yield Found(found.start(), found.end(), read)


def parse_date(text: str) -> date | None:
    """The first date in the text, if its reading is certain."""
    first = next(find(text), None)
    return first.day if first else None


def normalise(text: str) -> str:
    """The text with every certain date written as 2025-08-28."""
    begin, pieces = 0, []
    for found in find(text):
        if found.day:
            pieces += [text[begin : found.start], found.day.isoformat()]
            begin = found.end
    return "".join([*pieces, text[begin:]]) if pieces else text


def _numeric(first: int, second: int, year: int) -> date | None:
    """Day and month in unknown order: certain only if one of them cannot be a month, or both are the same."""
    if first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
