"""The table of short pairs that signals are measured on, in parts to develop with and parts held back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

TABLE = Path(__file__).with_name("signals.jsonl")


@dataclass(frozen=True)
class Pair:
    """A clause before and after, "" where it doesn't exist, and the signals (kind, before, after) a reader sees."""

    before: str
    after: str
    signals: tuple[tuple[str, str, str], ...]
    lead: str = ""  # the sentence that introduces the list, where the clause is an item


Part = Literal["developed", "held-back", "second", "final"]
PARTS: tuple[Part, ...] = ("developed", "held-back", "second", "final")


def pairs(part: Part) -> list[Pair]:
    """One part of the table.

    Lines without a part are the first table: every third is held back, a rule set before any tuning. ``second`` was
    written and measured before the rules were tuned again, with it; ``final`` after that. ``fresh`` was written and
    committed before the rules were tuned with all the others; it is run once, at the end.
    """
    table = []
    for number, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        if row.get("part", "held-back" if number % 3 == 0 else "developed") == part:
            signals = tuple((kind, before, after) for kind, before, after in row["signals"])
            table.append(Pair(row["before"], row["after"], signals, row.get("lead", "")))
    return table
