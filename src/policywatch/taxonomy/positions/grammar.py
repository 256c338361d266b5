"""The words of policies made comparable, and the small language that the questions' patterns are written in.

``sense`` rewrites a sentence so that one pattern covers many phrasings: lower case, straight quotes, "won't" as
"will not", "thirty (30)" as "30", the platform's own name as "we". Patterns are regular expressions over that, with
macros in braces (``{we}``, ``{train}``) and two gaps: `` .. `` bridges up to 60 characters and `` ... `` up to 160, never
across a semicolon. Every gap is bounded, so matching stays linear in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from policywatch.model import plain

LONGEST = 4_000  # characters of a sentence that are looked at; longer ones are lists run together

_TYPOGRAPHY = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": None, "”": None, '"': None, "„": None, "«": None, "»": None}
    | dict.fromkeys("\u00a0\u2009\u202f", " ")
    | dict.fromkeys("–—‑‐", "-")
    | dict.fromkeys("\u200b\u200c\u200d\ufeff\u00ad", None)
)
_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {word: number for number, word in enumerate(_UNITS.split(), start=1)}
_NUMBERS |= {word: 10 * number for number, word in enumerate(_TENS.split(), start=2)}
_NUMBERS |= {
    f"{ten}-{unit}": _NUMBERS[ten] + _NUMBERS[unit] for ten in _TENS.split() for unit in _UNITS.split()[:9]
} | {"hundred": 100, "one hundred": 100, "one hundred eighty": 180, "one hundred and eighty": 180, "one thousand": 1000}
_NUMBER_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_REWRITES: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (hint, re.compile(pattern), replacement)
    for hint, pattern, replacement in (
        ("n't", r"\bwon't\b", "will not"),
        ("n't", r"\bcan't\b", "can not"),
        ("n't", r"n't\b", " not"),
        ("cannot", r"\bcannot\b", "can not"),
        ("'ll", r"'ll\b", " will"),
        ("'re", r"'re\b", " are"),
        ("'ve", r"'ve\b", " have"),
        (
            "person",
            r"\bpersonal(?:ly)?[- ](?:identifiable |identifying )?(?:data|information)\b",
            "personal information",
        ),
        ("artificial", r"\bartificial intelligence(?: \(ai\))?", "ai"),
        ("machine", r"\bmachine[- ]learning(?: \(ml\))?", "machine learning"),
        ("e-mail", r"\be-mail", "email"),
        ("opt", r"\bopt(s|ed|ing)?-(out|in)\b", r"opt\1 \2"),
        ("(", r"\b(?:" + _NUMBER_WORD + r") ?\( ?(\d+) ?\)", r"\1"),
        ("($", r"\b(?:(?:" + _NUMBER_WORD + r"|hundred|thousand|and|united states|u\.?s\.?)[ -]){1,6}dollars ?\( ?(?:us ?|usd ?)?\$ ?([\d,.]+)(?: usd)? ?\)", r" $\1"),
    )
)
_WORD_NUMBER = re.compile(
    rf"\b({_NUMBER_WORD})(?=[ -](?:calendar |business |working |full |complete )?"
    r"(?:days?|weeks?|months?|years?|hours?)\b)"
)
_SPACE = re.compile(r"\s+")

_MACROS = {
    "we": r"(?:we|us|our (?:company|team|affiliates|partners|group)|the (?:company|provider|platform|operator|service provider))",
    "you": r"(?:you|(?:the |each |any |our )?(?:users?|customers?|members?|subscribers?|account holders?|consumers?|individuals?))",
    "your": r"(?:your|(?:our )?(?:users?|customers?|members?|consumers?)'?s?'?|their)",
    "no": r"(?:not|never|neither|no longer|no)",
    "may": r"(?:may|might|can|could|will|shall|reserves? the right to|(?:is|are) (?:entitled|free|able|allowed) to)",
    "pi": r"(?:personal information|(?:your|user|customer|consumer|any|individual) (?:data|information)|data|information)",
    "period": r"(?:\d+(?:\.\d+)?[ -](?:calendar |business |working |full )?(?:days?|weeks?|months?|years?|hours?))",
    "terms": r"(?:terms|agreement|tos|tou|eula|polic(?:y|ies)|conditions|notice|statement|contract)",
}
_MACRO = re.compile(r"\{(" + "|".join(_MACROS) + r")\}")


def define(**macros: str) -> None:
    """Add words that several questions share. A name may be given once."""
    global _MACRO
    if taken := _MACROS.keys() & macros.keys():
        raise ValueError(f"macros defined twice: {', '.join(sorted(taken))}")
    _MACROS.update(macros)
    _MACRO = re.compile(r"\{(" + "|".join(_MACROS) + r")\}")


@lru_cache(maxsize=4096)
def pattern(source: str) -> re.Pattern[str]:
    """The regular expression a pattern stands for."""
    text = source
    while _MACRO.search(text):
        text = _MACRO.sub(lambda found: _MACROS[found[1]], text)
    text = text.replace(" ... ", r"\b[^;]{0,160}?\b").replace(" .. ", r"\b[^;]{0,60}?\b")
    return re.compile(text)


def found(source: str, text: str) -> re.Match[str] | None:
    return pattern(source).search(text)


def any_found(sources: Iterable[str], text: str) -> bool:
    return any(pattern(source).search(text) for source in sources)


def all_found(sources: Iterable[str], text: str) -> bool:
    return all(pattern(source).search(text) for source in sources)


def sense(text: str, names: re.Pattern[str] | None = None) -> str:
    """What a sentence of inline Markdown says, for patterns. ``names`` matches the platform's own name."""
    words = plain(text[:LONGEST]).translate(_TYPOGRAPHY).lower()
    if names is not None:
        words = names.sub(lambda name: "our" if name[0].endswith(("'s", "s'")) else "we", words)
    for hint, before, after in _REWRITES:
        if hint in words:
            words = before.sub(after, words)
    words = _WORD_NUMBER.sub(lambda number: str(_NUMBERS[number[1]]), words)
    return _SPACE.sub(" ", words).strip()


def own_names(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern over lower-case text for the names a platform goes by, possessives included."""
    words = sorted({name.lower().strip(" .,") for name in names if len(name.strip(" .,")) > 1}, key=len, reverse=True)
    if not words:
        return None
    alternatives = "|".join(re.escape(word).replace(r"\ ", r"[ -]") for word in words)
    suffix = r"(?:,? (?:inc|llc|ltd|limited|corp|corporation|gmbh|pbc|b\.v|l\.l\.c|s\.a|co)\b\.?)?"
    return re.compile(rf"(?<![\w.@/-])(?:{alternatives}){suffix}(?:'s\b|s'\B)?(?![\w@/-]|\.\w)")
