"""The check before anything is said: does every quote really stand where it claims to?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from policywatch.model import Clause, Position, Quote
from policywatch.taxonomy.positions.rules import NOT_STATED, UNCLEAR


def standing(positions: Iterable[Position], holds: Callable[[Quote], bool]) -> tuple[Position, ...]:
    """The positions with the quotes that hold. One that loses a deciding quote is no longer asserted."""
    return tuple(_checked(position, holds) for position in positions)


def _checked(position: Position, holds: Callable[[Quote], bool]) -> Position:
    quotes = tuple(quote for quote in position.quotes if holds(quote))
    if position.position == NOT_STATED or (quotes and quotes[: position.rests] == position.deciding):
        return replace(position, quotes=quotes)
    return replace(position, position=UNCLEAR, value=None, quotes=quotes, rests=max(len(quotes), 1))


def in_clauses(quote: Quote, clauses: Sequence[Clause]) -> bool:
    """Does the quote stand in the clause that covers its line?"""
    covering = [clause for clause in clauses if clause.line <= quote.line]
    return bool(covering) and quote.text in covering[-1].text
