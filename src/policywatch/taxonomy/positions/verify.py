"""The check before printing: is every quote really where it says?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from policywatch.model import Clause, Position, Quote
from policywatch.taxonomy.positions.rules import NOT_STATED, UNCLEAR


def stands(quote: Quote, clauses: Sequence[Clause]) -> bool:
    """Does the quote's text stand verbatim in a clause that covers its line?"""
    return any(clause.line <= quote.line and quote.text in clause.text for clause in clauses if clause.line) and any(
        clause.line <= quote.line < following and quote.text in clause.text
        for clause, following in zip(clauses, [*(later.line for later in clauses[1:]), 1 << 60], strict=True)
    )


def verified(position: Position, documents: Mapping[str, Sequence[Clause]]) -> Position:
    """The position with the quotes that stand. One that loses its deciding quote is no longer asserted."""
    quotes = tuple(quote for quote in position.quotes if stands(quote, documents.get(quote.document, ())))
    if quotes == position.quotes:
        return position
    if position.position == NOT_STATED or (quotes and quotes[0] == position.quotes[0]):
        return replace(position, quotes=quotes)
    return replace(position, position=UNCLEAR, value=None, quotes=quotes)
