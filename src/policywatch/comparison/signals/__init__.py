"""Wording shifts inside a change, each with the words that show it. docs/severity.md lists the kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from policywatch.comparison.signals import contacts, lists, modality, names, phrases, quantities, stated
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
        *lists.signals(shift),
        *names.signals(shift, context.elsewhere),
        *contacts.signals(shift, before, after, context.elsewhere),
        *stated.signals(shift, context.follows),
    ]
    named = [one for one in found if one.kind == "company"]
    return tuple(dict.fromkeys(one for one in found if not any(_named(one, company) for company in named)))


def _named(signal: Signal, company: Signal) -> bool:
    """Whether an item that came or went is the name of a company, which has a signal of its own."""
    item = signal.kind in ("list-item", "recipient", "purpose")
    return item and signal.before in company.before and signal.after in company.after
