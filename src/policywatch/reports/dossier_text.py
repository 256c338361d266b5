"""Dossiers for a terminal and for pipes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policywatch.dossier.values import Citation, Dossier
from policywatch.reports.dossier_view import CardView, DossierView, views
from policywatch.reports.ink import Paint, no_paint
from policywatch.reports.positions_view import Cited
from policywatch.reports.text import wrap

_IN = "  "


def render(dossiers: Sequence[Dossier], everything: bool = False, columns: int = 100, paint: Paint = no_paint) -> str:
    return "\n\n\n".join("\n".join(_dossier(one, columns, paint)) for one in views(dossiers, everything)) + "\n"


def _dossier(dossier: DossierView, columns: int, paint: Paint) -> Iterator[str]:
    yield paint("title", dossier.title)
    yield paint("title", "=" * min(len(dossier.title), columns))
    yield dossier.lead
    yield ""
    yield from (paint("dim", line) for line in wrap(dossier.notice, columns))
    for card in dossier.cards:
        yield ""
        yield ""
        yield from _card(card, columns, paint)
    yield ""
    yield ""
    yield paint("title", "Timeline")
    for event in dossier.timeline:
        yield from wrap(event, columns, _IN)
    for document in dossier.documents:
        yield ""
        yield f"{paint('title', document.name)}  {paint('dim', document.id)}"
        for key, value in document.facts:
            yield f"{_IN}{key:<20} {value}"
    yield ""
    yield paint("title", "Method")
    for sentence in (*dossier.method, dossier.versions):
        yield from wrap(sentence, columns, _IN)


def _card(card: CardView, columns: int, paint: Paint) -> Iterator[str]:
    yield paint("title", card.title) + (f"  {paint('link', card.answer)}" if card.answer else "")
    yield from wrap(card.statement, columns, _IN)
    for quote in card.deciding:
        yield from _quote(quote, columns, paint)
    yield from _said("For users", card.means, columns, paint)
    yield from _said("Why it matters", card.matters, columns, paint)
    yield from _clauses(card, columns, paint)
    yield from _elsewhere(card, columns, paint)
    if card.changed:
        yield ""
        yield paint("name", f"{_IN}Changed before")
        for event in card.changed:
            yield from wrap(event, columns, _IN * 2)
    if card.citations:
        yield ""
        yield paint("name", f"{_IN}Relevant to")
        for citation in card.citations:
            yield from _citation(citation, columns, paint)
    if card.actions:
        yield ""
        yield paint("name", f"{_IN}To do")
        for action in card.actions:
            yield from _item("[ ] ", action, columns)


def _clauses(card: CardView, columns: int, paint: Paint) -> Iterator[str]:
    if not card.clauses:
        return
    yield ""
    yield paint("name", f"{_IN}Clauses")
    for clause in card.clauses:
        yield from _quote(clause, columns, paint)
    if card.more:
        yield paint("dim", f"{_IN * 2}… {len(card.more)} more; see --all, or policywatch clauses")


def _elsewhere(card: CardView, columns: int, paint: Paint) -> Iterator[str]:
    if not card.identified:
        return
    yield ""
    yield paint("name", f"{_IN}Elsewhere")
    yield from wrap(card.identified + (f" Others: {card.answers}." if card.answers else ""), columns, _IN * 2)
    for platform, quote in card.others:
        yield f"{_IN * 2}{platform}"
        yield from _quote(quote, columns, paint)


def _quote(quote: Cited, columns: int, paint: Paint) -> Iterator[str]:
    yield from (paint("quote", line) for line in wrap(f"“{quote.text}”", columns, _IN * 2))
    yield paint("dim", _IN * 2 + quote.place + (f" · since {quote.since}" if quote.since else ""))


def _citation(citation: Citation, columns: int, paint: Paint) -> Iterator[str]:
    head = f"{citation.citation} ({citation.where}; {citation.standing})"
    yield from wrap(head, columns, _IN * 2)
    yield from (paint("dim", line) for line in wrap(citation.says, columns, _IN * 3))


def _said(label: str, text: str, columns: int, paint: Paint) -> Iterator[str]:
    if text:
        lines = wrap(f"{label}: {text}", columns, _IN)
        yield lines[0].replace(label, paint("name", label), 1)
        yield from lines[1:]


def _item(mark: str, text: str, columns: int) -> Iterator[str]:
    lines = wrap(text, columns, _IN * 2 + " " * len(mark))
    yield _IN * 2 + mark + lines[0].lstrip()
    yield from lines[1:]
