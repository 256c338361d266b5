"""Dates in text, and whether their reading is certain.

"28 August 2025", "August 28th, 2025", "28. August 2025", "2025年8月28日" and "2025-08-28" can be read one way only;
"03/04/2025" cannot, "28/08/2025" can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from policywatch.model import Clause

# Month names and their usual abbreviations, lower case: en de fr es it pt nl, then sv da nb pl tr ru uk cs, id ar.
_NAMES = (
    "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari januari januar stycznia ocak "
    "января янв січня ledna يناير",
    "february feb februar feber février févr fév febrero febbraio febb fevereiro fev februari lutego şubat "
    "февраля фев лютого února فبراير",
    "march mar märz mrz mars marzo março maart mrt marca mart марта мар березня března maret مارس",
    "april apr avril avr abril abr aprile kwietnia nisan апреля апр квітня dubna أبريل ابريل",
    "may mai mayo maggio mag maio mei maj maja mayıs мая травня května مايو",
    "june jun juni juin junio giugno giu junho czerwca haziran июня июн червня června يونيو",
    "july jul juli juillet juil julio luglio lug julho lipca temmuz июля июл липня července يوليو",
    "august aug août agosto ago augustus augusti sierpnia ağustos августа авг серпня srpna agustus أغسطس",
    "september sep sept septembre septiembre settembre sett set setembro września eylül сентября сен сент вересня září "
    "سبتمبر",
    "october oct oktober okt octobre octubre ottobre ott outubro out października ekim октября окт жовтня října أكتوبر",
    "november nov novembre noviembre novembro listopada kasım ноября ноя листопада listopadu نوفمبر",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember grudnia aralık декабря дек грудня "
    "prosince desember ديسمبر",
)
MONTHS: dict[str, int] = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}

_NAME = r"[^\W\d_]+"  # of a month, perhaps: looked up, since a pattern of all of them takes long to compile
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_DATE = (
    rf"(?<![\w.,/-])(?:"
    rf"(?P<d1>{_DAY})(?:st|nd|rd|th|er|[.º°ª])?(?:\s*[-/]\s*|\s+)(?:of\s+|de\s+)?(?P<m1>{_NAME})\.?,?"
    rf"(?:\s*[-/]\s*|\s+)(?:de\s+|del\s+)?(?P<y1>{_YEAR})(?!\d)"
    rf"|(?P<m2>{_NAME})\.?\s+(?P<d2>{_DAY})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(?P<y2>{_YEAR})(?!\d)"
    rf"|(?P<y3>{_YEAR})(?P<s3>[-/.])(?P<m3>1[0-2]|0?[1-9])(?P=s3)(?P<d3>{_DAY})(?![\d])(?![-/.]\d)"
    rf"|(?P<y4>{_YEAR})\s*[年년]\s*(?P<m4>1[0-2]|0?[1-9])\s*[月월]\s*(?P<d4>{_DAY})\s*[日号일]"
    rf"|(?P<a5>3[01]|[12]\d|0?[1-9])(?P<s5>[-/.])(?P<b5>3[01]|[12]\d|0?[1-9])(?P=s5)(?P<y5>{_YEAR})(?![\d])(?![-/.]\d)"
    rf")"
)
_MAYBE = re.compile(r"(?:19|20)\d\d")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when first needed: every command loads this module, few meet a date."""
    return re.compile(pattern, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text, from ``start`` to ``end``.

    ``day`` is None where it can be read in two ways; ``likely`` is then the usual one, if there is one.
    """

    start: int
    end: int
    day: date | None
    likely: date | None = None


def find(text: str) -> Iterator[Found]:
    """The dates with day, month and year, in order."""
    if not _has_year(text):
        return
    dates, at = _compiled(_DATE), 0
    while found := dates.search(text, at):
        parts = found.groupdict()
        name = parts["m1"] or parts["m2"] or ""
        if name and name.lower() not in MONTHS:
            at = found.start() + 1
            continue
        at = found.end()
        if parts["y5"]:
            first, second, year = int(parts["a5"]), int(parts["b5"]), int(parts["y5"])
            # With dots the day stands first, nearly everywhere.
            likely = _day(year, second, first) if parts["s5"] == "." else None
            yield Found(found.start(), found.end(), _numeric(first, second, year), likely)
            continue
        number = next(number for number in "1234" if parts[f"y{number}"])
        month = parts[f"m{number}"]
        named = int(month) if month.isdigit() else MONTHS[month.lower()]
        read = _day(int(parts[f"y{number}"]), named, int(parts[f"d{number}"]))
        if read:
            yield Found(found.start(), found.end(), read)


def _has_year(text: str) -> bool:
    return ("20" in text or "19" in text) and _MAYBE.search(text) is not None


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


# -- since when a document is in force ---------------------------------------------------------------------------------

_FORCE = (
    r"\b(?:effective|in force|in effect|enter(?:s|ed)? into force|takes? effect|applicable from|valid (?:from|as of)"
    r"|gültig|in kraft|inkrafttreten|entrée? en vigueur|en vigueur|applicable (?:à partir du|depuis)|en vigor|vigente"
    r"|gelten ab|gilt (?:ab|seit)|vigencia|in vigore|em vigor|vigência|van kracht|geldig|gäller från|gælder fra"
    r"|gjelder fra|obowiązuj\w+|yürürlük\w*|вступа\w+ в силу|действу\w+ с"
    r"|набира\w+ чинності|účinn\w+|platn\w+ od|mulai berlaku|berlaku (?:sejak|efektif|mulai)"
    r"|سار(?:ي|ية)|السريان)\b|生效|施行|発効|適用開始|시행"
)
_UPDATE = (
    r"\b(?:updated?|revised|revision|modified|amended|changed|as of|version|dated?|posted|published|last review\w*"
    r"|stand|aktualisiert|zuletzt|geändert|mise? à jour|modifiée?|dernière|actualiza\w+|última|modifica\w+|aggiorna\w+"
    r"|ultim[ao]|atualiza\w+|bijgewerkt|gewijzigd|uppdatera\w+|opdateret|oppdatert|aktualizacj\w+|güncelle\w+"
    r"|обновлен\w*|изменен\w*|редакци\w+|оновлен\w*|aktualizov\w+|di?perbarui|pembaruan|تحديث)\b|更新|修订|改定|制定|최종|개정|수정"
)
_OVER = r"\b(?:until|through|prior|previous|before|archived?|bis|jusqu|hasta|fino|até|tot)\b"
_OWN = (
    r"\b(?:this|these|our) (?:\w+ ){1,3}(?:is|are|was|were|has been|have been) "
    r"(?:last )?(?:effective|updated|revised|modified)"
)
_FIRST = 6  # clauses among which a line that is only a date counts
_TOP = 20  # clauses looked at from the top
_LABEL = 60  # characters between a label and its date
_SHORT = 16  # words of a clause that is there for its date


def effective_date(clauses: Sequence[Clause]) -> date | None:
    """Since when the document says it is in force; else when it says it was last updated.

    Only what a label names counts, near the top or in a line or sentence that is there for it, and only dates of
    certain reading (or, with dots, of the usual one).
    """
    ranked: dict[int, date] = {}
    for number, clause in enumerate(clauses):
        top = number < _TOP
        if not top and ranked.keys() & {0, 1, 2}:
            break
        said = clause.plain
        if not _has_year(said):
            continue
        short = _is_short(said)
        for found in find(said) if short or top or _compiled(_OWN).search(said) else ():
            alone = said[: found.start].strip(" :") == ""
            kind = _kind(said, found) or (_label_before(clauses, number) if alone else "")
            bare = number < _FIRST and len(said) - (found.end - found.start) <= 3
            day = found.day or found.likely
            if day and (kind or bare) and (short or top or _compiled(_OWN).search(said, 0, found.start)):
                ranked.setdefault(_rank(kind, short), day)
    return ranked[min(ranked)] if ranked else None


def _is_short(said: str) -> bool:
    return len(said.split()) <= _SHORT


def _label_before(clauses: Sequence[Clause], number: int) -> str:
    """What the clause before calls a date that begins its clause."""
    said = clauses[number - 1].plain if number else ""
    return _label(said) if _is_short(said) else ""


def _rank(kind: str, short: bool) -> int:
    """How well a date answers, the best first: a line of its own beats a sentence about something else."""
    return ("force", "-force", "update", "made", "", "-update", "-made", "-").index(kind if short else f"-{kind}")


def _kind(text: str, found: Found) -> str:
    """What the words around a date call it: "force", "update" or nothing."""
    before = text[max(0, found.start - _LABEL) : found.start]
    if not before.rstrip().endswith(("|", ".")):
        before = re.split(r"[.;)|] (?!\d)", before)[-1]
    after = text[found.end : found.end + 14]
    if _compiled(_OVER).search(before):
        return ""
    return _label(before) or (
        "force" if re.match(r"\W{0,2}(?:起|부터\s?)?(?:生效|施行|発効|시행)", after) else _after(after)
    )


def _after(text: str) -> str:
    """What stands behind a date: where a text tells when it was made and when it was changed, each date has a word."""
    if re.match(r"\W{0,2}(?:更新|修订|修訂|改定|改訂|개정)", text):
        return "update"
    return "made" if re.match(r"\W{0,2}(?:制定|제정)", text) else ""


def is_label(text: str) -> bool:
    """Whether a text is nothing but what a date is called: "Updated", "Effective date:"."""
    return len(text) <= 40 and not any(letter.isdigit() for letter in text) and _label(text) != ""


def is_line(text: str) -> bool:
    """Whether a text is a date beside its label and nothing else: "Effective date: May 1, 2031"."""
    found = next(find(text), None) if len(text) <= 80 else None
    return found is not None and is_label(text[: found.start]) and len(text) - found.end <= 3


_LABEL_WORDS = frozenset(
    """
    last latest first date on of as updated update revised revision modified effective published posted created reviewed
    changed edited article page policy document this was is since version zuletzt aktualisiert geändert stand am vom
    veröffentlicht dernière mise mis à jour le publié modifié última último actualización actualizado el ultimo
    aggiornamento aggiornato il atualização atualizado em laatst bijgewerkt op uppdaterad opdateret ostatnia
    aktualizacja обновлено 更新 更新于 更新日期 最后更新 最終更新 최종 업데이트
    """.split()
)


def is_bare_label(text: str) -> bool:
    """Whether a text has no word but those that dates are labelled with."""
    words = text.casefold().strip(" :.").split()
    return 0 < len(words) <= 5 and _LABEL_WORDS.issuperset(words) and _label(text) != ""


def _label(text: str) -> str:
    """The label in a text, the last one where there are two; "" without."""
    last = {
        kind: max((found.start() for found in _compiled(pattern).finditer(text)), default=-1)
        for kind, pattern in (("force", _FORCE), ("update", _UPDATE))
    }
    if last["force"] < 0 and last["update"] < 0:
        return ""
    # "effective date", "effective as of": the weaker word only completes the stronger.
    return "force" if last["force"] >= 0 and last["update"] - last["force"] < 14 else "update"
