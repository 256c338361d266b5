"""When a text that differs becomes a version: at once, after it has stood, or never.

A pure judgement over what the status line remembers, so that it comes out the same from a fresh checkout with an empty
cache, in a fetch and in an import. Forms are canonical forms (extraction.canonical.form).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

Forms = tuple[tuple[str, date], ...]
REMEMBERED = 16  # forms a document may alternate between before the oldest is forgotten
FORGET_AFTER = timedelta(days=400)
RETURNING = 3  # a form that came back must stand this many times as long as a new one
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Pending:
    """A text that waits until it has stood long enough."""

    form: str
    first_seen: datetime
    reason: str = ""  # why it waits
    doubted_since: datetime | None = None  # since when texts of changing forms have been in doubt without a break


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a document between runs, beside its recorded text."""

    pending: Pending | None = None
    forms: Forms = ()  # seen before and not the recorded one, with the day each was last seen
    flapping_since: date | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with a text that was seen."""

    status: Literal["new", "changed", "unchanged", "pending", "flapping"]
    memory: Memory
    reason: str | None = None
    first_seen: datetime | None = None  # when the text to record was seen first; None: nothing to record
    news: bool = True  # whether a person should hear of it: flapping is reported once

    @property
    def record(self) -> bool:
        return self.first_seen is not None


def judge(
    seen: str, recorded: str | None, doubt: str | None, memory: Memory, now: datetime, settle: timedelta
) -> Verdict:
    """Judge a form that was seen ``now`` against the ``recorded`` one (None: nothing recorded yet).

    ``doubt`` says why the text may be no policy change: it lost most of its clauses, its language changed, a source is
    gone. ``settle`` is how long such a text must stand.
    """
    memory = _without_old(memory, now.date())
    if recorded is None:
        return Verdict("new", Memory(), first_seen=now)
    if seen == recorded:
        return Verdict("unchanged", _put_aside(memory, now.date()), news=False)
    known = any(form == seen for form, _ in memory.forms)
    waiting = memory.pending
    same = waiting is not None and waiting.form == seen
    if not (doubt or known or same):
        return Verdict("changed", _recorded(memory, seen, recorded, now.date()), first_seen=now)
    if waiting is None or not same:
        doubted = (waiting.doubted_since or waiting.first_seen) if waiting and doubt and waiting.reason else None
        waiting = Pending(seen, now, doubt or "", doubted)
    if _has_stood(waiting, known, now, settle):
        return Verdict("changed", _recorded(memory, seen, recorded, now.date()), first_seen=waiting.first_seen)
    if known:
        news = memory.flapping_since is None
        since = memory.flapping_since or now.date()
        aside = _remember(memory.forms, seen, now.date())
        return Verdict("flapping", Memory(waiting, aside, since), _flapping_words(since, settle), news=news)
    forms = _put_aside(memory, now.date()).forms if not same else memory.forms
    return Verdict("pending", Memory(waiting, forms, memory.flapping_since), doubt or waiting.reason, news=not same)


def stood_until(recorded: str | None, memory: Memory, until: datetime, settle: timedelta) -> datetime | None:
    """When the pending text was first seen, if it is confirmed by having stood ``until`` then without a sighting.

    In an import a recorded snapshot stands until its successor.
    """
    waiting = memory.pending
    if waiting is None or recorded is None:
        return None
    known = any(form == waiting.form for form, _ in memory.forms)
    return waiting.first_seen if _has_stood(waiting, known, until, settle) else None


def confirmed(memory: Memory, recorded: str, day: date) -> Memory:
    """The memory after the pending text was recorded in the place of ``recorded``."""
    return _recorded(memory, memory.pending.form, recorded, day) if memory.pending else memory


def _has_stood(waiting: Pending, known: bool, now: datetime, settle: timedelta) -> bool:
    if now - waiting.first_seen >= settle * (RETURNING if known else 1) and now > waiting.first_seen:
        return True
    # A page that is never twice the same would wait for ever: after a while the doubt itself has stood.
    return waiting.doubted_since is not None and now - waiting.doubted_since >= settle * RETURNING


def _recorded(memory: Memory, seen: str, recorded: str, day: date) -> Memory:
    """The recorded form gives way: it is one that may come back."""
    forms = tuple(entry for entry in _put_aside(memory, day).forms if entry[0] != seen)
    return Memory(None, _remember(forms, recorded, day), memory.flapping_since)


def _put_aside(memory: Memory, day: date) -> Memory:
    """A pending text that gave way to another is one that was seen before, should it return."""
    if memory.pending is None:
        return memory
    if any(form == memory.pending.form for form, _ in memory.forms):
        return replace(memory, pending=None)
    return replace(memory, pending=None, forms=_remember(memory.forms, memory.pending.form, day))


def _remember(forms: Forms, form: str, day: date) -> Forms:
    kept: Mapping[str, date] = {**{known: seen for known, seen in forms if known != form}, form: day}
    return tuple(sorted(kept.items(), key=lambda entry: entry[1])[-REMEMBERED:])


def _without_old(memory: Memory, today: date) -> Memory:
    forms = tuple(entry for entry in memory.forms if today - entry[1] <= FORGET_AFTER)
    others = [seen for _, seen in forms]
    calm = memory.flapping_since and not any(today - seen <= timedelta(days=30) for seen in others)
    return replace(memory, forms=forms, flapping_since=None if calm else memory.flapping_since)


def _flapping_words(since: date, settle: timedelta) -> str:
    stood = _stood_words(settle * RETURNING)
    return f"alternates since {since} between texts seen before; one that returns counts once it {stood}"


def waiting_words(settle: timedelta) -> str:
    """What is to be done about a text that waits: nothing, and when it counts."""
    return f"nothing to do: it counts once it {_stood_words(settle)}"


def _stood_words(needed: timedelta) -> str:
    number, unit = (needed / _DAY, "day") if needed >= _DAY else (needed / _HOUR, "hour")
    return f"has stood for {number:g} {unit}{'' if number == 1 else 's'}" if needed else "is seen again"
