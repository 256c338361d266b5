"""What moves by itself on a page: relative ages ("Updated 5 days ago") and counters ("1,204 views")."""

from __future__ import annotations

import re
from functools import cache

from policywatch.extraction import dates
from policywatch.patterns import late

_NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|several)"
_AGES = (
    rf"(?:(?:about|over|almost|nearly|around|more than|less than) )?{_NUMBER} "
    r"(?:sec(?:ond)?|min(?:ute)?|h(?:ou)?r|day|week|mo(?:nth)?|y(?:ea)?r)s? ago",
    r"vor (?:(?:über|etwa|fast|mehr als|weniger als) )?(?:\d+|eine[mr]|wenigen|einigen|zwei|drei|vier|fünf|sechs) "
    r"(?:sekunde|minute|stunde|tag|woche|monat|jahr)(?:e|en|n)?",
    r"il y a (?:(?:environ|plus de|plus d'|moins de|moins d'|presque) ?)?(?:\d+|une?|deux|trois|quelques) "
    r"(?:seconde|minute|heure|jour|semaine|mois|an|année)s?",
    r"hace (?:(?:más de|alrededor de|casi|unos|unas) )?(?:\d+|una?|dos|tres) "
    r"(?:segundo|minuto|hora|día|semana|mes|año)(?:es|s)?",
    r"(?:(?:circa|oltre|più di|quasi) )?(?:\d+|una?|un'|due|tre) ?"
    r"(?:second[oi]|minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]) fa",
    r"há (?:(?:cerca de|mais de|quase) )?(?:\d+|uma?|dois|duas|três) (?:segundo|minuto|hora|dia|semana|mês|mese|ano)s?",
    r"(?:\d+|een|twee|drie) (?:second(?:e|en)|minu(?:ut|ten)|uur|dag(?:en)?|we(?:ek|ken)|maand(?:en)?|jaar) geleden",
    r"(?:för|for) (?:\d+|ett?|en|två|to|tre) (?:sekund|minut|tim|dag|veck|uge|uke|månad|måned|år)\w* (?:sedan|siden)",
    r"(?:\d+ )?(?:sekund|minut|godzin|dni|dzień|tydzień|tygodni|miesiąc|miesięcy|miesiące|rok|lata|lat)\w* temu",
    r"(?:\d+ )?(?:секунд|минут|час|день|дня|дней|недел|месяц|год|лет)\w* назад",
    r"(?:\d+|bir) (?:saniye|dakika|saat|gün|hafta|ay|yıl) önce",
)
_CJK_AGES = (
    r"\d+ ?(?:秒钟?|分钟?|分鐘|小时|小時|時間|天|日|周|週間?|个月|個月|か月|ヶ月|カ月|月|年) ?(?:以)?前",
    r"\d+ ?(?:초|분|시간|일|주|개월|달|년) ?전",
)
# One of these is in whatever the patterns find; looking for them is quicker than looking for the patterns.
HINTS = " ago|vor |Vor |l y a |hace |Hace | fa |há |Há | geleden| sedan| siden| temu| назад| önce|前|전".split("|")
_MADE = late(
    r"(?:updat|modif|edit|publish|post|review|revis|chang|written|creat|aktualisier|geändert|veröffentlich|bearbeit"
    r"|mis\w* à jour|publi|actualiz|aggiorn|atualiz|bijgewerkt|gewijzigd|uppdater|opdater|oppdater|zaktualizow"
    r"|обновлен|изменен|опубликован|güncellen|更新|发布|發佈|公開|修改|업데이트|수정)[^.!?。]{0,24}$",
    re.IGNORECASE,
)
_MADE_AFTER = late("[にの에 ]{0,2}(?:更新|发布|發佈|公開|修改|업데이트|수정)")
_COUNT = r"(?:\d{1,3}(?:[.,]\d{3})*|\d+|\d+[.,]\d ?[km]|\d+ ?[km])"
_COUNTER = late(
    rf"{_COUNT} (?:views?|likes?|comments?|shares?|reads?|followers|votes?|min(?:ute)?s? read|visits)"
    rf"|(?:views?|likes?|shares?|visits): ?{_COUNT}"
    rf"|{_COUNT} (?:out of|of) {_COUNT} (?:people )?found this (?:article )?helpful",
    re.IGNORECASE,
)


_READING = late(  # at the end of a line, or before another of its labels
    r"[\s|•·–—-]*(?:(?<!\d)\d{1,3}[- ]?(?:min(?:ute)?s?\.?[- ]read|min(?:uten|utes|utos|uti)?\.? (?:lesezeit|de lecture"
    r"|de lectura|di lettura|de leitura))|(?:reading time|read time|lesezeit|temps de lecture|tiempo de lectura"
    r"|tempo di lettura|tempo de leitura) ?:? ?(?:about |ca\. )?\d{1,3} ?min(?:ute[ns]?|s|utos|uti)?\.?"
    r"|阅读(?:时间|时长)?[:约]{0,2} ?\d{1,3} ?分钟|\d{1,3} ?分钟阅读)(?=\s*(?:$|[|•·–—]))",
    re.IGNORECASE,
)
_LINE = 100  # letters that a line of a page's head has at most


_LATELY = late(
    r"(?:(?:last )?(?:updated|modified|edited|published|posted|revised|reviewed|changed)|written|created) ?:? ?"
    r"(?:just now|today|yesterday|recently|(?:earlier )?this (?:week|month|year)|last (?:week|month|year))"
    r"|(?:zuletzt )?(?:aktualisiert|geändert|bearbeitet|veröffentlicht)? ?:? ?"
    r"(?:heute|gestern|gerade eben|vor kurzem|(?:diese|letzte) woche|(?:diesen|letzten) monat)(?: aktualisiert)?"
    r"|(?:mis(?:e)? à jour|modifiée?|publiée?) ?:? ?(?:aujourd'hui|hier|récemment|(?:cette|la) semaine(?: dernière)?)"
    r"|(?:actualizad[oa]|modificad[oa]|publicad[oa]) ?:? ?(?:hoy|ayer|recientemente|esta semana|este mes)"
    r"|(?:aggiornat[oa]|modificat[oa]|pubblicat[oa]) ?:? ?(?:oggi|ieri|di recente|questa settimana|questo mese)"
    r"|(?:atualizad[oa]|modificad[oa]|publicad[oa]) ?:? ?(?:hoje|ontem|recentemente|esta semana|este mês)"
    r"|(?:bijgewerkt|gewijzigd) ?:? ?(?:vandaag|gisteren|onlangs|deze week|deze maand)"
    r"|(?:更新(?:于|時間|时间)?|发布于?|最終更新)[:： ]?(?:刚刚|今天|昨天|前天|今日|昨日|本周|本月)"
    r"|(?:刚刚|今天|昨天|今日|昨日)更新",
    re.IGNORECASE,
)


@cache
def _age() -> re.Pattern[str]:
    """Compiled when first needed: every command loads this module, few meet an age."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(_AGES)})(?!\w)|{'|'.join(_CJK_AGES)}", re.IGNORECASE)


def without_ages(text: str) -> str:
    """A clause's text without the ages that count from today, and nothing of a counter, or of a label for an age.

    An age counts as one where the text is about little else, or right after what was done then: "if you joined more
    than 2 years ago" stays.
    """
    if len(text) < 60 and (_COUNTER.fullmatch(text) or _LATELY.fullmatch(text)):
        return ""
    if len(text) < _LINE and ("min" in text or "Min" in text or "分钟" in text):
        text = _READING.sub("", text).strip()
    padded = f"{text} "
    if not any(hint in padded for hint in HINTS):
        return text
    begin, pieces = 0, []
    for found in _age().finditer(text):
        alone = len(text) - (found.end() - found.start()) <= 12
        made = _MADE.search(text[max(0, found.start() - 60) : found.start()]) or _MADE_AFTER.match(text, found.end())
        if alone or made:
            pieces.append(text[begin : found.start()])
            begin = found.end()
    if not pieces:
        return text
    left = " ".join("".join([*pieces, text[begin:]]).split())
    return "" if dates.is_bare_label(left) else left
