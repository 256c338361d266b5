"""How far a rule reaches: "only" dropped or weakened to "mainly", and another country that data go to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policywatch.comparison.signals.choices import WORDS
from policywatch.comparison.signals.countries import COUNTRIES, TWO
from policywatch.comparison.signals.shift import LONG, Match, Shift, put
from policywatch.model import Signal
from policywatch.patterns import late

_LIMITS = {
    **dict.fromkeys("only solely exclusively".split(), "only"),
    **dict.fromkeys("mainly primarily mostly principally predominantly chiefly largely".split(), "mostly"),
}
_ONLY_IF = late(r"(?<!\bif\s)(?<!\bnot\s)\bonly(?=\s+(?:if|when|where|while|until|as\s+long)\b)", re.IGNORECASE)
_ASKED = late(r"\bopt|consent|agree|permi|approv", re.IGNORECASE)
REACH_OF_IF = 60  # letters of what an "only if" says
CONDITION = 12  # words that come or go with an "only if"
_NOT_ONLY = frozenset("not if the view an".split())  # before an "only" that limits nothing that is done
_OWN = frozenset(
    "if with after upon once responsible liable owned".split()
)  # after it: no limit, or one that has signals of its own
_GO = ("transfer", "stor", "process", "host", "locat", "server", "access", "held", "kept", "stay", "remain")
_WHAT = (
    "data", "information", "content", "transfer", "server", "record", "backup", "copies", "file", " logs", "message",
    "photo", "image", "video", "transcript", "recording", "stored", "hosted",
)  # fmt: skip
_TO = frozenset("in to within".split())  # before where data are, or go to
_LISTED = COUNTRIES | {"the", "and", "or", ","}  # before the last of several
_PEOPLE = (  # who live there, not data
    "individual", "resident", "user", "customer", "you", "live", "reside", "people", "person", "consumer", "originat"
)  # fmt: skip
_LAWS = frozenset(
    "law laws privacy data act resident residents users customers government citizens dollars commission".split()
)
REACH = 10  # words from "countries" to one of them
_SAME = {"u.s": "usa", "us": "usa"}


def signals(shift: Shift) -> Iterator[Signal]:
    if not shift.paired:
        return
    if "only " in shift.low:
        yield from shift.signals("scope", _conditions, close=CONDITION)
    if any(word in shift.low for word in (*_LIMITS, "sole purpose")):
        yield from put("scope", list(shift.signals("scope", _limits, close=LONG)))
    if any(word in shift.low for word in _GO):
        yield from (one for one in shift.signals("scope", _countries) if one.after)


def _conditions(text: str) -> Iterator[Match]:
    """Each "only" of an "only if": what came or went with it is as long as what the condition says."""
    for match in _ONLY_IF.finditer(text):
        if not _ASKED.search(text, match.end(), match.end() + REACH_OF_IF):  # has signals of its own
            yield Match(match.start(), match.end(), "only")


def _limits(text: str) -> Iterator[Match]:
    found = list(WORDS.finditer(text))
    words = ["", *(match[0].lower() for match in found), ""]
    for at, match in enumerate(found, 1):
        sole = words[at] == "sole" and words[at + 1].startswith("purpose")
        norm = "only" if sole else _LIMITS.get(words[at])
        if norm and words[at + 1] not in _OWN and not (words[at] == "only" and words[at - 1] in _NOT_ONLY):
            yield Match(match.start(), match.end(), norm)


def _countries(text: str) -> Iterator[Match]:
    """Countries, each once, of a text that says where data are or go."""
    low = text.lower()
    if not any(word in low for word in _GO) or not any(word in low for word in _WHAT):
        return
    told: set[str] = set()
    found = list(WORDS.finditer(text))
    words = [match[0].lower() for match in found]
    for at, match in enumerate(found):
        name, begin = TWO.get((words[at - 1], words[at]), "") if at else "", at - 1
        if not name and match[0][0].isupper() and (words[at] in COUNTRIES or match[0] == "US"):
            name, begin = _SAME.get(words[at], words[at]), at
        if name and name not in told and _place(words, begin) and _LAWS.isdisjoint(words[at + 1 : at + 2]):
            told.add(name)
            yield Match(found[begin].start(), match.end(), name)


def _place(words: list[str], at: int) -> bool:
    """Whether the country there is where something is or goes: "in Ireland and the United States"."""
    while at > 0:
        pair = at > 1 and (words[at - 2], words[at - 1]) in TWO
        if not pair and words[at - 1] not in _LISTED:
            break
        at -= 1 + pair
    ahead = words[max(0, at - 5) : at]
    ahead = ahead[len(ahead) - ahead[::-1].index(",") :] if "," in ahead else ahead
    if (ahead[-2:] == ["such", "as"] or ahead[-1:] == ["including"]) and "countries" in words[max(0, at - REACH) : at]:
        return True
    goes = ahead[-1:] != [] and (ahead[-1] in _TO or ahead[-2:] == ["accessed", "from"])
    return goes and not any(word.startswith(_PEOPLE) and word not in ("personal", "your") for word in ahead)
