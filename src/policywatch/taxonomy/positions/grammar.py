"""The words of policies made comparable, and the small language that the questions' patterns are written in.

``sense`` rewrites a sentence so that one pattern covers many phrasings: lower case, straight quotes, "won't" as
"will not", "thirty (30)" as "30", the platform's own name as "we". Patterns are regular expressions over that, with
words of our own in braces: ``{period}`` is "30 days" or "a year". Gaps in patterns are bounded and stop at semicolons
or sentence ends, so the time a sentence takes grows with its length and no faster.
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
_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
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
        (
            "($",
            r"\b(?:(?:" + _NUMBER_WORD + r"|hundred|thousand|and|united states|u\.?s\.?)[ -]){1,6}dollars ?\( ?(?:us ?|"
            r"usd ?)?\$ ?([\d,.]+)(?: usd)? ?\)",
            r" $\1",
        ),
    )
)
_WORD_NUMBER = re.compile(
    rf"\b({_NUMBER_WORD})(?=[ -](?:calendar |business |working |full |complete )?"
    r"(?:days?|weeks?|months?|years?|hours?)\b)"
)
_AGE_WORD = re.compile(r"\b(thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty-one)\b")
_UNITS_OF_TIME = ("hour", "day", "week", "month", "year")
_SPACE = re.compile(r"\s+")

_WORDS = {
    "you": r"(?:you|(?:the |each |any |our )?(?:users?|customers?|members?|subscribers?|account holders?|"
    r"consumers?|individuals?))",
    "period": r"(?:\d+(?:\.\d+)?[ -](?:calendar |business |working |full )?(?:days?|weeks?|months?|years?|hours?))",
}
_WORD = re.compile(r"\{([a-z_]+)\}")


def define(**words: str) -> None:
    """Name words that patterns may then use in braces. A name may be given once; its alternatives stay together."""
    if taken := _WORDS.keys() & words.keys():
        raise ValueError(f"defined twice: {', '.join(sorted(taken))}")
    _WORDS.update({name: f"(?:{source})" for name, source in words.items()})


@lru_cache(maxsize=4096)
def pattern(source: str) -> re.Pattern[str]:
    """The regular expression a pattern stands for."""
    while _WORD.search(source):
        source = _WORD.sub(lambda name: _WORDS[name[1]], source)
    return re.compile(source)


def found(source: str, text: str) -> re.Match[str] | None:
    return pattern(source).search(text)


def any_found(sources: Iterable[str], text: str) -> bool:
    return any(pattern(source).search(text) for source in sources)


def sense(text: str, names: re.Pattern[str] | None = None) -> str:
    """What a sentence of inline Markdown says, for patterns. ``names`` matches the platform's own name."""
    words = plain(text[:LONGEST]).translate(_TYPOGRAPHY).lower()
    if names is not None:
        words = names.sub(lambda name: "our" if name[0].endswith(("'s", "s'")) else "we", words)
    for hint, before, after in _REWRITES:
        if hint in words:
            words = before.sub(after, words)
    if "teen" in words or "twenty-one" in words:
        words = _AGE_WORD.sub(lambda number: str(_NUMBERS[number[1]]), words)
    if any(unit in words for unit in _UNITS_OF_TIME):
        words = _WORD_NUMBER.sub(lambda number: str(_NUMBERS[number[1]]), words)
    return _SPACE.sub(" ", words).strip()


def own_names(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern over lower-case text for the names a platform goes by, possessives included."""
    words = sorted({name.lower().strip(" .,") for name in names if len(name.strip(" .,")) > 1}, key=len, reverse=True)
    if not words:
        return None
    alternatives = "|".join(re.escape(word).replace(r"\ ", r"[ -]") for word in words)
    suffix = (
        r"(?:\.(?:com|org|net|io|ai|co)\b)?(?:,? (?:inc|llc|ltd|limited|corp|corporation|gmbh|pbc|"
        r"b\.v|l\.l\.c|s\.a|co)\b\.?)?"
    )
    # "The Company" acts as "Company" too where a sentence or a part of one begins with it.
    roles = "|".join(re.escape(word.removeprefix("the ")) for word in words if word.startswith("the "))
    bare = rf"|{_PART_BEGINS}(?:{roles})(?=(?:'s)? {_ACTING}\b|'s\b)(?:'s\b)?" if roles else ""
    return re.compile(rf"(?<![\w.@/-])(?:{alternatives}){suffix}(?:'s\b|s'\B)?(?![\w@/-]|\.\w){bare}")


_PART_BEGINS = r"(?:\A\W*|(?<=[.,;:(] )|(?<=\band )|(?<=\bor )|(?<=\bthat )|(?<=\bby )|(?<=\bif )|(?<=\bevent ))"
_ACTING = r"(?:may|will|shall|must|can|cannot|reserves?|has|does|do|is|be|and its|or its|retains?|owns?|disclaims?)"
