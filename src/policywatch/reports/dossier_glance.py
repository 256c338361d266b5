"""The first screen of a dossier: every topic in a line, the weighty ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from policywatch.reports.dossier_view import CardView
from policywatch.reports.ink import Paint
from policywatch.reports.text import width, wrap
from policywatch.reports.wording import count

TINT = {"high": "bad", "medium": "mixed", "low": "dim"}
TONE = {"asserted": "link", "unclear": "mixed", "not-stated": "dim"}
_LEAST = 78  # columns in which a table is readable
_ROOMY = 100  # columns in which the last change has room
_GAP = "  "
_SAYS = 30  # columns for a position at most


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of short facts, as wide as its widest cell."""

    head: str
    cell: Callable[[CardView], str]
    width: int
    right: bool = False

    def laid(self, text: str) -> str:
        return text.rjust(self.width) if self.right else text.ljust(self.width)


def glance(cards: Sequence[CardView], columns: int, paint: Paint) -> Iterator[str]:
    """A row a topic: what is said, since when, in how many clauses, and how others do."""
    facts = _facts(cards, columns)
    left = columns - sum(len(_GAP) + fact.width for fact in facts) - 2 * len(_GAP)
    answered = [card for card in cards if card.answer]
    says = min(max((width(card.answer) for card in answered), default=0), _SAYS, left // 2)
    titles = min(max((width(card.title) for card in (answered or cards)), default=0), left - says)
    table = columns >= _LEAST
    heads = "".join(_GAP + fact.laid(fact.head) for fact in facts).rstrip()
    yield paint("title", "At a glance") + (
        paint("dim", " " * (2 * len(_GAP) + titles + says - len("At a glance")) + heads) if table else ""
    )
    for severity, group in groupby(cards, key=lambda card: card.severity):
        yield ""
        yield paint(TINT[severity], severity.upper())
        for card in group:
            yield from _row(card, titles, says, facts, paint) if table else _stacked(card, columns, paint)


def _facts(cards: Sequence[CardView], columns: int) -> list[_Column]:
    wanted: list[tuple[str, Callable[[CardView], str], bool]] = [
        ("since", lambda card: card.since, True),
        ("clauses", lambda card: str(card.count), True),
    ]
    if columns >= _ROOMY:
        wanted.append(("changed", lambda card: card.latest, True))
    wanted.append(("elsewhere", lambda card: card.alike, False))
    return [
        _Column(head, cell, max([len(head), *(len(cell(card)) for card in cards)]), right)
        for head, cell, right in wanted
        if any(cell(card) for card in cards)
    ]


def _row(card: CardView, titles: int, says: int, facts: Sequence[_Column], paint: Paint) -> Iterator[str]:
    """The line of a topic; what has no room in its cell goes on below."""
    told = "".join(_GAP + fact.laid(fact.cell(card)) for fact in facts).rstrip()
    if not card.answer:
        whole = titles + len(_GAP) + says
        first, *others = wrap(card.title, whole)
        yield _GAP + _padded(first, whole, "", paint) + told
        yield from (_GAP + line for line in others)
        return
    lines = zip_longest(wrap(card.title, titles), wrap(card.answer, says), fillvalue="")
    for place, (title, answer) in enumerate(lines):
        cells = _GAP + _padded(title, titles, "name", paint) + _GAP + _padded(answer, says, TONE[card.tone], paint)
        yield cells + told if place == 0 else cells.rstrip()


def _padded(text: str, columns: int, style: str, paint: Paint) -> str:
    return paint(style, text) + " " * (columns - width(text))


def _stacked(card: CardView, columns: int, paint: Paint) -> Iterator[str]:
    """The same where there is no room for a table."""
    yield from (paint("name" if card.answer else "", line) for line in wrap(card.title, columns, _GAP))
    if card.answer:
        yield from (paint(TONE[card.tone], line) for line in wrap(card.answer, columns, _GAP * 2))
    said = (
        f"since {card.since}" if card.since else "",
        count(card.count, "clause"),
        f"changed {card.latest}" if card.latest else "",
        f"elsewhere {card.alike}" if card.alike else "",
    )
    yield from (paint("dim", line) for line in wrap(" · ".join(filter(None, said)), columns, _GAP * 2))
