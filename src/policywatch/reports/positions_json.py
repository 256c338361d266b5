"""The JSON shape ``policywatch/positions/1`` (a contract). Fields are added, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policywatch.model import Position, Quote
from policywatch.reports.jsons import dump, instant

POSITIONS = "policywatch/positions/1"


def render(positions: Sequence[Position], archives: Sequence[str]) -> str:
    """``archives`` says for each position which archive it was read from."""
    rows = [{**one(position), "archive": archive} for position, archive in zip(positions, archives, strict=True)]
    return dump({"schema": POSITIONS, "positions": rows}, indent=2)


def one(position: Position) -> dict[str, Any]:
    first = position.quotes[0] if position.quotes else None
    return {
        "platform": position.platform,
        "question": position.question,
        "position": position.position,
        "value": position.value,
        "document": first.document if first else None,
        "line": first.line if first else None,
        "quote": first.text if first else None,
        "since": instant(position.since),
        "quotes": [quote(found) for found in position.quotes],
        "rests": len(position.deciding),
        "note": position.note,
    }


def quote(found: Quote) -> dict[str, Any]:
    return {
        "document": found.document,
        "line": found.line,
        "quote": found.text,
        "since": instant(found.since),
        "version": found.version,
    }
