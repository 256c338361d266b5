"""The figures and names in a sentence: ages, days, periods, caps, laws."""

from __future__ import annotations

import re

from policywatch.taxonomy.positions.grammar import found

_UNIT_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}


def days(text: str) -> int | None:
    """The first period in a sentence's sense, in days (a month as 30); None without one or below a day."""
    period = re.search(r"\b(\d+)[ -](?:calendar |business |working |full )?(hour|day|week|month|year)s?\b", text)
    if not period:
        return None
    length = int(period[1]) * _UNIT_DAYS[period[2]]
    return round(length) if length >= 1 else None


def period(text: str) -> str | None:
    """The first period in a sentence's sense, as "30 days"."""
    match = re.search(r"\b(\d+)[ -](calendar |business |working |full )?(hour|day|week|month|year)s?\b", text)
    if not match:
        return None
    return f"{match[1]} {match[2] or ''}{match[3]}{'' if match[1] == '1' else 's'}"


# -- laws --------------------------------------------------------------------------------------------------------------

_STATES = (
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut "
    "Delaware Florida Georgia Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine "
    "Maryland Massachusetts Michigan Minnesota Mississippi Missouri "
    "Montana Nebraska Nevada New_Hampshire New_Jersey New_Mexico New_York "
    "North_Carolina North_Dakota Ohio "
    "Oklahoma Oregon Pennsylvania Rhode_Island South_Carolina South_Dakota "
    "Tennessee Texas Utah Vermont Virginia Washington West_Virginia "
    "Wisconsin Wyoming District_of_Columbia"
)
_COUNTRIES = (
    "England_and_Wales England Scotland Northern_Ireland United_Kingdom "
    "Ireland Germany France Spain Italy Portugal Netherlands Belgium "
    "Luxembourg Austria Switzerland Sweden "
    "Norway Denmark Finland Iceland Estonia Latvia Lithuania Poland "
    "Czech_Republic Czechia Slovakia Slovenia Hungary Romania Bulgaria "
    "Greece Cyprus Malta Croatia Serbia Ukraine "
    "Turkey Russia Israel India Pakistan Bangladesh China Hong_Kong "
    "Macau Taiwan Japan South_Korea Korea Singapore Malaysia Indonesia "
    "Thailand Vietnam Philippines Australia "
    "New_Zealand Canada Mexico Brazil Argentina Chile Colombia Peru "
    "South_Africa Nigeria Kenya Egypt United_Arab_Emirates Saudi_Arabia "
    "Qatar Ontario Quebec British_Columbia "
    "Alberta New_South_Wales Victoria Queensland Jersey Gibraltar "
    "Isle_of_Man Cayman_Islands British_Virgin_Islands Bermuda Panama "
    "Seychelles Dubai Belize Puerto_Rico"
)
_CALLED = (  # "Californian law"
    "California: californian; England and Wales: english; United Kingdom: british, uk; Ireland: irish; "
    "Germany: german; France: french; Spain: spanish; Italy: italian; Portugal: portuguese; "
    "Netherlands: dutch; Belgium: belgian; Austria: austrian; Switzerland: swiss; Sweden: swedish; "
    "Norway: norwegian; Denmark: danish; Finland: finnish; Estonia: estonian; Latvia: latvian; "
    "Lithuania: lithuanian; Poland: polish; Czech Republic: czech; Hungary: hungarian; Romania: romanian; "
    "Greece: greek; Israel: israeli; India: indian; China: chinese, prc; Japan: japanese; "
    "South Korea: korean; Australia: australian; Canada: canadian; Brazil: brazilian; Turkey: turkish; "
    "Russia: russian; Singapore: singaporean; Scotland: scottish, scots; Malta: maltese; "
    "Luxembourg: luxembourgish"
)
_CANONICAL = {
    "republic of korea": "South Korea",
    "republic of ireland": "Ireland",
    "czechia": "Czech Republic",
    "england": "England and Wales",
}
_PLACES = {name.replace("_", " ").lower(): name.replace("_", " ") for name in f"{_STATES} {_COUNTRIES}".split()}
_PLACES |= {
    adjective: place
    for place, _, adjectives in (entry.partition(": ") for entry in _CALLED.split("; "))
    for adjective in adjectives.split(", ")
}
_PLACES |= _CANONICAL
_PLACE = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, _PLACES), key=len, reverse=True)) + r")\b")
_UNITED_STATES = re.compile(r"\b(?:united states(?: of america)?|u\.s\.a?\.?|usa)(?=\W|$)")


def laws(text: str) -> tuple[str, ...]:
    """The jurisdictions named in a stretch of sense, in order; the United States only where no state is named."""
    found_places: list[str] = []
    for match in _PLACE.finditer(text):
        name = _PLACES[match[0]]
        if name not in found_places:
            found_places.append(name)
    if not found_places and _UNITED_STATES.search(text):
        return ("United States",)
    return tuple(found_places)


# -- caps --------------------------------------------------------------------------------------------------------------

_MONEY = (
    r"(?:\brs\.? ?\d[\d,.]*\d|"
    r"(?:us|usd|u\.s\.|eur|gbp|cad|aud|nzd|inr|sgd|\b[acs](?=\$))? ?[$€£₹¥] ?\d[\d,.]*\d|(?:us|usd|"
    r"u\.s\.)? ?[$€£₹¥] ?\d|\d[\d,.]* ?(?:us dollars|u\.s\. dollars|dollars|usd|euros?|eur|pounds|"
    r"gbp)|\b(?:us|usd|eur|euros?|gbp|cad|aud|chf|inr) ?\d[\d,.]*\d\b)"
)
_SPELT = r"\b((?:(?:one|two|five|ten|twenty|fifty|hundred|thousand) ){1,3})(?:u\.?s\.? )?(dollars?|euros?|pounds)\b"
_FACTORS = {"one": 1, "two": 2, "five": 5, "ten": 10, "twenty": 20, "fifty": 50}
_SIGNS = {"d": "$", "e": "€", "p": "£"}
_FEES = (
    r"(?:(?:total |aggregate )?(?:amounts?|fees|sums?|price|subscription fees?|charges|"
    r"payments?)\b[^.;$]{0,60}?\b(?:paid|payable|received|collected|pay|owed|due|spent|made)|"
    r"(?:what|the amount) (?:you|the (?:user|customer)) (?:have |has )?(?:actually )?paid)"
)


def _in_figures(words: str, currency: str) -> str:
    """ "one hundred ", "dollars" -> "$100"."""
    total = 1
    for word in words.split():
        total *= {"hundred": 100, "thousand": 1000}.get(word) or _FACTORS[word]
    return f"{_SIGNS[currency[0]]}{total}"


_WHICHEVER = r"\bwhichever is(?: the)?"


def amount(text: str) -> str | None:
    """The cap a sentence of sense names: its fees and its sum of money, in short."""
    money = found(_MONEY, text)
    spelt = None if money else found(_SPELT, text)
    fees = found(_FEES, text)
    window = found(r"\b(\d+)[ -](?:calendar )?(month|day|year)s?\b", text[fees.start() :]) if fees else None
    parts = []
    if fees:
        parts.append("fees paid" + (f" in {window[1]} {window[2]}{'' if window[1] == '1' else 's'}" if window else ""))
    if money:
        sum_of = money[0].strip(" .,").upper().replace("US$", "$").replace("USD$", "$")
        sum_of = sum_of.replace("USD $", "$").replace("US $", "$")
        sum_of = re.sub(r"^RS\b", "Rs", sum_of)
        parts.append(re.sub(r"[A-Z]{4,}", lambda word: word[0].lower(), sum_of))  # "euros" is no code as EUR is
    if spelt:
        parts.append(_in_figures(spelt[1], spelt[2]))
    if not parts:
        return None
    which = ""
    if len(parts) == 2 and found(
        rf"\b(?:greater|higher|larger|more) of\b|{_WHICHEVER} (?:greater|higher|larger|more)", text
    ):
        which = "greater of "
    elif len(parts) == 2 and found(
        rf"\b(?:lesser|lower|smaller|less) of\b|{_WHICHEVER} (?:lesser|lower|smaller|less)", text
    ):
        which = "lesser of "
    return which + " or ".join(parts)


# -- ages --------------------------------------------------------------------------------------------------------------

_AGE = re.compile(
    r"\b(?:at least|over|above|attained|reached|are|is|be|minimum(?: required)? age(?: of| is|"
    r" means| to use [\w ]{0,20} is)?|(?:under|below|younger than|less than|older than|age of|"
    r"aged?)(?: the age of)?"
    r"|the age of)\W{0,3}(?:at least )?(\d{1,2})\b(?!\s*(?:days?|months?|%|weeks?|hours?|business|calendar))"
    r"|\b(\d{1,2}) ?(?:\+|years? (?:of age|old)|years? or (?:older|over)|or (?:older|over|above)|"
    r"years and older|and (?:older|over|above))"
)


def ages(text: str) -> tuple[int, ...]:
    """The ages in a sentence's sense, in order, between 13 and 21."""
    numbers = (int(match[1] or match[2]) for match in _AGE.finditer(text))
    return tuple(number for number in numbers if 13 <= number <= 21)
