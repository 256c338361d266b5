"""Where a reader is sent: links, e-mail addresses, phone numbers, postal addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

from policywatch.comparison.letters import spelled
from policywatch.comparison.signals.shift import Match, Shift
from policywatch.model import Signal
from policywatch.patterns import late

_TARGET = late(r"\]\(((?:[^()\s\\]|\\.|\([^()\s]*\))*)\)")
_BARE = late(r"\b(?:https?://|www\.)[^\s<>\"“”\[\]()]*[\w/]", re.IGNORECASE)
_TRACKING = frozenset("mc_cid mc_eid _gl _ga ref ref_src source src trk sid cid".split())
_TRACKS = ("utm_", "_hs", "session", "visitor")  # how names of what only tracks begin as well
_EMAIL = late(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = late(r"(?<![\w.,-])(?:\+\d{1,3}[\s.-]?)?(?:\(\d{1,5}\)[\s.-]?)?\d{2,5}(?:[\s.-]\d{2,5}){1,4}(?![\w-]|[.,]\d)")
_DAY = late(r"(?:19|20)\d\d[.-]\d\d?[.-]\d\d?|\d\d?[.-]\d\d?[.-]\d{4}")
_DIGIT = late(r"\d")
_WORDS = late(r"\w+")
_STREETS = (
    "Street St Avenue Ave Road Rd Boulevard Blvd Drive Dr Lane Ln Way Court Ct Square Sq Place Pl Parkway Pkwy Plaza"
    " Quay Terrace Highway Hwy Circle Row"
).split()
_STREET_ENDS = ("straße", "strasse", "str.", "gasse", "weg", "platz")
_STREET = spelled(
    r"\b\d+[A-Za-z]?(?:-\d+)?\s+(?:[\p{Lu}\d][\p{L}\d.’'-]*\s+){1,4}?"
    rf"(?:{'|'.join(_STREETS)})\b\.?(?:,?\s+(?:Suite|Ste|Floor|Fl|Unit|Room|Apt|\#)\.?\s*[\w-]+)?"
    rf"|\bP\.?\s?O\.?\s+Box\s+\d+|\b[\p{{Lu}}][\p{{L}}]+(?:{'|'.join(map(re.escape, _STREET_ENDS))})\s+\d+\w?"
)
_HINTS = frozenset((*_STREETS, "Box"))  # without one of these there is no street


def signals(shift: Shift, before: str, after: str, elsewhere: Callable[[str, bool], bool]) -> Iterator[Signal]:
    """``before`` and ``after`` are the same wording as Markdown, with its links' targets.

    ``elsewhere`` tells whether a version (True: the new) has a contact that only one side of the change has.
    """
    for signal in shift.signals("contact", _contacts):
        if (signal.before and signal.after) or not elsewhere(signal.before or signal.after, not signal.after):
            yield signal
    if shift.paired:
        yield from _links(before, after)


def _contacts(text: str) -> Iterator[Match]:
    for match in _EMAIL.finditer(text) if "@" in text else ():
        yield Match(match.start(), match.end(), match[0].lower())
    if not _DIGIT.search(text):
        return
    for match in _PHONE.finditer(text):
        digits = "".join(filter(str.isdigit, match[0]))
        if 7 <= len(digits) <= 15 and not _DAY.fullmatch(match[0]):
            yield Match(match.start(), match.end(), digits)
    words = text.replace(",", " ").replace(".", " ").split()
    street = not _HINTS.isdisjoint(words) or any(end in text for end in _STREET_ENDS)
    for match in _STREET(text).finditer(text) if street else ():
        yield Match(match.start(), match.end(), " ".join(_WORDS.findall(match[0].lower())))


def _links(before: str, after: str) -> Iterator[Signal]:
    """Targets paired in their order; what only tracks is none."""
    old, new = dict(_targets(before)), dict(_targets(after))
    gone = [target for key, target in old.items() if key not in new]
    come = [target for key, target in new.items() if key not in old]
    for number in range(max(len(gone), len(come))):
        yield Signal("link", gone[number] if number < len(gone) else "", come[number] if number < len(come) else "")


def _targets(markdown: str) -> Iterator[tuple[str, str]]:
    spans = [(match.start(1), match[1]) for match in _TARGET.finditer(markdown)] if "](" in markdown else []
    text = _TARGET.sub(lambda match: " " * len(match[0]), markdown) if spans else markdown
    addressed = "://" in text or "www." in text.lower()
    bare = [(match.start(), match[0]) for match in _BARE.finditer(text)] if addressed else []
    for _, target in sorted(spans + bare):
        if not target.lower().startswith(("mailto:", "tel:", "#")):
            yield _plain(target), target


def _tracks(name: str) -> bool:
    clicked = name.endswith("clid") and name.isalpha()
    return name in _TRACKING or name.startswith(_TRACKS) or clicked


def _plain(target: str) -> str:
    try:
        parts = urlsplit(target if "://" in target else f"https://{target}")
    except ValueError:
        return target
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if not _tracks(name.lower())])
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{query}#{parts.fragment}"
