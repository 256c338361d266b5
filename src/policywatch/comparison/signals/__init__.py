"""Wording shifts inside a change, each with the words that show it. docs/severity.md lists the kinds."""

from __future__ import annotations

from collections.abc import Callable

from policywatch.comparison.signals import contacts, lists, modality, names, phrases, quantities, stated
from policywatch.comparison.signals.shift import Shift
from policywatch.model import Signal, plain


def read(
    before: str, after: str, *, lead: str = "", follows: Callable[[str, str], bool] = lambda old, new: old == new
) -> tuple[Signal, ...]:
    """The signals between two wordings in inline Markdown, "" where a clause doesn't exist on a side.

    ``lead`` is the sentence or heading that introduces the list which the clause is an item of. ``follows`` tells
    whether a section that had one number has the other now.
    """
    shift = Shift(plain(before), plain(after), plain(lead))
    found = [
        *modality.signals(shift),
        *quantities.signals(shift),
        *phrases.signals(shift),
        *lists.signals(shift),
        *names.signals(shift),
        *contacts.signals(shift, before, after),
        *stated.signals(shift, follows),
    ]
    return tuple(dict.fromkeys(found))
