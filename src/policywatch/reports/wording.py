"""The words that every report uses for kinds, signals, times and counts, so that all of them speak alike."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise

from policywatch.model import SEVERITIES, Change, ChangeSet, Clause, Severity, Signal
from policywatch.patterns import late
from policywatch.reports.denials import denied
from policywatch.reports.text import clean, shorten

PATH = " › "
ARROW = " → "
BESIDE = " · "

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIGNAL_WIDTH = 90  # letters of one side of a signal
_LISTED = 8  # signals of one kind that are named


def day(moment: date | datetime | None) -> str:
    """A day that reads the same on both sides of the Atlantic: "4 Mar 2026"."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}" if moment else ""


def count(number: int, noun: str, plural: str | None = None) -> str:
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def kind(change: Change) -> str:
    """ "reworded", "heading renumbered", "split into 3", "reworded and moved"."""
    if change.kind == "split":
        return f"split into {len(change.after)}" + _MOVED * change.moved
    if change.kind == "merged":
        return f"merged from {len(change.before)}" + _MOVED * change.moved
    noun = _NOUNS.get((change.after or change.before)[0].kind, "")
    return noun + change.kind + _MOVED * (change.moved and change.kind != "moved")


def renumbered(changes: Sequence[Change]) -> str:
    """ "12 headings renumbered": of several that only count on."""
    headings = all(change.after[0].kind == "heading" for change in changes)
    return f"{len(changes)} {'headings' if headings else 'clauses'} renumbered"


_MOVED = " and moved"
_NOUNS = {"heading": "heading ", "row": "row "}


def heading(clause: Clause, title: str = "") -> str:
    """The heading path, without a first heading that only repeats the document's title."""
    parts = [clean(part).strip() for part in clause.heading]
    if len(parts) > 1 and parts[0].casefold() in title.casefold():
        del parts[0]
    return PATH.join(filter(None, parts))


def place(change: Change, title: str = "") -> str:
    """The heading path; where it changed, both, without what they share."""
    before = heading(change.before[0], title) if change.before else ""
    after = heading(change.after[0], title) if change.after else ""
    if not (before and after) or before == after:
        return after or before
    if not (change.moved or change.kind == "moved"):
        return after
    return f"{_unshared(before, after)}{ARROW}{after}"


def _unshared(path: str, other: str) -> str:
    parts, others = path.split(PATH), other.split(PATH)
    shared = 0
    while shared < min(len(parts), len(others)) - 1 and parts[shared] == others[shared]:
        shared += 1
    return PATH.join(parts[shared:])


def lines(*changes: Change) -> str:
    """Where it stands in the archive file: "line 41 → 43", "was line 41"; of several changes the first and last."""
    if len(changes) > 1:
        first, last = lines(changes[0]).removeprefix("line "), lines(changes[-1]).removeprefix("line ")
        return f"line {first} … {last}"
    before, after = _span(changes[0].before), _span(changes[0].after)
    if before and after:
        return f"line {before}" if before == after else f"line {before}{ARROW}{after}"
    return f"line {after}" if after else f"was line {before}" if before else ""


def _span(clauses: tuple[Clause, ...]) -> str:
    numbers = [clause.line for clause in clauses if clause.line]
    if not numbers:
        return ""
    adjoining = all(0 <= after - before <= 2 for before, after in pairwise(numbers))
    if len(numbers) == 1 or numbers[0] == numbers[-1]:
        return str(numbers[0])
    return f"{numbers[0]}–{numbers[-1]}" if adjoining else ", ".join(map(str, numbers))


def signals(found: Sequence[Signal], before: str = "", after: str = "") -> tuple[str, ...]:
    """What the words shift: "30 days → 90 days", each; then what is new, then what is gone, each in one.

    The clauses' words, where given, tell what came or went under a "do not": it is not used, shared or allowed.
    """
    sides = [(one, _side(one.before), _side(one.after)) for one in found]
    said = [f"{old}{ARROW}{new}" for _, old, new in sides if old and new]
    came = [(new, _denied(one, one.after, after)) for one, old, new in sides if new and not old]
    went = [(old, _denied(one, one.before, before)) for one, old, new in sides if old and not new]
    for mark, words in (("new", came), ("gone", went)):
        said += [f"{mark}: {one}" for one in _listed([side for side, under in words if not under])]
        place = "in" if mark == "new" else "from"
        said += [f"{mark} {place} what is denied: {one}" for one in _listed([side for side, under in words if under])]
    said += [one.kind.replace("-", " ") for one, old, new in sides if not old and not new]
    return tuple(dict.fromkeys(said))


def shifts(change: Change, limit: int | None = None) -> tuple[str, ...]:
    """What the words of a change shift, or the first of its signals."""
    before, after = (" ".join(clause.plain for clause in side) for side in (change.before, change.after))
    telling = [one for one in change.signals if not _repeats(one, before, after)]
    return signals(telling[:limit], before, after)


def _repeats(signal: Signal, before: str, after: str) -> bool:
    """Whether a signal is but what a clause that came or went begins with, or all of it: that stands there already."""
    if before and after:
        return False
    side, text = (signal.after, after) if after else (signal.before, before)
    text = text.strip(_AHEAD)
    return signal.kind in _LISTS and bool(side) and (text == side or (signal.kind in _ITEMS and text.startswith(side)))


_AHEAD = " •·–—-*(\"“'‘.;,"  # what may stand around a clause's words
_ITEMS = frozenset({"list-item", "purpose"})  # a company's name is told, also where a row begins with it
_LISTS = frozenset({"list-item", "recipient", "purpose", "company"})


def _denied(signal: Signal, side: str, text: str) -> bool:
    return signal.kind in _LISTS and denied(text, side)


def _side(text: str) -> str:
    return shorten(clean(text).strip(), _SIGNAL_WIDTH)


def _listed(words: Sequence[str]) -> list[str]:
    """All of them in one phrase, or none; commas part them, so none ends with one."""
    told: dict[str, str] = {}
    for word in words:
        bare = word if _DOTTED.search(word) else word.rstrip(".,;:") or word
        address = bare.partition("//")[2].rstrip("/") or bare  # the same with its scheme and without
        told[address] = max(told.get(address, ""), bare, key=len)
    once = list(told.values())
    shown = ", ".join(once[:_LISTED])
    more = f" and {len(once) - _LISTED} more" if len(once) > _LISTED else ""
    return [shown + more] if once else []


def version_signals(change_set: ChangeSet) -> tuple[str, ...]:
    """What is to be said of the version as a whole, in sentences."""
    kinds = {found.kind for found in change_set.signals}
    said = []
    if change_set.unattributed:
        said.append(
            "Read by a newer extractor: these differences may be ours, not the platform's. They ask for review."
        )
    if "date-only" in kinds:
        said.append("Date only: the date changed, the words did not.")
    if "silent-edit" in kinds:
        said.append("Silent edit: the words changed, the document's own date did not.")
    said += [
        clean(f"{found.kind.replace('-', ' ').capitalize()}: {', '.join(signals([found]))}.")
        for found in change_set.signals
        if found.kind not in _SAID
    ]
    effective = _effective(change_set)
    return (*said, effective) if effective else tuple(said)


_DOTTED = late(r"\b(?:[^\W\d_]\.){2,}$")  # "U.S." ends in a stop of its own
_SAID = frozenset({"date-only", "silent-edit", "effective-date", "notice-days"})


def _effective(change_set: ChangeSet) -> str:
    before, after, notice = change_set.effective_before, change_set.effective_after, change_set.notice_days
    if after is None:
        return f"No effective date is stated any more (was {day(before)})." if before else ""
    if before == after and "effective-date" not in {found.kind for found in change_set.signals}:
        return ""
    moved = f" (was {day(before)})" if before and before != after else ""
    if notice is None:
        return f"Effective {day(after)}{moved}."
    if notice > 0:
        return f"Effective {day(after)}{moved}: {count(notice, 'day')} after it was seen."
    if notice == 0:
        return f"Effective {day(after)}{moved}: the day it was seen."
    return f"Effective {day(after)}{moved}: already in force for {count(-notice, 'day')} when it was seen."


def name(change_set: ChangeSet, watched: bool = False) -> str:
    """ "Mirelune · Privacy Policy": the platform once, then the document's title; "" where there is no title.

    ``watched`` takes the name that the watchlist gives it, where it has one: its title is another document's, too.
    """
    titled = (watched and change_set.name) or change_set.title
    platform, title = clean(change_set.platform).strip(), clean(titled).strip()
    if not (platform and title):
        return title
    quoted = re.escape(platform)
    ahead = rf"^{quoted}(?:\s+|\s*[|:])[|·:–—-]?\s*(?=(?-i:[^a-z\s]))"  # not of "Mirelune and you"
    behind = rf"(?:\s*[|·:–—]|\s-)\s*{quoted}$"
    short = re.sub(f"{ahead}|{behind}", "", title, flags=re.IGNORECASE)
    named = re.match(rf"{quoted}(?![a-z0-9])", short, re.IGNORECASE)
    return title if named else f"{platform}{BESIDE}{short}"


def versions(change_set: ChangeSet) -> str:
    """ "version 3 → 4"; "" where they have no numbers."""
    before, after = change_set.from_version, change_set.to_version
    return f"version {before}{ARROW}{after}" if before and after else f"version {after}" if after else ""


def days(change_set: ChangeSet) -> str:
    """ "2 Mar 2026 → 9 Mar 2026": when the two texts were seen."""
    return ARROW.join(dict.fromkeys(filter(None, (day(change_set.from_time), day(change_set.to_time)))))


def severities(change_set: ChangeSet) -> str:
    """ "2 high, 1 low"."""
    found = [change.severity for change in change_set.changes]
    return ", ".join(f"{found.count(level)} {level}" for level in SEVERITIES if level in found)


def kinds(counts: Mapping[str, int]) -> str:
    """ "1 added, 2 reworded"."""
    return ", ".join(f"{number} {name}" for name, number in counts.items())


def worst(found: set[Severity]) -> Severity | None:
    return next((level for level in SEVERITIES if level in found), None)
