"""Rights given up: a jury trial, class actions, or whatever else is waived."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policywatch.comparison.signals.shift import Match, Shift
from policywatch.model import Signal
from policywatch.patterns import late

_CLASSES = ("class", "representative", "collective")
_HINTS = (
    "waiv",
    "releas",
    "jury",
    "give up",
    "giving up",
    "gives up",
    "given up",
    "relinquish",
    "forgo",
    "forego",
    "surrender",
)
_RIGHTS = r"(?:rights?|claims?|objections?|defen[cs]es?|remed(?:y|ies)|protections?|jury|class)\b"
_WAIVED = late(
    rf"\b(?:waiv(?:e|es|ed|ing)|relinquish(?:es|ed|ing)?|giv(?:e|es|ing)\s+up|for(?:e?goe?s?|going)"
    rf"|surrender(?:s|ed|ing)?),?\s+(?:[\w,'’/-]+\s+){{0,9}}?{_RIGHTS}"
    rf"|\b{_RIGHTS}(?:\s+(?!(?:is|are|be)\b)[\w,'’/-]+){{0,8}}?\s+(?:is|are|be)\s+(?:\w+\s+)?(?:waived|relinquished|given\s+up)\b"
    r"|\breleas(?:e|es|ing)\s+(?:[\w,'’/-]+\s+){1,8}?from\s+(?:(?:any|all|every|and|or)\s+)+(?:[\w,'’/-]+\s+){0,3}?"
    r"(?:claims?|liabilit(?:y|ies))\b"
    r"|\bwaiver\s+of\s+(?:[\w,'’/-]+\s+){0,4}?(?:rights?|jury|class)\b"
    r"|\b(?:class(?:[\s-]action)?|jury)(?:[\s-]trial)?(?:\s*(?:and|or|/)\s*jury)?(?:[\s-]trial)?[\s-]waivers?\b",
    re.IGNORECASE,
)
_JURY = late(
    r"\bjury[\s-]+trials?\b(?!\s+waiver)|\btrial\s+(?:by|before|in\s+front\s+of)\s+(?:an?\s+)?(?:judge\s+or\s+)?jury\b"
    r"|\b(?:without|not|no|nor)\s+(?:by\s+|before\s+)?(?:an?\s+|any\s+)?jury\b(?!\s+dut)",
    re.I,
)
_KINDS = r"(?:class(?:-wide)?|collective|consolidated|representative|mass|group)"
_CLASS = late(
    r"\b(?:no|not|neither|nor|never|cannot|\w+n['’]t)\s+(?:[\w'’/-]+,?\s+){0,16}?(?:class[\s-]+members?\b"
    rf"|{_KINDS}(?:(?:,|\s+and|\s+or|,\s+(?:and|or))\s+{_KINDS}){{0,4}}[\s-]+"
    r"(?:actions?|arbitrations?|proceedings?|(?:law)?suits?|litigations?|basis)\b)"
    r"|\bnot\s+(?:as\s+a\s+|on\s+an?\s+)(?:\w+\s+){0,3}?class\b",
    re.IGNORECASE,
)
_DENIED = late(
    r"\b(?:waiv\w+|giv\w+\s+up|forgo\w*|forego\w*|relinquish\w*|surrender\w*|los(?:e|es|ing)|without|no|not|nor|neither|never|cannot"
    r"|instead\s+of|rather\s+than|in\s+lieu\s+of)\b|n['’]t\b",
    re.IGNORECASE,
)
_OURS = ("we", "us")  # waive something of their own, and nothing of the reader's
_NO = frozenset("not never cannot nor without no nothing".split())
STEM = 4  # letters that tell waiving, releasing and giving up apart
AFTER = 60  # letters after "waive any right" in which it is said to what
REACH = 60  # letters before a waiver that can take it back


def signals(shift: Shift) -> Iterator[Signal]:
    """Also of clauses that came or went as a whole."""
    if any(hint in shift.low for hint in (*_HINTS, *_CLASSES)):
        yield from (one for one in shift.signals("waiver", _waivers) if not shift.repeats(one))


def _waivers(text: str) -> Iterator[Match]:
    """What is given up, each once: a jury, class actions, other rights."""
    low = text.lower()
    found: list[Match] = []
    if any(hint in low for hint in _HINTS):
        found += [match for one in _WAIVED.finditer(text) for match in _waived(text, one)]
    if "jury" in low:
        found += [Match(*one.span(), "jury") for one in _JURY.finditer(text) if _given_up(text, one)]
    if any(hint in low for hint in _CLASSES):
        found += [Match(*one.span(), "class") for one in _CLASS.finditer(text)]
    told: set[tuple[str, str]] = set()
    end = 0
    for match in sorted(found):
        act = text[match.start : match.start + STEM].lower() if match.norm == "right" else ""
        if (match.norm, act) not in told and match.start >= end:
            told.add((match.norm, act))
            end = match.end
            yield match


def _given_up(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence denies what it names: "You may ask for a jury trial" gives nothing up."""
    begin = text.rfind(". ", 0, match.start()) + 1
    end = text.find(". ", match.end())
    return _DENIED.search(text, begin, end if end >= 0 else len(text)) is not None


def _waived(text: str, match: re.Match[str]) -> Iterator[Match]:
    said = match[0].lower()
    if text[: match.start()].lower().endswith("the ") and said.endswith(("waiver", "waivers")):
        return  # "the class action waiver" is a mention
    norm = "jury" if "jury" in said else "class" if "class" in said else "right"
    ahead = text[max(0, match.start() - REACH) : match.start()].rpartition(". ")[2].lower().split()
    if norm == "right" and (_taken_back(ahead) or said.startswith("waiver")):
        return
    jury = _JURY.search(text, match.end(), match.end() + AFTER) if "jury" in text.lower() else None
    if norm == "right" and jury and "." not in text[match.end() : jury.start()]:
        yield Match(match.start(), jury.end(), "jury")
    else:
        yield Match(match.start(), match.end(), norm)


def _taken_back(ahead: list[str]) -> bool:
    """Whether the words before say that nothing is waived, or that the platform waives something of its own."""
    if ahead[-1:] and ahead[-1] in _OURS and ahead[-2:-1] != ["and"]:
        return True
    return any(word in _NO or word.endswith(("n't", "n’t")) for word in ahead)
