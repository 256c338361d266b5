"""Entries of a text's change log: "2025-01-29: We've updated our policies"."""

from __future__ import annotations

from policywatch.extraction import dates

LONG = 25  # words: more say what the rules are
BARE = 4  # words beside a date that may lack the name of a text
_DONE = frozenset(
    "updated revised clarified amended modified changed renamed published posted reworded reorganized reorganised"
    " reformatted corrected simplified update revision clarification clarifications".split()
)
_TEXTS = frozenset(
    "policy policies terms notice notices statement agreement agreements guideline guidelines document documents page"
    " section sections version wording language list definitions text".split()
)
_RULES = frozenset("will shall may must can should you your cannot".split())
_LEADS = ("", "on", "updated", "version", "revised", "published")  # before the date that an entry begins with


def is_entry(text: str) -> bool:
    """Whether a clause says no more than on what day some text was changed."""
    if not any(map(str.isdigit, text)) or len(text) > 12 * LONG:
        return False
    day = next((one for one in dates.find(text) if one.day), None)
    if day is None or text[: day.start].strip(" -–—•|[(:").lower() not in _LEADS:
        return False
    rest = f"{text[: day.start]} {text[day.end :]}".lower()
    words = "".join(sign if sign.isalnum() else " " for sign in rest).split()
    if len(words) > LONG or _DONE.isdisjoint(words) or not _RULES.isdisjoint(words):
        return False
    return len(words) <= BARE or not _TEXTS.isdisjoint(words)
