"""The table of short pairs that signals are measured on: two thirds to develop with, one third held back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("signals.jsonl")


@dataclass(frozen=True)
class Pair:
    """A clause before and after, "" where it doesn't exist, and the signals (kind, before, after) a reader sees."""

    before: str
    after: str
    signals: tuple[tuple[str, str, str], ...]
    lead: str = ""  # the sentence that introduces the list, where the clause is an item


def pairs(*, held_back: bool) -> list[Pair]:
    """Every third line is held back: a rule set before any tuning. Add lines at the end only."""
    table = []
    for number, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), 1):
        if (number % 3 == 0) is held_back:
            row = json.loads(line)
            signals = tuple((kind, before, after) for kind, before, after in row["signals"])
            table.append(Pair(row["before"], row["after"], signals, row.get("lead", "")))
    return table
