"""Set phrases: opt-in and opt-out, consent, discretion, open lists, notice. One row a kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from policywatch.comparison.signals import choices
from policywatch.comparison.signals.shift import Match, Shift, put
from policywatch.model import Signal
from policywatch.patterns import late

_FILLER = frozenset(
    "your our its their his her the a an any to you us own at in of with by upon on and giving give gives given get got"
    " obtain have if such or further".split()
)
_QUALITY = frozenset(
    "prior express explicit written informed separate verifiable parental affirmative specific".split()
)


class Phrase(NamedTuple):
    """``norm`` makes phrases that amount to the same one and the same; ``hints``: a text without any has no match."""

    kind: str
    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    norm: Callable[[str], str]

    def find(self, text: str) -> Iterator[Match]:
        for match in self.pattern.finditer(text):
            if norm := self.norm(match[0].lower().replace("’", "'")):
                yield Match(match.start(), match.end(), norm)


def signals(shift: Shift) -> Iterator[Signal]:
    if any(hint in shift.low for hint in (*_OPTS, " object")) or choices.hinted(shift.low):
        yield from put("opt-in-out", list(shift.signals("opt-in-out", _choices, once=True)))
    for phrase in PHRASES:
        if not any(hint in shift.low for hint in phrase.hints):
            continue
        yield from (one for one in shift.signals(phrase.kind, phrase.find, once=True) if shift.paired or _telling(one))


def _telling(signal: Signal) -> bool:
    """Whether a phrase says something about a clause that came or went as a whole."""
    if signal.kind == "consent":
        return _YOURS.search(signal.before or signal.after) is not None
    return signal.kind != "non-exhaustive"


def _essence(text: str) -> str:
    """Without articles, pronouns and prepositions: "without any prior notice to you" -> "without prior notice"."""
    text = text.replace("user's", " ").replace("users'", " ")
    words = "".join(sign if sign.isalnum() or sign == "_" else " " for sign in text).split()
    return " ".join(sorted(word for word in words if word not in _FILLER and not word.isdigit()))


def _compile(pattern: str) -> re.Pattern[str]:
    return late(pattern, re.IGNORECASE | re.VERBOSE)


_QUALITIES = (
    r"(?:(?:prior|express|explicit|written|informed|separate|verifiable|parental|affirmative|specific|freely\s+given)"
    r"[\s,]+(?:and\s+)?)*"
)
_TIME = r"(?:(?:\w+\s+)?\(?\d*\)?\s*(?:business\s+|calendar\s+)?(?:days?|weeks?|months?|hours?)['’]?s?['’]?\s+)"

_OPT = _compile(r"\bopt(?:s|ed|ing)?[\s-]+(?:in|out)s?\b")
# The right to object is one to opt out, but for objections to a contract or to what a court does.
_OBJECTS = _compile(
    r"""
    (?P<right>\b(?:may|can|could|able\s+to|free\s+to|entitled\s+to|(?:right|option|choice|possibility)\s+to)
    (?:\s+(?:also|always|at\s+any\s+time))?\s+object)\b
    (?!\s+to\s+(?:(?:the|these|this|any|our|such|your|its|that|an?|being|proposed|having)\s+){0,2}
      (?:changes?|terms|modif|amend|updat|new|revis|assign|sub-?processor|arbitrat|venue|jurisdiction|settle|order|
         appointment|disclosure\ order|subpoena|request|evidence|engagement|replace|transfer\ of\ this))
    """
)
_CONSENT = _compile(
    rf"""
    \b (?:(?:with|without|subject\s+to|upon|absent|asks?\s+(?:you\s+)?for
          |if\s+you\s+(?:have\s+)?(?:give|given|grant|provide))\s+)?
        (?:your\s+|the\s+user['’]s\s+|their\s+|a\s+parent['’]s\s+|parental\s+)? {_QUALITIES}
        (?:consent(?:s|ed|ing)?|permission|authori[sz]ation) \b
    """
)
_DISCRETION = _compile(
    r"""
    \b (?:(?:at|in)\s+(?:our|its|their|his|the|your|[\w.]+['’]s?)\s+)?
        (?: (?:(?:own|sole|absolute|reasonable|exclusive|full|complete|unfettered)(?:\s+and\s+|,?\s+))+
            (?:discretion|judge?ment|opinion|determination)
          | (?:(?<=\bour\s)|(?<=\bits\s)|(?<=\btheir\s)) discretion ) \b
    | \bas\s+(?:we|it|they|\w+)\s+(?:sees?|deems?)\s+(?:fit|appropriate)\b
    """
)
_OPEN = _compile(
    r"""
    \b (?:includ(?:e|es|ed|ing),?\s+)?
        (?: (?:but\s+(?:(?:is|are)\s+)?)?not\s+limited\s+to | without\s+limitation
          | without\s+limiting\s+the\s+(?:foregoing|generality\s+of\s+the\s+foregoing)
          | among\s+other(?:s|\s+things) | inter\s+alia | not\s+(?:an\s+)?exhaustive(?:\s+list)? | non-exhaustive ) \b
    """
)
_NOTICE = _compile(
    rf"""
    \b (?: with\s+or\s+without | with | without | upon | on | after | give[ns]?(?:\s+you)? | giving(?:\s+you)?
        | provid(?:e|es|ing)(?:\s+you)?(?:\s+with)? | subject\s+to ) \s+
        (?:(?:our|your|any|a|an|at\s+least|no)\s+)* {_TIME}?
        (?:(?:prior|advance|previous|reasonable|written|further|express|individual)[\s,]+(?:and\s+)?)*
        (?:notice|notification)(?:\s+to\s+you)? \b
    | \b(?:prior|advance|previous|reasonable|written)\s+(?:written\s+)?notice\b
    | \bwithout\s+(?:first\s+)?(?:notifying|informing|telling)\s+you\b
    | \bnotify\s+you\s+(?:before|in\s+advance|prior\s+to)\b
    """
)


_TIMES = late(_TIME)
_YOURS = late(r"(?i)^(?:with|without|subject|upon|absent)\b|\byour\s+(?:\w+\s+){0,2}consent")


def _choices(text: str) -> Iterator[Match]:
    """Opt-in and opt-out, by these words or by the condition that one agreed or did not object."""
    low = text.lower()
    opts = list(_OPT.finditer(text)) if any(hint in low for hint in _OPTS) else []
    found = [Match(*opt.span(), "out" if "out" in opt[0].lower() else "in") for opt in opts]
    if " object" in low:
        found += [
            Match(*one.span("right"), "out") for one in _OBJECTS.finditer(text) if not _to_terms(low, one.start())
        ]
    if choices.hinted(low):
        found += (
            one
            for one in choices.find(text)
            if not any(one.start < opt.end() and opt.start() < one.end for opt in opts)
        )
    yield from sorted(found)


def _to_terms(low: str, at: int) -> bool:
    """Whether the sentence up to there is about other terms: who may object to those does not opt out of a use."""
    begun = max(low.rfind(stop, 0, at) for stop in (". ", "; ", ": "))
    return any(word in low[begun + 1 : at] for word in ("amended", "change", "new terms", "modif", "revised"))


def _consent(text: str) -> str:
    if text.startswith("authori"):  # nobody's: of a payment, of a program
        return ""
    qualities = [word for word in _essence(text).split() if word in _QUALITY]
    return " ".join(["without" if text.startswith(("without", "absent")) else "with", *qualities])


def _notice(text: str) -> str:
    essence = _essence(_TIMES.sub("", text))
    return essence if "without" in text or "notif" in text else f"with {essence}"


_OPTS = ("opt in", "opt-in", "opt out", "opt-out", "opting", "opted", "opts")
_DISCREET = (
    "discretion",
    "judg",
    "opinion",
    "determination",
    "see fit",
    "sees fit",
    "see appropriate",
    "sees appropriate",
    "deem",
)
_OPENS = ("not limited", "without limit", "among other", "inter alia", "exhaustive")
_NOTICES = ("notice", "notification", "notify you", "notifying", "informing", "telling")

PHRASES = (
    Phrase("consent", ("consent", "permission", "authori"), _CONSENT, _consent),
    Phrase("discretion", _DISCREET, _DISCRETION, _essence),
    Phrase("non-exhaustive", _OPENS, _OPEN, lambda _: "open"),
    Phrase("notice", _NOTICES, _NOTICE, _notice),
)
