"""Wording shifts inside a change, each with the words that show it. docs/severity.md lists the kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from policywatch.comparison.signals import (
    contacts,
    lists,
    modality,
    names,
    phrases,
    quantities,
    scope,
    stated,
    waivers,
)
from policywatch.comparison.signals.shift import Shift
from policywatch.model import Signal, plain


class Context(NamedTuple):
    """What the rest of the two versions tells about a change."""

    lead: str = ""  # the sentence or heading that introduces the list which the clause is an item of
    follows: Callable[[str, str], bool] = lambda was, now: was == now  # whether a section's number became the other
    elsewhere: Callable[[str, bool], bool] = lambda name, new: False  # whether a version (True: the new) has it


ALONE = Context()


def read(before: str, after: str, context: Context = ALONE) -> tuple[Signal, ...]:
    """The signals between two wordings in inline Markdown, "" where a clause doesn't exist on a side."""
    shift = Shift(plain(before), plain(after), plain(context.lead))
    found = [
        *modality.signals(shift),
        *quantities.signals(shift),
        *phrases.signals(shift),
        *waivers.signals(shift),
        *scope.signals(shift),
        *lists.signals(shift),
        *names.signals(shift, context.elsewhere),
        *contacts.signals(shift, before, after, context.elsewhere),
        *stated.signals(shift, context.follows),
    ]
    return tuple(dict.fromkeys(one for one in found if not any(_told(one, other, shift) for other in found)))


def _told(signal: Signal, other: Signal, shift: Shift) -> bool:
    """Whether the other one tells the same: each thing is told once, by the signal that says more of it."""
    if signal.kind in _ITEMS and other.kind == "company":
        return _in(signal, other) or (_in(other, signal) and _more(signal, other) <= NAMED)  # a company's name
    if not shift.paired and signal.kind in ("consent", "opt-in-out") and other.kind in ("recipient", "purpose"):
        return _in(signal, other)  # a whole item, with its condition
    if signal.kind == "reference" and other.kind in _ITEMS:
        return _in(signal, other)
    if signal.kind == "negation" and other.kind == "waiver":
        return _in(signal, other)
    if signal.kind == "list-item" and other.kind in _PHRASES:
        return _in(other, signal)
    return signal.kind in ("scope", "consent") and other.kind == "opt-in-out" and _in(signal, other)


NAMED = 2  # words beside a company's name: "to our partner Orvane Ltd"
_ITEMS = frozenset(("list-item", "recipient", "purpose"))
_PHRASES = frozenset(("opt-in-out", "consent", "discretion", "notice", "waiver", "scope", "contact"))


def _more(whole: Signal, part: Signal) -> int:
    return len(f"{whole.before} {whole.after}".split()) - len(f"{part.before} {part.after}".split())


def _in(part: Signal, whole: Signal) -> bool:
    """Whether the words of the one are among the other's, on both sides."""
    return part.before in whole.before and part.after in whole.after
